package main

import (
	"bytes"
	"context"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"tidings/internal/failpoint"
)

// shared is the binary and the template of this package's tests; TestMain removes them.
var shared = sync.OnceValues(func() (*rig, error) {
	dir, err := os.MkdirTemp("", "torture-test")
	if err != nil {
		return nil, err
	}
	return newRig(context.Background(), dir)
})

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if !testing.Short() {
		if r, err := shared(); err == nil {
			os.RemoveAll(r.dir)
		}
	}
	os.Exit(code)
}

// testRig is the shared one, with a folder of this test for its rounds.
func testRig(t *testing.T) *rig {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: it builds the program and kills it for a minute; plain go test and CI run it")
	}
	r, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	mine := *r
	mine.dir = t.TempDir()
	return &mine
}

// deal gives each point to one of four rounds, and the spool's and the last step of a run to rounds of their own. What happens once
// for each campaign or file comes first: a life that goes by without it would leave none.
func deal() []plan {
	first := []failpoint.Point{
		failpoint.ImportWritten, failpoint.ImportCommitted, failpoint.LaunchWritten, failpoint.LaunchCommitted,
		failpoint.PlanBegun, failpoint.PlanRead, failpoint.ChunkWritten, failpoint.ChunkCommitted,
	}
	rest := slices.DeleteFunc(failpoint.Points(), func(p failpoint.Point) bool {
		return p == failpoint.FinishWritten || spools(p) || slices.Contains(first, p)
	})
	var dealt [4]each
	for i, p := range append(first, rest...) {
		e := &dealt[i%len(dealt)]
		e.patience = 1500 * time.Millisecond
		e.points = append(e.points, p)
	}
	plans := []plan{
		&each{
			points:   []failpoint.Point{failpoint.SpoolKept, failpoint.SpoolApplied, failpoint.SpoolDropped},
			patience: 8 * time.Second, then: &storm{},
		},
		&sweep{point: failpoint.FinishWritten},
	}
	for i := range dealt {
		dealt[i].then = &storm{rng: rand.New(rand.NewPCG(1, uint64(i))), left: 5}
		plans = append(plans, &dealt[i])
	}
	return plans
}

// The short form of the proof: every step once, and twenty random kills.
func TestNothingIsLostOrSentTwiceWhereverItIsKilled(t *testing.T) {
	t.Parallel()
	r := testRig(t)
	plans := deal()
	var out bytes.Buffer
	total := playAll(t.Context(), r, options{
		kills: 1000, seed: 1, parallel: 2, only: -1, out: &out,
		planned: func(i int) plan { return plans[i] }, rounds: len(plans), locked: func(i int) bool { return i == 0 },
	})
	for _, v := range total.violations {
		t.Error(v)
	}
	for _, p := range failpoint.Points() {
		if total.kills[string(p)] == 0 {
			t.Errorf("nothing was killed at %s", p)
		}
	}
	t.Logf("%d kills, %d lives, %d texts in %v\n%s", total.killed(), total.lives, total.texted, total.took, out.String())
}

// Nothing can be switched on in what is released: the names of the steps are not even there.
func TestAnOrdinaryBuildHasNoFailpoints(t *testing.T) {
	t.Parallel()
	r := testRig(t)
	plain := filepath.Join(t.TempDir(), "plain")
	if err := build(t.Context(), plain, ""); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]bool{r.binary: true, plain: false} {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{failpoint.Variable, "failpoint: ", string(failpoint.MarkCommitted), string(failpoint.SettleWritten)} {
			if got := bytes.Contains(raw, []byte(name)); got != want {
				t.Errorf("%q in %s: %v, want %v", name, filepath.Base(file), got, want)
			}
		}
	}
}

// A seed is a plan: the same kills in the same order.
func TestASeedRepeatsItsPlan(t *testing.T) {
	t.Parallel()
	lives := func(seed uint64, round int) []life {
		p := planOf(seed, round)
		var all []life
		for range 30 {
			all = append(all, p.next(true))
		}
		return all
	}
	first := len(failpoint.Points())
	if !slices.Equal(lives(7, first), lives(7, first)) {
		t.Error("one seed gave two plans")
	}
	if slices.Equal(lives(7, first), lives(8, first)) || slices.Equal(lives(7, first), lives(7, first+1)) {
		t.Error("another seed or round gave the same plan")
	}
}

// A point that is not met in one life is tried in the next, and not for ever.
func TestAPointThatIsNotMetIsTriedAgain(t *testing.T) {
	t.Parallel()
	e := &each{points: []failpoint.Point{failpoint.PlanRead, failpoint.FeedRead}, then: &storm{}}
	var got []string
	for _, ended := range []bool{false, false, true, false, false, false, false} {
		got = append(got, e.next(ended).failpoint)
	}
	want := []string{"plan.read:1", "plan.read:1", "feed.read:1", "feed.read:1", "feed.read:1", "feed.read:1", ""}
	if !slices.Equal(got, want) {
		t.Errorf("tried %q, want %q", got, want)
	}
}
