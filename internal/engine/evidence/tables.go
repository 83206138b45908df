package evidence

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"tidings/internal/rules/consent"
)

// tables gives a dossier as CSV, for a spreadsheet.
func (d Dossier) tables() ([]file, error) {
	events := [][]string{{"seq", "at", "local", "action", "method", "text", "textVersion", "evidence", "prevHash", "hash", "asWritten"}}
	for _, e := range d.Events {
		events = append(events, []string{
			strconv.FormatInt(e.Seq, 10), utc(e.At), d.locals(e.At), e.Action, e.Method, e.Text, consent.Version(e.Text), string(e.Evidence),
			e.PrevHash, e.Hash, strconv.FormatBool(e.Hash == e.ComputeHash()),
		})
	}
	messages := [][]string{{"id", "direction", "kind", "campaign", "sender", "at", "local", "due", "text", "segments", "status", "reason",
		"providerUuid", "errorCode", "rules", "allowed", "answers"}}
	for _, m := range d.Messages {
		row := []string{m.ID, m.direction(), string(m.Kind), m.Campaign, m.Sender, utc(m.SentAt), d.locals(m.when()), utc(m.DueAt), m.Body,
			strconv.Itoa(m.Segments), m.Status, m.Reason, m.UUID, m.ErrorCode, "", "", ""}
		if v := m.Verdict; v != nil {
			row[14], row[15], row[16] = v.Rules, strconv.FormatBool(v.Allowed), v.words()
		}
		messages = append(messages, row)
	}
	optOuts := [][]string{{"seq", "method", "words", "asked", "honoured", "seconds", "confirmation", "textsAfterwards"}}
	for _, o := range d.OptOuts() {
		optOuts = append(optOuts, []string{strconv.FormatInt(o.Seq, 10), o.Method, o.Words, utc(o.Asked), utc(o.Honoured),
			strconv.FormatFloat(o.Seconds, 'f', 3, 64), o.Confirmed, strconv.Itoa(o.After)})
	}
	held := [][]string{{"wholeInstallation", "reason", "source", "created"}}
	for _, s := range d.Suppressions {
		held = append(held, []string{strconv.FormatBool(s.Everywhere), s.Reason, s.Source, utc(s.Created)})
	}
	reviews := [][]string{{"id", "text", "pattern", "status", "by", "opened", "dueAt", "decidedAt"}}
	for _, r := range d.Reviews {
		reviews = append(reviews, []string{r.ID, r.Text, r.Pattern, r.Status, r.By, utc(r.Opened), utc(r.DueAt), utc(r.At)})
	}
	var files []file
	for _, table := range []struct {
		name string
		rows [][]string
	}{{"consent", events}, {"messages", messages}, {"optouts", optOuts}, {"suppressions", held}, {"reviews", reviews}} {
		raw, err := sheet(table.rows)
		if err != nil {
			return nil, err
		}
		files = append(files, file{d.Slug + "/" + table.name + ".csv", raw})
	}
	return files, nil
}

func sheet(rows [][]string) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for _, row := range rows {
		for i := range row {
			row[i] = harmless(row[i])
		}
		if err := w.Write(row); err != nil {
			return nil, fmt.Errorf("write a table: %w", err)
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// harmless keeps a spreadsheet from taking a cell for a formula (OWASP, CSV
// injection): what begins like one, in full-width forms too, gets an apostrophe.
func harmless(cell string) string {
	switch first, _ := utf8.DecodeRuneInString(cell); first {
	case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠':
		return "'" + cell
	}
	return cell
}

func utc(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format("2006-01-02 15:04:05.000Z")
}

func (d Dossier) locals(at time.Time) string { return strings.Join(d.local(at), "; ") }

// words says each rule's answer in a line.
func (v Verdict) words() string {
	lines := make([]string, len(v.Answers))
	for i, a := range v.Answers {
		says := "yes"
		if !a.Allowed {
			says = "no"
		}
		lines[i] = a.Rule + ": " + says + ", " + a.Detail
	}
	return strings.Join(lines, "; ")
}
