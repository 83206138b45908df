package store

import (
	"errors"
	"syscall"
	"time"

	"modernc.org/sqlite"
)

// Codes of SQLite that say something of the moment and nothing of the operation
// (sqlite.org/rescode.html).
const (
	codeBusy   = 5
	codeLocked = 6
	codeIO     = 10
	codeFull   = 13
)

func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// isFull reports whether the disk has no room.
func isFull(err error) bool { return code(err) == codeFull || errors.Is(err, syscall.ENOSPC) }

// isPassing reports whether an error is of the moment: another process holds the
// lock, the disk is full or does not answer.
func isPassing(err error) bool {
	switch code(err) {
	case codeBusy, codeLocked, codeIO, codeFull:
		return true
	}
	return isFull(err)
}

// IsPassing reports whether an error of a write says nothing of what was to be
// written: the moment was bad, or the process ends.
func IsPassing(err error) bool {
	return isPassing(err) || errors.Is(err, ErrFull) || errors.Is(err, ErrClosed)
}

// settleAgain is the pause before what nobody waits for is tried again.
const settleAgain = 250 * time.Millisecond

// finish tells the outcome of an operation. What nobody waits for would be lost
// with an error of the moment (a settlement: its row would stay in sending), so
// it is kept and tried again.
func (w *writer) finish(op operation, err error) {
	if op.patient && isPassing(err) && !w.ending() {
		w.kept = append(w.kept, op)
		return
	}
	op.done(err)
}

func (w *writer) ending() bool {
	select {
	case <-w.quit:
		return true
	default:
		return false
	}
}

// resume starts a batch with what was kept, after a pause or with the next
// operation. It is empty where nothing was kept.
func (w *writer) resume(batch []operation) []operation {
	if len(w.kept) == 0 {
		return batch
	}
	batch = append(batch, w.kept...)
	w.kept = w.kept[:0]
	pause := time.NewTimer(settleAgain)
	defer pause.Stop()
	select {
	case <-pause.C:
	case op := <-w.queue:
		batch = append(batch, op)
	case <-w.quit:
	}
	return batch
}
