package store

import (
	"context"
	"errors"
	"time"
)

// writableWithin is how long a question whether rows can be written waits: as long as a webhook does.
const writableWithin = 2 * time.Second

// ErrStuck says that rows cannot be written.
var ErrStuck = errors.New("the database takes no writes: another program holds its lock, or the disk does not answer. " +
	"End the other program, or look at the disk; webhooks are kept meanwhile")

// Writable asks the writer for a commit that changes nothing: ErrStuck where it
// does not get the database's lock in time. The disk is not asked.
func (s *Store) Writable(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, writableWithin)
	defer cancel()
	err := s.writer.await(ctx, 0, func(*txn) error { return nil })
	if errors.Is(err, context.DeadlineExceeded) || isPassing(err) {
		return ErrStuck
	}
	return err
}
