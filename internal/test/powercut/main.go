// Powercut shows that nothing is lost and nobody texted twice when the power
// goes at any moment.
//
//	go run ./internal/test/powercut -cuts 200 -seed 1
//
// Each cut is a world of its own: the whole app sends a campaign to the
// simulator, with signed callbacks, STOPs and people's requests coming in, on a
// disk that records every write (package disk). The power goes after a write, a
// flush or an answer that chance chooses; the files are put back as such a disk
// could have kept them; the app starts on them, people press Send again, the
// simulator goes on as Plivo would; and in the end the invariants are checked,
// and that everything answered 2xx before the cut is there. The exit code is 0
// if no cut broke a promise. README.md has what a long run gave.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"tidings/internal/test/apptest"
)

func main() {
	cuts := flag.Int("cuts", 200, "how many times the power goes")
	seed := flag.Uint64("seed", 1, "chooses the moments and what the disk keeps")
	weak := flag.Bool("weak", false, "let commits be forgetful (synchronous=NORMAL), to see that the checks can fail")
	flag.Parse()
	if !report(*cuts, *seed, *weak) {
		os.Exit(1)
	}
}

// report makes the cuts and prints what they came to.
func report(cuts int, seed uint64, weak bool) bool {
	began := time.Now()
	var total result
	broken := 0
	for i := range cuts {
		s := seed + uint64(i)
		var r result
		failed := apptest.Perform(func(t testing.TB) { r = cut(t, s, fuse(s), weak) })
		total.requests += r.requests
		total.promises += r.promises
		total.answers += r.answers
		total.doubtful += r.doubtful
		total.entries += r.at
		if bad := append(r.violations, failed...); len(bad) > 0 {
			broken++
			fmt.Printf("cut %d (seed %d, %s, after %d of %d entries):\n  %s\n", i+1, s, fuse(s), r.at, r.entries, strings.Join(bad, "\n  "))
		}
		if (i+1)%20 == 0 || i+1 == cuts {
			fmt.Printf("%d cuts, %d broke a promise, %s\n", i+1, broken, time.Since(began).Round(time.Second))
		}
	}
	fmt.Printf("before the cuts: %d writes and notes recorded, %d requests at the provider, %d webhooks and requests of people answered 2xx; "+
		"%d rows in doubt at the next start\n", total.entries, total.requests, total.answers, total.doubtful)
	return broken == 0
}
