package consent

// german is how people revoke consent, and how they do not, in German. Umlauts
// come without dots or as two letters: "loschen" and "loeschen".
var german = language{
	code: "de",
	filler: `bitte bitteschon danke dankeschon hallo guten tag morgen abend hi hey moin servus jetzt sofort endlich mal doch ok gruss gruesse lg mfg
		herr frau liebe lieber leute team vielen dank schon ja nein einfach und aber also nun umgehend unverzuglich ab heute freundlich freundlichen grussen danki merci
		punkt komma ausrufezeichen wirklich echt langsam endgultig halt eben kurz pls please`,
	typos: `abmelden abbestellen austragen nachrichten nachricht kontaktieren schreiben schicken loschen nummer werbung widerrufe widerspreche belastigung
		verteiler entfernen aufhoren kundigung einwilligung benachrichtigungen`,
	classes: `
ask: bitte bitten bittet mochte mochten moechte moechten will wollen wunsche wunschen verlange verlangen fordere fordern konnen konnten konnt konntet konntest kann kannst darf durfte veranlassen ersuche beantrage wurde wurden
off: loschen loeschen entfernen austragen abmelden abbestellen kundigen beenden stoppen streichen rausnehmen rausloschen einstellen abstellen sperren herausnehmen unterlassen aufhoren blockieren deaktivieren widerrufen rauszunehmen auszutragen
noun: loschung loeschung abmeldung austragung streichung entfernung kundigung abbestellung einstellung unterlassung
msg: msg msgs message messages zusendung zusendungen erinnerung erinnerungen terminerinnerung* promo promos aktionsinfo* sms nachricht nachrichten werbung werbe* werbungen mitteilung mitteilungen newsletter newslettern spam angebote reklame benachrichtigung* textnachricht* mails mail email emails anrufe mist kram scheiss* werbesms infos info texte post meldungen kontakt
not: nicht nichts nie niemals nimmer nix nichmehr nich nciht ned net nid nod nit nichtmehr numme nummen keinesfalls keineswegs
no: keini kein keine keinen keiner keinerlei keins null ka koa kei
want: erlaube erlauben gestatte gestatten dulde akzeptiere akzeptieren mochte* moechte* mocht moecht mocht* will willi wunsche wunsch* wollen wollte mag brauch* wott wui benotig*
send: spam* anzuschreiben zuzuschicken zuzusenden schreib* schick* send* kontaktier* anschreib* anruf* anzurufen ruft nerv* belastig* belaestig* zuschick* zusend* zugeschickt texte texten text melden melde angeschrieben stort storen zusenden simsen schrieb* schrib* schrieb
stop: stop stopp stoppt stoppe stoppen beend* unterlass* einstell* schluss genug stopt
unsub: abmeld* abgemeldet abbestell* abzumelden abzubestellen austragen austrag abmleden unsubscribe austragung abzubestellen abmeldet deabon* desabon* deabbon* auszutragen abbestelt*
remove: werft wirf werfen schmeiss* kickt kick loschen losch loscht losche loschung loschts geloscht loeschen loesch loescht loesche geloescht entfernen entferne entfernt entfern entfernts streich* nehm* nimm* tilg* nehmt schmeisst
undo: stornier* absag* losch loscht losche loschen loesch* kundig* kuendig* abmeld* abbestell* beend* entfern* streich* widerruf* widersprech* widerspreche widerspruch stopp* stop einstell* austrag* abbrech* weglass* unterlass* zuruckzieh* aufhor* aufhoer*
thing: termin* bestell* buchung* reservierung* kurs kurse tisch flug fahrt lieferung* training zimmer artikel* schule zwiebel* zeitung* rechnung* mahnung* paket* pakete sendung* kauf kaufs kaufvertrag* vertrag konto kontos amt wohnsitz auto gutschein* rabatt* aktion* katalog* pizza essen tomaten leck leckage hahn blutung motor wasser gurken oliven paprika pilze kase zucker sahne kapern sosse knoblauch getrank* dienstag* tute tuten probeabo fitness* mitgliedschaft zahlung* abbuchung* lastschrift uberweisung* stromvertrag handyvertrag jemand* ausflug behandlung massage untersuchung anprobe besichtigung platz platze posten
object: mobilnummer mobilnr handynr telnr rufnr namen name nummer handynummer telefonnummer daten kontakt rufnummer handy kontaktdaten eintrag nr
list: smsliste kundenliste kundendatei kundenkartei adressliste unterlagen akten liste listen gasteverteiler verteiler system datenbank kartei verteilerliste kontakten kontaktliste mailingliste adressbuch
`,
	guards: `
forget: vergesst|vergiss|vergessen ..1 mich|uns ..1 nicht
received: noch|bisher|leider @no ..1 @msg ..1 $
received: @no ..1 @msg ..2 angekommen|da|gekommen|gekriegt|gesehen|eingegangen
instead: @send ..1 nicht ihm|ihr|ihnen $ ~0 bitte|lieber|nur|sondern|einfach? @send
instead: nicht anrufen $ ~0 bitte|lieber|nur|sondern|einfach|stattdessen? @send|@msg
cant: kann|konnte ..4 nicht @send
end: hort|hoert|horen ihr|sie ..3 fruher|spater|heute|wann|schon|um ..2 auf
received: habe|hab|haben ..6 @not ..1 bekommen|erhalten|gekriegt|gefunden|gesehen|gelesen
urge: nicht|nie vergess*|vergiss ..2 @send
off: die|den|das|alle @thing ..2 @off
joke: verklagt mich doch
mail: @send ..2 @no ..1 @thing
wait: ^ halt|stop|stopp|moment ~0 doch|noch|lieber|warte*
known: kundigt|kundigen ihr|sie ..1 das|es|an
bother: will|mochte|wollte ..1 nicht storen
joy: leck mich ..2 ist
joy: scheisse|scheiss|verdammt|arsch|leck ..4 gut|lecker|geil|billig|gunstig|schon
price: unverschamt* teuer|hoch|lang|gut
price: preis|preise|preisen ..3 abzocke|betrug
known: bin|wurde|war|ist|sind abgemeldet|ausgeloggt|gesperrt $
sorry: tut|tat|tuts ..2 leid
rude: war|waren ..3 unverschamt*|nervig|lastig|unfreundlich|frech
enough: genug platz|fur|zeit|da|brot|geld|zu|parkplatze|leute
lass: lass gut|mal|uns|mich !in|raus|aus
threat: zeig* den|meinen|die|ihn|der
threat: verklag* den|meinen|die|ihn
sick: muss|mussen|musste ..4 stornieren|absagen
nerves: nerven behalten|bewahren
send: @send ..2 @thing ..1 @not
send: @send ..2 das|den|die|der @not
bus: bus* haltestelle|stopp|stop
bus: ich|wir|bus stopp*|stoppen kurz|hier|dort|nicht
bus: kurz|kurzen|ein|einen|kleiner|letzter|nachster|nachste stopp|stop
bus: stopp|stop in|an|am|beim|bei|auf
not: ^ bitte? hor*|hort|hoer* ..3 @not auf
not: es|das|er|die|der|mein|meine ..1 hor*|hort ..2 @not auf
not: @not ..1 aufhor*|aufhoer* ..3 mit|so|zu
not: ich|man|wir|kann ..3 @not ..1 aufhor*|aufhoer* ..5 $
not: ^ @not ..1 aufhor*|aufhoer*
stay: will|mochte|moechte|wollte|werde|wurde|wollen|mag|bitte ..2 @not @unsub
stay: ^ @not @unsub
stay: @unsub|raus|loschen|austragen ..2 ? ..2 niemals|nie|nee|no|never|ach|quatsch|auf
stay: @unsub|raus ..1 ? ..1 nein|nicht ..2 $
stay: @remove|tragt|trag|tragen|meldet|melde|melden|streicht ..1 sie? mich|uns|meine|unsere ..2 @object? ..1 @not ..6 $
stay: @remove|tragt|trag|meldet|melde ..2 bloss|ja @not ..6 $
again: wieder ..2 anmeld*|anzumeld*
take: nimm|nehmt|nehmen mich|uns ..1 mit
far: die|eine|grosse|kurze|weite entfernung
smoke: rauchen|trinken|regen|regnen|schmerzen|musik ..3 aufhor*|aufhoer*
smoke: aufhor*|aufhoer* ..2 rauchen|trinken|regnen
end: wann ..5 aufhor*|aufhoer*
end: ich|wir|er hore|horen|hoere|hoeren|hort ..4 auf
join: nehm*|nehmt|nimm ..2 mich|uns auf
not: hor*|hort|hoer* sich
end: wann|wenn|um|wie ..1 hor*|hort|hoer* ..4 auf
end: hort|hoert der|die|das|es ..3 auf
take: ich|wir nehm* !mich|uns
cancel: @undo|@remove ..5 @thing
cancel: @thing ..4 @undo|@remove|geloscht|raus
cancel: jederzeit|wann ..2 kundigen|kuendigen|stornieren|abbestellen|beenden
need: @want ..2 @thing ..2 @not|@no
known: bin|wurde|war|ist|sind abgemeldet|ausgeloggt|gesperrt !von|aus
enough: reicht ..1 mir|uns|fur !@msg|langsam|jetzt|endgultig|dieser|das|mit
goods: die|das|der|alle|alles|ware|waren|brotchen|neue ..2 raus $
far: wie ..1 weit entfernt
received: bekomme|kriege|erhalte|bekommen|erhalten|kriegen ich|wir|leider? ..1 @no|@not ..1 @msg? ..1 $
received: ich|wir bekomme|kriege|erhalte|bekommen|erhalten ..2 @no|@not ..2 @msg ..4 $
received: warum|wieso|weshalb|seit ..1 bekomme|kriege|erhalte|bekommen|kommen|kommt ..2 @no|@not ..2 @msg
received: kommen|kommt @no|@not ..1 @msg
received: hab|habe|haben|hatte|wurde|leider ..3 kein*|nicht*|nie ..3 bekommen|erhalten|gekriegt|angekommen|gesehen|da
come: kann|konnen|konnte ..1 nicht* mehr ..2 kommen|warten|schaffen|finden
end: ende der|des|vom|von|gut|offen !@msg
end: am|gegen|anfang|zum|wochen ende
end: wann|um ..2 schluss|ende
end: wochenende*
`,
	limits: `
when: @not|@no ..4 @send|@msg ..2 vor|nach|nachts|abends|wahrend|arbeit|uhr|so
part: @msg ..2 gern*|weiter*|weiterhin|behalten|bleiben
`,
	phrases: `
no-sending: @send ..1 @not auf|an|unter ..1 mein|meine|diese|dieses ..1 @object
threat: melde ..1 diese|die|eure @object
threat: melde|gemeldet ..4 als spam
stop-messages: wie ..1 storniere|kundige|beende|stoppe|deaktiviere|verhindere|blockiere|unterbinde ..3 @msg|das|dies*
rude: fahr*|geh*|schert ..2 holle|teufel
no-messages: @no ..1 @msg -ask
no-messages: bitte ..1 @no weitere* ..1 $
remove: nutz*|verwend*|benutz* ..2 meine|diese ..1 @object ..2 @not
no-sending: ^ hor*|hort|hoer* ..1 auf ..1 ihr|du|sie|leute
stop-messages: wie ..3 schalt*|stell*|stopp*|deaktivier*|bestell*|meld* ..3 ab|aus
stop-messages: genug ..1 gespamt|genervt|geschrieben|belastigt
stop-messages: weg mit ..2 @msg
stop-messages: @msg ..2 weg $
ask: bitte ..1 @off $
stop-messages: @msg ..1 abo? ..1 @off ..1 $
no-messages: bitte ..3 @no ..1 @msg ..1 $
no-sending: ^ @send ..1 sie? nichts ..1 $
stop-messages: genug davon|damit
stop: ^ stop|stopp $
no-want: @want das|es @not $
rude: ^ schnauze|fresse|klappe|maul ..1 $
ask: @ask ..3 meine|diese|mich|uns|meinen|das|diesen ..3 @off ..1 $
ask: @ask ..3 die ..1 @msg ..2 @off ..1 $
ask: um|auf|die|sofortige|zur|meine|eine ..1 @noun ..2 $|meiner|der|aus|von|vom|meines
noun: ^ @noun ..2 $
noun: ^ gekundigt|abbestellt|abgemeldet $
ask: wie|wo|kann ..4 mich|das|die|diese|uns ..3 @off ..1 $
ask: wie ..2 bekomm*|krieg* ..3 @off|abgestellt|weg|los|gestoppt
no-want: @want ..3 @msg ..1 @not
no-want: @ask|@want ..1 keine|kein ..2 @msg
spare: verschon*|spar*|erspar* ..3 @msg|damit|$
spare: verschon* mich|uns
remove: @remove ..1 sie? alles ..3 $
remove: ^ ich? will|mochte|moechte ..1 raus $
remove: raus mit ..1 meiner|der @object
remove: nummer|name|handynummer raus
remove: lasst|lass mich|uns raus
no-want: @msg ..2 interessier* ..2 @not
no-want: interessier* ..2 @not ..4 @msg|schreiben|schicken
no-messages: kb|bock ..1 auf ..2 @msg|mist|scheiss*
consent: entzieh*|zieh*|ziehe ..4 einwilligung|erlaubnis|zustimmung
stop: bitte|endlich|sofort stoppen|stopp|stop|aufhoren $
threat: werde|werden ..1 das|sie|euch|dies melden|anzeigen
threat: block* euch|sie
threat: anzeige ..1 ist|geht|folgt
remove: ^ bitte? rausnehmen|rausloschen|rausstreichen|raus $
rude: verschwind*|verzieh*|schleich* ..1 $|euch|dich|eich|di
nerves: auf die nerven|eier
unsubscribe: deabo
remove: @not|@no ..1 mehr ..2 im|in|auf|am ..2 @list
no-messages: @want|bitte ..2 @no ..2 zusendung*|kontaktaufnahme*|belastigung*
no-messages: ^ bitte? @no|@not mehr ..1 $ -ask
no-messages: bitte|lieber|aber @no|@not mehr $
no-sending: ^ @send ..1 mich|mir|uns ..1 @not ..1 $|an|und
no-sending: ^ @send ..1 @not mehr|wieder|weiter
no-sending: @send ..1 @not mehr $
stop: ^ schtop|schtopp|stob $
stop: konnen|konnt|konntet|konnten|bitte ..3 lassen|aufhoren|unterlassen|abstellen $
stop: ^ stornieren|abbrechen|widerrufen|kundigung $
stop-messages: ende|schluss|aus ..1 mit|der ..2 @msg
stop-messages: nerven|sack|keks|geist|wecker|senkel ..3 @msg|@stop
remove: @remove ..1 sie? ihn|sie|es|sein|ihre|seine ..2 @list|raus|@object
remove: mi|mich us|uus|vo ..1 de ..1 @list|lischte
no-messages: kein|keine|keinen|keinerlei|null|nie ..2 @msg ..3 mehr|weiter*
no-messages: ^ bitte? @no ..2 @msg ..1 $
no-messages: lieber|bitte|danke|dass ..1 @no ..2 @msg ..2 $
no-messages: @no|@not ..2 @msg ..2 mehr|weiter*
no-messages: ohne ..2 @msg $
no-messages: @want ..3 @no|@not ..2 @msg
no-messages: @no ..2 weitere*|mehr|solche* ..2 @msg
no-sending: @not|keine ..2 mehr|wieder|weiter|weiterhin ..2 @send|angeschrieben|kontaktiert|melden
no-sending: nimmer|numme|nichmehr|nichtmehr ..1 @send
no-sending: @send|schreib|ruf ..2 mir|mich|uns|sie|hier|an|diese ..3 @not|@no ..2 mehr|wieder|weiter|@msg
no-sending: schreib*|schick*|send*|textet|simst|ruft ..2 ma|mir|mi|mich|uns ..1 nimmer|nichts|nix|nichtmehr|nichmehr ..1 $
no-sending: kontaktier*|belastig*|anschreib*|nerv*|anschreiben|stort|storen ..3 @not
no-sending: @not ..1 kontaktier*|anschreib*|anschreiben|stort|storen|belastig*|schreiben|schicken|senden ..1 $
no-sending: nichts|nix ..1 mehr ..1 $|schick*|send*|bekomm*|erhalt*
no-sending: hor*|hort|hoer*|hored ..3 auf|uf ..1 $|mir|mich|mit|damit|zu|uns|diese|sms|nachrichten|jetzt
no-sending: aufhor*|aufhoer*|aufzuhor* ..2 $|mit|damit|mir|@send|zu
no-sending: @send ..1 $ ~1 aufhor*
no-want: @want ..3 @not|@no ..5 erhalten|bekommen|kriegen|empfangen|kontaktiert|@msg|angeschrieben|belastigt|haben
no-want: @want ..2 @not mehr ..1 $
no-want: @want ..2 @no|@not mehr ..1 von|erhalten|bekommen
no-sending: @stop ..4 @send
no-sending: hor*|hort|hoer* ..3 auf ..4 @send
no-sending: nichts|nix mehr ..2 von euch|ihnen|dir|denen
no-sending: nichts|nix ..2 von euch|ihnen|dir ..2 horen|hoeren|wissen|haben|lesen
no-sending: warum|wieso|weshalb ..4 immer|noch|standig|dauernd|weiter* ..3 @msg|@send|noch $
no-sending: warum|wieso|weshalb ..2 bekomm*|krieg*|erhalt* ..3 immer|noch|standig|dauernd
no-want: verzicht* ..4 auf ..2 @msg
no-want: abseh* ..2 von? ..3 @msg
no-want: von ..3 @msg ..2 abseh*|abzuseh*
no-want: seh* ..3 von ..3 @msg ..1 ab
no-want: @msg ..2 @not ..1 erwunscht|gewunscht|gewollt|erlaubt|gestattet
no-want: kein|keine|null ..1 lust|bock auf ..2 @msg
no-want: kein*|nicht ..2 interess* an ..3 @msg
no-messages: nie|niemals wieder|mehr ..2 @msg
no-want: kein interesse ..3 @msg|nicht|mehr
stop-messages: stop|stopp|stoppt|stoppe|stoppen|beend*|unterlass*|einstell*|schluss|genug|abstell*|einstellung|kundigung|ende|aus ..4 @msg|damit|zusendung*|versand|belastigung*
stop-messages: stell* ..4 zusendung*|versand|@msg ..2 ein|ab
stop-messages: ^ stell*|schalt*|mach*|dreh* ..2 das|es|dies*|die ..2 ab|aus $
stop-messages: wie|kann ..3 das|es|die|@msg ..2 abstell*|abschalt*|ausschalt*|deaktivier*|weg|los
stop-messages: deaktivier*|blockier* ..3 @msg|mich|meine
stop-messages: stop|stopp|stoppt|stoppe|stoppen|beend*|unterlass* ..1 das|diese|dies|jetzt|es ..1 $
stop-messages: ^ stop|stopp|stoppen ..1 ich will|mochte*|moechte*|habe|hab|kenne|wollte
stop-messages: ^ stop|stopp|stoppen ..1 wer|das|falsche|damit|alles|es
stop-messages: lass*|lasst|hort ..2 das|es ..1 sein|bleiben
stop-messages: ^ lass*|lasst sie? das|es $
stop-messages: stell* ..2 das|es|dies*|die|eure|ihre ..2 ein $
stop-messages: ^ einstell*|abstell*|abschalten|unterlassen $
stop-messages: @msg|das ..2 einstell*|unterlass*|stopp*|abstell*|beend*
stop-messages: ^ es? reicht $ -ask
stop-messages: ^ mir reicht|reichts|langt|langts ..1 $
stop-messages: ^ ruhe|schluss|aus|basta $
no-want: mag|will|mog|wott nimmer|nichtmehr|numme $
stop-messages: reicht ..3 @msg|langsam|jetzt
remove: @remove|hol* ..3 mich|uns|mi ..3 @list|aus|von|raus|runter|da|$
remove: @remove ..3 meine|diese|meinen|die|unsere|mei ..2 @object
remove: @remove ..1 mich|uns ..1 $
remove: mich|uns ..2 @remove|rausnehmen|austragen|raus
remove: meine|diese|unsere ..1 @object ..3 @remove|rausnehmen|austragen|raus|nutzen|verwenden|sperr*|vergess*
remove: @not|@no ..2 meine|diese ..1 @object ..2 verwend*|nutz*|benutz*
remove: sperr* ..2 mich|meine|uns
remove: @object ..2 @remove|raus ..1 $
remove: aus|von|vom ..3 @list ..2 @remove|raus|runter|weg|streich*|austrag*
remove: runter|weg|raus von|aus ..2 @list
remove: @want ..2 von|aus ..3 @list
remove: ^ loschen|losch|loscht|loschung|loeschen|loesch|loescht|entfernen|entfernt|austrag*|streichen ..1 $
remove: geloscht|entfernt|gestrichen|ausgetragen|abgemeldet werden
remove: @remove ..3 mich|uns|meine|diese|bitte ..4 @list
remove: raus aus ..2 @list
remove: um|die|sofortige|fur loschung|loeschung|streichung|austragung
remove: mich|uns|meine|mir ..2 von|aus ..3 @list
remove: wie|ich|will|mochte ..3 hier raus
remove: wie|wo|ich ..4 aus ..3 @list
remove: ^ ich will|mochte|moechte ..1 raus $
remove: nehm*|nimm*|nimmt|hol*|lass* mich|uns ..2 raus $
remove: aus|von|vom ..2 @msg ..1 raus|austragen|abmelden|loschen
remove: wie|will|mochte|moechte ..1 werd*|krieg*|euch|sie ..3 los
stop-messages: @stop ..1 geschrieben|gesagt|gesendet|geschickt|gebeten
stop-messages: lass*|lasst das|es|den|die ..3 @msg
no-sending: gesagt|gebeten|geschrieben ..4 aufhor*|stopp|stop|abmeld*
remove: vergesst|vergiss ..2 @object
unsubscribe: @unsub
unsubscribe: meld* ..3 ab $
unsubscribe: meld*|trag*|tragt ..2 mich|uns|meine ..3 ab|aus
unsubscribe: bestell* ..4 ab $
unsubscribe: @msg|abo|abonnement|vertrag ..2 kundig*|kuendig*|beend*|stornier*|abbestell*
unsubscribe: ^ ich? kundige|kundigen|kundigung|kundigt|kuendige|kuendigen|kuendigung ..2 $
unsubscribe: kundige|kuendige|kundigen|kuendigen|kundigt ..2 @msg|abo|das|alles
peace: lass*|lasst ..2 mich|uns zufrieden
peace: lass*|losst* ..4 ruhe|frieden|ruah|rueh|friede
peace: gebt|gib|geben ..2 ruhe|frieden
peace: vergiss|vergesst ..2 mich|meine|nummer
peace: in ruhe lassen
peace: ruhe jetzt
wrong: falsche*|verwahlt|verwaehlt ..2 nummer|person ~4 @remove|nicht|keine|@stop|lass*|vergess*
wrong: falsche*|verwahlt ..2 nummer ..4 losch*|loesch*|nicht|keine|entfern*|stop*
threat: zeig* ..2 an $
threat: anzeige*|angezeigt|anwalt|rechtsanwalt|verklag*|bundesnetzagentur|polizei|verbraucherzentrale|abmahn*|anzeigen
threat: belastig*|belaestig*|stalking
threat: blockier*|geblockt|blocke|gesperrt
threat: melde|gemeldet sie|euch|das|als
threat: dsgvo|datenschutz|datenschutzbehorde|rtr|uwg|datenschutzbeauftragte*|edob|seco|verbraucherschutz
consent: widerruf*|widersprech*|widerspruch|wiederruf*|widerspreche
consent: einwilligung|zustimmung|erlaubnis ..4 zuruck*|entzieh*|nicht|keine
consent: keine|nicht|ohne ..2 einwilligung|zustimmung|erlaubnis|zugestimmt|eingewilligt
consent: untersag*|verbiet*|verbitte* ~6 @send|@msg|kontakt*|mir|anruf*
consent: dsgvo
rude: verpiss*|fick* ..1 dich|euch|$
rude: verpiss*
rude: leck* mich|mi|am
rude: halt*|halts|maul ..3 maul|klappe|fresse|schnauze
rude: hau*|haut ab
rude: geht|geh|gehts ..1 mir? ..1 weg|scheissen|sterben
`,
	doubts: `
annoyed: drecks*|scheiss*|mist* ..1 @msg
threat: letzte warnung
peace: ^ lass*|lasst mich|uns $
wrong: nicht mein|meine name|nummer|handy
wonder: woher ..3 nummer|daten|kontakt
wrong: wohnt|arbeitet ..1 hier|da ..1 nicht
wrong: wohnt|arbeitet ..1 nicht ..1 mehr? ..1 hier|da
wrong: nicht ..1 der|die richtige
wrong: kenn* ..2 nicht|euch|sie
wrong: bin|bim nicht !da|zu|sicher|in|mehr|hier|so|dabei|ganz|angemeldet|gut|fit|im|am|mobil|alleine|fertig|zuhause|der|die|schuld
spam: ist ..1 das ..2 betrug|fake|spam|abzocke
stop: stop|stopp|stoppen|stoppt ..2 $|sie|das|damit|jetzt|ihr|@send|@msg|mich
stop: stell* ..2 das|es|dies* ..1 ab $
stop: mach* das|die|es ..1 aus $
stop: das|es|dies ..1 abstellen|abschalten|ausschalten $
cancel: kundigen|kuendigen
cancel: ^ stornieren $
spam: ^ ..3 spam|betrug|abzocke|betruger $ -ask
spam: das|ist ..2 spam|betrug|abzocke -ask
rude: arsch*|scheisse|scheiss*|idiot*|wichser*|hurensohn*|penner|spinner
annoyed: auf ..2 sack|nerven|keks|geist|wecker|senkel ..1 $|mit
annoyed: reicht|reichts ..2 mir|langsam|mit
wonder: was soll ..1 das|der|diese
annoyed: schon wieder ..1 ihr|@msg|sie|nachricht|ne
annoyed: @msg ..3 uninteressant|egal|unnotig|uberflussig
annoyed: nerv*|lastig|laestig|nervig|unverschamt*|aufdringlich
annoyed: zu|so viele|viel|oft @msg
annoyed: hab*|haben ..5 satt
annoyed: bin|sind|es ..3 leid
annoyed: genug von|$|damit|mit
wonder: warum|wieso|weshalb ..2 bekomm*|krieg*|erhalt*|schreib*|schick* ..3 @msg|das|mir|mich|diese
wonder: woher|wie|wer ..5 meine ..1 @object
no-interest: will|mochte|moechte|wollen das|es|sowas nicht $
no-interest: interessiert mich|uns ..2 nicht
denial: nie|nicht|niemals ..2 angemeldet|bestellt|zugestimmt|registriert|gegeben|abonniert|angefordert -ask
wrong: falsche*|falschen ..1 nummer|person -ask
wrong: verwahlt|verwaehlt
wrong: nicht|nicht ..2 mehr? ..2 nummer|handy -ask
wrong: kein|keine|nicht ..1 kunde|kundin|mitglied|patient|patientin
wrong: hier ist nicht ..2 $
wrong: verstorben
no-interest: kein|keinerlei|null|nicht ..1 interesse|interessiert|interesiert -ask
hint: @not|@no ..4 @msg -ask
hint: @msg ..3 @not|raus|weg -ask
hint: @remove|@off ..3 @object|@list -ask
hint: @object ..4 @remove|@off -ask
hint: @not ..3 @send -ask
hint: @send ..3 @not -ask
hint: @stop ..4 @msg|@send
`,
}
