// Stoprace lets a STOP and a text to the same person meet, many times, and shows
// that no request begins after a STOP was acknowledged.
//
//	go run ./internal/test/stoprace -pairs 200000 -seed 1
//
// The whole app runs on disk with every commit flushed: planner, dispatcher,
// gate, writer, Plivo client, front door. A campaign goes out over real
// connections, each of which notes the moment just before the first byte of a
// request; signed STOPs come in over real HTTP about when the text of that
// person leaves, and the moment just before their 200 is noted in the same
// order. The exit code is 0 if no request began after its STOP's 200, nobody was
// texted twice, everybody is suppressed, and 99 of 100 STOPs were in force and
// answered within 50 ms, unless the machine is too busy to tell. README.md has what a long run gave.
package main

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"tidings/internal/test/apptest"
)

// goal is what a STOP may take from the webhook to its answer, which is after
// its commit, in 99 of 100 cases while a campaign is sending.
const goal = 50 * time.Millisecond

// usual is how many STOPs are on their way at once. Each comes back as soon as
// it is answered, so that is some hundreds a second.
const usual = 4

func main() {
	n := flag.Int("pairs", 200000, "how many texts and STOPs")
	webhooks := flag.Int("webhooks", usual, "how many STOPs are on their way at once")
	seed := flag.Uint64("seed", 1, "chooses which comes first")
	flag.Parse()
	if !report(*n, *webhooks, *seed) {
		os.Exit(1)
	}
}

func asItIs(r http.RoundTripper) http.RoundTripper { return r }

// report races in worlds of a few thousand pairs, as there are no more numbers
// that are kept for examples.
func report(n, webhooks int, seed uint64) bool {
	began := time.Now()
	var total result
	well := true
	for left := n; left > 0; seed++ {
		var r result
		if failed := apptest.Perform(func(t testing.TB) { r = race(t, min(left, most), webhooks, seed, asItIs) }); len(failed) > 0 {
			well = false
			fmt.Printf("seed %d: %s\n", seed, strings.Join(failed, "\n  "))
			if r.Pairs == 0 {
				break
			}
		}
		left -= r.Pairs
		total.add(r)
		fmt.Printf("%7d: %v, %s\n", total.Pairs, r, time.Since(began).Round(time.Second))
	}
	fmt.Printf("all: %v\n", total)
	if total.P99() > goal {
		fmt.Printf("99 of 100 took more than the goal of %v", goal)
		if total.busy() {
			fmt.Print("; but the machine is too busy to tell")
		} else {
			well = false
		}
		fmt.Println()
	}
	return well && total.Late == 0 && total.Again == 0
}

// busy says that an answer without any work took too much of the goal for it to
// be measured.
func (r result) busy() bool { return quantile(r.bare, 99) > goal/10 }
