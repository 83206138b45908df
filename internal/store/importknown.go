package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"

	"tidings/internal/engine/importer"
	"tidings/internal/rules/eligible"
)

// The numbers of a chunk are neighbours, as a file is imported in the order of its numbers: one walk along each index finds
// what is there, and in an empty stretch nothing.
const (
	// The unique index over (org, phoneNumber).
	selectImportedBetween = `SELECT phoneNumber, id, firstName, lastName, language, timezone, state, attributes, lists, status, consentedAt
		FROM subscribers WHERE org = ? AND phoneNumber BETWEEN ? AND ? ORDER BY phoneNumber LIMIT ?`
	// idx_consent_events_org_phone_seq; the last of a number counts.
	selectConsentsBetween = `SELECT phoneNumber, action, text, at FROM consent_events
		WHERE org = ? AND phoneNumber BETWEEN ? AND ? ORDER BY phoneNumber, seq LIMIT ?`
)

// Where a chunk is a few people among many, a walk would be long. Then one question is asked for all of its numbers: a
// look-up for each costs several times as much in calls as in work. CROSS JOIN keeps the order, numbers outside.
const (
	// The unique index over (org, phoneNumber).
	selectImported = `SELECT s.phoneNumber, s.id, s.firstName, s.lastName, s.language, s.timezone, s.state, s.attributes, s.lists, s.status, s.consentedAt
		FROM json_each(?) n CROSS JOIN subscribers s ON s.org = ? AND s.phoneNumber = n.value`
	// idx_suppressions_org_phone.
	selectImportedSuppressions = `SELECT s.phoneNumber, s.reason
		FROM json_each(?) n CROSS JOIN suppressions s ON s.org = ? AND s.phoneNumber = n.value`
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
	if len(rows) == 0 {
		return p, nil
	}
	numbers := make([]string, len(rows))
	for i := range rows {
		numbers[i] = rows[i].Number.E164
	}
	slices.Sort(numbers)
	err := t.known(selectImportedBetween, selectImported, org, numbers, func(values []driver.Value) error {
		var number string
		var one person
		err := scan(values, []any{&number, &one.id, &one.firstName, &one.lastName, &one.language, &one.timezone, &one.state, &one.attributes,
			&one.lists, &one.status, &one.consentedAt})
		p.people[number] = one
		return err
	})
	if err != nil {
		return p, err
	}
	for _, of := range []string{"", org} { // the organisation's own goes before the installation's
		err := t.known(selectSuppressedBetween, selectImportedSuppressions, of, numbers, func(values []driver.Value) error {
			var number, reason string
			err := scan(values, []any{&number, &reason})
			p.kinds[number] = suppressionKind(of, reason)
			return err
		})
		if err != nil {
			return p, err
		}
	}
	return p, t.known(selectConsentsBetween, selectImportedConsents, org, numbers, func(values []driver.Value) error {
		var number string
		var one lastConsent
		err := scan(values, []any{&number, &one.action, &one.text, &one.at})
		p.last[number] = one
		return err
	})
}

// known reads what is there about numbers, which are in order: along the range of them, as long as it has not many more
// rows than there are numbers, and from there on one by one. Both statements give the number first.
func (t *txn) known(between, each, org string, numbers []string, row func(values []driver.Value) error) error {
	most, n, last := 2*len(numbers), 0, ""
	err := t.each(between, []any{org, numbers[0], numbers[len(numbers)-1], most}, func(values []driver.Value) error {
		n++
		last, _ = values[0].(string)
		return row(values)
	})
	if err != nil || n < most {
		return err
	}
	at, _ := slices.BinarySearch(numbers, last) // what was read of the last may not be all
	if at == len(numbers) {
		return nil
	}
	rest, err := json.Marshal(numbers[at:])
	if err != nil {
		return fmt.Errorf("write the numbers of a chunk: %w", err)
	}
	return t.each(each, []any{string(rest), org}, row)
}

// each runs a query and calls row for each of its rows. The values are row's until it returns.
func (t *txn) each(query string, args []any, row func(values []driver.Value) error) error {
	err := t.conn.Raw(func(c any) error {
		s, err := statementOf(c, query)
		if err != nil {
			return err
		}
		return s.each(args, func(values []driver.Value) (bool, error) { return true, row(values) })
	})
	if err != nil {
		return fmt.Errorf("%s: %w", firstWords(query), err)
	}
	return nil
}
