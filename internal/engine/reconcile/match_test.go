package reconcile

import (
	"testing"
	"time"
)

var at = time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)

const (
	person  = "+16465550111"
	ourName = "+12125550100"
)

func doubt() Doubt {
	return Doubt{ID: "a", Attempt: 1, Number: person, Source: Source{SenderNumber: ourName}, Segments: 2, At: at}
}

func text(change ...func(*Text)) Text {
	t := Text{UUID: "one", From: "12125550100", To: "16465550111", Segments: 2, At: at.Add(time.Second)}
	for _, f := range change {
		f(&t)
	}
	return t
}

func TestOnlyWhatNobodyElseCanBeIsBound(t *testing.T) {
	t.Parallel()
	self := Sibling{ID: "a", Attempt: 1, Source: Source{SenderNumber: ourName}, At: at, Open: true}
	other := func(change func(*Sibling)) Sibling {
		s := Sibling{ID: "b", Attempt: 1, Source: Source{SenderNumber: ourName}, At: at.Add(time.Minute), Open: true}
		change(&s)
		return s
	}
	pool := func(d *Doubt) { d.Source = Source{PowerpackUUID: "pool"} }
	tests := map[string]struct {
		doubt    func(*Doubt)
		texts    []Text
		siblings []Sibling
		want     bool
	}{
		"one text":               {texts: []Text{text()}, want: true},
		"none":                   {},
		"two texts":              {texts: []Text{text(), text(func(t *Text) { t.UUID = "two" })}},
		"two, one of them known": {texts: []Text{text(), text(func(t *Text) { t.UUID = "two" })}, siblings: []Sibling{other(func(s *Sibling) { s.UUID, s.Open = "two", false })}, want: true},
		"the text is another's":  {texts: []Text{text()}, siblings: []Sibling{other(func(s *Sibling) { s.UUID, s.Open = "one", false })}},
		"to somebody else":       {texts: []Text{text(func(t *Text) { t.To = "16465550112" })}},
		"to a masked number":     {texts: []Text{text(func(t *Text) { t.To = "1646555XXXX" })}},
		"from somebody else":     {texts: []Text{text(func(t *Text) { t.From = "12125550109" })}},
		"of another size":        {texts: []Text{text(func(t *Text) { t.Segments = 1 })}},
		"of a size not told":     {texts: []Text{text(func(t *Text) { t.Segments = 0 })}, want: true},
		"at the edge":            {texts: []Text{text(func(t *Text) { t.At = at.Add(-window) })}, want: true},
		"too early":              {texts: []Text{text(func(t *Text) { t.At = at.Add(-window - time.Microsecond) })}},
		"too late":               {texts: []Text{text(func(t *Text) { t.At = at.Add(window + time.Microsecond) })}},
		"another open attempt":   {texts: []Text{text()}, siblings: []Sibling{other(func(*Sibling) {})}},
		"an open attempt of another size is one too":      {texts: []Text{text()}, siblings: []Sibling{other(func(s *Sibling) { s.At = at })}},
		"an open attempt long ago":                        {texts: []Text{text()}, siblings: []Sibling{other(func(s *Sibling) { s.At = at.Add(-time.Hour) })}, want: true},
		"an open attempt from another sender":             {texts: []Text{text()}, siblings: []Sibling{other(func(s *Sibling) { s.SenderNumber = "+12125550109" })}, want: true},
		"an open attempt from a sender that is gone":      {texts: []Text{text()}, siblings: []Sibling{other(func(s *Sibling) { s.Source = Source{} })}},
		"an attempt that certainly did not leave":         {texts: []Text{text()}, siblings: []Sibling{other(func(s *Sibling) { s.Open = false })}, want: true},
		"an earlier attempt of the same row":              {texts: []Text{text()}, siblings: []Sibling{other(func(s *Sibling) { s.ID, s.Attempt = "a", 0 })}},
		"our sender is gone":                              {doubt: func(d *Doubt) { d.Source = Source{} }, texts: []Text{text()}},
		"from a member of the pool":                       {doubt: pool, texts: []Text{text(func(t *Text) { t.From, t.PowerpackUUID = "12125550177", "pool" })}, want: true},
		"from a member of another pool":                   {doubt: pool, texts: []Text{text(func(t *Text) { t.PowerpackUUID = "puddle" })}},
		"from a number of no pool, and we send by a pool": {doubt: pool, texts: []Text{text()}},
		"a name as the sender":                            {doubt: func(d *Doubt) { d.SenderNumber = "Bakery" }, texts: []Text{text(func(t *Text) { t.From = "BAKERY" })}, want: true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := doubt()
			if tt.doubt != nil {
				tt.doubt(&d)
			}
			siblings := append([]Sibling{self}, tt.siblings...)
			found := candidates(d, tt.texts, siblings)
			if got := len(found) == 1 && sole(d, found[0], siblings); got != tt.want {
				t.Errorf("bound: %v, want %v (candidates %+v)", got, tt.want, found)
			}
		})
	}
}

func TestDistancesGrowAndEnd(t *testing.T) {
	t.Parallel()
	d, now := doubt(), at.Add(firstAsk)
	for d.Asks = 0; ; d.Asks++ {
		again := next(d, now)
		if again.IsZero() {
			break
		}
		if gap, age := again.Sub(now), now.Sub(at); gap < age {
			t.Fatalf("question %d comes %s after an age of %s", d.Asks+2, gap, age)
		}
		now = again
	}
	if age := now.Sub(at); d.Asks != mostAsks-1 || age < 2*24*time.Hour || age > keptFor {
		t.Errorf("%d questions, the last at an age of %s", d.Asks+1, age)
	}
}
