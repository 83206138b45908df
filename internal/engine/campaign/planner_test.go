package campaign_test

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tidings/internal/engine/campaign"
	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
)

// crowd draws people of different numbers, places, names and standing.
func crowd(t *rapid.T, prefix string, most int) []campaign.Person {
	areas := []string{"212", "415", "312", "808", "850", "800", "876"}
	taken := rapid.SliceOfNDistinct(rapid.IntRange(0, len(areas)*100-1), 0, most, rapid.ID).Draw(t, "numbers")
	people := make([]campaign.Person, len(taken))
	for i, n := range taken {
		people[i] = campaign.Person{
			ID: fmt.Sprintf("%s%04d", prefix, i), Number: fmt.Sprintf("+1%s55501%02d", areas[n/100], n%100),
			FirstName:   rapid.SampledFrom([]string{"Ana", "Zoë ❤", strings.Repeat("long ", 20)}).Draw(t, "name"),
			Status:      rapid.SampledFrom([]string{"subscribed", "subscribed", "subscribed", "new", "pending", "unsubscribed", "invalid"}).Draw(t, "status"),
			Suppression: rapid.SampledFrom([]eligible.Suppression{"", "", "", eligible.OptedOut, eligible.Manual, eligible.Invalid}).Draw(t, "suppression"),
			Timezone:    rapid.SampledFrom([]string{"", "", "America/Denver", "Pacific/Auckland", "Nowhere/Land"}).Draw(t, "zone"),
		}
	}
	return people
}

// sums is what an estimate and the planned rows must agree on.
type sums struct {
	Recipients int
	Excluded   map[message.Reason]int
	Segments   int64
	First      time.Time
}

func sumsOf(rows map[string]campaign.Row) sums {
	s := sums{Excluded: map[message.Reason]int{}}
	for _, r := range rows {
		if r.Status != message.Queued {
			s.Excluded[r.Reason]++
			continue
		}
		s.Recipients++
		s.Segments += int64(r.Segments)
		if s.First.IsZero() || r.DueAt.Before(s.First) {
			s.First = r.DueAt
		}
	}
	return s
}

func TestTheEstimateIsWhatPlanningWrites(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		s := newStore(crowd(rt, "a", 40)...)
		s.edit(func(c *campaign.Campaign) {
			c.Text = rapid.SampledFrom([]string{"Sale today", "Hi {{firstName|there}}, sale at {{brand}}"}).Draw(rt, "text")
			c.SendUntil = rapid.SampledFrom([]string{"", "11:30", "20:00"}).Draw(rt, "until")
			c.ExpiresAt = rapid.SampledFrom([]time.Time{{}, now.Add(3 * time.Hour)}).Draw(rt, "expires")
		})
		use, _ := use(t, s)
		estimate, err := use.Estimate(t.Context(), campaign.Order{Campaign: "c"})
		if err != nil {
			rt.Fatal(err)
		}
		launched, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
		if err != nil {
			if estimate.Recipients > 0 {
				rt.Fatal(err)
			}
			return
		}
		s.plan(t, 1)
		rows := s.rowsOf(launched.RunID)
		want := sums{estimate.Recipients, estimate.Excluded, estimate.Segments, estimate.FirstSendAt}
		if diff := cmp.Diff(want, sumsOf(rows)); diff != "" || len(rows) != len(s.people) || launched.EstimatedRecipients != want.Recipients {
			rt.Fatalf("%d rows for %d people; the estimate said (-), planned is (+):\n%s", len(rows), len(s.people), diff)
		}
		for _, r := range rows {
			if plain := s.campaigns["c"].Text == "Sale today"; (r.Body == "") != plain {
				rt.Fatalf("the body of %s is %q", r.ID, r.Body)
			}
		}

		// Some were reached; later new people come and a run goes to those only.
		for id, r := range s.rows {
			if r.Status != message.Queued {
				continue
			}
			if r.Status = message.Delivered; rapid.Bool().Draw(rt, "canceled") {
				r.Status, r.Reason = message.Skipped, message.Canceled
			}
			s.rows[id] = r
		}
		s.run(launched.RunID).status = message.RunFinished
		people := map[string]bool{}
		for _, p := range s.people {
			people[p.Number] = true
		}
		for _, p := range crowd(rt, "b", 20) {
			if !people[p.Number] {
				s.add(p)
			}
		}
		second, err := use.Send(t.Context(), campaign.Order{Campaign: "c", NewOnly: true})
		if err != nil {
			return // nobody new may be texted
		}
		s.plan(t, 1)
		again := s.rowsOf(second.RunID)
		reached := 0
		for number, r := range s.rowsOf(launched.RunID) {
			_, twice := again[number]
			if r.Status != message.Skipped {
				reached++
			}
			if twice != (r.Status == message.Skipped) {
				rt.Fatalf("%s is %s in the first run; in the second: %v", number, r.Status, twice)
			}
		}
		if got := sumsOf(again).Recipients; got != second.EstimatedRecipients || len(again) != len(s.people)-reached {
			rt.Fatalf("%d recipients in %d rows, estimated were %d", got, len(again), second.EstimatedRecipients)
		}
	})
}

