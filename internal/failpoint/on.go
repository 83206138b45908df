//go:build failpoint

package failpoint

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// Enabled tells whether this build can end itself.
const Enabled = true

// plan is where this process ends.
type plan struct {
	at   Point
	left *atomic.Int64
}

// planned reads the plan once.
var planned = sync.OnceValue(func() plan {
	p := plan{left: new(atomic.Int64)}
	name, count, ok := strings.Cut(os.Getenv(Variable), ":")
	if !ok {
		return p
	}
	n, err := strconv.ParseInt(count, 10, 64)
	if err != nil || n < 1 {
		fmt.Fprintf(os.Stderr, "%s is %q; write it like mark.committed:17\n", Variable, os.Getenv(Variable))
		os.Exit(2)
	}
	p.at = Point(name)
	p.left.Store(n)
	return p
})

// Hit ends the process, with nothing flushed and nothing deferred, if the plan says so.
func Hit(p Point) {
	plan := planned()
	if plan.at != p && plan.at != Any || plan.left.Add(-1) != 0 {
		return
	}
	fmt.Fprintf(os.Stderr, "failpoint: %s\n", p)
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(fmt.Sprintf("failpoint: the process cannot end itself: %v", err))
	}
	select {} // the signal is on its way; this step must not be passed
}
