package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"tidings/internal/engine/importer"
	"tidings/internal/engine/ledger"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/eligible"
)

// The columns of a batch in the order of create.
const insertImported = `INSERT OR FAIL INTO subscribers (id, org, phoneNumber, firstName, lastName, language, timezone, state, attributes,
	lists, status, country, zones, numberWarning, consentedAt, consentExpiresAt, created, updated)
	SELECT c0, ?, c1, c2, c3, c4, c5, c6, c7, ?, c8, c9, c10, c11, c12, '', ?, ? FROM ` + batched

const updateImported = `UPDATE subscribers SET firstName = ?, lastName = ?, language = ?, timezone = ?, state = ?, attributes = ?,
	lists = ?, status = ?, consentedAt = ?, updated = ? WHERE id = ?`

const statusInvalid = "invalid"

// became is what an import made of a row.
type became int

const (
	knownPerson became = iota
	newPerson
)

// rowWriter writes the rows of one chunk.
type rowWriter struct {
	t     *txn
	im    *importer.Import
	at    time.Time
	now   string
	ids   func() string
	past  past
	chain *chain
	fresh batch
	lists string // of a new person
}

func (t *txn) rowWriter(c importer.Chunk, at time.Time) (w *rowWriter, err error) {
	w = &rowWriter{t: t, im: c.Import, at: at, now: stamp(at), ids: idsFrom(at)}
	if w.past, err = t.past(c.Import.Org, c.Rows); err != nil {
		return nil, err
	}
	if w.chain, err = t.chain(c.Import.Org, at); err != nil {
		return nil, err
	}
	w.lists, err = withList("[]", c.Import.List)
	return w, err
}

// person is a subscriber's row as far as imports go.
type person struct {
	id                                             string
	firstName, lastName, language, timezone, state string
	attributes, lists, status, consentedAt         string
}

// write takes one row in. A refused row changes nothing.
func (w *rowWriter) write(row importer.Row) (became, *importer.Reject, error) {
	number := row.Number.E164
	p, known := w.past.people[number]
	if known && !w.im.Consented() { // what is not attested changes nothing about consent
		return knownPerson, nil, w.update(p, row, p.status, p.consentedAt)
	}
	kind, standing, last, err := w.history(number)
	if err != nil {
		return 0, nil, err
	}
	if refused := w.im.Permit(row, standing); refused != nil {
		return 0, refused, nil
	}
	status, consentedAt := last.standing(kind)
	if w.im.Consented() {
		if !last.says(w.im.ConsentText) {
			if err := w.grant(row); err != nil {
				return 0, nil, err
			}
			consentedAt = w.now
		}
		if status = consent.StatusSubscribed; kind == eligible.Invalid {
			status = statusInvalid
		}
	}
	if !known {
		w.create(row, status, consentedAt)
		return newPerson, nil, nil
	}
	if p.status == statusInvalid {
		status = statusInvalid // a yes does not make a number work
	}
	return knownPerson, nil, w.update(p, row, status, consentedAt)
}

// lastConsent is the newest ledger event of a number; the zero value for none.
type lastConsent struct{ action, text, at string }

func (l lastConsent) granted() bool {
	return l.action == consent.ActionGranted || l.action == consent.ActionConfirmed
}

// says reports whether the number's consent stands already, in the same words:
// the same file twice adds nothing.
func (l lastConsent) says(text string) bool { return l.granted() && l.text == text }

// standing is how a number stands that no subscriber has: as before it was
// deleted.
func (l lastConsent) standing(kind eligible.Suppression) (status, consentedAt string) {
	switch {
	case kind == eligible.Invalid:
		return statusInvalid, ""
	case kind != eligible.NotSuppressed && kind != eligible.Doubtful, l.action == consent.ActionRevoked:
		return consent.StatusUnsubscribed, ""
	case l.granted():
		return consent.StatusSubscribed, l.at
	default:
		return consent.StatusNew, ""
	}
}

