package store

import (
	"database/sql"
	"errors"

	"tidings/internal/engine/receipt"
	"tidings/internal/rules/message"
)

const (
	// Changes a row only if it is in every respect as expected; by primary key.
	swapState = `UPDATE OR FAIL messages SET status = ?, sequence = ?, errorCode = ?, segments = ?, costMicros = ?, network = ?
		WHERE id = ? AND attempt = ? AND status = ? AND sequence = ? AND plivoUuid = ? AND segments = ? AND costMicros = ? AND network = ?
			AND errorCode = ''`
	// idx_runs_key. A run keeps its key.
	selectRunOfKey = `SELECT id FROM runs WHERE key = ?`
)

// mostKeys bounds what the writer remembers of runs.
const mostKeys = 1000

// expected is the state in which a receipt most likely finds its row: receipts
// come in order, each says what the ones before have said, and the network is
// known from "sent" on. False where there is no such guess.
func expected(r message.Receipt) (message.State, bool) {
	s := message.State{Sequence: r.Sequence - 1, UUID: r.UUID, Segments: r.Segments}
	switch r.Status {
	case message.Accepted, message.Sent:
		s.Status = message.Accepted
	case message.Delivered:
		s.Status, s.Network = message.Sent, r.Network
		if r.HasCost {
			s.CostMicros = r.CostMicros
		}
	}
	return s, s.Status != "" && r.UUID != "" && r.Sequence > 0 && r.Segments > 0
}

// swap applies a receipt to a row that is as expected, without reading it: it
// compares and sets. False where the row is anything else, and nothing was
// changed.
func (t *txn) swap(a receipt.Attempt, r message.Receipt) (bool, error) {
	before, ok := expected(r)
	if !ok {
		return false, nil
	}
	after, changed := message.Merge(before, r)
	if !changed || after.UUID != before.UUID {
		return false, nil
	}
	run, err := t.runOf(a.ID)
	if err != nil || run == "" {
		return false, err
	}
	n, err := t.exec(swapState, string(after.Status), after.Sequence, after.ErrorCode, after.Segments, after.CostMicros, after.Network,
		a.ID, a.Number, string(before.Status), before.Sequence, before.UUID, before.Segments, before.CostMicros, before.Network)
	if err != nil || n == 0 {
		return false, err
	}
	t.move(run, row{State: before}.figures(), row{State: after}.figures())
	return true, nil
}

// runOf gives the run of a campaign's message by the key in its id; empty for
// other messages.
func (t *txn) runOf(id string) (string, error) {
	key, ok := message.KeyOf(id)
	if !ok {
		return "", nil
	}
	if run, ok := t.w.runs[key]; ok {
		return run, nil
	}
	var run string
	err := t.row(selectRunOfKey, []any{key}, &run)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if len(t.w.runs) >= mostKeys {
		clear(t.w.runs)
	}
	t.w.runs[key] = run
	return run, nil
}
