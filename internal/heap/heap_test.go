package heap

import (
	"runtime"
	"runtime/metrics"
	"testing"
	"time"
)

func TestPercent(t *testing.T) {
	t.Parallel()
	const mb = 1 << 20
	for name, c := range map[string]struct {
		live, allocated uint64
		within          time.Duration
		want            int
	}{
		"at rest":                 {8 * mb, 10 * mb, time.Minute, 100},
		"busy, little is alive":   {8 * mb, 8 * mb, 30 * time.Millisecond, 200},
		"busy, hardly anything":   {mb, 4 * mb, 10 * time.Millisecond, 400},
		"busy, much is alive":     {64 * mb, 64 * mb, 100 * time.Millisecond, 100},
		"just not busy":           {8 * mb, 31 * mb, time.Second, 100},
		"nothing is known so far": {0, 8 * mb, time.Millisecond, 100},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := percent(c.live, c.allocated, c.within); got != c.want {
				t.Errorf("percent = %d, want %d", got, c.want)
			}
		})
	}
}

var alive, garbage []byte // on the heap

// gogc is what holds for the process now.
func gogc() uint64 {
	s := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// It changes what holds for the whole process, so nothing runs beside it.
func TestRoomWhileBusyAndNoneAtRest(t *testing.T) {
	t.Setenv("GOGC", "")
	stop := Keep()
	defer stop()
	alive = make([]byte, 6<<20)
	for limit := time.Now().Add(10 * time.Second); gogc() == 100; {
		if time.Now().After(limit) {
			t.Fatal("ten seconds of garbage, and the heap is collected as often as at rest")
		}
		garbage = make([]byte, 64<<10)
	}
	for limit := time.Now().Add(10 * time.Second); gogc() != 100; runtime.GC() {
		if time.Now().After(limit) {
			t.Fatalf("nothing is allocated any more, and GOGC is %d", gogc())
		}
	}
	runtime.KeepAlive(alive)
}

func TestWhoSetsGOGCHasTheLastWord(t *testing.T) {
	t.Setenv("GOGC", "100")
	stop := Keep()
	defer stop()
	for range 1000 {
		garbage = make([]byte, 64<<10)
	}
	runtime.GC()
	if got := gogc(); got != 100 {
		t.Errorf("GOGC is %d", got)
	}
}
