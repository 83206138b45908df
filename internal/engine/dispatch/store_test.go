package dispatch_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"tidings/internal/engine/dispatch"
	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
)

const cursorFormat = "2006-01-02 15:04:05.000Z"

// errDisk is what a fakeStore answers when it was told to fail.
var errDisk = errors.New("disk full")

// row is one message of a fakeStore.
type row struct {
	dispatch.Candidate
	due     time.Time
	status  message.Status
	reason  message.Reason
	code    string
	attempt int
}

func (r *row) cursor() dispatch.Cursor {
	return dispatch.Cursor{DueAt: r.due.UTC().Format(cursorFormat), ID: r.ID}
}

// run is one run of a fakeStore.
type run struct {
	dispatch.Run
	org    string
	status message.RunStatus
	reason string
}

// fakeStore keeps rows in memory and moves them by the same conditions as the
// real one.
type fakeStore struct {
	mu         sync.Mutex
	senders    []dispatch.Sender
	dailyCap   map[string]int
	used       map[string]int
	runs       map[string]*run
	rows       map[string]*row
	pages      map[[2]string][]*row // by run and sender, in the order of (due, id)
	unsorted   map[[2]string]bool
	suppressed map[string]eligible.Suppression
	unmarked   map[string]string // statuses other than "subscribed", by number
	sendUntil  string
	commit     time.Duration // how long a mark takes
	slowEvery  int           // each so-manieth takes five times as long; 0: none does
	reading    time.Duration // how long a page of a run takes
	pausing    time.Duration // how long a pause takes
	unreadable int           // how many pages of runs are still to fail
	failing    int           // how many marks are still to fail

	calls    map[string]int
	largest  int               // candidates of one mark
	waiting  map[[2]string]int // rows that were read and not yet marked
	mostWait int               // of one run
	settled  []dispatch.Settlement
}

func newStore() *fakeStore {
	return &fakeStore{
		dailyCap: map[string]int{}, used: map[string]int{}, runs: map[string]*run{}, rows: map[string]*row{},
		pages: map[[2]string][]*row{}, unsorted: map[[2]string]bool{}, suppressed: map[string]eligible.Suppression{},
		unmarked: map[string]string{}, calls: map[string]int{}, waiting: map[[2]string]int{}, commit: 2 * time.Millisecond,
	}
}

// sender adds an enabled sender.
func (s *fakeStore) sender(id string, perSecond float64) {
	s.senders = append(s.senders, dispatch.Sender{ID: id, Number: "+12125550199", RatePerSecond: perSecond, LeftToday: -1})
}

// run adds a run of n rows that are due.
func (s *fakeStore) run(id, sender string, n int, due time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.runs[id] = &run{Run: dispatch.Run{ID: id, Sender: sender, Text: "text of " + id}, org: "org of " + sender, status: message.RunSending}
	for i := range n {
		s.add(&row{due: due, status: message.Queued, Candidate: dispatch.Candidate{
			ID: fmt.Sprintf("%s-%06d", id, i), Run: id, Sender: sender, Org: "org of " + sender, Number: number(i)}})
	}
}

// single adds one message without a run.
func (s *fakeStore) single(id, sender string, kind message.Kind, due time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(&row{due: due, status: message.Queued, Candidate: dispatch.Candidate{
		ID: id, Sender: sender, Org: "org of " + sender, Number: number(7), Kind: kind, Body: "answer"}})
}

func number(i int) string { return fmt.Sprintf("+12125550%03d", 100+i%100) }

func page(r *row) [2]string {
	if r.Run != "" {
		return [2]string{r.Run, ""}
	}
	return [2]string{"", r.Sender}
}

func (s *fakeStore) add(r *row) {
	s.rows[r.ID] = r
	s.pages[page(r)] = append(s.pages[page(r)], r)
	s.unsorted[page(r)] = true
}

func (s *fakeStore) Work(context.Context, time.Time) (dispatch.Work, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls["Work"]++
	var w dispatch.Work
	for _, sender := range s.senders {
		if limit := s.dailyCap[sender.ID]; limit > 0 {
			sender.LeftToday = max(0, limit-s.used[sender.ID])
		}
		w.Senders = append(w.Senders, sender)
	}
	for _, r := range s.runs {
		if r.status.Feeds() {
			w.Runs = append(w.Runs, r.Run)
		}
	}
	slices.SortFunc(w.Runs, func(a, b dispatch.Run) int { return cmp.Compare(a.ID, b.ID) })
	return w, nil
}

func compare(a, b dispatch.Cursor) int {
	return cmp.Or(cmp.Compare(a.DueAt, b.DueAt), cmp.Compare(a.ID, b.ID))
}

