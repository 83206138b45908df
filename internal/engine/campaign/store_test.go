package campaign_test

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"tidings/internal/engine/campaign"
	"tidings/internal/rules/message"
	"tidings/internal/rules/price"
)

// now is a Tuesday, 11:00 in New York and 08:00 in Los Angeles.
var now = time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)

var errDisk = errors.New("disk full")

// fakeRun is a run of a fakeStore.
type fakeRun struct {
	campaign.Run
	status  message.RunStatus
	planned bool
	sendAt  time.Time
	reason  string
}

// fakeStore keeps one campaign's world in memory, with the conditions of the
// real one.
type fakeStore struct {
	mu        sync.Mutex
	campaigns map[string]campaign.Campaign
	people    []campaign.Person
	lists     map[string][]string // by person
	runs      []*fakeRun
	rows      map[string]campaign.Row
	singles   []campaign.Single
	texts     map[string][]time.Time // by number
	lastKey   string
	failing   map[string]int // by method: how many calls are still to fail
	broken    string         // a segment that cannot be read
	halfWay   bool           // Plan writes the rows, then fails before it moves on
	slow      time.Duration  // that Plan takes for each row
	stretches []int          // rows of each Plan
	calls     map[string]int
	beginning func() // called when a run is about to start
}

func newStore(people ...campaign.Person) *fakeStore {
	s := &fakeStore{
		campaigns: map[string]campaign.Campaign{"c": valid()},
		rows:      map[string]campaign.Row{}, lists: map[string][]string{}, failing: map[string]int{}, calls: map[string]int{},
	}
	s.add(people...)
	return s
}

// valid is a campaign that lacks nothing.
func valid() campaign.Campaign {
	return campaign.Campaign{ID: "c", Org: "o", Name: "Spring", Text: "Sale today", Sender: "s", SenderEnabled: true, RatePerSecond: 1, Everyone: true, Brand: "Acme"}
}

func (s *fakeStore) add(people ...campaign.Person) {
	s.people = append(s.people, people...)
	slices.SortFunc(s.people, func(a, b campaign.Person) int { return cmp.Compare(a.ID, b.ID) })
}

// edit changes the campaign.
func (s *fakeStore) edit(change func(*campaign.Campaign)) {
	c := s.campaigns["c"]
	change(&c)
	s.campaigns["c"] = c
}

func (s *fakeStore) fails(method string) error {
	s.calls[method]++
	if s.failing[method] > 0 {
		s.failing[method]--
		return errDisk
	}
	return nil
}

func (s *fakeStore) Campaign(_ context.Context, id string) (campaign.Campaign, error) {
	c, ok := s.campaigns[id]
	if !ok {
		return c, campaign.ErrNotFound
	}
	return c, nil
}

// fakePeople reads an audience of a fakeStore.
type fakePeople struct {
	*fakeStore
	campaign.Audience
}

func (s *fakeStore) People(a campaign.Audience) campaign.People { return &fakePeople{s, a} }

func (*fakePeople) Close() error { return nil }

func (s *fakePeople) Next(_ context.Context, most int) ([]campaign.Person, error) {
	a := s.Audience
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.fails("People"); err != nil {
		return nil, err
	}
	if a.Segment != "" && a.Segment == s.broken {
		return nil, errors.New("the segment's filter cannot be read")
	}
	var page []campaign.Person
	for _, p := range slices.SortedFunc(slices.Values(s.people), func(a, b campaign.Person) int { return cmp.Compare(a.Number, b.Number) }) {
		wanted := len(a.Lists) == 0 || slices.ContainsFunc(a.Lists, func(l string) bool { return slices.Contains(s.lists[p.ID], l) })
		if p.Number > a.After && wanted && len(page) < most {
			if a.Unnamed {
				p.FirstName, p.LastName, p.Language, p.Attributes = "", "", "", ""
			}
			page = append(page, p)
			s.After = p.Number
		}
	}
	return page, nil
}

func (s *fakeStore) Keys(_ context.Context, of string) (keys []string, newest string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range slices.Backward(s.runs) {
		if r.Campaign == of {
			keys = append(keys, r.Key)
			newest = cmp.Or(newest, r.ID)
		}
	}
	return keys, newest, nil
}

func (s *fakeStore) Recent(_ context.Context, _ string, numbers []string, at time.Time) (map[string][]time.Time, error) {
	recent := make(map[string][]time.Time)
	for _, n := range numbers {
		for _, sent := range s.texts[n] {
			if sent.After(at.Add(-24 * time.Hour)) {
				recent[n] = append(recent[n], sent)
			}
		}
	}
	return recent, s.fails("Recent")
}

func (s *fakeStore) Reached(_ context.Context, ids []string) (map[string]bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	reached := make(map[string]bool)
	canceled := make(map[string]bool)
	for _, r := range s.runs {
		canceled[r.Key] = r.status == message.RunCanceled
	}
	for _, id := range ids {
		r, ok := s.rows[id]
		if left := r.Status == message.Queued && canceled[id[:5]]; ok && !left && r.Status != message.Skipped {
			reached[id] = true
		}
	}
	return reached, nil
}

