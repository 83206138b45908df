package consent

// french is how people revoke consent, and how they do not, in French. Words are
// split at apostrophes: "m'envoyez" is "m envoyez".
var french = language{
	code: "fr",
	filler: `svp stp s il vous te plait merci bonjour bonsoir salut coucou maintenant immediatement madame monsieur messieurs ok d accord tout de suite
		beaucoup bien et alors donc aussi desormais cordialement pardon desole desolee bonne journee please la les mais vraiment vite definitivement enfin franchement cdlt bien a vous messieurs dames point virgule stp quoi hein putain criss tabarnak calisse ostie pls`,
	typos: `desabonner desinscrire messages message numero arretez arreter supprimer supprimez recevoir contacter harcelement publicite desabonnez desabonnement
		desinscription desinscrivez retirez enlevez consentement abonnement publicites cessez envoyez envoyer`,
	classes: `
ask: veux veut vx voudrais voudrait voudrions aimerais aimerait aimerions souhait* desir* demande demandons demandais prie prions priere merci veuillez prefere prefererais exige exigeons pouvez pourriez peux peut pouvait pourrait possible faut faudrait faudra moyen besoin envie essaie
off: arreter cesser stopper retirer supprimer enlever effacer desabonner desinscrire rayer sortir quitter annuler resilier bloquer radier oter eliminer interrompre suspendre desactiver terminer virer
clear: desabonner desinscrire arreter cesser stopper quitter
offs: arretiez cessiez stoppiez retiriez supprimiez enleviez effaciez arrete arretent cesse cessent enleve enlevent retire retirent supprime suppriment
done: retire retiree supprime supprimee enleve enlevee efface effacee raye rayee radie radiee desinscrit desinscrite desabonne desabonnee exclu exclue contacte contactee ote
noun: suppression radiation retrait desinscription desabonnement resiliation cessation effacement desabonnements
msg: contact contacts message messages mesage mesages msg msgs sms texto textos mms pub pubs publicite publicites publicitaires publicitaire offre offres promo promos promotion promotions spam spams notification notifications mail mails email emails envoi envois newsletter newsletters alerte alertes demarchage sollicitation sollicitations conneries relances texte textes demarchages appels merdes prospection
want: veux veut veu vx souhait* desir* voudr* voulons aimer* accepte* voulais besoin prefer* envi
doing: *er *ir *re
harm: recevoir avoir lire faire utiliser exploiter partager vendre revendre prendre essayer insister remplir polluer spammer abuser continuer mentir
thing: commande* rdv rendez reservation* facture* colis livraison* consultation* vol billet* table* cours visite* seance* oignon* paiement* place* article* panier produit* remise* carte* prelevement* paquet* adhesion fromage* tomate* sauce* fromages contrat*box box mutuelle assurance* salade chantilly gateau* pain baguette* ligne cuisson
halt: arretez arrete arreter stop stoppez stopper stoppe cessez cesser cesse arretes arrettez
send: envoy* envoi* ecri* contact* appel* derang* harcel* spam* sollicit* relanc* embet* emmerd* importun* text* joindre demarch* deranger saouler souler ecrire inond* bombard* envahi* pollu* notifi* gonfl* emm embett* saoul* fatigu* texter ecrir* spammer chier
stop: arret* stop stopp* cess* finiss* halte arreter stopper
remove: retire retirez retirer retires retirons retiree suprim* supprim* enlev* effac* raye rayez rayer sors sortez ote otez oter otes desinscri* elimin* radiez radier
object: information informations 06 07 numero numeros nom contact coordonnees telephone tel portable donnees num mobile
list: liste listes fichier fichiers base bases repertoire mailing contacts diffusion
`,
	guards: `
received: aucun|aucune @msg ..1 recu|recue|arrive|arrivee|encore
received: pas encore de|d ..1 @msg
place: arretez|arrete vous porte|a|au|aux|devant|la|chez|ici|sur
instead: ne|n lui|leur @send ..1 pas $ ~0 plutot|juste|mais|seulement|svp? @send
instead: ne|n ..1 appel* pas $ ~0 plutot|juste|mais|seulement|svp? @send
leak: arret*|stop*|coup* la|le|l|les fuite|machine|moteur|musique|minuteur|four|bruit|eau|saignement
wait: ^ stop|arret* ~0 plutot|attend*|finalement
tempt: arret* ..1 d|de etre !contact*|derang*
received: n|ne ai|as|a|avons|ont pas|rien|jamais|plus ..1 eu|recu|vu|trouve|lu|entendu
urge: n|ne ..1 hesit* ..1 pas ..2 @send
block: bloqu* la|une|le|moi|mon|les date|table|creneau|place|samedi|dimanche|compte
cancel: annul* les|la|le|l|ma|mon|mes|une|un !@msg|abonnement|abonement|inscription|souscription|service|numero|envoi
have: y|avez|a|ai|reste|restait|aurez ..1 plus|pas de|d
mail: @send ..1 pas|plus ..1 de|d ..1 @thing
tempt: arret* ..3 tenter|tente|tentez|torturer
must: faut pas @off
cancel: annul* la|le|l veille|jour|lendemain|atelier
pickup: point|lieu|heure ..1 retrait
possible: annulation ..1 possible|gratuite|frais
call: ne|n ..1 appel* pas ~0 plutot|juste|mais|par|un|en? sms|texto*|ecri*
joke: arret*|stop ..3 faire|donner rire|saliver|envie|faim
must: oblige*|dois|doit|faut|devoir|va|vais ..1 annuler
fee: annuler sans|avec|quand|apres|avant
interest: interes* ..1 pas|plus en|dans|pour
tired: marre|assez d|du|de la|attendre|l|temps|chercher
bother: ne veux|voudrais ..1 pas ..1 deranger|embeter|importuner
joy: putain|merde|bordel ..3 bon|bonne|top|cool|delicieux|genial|oublie|beau
more: plus|pu jamais sans
enough: assez bon|bonne|grand|cher|bien|loin|tot|tard|proche
enough: assez de|pour !@msg|vos|ces|tes|votre|cette|recevoir
gift: ^ arrete* ~1 je|j vais|prends|craque|commande
gift: arret*|stop ..5 trop|tellement|si bon|bons|bonne|bonnes|delicieux
stock: plus rien ..1 disponible|dispo|libre|reste
send: @send ..1 pas|plus|jamais ..1 le|la|l|les|mon|ma|mes|cette|ce|un|une ..1 @thing
send: pas|plus|ne ..1 @send ..2 @thing
threat: plainte contre !vous|votre|vos|cette|ta|toi
threat: bloqu* ..2 compte|carte|porte|rue|route|parking|ascenseur
waste: stop au|aux|a gaspillage|plastique|stress|bouchons|grisaille
bus: arret|arrets de|du|d|maladie|travail|le|la plus|bus|tram|tramway|metro|train|car|travail|gare|$|proche
bus: arret|arrets bus|tram|metro|maladie
bus: quel|quelle|l|un|cet|en|au|sans|prochain|dernier|premier|mon|d arret|arrets !des|les|de
bus: sans|quel|un|en|au|prochain arret|arrets
not: n|ne|pas|jamais|m|s ..1 arret* ..1 pas|jamais|de|chez|a|au
not: n|ne arret* ..1 pas
not: ^ arret*|cess*|lach* ..1 pas|jamais
not: pas|jamais|sans ..1 arret*|cess*|stop* ..1 de *er|*ir|*re!@send
other: arret*|cess*|stop* ..1 de|d @doing!@send|@harm !moi|nous
other: arret*|cess* ..1 de|d me? @doing!@send|@harm $
other: arret*|cess*|stop* ..1 de|d ..3 @thing
other: ^ arrete tu|t|elle|il|on|c
hour: arret*|finiss* ..6 heure|quand|17h|18h|quelle
hour: arret*|finiss* les|vos soldes
hour: quand|heure ..2 arret*|finit|termin*
hour: stop chez|ici|cafe|pipi|dejeuner|demain|rapide
hour: un|notre|mon stop
end: fini|finies|finis les|vos ..1 @msg ?
enough: suffit pour|a|de|si
enough: plus|encore de ..1 @msg ..1 comme|encore
wrong: numero ..1 de ..1 @thing|suivi|client|table|chambre
other: faire rire|saliver|craquer|envie|rever
hour: auto|cessez|non stop|le
any: annuler|resilier|desabonner ..1 a|quand ..1 tout|n|importe|veux|veut
stay: ne|n|pas|jamais ..3 me|nous|m? ..1 desabon*|desinscri* ..3 $
stay: desabon*|desinscri*|quitter|stop* ..2 ? ..2 jamais|non|nan|surtout|pas ..1 $|de|question
stay: desabon*|desinscri* ..2 ? ..1 pas question|moyen
forget: n|ne|pas oubli* ..1 pas|mon|ma|la|le|moi|que
forget: oubli* pas|ma|la|les|le|l
not: m|s|nous arret* !de|d|les|vos
not: vous arretez !de|d|les|vos|ca|tout|svp|s
not: arretez|arrete vous|toi|nous au|a|devant|la|chez
smoke: arret* de fumer|boire|manger|travailler|rire|pleurer|courir
cancel: annul*|@remove|stop*|resili* ..5 @thing
cancel: annul*|supprim*|retir*|enlev*|stopp* ..5 commande|commandes|rdv|rendez|reservation|reservations|consultation|vol|billet|billets|table|cours|visite|livraison|demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|seance|oignons|paiement|place|article|panier
keep: ne me|m|nous retir*|supprim*|enlev*|effac*|desabon*|desinscri* ..1 pas ..6 $
keep: ^ m|nous retir*|supprim*|enlev*|effac* ..1 pas ..6 $
received: recois|recoit|recevons|recu plus|pas ..3 @msg
received: ne|n recois|recoit|recevons ..2 plus|pas|rien ..3 @msg
received: n|ne|pas|jamais|rien ..2 recu|recois|recevons|recue
more: plus tard|d|de|qu|que !@msg|la|l|vos|ces|ce|votre
interest: pas|plus ..1 interes* par le|la|l|les !@msg
more: je|on|nous ne|n peux|peut|pouvons plus|pas
more: il|y ..3 plus de places|place|stock
end: fin de|du|d|des|aout !@msg
`,
	limits: `
when: ne|n|arret* ..5 @send ..3 avant|apres|pendant|nuit|matin|soir|tard|dimanche|weekend|travail
`,
	phrases: `
no-more: plus|pas|aucun|aucune|zero|assez ..1 de|d ..2 @msg $ -ask
no-sending: plus|pas ..1 peine|besoin|utile|necessaire ..3 @send|@msg
consent: pas ..2 droit ..3 @send|utilis*|contact*
stop: ^ stop c|ca est? ..2 fois
stop: ^ stop envoi|envois
stop: ^ stop au ..1 $
no-want: plus|pas ..2 partie|etre|rester|figurer|apparaitre ..3 @list
stop: ^ stop ..1 sinon|ou
threat: signale* comme
no-want: ne|n ..1 en veux|veut pas|plus $
no-sending: ne|n utilis*|gard*|conserv* ..1 plus ..2 @object
no-want: ne|n ..1 veux|veut plus|pas rien
no-sending: ^ ne? rien ..1 recevoir|@send
no-sending: ne rien ..1 m|nous @send
threat: numero ..1 bloque|signale
unsubscribe: je resilie|desabonne|desinscris
unsubscribe: ^ arrets $
ask: @ask ..4 @off ..2 @msg|@object|@list|ca|cela|tout
ask: @ask ..3 @clear ..1 $
ask: @ask ..3 me|m|nous ..1 @off
ask: @ask ..3 @off ..2 de|d ..2 recevoir|m|me|@send
ask: @ask ..3 qu|que ..2 vous|on|m|me|ca ..2 @offs
ask: @ask|a ..3 etre ..2 @done
ask: @ask ..4 @noun ..1 $|de|du|des|immediat*|complet*|mon|ma
ask: comment|ou ..5 @off ..2 @msg|@object|@list|ca|cela|tout
ask: comment ..4 me|m|nous @off
ask: comment|ou ..5 me? desabon*|desinscri*
noun: ^ @noun ..2 $
no-want: plus|pu|pus ..3 recevoir|contacte|contactee
no-more: ^ pu|pus|plu de|d|aucun ..1 @msg
no-want: ne|n|j|je|on|veux|veut plus|pu|pas ..1 de contact|contacts|communication*
no-want: ne|n|j|je veux|veut|souhaite plus|pu|pas ..1 entendre ..1 parler
no-want: veux|veu|veut pu|pus ..1 de? ..2 @msg|$|recevoir
no-want: @msg ..1 ne|n|m interess* ..1 plus|pas
no-sending: ne|n ..1 doit|doivent|dois ..1 plus|pas ..2 etre|@send
spare: epargn*|evit*|gard*|arret* ..1 moi? ..1 de|d|les|vos|ces|tes|m ..2 @msg|@send
stop: ^ fin|fini|termine ..2 @msg|$
list: mettez|met|ajoutez|inscrivez ..3 liste noire|rouge
rude: vos|ta|votre gueule|gueules
peace: ^ paix ..1 $
remove: @remove moi ca|tout|cela
unsubscribe: desabo|desab|desinsc
no-want: ne|n|je|j veux|veut|souhaite rien|plus $
stop-sending: @halt|arretez d|de utilis*|exploit*|vendre|partager
threat: ^ bloque*|signale* ..1 $
stop-sending: @stop ..2 de|d ..3 @send
stop-sending: stop|halte|fini|arretez|arrete ..1 a|au|aux|avec|les|vos|de? ..1 @send|@msg|harcelement|matraquage|demarchage
stop-sending: c|ca ..1 est? ..1 bon|suffit|assez ..2 @halt
stop: @halt $ -ask
stop: j|deja|ai|ecrit|envoye|repondu|tape ..2 envoye|ecrit|repondu|tape|mis|dit ..1 stop
stop-sending: @stop|arret ..3 @msg
stop-sending: @stop ..2 votre|vos|ces|ce|cette|tes|ton
stop: ^ arretez|arrete|arreter|stop|stoppez|stopper|stoppe|cessez|cesser|assez|halte ..1 ca|cela|tout|ici|$
stop: ^ arretez|arrete|arreter|stop|stoppez|stopper|cessez ..1 $
stop: de|d|merci|veuillez|vous|faut|pouvez arreter|stopper|cesser|arretez|stoppez ..2 $
stop: ^ stop|arretez ..1 je|j|vous|qui|mauvais|ne|a|aux
stop: mettre|mettez|met fin ..2 @msg|abonnement|envois
no-sending: ne|n|me ..2 m|me|nous|moi ..1 @send ..1 plus|pas|rien|jamais
no-sending: ne|n ..2 lui|leur|elle ..1 @send ..1 plus|pas|rien|jamais
no-sending: pourquoi ..3 continu*|encore ..4 @send|recevoir
no-sending: recois|recoit|recevons ..1 encore|toujours ..2 vos|ces|des|de @msg
no-sending: ne|n|m|me|nous @send ..1 plus|pas|rien|jamais
no-sending: ne|n @send ..1 plus|pas|rien|jamais
no-sending: ne|pas plus|pas|jamais ..2 @send|recevoir|contacte|etre
no-sending: ne plus|pas|jamais ..1 recevoir|contacter
no-sending: ne|n plus|pas|jamais ..2 utilis*|garder|conserver|exploit* ..2 mon|ce|mes ..1 @object
no-sending: @send ..1 plus|jamais rien|ici|$
no-sending: plus ..1 jamais ..1 @send|@msg
no-want: pref* ..4 ne|pas|plus ..3 recevoir|@msg|@send|contact*
no-want: passer|passerai|passe ..3 de ..1 vos|ces ..1 @msg
no-sending: @send moi plus|pas|rien
no-want: ne|n|j|je|on ..2 veux|veut|veu|souhait*|desir*|voudr*|voulons|accepte*|voulais|vx|besoin ..1 plus|pas|aucun|aucune|jamais|rien ..5 @msg|recevoir|etre|contacte*|@send|recevoire
no-want: ne|n ..1 veux|veut|souhait*|desir* plus|rien $
no-want: plus|pas|aucun besoin ..1 de|d vos|ces|tes|votre ..1 @msg|rappels
no-want: veux|souhaite|veut plus|pas etre|rester|figurer ..2 @list
no-want: veux|souhaite plus|pas ..1 recevoir|vos|votre
no-want: veux|souhaite|veut plus ..1 de ..1 @msg|ca|tout $
no-want: aimer*|voudr*|souhait* ..2 ne ..1 plus|pas ..3 @send|recevoir|etre|@msg
no-want: aimer*|voudr*|souhait*|veux|veut ..3 que ..2 @stop
no-want: aimer*|voudr*|souhait*|veux|veut ..2 @stop|quitter|sortir ..2 $|@list|recevoir
no-want: plus|pas interes* ..1 par ..2 @msg
no-want: pas|plus ..1 envie|besoin|interesse* ..3 @msg|recevoir
no-want: refus*|interdi*|decline ..5 @msg|recevoir|contact*|@send
no-more: ^ plus|pas|aucun|aucune|jamais|rien|zero ..2 de|d|aucun|votre|vos|jamais? ..1 @msg -ask
no-more: ^ plus|pas|aucun|zero @msg
no-more: ^ plus|pas|aucun ..1 de|d la|l|vos|ces|votre ..1 @msg
no-more: ^ plus|pas tout? ca $
no-more: en veux|veut|voulons plus|pas ..2 vos|de|ces ..2 @msg
no-more: ^ plus|pas jamais|rien ..1 $|recevoir|@msg|@send|m
no-more: ^ non? plus|pas|aucun|aucune|sans|zero ..1 de? @msg ..1 $
no-more: ^ fini|fin|termine ..1 les|vos|des|avec|de ..1 @msg
no-more: assez|marre|suffit ..3 @msg|arret*
no-more: ^ ca|c ..1 suffit ..2 $
no-more: ^ assez|suffit $
no-more: y en a assez
unsubscribe: desabon*|desinscri*|desabbon*|desaboner|unsubscribe
unsubscribe: ^ je? quitte|quitter ..1 $|la|votre|cette|ce
unsubscribe: quitt*|sort*|partir ..2 @list|groupe|programme
unsubscribe: annul*|resili*|stopp*|arret*|fin|cesse* ..4 abonnement|inscription|souscription|abonement|sms|messages|envois|notifications|alertes|pubs|newsletter
unsubscribe: ^ resili*|annuler|annulez|annulation ..1 $
remove: @remove ..1 moi|nous $|de|d|des|du|immediatement|ou|cette|votre
remove: @remove|virez|vire|virer|perdez|oubliez|bloquez ..3 @object
remove: vous|tu|veuillez|de|merci|faut ..1 retirer|supprimer|effacer|enlever|desinscrire $ -ask
remove: numero|portable|telephone|contact ~6 @remove
remove: ^ @remove ..1 $
remove: desactiv* ..3 @msg|mon|mes
remove: numero|tel|telephone|portable ~8 @remove le|moi $
remove: comment ..4 sortir|partir ..2 $|@list
remove: sortir|partir|sors|quitter ..3 @list|truc|groupe
remove: virez|vire|virer moi|nous
remove: @remove ..5 @list
remove: me|m|etre|nous ..1 @remove|retire*|supprime* ..2 de|des|du|$
remove: suppression|retrait|radiation|effacement ..3 @object|@list|donnees
consent: pas ..1 mon|ma|d ..1 autorisation|accord|consentement|permission
peace: laiss*|fich*|fout*|fous ..3 tranquille|tranquilles|paix
peace: oubli* ..1 moi|nous|mon $|numero
stop: comment ..4 arreter|stopper|cesser|stop ..3 ca|cela|les|vos|ces|@msg|$
peace: lach* ..1 moi|nous|m
wrong: mauvais|faux|tromp*|erreur ..3 numero|personne|destinataire ~4 @stop|@remove|plus|ne|n|oubli*
wrong: mauvais|faux|trompe* ..2 numero|personne ..4 arret*|stop|plus|supprim*|retir*|efface*|ne
threat: porte*|depos*|plainte ..2 plainte|contre
threat: vais|vous|va|je|te ..2 signal*|attaqu*|denonc*|bloqu*|poursui*
threat: harcel*|cnil|arcep|33700|avocat|justice|arcom
threat: avant|avertissement ..2 plainte
threat: spam ..1 signale*
consent: retir*|revoqu*|annul* ..3 consentement|autorisation|accord
consent: oppos* ..5 @msg|recevoir|recept*|traitement|donnees|a
consent: droit d opposition|effacement
consent: rgpd|opposition|bloctel|crtc|lcap
consent: droit ..2 oubli|retrait|opposition|effacement
consent: ne|n|pas ..1 consens|autoris*|accept* ..1 pas|plus
consent: jamais|pas|aucun ..1 donne* ..2 consentement|autorisation|accord|permission
stop: demande|dit|redis|repete ..4 arreter|cesser|stop|arretiez|desinscri*|retire $
consent: sans ..2 consentement|autorisation|accord
rude: va|allez|aller ..3 foutre|voir|chier|diable
rude: fout*|fous|fich* le camp
rude: casse*|cassez|barre* ..1 toi|vous
rude: degage*|nique*|ntm|fdp|tg
rude: ferme*|fermez la $
rude: ta|vos|vo gueule
`,
	doubts: `
peace: ^ laisse*|laissez moi $
wrong: pas mon nom
stop: stop c|ca|est
wrong: je|j ne|n suis pas !disponible|sur|sure|la|libre|en|a|pret|prete|content|contente|d|encore|loin|chez|satisfait*|convaincu*|certain*|de|au|dispo|inscrit*|interes*|client*
wrong: connais pas
annoyed: encore une|un|des ..1 @msg
stop: stop|stopper|stoppez|arretez|cessez
stop: arrete|arreter ..1 $|de|d|avec|vos|les|ca|tout
cancel: annuler|annulez|resilier
more: @send plus ..2 @msg
spam: ^ ..3 spam|spams|arnaque|arnaqueurs|escroc* $
rude: merde|connard*|putain|salop*|cons|encul*|abruti*|batard*|bordel
annoyed: encore vous|@msg
annoyed: lourds|lourd|relou*|gavant*|gonflant* $|avec
annoyed: marre|ras|saoul*|soules|enerv*|insupport*|penible*|chiant*|agac* ..2 de|le|vos|$|vous|ces
annoyed: trop|tant|tellement ..1 de? @msg
annoyed: assez|marre de ..2 ca|vous
annoyed: en veux|veut|voulons plus|pas $
annoyed: ras le? bol|casquette
wonder: pourquoi ..4 recois|@send|recevoir
wonder: comment|ou|qui ..5 mon ..1 @object
denial: jamais|pas|rien ..2 inscrit*|abonne*|demande*|donne*|souscrit* -ask
wrong: mauvais|faux|erreur|mauvaise ..2 numero|personne|destinataire -ask
wrong: tromp* ..2 numero|personne|destinataire -ask
wrong: n est|suis pas|plus ..3 numero
wrong: suis|sommes|est plus|pas ..1 client*|membre*|patient*|abonne*|adherent*
wonder: plainte
wrong: pas le|la bon|bonne ..1 numero|personne
wrong: decede*
no-interest: m|nous interes* ..1 pas|plus
no-interest: pas|plus|aucunement ..1 interes* -ask
hint: ne|n|pas|plus|jamais|aucun|aucune ..3 @msg|recevoir -ask
hint: ne|n ..2 @send ..1 pas|plus|rien -ask
hint: pas|plus|jamais ..2 @send -ask
hint: @remove|@off ..3 @object|@list -ask
hint: @halt|arreter ..3 @msg|@send
hint: allez|allons|vas|pouvez ..1 arreter|cesser
`,
}
