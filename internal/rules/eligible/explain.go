package eligible

import (
	"fmt"
	"strings"
	"time"

	"tidings/internal/rules/hours"
	"tidings/internal/rules/law"
)

// Answer is what one rule says, in words for a person.
type Answer struct {
	Rule    string
	Allowed bool
	Detail  string
}

// Explain gives every rule's answer to the same question, and behind them that of
// each row of the law and of the organisation's own hours, with the source.
func Explain(q Question) []Answer {
	answers := make([]Answer, 0, len(rules)+4)
	for _, r := range rules {
		v := r.ask(&q)
		answers = append(answers, Answer{Rule: r.name, Allowed: v.Allowed(), Detail: r.detail(&q, v)})
	}
	if q.Where == nil || q.Kind.Transactional() {
		return answers
	}
	for _, row := range q.Where.rows {
		answers = append(answers, q.Where.explain(row, q.At))
	}
	if own := q.Where.Own; own.From != "" || own.Until != "" {
		limit, err := hours.Always().Narrow(own.From, own.Until)
		answers = append(answers, Answer{
			Rule: "own_hours", Allowed: err == nil && hours.Allowed(q.At, q.Where.Zones, limit),
			Detail: "the organisation sends " + span(own.From, "00:00") + " to " + span(own.Until, "24:00"),
		})
	}
	return answers
}

func span(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// explain gives the answer of one row of the law.
func (w *Where) explain(row *law.Bound, at time.Time) Answer {
	a := Answer{Rule: "law_" + row.Place, Allowed: row.Exempt}
	source := fmt.Sprintf("%s, of %s, confidence %s", row.Source, row.Date, row.Confidence)
	if row.Exempt {
		a.Detail = row.Name + " does not bind texts with consent (" + source + ")"
		return a
	}
	a.Allowed = hours.Allowed(at, w.Zones, row.Hours.EndingEarly(w.margin))
	if row.Emergency {
		a.Detail = row.Name + ": nothing may be sent while the state of emergency lasts (" + source + ")"
		return a
	}
	var days []string
	for _, name := range w.Zones {
		zone, err := hours.Zone(name)
		if err != nil {
			continue
		}
		local := at.In(zone)
		open := "no texts"
		if windows := row.Hours.OnDate(local); len(windows) > 0 {
			parts := make([]string, len(windows))
			for i, window := range windows {
				parts[i] = window.String()
			}
			open = strings.Join(parts, " and ")
		}
		if holiday := row.Holiday(local); holiday != "" {
			open += " on " + holiday
		}
		days = append(days, fmt.Sprintf("%s there on %s, now %s in %s", open, local.Format("Monday"), local.Format("15:04"), name))
	}
	const most = 3 // a toll-free number has seven zones, and the first ones tell enough
	if len(days) > most {
		days = append(days[:most], fmt.Sprintf("and %d more zones", len(days)-most))
	}
	a.Detail = fmt.Sprintf("%s: %s (%s)", row.Name, strings.Join(days, "; "), source)
	if w.margin > 0 && !a.Allowed && hours.Allowed(at, w.Zones, row.Hours) {
		a.Detail += fmt.Sprintf("; closes %d minutes early, so that nothing arrives late", w.margin)
	}
	return a
}
