package consent

// englishPhrases are opt-outs.
const englishPhrases = `
no-want: like|want|prefer|wish|rather ..1 to? not ..1 @get ..3 these|your|@msg
lose: rid of ..1 my|this|our @num
no-want: want|like|wish|need|prefer ..1 to discontinue $
stop: stop|quit ..1 wasting ..1 my
stop: stp @contacting|@msg|me|it
remove-me: my|for|of|request|confirm ..1 removal $|from|please
stop-messages: spare|save ..2 your|ur|the|these|all ..2 @bulk
stop-messages: text|message|bother|contact|spam|annoy someone|somebody ..1 else
remove-me: request*|ask*|demand*|require|want|like|wish ..4 be|get ..1 removed|unsubscribed|deleted|taken|opted|excluded|off
remove-me: put|add ..3 on|to ..2 your|ur|the ..2 dnc|notcall|nottext
no-contact: this number|phone ..3 not|never ..2 be ..1 contacted|texted|messaged|used
no-want: dont|not|never ..2 accept|allow|do|use|permit ..2 @bulk
remove-me: get|take|keep this|it|that|these|yourself off ..1 my|our ..1 @num
remove-me: @remove my|our mom|dad|husband|wife|mother|father|son|daughter|grandma|grandmother|grandpa|parents|kid|kids
remove-me: take|cross|get me|us off for|i|this|permanently|forever|completely|entirely|already|altogether|all
no-contact: no need ..3 @contacting
unsubscribe: @unsub
unsubscribe: un|on|in|im|and|an|up|off subscribe $
unsubscribe: ^ un|on|im|an|off subscribe
stop: stop|stopp|stopall @contacting|@msg
stop-contacting: @stop ..5 @contacting
stop-messages: stop|stopp|quit|cease|halt|discontinue|desist|stopall|suspend|terminate ..4 @msg
stop-messages: end|ending|ends ..2 texts|text|messages|message|msgs|msg|sms|spam|alerts|notifications|subscription|promos|updates|communication|txts|ads
stop-messages: cancel|cancell|cancle ..4 text|texts|txts|messages|msgs|msg|message|sms|subscription|subscriptions|alerts|alert|notifications|promos|promotions|ads|spam|communication|communications|updates|everything|newsletter|marketing|enrollment
stop-messages: @off ..3 @bulk
stop-messages: cut|shut|turn|switch|knock|lay|get|be|b|call|back|do ..1 @rid ..1 of|with? ..2 @bulk
stop-messages: make|get|need|want|like|wish|have ..3 @bulk|these ..2 @off|end|disappear|gone $
stop-messages: make|get|need|want|like|wish ..3 this|them|it ..2 stop|end|cease|quit $
stop-messages: make|get|need|want|like|wish|have ..3 @bulk|these|them ..2 off|away|over $
stop-messages: enough ..1 @bulk
stop-messages: had|have it ..3 with ..2 @bulk|these
stop-messages: done|finished|through|tired|sick of|with? getting|receiving ..2 @msg|these|this|them
stop-messages: keep your|ur|ya ..1 @bulk|coupons|deals|offers $|to
stop-messages: done|finished|through with ..2 @bulk
stop-messages: had|have ..1 enough of|with ..2 @bulk|these|this
stop-messages: can|could|id|rather do|live without ..2 @bulk|these
stop-why: why ..4 keep|continue|still|always|constantly|insist ..3 @contacting|@contact ..3 me|us|this|my|our|@num
stop-why: what part of ..2 stop|no|unsubscribe|optout|dont|not
stop-why: why ..3 still|keep|keeps|continue|constantly ..3 @get ..2 @bulk|these|those
stop-why: still ..1 getting|receiving ..2 @bulk|these|those even|after|despite|though|but|why
stop-getting: stop|stopping|quit|end ..1 getting|receiving|recieving|get
stop-it: stop|quit|end this|it|that|these|those|them|me|us|now|all|everything|immediately|asap|forever|alrdy|contact ..1 $
stop-it: ^ stopping|ending $
stop-it: ^ end this|these|it|all
stop-it: stop ..1 with ..2 this|these|the|that|your|all|texts|messages
stop-it: stop ..1 bother*|harass*|spam*|annoy*
stop-first: ^ stop|stopall|stopp i|im|ive|id|you|u|ur|your|youre|wrong|who|whoever|it|dont|dnt|never|no|not|me|do|we|already|moved|unsubscribe|remove|this|that|take|leave|nobody|why|what|how|these|those|my|for|ever|fuck|or|sending|send|all|everything|contacting|have|god|thats|otherwise|before|since|because|cuz|its|he|she
stop-last: you|u|please|pls|plz|said|say|saying|says|told|asked|asking|asking|needs|need|want|wants|like|have|has|must|gotta|make|makes|making|now|just|to|should|hey|ffs|again stop|stopp|quit|cease $
stop-last: @msg|this|these|it|them|texting|texts ..2 @must ..2 to? stop|end|cease
stop-last: make|made|get|have ..2 stop
stop-last: how|why|when|will ..4 stop|end|quit this|these|it|them|@msg|@contacting
stop-last: how ..3 to|i|we|do stop $
stop-last: said|told|asked|begged|requested|replied|texted|texting|sent|responded|typed|keep ..3 stop
stop-you: can|could|would|will|wont|please|need|want|like|must|should|to ..2 stop $
stop-last: stop|stopp $ -ask
stop-cease: @stop|no ..1 all|any|further ..1 contact|communication|correspondence|outreach
stop-cease: cease ..1 desist
stop-cease: cut|knock ..1 it|this|the ..1 out|off|crap|shit
stop-cease: @contacting ~5 quit|cease|desist $
stop-cease: ^ quit it
stop-cease: ^ discontinue|halt|cease|desist|terminate|suspend $
stop-first: ^ stop|stopp|quit|remove|cancel ..4 have a|an ..2 day|one|night|weekend|evening|week|life
stop-first: ^ stop|stopp ..3 god bless
stop-cease: ^ no stop|end $
stop-cease: stop2end|stop2stop|stop2quit|end2stop|stop2unsubscribe
no-contact: @neg ..2 @contact ..2 me|us|this|that|my|again|anymore|ever|here|any|these|those|@msg|more|nothing|anything|ur|your|stuff|no
no-contact: @neg ..2 send|sent|sending|snd ..2 me|us|these|this|@msg|any|anymore|again|nothing|anything|more|stuff|here
no-contact: you|u|ya|nobody|people cant|shouldnt|mustnt|arent ..3 @contact|@contacting ..1 me|us|this|my|our -ask
no-contact: nobody should|can|may ..1 @contact|be
no-contact: nobody should be @contacting
no-contact: no need ..2 @contact|send|sending ..3 @bulk|reminders|anymore|again|anything
no-contact: dont|not need ..1 to send|text|message ..3 anymore|again|@bulk
no-contact: @neg ..2 @contact ..1 @num
no-contact: @neg ..2 text|txt|call|message|msg|contact|bother|harass him|her|them -ask
no-contact: mind|consider|appreciate|about stopping|ending|ceasing|halting ..2 @bulk
no-contact: mind|appreciate|prefer|consider|rather ..2 not|never ..1 @contacting|@contact
no-contact: @neg|stop|quit|cease ..2 use|using|share|sharing|sell|selling|keep|keeping|store|storing ..2 my|this|our ..1 @data
no-contact: wrong ..1 number ~3 @neg ..1 use
no-contact: dont|dnt ..2 @contacting ..1 me|us|my|this|here|anymore|$
no-contact: stop|quit trying ..1 @contact
no-contact: @neg ..1 send $
no-contact: @neg|no ..1 @contact|@contacting $
no-contact: @neg ..1 @contact ..2 number|phone|cell
no-contact: never ..3 @contact ..2 me|us|again|this
no-contact: dont|never|not ..2 be|b ..1 contacted|texted|messaged|called|notified|bothered
no-contact: @neg ..2 want|need|wanna ..3 @contact|@contacting ..1 me|us|this|my
no-contact: nolonger ..2 @contact|contacted|texted
no-contact: refrain ..1 from ..2 @contacting|@contact|sending
no-contact: no @contacting ..2 number|me|us|this|here|phone
no-contact: if|wish|hope|appreciate|prefer ..4 stopped|stop|quit ..2 @contacting|@msg
no-contact: no need to text|message|contact|txt|msg me|us
no-contact: dont bother ..1 me|us|texting|messaging|contacting
no-want: dont|dnt|not|never|nor|nolonger|didnt|doesnt|neither|no ..2 want|wanna|wish|desire|care|like|wanting|wants|need|asked|interested|consent ..2 to? ..1 get|receive|recieve|getting|receiving|recieving|hear|hearing ..5 @msg|this|these|them|those|any|anything|from|more|your|it|such|anymore
no-want: dont|dnt|not|never|nolonger|doesnt|didnt|isnt ..2 want|wanna|wish|need|like|wants|wanted|care|interested ..4 @msg|@contacting
no-want: dont|dnt|not|nolonger|doesnt ..2 want|wanting|wanna|wish|need|like|wants ..3 these|this|those|anymore|any $
no-want: dont|dnt|not|nolonger|doesnt|aint ..2 want|wanna|wish|need|like|wants ..1 any|no more ..1 $
no-want: dont|dnt|not|nolonger|doesnt|never ..2 want|wanna|wish|care|like|wants ..2 to? be|been ..3 @list|contacted|texted|messaged|bothered|part|on|included|subscribed|notified|spammed|harassed
no-want: ^ dont|not want|wanted $
no-want: dont|not|never|nolonger ..1 want|wanna|wish|need|like|care ..1 to? hear
no-want: dont want you|u|anyone|anybody ..2 @contact|@contacting
no-want: rather|prefer|like|wish|want|id|would not|nolonger ..2 @get|@contact|@msg
no-want: @want|please|prefer ..2 nolonger ..2 @get ..4 @msg|these|this|them|your|$
no-want: make|making|so|sure|ensure|that|want|way|how ..5 dont|not|never ..2 @get ..4 @msg|these|this|any|them|more|anything
no-want: @msg ..3 not|arent|isnt|never ..2 welcome|wanted|appreciated|needed|allowed|authorized
no-want: unwanted|unwelcome|unsolicited ..1 @msg
no-want: wont ..2 need|needing|want|wanting ..2 @bulk|these
no-want: not ..2 more @msg|message|text -ask
no-want: aint|not|dont|never ..1 trying|tryna|looking|intending|planning ..2 @get ..3 @msg
no-want: good|fine|ok|okay on|without ..2 @bulk|these
no-want: dont|dnt|not|nolonger|never ..1 want|need|wanna anything|nothing|none|shit ..1 from|of you|u|this|yall
no-want: want|wants no part of ..2 @list|@bulk|this|it
no-want: no thankyou|thanks to ..2 @msg
no-want: withdraw|leave|leaving|quit ..3 text|texting|sms|alert|messaging club|program|list|service|alerts
no-want: not|nolonger paying ..1 for ..2 @bulk
no-want: no|zero ..1 interest|desire|wish|intention|use|need ..1 in|for|to|of ..3 @msg|getting|receiving|these|hear
no-want: dont|dnt|not|nolonger|didnt|never ..1 want|need|wanna|like|ask em|them ..1 $|anymore|all
no-want: dont|not|never|nolonger|doesnt ..2 want|wish|care|like|wanna|consent|agree ..1 to? participate $|in|with
no-want: dont|not|never|stop|quit ..1 include|including|add|adding|enroll|enrolling|subscribe|subscribing me|us ..1 $ -ask
no-want: dont|not|never|stop|quit ..1 include|including|add|adding|enroll|enrolling|subscribe|subscribing|put|putting ..1 me|us|my|this ..4 @list|@bulk|these|any -ask
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
remove-me: get|getting|have|want|need @bulk|these ..2 stopped|ended|cancelled|canceled|off|blocked
remove-me: @remove ..1 me|us ..1 from|off|out|of|at|as|b4|before|or|n|immediately|completely|permanently|i|im|wrong|this|ur|your
remove-me: @remove ..3 number|phone|cell|cellphone|contact|contacts|info|information|details|data|num|digits|# ..1 !order|from ..1
remove-me: @remove ..3 number|phone|cell|cellphone|num|info|information|name|data|account|contact ..1 $
remove-me: @remove ..5 from ..4 @list|texts|messages|future|marketing|this|these|here|thread|group|chat|texting|sms|it|everything|all|messaging|service|services|program|campaign|chain|subscription
remove-me: @remove|unadd ..4 @list
remove-me: @take|want|be|b|mark|put ..4 off|out|outta ..3 @list|@bulk|thread|chain|group|texting
remove-me: @take|want|be|b|mark|put ..2 @who ..2 off|out|outta ..3 there|@msg|this|these|it|here|thing
remove-me: want|wants|get|getting ..1 off|out|outta ..1 of? this|these|it|here ..1 $|@bulk
remove-me: @take|want ..2 @who ..2 off|out of? ur|your
remove-me: take|taking|taken|get|pull|cross|scratch|knock|keep|kick me|us|him|her ..2 off|out $
remove-me: take|taking|taken|get|pull|cross|scratch|knock|keep my|this|our|his|her|their ..1 @who ..1 off|out $
remove-me: take|taking ..1 off|out ..1 my|this|our|her|his ..1 @num
remove-me: need|want me|us|him|her|mom|dad|number|wife|husband ..1 removed|unsubscribed|deleted
remove-me: clear|purge|disconnect me|us
remove-me: line ..2 remove|delete it|this
remove-me: clear|purge|wipe my|our|this @data
remove-me: take|get me|us ..1 of $
remove-me: take|get|remove @who of ..3 @list
remove-me: let|get|help|want|wants ..1 me|us ..1 out of ..1 this|here|it|these $
remove-me: let|get|help|want|wants ..1 me|us ..1 out of ..2 @list|@bulk
remove-me: count me|us out of ..2 @bulk|@list
remove-me: take|get|kick|pull my|his|her|our @who ..1 off $
remove-me: be|b|get|got|been|being|is ..1 removed|deleted|unlisted|taken|excluded|dropped ..1 $|off|from|from
remove-me: be|b|get|been|being removed|deleted|unlisted|excluded|dropped|unenrolled
remove-me: cut|kick|boot|bump|drop|yank|exclude|keep|bounce me|us|this|my|him|her ..2 from|off|out
remove-me: ..2 remove $
remove-me: @remove me|us|him|her $
remove-me: be|b|get|been|being|have taken off
remove-me: number|phone|cell|name|list ~8 remove|delete|erase|lose|take it|this|that|them|me|us
remove-me: number|name|phone|info|information ..4 removed|deleted|taken
remove-me: please|pls|plz|plse remove|delete|removed $
remove-me: ^ no? remove|removed|delete $
remove-me: off|out ..2 list|lists $
remove-me: ^ remove ..1 number|phone|name|contact|list|this
remove-me: ^ remove from
lose: ^ block ..1 me|us|this|my|number $|please|from|now|i
lose: lose|forget|burn|ditch|trash|erase|destroy|shred|loose|delete|block|toss ..1 my|this|our|the ..1 number|phone|digits|num|info|contact|#
lose: forget|lose|delete ..3 my|this number|digits -ask
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
threat: @report ..2 you|u|this|ur|your|number|spam|as|company|them
threat: @report ..2 to ..2 fcc|ftc|authorities|police|bbb|carrier|provider|7726|attorney|lawyer|agency|spam|commission
threat: be|b|am|im|ill|will|gonna|going|have|already|been ..2 @report|sued
threat: hear|hearing|contact|contacting|call|calling|talk|talking|involve|speak|forward*|consult|report*|tell|notify|notifying|get|turn* ..5 lawyer|lawyers|attorney|attorneys|police|authorities|bbb|cops
threat: lawyer|lawyers|attorney|attorneys ..4 touch|contacting|contact|call|calling|you
threat: contacted|called|hired|retained ..3 lawyer|lawyers|attorney|police
threat: lawsuit|tcpa|fcc|ftc|litigation
threat: small|see|take|meet ..2 claims|court ..3 court|you|$
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
cancel: cancel ..3 club|alerts|list membership|subscription|$
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
turn-off: these|@bulk ..3 turned|shut|switched|disabled off|down
turn-off: mute|silence me|us|this|these|@msg
turn-off: ^ silence $
turn-off: disable|deactivate|mute|silence ..3 @msg|this|these
not-interested: nolonger|not ..2 interested|intrested|intersted|want|wish ..3 @msg|@contacting|receiving|getting|being|hearing|receive
not-interested: not|nolonger ..1 interested ..1 and|so|please ..3 @contact|remove
`

