package consent

import "strings"

// realWords are words that are one letter away from one that we know, and are
// meant as they stand.
var realWords = set(`massage massages texas tests testing spending seeding remote listen listed telling lending vending bending mending tending
	sensing numbers lumber cumber numb contract contracts contacted contrast remove removal removes recover received deceive perceive permissions
	stoop stops strop atop slop shop step top sop stow spot stoup story store stock stout stole stone stopover swop
	pare parte pasa pago pary quiet quite suit unit quip quits quilt quill cancer candle handle camel cancels
	baila bajo vaja saja caja raja paja alta salto auto asco halo salt also aldo harto
	basta pasta vasta arreter arrest arrete arretait
	queer send and ent bend fend lend mend tend vend ended ends
	noticias massagen machen nachten nachrichtig schneiden scheiden
	sair sari cair said saia sain sal rair parir pagar passar narrar parer amar
	subscribe subscribed subscriber resubscribe prescribe describe
	anmelden anmeldung ummelden bestellen umbestellen nachbestellen melden guitar guitars suscribir suscribirme suscribirse inscribir suscribe inscrire reinscrire
	parra barra connecter connecte abonner reabonner reabonnez reabonnement abonnez abonnement inscrivez reinscrivez inscription envoyer envoye aller entraver anmeldungen recontacter
	cadastrar recadastrar inscrever content contents convent accident aller parler passer
	start starts star stare shirts smart state`)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// respelled are words as thumbs and slang write them, where they are too short
// for a slip to be told from another word.
var respelled = func() map[string]string {
	table := map[string]string{}
	for meant, written := range rows(`
stop: stpo sotp tsop stahp estop stopez stobp sttop sstop dtop stip stoip stiop stopo sotpp stpp stopl stopm stoppp stoped
stop it: stopit
baja: bja bajja baaja vaja
arret: aret arrt arett arreet areet
arretez: aretez arettez arrettez areter aretter
arrete: arete arrte
je veux: jveux jveu jvx
je ne veux: jneveux jnveux
je souhaite: jsouhaite
no mas: nomas nomaz
quiero: qiero quiro
take me: takeme
take: tske
porque: xq porq
quero: qro
que: q
dont: dnt donot dony dontt donr dun
them: dem
this: dis thiz
the: teh
messages: msges mesages messeges
list: lsit
from: frm
anymore: anymor anymroe nemore
remove: rmv
texting: txtin txtn txtng txing texing
no more: nomore
no texts: notexts
nobody: noone
fuck: fck fuk fk
fucking: fking fcking fing
`) {
		for _, w := range strings.Fields(written) {
			table[w] = meant
		}
	}
	return table
}()

// slips counts letters that are wrong, missing, too many or exchanged with their
// neighbour, up to three.
func slips(a, b string) int {
	if d := len(a) - len(b); d > 2 || d < -2 {
		return 3
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], 3)
}

// single writes doubled letters once: "arettez" and "arretez" are the same then.
func single(text string) string {
	var out strings.Builder
	for i := range len(text) {
		if i == 0 || text[i] != text[i-1] {
			out.WriteByte(text[i])
		}
	}
	return out.String()
}

// mistyped are the keywords that count also with one letter wrong, where they are
// the whole message. Short ones are too near to other words.
var mistyped = []struct{ word, language string }{
	{"stop", "en"}, {"unsubscribe", "en"}, {"unsub", "en"}, {"cancel", "en"}, {"revoke", "en"}, {"optout", "en"}, {"stopall", "en"},
	{"cancelar", "es"}, {"quitar", "es"}, {"desuscribir", "es"}, {"arreter", "fr"}, {"arretez", "fr"}, {"desabonner", "fr"},
	{"desinscrire", "fr"}, {"abmelden", "de"}, {"abbestellen", "de"}, {"parar", "pt"}, {"descadastrar", "pt"},
}

// typed finds the keyword that a single word was probably meant to be: one with
// letters doubled, or with a slip.
func typed(text string) (word, language string) {
	if len(text) < 3 || len(text) > 14 || realWords[text] {
		return "", ""
	}
	if k, ok := byJoined[single(text)]; ok && len(text) > 4 && k.intent == OptOut {
		return k.words, k.language
	}
	for _, k := range mistyped {
		n := slips(text, k.word)
		if len(text) > 4 && single(text) == single(k.word) {
			n = min(n, 1)
		}
		if n == 1 && !(k.word == "stop" && !nearStop(text)) || n == 2 && len(k.word) >= 8 {
			return k.word, k.language
		}
	}
	return "", ""
}

// nearStop admits slips of the thumb in STOP: a key beside the right one, a
// letter doubled, missing or exchanged. "shop" and "stow" are words.
func nearStop(text string) bool {
	const keys = "s:awedxz t:rfgy56 o:iklp90 p:ol0"
	switch len(text) {
	case 3, 5:
		return text[0] == 's' || text == "top" || strings.HasSuffix(text, "stop")
	}
	wrong, key := 0, byte(0)
	for i := range len(text) {
		if text[i] != "stop"[i] {
			wrong, key = i, text[i]
		}
	}
	if sortLetters(text) == sortLetters("stop") {
		return true
	}
	for _, near := range strings.Fields(keys) {
		if near[0] == "stop"[wrong] {
			return strings.IndexByte(near[2:], key) >= 0
		}
	}
	return false
}

func sortLetters(text string) string {
	b := []byte(text)
	for i := range b {
		for j := i; j > 0 && b[j] < b[j-1]; j-- {
			b[j], b[j-1] = b[j-1], b[j]
		}
	}
	return string(b)
}
