package consent

// english is how people revoke consent, and how they do not, in English. The
// rows were written from usage; the words of the federal rule are in keywords.
var english = language{
	code: "en",
	filler: `please pls plz plse plss plez pleas hi hello hey yo thanks thank thx thankyou ty tks tnx ok okay k guys guy sir maam madam ma'am bro dude man
		just now right immediately asap today already kindly sorry good morning afternoon evening day um uh so and but then again really seriously
		omg god gosh jesus damn dang freaking frickin fucking fuckin effing goddamn bloody much very lol kthx everyone folks there yall`,
	typos: `unsubscribe unsubscribed texting texts message messages messaging remove sending number contact contacting receive receiving spamming
		harassing harassment delete subscription notifications promotions bothering permission consent interested database alerts`,
	classes: `
msg: text texts txt txts txs message messages msg msgs msgz mssg mssgs sms smses mms notification notifications alert alerts promo promos promotion promotions promotional ad ads advert adverts advertisement advertisements advertising spam spams junk marketing offers newsletter newsletters blast blasts crap shit bs bullshit garbage nonsense communication communications contact coupons deals solicitation solicitations solicitating email emails calls reminders updates stuff robotexts robocalls
contact: text txt txting reach message msg contact call sms bother harass spam annoy ping write email disturb pester notify dm solicit bug communicate reach try texted txted messaged contacted called hit blow
contacting: texting txting txtin textin txtng txing messaging messagin msging msgng contacting calling callin sending sendin sendn spamming bothering bugging harassing annoying pestering blasting blowing bombarding pinging writing emailing notifying soliciting disturbing advertising marketing communicating reaching hitting smsing dming stalking
stop: stop stopp quit cease halt discontinue end ending stopping terminate suspend desist stopall
stopped: stop stopp stopped stopping end ended cease
me: me us
mine: me us my mine this these our
num: number numbers phone cell cellphone mobile line digits num nbr telephone
data: number phone cell cellphone mobile name info information contact contacts details data num digits account profile email
list: list lists database db system systems records file files contacts roster distribution registry mailing txtlist textlist rolodex
remove: remove removed removing disconnect deregister rmv delete deleted deleting erase scratch scrub wipe purge unlist unenroll disenroll drop unregister exclude withdraw strike omit unfollow deactivate dump
unsub: unsub* unscrib* unsubcr* unsuscr* unsuscribe unsubcribe desubscribe optout optmeout unsubscribeme
neg: dont dnt dont't doesnt never not nor neveragain cannot stopdont donot dun
want: want wanna need like wish care wanting wants wanted desire request ask asked intend
get: receive receiving recieve recieving get getting got hear hearing be see seeing have having been
report: report reporting reported sue suing flag flagging
must: needs need has have must should better gotta got
bulk: texts txts messages msgs msgz mssgs sms spam spams promos promotions promotional ads adverts advertisements advertising notifications alerts blasts marketing communication communications solicitations robotexts junk updates newsletter newsletters
off: stop stopp stopall quit end cease halt discontinue terminate kill pause nix ditch drop cut disable suspend block silence axe scrap lose cancel
take: take taking taken get getting gotten pull pulling kick knock cross scratch bump yank keep leave
rid: out off rid done away
swear: asshole assholes bastard bastards bitch bitches dick dicks prick cunt moron morons idiot idiots scumbag scumbags scum jackass dumbass creep creeps jerk jerks loser losers fu fuckers fucker motherfucker motherfuckers mf wtf stfu gtfo
`,
	guards: `
by: stop|stopping|stopped by|in|at|off|over|here|there|sign|signs|light|lights|watch|motion|gap|loss|along|near|outside|down|for|into|between|before|after|when|where
by: stop to get|grab|pick|see|eat|buy|say|think|check|look|take|smell|drop|use
place: bus|truck|pit|non|rest|next|first|last|door|tram|train|subway|metro|dead|full|short|one|quick|final|second|third|tour|gas|each|every|every|another|any|main|whistle|tab|rest stop|stops
a: a|an|the|my|your|our|his|her|which|what|un|their stop|stops|end|quit !texting|messages|texts|sending
a: a|an|the|my|your|our|his|her|which|what|un|their stop|stops|end $
will: ill|id|we|well|he|she|they|might|may|gonna|does|did|do i|we|to? stop !@contacting|@msg|@me|@get|this|these|now|it|all|already|please
will: i|ill|id|we|well|he|she|they stop !@contacting|@msg|@me|@get|this|these
will: ill|we|well stop $
how: where|when|time|long ..2 you|u|they|we|it|bus|train|tour|truck|rain|snow|music|noise|shuttle|ferry|show|game ..1 stop
not: dont|never|cant|couldnt|didnt|wont|wouldnt|doesnt|not stop|quit $
not: dont|never stop|quit ..2 @contacting|@msg|@me|these|this|believing|sending
not: cant|couldnt|didnt|doesnt|not stop|quit !contacting
not: dont stop !the|with|and|that|texting|it
it: it|rain|dog|baby|phone|kid|kids|snow|cat|car wont|wouldnt|doesnt|didnt|never stop
keep: ^ dont|never remove|take|delete|drop|kick|cut|erase ..2 me|us|my ..6 $
keep: ^ dont|never cancel ..6 $
not: dont|not|without|never ..2 @unsub
not: @unsub ..3 by|on accident|accident|mistake|purpose|accidentally
not: accidentally|mistakenly @unsub
not: who|why|was|am|got ..2 @unsub ..6 back|again|wasnt|why|resubscribe
working: stop|stopped|stopping working|playing|crying|laughing|smiling|raining|snowing|thinking|worrying|smoking|drinking|eating|selling|carrying|making|serving|loading|being|barking|running|leaking|bleeding|shipping|offering|delivering|driving|moving|moving|believing|growing
gotten: stopped getting|receiving
gotten: why ..2 not|dont|didnt|cant|havent|wont|never ..3 @get ..4 @msg
gotten: did|havent|hasnt|didnt ..5 get|got|getting|received|receive|receiving ..4 @msg
gotten: didnt|havent|wasnt ..1 get|got|getting|received|receive|receiving
gotten: never|not ..1 got|received
gotten: im|am|was|been|still|is not|isnt ..1 get|getting|receiving|seeing|recieving
cancel: cancel|cancelled|canceled|cancelling|canceling|cancellation|remove|delete|end ..4 order|orders|appointment|appt|appointments|apt|reservation|reservations|booking|bookings|delivery|flight|table|class|classes|lesson|meeting|session|visit|lunch|dinner|game|trip|pickup|shift|ride|room|haircut|facial|massage|cleaning|consultation|item|items|ticket|tickets|cart|payment|invoice|purchase|transaction|check|card|party|event|plan|plans|membership|policy|policies|fee|one
cancel: cancel|cancelled|canceled|cancelling|canceling|cancellation ..4 tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|morning|rebook|reschedule|weekend|week|pm|am|3pm|1pm|2pm|4pm|5pm|noon|10am|9am|11am|8am
cancel: appointment|appt|reservation|order|booking|meeting|class|game|flight ..5 cancel|cancelled|canceled
cancel: order|orders|item|items|appointment|charge ..4 removed|deleted
quit: quit ..3 job|jobs|school|smoking|drinking
shop: stop ~1 shop
quit: ill|we|well|will quit|stop bugging|bothering|texting|annoying you
cancel: cancel that
remove: stain|hair|tree|snow|junk|tattoo|laser|wax|mole|ice|mold removal
wrong: wrong number of
wrong: phone|battery|car|laptop|tablet died|dead
wrong: order|account|confirmation|tracking|model|room|table|flight number
wrong: not a|an new|existing
shit: no|holy|hot|damn shit|crap
away: go away this|for|on|with|next|to|in
scam: is|are this|it|you|that ..2 spam|scam|legit|scammer
cancel: cancel|cancellation policy|fee|fees|anytime
remove: remove|delete|take|get|drop ..2 me|my ..3 appointment|slot|waitlist|schedule|class|reservation|guest|hold|order|draft|tournament|game|team|wait
remove: delete ..2 last|previous|that|photo|picture|pic|post|review|comment
unless: dont call ~3 just|only|rather|prefer|please|better|but|can text|txt|message|email
unless: dont call me? text|txt|message|email me|instead|us|$
why: why dont|not ..1 @contact|you|u|we
why: dont ..1 forget|hesitate|worry|mind|think|wait
why: dont|not ..1 @want ..1 miss|wait|lose|stop|unsubscribe
busy: dont text and|while|n drive|driving
add: @unsub|stop ..6 back|resubscribe|readd
out: eat|order|check|figure|work|watch|hang|find ..1 optout|out
alone: dont leave me alone
alone: leave ..1 me ..1 alone with|in|at|for
alone: home alone
take: stop|shut up and take my
block: block|blocks off|of|from|away|party|number|out
end: weekend|weekends
enough: good|fair|sure|not|fast|big|close|old|soon|well|long|large|early|easy enough
hate: hate to
place: closest|nearest|which|what|where stop|stops
interest: interested in the|a|an
see: didnt|havent|never|cant|couldnt ..1 see|saw|seen|open|read ..3 @msg
end: back|front|low|high|dead|other|far|deep|year|month|week|days end
`,
	limits: `
when: dont|not|never|no|stop ..3 me|us|this|text|texts|texting|messages|calling ..1 before|after|until|till|unless|while|when|during|til|at|early|nights|weekends
when: dont|not|never|no|stop ..3 me|us|this|text|texts|texting|messages|calling ..1 late $|at|in|on|i|im|and|or|its
joke: stop it? ~5 amazing|gorgeous|cute|adorable|beautiful|love|obsessed|hilarious|blushing|delicious|yummy
joke: stop it? ~5 i need|want|love that|this|these|those|one
kind: stop|quit ..1 sending|texting ..2 about|regarding
`,
	phrases: `
unsubscribe: @unsub
unsubscribe: un|on|in|im|and|an|up|off subscribe $
unsubscribe: ^ un|on|im|an|off subscribe
stop: stop|stopp|stopall @contacting|@msg
stop-contacting: @stop ..5 @contacting
stop-messages: stop|stopp|quit|cease|halt|discontinue|desist|stopall|suspend|terminate ..4 @msg
stop-messages: end|ending|ends ..2 texts|text|messages|message|msgs|msg|sms|spam|alerts|notifications|subscription|promos|updates|communication|txts|ads
stop-messages: cancel|cancell|cancle ..4 text|texts|txts|messages|msgs|msg|message|sms|subscription|subscriptions|alerts|alert|notifications|promos|promotions|ads|spam|communication|communications|updates|everything|newsletter|marketing|enrollment
stop-messages: @off ..3 @bulk
stop-messages: cut|shut|turn|switch|knock|lay|get|be|call|back|do ..1 @rid ..1 of|with? ..2 @bulk
stop-messages: make|get|need|want|like|wish|have ..3 @bulk|this|these|them|it ..2 @off|end|disappear|gone $
stop-messages: make|get|need|want|like|wish|have ..3 @bulk|these|them ..2 off|away|over $
stop-messages: ^ enough ..1 @bulk
stop-messages: keep your|ur|ya ..1 @bulk|coupons|deals|offers $|to
stop-messages: done|finished|through with ..2 @bulk
stop-messages: had|have ..1 enough of|with ..2 @bulk|these|this
stop-messages: do|live without ..2 @bulk|these
stop-why: why ..4 keep|continue|still|always|constantly|insist ..3 @contacting|@contact ..3 me|us|this|my|our|@num
stop-why: what part of
stop-why: why ..3 still|keep|keeps|continue|constantly ..3 @get ..2 @bulk|these|those
stop-why: still ..1 getting|receiving ..2 @bulk|these|those even|after|despite|though|but|why
stop-getting: stop|stopping|quit|end ..1 getting|receiving|recieving|get
stop-it: stop|quit|end this|it|that|these|those|them|me|us|now|all|everything|immediately|asap|forever|alrdy|contact ..1 $
stop-it: ^ end this|these|it|all
stop-it: stop ..1 with ..2 this|these|the|that|your|all|texts|messages
stop-it: stop ..1 bother*|harass*|spam*|annoy*
stop-first: ^ stop|stopall|stopp i|im|ive|id|you|u|ur|your|youre|wrong|who|whoever|it|dont|dnt|never|no|not|me|do|we|already|moved|unsubscribe|remove|this|that|take|leave|nobody|why|what|how|these|those|my|for|ever|fuck|or|sending|send|all|everything|contacting|since|because|cuz|its|he|she
stop-last: you|u|please|pls|plz|said|say|saying|says|told|asked|asking|asking|needs|need|want|wants|like|have|has|must|gotta|make|makes|making|now|just|to|should|hey|ffs|again stop|stopp|quit|cease $
stop-last: @msg|this|these|it|them|texting|texts ..2 @must ..2 to? stop|end|cease
stop-last: make|made|get|have ..2 stop
stop-last: how|why|when|will ..4 stop|end|quit this|these|it|them|@msg|@contacting
stop-last: how ..3 to|i|we|do stop $
stop-last: said|told|asked|begged|requested|replied|texted|texting|sent|responded|typed|keep ..3 stop
stop-you: can|could|would|will|wont|please|need|want|like|must|should|to ..2 stop $
stop-last: stop|stopp $
stop-cease: cease ..1 desist
stop-cease: cut|knock ..1 it|this|the ..1 out|off|crap|shit
stop-cease: ^ quit it
stop-cease: ^ discontinue|halt|cease|desist|terminate|suspend $
stop-cease: ^ no stop|end $
stop-cease: stop2end|stop2stop|stop2quit|end2stop|stop2unsubscribe
no-contact: @neg ..2 @contact ..2 me|us|this|that|my|again|anymore|ever|here|any|these|those|@msg|more|nothing|anything|ur|your|stuff|no
no-contact: @neg ..2 send|sent|sending|snd ..2 me|us|these|this|@msg|any|anymore|again|nothing|anything|more|stuff|here
no-contact: you|u|ya|nobody|people cant|shouldnt|mustnt|arent ..3 @contact|@contacting ..1 me|us|this|my|our -ask
no-contact: nobody should|can|may ..1 @contact|be
no-contact: nobody should be @contacting
no-contact: no need ..2 @contact|send|sending ..3 @bulk|reminders|anymore|again|anything
no-contact: dont|not need ..1 to send|text|message ..3 anymore|again|@bulk
no-contact: @neg ..2 @contact ..1 him|her|them|@num
no-contact: stop|quit trying ..1 @contact
no-contact: @neg ..1 send $
no-contact: @neg|no ..1 @contact|@contacting $
no-contact: @neg ..1 @contact ..2 number|phone|cell
no-contact: never ..3 @contact ..2 me|us|again|this
no-contact: dont|never|not ..2 be ..1 contacted|texted|messaged|called|notified|bothered
no-contact: @neg ..2 want|need|wanna ..3 @contact|@contacting ..1 me|us|this|my
no-contact: nolonger ..2 @contact|contacted|texted
no-contact: refrain ..1 from ..2 @contacting|@contact|sending
no-contact: no @contacting ..2 number|me|us|this|here|phone
no-contact: if|wish|hope|appreciate|prefer ..4 stopped|stop|quit ..2 @contacting|@msg
no-contact: no need to @contact me|us
no-contact: dont bother ..1 me|us|texting|messaging|contacting
no-want: dont|dnt|not|never|nor|nolonger|didnt|doesnt|neither|no ..2 want|wanna|wish|desire|care|like|wanting|wants|need|asked|interested|consent ..2 to? ..1 get|receive|recieve|getting|receiving|recieving|hear|hearing ..5 @msg|this|these|them|those|any|anything|from|more|your|it|such|anymore
no-want: dont|dnt|not|never|nolonger|doesnt|didnt|isnt ..2 want|wanna|wish|need|like|wants|wanted|care|interested ..4 @msg|@contacting
no-want: dont|dnt|not|nolonger|doesnt ..2 want|wanna|wish|need|like|wants ..3 these|this|those|anymore|any|no ..2 $
no-want: dont|dnt|not|nolonger|doesnt|never ..2 want|wanna|wish|care|like|wants ..2 to? be|been ..3 @list|contacted|texted|messaged|bothered|part|on|included|subscribed|notified|spammed|harassed
no-want: ^ dont|not want|wanted $
no-want: dont|not|never|nolonger ..1 want|wanna|wish|need|like|care ..1 to? hear
no-want: dont want you|u|anyone|anybody ..2 @contact|@contacting
no-want: rather|prefer|like|wish|want|id|would not|nolonger ..2 @get|@contact|@msg
no-want: @want|please|prefer ..2 nolonger ..2 @get ..4 @msg|these|this|them|your|$
no-want: make|making|so|sure|ensure|that|want|way|how ..5 dont|not|never ..2 @get ..4 @msg|these|this|any|them|more|anything
no-want: @msg ..3 not|arent|isnt|never ..2 welcome|wanted|appreciated|needed|allowed|authorized
no-want: unwanted|unwelcome|unsolicited ..1 @msg
no-want: no|zero ..1 interest|desire|wish|intention|use|need ..1 in|for|to|of ..3 @msg|getting|receiving|these|hear
no-want: dont|dnt|not|nolonger|didnt|never ..1 want|need|wanna|like|ask em|them ..1 $|anymore|all
no-want: shouldnt ..3 on ..3 @list|@bulk|here|this|it
no-want: should|supposed ..1 not|never ..3 on ..3 @list|@bulk|here|this|it
no-want: dont|not|never|nolonger ..1 want|need|wanna|like ..4 on|in ..3 @list|@bulk -ask
no-want: dont|doesnt|not ..1 belong ..1 on|in ..3 @list
no-want: prefer|rather|want|need|like|only ..1 no|zero ..2 @msg
no-want: decline*|refuse*|object ..4 @get|@msg|@contact|@contacting|further
no-want: @get ~7 dont|not|never want|need|ask|asked|like|wanted
no-want: nobody|noone|none ..2 want*|need*|asked|like* ..4 @msg|this|these
no-want: no ..1 further ..2 @msg|@contact|@contacting|communication
no-want: want|need|like|have ..1 nothing to do with
no-more: no|not|nomore|zero more ..3 @msg|@contacting|@contact
no-more: no more of? these|this|those|that $
no-more: ^ no|nomore more $
no-more: ^ no more of|from ..2 you|this|these|that
no-more: ^ no ..1 @msg $
no-more: ^ no ..1 texting|texts|messaging|messages|spamming|spam|calls|calling|contact $
no-more: enough ..1 with|of ..3 @msg|@contacting|this|these|already|you
no-more: ^ enough|enuff $
no-more: ^ enough is enough
no-more: give it a rest
remove-me: @remove ..1 me|us ..1 $
remove-me: request*|demand* ..2 removal|deletion
remove-me: get|getting|have|want|need @bulk|these|this|them ..2 stopped|removed|ended|cancelled|canceled|off|blocked
remove-me: @remove ..1 me|us ..1 from|off|out|of|at|as|b4|before|or|n|immediately|completely|permanently|i|im|wrong|this|ur|your
remove-me: @remove ..3 number|phone|cell|cellphone|contact|contacts|info|information|details|data|num|digits|# ..1 !order|from ..1
remove-me: @remove ..3 number|phone|cell|cellphone|num|info|information|name|data|account|contact ..1 $
remove-me: @remove ..5 from ..4 @list|texts|messages|future|marketing|this|these|here|thread|group|chat|texting|sms|it|everything|all|messaging|service|services|program|campaign|chain|subscription
remove-me: @remove|unadd ..4 @list
remove-me: @take|want|be|mark|put ..4 off|out|outta ..3 @list|there|@msg|this|these|it|thread|chain|group|here|texting|thing
remove-me: @take|want|be ..4 off|out of? ur|your
remove-me: @take me|us|my|this|him|her ..2 off|out $
remove-me: take|taking ..1 off|out ..1 my|this|our|her|his ..1 @num
remove-me: need|want me|us|him|her|mom|dad|number|wife|husband ..1 removed|unsubscribed|deleted|off
remove-me: clear|purge|disconnect me|us
remove-me: take|get|kick|pull my|him|her|his|our ..3 off $
remove-me: be|get|got|been|being|is ..1 removed|deleted|unlisted|taken|excluded|dropped ..1 $|off|from|from
remove-me: be|get|been|being removed|deleted|unlisted|excluded|dropped|unenrolled
remove-me: cut|kick|boot|bump|drop|yank|exclude|keep|bounce me|us|this|my|him|her ..2 from|off|out
remove-me: ..2 remove $
remove-me: @remove me|us|him|her $
remove-me: be|get|been|being|have taken off
remove-me: number|phone|cell|name|list ~8 remove|delete|erase|lose it|this|that|me|us
remove-me: number|name|phone|info|information ..4 removed|deleted|taken
remove-me: please|pls|plz|plse remove|delete|removed $
remove-me: ^ no? remove|removed|delete $
remove-me: off|out ..2 list|lists $
remove-me: ^ remove ..1 number|phone|name|contact|from|list|this
lose: lose|forget|burn|ditch|trash|erase|destroy|shred|loose|delete|block|toss ..1 my|this|our|the ..1 number|phone|digits|num|info|contact|#
lose: wrong number|person ~3 lose|delete|remove|forget|stop|bye|block
alone: leave ..1 me|us|my|him|her ..3 alone|lone
alone: leave|let|lemme me? be|b $
alone: left alone
alone: get|stay off|outta|out ..1 of? my phone|line|inbox
alone: leave|let me|us ..2 peace
alone: ^ leave me|us $
rude: fuck|f|piss|eff|bugger|sod|buzz|bug|screw|fk|fck|fuckoff|fuk|feck|jog off
rude: back off $
rude: go away
rude: ^ get ..1 lost|bent
rude: go ..2 hell
rude: ^ shut ..3 up $
rude: fuckoff
rude: kick rocks
rude: ^ beat it
rude: take a hike
rude: get out of my
rude: ^ f off
threat: @report ..2 you|u|this|ur|your|number|spam|to|as|company|them
threat: be|am|im|ill|will|gonna|going|have|already|been ..2 @report|sued
threat: hear|hearing|contact|contacting|call|calling|talk|talking|involve|speak|forward*|consult|report*|tell|notify|notifying|get|turn* ..5 lawyer|lawyers|attorney|attorneys|police|authorities|bbb|cops
threat: lawyer|lawyers|attorney|attorneys ..4 touch|contacting|contact|call|calling|you
threat: lawsuit|tcpa|fcc|ftc|litigation
threat: legal action|proceedings|consequences|steps
threat: harassment|harassing|harrassing|harrassment|harassed|harrassed|harrasment|stalking|stalker
threat: class action
threat: one more|another @msg|time ~4 ill|im|and|or|were|gonna
threat: file|filing|filed ..2 complaint|suit|report|charges
threat: block|blocking|blocked ..2 you|u|this|ur|number|sender
threat: ^ blocked|reported|blocking|reporting and|you|u|number|bye|as|spam|this? blocked|reported|spam|number|it? $
threat: youre|u|number|been|getting|you|im|ive|is|already|just|being ..2 reported|blocked $
threat: @msg|spam|texts ..1 blocked
threat: illegal ..3 text|texting|messages|contact|sms
cancel: cancel this|your|text|messaging|texting|sms|the text service|services|plan|program|thing
cancel: cancel this|your|ur service|services|program|thing|crap
cancel: cancel me|us
cancel: ^ cancel ..1 all|everything|this|these|now|me|subscription|it $
optout: opt|op|opted ..4 out|oit|our
optout: ^ let|get ..1 me|us ..1 out $
optout: ^ i|we|id ..1 want|wanna|need|like ..2 out $
optout: want|wants|wanna ..1 out $
revoke: revoke*|withdraw*|rescind*|retract*|cancel|remove ..4 consent|permission|authorization|authorisation|approval|agreement
revoke: consent|permission|authorization ..3 withdrawn|revoked|rescinded|denied|removed|cancelled|canceled|over|ends|ended
revoke: take|taking|pull|pulling|took ..1 back ..2 consent|permission
revoke: i|we|hereby|id ..1 revoke|withdraw
revoke: dont|not|never|nolonger|didnt|no|without ..3 consent|consented|permission|authorize|authorized|authorization|agreed ..4 @msg|@contact|@contacting|this|these|to|$
revoke: ^ i? dont|not|nolonger|no consent|agree|authorize $|to
revoke: not|no|without ..1 my ..1 permission|consent ..2 to
dnc: do|dont|not ..1 call|contact|text|disturb|solicit ..1 list|registry|again
dnc: ^ dont|not call|contact|text|disturb|solicit|msg|message $
dnc: dnc
dnc: no contact list
turn-off: turn|shut|switch|toggle ..4 off ..3 @msg|this|these|it
turn-off: turn|shut|switch ..4 @msg|these|this ..1 off
turn-off: mute|silence me|us|this|these|@msg
turn-off: ^ silence $
turn-off: disable|deactivate|mute|silence ..3 @msg|this|these
not-interested: nolonger|not ..2 interested|intrested|intersted|want|wish ..3 @msg|@contacting|receiving|getting|being|hearing|receive
not-interested: not|nolonger ..1 interested ..1 and|so|please ..3 @contact|remove
`,
	doubts: `
stop: stop|stopp|stopall|quit|cease|desist|optout
cancel: cancel|revoke
spam: ^ ..3 spam|spammers|spammer|spamming|scam|scammers|scammer|fraud $ -ask
spam: this|its|it|youre|you|is|ur|are ..2 spam|spammers|spammer|spamming|scam|scammers|scam|scammer|fraud -ask
spam: spamming ..1 me|us|my
rude: @swear
rude: fuck|screw|fck|fuk you|u|yall|this|these|ur|your
rude: ^ fuck $
rude: go|eat|drop ..1 die|dead|shit|yourself
rude: pissed|pissing|pisses ..1 me? off
annoyed: youre|you|u|this|these|ur|so|very|super|really|are|how|its|that|people ..2 annoying|irritating|ridiculous|pathetic|disgusting|creepy|unsolicited|unwanted|intrusive|bothersome|obnoxious|bothering
annoyed: ^ annoying|ridiculous|unsolicited|irritating|creepy $
annoyed: sick|tired|annoyed|fed|irritated|done|bored|over ..2 of|with|by|up ..4 @msg|@contacting|you|this|these|it
annoyed: too|so|way|ridiculously many|much|frequent|often ..3 @msg|@contacting|contact
annoyed: hate|despise ..3 @msg|you|this
annoyed: @msg ..3 too|so|way ..1 many|much|often
denial: never|didnt|dont|not|havent|nobody|didn ..2 sign|signed|subscribe|subscribed|ask|asked|agree|agreed|consent|consented|request|requested|enroll|enrolled|register|registered|opted|authorize|authorized|remember ..4 this|these|up|for|you|your|it|to|@msg|in
annoyed: make|chill|ease|cool|slow|calm ..2 with|on|up|down ..3 @bulk
annoyed: @bulk ..2 suck|sucks|stink|annoy|bother|bug|irritate|old|bs|trash|garbage|stupid|dumb
annoyed: cant|cannot stand ..2 @msg|this|you
annoyed: over the|these|this|your|ur ..1 @bulk
annoyed: @neg ..1 reply|respond|answer ..1 to me|this
wrong: ^ this isnt !right|working|good|fair|true|what|funny|correct|ok|okay|mine|bad|real|possible|enough|it|cool|great|helpful $
wrong: have|got|has|youve ..2 wrong !order|orders|size|item|color|colour|one|date|time|day|address|name|thing|food|product|pizza|room|account|price $
annoyed: take a hint
annoyed: get a life
annoyed: this|it|its ..1 is? ..1 harassment
wonder: why am|are|do|is|u|you ..3 getting|receiving|get|texting|messaging|sending ..3 @bulk|these|those|this|me
wonder: why|how|who am|is|did|put|i|are|my ..4 on ..1 this|your|the|a|these|ur @list|@bulk
wonder: how|where|who ..5 get|got|gave|find|found|have ..2 my ..1 number|info|phone|name
wonder: dont|no ..1 know|idea|clue who ..2 this|you|u|ya
wonder: if ..2 you|u|i ..3 @contact|@contacting|@msg|@get ..3 again|more|another
wrong: doesnt|dont|nolonger|not ..2 live|work|works|lives|here ..2 here|there|anymore
wrong: hes|shes|he|she|they|husband|wife|mom|dad ..2 dead|deceased
wrong: new phone ..1 who
wrong: not who you think
wrong: number|phone|line ..3 reassigned|changed|new owner|belong|belongs|his|hers
no-interest: no|zero interest -ask
denial: never|didnt|nobody|havent|not ..2 give|gave|given ..3 number|permission|consent|phone|info
wrong: ^ wrong $
wrong: wrong|incorrect ..1 number|person|phone|guy|num|no|contact|# -ask
wrong: not|isnt|aint|nolonger ..4 phone|number|cell -ask
wrong: number|phone ..4 nolonger|belongs|isnt|wrong
wrong: passed away
wrong: deceased
wrong: mom|mother|dad|father|husband|wife|son|brother|sister|he|she|owner ..1 died|dead|passed ..2 $
wrong: isnt|not|aint|nolonger|never ..2 customer|client|member|patient anymore|$
no-interest: not|never|nolonger|isnt ..2 interested|intrested|intersted -ask
no-interest: nolonger ..1 need|want|wish this|these|it|$
no-interest: uninterested
no-interest: dont|not ..1 want ..1 it|this|that|anything|them $
no-interest: said|no means no $
denial: dont|not|no know|understand|idea|clue ..2 why|how ..4 get|getting|got ..3 these|this|@msg
denial: why|who ..6 texting|messaging|contacting|spamming me|us|this
wrong: this|its|is ..3 business|work|company|landline|office|childs|kids|child ..1 line|phone|cell|number|landline $
wrong: doesnt|nolonger|isnt|not|dont|didnt ..2 have|own|use|has|using ..1 this|that ..1 @num
denial: who|how|someone|somebody ..2 signed ..1 me
denial: im out $
number: how|where|who ..4 get|got|gave|give ..1 my ..1 number|info|phone ..6 stop|remove|delete
`,
}
