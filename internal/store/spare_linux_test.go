package store

import (
	"syscall"
	"testing"

	"modernc.org/libc"
	"modernc.org/libc/sys/types"
)

// Memory that was just asked for costs a page fault when it is first written to.
// Nothing runs beside this test, so that the faults of the process are its own; the
// race detector has a few besides.
func TestWhatAStatementAllocatesIsSpare(t *testing.T) {
	const times = 200
	tls := libc.NewTLS()
	defer tls.Close()
	for _, size := range []types.Size_t{64, 512, 1024, 2048, 4096} {
		statements := func() (faults int64) {
			var before, after syscall.Rusage
			if err := syscall.Getrusage(syscall.RUSAGE_SELF, &before); err != nil {
				t.Fatal(err)
			}
			for range times {
				block := libc.Xmalloc(tls, size)
				libc.Xmemset(tls, block, 1, 1)
				libc.Xfree(tls, block)
			}
			if err := syscall.Getrusage(syscall.RUSAGE_SELF, &after); err != nil {
				t.Fatal(err)
			}
			return after.Minflt - before.Minflt
		}
		// Blocks that live on, until they fill pages and each statement costs a page.
		var living []uintptr
		for statements() < times {
			if len(living) > 2*blocksPage/int(size) {
				t.Fatalf("%d bytes: no number of living blocks makes a statement ask for memory; is the allocator another one now?", size)
			}
			living = append(living, libc.Xmalloc(tls, size))
		}
		s := newSpare()
		s.renew()
		if n := statements(); n > times/2 {
			t.Errorf("%d bytes: %d page faults in %d statements", size, n, times)
		}
		s.renew()
		if n := statements(); n > times/2 {
			t.Errorf("%d bytes: %d page faults in %d statements once it was renewed", size, n, times)
		}
		s.close()
		for _, block := range living {
			libc.Xfree(tls, block)
		}
	}
}