func (s *fakeStore) Start(_ context.Context, l campaign.Launch, at time.Time) (campaign.Launched, error) {
	if s.beginning != nil {
		s.beginning()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range slices.Backward(s.runs) {
		if r.Campaign == l.Campaign.ID && (!l.NewOnly || !r.status.Ended()) {
			return campaign.Launched{}, &campaign.AlreadySent{RunID: r.ID}
		}
	}
	key, err := message.NextKey(s.lastKey)
	if err != nil {
		return campaign.Launched{}, err
	}
	s.lastKey = key
	r := &fakeRun{Run: campaign.Run{ID: "run" + key, Key: key, Campaign: l.Campaign.ID, Org: l.Campaign.Org, Snapshot: l.Snapshot},
		status: message.RunQueued, sendAt: l.SendAt}
	if l.SendAt.After(at) {
		r.status = message.RunScheduled
	}
	s.runs = append(s.runs, r)
	return campaign.Launched{RunID: r.ID, CampaignID: r.Campaign, Status: r.status, EstimatedRecipients: l.Recipients}, nil
}

func (s *fakeStore) Plannable(_ context.Context, now time.Time) ([]campaign.Run, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.fails("Plannable"); err != nil {
		return nil, err
	}
	var runs []campaign.Run
	for _, r := range s.runs {
		if r.status == message.RunScheduled && !r.sendAt.After(now) {
			r.status = message.RunQueued
		}
		if r.status == message.RunQueued && !r.planned {
			runs = append(runs, r.Run)
		}
	}
	return runs, nil
}

func (s *fakeStore) Plan(_ context.Context, c campaign.Chunk) (bool, error) {
	if s.slow > 0 {
		<-time.After(time.Duration(len(c.Rows)) * s.slow)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.fails("Plan"); err != nil {
		return false, err
	}
	r := s.run(c.Run.ID)
	if r.status != message.RunQueued || r.Cursor != c.Run.Cursor {
		return false, nil
	}
	s.stretches = append(s.stretches, len(c.Rows))
	for _, row := range c.Rows {
		if _, there := s.rows[row.ID]; !there {
			s.rows[row.ID] = row
		}
	}
	if s.halfWay {
		s.halfWay = false
		return false, errDisk
	}
	r.Cursor = c.Cursor
	if c.Last {
		r.planned, r.status = true, message.RunSending
	}
	return true, nil
}

func (s *fakeStore) Sweep(context.Context) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.fails("Sweep"); err != nil {
		return false, err
	}
	for _, r := range s.runs {
		if r.status != message.RunCanceled {
			continue
		}
		for _, id := range slices.Sorted(maps.Keys(s.rows)) { // one row is a stretch
			if row := s.rows[id]; id[:5] == r.Key && row.Status == message.Queued {
				row.Status, row.Reason = message.Skipped, message.Canceled
				s.rows[id] = row
				return true, nil
			}
		}
	}
	return false, nil
}

func (s *fakeStore) Single(_ context.Context, m campaign.Single) error {
	s.singles = append(s.singles, m)
	return nil
}

func (s *fakeStore) Standing(_ context.Context, _, number string) (campaign.Person, error) {
	for _, p := range s.people {
		if p.Number == number {
			return p, nil
		}
	}
	return campaign.Person{}, nil
}

func (s *fakeStore) Pause(_ context.Context, id, reason string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.run(id)
	r.status, r.reason = message.RunPaused, reason
	return nil
}

func (s *fakeStore) Steer(_ context.Context, id string, to message.RunStatus, _ time.Time) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.fails("Steer"); err != nil {
		return false, err
	}
	r := s.run(id)
	if r.status.Ended() || to == message.RunSending && r.status != message.RunPaused {
		return false, nil
	}
	r.status = to
	return true, nil
}

func (s *fakeStore) run(id string) *fakeRun {
	for _, r := range s.runs {
		if r.ID == id {
			return r
		}
	}
	panic("no run " + id)
}

// rowsOf gives the rows of one run by number.
func (s *fakeStore) rowsOf(id string) map[string]campaign.Row {
	s.mu.Lock()
	defer s.mu.Unlock()
	rows := make(map[string]campaign.Row)
	for key, row := range s.rows {
		if key[:5] == s.run(id).Key {
			rows[row.Number] = row
		}
	}
	return rows
}

// plan runs a planner until so many runs are planned.
func (s *fakeStore) plan(t interface{ Helper() }, runs int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	planned := func() {
		if runs--; runs == 0 {
			cancel()
		}
	}
	campaign.NewPlanner(s, func() time.Time { return now }, planned, slog.New(slog.DiscardHandler)).Run(ctx)
}

// prices are a dollar for ten segments at home; abroad it is dearer.
type prices struct{}

func (prices) Rate(_ context.Context, country string) price.Rate {
	if country == "US" {
		return price.Rate{Micros: 5000, SurchargeMicros: 3000, Currency: "USD"}
	}
	return price.Rate{Micros: 40_000, Currency: "USD"}
}

// use makes the use case over a store, and counts how often it said that
// something changed.
func use(_ *testing.T, s *fakeStore) (*campaign.Campaigns, *int) {
	changed := new(int)
	return campaign.New(s, prices{}, func() time.Time { return now }, func() { *changed++ }), changed
}

func person(id, number, status string) campaign.Person {
	return campaign.Person{ID: id, Number: number, Status: status}
}
