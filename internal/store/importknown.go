package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"

	"tidings/internal/engine/importer"
	"tidings/internal/rules/eligible"
)

// One question for all numbers of a chunk: a look-up for each costs several times as much in calls as in work. CROSS JOIN
// keeps the order, numbers outside.
const (
	// The unique index over (org, phoneNumber).
	selectImported = `SELECT s.phoneNumber, s.id, s.firstName, s.lastName, s.language, s.timezone, s.state, s.attributes, s.lists, s.status, s.consentedAt
		FROM json_each(?) n CROSS JOIN subscribers s ON s.org = ? AND s.phoneNumber = n.value`
	// idx_suppressions_org_phone, twice.
	selectImportedSuppressions = `SELECT s.phoneNumber, s.org, s.reason
		FROM json_each(?) n CROSS JOIN suppressions s ON s.org IN ('', ?) AND s.phoneNumber = n.value`
	// idx_consent_events_org_phone_seq, read from its end for each number.
	selectImportedConsents = `SELECT e.phoneNumber, e.action, e.text, e.at FROM json_each(?) n CROSS JOIN consent_events e
		ON e.rowid = (SELECT rowid FROM consent_events WHERE org = ? AND phoneNumber = n.value ORDER BY seq DESC LIMIT 1)`
)

// past is what stands about the numbers of a chunk. No number comes twice in an import, so nothing of it changes while the
// chunk is written.
type past struct {
	people map[string]person
	kinds  map[string]eligible.Suppression
	last   map[string]lastConsent
}

// past reads what stands about the numbers of rows.
func (t *txn) past(org string, rows []importer.Row) (past, error) {
	p := past{people: map[string]person{}, kinds: map[string]eligible.Suppression{}, last: map[string]lastConsent{}}
	numbers := make([]string, len(rows))
	for i := range rows {
		numbers[i] = rows[i].Number.E164
	}
	all, err := json.Marshal(numbers)
	if err != nil {
		return p, fmt.Errorf("write the numbers of a chunk: %w", err)
	}
	err = t.each(selectImported, []any{string(all), org}, func(read func(...any) error) error {
		var number string
		var one person
		err := read(&number, &one.id, &one.firstName, &one.lastName, &one.language, &one.timezone, &one.state, &one.attributes,
			&one.lists, &one.status, &one.consentedAt)
		p.people[number] = one
		return err
	})
	if err != nil {
		return p, err
	}
	err = t.each(selectImportedSuppressions, []any{string(all), org}, func(read func(...any) error) error {
		var number, of, reason string
		if err := read(&number, &of, &reason); err != nil {
			return err
		}
		if _, own := p.kinds[number]; !own || of != "" { // the organisation's own goes before the installation's
			p.kinds[number] = suppressionKind(of, reason)
		}
		return nil
	})
	if err != nil {
		return p, err
	}
	return p, t.each(selectImportedConsents, []any{string(all), org}, func(read func(...any) error) error {
		var number string
		var one lastConsent
		err := read(&number, &one.action, &one.text, &one.at)
		p.last[number] = one
		return err
	})
}

// each runs a query and calls row for each of its rows.
func (t *txn) each(query string, args []any, row func(read func(...any) error) error) error {
	err := t.conn.Raw(func(c any) error {
		s, err := statementOf(c, query)
		if err != nil {
			return err
		}
		return s.each(args, func(values []driver.Value) (bool, error) {
			return true, row(func(into ...any) error { return scan(values, into) })
		})
	})
	if err != nil {
		return fmt.Errorf("%s: %w", firstWords(query), err)
	}
	return nil
}
