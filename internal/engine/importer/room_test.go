package importer

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestAnImportWaitsWhileTheDiskIsNearlyFull(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		var full atomic.Bool
		m := newMemory()
		i := newImporter(t, m, dir)
		i.chunk = 10
		i.Halted = func() string {
			if full.Load() {
				return "only 256 MB are free"
			}
			return ""
		}
		m.fail = func(call int) error {
			if call == 2 {
				full.Store(true) // by this very commit
			}
			return nil
		}
		u, err := i.Receive(strings.NewReader(people(60)))
		if err != nil {
			t.Fatal(err)
		}
		id, err := i.Queue(t.Context(), u, order)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		go i.Run(ctx)
		standing := func() Import {
			synctest.Wait()
			m.mu.Lock()
			defer m.mu.Unlock()
			return *m.imports[id]
		}
		time.Sleep(48 * time.Hour)
		if im := standing(); im.Status != Running || im.Done != 20 {
			t.Errorf("on a full disk it went on to %d, %s", im.Done, im.Status)
		}
		full.Store(false)
		time.Sleep(time.Minute)
		if im := standing(); im.Status != Finished || im.Done != 60 {
			t.Errorf("with room again it stands at %d, %s", im.Done, im.Status)
		}
		cancel()
		synctest.Wait()
	})
}
