package dispatch_test

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/gate"
	"tidings/internal/rules/law"
	"tidings/internal/rules/message"
	"tidings/internal/rules/phone"
	"tidings/internal/test/laworacle"
)

// yearStore keeps what waits in the order of its due times, and nothing else.
type yearStore struct {
	mu      sync.Mutex
	waiting []*yearRow
	rows    map[string]*yearRow
	random  *rand.Rand
	skipped int
	retried int // went back because the hours closed between mark and request
}

type yearRow struct {
	dispatch.Candidate
	due     time.Time
	sending bool
	attempt int
}

func (s *yearStore) put(r *yearRow) {
	i, _ := slices.BinarySearchFunc(s.waiting, r, func(a, b *yearRow) int {
		return cmp.Or(a.due.Compare(b.due), cmp.Compare(a.ID, b.ID))
	})
	s.waiting = slices.Insert(s.waiting, i, r)
}

func (s *yearStore) take(r *yearRow) {
	i := slices.Index(s.waiting, r)
	s.waiting = slices.Delete(s.waiting, i, i+1)
}

func (s *yearStore) Work(context.Context, time.Time) (dispatch.Work, error) {
	return dispatch.Work{Senders: []dispatch.Sender{{ID: "s", Number: "+12125550199", LeftToday: -1}},
		Runs: []dispatch.Run{{ID: "year", Sender: "s", Text: "Hello"}}}, nil
}

func (s *yearStore) Due(_ context.Context, q dispatch.DueQuery) ([]dispatch.Candidate, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var due []dispatch.Candidate
	if q.Run == "" {
		return nil, nil
	}
	for _, r := range s.waiting {
		if len(due) == q.Limit || r.due.After(q.Until) {
			break
		}
		c := r.Candidate
		c.Cursor = dispatch.Cursor{DueAt: r.due.Format(cursorFormat), ID: r.ID}
		if cmp.Or(cmp.Compare(c.Cursor.DueAt, q.After.DueAt), cmp.Compare(c.ID, q.After.ID)) > 0 {
			due = append(due, c)
		}
	}
	return due, nil
}

func (s *yearStore) Mark(_ context.Context, m dispatch.MarkRequest) ([]dispatch.Marked, error) {
	s.mu.Lock()
	slow := time.Duration(s.random.IntN(500)) * time.Millisecond
	s.mu.Unlock()
	defer wait(slow) // a commit of up to five minutes, after which the hours may have closed
	s.mu.Lock()
	defer s.mu.Unlock()
	marked := make([]dispatch.Marked, len(m.Candidates))
	for i, c := range m.Candidates {
		r := s.rows[c.ID]
		if r.sending {
			continue // Leave
		}
		marked[i].Decision = m.Judge(dispatch.Facts{Candidate: c, RunFeeds: true, Status: "subscribed", DueAt: r.due})
		switch marked[i].Action {
		case dispatch.Go:
			s.take(r)
			r.sending = true
			r.attempt++
			marked[i].Attempt = r.attempt
		case dispatch.Skip:
			if marked[i].Reason != message.NoWindow {
				return nil, fmt.Errorf("%s is skipped: %s", r.Number, marked[i].Reason)
			}
			s.take(r)
			r.sending = true // it is settled
			s.skipped++
		case dispatch.Defer:
			s.take(r)
			r.due = marked[i].Next
			s.put(r)
		}
	}
	return marked, nil
}

func (s *yearStore) Settle(o dispatch.Settlement) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.rows[o.ID]; o.Reply.Outcome == dispatch.NotSent {
		s.retried++
		r.sending, r.due = false, o.RetryAt
		s.put(r)
	}
	return nil
}

func (s *yearStore) Rest(context.Context, []string, time.Time) error { return nil }
func (s *yearStore) Pause(_ context.Context, _, reason string) error {
	return fmt.Errorf("paused: %s", reason)
}
func (s *yearStore) Recover(context.Context) (int, error) { return 0, nil }

// A year passes: texts become due at all hours for people of every area code and
// every country, and each one that leaves, leaves inside the hours as an oracle of
// its own sees them. A second of the bubble is about ten minutes of legal time, so that the
// hours also close between a mark and its request.
func TestInAYearOfQuietHoursNothingLeavesOutsideOfThem(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("-short: a year takes a second or two; plain go test and CI run it")
	}
	oracle, err := laworacle.Load(law.Strict)
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]laworacle.Place{} // by a number there
	seen := map[string]bool{}
	for code, p := range oracle.Areas {
		if key := fmt.Sprint(p); !seen[key] {
			seen[key] = true
			places["+1"+code+"5550123"] = p
		}
	}
	for country, p := range oracle.Codes {
		if number := anyNumberOf(country); number != "" {
			places[number] = p
		}
	}
	begins := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	const faster, days, every = 597, 365, 5 // no even ten minutes, at which hours close
	random := rand.New(rand.NewPCG(1, 2))
	store := &yearStore{rows: map[string]*yearRow{}, random: random}
	for number := range places {
		for day := 0; day < days; day += every {
			r := &yearRow{due: begins.Add(time.Duration(random.IntN(every*24*3600))*time.Second + time.Duration(day)*24*time.Hour).Truncate(time.Millisecond)}
			r.Candidate = dispatch.Candidate{ID: fmt.Sprintf("%s-%03d", number, day), Run: "year", Org: "o", Sender: "s", Number: number}
			store.rows[r.ID] = r
			store.put(r)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		started := time.Now()
		now := func() time.Time { return begins.Add(time.Since(started) * faster) }
		provider := &fakeProvider{legal: now, latency: 20 * time.Millisecond}
		d := dispatch.New(dispatch.Options{
			Store: store, Provider: provider, Gate: gate.New(), Now: now, Log: slog.New(slog.DiscardHandler),
			Callback: func(id string, attempt int) string { return id + "#" + strconv.Itoa(attempt) },
		})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- d.Run(ctx) }()
		wait((days + 9) * 24 * time.Hour / faster)
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		outside := 0
		for _, r := range provider.seen() {
			if p := places[r.To]; !oracle.Allowed(p, r.legal) {
				if outside++; outside < 5 {
					t.Errorf("a text to %v left at %s", p, r.legal.Format(time.RFC3339))
				}
			}
		}
		sent := len(provider.seen())
		if outside > 0 || len(store.waiting) > 0 || sent+store.skipped != len(store.rows) {
			t.Errorf("of %d texts %d left, %d of them outside the hours; %d had no window, %d still wait", len(store.rows), sent, outside, store.skipped, len(store.waiting))
		}
		if sent < len(store.rows)*9/10 || store.retried == 0 {
			t.Errorf("%d of %d texts left and %d met a closing: the year was not gone through", sent, len(store.rows), store.retried)
		}
		t.Logf("%d places, %d texts, %d left, %d without a window, %d met a closing", len(places), len(store.rows), sent, store.skipped, store.retried)
	})
}

// anyNumberOf finds digits that ring in a country.
func anyNumberOf(country string) string {
	for code := 2; code < 1000; code++ {
		for _, rest := range []string{"51234567", "71234567", "14811234", "15341234", "16241234", "66981234", "79123456", "89162123"} {
			if number := fmt.Sprintf("+%d%s", code, rest); phone.Locate(number).Country == country {
				return number
			}
		}
	}
	return ""
}
