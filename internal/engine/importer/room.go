package importer

import (
	"context"
	"time"
)

// roomEvery is how often an import that waits for room on the disk looks again.
const roomEvery = time.Second

// room waits while the disk is nearly full: what is left of it is for STOPs and
// receipts.
func (i *Importer) room(ctx context.Context) error {
	if i.Halted == nil || i.Halted() == "" {
		return ctx.Err()
	}
	i.Log.Warn("an import waits for room on the disk", "reason", i.Halted())
	look := time.NewTicker(roomEvery)
	defer look.Stop()
	for i.Halted() != "" {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-look.C:
		}
	}
	return ctx.Err()
}
