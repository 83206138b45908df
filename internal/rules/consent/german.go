package consent

// german is how people revoke consent, and how they do not, in German. Umlauts
// come without dots or as two letters: "loschen" and "loeschen".
var german = language{
	code: "de",
	filler: `bitte bitteschon danke dankeschon hallo guten tag morgen abend hi hey moin servus jetzt sofort endlich mal doch ok gruss gruesse lg mfg
		herr frau liebe lieber vielen dank schon ja einfach und aber nun umgehend unverzuglich ab heute freundlich`,
	typos: `abmelden abbestellen nachrichten nachricht kontaktieren schreiben schicken loschen nummer werbung widerrufe belastigung`,
	classes: `
msg: sms nachricht nachrichten werbung werbe* werbungen mitteilung mitteilungen newsletter newslettern spam angebote reklame benachrichtigung* textnachricht* mails mail email emails anrufe mist kram scheiss* werbesms infos info texte post meldungen kontakt
send: spam* anzuschreiben zuzuschicken zuzusenden schreib* schick* send* kontaktier* anschreib* anruf* anzurufen ruft nerv* belastig* belaestig* zuschick* zusend* zugeschickt texte texten text melden melde angeschrieben stor* zusenden simsen
stop: stop stopp stoppt stoppe stoppen beend* unterlass* einstell* schluss genug stopt
remove: werft wirf werfen schmeiss* kickt kick losch* loesch* entfern* streich* nehm* nimm* tilg* nehmt
object: namen name nummer handynummer telefonnummer daten kontakt rufnummer handy kontaktdaten eintrag nr
list: liste verteiler system datenbank kartei verteilerliste kontakten kontaktliste mailingliste adressbuch
`,
	guards: `
bus: bus* haltestelle|stopp|stop
bus: ich|wir|bus stopp*|stoppen kurz|hier|dort|nicht
bus: kurz|kurzen|ein|einen|kleiner|letzter|nachster|nachste stopp|stop
bus: stopp|stop in|an|am|beim|bei|auf
not: hor*|hort|hoer* nicht auf
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
cancel: stornier*|absag*|losch*|loesch*|kundig*|kuendig*|abmeld*|beend*|entfern* ..5 termin|bestellung|buchung|reservierung|kurs|tisch|flug|fahrt|lieferung|training|zimmer|artikel|schule|zwiebeln
cancel: termin|bestellung|buchung|reservierung|kurs|tisch|training|schule ..5 stornier*|absag*|losch*|abmeld*|kundig*|kuendig*|streich*
received: hab|habe|haben|hatte|wurde|leider ..3 kein*|nicht*|nie ..3 bekommen|erhalten|gekriegt|angekommen|gesehen|da
come: kann|konnen|konnte ..1 nicht* mehr ..2 kommen|warten|schaffen|finden
end: ende der|des|vom|von|gut|offen
end: am|gegen|anfang|zum|wochen ende
end: wann|um ..2 schluss|ende
end: wochenende*
`,
	limits: `
when: nicht*|nie|keine ..4 @send|@msg ..2 vor|nach|nachts|abends|wahrend|arbeit|uhr|so
`,
	phrases: `
no-messages: kein|keine|keinen|keinerlei|null|nie ..2 @msg ..3 mehr|weiter*
no-messages: ^ kein|keine|keinen|keinerlei ..2 @msg ..1 $
no-messages: mochte*|will|wunsche|wollen|brauche|mag|moechte*|wunschen ..3 kein|keine|keinen|keinerlei|nichts ..2 @msg
no-messages: kein|keine|keinerlei ..2 weitere*|mehr ..2 @msg
no-sending: nicht|nichts|nie|niemals|nimmer|keine ..2 mehr|wieder|weiter|weiterhin ..2 @send|angeschrieben|kontaktiert|melden
no-sending: @send|schreib|ruf ..2 mir|mich|uns|sie|hier|an|diese ..3 nicht|nichts|nie|niemals|keine|kein ..2 mehr|wieder|weiter|@msg
no-sending: kontaktier*|belastig*|anschreib*|nerv*|anschreiben|stor* ..3 nicht|nie|niemals
no-sending: nicht|nichts|nie|niemals ..1 kontaktier*|anschreib*|anschreiben|stor*|belastig*|schreiben|schicken|senden ..1 $
no-sending: nichts|nix ..1 mehr ..1 $|schick*|send*|bekomm*|erhalt*
no-sending: hor*|hort|hoer* ..3 auf ..1 $|mir|mich|mit|damit|zu|uns|diese|sms|nachrichten|jetzt
no-sending: aufhor*|aufhoer*|aufzuhor*
no-want: mochte*|moechte*|will|wunsche|wollen|mag|wollte|brauch* ..3 nicht*|kein*|nie* ..5 erhalten|bekommen|kriegen|empfangen|kontaktiert|@msg|angeschrieben|belastigt|haben
no-want: mochte*|moechte*|will|wunsche|wollen ..2 nicht*|nix mehr ..1 $
no-sending: @stop ..4 @send
no-sending: hor*|hort|hoer* ..3 auf ..4 @send
no-sending: nichts|nix mehr ..2 von euch|ihnen|dir|denen
no-sending: nichts|nix ..2 von euch|ihnen|dir ..2 horen|hoeren|wissen|haben|lesen
no-sending: warum|wieso|weshalb ..4 immer|noch|standig|dauernd|weiter* ..3 @msg|@send|noch $
no-sending: warum|wieso|weshalb ..2 bekomm*|krieg*|erhalt* ..3 immer|noch|standig|dauernd
no-want: verzicht* ..1 auf ..2 @msg
no-want: kein|keine|null ..1 lust|bock auf ..2 @msg
no-want: kein*|nicht ..2 interess* an ..3 @msg
no-messages: nie|niemals wieder|mehr ..2 @msg
no-want: kein interesse ..3 @msg|nicht|mehr
stop-messages: stop|stopp|stoppt|stoppe|stoppen|beend*|unterlass*|einstell*|schluss|genug|abstell* ..4 @msg|damit
stop-messages: stop|stopp|stoppt|stoppe|stoppen|beend*|unterlass* ..1 das|diese|dies|jetzt|es ..1 $
stop-messages: ^ stop|stopp|stoppen ..1 ich|wer|das|falsche|damit|alles|es
stop-messages: lass*|lasst|hort ..2 das|es|sein ..1 sein|$
stop-messages: stell* ..2 das|es|dies*|die|eure|ihre ..2 ein $
stop-messages: ^ einstell*|abstell*|abschalten|unterlassen $
stop-messages: @msg|das ..2 einstell*|unterlass*|stopp*|abstell*|beend*
stop-messages: ^ es? reicht ..1 $
stop-messages: reicht ..3 @msg|langsam|jetzt
remove: @remove ..3 mich|uns|meine|diese|meinen|die|mir ..3 @object|@list|aus|von|raus|$
remove: mich|meine|uns|diese|die ..2 @object? ..2 @remove|geloscht|rausnehmen|austragen|raus
remove: @object ..2 @remove|geloscht|raus
remove: aus|von|vom ..3 @list ..2 @remove|raus|streich*|austrag*
remove: ^ losch*|loesch*|entfern*|austrag*|streichen $
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
unsubscribe: abmeld*|abgemeldet|abbestell*|abzumelden|abzubestellen|abmelde|austragen|austrag|abmeldung|abmleden|unsubscribe|austragung
unsubscribe: meld* ..3 ab $
unsubscribe: meld*|trag*|tragt ..2 mich|uns|meine ..3 ab|aus
unsubscribe: bestell* ..4 ab $
unsubscribe: @msg|abo|abonnement|vertrag ..2 kundig*|kuendig*|beend*|stornier*|abbestell*
unsubscribe: ^ ..1 kundig*|kuendig*|kundigung|abo ..1 $
peace: lass*|lasst ..4 ruhe|frieden
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
consent: widerruf*|widersprech*|widerspruch|wiederruf*|widerspreche
consent: einwilligung|zustimmung|erlaubnis ..4 zuruck*|entzieh*|nicht|keine
consent: keine|nicht|ohne ..2 einwilligung|zustimmung|erlaubnis|zugestimmt|eingewilligt
consent: untersag*|verbiet*|verbitte* ..6 @send|@msg|kontakt*|mir|anruf*
consent: dsgvo
rude: verpiss*|fick* ..1 dich|euch|$
rude: verpiss*
rude: leck* mich|mi|am
rude: halt*|halts|maul ..3 maul|klappe|fresse|schnauze
rude: hau*|haut ab
`,
	doubts: `
stop: stop|stopp|stoppen|stoppt
stop: stell* ..2 das|es|dies* ..1 ab $
stop: mach* das|die|es ..1 aus $
stop: das|es|dies ..1 abstellen|abschalten|ausschalten $
cancel: kundigen|kuendigen|stornieren
spam: ^ ..3 spam|betrug|abzocke|betruger $ -ask
spam: das|ist ..2 spam|betrug|abzocke -ask
rude: arsch*|scheisse|scheiss*|idiot*|wichser*|hurensohn*|penner|spinner
annoyed: nerv*|lastig|laestig|nervig|unverschamt*|aufdringlich
annoyed: zu|so viele|viel|oft @msg
annoyed: satt|leid|genug
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
`,
}
