package store

import (
	"database/sql"
	"errors"
	"time"

	"tidings/internal/engine/ledger"
	"tidings/internal/rules/consent"
)

// The columns of a batch in the order of add.
const insertEvents = `INSERT OR FAIL INTO consent_events (id, org, seq, phoneNumber, action, method, text, evidence, at, prevHash, hash)
	SELECT c0, ?, c1, c2, c3, c4, c5, c6, ?, c7, c8 FROM ` + batched

// chain appends many events to one organisation's ledger in one transaction: its head is read before the first, and they
// are written with it after the last.
type chain struct {
	t      *txn
	org    string
	at     time.Time
	seq    int64
	hash   string
	ids    func() string
	events batch
}

// chain begins where the ledger of the organisation ends.
func (t *txn) chain(org string, at time.Time) (*chain, error) {
	c := &chain{t: t, org: org, at: at.UTC().Truncate(time.Millisecond), ids: idsFrom(at)}
	if err := t.row(selectHead, []any{org}, &c.seq, &c.hash); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	return c, nil
}

// add appends an event. The evidence is canonical JSON.
func (c *chain) add(act ledger.Act, evidence []byte) {
	c.seq++
	e := consent.Chain(c.hash, consent.Event{
		ID: c.ids(), Org: c.org, Seq: c.seq, PhoneNumber: act.Number, Action: act.Action, Method: act.Method,
		Text: act.Text, Evidence: evidence, At: c.at,
	})
	c.hash = e.Hash
	c.events.add(e.ID, e.Seq, e.PhoneNumber, e.Action, e.Method, e.Text, string(e.Evidence), e.PrevHash, e.Hash)
}

// end writes the events and seals the head.
func (c *chain) end() error {
	if c.events.rows() == 0 {
		return nil
	}
	if err := c.t.insert(insertEvents, &c.events, c.org, stamp(c.at)); err != nil {
		return err
	}
	_, err := c.t.exec(upsertHead, c.org, c.seq, c.hash, c.t.w.headMAC(c.org, c.seq, c.hash))
	return err
}
