package hooks

import (
	"errors"

	"tidings/internal/store"
)

// errEnded is what a process says that came second, once the first is gone. It does not take over by
// itself: what it has read of rules, settings and schema is from before the first ended, and a restart
// reads all of it anew before anything is sent.
var errEnded = errors.New("the tidings process that sent from this data folder has ended; restart this one, so that it sends")

// whyIdle is why this process sends nothing, as it is now; nil where it sends.
func (eng *engine) whyIdle() error {
	if errors.Is(eng.idle, store.ErrLocked) && !eng.store.Locked() {
		return errEnded
	}
	return eng.idle
}