// many makes so many people who may all be texted.
func many(n int) []campaign.Person {
	people := make([]campaign.Person, n)
	for i := range people {
		people[i] = person(fmt.Sprintf("p%05d", i), fmt.Sprintf("+1%d55501%02d", 201+i/100, i%100), "subscribed")
		people[i].Timezone = "America/New_York"
	}
	return people
}

func TestALargeAudienceIsPlannedInStretchesWhateverFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStore(many(1234)...)
		use, _ := use(t, s)
		launched, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
		if err != nil {
			t.Fatal(err)
		}
		s.failing = map[string]int{"Plannable": 2, "People": 3, "Plan": 3, "Sweep": 2}
		s.halfWay = true
		started := time.Now()
		s.plan(t, 1)
		if took := time.Since(started); took < 8*5*time.Second || took > 2*time.Minute {
			t.Errorf("eleven failures took %v; each is to be tried again after five seconds", took)
		}
		rows := s.rowsOf(launched.RunID)
		if got := sumsOf(rows); got.Recipients != 1234 || len(rows) != 1234 {
			t.Errorf("%d of 1234 people have a row, %d are queued", len(rows), got.Recipients)
		}
		if s.run(launched.RunID).Cursor != "+12135550133" {
			t.Errorf("planning ended at %q", s.run(launched.RunID).Cursor)
		}
	})
}

func TestAnAudienceThatEndsWithAStretchIsPlannedWhole(t *testing.T) {
	t.Parallel()
	s := newStore(many(1000)...)
	use, _ := use(t, s)
	launched, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
	if err != nil {
		t.Fatal(err)
	}
	s.plan(t, 1)
	if n := len(s.rowsOf(launched.RunID)); n != 1000 || !s.run(launched.RunID).planned {
		t.Errorf("%d of 1000 people were planned", n)
	}
}

func TestPlanningAStretchTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStore(many(700)...)
		use, _ := use(t, s)
		launched, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
		if err != nil {
			t.Fatal(err)
		}
		s.plan(t, 1)
		once := maps.Clone(s.rows)
		r := s.run(launched.RunID) // as if a crash had lost the place
		r.Cursor, r.planned, r.status = "", false, message.RunQueued
		s.plan(t, 1)
		if diff := cmp.Diff(once, s.rows); diff != "" {
			t.Error(diff)
		}
	})
}

func TestARunThatAnOlderVersionBeganIsPlannedWhole(t *testing.T) {
	t.Parallel()
	s := newStore(many(700)...)
	use, _ := use(t, s)
	launched, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
	if err != nil {
		t.Fatal(err)
	}
	s.run(launched.RunID).Cursor = "p00499" // it walked by ids
	s.plan(t, 1)
	if n := len(s.rowsOf(launched.RunID)); n != 700 {
		t.Errorf("%d of 700 people were planned", n)
	}
}

func TestARunThatIsPausedWhileItIsPlannedStopsThere(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStore(many(3000)...)
		use, _ := use(t, s)
		launched, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
		if err != nil {
			t.Fatal(err)
		}
		s.failing = map[string]int{"Plan": 1} // it rests after its first stretch was read
		ctx, cancel := context.WithCancel(context.Background())
		p := campaign.NewPlanner(s, func() time.Time { return now }, func() {}, slog.New(slog.DiscardHandler))
		ended := make(chan struct{})
		go func() { defer close(ended); p.Run(ctx) }()
		synctest.Wait()
		if err := use.Pause(t.Context(), launched.RunID); err != nil {
			t.Fatal(err)
		}
		<-time.After(time.Minute)
		if n := len(s.rowsOf(launched.RunID)); n != 0 {
			t.Errorf("%d people were planned after the pause", n)
		}
		if err := use.Resume(t.Context(), launched.RunID); err != nil {
			t.Fatal(err)
		}
		s.mu.Lock()
		s.run(launched.RunID).status = message.RunQueued // as the store does with a run that is not planned
		s.mu.Unlock()
		p.Nudge()
		synctest.Wait()
		cancel()
		<-ended
		if n := len(s.rowsOf(launched.RunID)); n != 3000 {
			t.Errorf("after the resume %d of 3000 people are planned", n)
		}
	})
}

