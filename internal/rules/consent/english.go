package consent

// english is how people revoke consent, and how they do not, in English. The
// rows were written from usage; the words of the federal rule are in keywords.
var english = language{
	code: "en",
	filler: `please pls plz plse plss plez pleas hi hello hey yo thanks thank thx thankyou ty tks tnx ok okay k guys guy sir maam madam ma'am bro dude man
		just now right immediately asap today already kindly sorry good morning afternoon evening day um uh so and but then again really seriously
		omg god gosh jesus damn dang freaking frickin fucking fuckin effing goddamn bloody much very lol kthx everyone folks there yall bye cheers regards sincerely respectfully blessings period comma exclamation point respectfuly ffs lmao lmfao smh tho though bruh fam ugh xx`,
	typos: `unsubscribe unsubscribed texting texts message messages messaging remove sending number contact contacting receive receiving spamming
		harassing harassment delete subscription notifications promotions bothering permission consent interested database alerts`,
	classes: `
small: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 25 30 40 50
doing: *ing
harm: getting gettin receiving recieving fucking fuckin fking effing freaking frickin goddamn being using selling sharing trying wasting playing bothering pushing flooding doing clogging filling giving putting saying coming attempting going reaching showing popping interrupting waking ringing buzzing
thing: order orders appointment appt appointments reservation reservations booking bookings delivery deliveries invoice invoices bill bills charge charges box boxes shipment shipments package packages refund payment payments autopay card check class classes lesson lessons catering table flight shift ride room haircut facial massage cleaning consultation item items ticket tickets cart purchase transaction party event fee onions pickles olives tomato tomatoes cheese mayo lettuce nuts sauce topping toppings driver drivers fees coupon truck paper mail catalog catalogue catalogs
joy: deals discounts sales sale coupons promos offers savings good great love music magic bread cookies baking cooking
msg: text texts txt txts txs message messages msg msgs msgz mssg mssgs sms smses mms notification notifications alert alerts promo promos promotion promotions promotional ad ads advert adverts advertisement advertisements advertising spam spams junk marketing offers newsletter newsletters blast blasts crap shit bs bullshit garbage nonsense communication communications contact coupons deals solicitation solicitations solicitating email emails calls reminders updates stuff robotexts robocalls
contact: text txt txting reach message msg contact call sms bother harass spam annoy ping write email disturb pester notify dm solicit bug communicate reach try texted txted messaged contacted called hit blow
contacting: blowin hittin buggin botherin spammin harassin annoyin callin writin reachin blastin texting txting txtin textin txtng txing messaging messagin msging msgng contacting calling callin sending sendin sendn spamming bothering bugging harassing annoying pestering blasting blowing bombarding pinging writing emailing notifying soliciting disturbing advertising marketing communicating reaching hitting smsing dming stalking
stop: stop stopp quit cease halt discontinue end ending stopping terminate suspend desist stopall ceasing halting
stopped: stop stopp stopped stopping end ended cease
me: me us
mine: me us my mine this these our
num: number numbers phone cell cellphone mobile line digits num nbr telephone
data: number phone cell cellphone mobile name info information contact contacts details data num digits account profile email
list: list lists database db system systems records file files contacts roster distribution registry mailing txtlist textlist rolodex
remove: remove removed removing disconnect deregister rmv delete deleted deleting erase scratch scrub wipe purge unlist unenroll disenroll drop unregister exclude withdraw strike omit unfollow deactivate dump
unsub: unsub* unscrib* unsubcr* unsuscr* unsuscribe unsubcribe desubscribe optout optmeout unsubscribeme
neg: dont dnt dont't doesnt never not nor neveragain cannot stopdont donot dun aint
want: want wanna need like wish care wanting wants wanted desire request ask asked intend
get: receive receiving recieve recieving get getting got hear hearing be see seeing have having been
report: report reporting reported sue suing flag flagging
must: needs need has have must should better gotta got
bulk: texts txts messages msgs msgz mssgs sms spam spams promos promotions promotional ads adverts advertisements advertising notifications alerts blasts marketing communication communications solicitations robotexts junk updates newsletter newsletters
off: stop stopp stopall quit end cease halt discontinue terminate kill pause nix ditch drop cut disable suspend block silence axe scrap lose cancel
take: take taking taken get getting gotten pull pulling kick knock cross scratch bump yank keep leave
customer: customer customers client clients member members patient patients tenant subscriber employee owner guest
who: me us him her myself mom mum mother dad father husband wife son daughter grandma grandpa number name phone cell
rid: out off rid done away
swear: asshole assholes bastard bastards bitch bitches dicks dickhead dickheads prick pricks cunt moron morons idiot idiots scumbag scumbags scum jackass dumbass creep creeps jerk jerks loser losers fu fuckers fucker motherfucker motherfuckers mf wtf stfu gtfo
`,
	guards: `
cancel: cancel ..1 my|our|the @small
instead: @neg ..1 text|call|txt|message him|her|them|it $ ~0 just|only|please|pls|instead|rather|but|so|hes|shes? text|call|txt|message|email me|us
instead: text|txt|message not call
instead: dont call me? $ ~0 just|only|please|pls|instead|rather|but|you? can|could? text|txt|message
stay: !@neg want|love|like|wanna ..2 keep ..1 getting|receiving
quit: quit my|our|the|his|her gym|job|school|team|band|class
cancel: need|have ..1 to cancel if
place: st|ave|street|avenue|road|rd|blvd|station|lane|square stop
wait: ^ stop|wait ~0 rather|actually|wait|make that
cancel: cancel within|before|up
stop: is|at|by|bus|route|line|deliver|near|between|past stop @small
hour: what time ..5 stop|stops|end|ends $
hour: when do|does|will the|you|your|ur !@msg|@contacting ..2 stop|end $
joke: harassment of !me|us
cancel: removed|deleted|taken ..4 @thing
cancel: cancel the|a|an !@msg|subscription|subscriptions|service|services|program|enrollment|membership|thing|text|list
cancel: fee|penalty|charge|charged|cost ..3 cancel
cancel: if ..1 cancel late|early|last|on|the|my|before|within
interest: interested in !@msg|your|ur|this|these|receiving|getting|any|anything|hearing|it|being|you|continuing
clock: stop|stops the clock|music|car|presses|rain|bus|train
tempt: stop|quit tempting|teasing|killing|spoiling|making|being
good: @contacting|need|needs to stop with ..2 good|great|amazing|delicious|yummy
good: stop|quit ..3 so|too|these good|great|amazing|delicious|cheap|yummy|cute
mean: what|whats ..2 does|do|is|mean ..6 mean ?
quit: quit while
club: cancel ..1 my|our|the|gym|family membership
club: membership ..3 cancel
there: stop right there|here
habit: i|ive|we|he|she|husband|wife|who quit !@contacting|@msg|@get|this|these|it|please
ill: have|had|gotta|might|may|gonna to? cancel $
send: dont|never|not send it|the|my|that|him|her|them !@msg
send: dont|never|not ..1 send ..3 @thing
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
not: dont|never|not|dare stop ..2 @joy
not: dont|never|not ..1 stop sending|texting ..2 @msg|these|this|em|them|me
other: stop|quit|stopped @doing!@contacting|@msg|@harm !me|us|my|people|your|ur|this|these|$
other: stop|quit @doing!@contacting|@msg|@harm your|ur !@msg
other: stop|quit @doing!@contacting|@msg|@harm|annoying|lying|begging $
other: stop|quit|cease sending|texting ..3 @thing
other: stop|pause|hold|suspend|halt|end|quit ..3 @thing
report: reporting ..1 to|for work|duty|jury
other: him|her|driver|kid|kids|dog|husband|wife|son|daughter|he|she|boss|doctor wants|needs|said? to? stop|quit !@contacting|@msg|@harm|this|these|it|me
any: cancel ..2 any time|point|moment
any: cancel whenever|anytime
stay: ^ @unsub ..3 ? ..2 no|never|nope|nah|hell|heck|as|why|not
stay: @unsub|stop ? ..2 never $
stay: never|not|wont|dont|wouldnt ..2 @unsub ..4 $
up: dont|didnt|never|havent|not sign|signed|signing|register|registered|enrolled up? ..1 for a|an|the|my|class|classes|that|it !list|text|texts|alerts|service|messages|newsletter|sms|thing
not: dont stop !the|with|and|that|texting|it
it: it|rain|dog|baby|phone|kid|kids|snow|cat|car wont|wouldnt|doesnt|didnt|never stop
keep: ^ dont|never remove|take|delete|drop|kick|cut|erase ..2 me|us|my ..6 $
keep: ^ dont|never cancel ..6 $
not: dont|not|without|never ..2 @unsub
not: @unsub ..3 by|on accident|accident|mistake|purpose|accidentally
not: accidentally|mistakenly @unsub
not: who|why|was|am|got ..2 @unsub ..6 back|again|wasnt|why|resubscribe
working: stop|stopped|stopping|quit working|playing|crying|laughing|smiling|raining|snowing|thinking|worrying|smoking|drinking|eating|selling|carrying|making|serving|loading|being|barking|running|leaking|bleeding|shipping|offering|delivering|driving|moving|moving|believing|growing
gotten: stopped getting|receiving
gotten: why ..2 not|dont|didnt|cant|havent|wont|never ..3 @get ..4 @msg
gotten: did|havent|hasnt|didnt ..5 get|got|getting|received|receive|receiving ..4 @msg
gotten: didnt|havent|wasnt ..1 get|got|getting|received|receive|receiving
gotten: no ..1 @msg came|yet|arrived|received|through|coming|showing
gotten: not|cant|couldnt|didnt ..1 hear|see ..1 @msg
gotten: never|not ..1 got|received
gotten: im|am|was|been|still|is not|isnt ..1 get|getting|receiving|seeing|recieving
cancel: cancel|cancelled|canceled|cancelling|canceling|cancellation|remove|delete|end|revoke ..3 @thing|coupon|code
cancel: cancel|cancelled|canceled|cancelling|canceling|cancellation|remove|delete|end ..4 order|orders|appointment|appt|appointments|apt|reservation|reservations|booking|bookings|delivery|flight|table|class|classes|lesson|meeting|session|visit|lunch|dinner|game|trip|pickup|shift|ride|room|haircut|facial|massage|cleaning|consultation|item|items|ticket|tickets|cart|payment|invoice|purchase|transaction|check|card|party|event|plan|plans|policy|policies|fee|person|people
cancel: cancel|cancelled|canceled|cancelling|canceling|remove|delete|erase the|second|2nd|first|last|other|another|only|just ..2 one
cancel: cancel|cancelled|canceled|cancelling|canceling|cancellation ..4 tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|morning|rebook|reschedule|weekend|week|pm|am|6pm|7pm|8pm|9pm|3pm|1pm|2pm|4pm|5pm|noon|10am|9am|11am|8am
cancel: appointment|appt|reservation|order|booking|meeting|class|game|flight ..5 cancel|cancelled|canceled
cancel: order|orders|item|items|appointment|charge ..4 removed|deleted
quit: quit ..3 job|jobs|school|smoking|drinking
shop: stop ~1 shop
quit: ill|we|well|will quit|stop bugging|bothering|texting|annoying you
cancel: cancel that
cancel: stop|pause|hold|end my|the|our|this|that|a? order|orders|delivery|deliveries|shipment|payment|check|rental|lease|mail|recording|leak
back: no need ..3 back
forget: i|we|always|keep ..1 forget|forgot|lose my
out: get out of here|town $
spam: spam musubi|sushi|sandwich|sandwiches|rice|on
drop: drop me off? a|an|some|at|by
drop: drop ..3 off $|at|by|in|on|early|before|after|around|tomorrow|tonight|later|for|with|from|my
report: you|u report
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
alone: kids|kid|boys|girls|son|daughter|dog|cat|he|she|husband|wife wont|dont|doesnt|never leave ..2 alone
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
joke: lol|lmao|haha|hahaha|omg ~1 stop it
joke: stop it? ~4 dying|dead|crying|lol|lmao|haha
joke: @report|lawyer|police ~8 lol|haha|lmao|jk|hahaha
when: dont|not|never|no|stop ..3 me|us|this|text|texts|texting|messages|calling ..1 before|after|until|till|unless|while|when|during|til|at|early|nights|weekends
when: dont|not|never|no|stop ..3 me|us|this|text|texts|texting|messages|calling ..1 late $|at|in|on|i|im|and|or|its
when: dont call me|us im|i|we|just|only|am ~5 text|txt|message
joke: shut up ~4 really|wow|won|haha|amazing|omg|no
joke: stop it? ~5 kind|sweet|funny|flattering|amazing|gorgeous|cute|adorable|beautiful|love|obsessed|hilarious|blushing|delicious|yummy
joke: stop it? ~5 i need|want|love that|this|these|those|one
kind: stop|quit ..1 sending|texting ..2 about|regarding
`,
	phrases: englishPhrases,
	doubts:  englishDoubts,
}
