package consent

// french is how people revoke consent, and how they do not, in French. Words are
// split at apostrophes: "m'envoyez" is "m envoyez".
var french = language{
	code: "fr",
	filler: `svp stp s il vous te plait merci bonjour bonsoir salut coucou maintenant immediatement madame monsieur messieurs ok d accord tout de suite
		beaucoup bien et alors donc aussi desormais cordialement pardon desole desolee bonne journee please la les mais vraiment`,
	typos: `desabonner desinscrire messages message numero arretez supprimer supprimez recevoir contacter harcelement publicite`,
	classes: `
msg: message messages mesage mesages msg msgs sms texto textos mms pub pubs publicite publicites publicitaires publicitaire offre offres promo promos promotion promotions spam spams notification notifications mail mails email emails envoi envois newsletter newsletters alerte alertes demarchage sollicitation sollicitations conneries relances texte textes demarchages appels merdes prospection
send: envoy* envoi* ecri* contact* appel* derang* harcel* spam* sollicit* relanc* embet* emmerd* importun* text* joindre demarch* deranger saouler souler ecrire
stop: arret* stop stopp* cess* finiss* halte arreter stopper
remove: retir* supprim* enlev* effac* ray* sort* ot* desinscri* elimin* radi*
object: 06 07 numero numeros nom contact coordonnees telephone tel portable donnees num mobile
list: liste listes fichier fichiers base bases repertoire mailing contacts diffusion
`,
	guards: `
bus: arret|arrets de|du|d|maladie|travail|le|la plus|bus|tram|tramway|metro|train|car|travail|gare|$|proche
bus: arret|arrets bus|tram|metro|maladie
bus: quel|quelle|l|un|cet|en|au|sans|prochain|dernier|premier|mon|d arret|arrets !des|les|de
bus: sans|quel|un|en|au|prochain arret|arrets
not: n|ne|pas|jamais|m|s ..1 arret* ..1 pas|jamais|de|chez|a|au
not: n|ne arret* pas
not: m|s|nous|vous arret* !de|d|les|vos
not: arretez|arrete vous|toi|nous au|a|devant|la|chez
smoke: arret* de fumer|boire|manger|travailler|rire|pleurer|courir
cancel: annul*|supprim*|retir*|enlev*|stopp* ..5 commande|commandes|rdv|rendez|reservation|reservations|consultation|vol|billet|billets|table|cours|visite|livraison|demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|seance|oignons|paiement|place|article|panier
keep: ne me|m|nous retir*|supprim*|enlev*|effac*|desabon* pas ..6 $
received: n|ne|pas|jamais|rien ..2 recu|recois|recevons|recue
more: plus tard|d|de|qu|que !@msg|la|l|vos|ces|ce|votre
interest: pas|plus ..1 interes* par le|la|l|les !@msg
more: je|on|nous ne|n peux|peut|pouvons plus|pas
more: il|y ..3 plus de places|place|stock
end: fin de|du|d|des|aout
`,
	limits: `
when: ne|n|arret* ..5 @send ..3 avant|apres|pendant|nuit|matin|soir|tard|dimanche|weekend|travail
`,
	phrases: `
stop-sending: @stop ..2 de|d ..3 @send
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
no-sending: @send moi plus|pas|rien
no-want: ne|n|j|je|on ..2 veux|veut|veu|souhait*|desir*|voudr*|voulons|accepte*|voulais|vx|besoin ..1 plus|pas|aucun|aucune|jamais|rien ..5 @msg|recevoir|etre|contacte*|@send|recevoire
no-want: ne|n ..1 veux|veut|souhait*|desir* plus|rien ..1 $
no-want: plus|pas|aucun besoin ..1 de|d vos|ces|tes|votre ..1 @msg|rappels
no-want: veux|souhaite|veut plus|pas etre|rester|figurer ..2 @list
no-want: veux|souhaite plus|pas ..1 recevoir|vos|votre
no-want: pas|plus ..1 envie|besoin|interesse* ..3 @msg|recevoir
no-want: refus*|interdi*|decline ..5 @msg|recevoir|contact*|@send
no-more: ^ plus|pas|aucun|aucune|jamais|rien|zero ..2 de|d|aucun|votre|vos|jamais? ..1 @msg -ask
no-more: ^ plus|pas|aucun|zero @msg
no-more: ^ plus|pas|aucun ..1 de|d la|l|vos|ces|votre ..1 @msg
no-more: ^ plus|pas tout? ca $
no-more: en veux|veut|voulons plus|pas ..2 vos|de|ces ..2 @msg
no-more: ^ plus|pas jamais|rien
no-more: assez|marre|suffit ..3 @msg|arret*
no-more: ^ ca|c ..1 suffit
no-more: ^ assez|suffit $
no-more: y en a assez
unsubscribe: desabon*|desinscri*|desabbon*|desaboner|unsubscribe
unsubscribe: annul*|resili*|stopp*|arret*|fin|cesse* ..4 abonnement|inscription|souscription|abonement|sms|messages|envois|notifications|alertes|pubs|newsletter
unsubscribe: ^ resili* ..1 $
remove: @remove ..1 moi|nous $|de|d|des|du|immediatement|ou|cette|votre
remove: @remove|virez|vire|virer|perdez|oubliez|bloquez ..3 @object
remove: vous|tu|veuillez|de|merci|faut retirer|supprimer|effacer|enlever|desinscrire $ -ask
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
consent: rgpd
consent: ne|n|pas ..1 consens|autoris*|accept* ..1 pas|plus
consent: jamais|pas|aucun ..1 donne* ..2 consentement|autorisation|accord|permission
stop: demande|dit|redis|repete ..4 arreter|cesser|stop|arretiez|desinscri*|retire $
consent: sans ..2 consentement|autorisation|accord
rude: va|allez|aller ..3 foutre|voir|chier|diable
rude: fout*|fous|fich* le camp
rude: casse*|cassez|barre* ..1 toi|vous
rude: degage*|nique*|ntm|fermez la|fdp|foutez|tg
rude: ta|vos|vo gueule
`,
	doubts: `
stop: stop|stopper|stoppez|arretez|arreter|cessez|arrete
cancel: annuler|annulez|resilier
spam: ^ ..3 spam|spams|arnaque|arnaqueurs|escroc* $ -ask
rude: merde|connard*|putain|salop*|cons|encul*|abruti*|batard*|bordel
annoyed: marre|ras|saoul*|soul*|enerv*|insupport*|penible*|chiant*|agac* ..2 de|le|vos|$|vous|ces
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
`,
}