// englishDoubts are perhaps opt-outs; a person decides.
const englishDoubts = `
wrong: nobody|noone|no ..1 by|with|named ..1 that|this name
wrong: nobody|noone|one ..1 named ..2 here
threat: my attorney|lawyer|lawyers
annoyed: ^ im|i out|done $
wrong: ^ im not !sure|interested|able|home|ready|free|available|going|coming|hungry|there|here|done|in|at|a|the|mad|kidding|working|feeling|paying|late|happy|picky|allergic|complaining|certain|joking|lying|good|ok|okay|well|local|vegan|around|tonight|today|tomorrow|yet|buying|it|that|seeing|getting|from|on|as|too|very|really|so $
annoyed: ^ too much|many $
wonder: why ..3 @get ..2 these|this|em
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
annoyed: this ..2 turned|shut|switched off
annoyed: had|have it ..3 with ..1 you|this|it
annoyed: no|not|aint|dont|never|nobody|without ..5 @bulk -ask
annoyed: no more for me|us $
annoyed: leave it alone $
annoyed: dont|not|never|nolonger|doesnt ..2 want|wish|care|wanna ..1 to? continue|enroll|join|subscribe $|receiving
wonder: still|keep ..1 getting|receiving|hearing ..2 @bulk|these|those|from
wrong: who ..1 youre|you|u ..2 looking|searching
annoyed: many|much of these|them $
annoyed: shut this|it|these down
annoyed: take a hint
annoyed: get a life
annoyed: this|it|its ..1 is? ..1 harassment
wonder: why am|are|do|is|u|you ..3 getting|receiving|get|texting|messaging|sending ..3 @bulk|these|those|this|me
wonder: why|how|who am|is|did|put|i|are|my ..4 on ..1 this|your|the|a|these|ur @list|@bulk
wonder: how|where|who ..5 get|got|gave|find|found|have ..2 my|this ..1 number|info|phone|name
wonder: howd|whod ..2 get|got|have|gave ..2 my|this ..1 number|info|phone|name
wonder: dont|not know you|u|yall $|people|guys|all
wonder: dont|no ..1 know|idea|clue who ..2 this|you|u|ya
wonder: if ..2 you|u|i ..3 @contact|@contacting|@msg|@get ..3 again|more|another
wrong: doesnt|dont|nolonger|not ..2 live|work|works|lives|here ..2 here|there|anymore
wrong: hes|shes|he|she|they|husband|wife|mom|dad ..2 dead|deceased
wrong: doesnt|dont|not|nolonger apply|applies|pertain ..1 to me|us
wrong: confused|mistaken|mixed ..3 someone|somebody|another
wrong: this is someone|somebody else
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
wrong: isnt|not|aint|nolonger|never ..3 @customer anymore|here|there|of|$
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
hint: @neg|no|without|nolonger ..3 @bulk|@contacting -ask
hint: @remove ..4 @num|@list -ask
hint: @off ..3 @bulk|these -ask
hint: @neg|nolonger ..2 @contact me|us|my|this -ask
`