func TestARunThatCannotBePlannedDoesNotHoldUpTheOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStore(many(1200)...)
		use, _ := use(t, s)
		s.edit(func(c *campaign.Campaign) { c.Segment = "broken" })
		bad, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
		if err != nil {
			t.Fatal(err)
		}
		s.broken = "broken" // since then
		other := valid()
		other.ID = "d"
		s.campaigns["d"] = other
		good, err := use.Send(t.Context(), campaign.Order{Campaign: "d"})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		p := campaign.NewPlanner(s, func() time.Time { return now }, func() {}, slog.New(slog.DiscardHandler))
		ended := make(chan struct{})
		go func() { defer close(ended); p.Run(ctx) }()
		synctest.Wait()
		if !s.run(good.RunID).planned || s.run(bad.RunID).planned {
			t.Error("a run that cannot be read held up another")
		}
		tries := s.calls["People"]
		for range 600 { // others nudge ten times a second
			<-time.After(100 * time.Millisecond)
			p.Nudge()
		}
		synctest.Wait()
		if n := s.calls["People"] - tries; n < 11 || n > 13 {
			t.Errorf("it was tried %d times in a minute, want every five seconds", n)
		}
		s.mu.Lock()
		s.broken = ""
		s.mu.Unlock()
		<-time.After(6 * time.Second)
		cancel()
		<-ended
		if n := len(s.rowsOf(bad.RunID)); n != 1200 {
			t.Errorf("once it could be read, %d of 1200 people were planned", n)
		}
	})
}

func TestATextThatGrewSinceSendFailsForThatPersonAlone(t *testing.T) {
	t.Parallel()
	s := newStore(person("a", ana, "subscribed"), person("b", ben, "subscribed"), person("c", "+14155550188", "subscribed"))
	for i := range s.people {
		s.people[i].FirstName = "Ana"
	}
	s.edit(func(c *campaign.Campaign) { c.Text = "{{firstName}}" + strings.Repeat("{{lastName}}", 20) })
	use, _ := use(t, s)
	launched, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
	if err != nil {
		t.Fatal(err)
	}
	s.people[1].FirstName = ""
	s.people[2].LastName = strings.Repeat("x", 100)
	s.plan(t, 1)
	rows := s.rowsOf(launched.RunID)
	for number, want := range map[string]campaign.Row{
		ana:            {Status: message.Queued},
		ben:            {Status: message.Failed, ErrorCode: "10"}, // an empty body would mean the run's text, braces and all
		"+14155550188": {Status: message.Failed, ErrorCode: "110"},
	} {
		if got := rows[number]; got.Status != want.Status || got.ErrorCode != want.ErrorCode {
			t.Errorf("%s is %s with code %q, want %s with %q", number, got.Status, got.ErrorCode, want.Status, want.ErrorCode)
		}
	}
}

func TestASnapshotThatCannotBeReadPausesItsRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStore(person("a", ana, "subscribed"))
		use, _ := use(t, s)
		launched, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
		if err != nil {
			t.Fatal(err)
		}
		s.run(launched.RunID).Snapshot.Text = "{{"
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		campaign.NewPlanner(s, func() time.Time { return now }, func() {}, slog.New(slog.DiscardHandler)).Run(ctx)
		if r := s.run(launched.RunID); r.status != message.RunPaused || !strings.Contains(r.reason, "cannot be read") {
			t.Errorf("the run is %s because %q", r.status, r.reason)
		}
		if s.calls["Plannable"] > 3 {
			t.Errorf("an idle planner looked %d times in a minute without a nudge", s.calls["Plannable"])
		}
	})
}

