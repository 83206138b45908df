package store

import (
	"database/sql"
	"errors"
	"time"

	"tidings/internal/engine/ledger"
	"tidings/internal/rules/consent"
)

// chain appends many events to one organisation's ledger in one transaction:
// its head is read before the first and written after the last.
type chain struct {
	t    *txn
	org  string
	at   time.Time
	seq  int64
	hash string
	ids  func() string
	any  bool
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
func (c *chain) add(act ledger.Act, evidence []byte) error {
	c.seq++
	e := consent.Chain(c.hash, consent.Event{
		ID: c.ids(), Org: c.org, Seq: c.seq, PhoneNumber: act.Number, Action: act.Action, Method: act.Method,
		Text: act.Text, Evidence: evidence, At: c.at,
	})
	c.hash, c.any = e.Hash, true
	_, err := c.t.exec(insertEvent, e.ID, e.Org, e.Seq, e.PhoneNumber, e.Action, e.Method, e.Text, string(e.Evidence), stamp(e.At), e.PrevHash, e.Hash)
	return err
}

// end seals the head.
func (c *chain) end() error {
	if !c.any {
		return nil
	}
	_, err := c.t.exec(upsertHead, c.org, c.seq, c.hash, c.t.w.headMAC(c.org, c.seq, c.hash))
	return err
}
