package consent

// common are the small words by which a language is heard. A word that two
// languages share is in both.
var common = map[string]map[string]bool{
	"en": set(`the a an and or but if of to in on at for from with without by as is are was were be been am im i you u he she it we they your ur yours my me mine our us
		his her their them this that these those who what when where why how which do does did dont have has had can could will would should not no yes
		please thanks thank hi hello just now already any some all more much many get got let its ive id ill youre about out up off here there again still so too very then than
		today tomorrow tonight week month open order shop store text texts stop want need like know go come`),
	"es": set(`el la los las un una unos unas y o u pero si de del al a en por para con sin sobre es son era esta estan este estos estas eso esa esto soy eres
		yo tu usted ustedes me mi mis te se le les lo nos su sus que quien cuando donde como cual cuanto porque no ya mas muy tambien hoy manana ahora aqui ahi
		hola gracias favor buenos buenas dias tardes ser estar hay tengo tiene tienen quiero quiere puedo pueden puede hacer va voy ni nada nadie nunca siempre todo todos otra otro
		mensajes mensaje numero pedido tienda pan hora`),
	"fr": set(`le la les l un une des du de d et ou mais si a au aux en dans sur pour par avec sans est es suis sont etes etait c ce cet cette ces ca cela
		je j tu il elle on nous vous ils elles me m te t se s mon ma mes ton ta tes votre vos notre nos qui que qu quoi quand comment combien pourquoi quel quelle
		ne n pas plus rien jamais non oui bonjour merci svp stp tres bien aussi encore deja ici la ai as avez avons ont peut peux pouvez veux voudrais faire fait y
		numero commande`),
	"de": set(`der die das den dem des ein eine einen einem einer und oder aber wenn von vom zu zum zur in im an am auf fur mit ohne bei aus um ist sind war bin seid sein
		ich du er sie es wir ihr mich mir dich dir euch uns ihn ihm ihnen mein meine meinen dein deine euer eure euren ihre ihren wer was wann wo wie warum welche
		nicht kein keine keinen nein ja bitte danke hallo schon noch mehr nur auch hier da jetzt heute morgen so sehr doch mal habe hab hat habt haben kann konnen konnt will mochte muss werden wird
		nachrichten nachricht nummer bestellung`),
	"pt": set(`o a os as um uma uns umas e ou mas se de do da dos das no na nos nas em por para pra pro com sem sobre ao aos eh sao era esta estao este esse essa esses essas isso isto aquele
		eu voce voces vc vcs tu me mim meu minha meus minhas te seu sua nos lhe que quem quando onde como qual quanto porque nao sim ja mais muito tambem hoje amanha agora aqui ai
		ola oi obrigado obrigada favor bom boa dia tarde noite ser estar tem tenho quero quer posso pode podem fazer vai vou nem nada ninguem nunca sempre tudo outra outro
		mensagens mensagem numero pedido loja pao hora horas`),
}

// A language with at most `faint` small words is not listened to where another has
// `loud`, nor one with none where another has two: a row of it that fits then does
// so by letters alone, as French "ote" in Spanish "otro".
const (
	faint = 1
	loud  = 4
)

// heard is the languages that may be spoken in a message.
func (g *grammar) heard(words []word) []tongue {
	counts, most := make([]int, len(g.tongues)), 0
	for i, t := range g.tongues {
		for _, w := range words {
			if t.common[w.text] {
				counts[i]++
			}
		}
		most = max(most, counts[i])
	}
	var out []tongue
	for i, t := range g.tongues {
		if counts[i] == 0 && most >= 2 || counts[i] <= faint && most >= loud {
			continue
		}
		out = append(out, t)
	}
	return out
}