func TestWhomACanceledRunLeftTheNextOneReaches(t *testing.T) {
	t.Parallel()
	s := newStore(many(20)...)
	use, _ := use(t, s)
	first, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
	if err != nil {
		t.Fatal(err)
	}
	s.plan(t, 1)
	reached := 0
	for id, r := range s.rows {
		if reached < 5 {
			reached++
			r.Status = message.Delivered
			s.rows[id] = r
		}
	}
	// The next run starts while the sweep has hardly begun: a new person makes
	// its Send possible.
	s.run(first.RunID).status = message.RunCanceled
	s.add(person("q", ana, "subscribed"))
	second, err := use.Send(t.Context(), campaign.Order{Campaign: "c", NewOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	s.plan(t, 1)
	if n := sumsOf(s.rowsOf(second.RunID)).Recipients; n != 16 {
		t.Errorf("the second run has %d recipients, want the 15 whom the canceled one left and the new one", n)
	}
}

// Two people press Send for new people at the same moment. The first one's run
// begins and ends before the second one's is made, so no unique index refuses
// it; still nobody is texted twice.
func TestARunThatBeganAndEndedMeanwhileIsLeftOutToo(t *testing.T) {
	t.Parallel()
	s := newStore(many(3)...)
	use, _ := use(t, s)
	send := func() campaign.Launched {
		launched, err := use.Send(t.Context(), campaign.Order{Campaign: "c", NewOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		return launched
	}
	var meanwhile campaign.Launched
	s.beginning = func() {
		s.beginning = nil
		meanwhile = send()
		s.plan(t, 1)
		s.run(meanwhile.RunID).status = message.RunFinished
	}
	late := send()
	s.plan(t, 1)
	if n := len(s.rowsOf(meanwhile.RunID)); n != 3 {
		t.Fatalf("the run meanwhile has %d rows, want 3", n)
	}
	if n := len(s.rowsOf(late.RunID)); n != 0 {
		t.Errorf("%d people would be texted twice", n)
	}
}

func TestAScheduledRunIsPlannedAtItsTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStore(person("a", ana, "subscribed"))
		s.edit(func(c *campaign.Campaign) { c.SendAt = now.Add(time.Hour) })
		use, _ := use(t, s)
		launched, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
		if err != nil {
			t.Fatal(err)
		}
		started := time.Now()
		clock := func() time.Time { return now.Add(time.Since(started)) }
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Hour)
		defer cancel()
		var plannedAt time.Time
		p := campaign.NewPlanner(s, clock, func() { plannedAt = clock() }, slog.New(slog.DiscardHandler))
		ticks := make(chan struct{})
		go func() {
			defer close(ticks)
			for ctx.Err() == nil {
				<-time.After(time.Second)
				p.Nudge()
			}
		}()
		p.Run(ctx)
		<-ticks
		if late := plannedAt.Sub(now.Add(time.Hour)); late < 0 || late > time.Second {
			t.Errorf("planned %v after its time", late)
		}
		if row := s.rowsOf(launched.RunID)[ana]; row.DueAt.Before(now.Add(time.Hour)) {
			t.Errorf("due at %v, before its time", row.DueAt)
		}
	})
}

func TestSlowCommitsMakeStretchesShorter(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStore(many(3000)...)
		s.slow = 200 * time.Microsecond // many stretches are decided before the first is written
		use, _ := use(t, s)
		launched, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
		if err != nil {
			t.Fatal(err)
		}
		s.plan(t, 1)
		if n := len(s.rowsOf(launched.RunID)); n != 3000 {
			t.Errorf("%d of 3000 people were planned", n)
		}
		if n := slices.Min(s.stretches[:len(s.stretches)-1]); n > 60 {
			t.Errorf("stretches of %v people: at 0.2 ms a row none is short enough for 10 ms", s.stretches)
		}
		if n := slices.Max(s.stretches[5:]); n > 80 {
			t.Errorf("stretches of %v people: what was decided before the first was written is not cut", s.stretches)
		}
	})
}

// One run alone is planned without a pause, and another that comes does not wait for its end.
func TestARunThatComesLaterHasItsTurnWhileAnotherIsPlanned(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStore(many(3000)...)
		s.slow = 3 * time.Millisecond
		use, _ := use(t, s)
		first, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		p := campaign.NewPlanner(s, func() time.Time { return now }, func() {}, slog.New(slog.DiscardHandler))
		ended := make(chan struct{})
		go func() { defer close(ended); p.Run(ctx) }()
		<-time.After(3 * time.Second)
		s.mu.Lock()
		if n := s.calls["Plannable"]; n != 1 {
			t.Errorf("with one run and no nudge it looked for others %d times", n)
		}
		other := valid()
		other.ID = "d"
		s.campaigns["d"] = other
		s.mu.Unlock()
		second, err := use.Send(t.Context(), campaign.Order{Campaign: "d"})
		if err != nil {
			t.Fatal(err)
		}
		p.Nudge()
		<-time.After(3 * time.Second)
		if a, b := len(s.rowsOf(first.RunID)), len(s.rowsOf(second.RunID)); a == 3000 || b < 100 {
			t.Errorf("three seconds after the second came the runs have %d and %d rows", a, b)
		}
		<-time.After(time.Minute)
		cancel()
		<-ended
		if a, b := len(s.rowsOf(first.RunID)), len(s.rowsOf(second.RunID)); a != 3000 || b != 3000 {
			t.Errorf("in the end the runs have %d and %d rows", a, b)
		}
	})
}
