package consent

// Intent is what a reply asks for.
type Intent int

const (
	None Intent = iota
	OptOut
	OptIn
	Help
	Doubtful // perhaps an opt-out: nothing more is sent until a person has decided
)

// String names the intent for logs and records.
func (i Intent) String() string {
	switch i {
	case OptOut:
		return "opt_out"
	case OptIn:
		return "opt_in"
	case Help:
		return "help"
	case Doubtful:
		return "doubtful"
	}
	return "none"
}

// The tiers of certainty. A higher number is less certain.
const (
	TierNone   = 0 // nothing was recognised
	TierExact  = 1 // the whole message is a keyword
	TierPhrase = 2 // a phrase says it, or a keyword with a slip or in politeness
	TierDoubt  = 3 // it may be meant so; a person decides
)

// keyword is one row of the table: words as they are said, without marks.
type keyword struct {
	words    string
	intent   Intent
	language string
	source   string // who demands or uses it
	pending  bool   // counts only as the answer to an open question
}

// The sources of the rows.
const (
	fcc     = "47 CFR 64.1200(a)(10)"       // revocation words that need no interpretation
	carrier = "carriers' default keywords"  // shared by the large US providers
	ctia    = "CTIA Messaging Principles 5" // START and HELP
	usage   = "usage"                       // how people of that language say it
)

var keywords = []keyword{
	{words: "stop", intent: OptOut, language: "en", source: fcc},
	{words: "quit", intent: OptOut, language: "en", source: fcc},
	{words: "end", intent: OptOut, language: "en", source: fcc},
	{words: "revoke", intent: OptOut, language: "en", source: fcc},
	{words: "opt out", intent: OptOut, language: "en", source: fcc},
	{words: "cancel", intent: OptOut, language: "en", source: fcc},
	{words: "unsubscribe", intent: OptOut, language: "en", source: fcc},
	{words: "stop all", intent: OptOut, language: "en", source: carrier},
	{words: "unsub", intent: OptOut, language: "en", source: carrier},
	{words: "remove", intent: OptOut, language: "en", source: carrier},
	{words: "stop it", intent: OptOut, language: "en", source: usage},

	{words: "alto", intent: OptOut, language: "es", source: usage},
	{words: "para", intent: OptOut, language: "es", source: usage},
	{words: "pare", intent: OptOut, language: "es", source: usage},
	{words: "baja", intent: OptOut, language: "es", source: usage},
	{words: "cancelar", intent: OptOut, language: "es", source: usage},
	{words: "no mas", intent: OptOut, language: "es", source: usage},
	{words: "no mas mensajes", intent: OptOut, language: "es", source: usage},
	{words: "quitar", intent: OptOut, language: "es", source: usage},
	{words: "dejar de enviar", intent: OptOut, language: "es", source: usage},
	{words: "darme de baja", intent: OptOut, language: "es", source: usage},

	{words: "anular", intent: OptOut, language: "es", source: usage},
	{words: "desuscribir", intent: OptOut, language: "es", source: usage},

	{words: "fin", intent: OptOut, language: "fr", source: usage},
	{words: "desabonnement", intent: OptOut, language: "fr", source: usage},
	{words: "desinscription", intent: OptOut, language: "fr", source: usage},
	{words: "arret", intent: OptOut, language: "fr", source: carrier},
	{words: "arreter", intent: OptOut, language: "fr", source: usage},
	{words: "arretez", intent: OptOut, language: "fr", source: usage},
	{words: "desabonner", intent: OptOut, language: "fr", source: usage},
	{words: "desinscrire", intent: OptOut, language: "fr", source: usage},
	{words: "plus de sms", intent: OptOut, language: "fr", source: usage},

	{words: "stopp", intent: OptOut, language: "de", source: usage},
	{words: "abmelden", intent: OptOut, language: "de", source: usage},

	{words: "abmeldung", intent: OptOut, language: "de", source: usage},
	{words: "abbestellen", intent: OptOut, language: "de", source: usage},
	{words: "stoppen", intent: OptOut, language: "de", source: usage},
	{words: "beenden", intent: OptOut, language: "de", source: usage},
	{words: "aufhoren", intent: OptOut, language: "de", source: usage},
	{words: "kundigen", intent: OptOut, language: "de", source: usage},
	{words: "widerruf", intent: OptOut, language: "de", source: usage},
	{words: "ende", intent: OptOut, language: "de", source: usage},
	{words: "schluss", intent: OptOut, language: "de", source: usage},
	{words: "genug", intent: OptOut, language: "de", source: usage},

	{words: "descadastrar", intent: OptOut, language: "pt", source: usage},
	{words: "chega", intent: OptOut, language: "pt", source: usage},
	{words: "sair", intent: OptOut, language: "pt", source: usage},
	{words: "parar", intent: OptOut, language: "pt", source: usage},

	{words: "start", intent: OptIn, language: "en", source: ctia},
	{words: "unstop", intent: OptIn, language: "en", source: carrier},

	{words: "help", intent: Help, language: "en", source: ctia},
	{words: "info", intent: Help, language: "en", source: ctia},
	{words: "ayuda", intent: Help, language: "es", source: usage},
	{words: "aide", intent: Help, language: "fr", source: usage},
	{words: "hilfe", intent: Help, language: "de", source: usage},
	{words: "ajuda", intent: Help, language: "pt", source: usage},

	{words: "yes", intent: OptIn, language: "en", source: carrier, pending: true},
	{words: "yep", intent: OptIn, language: "en", source: usage, pending: true},
	{words: "yeah", intent: OptIn, language: "en", source: usage, pending: true},
	{words: "y", intent: OptIn, language: "en", source: usage, pending: true},
	{words: "si", intent: OptIn, language: "es", source: usage, pending: true},
	{words: "oui", intent: OptIn, language: "fr", source: usage, pending: true},
	{words: "ja", intent: OptIn, language: "de", source: usage, pending: true},
	{words: "sim", intent: OptIn, language: "pt", source: usage, pending: true},
}
