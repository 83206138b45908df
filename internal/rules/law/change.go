package law

import (
	"cmp"
	"slices"
)

// Changes is what an installation says of its own. What it leaves empty stays as
// built in, so a new edition of the built-in rows reaches it.
type Changes struct {
	Profile              string // empty: Strict
	ClosingMarginMinutes int    // negative: as built in
	Rows                 []Change
}

// Change edits one row, or with a Date one day of a place. A place that has no row
// gets one; its empty hours are those of the row for any other country.
type Change struct {
	Place      string
	Date       string // empty: the row itself
	Name       string
	Weekdays   string
	Saturday   string
	Sunday     string
	Holidays   string // with a Date: the windows of that day; empty means none
	Cap        int    // 0: as built in; negative: none
	Emergency  bool
	Source     string
	As         string // of which date the source is
	Confidence string
	Note       string
}

// Apply gives data with the changes. Compile says whether it can be evaluated.
func (d Data) Apply(c Changes) Data {
	d.Profile = cmp.Or(c.Profile, d.Profile)
	if c.ClosingMarginMinutes >= 0 {
		d.ClosingMarginMinutes = c.ClosingMarginMinutes
	}
	d.Rows, d.Days = slices.Clone(d.Rows), slices.Clone(d.Days)
	changes := slices.Clone(c.Rows)
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Date, b.Date))
	})
	for _, change := range changes {
		if change.Date != "" {
			d.Days = append(d.Days, Day{
				Place: change.Place, Date: change.Date, Hours: cmp.Or(change.Holidays, "-"), Name: change.Name, Source: change.Source,
			})
			// A day of a state without a row needs a row to stand in.
			if !slices.ContainsFunc(d.Rows, func(r Row) bool { return r.Place == change.Place }) {
				d.Rows = append(d.Rows, d.blank(change.Place))
			}
			continue
		}
		i := slices.IndexFunc(d.Rows, func(r Row) bool { return r.Place == change.Place })
		if i < 0 {
			i = len(d.Rows)
			d.Rows = append(d.Rows, d.blank(change.Place))
		}
		d.Rows[i] = change.edit(d.Rows[i])
	}
	return d
}

// blank is a row that a place has before anything is said of it: a state allows
// whatever its country does, a country what the row for any other does.
func (d Data) blank(place string) Row {
	parent := Anywhere
	if len(place) > 2 {
		parent = place[:2]
	}
	for _, r := range d.Rows {
		if r.Place == parent {
			return Row{Place: place, Name: place, Weekdays: r.Weekdays, Saturday: r.Saturday, Sunday: r.Sunday,
				Source: "the installation", Confidence: "low", Edited: true}
		}
	}
	return Row{Place: place, Name: place, Weekdays: "-", Saturday: "-", Sunday: "-", Source: "the installation", Edited: true}
}

func (c Change) edit(r Row) Row {
	hours := c.Weekdays != "" || c.Saturday != "" || c.Sunday != "" || c.Holidays != ""
	if hours {
		r.Consented = nil // who states the hours states them for everybody
	}
	r.Name = cmp.Or(c.Name, r.Name)
	r.Weekdays, r.Saturday, r.Sunday = cmp.Or(c.Weekdays, r.Weekdays), cmp.Or(c.Saturday, r.Saturday), cmp.Or(c.Sunday, r.Sunday)
	r.Holidays = cmp.Or(c.Holidays, r.Holidays)
	if c.Cap != 0 {
		r.Cap = max(c.Cap, 0)
	}
	r.Emergency = c.Emergency
	if c.Source != "" && c.Source != r.Source {
		r.Date, r.Confidence = "", "low" // those were of another source
	}
	r.Source, r.Date = cmp.Or(c.Source, r.Source), cmp.Or(c.As, r.Date)
	r.Confidence, r.Note = cmp.Or(c.Confidence, r.Confidence), cmp.Or(c.Note, r.Note)
	r.Edited = true
	return r
}
