package lint

import (
	"regexp"
	"strings"
	"unicode"
)

// brand asks for the sender's name, which carriers and the law want in each
// campaign message (CTIA Messaging Principles 5.1.3, 47 CFR 64.1200(d)(4)).
func brand(t Text) []Finding {
	name := plain(t.Brand)
	if name == "" || strings.Contains(plain(t.Body), name) {
		return nil
	}
	return []Finding{{
		Code: "brand_missing", Severity: Warning,
		Message: "The text does not say who sends it; begin with “" + strings.TrimSpace(t.Brand) + ":”",
	}}
}

// plain reduces a name to its letters and digits, as people abbreviate it.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

var wayOutWords = regexp.MustCompile(`(?i)\b(stop|unsubscribe|opt[ -]?out|alto|baja|arr[eê]t(er)?|d[ée]sinscrire|stopp|abmelden|sair|parar|cancelar)\b`)

// wayOut asks for the words that tell how to get no more (CTIA Messaging
// Principles 5.1.3; Plivo's registration guidelines want them in the first message).
func wayOut(t Text) []Finding {
	if t.Later || wayOutWords.MatchString(t.Body) {
		return nil
	}
	return []Finding{{
		Code: "stop_missing", Severity: Warning,
		Message: "A first text has to say how to get no more; end with “Reply STOP to opt out”",
	}}
}

// letters that are needed before capitals are shouting.
const fewLetters = 20

var fields = regexp.MustCompile(`\{\{[^}]*\}\}`)

// shouting finds texts in capitals and rows of exclamation marks, which filters
// weigh as spam.
func shouting(t Text) []Finding {
	words := fields.ReplaceAllString(hosts.ReplaceAllString(t.Body, ""), "")
	capitals, all := 0, 0
	for _, r := range words {
		if unicode.IsLetter(r) {
			all++
			if unicode.IsUpper(r) {
				capitals++
			}
		}
	}
	if all >= fewLetters && capitals*10 > all*6 {
		return []Finding{{Code: "shouting", Severity: Warning, Message: "Most of the text is in capitals, which filters take for spam; write it as you would say it"}}
	}
	if i := strings.Index(t.Body, "!!!"); i >= 0 {
		index, length := at(t.Body, i, i+len("!!!"))
		return []Finding{{
			Code: "shouting", Severity: Hint, Index: index, Length: length,
			Message: "Rows of exclamation marks look like spam to filters; one is enough",
		}}
	}
	return nil
}
