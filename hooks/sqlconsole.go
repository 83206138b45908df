package hooks

import (
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// readOnlySQL lets the dashboard's SQL console read and nothing else. A write there goes past every
// hook: it could set a finished message back to queued, or lift a STOP.
func readOnlySQL(e *core.RequestEvent) error {
	if e.Request.Pattern != "POST /api/sql" || !e.HasSuperuserAuth() {
		return e.Next()
	}
	form := struct {
		Query string `form:"query" json:"query"`
	}{}
	if err := e.BindBody(&form); err != nil {
		return badBody(err)
	}
	if strings.TrimSpace(form.Query) != "" && !readsOnly(form.Query) {
		return refuse(http.StatusForbidden, "query", "read_only",
			"This console only reads: one SELECT, WITH ... SELECT or EXPLAIN")
	}
	return e.Next()
}

// readsOnly reports whether a text is one SQL statement that begins with SELECT, WITH or EXPLAIN and
// names no writing verb. INSERT, UPDATE and DELETE are reserved words in SQLite, so a name that is
// spelled like one has to be quoted and does not disturb. What cannot be read is no reading.
func readsOnly(query string) bool {
	words, ok := sqlWords(query)
	if !ok || len(words) == 0 {
		return false
	}
	switch words[0] {
	case "SELECT", "WITH", "EXPLAIN":
	default:
		return false
	}
	for i, w := range words {
		switch w {
		case "INSERT", "UPDATE", "DELETE", "PRAGMA", "ATTACH", "DETACH", "VACUUM", "REINDEX", "DROP", "ALTER":
			return false
		case "REPLACE": // as a function it only changes text
			if i+1 >= len(words) || words[i+1] != "(" {
				return false
			}
		case ";":
			if i != len(words)-1 {
				return false
			}
		}
	}
	return true
}

// sqlWords splits a statement into upper-case words and single other characters, without comments,
// strings and quoted names. Semicolons at the end count once. ok is false where something quoted is
// not closed.
func sqlWords(query string) (words []string, ok bool) {
	for i := 0; i < len(query); {
		rest := query[i:]
		switch c := query[i]; {
		case c == 0:
			return nil, false
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v':
			i++
		case strings.HasPrefix(rest, "--"):
			n := strings.IndexByte(rest, '\n')
			if n < 0 {
				return words, true
			}
			i += n
		case strings.HasPrefix(rest, "/*"):
			n := strings.Index(rest[2:], "*/")
			if n < 0 {
				return nil, false
			}
			i += n + 4
		case c == '\'' || c == '"' || c == '`' || c == '[':
			n := quotedLength(rest)
			if n == 0 {
				return nil, false
			}
			words = append(words, "quoted")
			i += n
		case isWordByte(c):
			n := 1
			for n < len(rest) && isWordByte(rest[n]) {
				n++
			}
			words = append(words, strings.ToUpper(rest[:n]))
			i += n
		default:
			if !(c == ';' && len(words) > 0 && words[len(words)-1] == ";") {
				words = append(words, string(c))
			}
			i++
		}
	}
	return words, true
}

// quotedLength is the length of the quoted piece that s begins with, or 0 where it is not closed. A
// doubled quote inside stands for one; brackets know no such thing.
func quotedLength(s string) int {
	end := s[0]
	if end == '[' {
		return strings.IndexByte(s, ']') + 1
	}
	for i := 1; i < len(s); i++ {
		if s[i] != end {
			continue
		}
		if i+1 < len(s) && s[i+1] == end {
			i++
			continue
		}
		return i + 1
	}
	return 0
}

func isWordByte(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}
