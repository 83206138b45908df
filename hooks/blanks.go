package hooks

import (
	"strings"
	"unicode"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// written are the collections that people write.
var written = []string{
	"organizations", "memberships", "senders", "lists", "subscribers", "suppressions", "segments", "forms", "campaigns", "rule_rows", "rule_settings",
}

// registerBlanks takes what shows nothing for nothing. To PocketBase a space is a text, and would do
// where the schema asks for a name or a number.
func registerBlanks(app core.App) {
	const early = -500 // before anything reads the text
	app.OnRecordValidate(written...).Bind(&hook.Handler[*core.RecordEvent]{
		Id: "tidingsBlanks", Priority: early,
		Func: func(e *core.RecordEvent) error {
			for _, f := range e.Record.Collection().Fields {
				text, ok := f.(*core.TextField)
				if !ok || !text.Required || text.PrimaryKey {
					continue
				}
				// An old row that has such a name can still be archived.
				if changed := e.Record.IsNew() || !same(e.Record, text.Name); changed && blank(e.Record.GetString(text.Name)) {
					e.Record.Set(text.Name, "") // the schema refuses it
				}
			}
			return e.Next()
		},
	})
}

// blank reports whether a text shows nothing: it has white space of any kind, control
// characters, and those of no width.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cc, unicode.Cf)
	})
}