// history reads what was said about a number before.
func (w *rowWriter) history(number string) (kind eligible.Suppression, standing ledger.Standing, last lastConsent, err error) {
	kind, last = w.past.kinds[number], w.past.last[number]
	if kind != eligible.NotSuppressed { // rare; both the organisation's rows and the installation's count
		if standing, err = w.t.standing(w.im.Org, number); err != nil {
			return kind, standing, last, err
		}
	}
	if last.action == consent.ActionRevoked {
		standing.OptedOut = true
	}
	return kind, standing, last, nil
}

func (w *rowWriter) grant(row importer.Row) error {
	if w.im.DryRun {
		return nil
	}
	act := w.im.Grant(row)
	evidence, err := consent.CanonicalJSON(act.Evidence)
	if err != nil {
		return fmt.Errorf("evidence of a consent event: %w", err)
	}
	w.chain.add(act, evidence)
	return nil
}

func (w *rowWriter) create(row importer.Row, status, consentedAt string) {
	if w.im.DryRun {
		return
	}
	w.fresh.add(w.ids(), row.Number.E164, row.FirstName, row.LastName, row.Language, row.Timezone, row.HomeState(), row.Attributes,
		status, row.Number.Country, strings.Join(row.Place.Zones, " "), row.Number.Warning, consentedAt)
}

// end writes what was collected.
func (w *rowWriter) end() error {
	if err := w.t.insert(insertImported, &w.fresh, w.im.Org, w.lists, w.now, w.now); err != nil {
		return err
	}
	return w.chain.end()
}

// update gives a subscriber the list and fills what is blank.
func (w *rowWriter) update(p person, row importer.Row, status, consentedAt string) error {
	before := p
	for _, f := range []struct {
		have *string
		said string
	}{
		{&p.firstName, row.FirstName},
		{&p.lastName, row.LastName},
		{&p.language, row.Language},
		{&p.timezone, row.Timezone},
		{&p.state, row.State},
	} {
		if *f.have == "" {
			*f.have = f.said
		}
	}
	var err error
	if p.attributes, err = withAttributes(p.attributes, row.Attributes); err != nil {
		return err
	}
	if p.lists, err = withList(p.lists, w.im.List); err != nil {
		return err
	}
	p.status, p.consentedAt = status, consentedAt
	if p == before || w.im.DryRun {
		return nil
	}
	_, err = w.t.exec(updateImported, p.firstName, p.lastName, p.language, p.timezone, p.state, p.attributes, p.lists, p.status,
		p.consentedAt, w.now, p.id)
	return err
}

// withList adds a list to a subscriber's.
func withList(raw, list string) (string, error) {
	var lists []string
	if raw != "" {
		if err := json.Unmarshal([]byte(raw), &lists); err != nil {
			return "", fmt.Errorf("read the lists of a subscriber: %w", err)
		}
	}
	if list == "" || slices.Contains(lists, list) {
		return raw, nil
	}
	out, err := json.Marshal(append(lists, list))
	return string(out), err
}

// withAttributes adds the attributes that a subscriber does not have or has
// blank.
func withAttributes(raw, more string) (string, error) {
	if more == "{}" {
		return raw, nil
	}
	have, said := map[string]json.RawMessage{}, map[string]json.RawMessage{} // raw, so that large numbers stay as they are
	if raw != "" && raw != "null" {
		if err := json.Unmarshal([]byte(raw), &have); err != nil {
			return "", fmt.Errorf("read the attributes of a subscriber: %w", err)
		}
	}
	if err := json.Unmarshal([]byte(more), &said); err != nil {
		return "", fmt.Errorf("read the attributes of a row: %w", err)
	}
	changed := false
	for name, value := range said {
		if old := string(have[name]); old == "" || old == "null" || old == `""` {
			have[name], changed = value, true
		}
	}
	if !changed {
		return raw, nil
	}
	out, err := json.Marshal(have)
	if err != nil || len(out) >= 64<<10 {
		return raw, err // the schema's limit; what is there goes before
	}
	return string(out), nil
}
