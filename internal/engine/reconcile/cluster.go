package reconcile

import (
	"cmp"
	"slices"
	"time"
)

// longest bounds a cluster: the pages of a longer stretch would cost more than
// they save.
const longest = 10 * time.Minute

// cluster is doubts of one sender that lie so close together that one look at
// the list covers them all.
type cluster struct{ doubts []Doubt }

// clusters joins doubts of one sender whose windows overlap.
func clusters(doubts []Doubt) []cluster {
	doubts = slices.Clone(doubts)
	slices.SortStableFunc(doubts, func(a, b Doubt) int {
		return cmp.Or(cmp.Compare(a.Org, b.Org), cmp.Compare(a.SenderNumber, b.SenderNumber),
			cmp.Compare(a.PowerpackUUID, b.PowerpackUUID), a.At.Compare(b.At))
	})
	var all []cluster
	for _, d := range doubts {
		if n := len(all); n > 0 && all[n-1].takes(d) {
			all[n-1].doubts = append(all[n-1].doubts, d)
			continue
		}
		all = append(all, cluster{[]Doubt{d}})
	}
	return all
}

func (c cluster) takes(d Doubt) bool {
	first, last := c.doubts[0], c.doubts[len(c.doubts)-1]
	return first.Org == d.Org && first.Source == d.Source && d.At.Sub(last.At) <= 2*window && d.At.Sub(first.At) <= longest
}

func (c cluster) since() time.Time { return c.doubts[0].At.Add(-window) }

// until is just after the last moment that belongs to it.
func (c cluster) until() time.Time {
	return c.doubts[len(c.doubts)-1].At.Add(window + time.Microsecond)
}

func (c cluster) byNumber() map[string][]Doubt {
	by := make(map[string][]Doubt)
	for _, d := range c.doubts {
		by[d.Number] = append(by[d.Number], d)
	}
	return by
}
