package consent

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestReadRecognisesAKeywordHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Intent{
		"STOP": OptOut, "stop": OptOut, "Stop.": OptOut, " stop \n": OptOut, "STOP!!!": OptOut, "“STOP”": OptOut, "'stop'": OptOut,
		"S T O P": OptOut, "S.T.O.P.": OptOut, "s-t-o-p": OptOut, "st op": OptOut, "STOP STOP STOP": OptOut, "stop 🙏": OptOut,
		"ＳＴＯＰ": OptOut, "𝐒𝐓𝐎𝐏": OptOut, "𝓼𝓽𝓸𝓹": OptOut, "Ⓢⓣⓞⓟ": OptOut, "🅂🅃🄾🄿": OptOut, "🆂🆃🅾🅿": OptOut, "🇸🇹🇴🇵": OptOut,
		"s\u0301to\u0308p": OptOut, "ŚTÖP": OptOut, "\u200bSTOP\ufeff": OptOut, "ﬆop": OptOut, "sto\u00adp": OptOut,
		"🛑": OptOut, "🛑🛑🛑": OptOut, " 🛑\ufe0f!": OptOut, "STOP 🛑": OptOut,
		"stopall": OptOut, "Stop all": OptOut, "STOP-ALL": OptOut, "stop it": OptOut, "stopit!": OptOut,
		"unsubscribe": OptOut, "un subscribe": OptOut, "UN-SUBSCRIBE": OptOut, "unsub": OptOut, "cancel": OptOut, "end": OptOut,
		"quit": OptOut, "revoke": OptOut, "optout": OptOut, "opt out": OptOut, "OPT-OUT": OptOut, "remove": OptOut,
		"alto": OptOut, "¡ALTO!": OptOut, "para": OptOut, "Pare": OptOut, "baja": OptOut, "cancelar": OptOut, "No más": OptOut,
		"no mas mensajes": OptOut, "quitar": OptOut, "Dejar de enviar": OptOut, "darme de baja": OptOut,
		"arrêt": OptOut, "ARRÊTER": OptOut, "arretez": OptOut, "désabonner": OptOut, "Désinscrire": OptOut, "plus de SMS": OptOut,
		"stopp": OptOut, "Abmelden": OptOut, "sair": OptOut, "PARAR": OptOut,
		"START": OptIn, "start.": OptIn, "Unstop": OptIn, "UN-STOP": OptIn, "S T A R T": OptIn,
		"HELP": Help, "help?": Help, "Info": Help, "h e l p": Help, "¿Ayuda?": Help, "aide": Help, "Hilfe!": Help, "ajuda": Help,
	} {
		got := Read(text)
		if got.Intent != want || got.Tier != TierExact || got.Keyword == "" {
			t.Errorf("Read(%q) = %+v, want %s", text, got, want)
		}
		if Classify(text) != want {
			t.Errorf("Classify(%q) = %s", text, Classify(text))
		}
	}
}

func TestReadLeavesOrdinaryTextAlone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", " ", "?", "👍", "🛑👍", "✋", "\xff",
		"stop by", "I'll stop by at 5", "bus stop", "non stop", "nonstop", "don't stop", "stopped", "one stop shop",
		"cancel my order", "Can I cancel my appointment?", "cancelled", "the end", "weekend", "end of day", "remove the onions",
		"para 4 personas", "para mi", "¿para cuándo?", "baja la música", "no mas bien gracias", "arrêt de bus", "plus de smsgratuits",
		"help me", "need info please", "information", "start over", "when do you start", "un stop", "st art",
		"yes", "YES", "si", "oui", "ja", "ok", "no", "go", "resume", "yes please", "yep",
	} {
		if got := Read(text); got != (Reading{}) {
			t.Errorf("Read(%q) = %+v, want nothing", text, got)
		}
	}
}

func TestYesCountsOnlyAsAnAnswer(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Intent{
		"YES": OptIn, "yes!": OptIn, "y": OptIn, "Sí": OptIn, "oui": OptIn, "ja": OptIn, "sim": OptIn,
		"Yes please": OptIn, "yes, I agree!": OptIn, "YES thank you": OptIn, "Yep": OptIn, "sí, por favor": OptIn, "ja gerne": OptIn, "oui merci": OptIn,
		"yes but not now": None, "yes who is this": None, "y do i": None, "y do you": None, "yes please 🚫": None, "yes do": None, "yes stop": OptOut, "thanks": None, "ok": None, "no": None, "STOP": OptOut, "HELP": Help, "start": OptIn,
	} {
		if got := ClassifyPending(text); got != want {
			t.Errorf("ClassifyPending(%q) = %s, want %s", text, got, want)
		}
	}
}

func TestReadingNamesTheRowThatMatched(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Reading{
		"O P T  O U T": {Intent: OptOut, Keyword: "opt out", Language: "en", Tier: TierExact},
		"¡No más!":     {Intent: OptOut, Keyword: "no mas", Language: "es", Tier: TierExact},
		"🛑":            {Intent: OptOut, Keyword: "🛑", Tier: TierExact},
	} {
		if got := Read(text); got != want {
			t.Errorf("Read(%q) = %+v, want %+v", text, got, want)
		}
	}
}

func TestKeywordTableIsSound(t *testing.T) {
	t.Parallel()
	if len(byJoined) != len(keywords) {
		t.Errorf("%d rows but %d different keywords", len(keywords), len(byJoined))
	}
	perSe := 0
	for _, k := range keywords {
		if k.intent == None || k.language == "" || k.source == "" {
			t.Errorf("row %q is not complete", k.words)
		}
		words, _ := fold(k.words)
		if strings.Join(words, " ") != k.words {
			t.Errorf("row %q is not folded", k.words)
		}
		if k.source == fcc {
			perSe++
		}
	}
	if perSe != 7 {
		t.Errorf("%d words of the federal rule, want 7", perSe)
	}
}

func TestAnyKeywordIsFoundInAnyDress(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		row := rapid.SampledFrom(keywords).Draw(t, "row")
		var text strings.Builder
		for _, r := range row.words {
			if rapid.Bool().Draw(t, "upper") {
				r = unicode.ToUpper(r)
			}
			text.WriteRune(r)
			text.WriteString(rapid.SampledFrom([]string{"", "", ".", "-", "\u0301", "\u200b", "!", "*"}).Draw(t, "dress"))
		}
		if got := ReadPending(text.String()); got.Intent != row.intent || got.Keyword != row.words {
			t.Fatalf("ReadPending(%q) = %+v, want %q", text.String(), got, row.words)
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"STOP", "🛑", "S T O P", "\xff", "ﬆop", "𝐒"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		plain, pending := Read(text), ReadPending(text)
		if (plain.Intent == None) != (plain == Reading{}) {
			t.Fatalf("Read(%q) = %+v", text, plain)
		}
		if plain.Intent != None && plain != pending {
			t.Fatalf("Read(%q) = %+v, pending %+v", text, plain, pending)
		}
	})
}
