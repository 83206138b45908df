package store

import (
	"database/sql"
	"errors"
	"strings"
	"time"

	"tidings/internal/engine/ledger"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/phone"
)

const (
	selectSubscriberID = `SELECT id FROM subscribers WHERE org = ? AND phoneNumber = ?`
	insertSubscriber   = `INSERT INTO subscribers (id, org, phoneNumber, firstName, lastName, language, timezone, state, attributes,
		lists, status, country, zones, numberWarning, consentedAt, consentExpiresAt, created, updated)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?) ON CONFLICT (org, phoneNumber) DO NOTHING`
	updateConsent = `UPDATE subscribers SET status = ?, consentedAt = CASE WHEN ? != '' THEN ? ELSE consentedAt END, updated = ? WHERE id = ?`
	joinList      = `UPDATE subscribers SET lists = json_insert(lists, '$[#]', ?), updated = ?
		WHERE id = ? AND NOT EXISTS (SELECT 1 FROM json_each(lists) WHERE value = ?)`
	updateInvalid = `UPDATE subscribers SET status = 'invalid', updated = ? WHERE org = ? AND phoneNumber = ? AND status != 'invalid' RETURNING id`
)

// follow sets the subscriber's status to what the ledger says now, making the
// subscriber if the act asks for it.
func (t *txn) follow(act ledger.Act, at time.Time, status string) (string, error) {
	consented := ""
	if act.Action != consent.ActionRevoked {
		consented = stamp(at)
	}
	var id string
	err := t.row(selectSubscriberID, []any{act.Org, act.Number}, &id)
	switch {
	case errors.Is(err, sql.ErrNoRows) && act.Create:
		if id, err = t.newSubscriber(act, at, status, consented); err != nil {
			return id, err
		}
		return id, t.joins(id, act.List, at)
	case errors.Is(err, sql.ErrNoRows):
		return "", nil
	case err != nil:
		return "", err
	}
	t.told = append(t.told, told{"subscribers", id, false})
	if _, err = t.exec(updateConsent, status, consented, consented, stamp(at), id); err != nil {
		return id, err
	}
	return id, t.joins(id, act.List, at)
}

// newSubscriber makes a subscriber who is not there yet.
func (t *txn) newSubscriber(act ledger.Act, at time.Time, status, consented string) (string, error) {
	id := NewID(at)
	place := phone.Locate(act.Number)
	_, err := t.exec(insertSubscriber, id, act.Org, act.Number, act.FirstName, "", "", "", state(place), "{}", "[]", status,
		place.Country, strings.Join(place.Zones, " "), "", consented, stamp(at), stamp(at))
	t.told = append(t.told, told{"subscribers", id, true})
	return id, err
}

// joins puts a subscriber on a list, once.
func (t *txn) joins(id, list string, at time.Time) error {
	if list == "" {
		return nil
	}
	_, err := t.exec(joinList, list, stamp(at), id, list)
	return err
}

// state is what the number says of the person's state. An area code that crosses
// a border of states says nothing about which.
func state(place phone.Place) string {
	if len(place.States) == 1 {
		return place.States[0]
	}
	return ""
}

// invalidate keeps a number that the network calls invalid from being texted
// again, also when its subscriber is deleted and made anew.
func (t *txn) invalidate(org, number string, at time.Time) error {
	if _, err := t.exec(`INSERT INTO suppressions (id, org, phoneNumber, reason, source, created) VALUES (?, ?, ?, ?, 'carrier', ?)
		ON CONFLICT (org, phoneNumber) DO NOTHING`, NewID(at), org, number, reasonInvalid, stamp(at)); err != nil {
		return err
	}
	var id string
	err := t.row(updateInvalid, []any{stamp(at), org, number}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		t.told = append(t.told, told{"subscribers", id, false})
	}
	return err
}