func (s *fakeStore) Due(_ context.Context, q dispatch.DueQuery) ([]dispatch.Candidate, error) {
	if q.Run != "" {
		wait(s.reading)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls["Due"]++
	if s.unreadable > 0 && q.Run != "" {
		s.unreadable--
		return nil, errDisk
	}
	key := [2]string{q.Run, ""}
	if q.Run == "" {
		key = [2]string{"", q.Sender}
	}
	rows := s.pages[key]
	if s.unsorted[key] {
		slices.SortFunc(rows, func(a, b *row) int { return compare(a.cursor(), b.cursor()) })
		s.unsorted[key] = false
	}
	first, _ := slices.BinarySearchFunc(rows, q.After, func(r *row, c dispatch.Cursor) int {
		if compare(r.cursor(), c) <= 0 {
			return -1
		}
		return 1
	})
	var due []dispatch.Candidate
	for _, r := range rows[first:] {
		if len(due) == q.Limit || r.due.After(q.Until) {
			break
		}
		if r.status == message.Queued {
			c := r.Candidate
			c.Cursor = r.cursor()
			due = append(due, c)
		}
	}
	s.waiting[key] += len(due)
	s.mostWait = max(s.mostWait, s.waiting[key])
	return due, nil
}

// unread makes the next pages of runs fail.
func (s *fakeStore) unread(pages int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unreadable = pages
}

func (s *fakeStore) Mark(_ context.Context, m dispatch.MarkRequest) ([]dispatch.Marked, error) {
	s.mu.Lock()
	s.calls["Mark"]++
	commit := s.commit
	if s.slowEvery > 0 && s.calls["Mark"]%s.slowEvery == 0 {
		commit *= 5
	}
	s.mu.Unlock()
	wait(commit)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.largest = max(s.largest, len(m.Candidates))
	if s.failing > 0 {
		s.failing--
		return nil, errDisk
	}
	marked := make([]dispatch.Marked, len(m.Candidates))
	for i, c := range m.Candidates {
		r := s.rows[c.ID]
		s.waiting[page(r)]--
		marked[i].Decision = m.Judge(s.facts(c, r))
		if r.status != message.Queued {
			marked[i].Action = dispatch.Leave
			continue
		}
		switch marked[i].Action {
		case dispatch.Go:
			r.status = message.Sending
			r.attempt++
			marked[i].Attempt = r.attempt
			s.used[c.Sender]++
		case dispatch.Skip:
			r.status, r.reason = message.Skipped, marked[i].Reason
		case dispatch.Defer:
			s.move(r, marked[i].Next)
		}
	}
	return marked, nil
}

func (s *fakeStore) facts(c dispatch.Candidate, r *row) dispatch.Facts {
	f := dispatch.Facts{Candidate: c, RunFeeds: true, Status: cmp.Or(s.unmarked[c.Number], "subscribed"),
		Suppression: s.suppressed[c.Number], DueAt: r.due, SendUntil: s.sendUntil}
	if c.Run != "" {
		f.RunFeeds = s.runs[c.Run].status.Feeds()
	}
	return f
}

func (s *fakeStore) move(r *row, due time.Time) {
	r.due = due.Truncate(time.Millisecond)
	s.unsorted[page(r)] = true
}

func (s *fakeStore) Settle(o dispatch.Settlement) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.rows[o.ID]
	s.settled = append(s.settled, o)
	if r.status != message.Sending || r.attempt != o.Attempt {
		return fmt.Errorf("row %s is %s, attempt %d; settled was attempt %d", o.ID, r.status, r.attempt, o.Attempt)
	}
	switch o.Reply.Outcome {
	case dispatch.Accepted:
		r.status = message.Accepted
	case dispatch.Rejected:
		r.status, r.code = message.Failed, o.Reply.Code
	case dispatch.Unknown:
		r.status = message.Unknown
	default:
		r.status = message.Queued
		s.move(r, o.RetryAt)
	}
	return nil
}

func (s *fakeStore) Rest(_ context.Context, runs []string, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls["Rest"]++
	for _, id := range runs {
		due, queued := 0, 0
		for _, r := range s.pages[[2]string{id, ""}] {
			if r.status == message.Queued {
				queued++
				if !r.due.After(now) {
					due++
				}
			}
		}
		if due == 0 && queued > 0 && s.runs[id].status == message.RunSending {
			s.runs[id].status = message.RunWaiting
		}
	}
	return nil
}

func (s *fakeStore) Pause(_ context.Context, id, reason string) error {
	wait(s.pausing)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls["Pause"]++
	s.runs[id].status, s.runs[id].reason = message.RunPaused, reason
	return nil
}

func (s *fakeStore) Recover(context.Context) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls["Recover"]++
	n := 0
	for _, r := range s.rows {
		if r.status == message.Sending {
			r.status = message.Unknown
			n++
		}
	}
	return n, nil
}

// steer sets a run's status as a person would.
func (s *fakeStore) steer(id string, to message.RunStatus) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.runs[id].status = to
}

// stop suppresses a number, as the commit of a STOP does.
func (s *fakeStore) stop(number string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.suppressed[number] = eligible.OptedOut
	for _, r := range s.rows {
		if r.Number == number && r.status == message.Queued && !r.Kind.Transactional() {
			r.status, r.reason = message.Skipped, message.OptedOut
		}
	}
}

// states counts rows by what they are.
func (s *fakeStore) states() map[message.Status]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := make(map[message.Status]int)
	for _, r := range s.rows {
		n[r.status]++
	}
	return n
}

// sending are the numbers whose rows are being sent.
func (s *fakeStore) sending() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var numbers []string
	for _, r := range s.rows {
		if r.status == message.Sending {
			numbers = append(numbers, r.Number)
		}
	}
	return numbers
}

func (s *fakeStore) called() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := make(map[string]int)
	for name, calls := range s.calls {
		n[name] = calls
	}
	return n
}

// row gives a copy of one row.
func (s *fakeStore) row(id string) row {
	s.mu.Lock()
	defer s.mu.Unlock()
	return *s.rows[id]
}

func wait(d time.Duration) {
	if d > 0 {
		<-time.After(d)
	}
}
