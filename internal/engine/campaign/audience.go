package campaign

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"tidings/internal/engine/stride"
	"tidings/internal/rules/compose"
	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
	"tidings/internal/rules/sms"
)

// stretch is how many people are looked at a time, at most. 500 rows are one
// commit of some five milliseconds; where they take longer, planning takes fewer.
const stretch = 500

// The provider's own codes for texts that it would refuse.
const (
	codeBlank   = "10"  // there is no text
	codeTooLong = "110" // too many segments
)

// target decides for people of one audience: the text each gets, when, or why
// not. Estimate, launch and planning ask the same target, so they agree.
type target struct {
	text     *compose.Template
	plain    string // the text without merge fields
	measure  sms.Measure
	isPlain  bool
	brand    string
	rules    *eligible.Book
	own      eligible.Own
	expires  time.Time
	at       time.Time
	key      string         // run key of the rows; empty for an estimate
	earlier  []string       // run keys whose people are left out
	stride   *stride.Stride // people of a stretch; nil: as many as there may be
	audience Audience
}

// verdict is what a target decides for one person.
type verdict struct {
	person  Person
	text    string
	measure sms.Measure
	asked   eligible.Question
	eligible.Verdict
}

// blank reports whether nothing is left of the text once it is filled in.
func (v verdict) blank() bool { return strings.TrimSpace(v.text) == "" }

func newTarget(s Snapshot, org string, rules *eligible.Book, at time.Time) (*target, error) {
	text, err := compose.Parse(s.Text)
	if err != nil {
		return nil, err
	}
	t := &target{
		text: text, brand: s.Brand, expires: s.ExpiresAt, at: at,
		rules: cmp.Or(rules, eligible.Default()), own: eligible.Own{From: s.SendFrom, Until: s.SendUntil, Cap: s.FrequencyCap},
		earlier:  s.EarlierKeys,
		audience: Audience{Org: org, Lists: s.Lists, Segment: s.Segment, OwnPages: slices.Contains(text.Fields(), ownPage)},
	}
	if t.plain, t.isPlain = text.Plain(); t.isPlain {
		t.measure = sms.Count(t.plain)
	}
	t.audience.Unnamed = t.isPlain
	return t, nil
}

// next reads the next stretch and decides for it. The last stretch is shorter
// than the others.
func (t *target) next(ctx context.Context, store Store, audience People) (people []verdict, cursor string, last bool, err error) {
	most := stretch
	if t.stride != nil {
		most = t.stride.Rows()
	}
	page, err := audience.Next(ctx, most)
	if err != nil {
		return nil, "", false, err
	}
	last = len(page) < most
	if len(page) > 0 {
		t.audience.After = page[len(page)-1].Number
	}
	reached, err := t.reached(ctx, store, page)
	if err != nil {
		return nil, "", false, err
	}
	people = make([]verdict, 0, len(page))
	for _, p := range page {
		if !reached[p.Number] {
			people = append(people, t.decide(p))
		}
	}
	return people, t.audience.After, last, nil
}

// reached finds those who were texted by an earlier run, by number: deleting
// and making a subscriber again changes nothing.
func (t *target) reached(ctx context.Context, store Store, page []Person) (map[string]bool, error) {
	if len(t.earlier) == 0 || len(page) == 0 {
		return nil, nil
	}
	numbers := make(map[string]string, len(page)*len(t.earlier))
	ids := make([]string, 0, len(page)*len(t.earlier))
	for _, p := range page {
		for _, key := range t.earlier {
			id, err := message.RunID(key, p.Number)
			if err != nil {
				return nil, fmt.Errorf("a stored number has no message id: %w", err)
			}
			numbers[id] = p.Number
			ids = append(ids, id)
		}
	}
	found, err := store.Reached(ctx, ids)
	if err != nil {
		return nil, err
	}
	reached := make(map[string]bool, len(found))
	for id := range found {
		reached[numbers[id]] = true
	}
	return reached, nil
}

func (t *target) decide(p Person) verdict {
	v := verdict{person: p, text: t.plain, measure: t.measure}
	if !t.isPlain {
		v.text = t.text.Render(fields(p, t.brand))
		v.measure = sms.Count(v.text)
	}
	v.asked = eligible.Question{
		Kind:        message.Campaign,
		Status:      p.Status,
		Suppression: p.Suppression,
		Where:       t.rules.Where(eligible.Person{Number: p.Number, Timezone: p.Timezone, State: p.State}, t.own),
		At:          t.at,
		Expires:     t.expires,
	}
	v.Verdict = eligible.Judge(v.asked)
	return v
}

// capped decides again for those whose number may have had its texts of the day. Only
// an estimate asks: the last look before a text leaves counts anew.
func (t *target) capped(ctx context.Context, store Store, people []verdict) error {
	var numbers []string
	for _, v := range people {
		if v.Reason == "" && v.asked.Where.Limit() > 0 {
			numbers = append(numbers, v.person.Number)
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	texts, err := store.Recent(ctx, t.audience.Org, numbers, t.at)
	if err != nil || len(texts) == 0 {
		return err
	}
	for i := range people {
		v := &people[i]
		if v.Reason != "" {
			continue
		}
		for _, at := range texts[v.person.Number] {
			if at.After(v.Next.Add(-24 * time.Hour)) { // of a sleeper's texts some are old by the morning
				v.asked.Recent++
			}
		}
		if v.asked.Recent > 0 {
			v.Verdict = eligible.Judge(v.asked)
		}
	}
	return nil
}

// row turns a verdict into the row that is queued or skipped.
func (t *target) row(v verdict) (Row, error) {
	id, err := message.RunID(t.key, v.person.Number)
	if err != nil {
		return Row{}, err
	}
	r := Row{
		ID: id, Subscriber: v.person.ID, Number: v.person.Number,
		Encoding: v.measure.Encoding, Segments: v.measure.Segments,
		Status: message.Queued, DueAt: v.Next,
	}
	if !t.isPlain {
		r.Body = v.text
	}
	switch {
	case v.Reason != "":
		r.Status, r.Reason, r.DueAt, r.Basis = message.Skipped, v.Reason, v.asked.At, v.asked.Basis()
	// Send refuses such texts; a name that changed since is the only way here. A
	// row without a body would get the run's text, braces and all.
	case v.blank():
		r.Status, r.ErrorCode = message.Failed, codeBlank
	case sms.TooLong(v.measure):
		r.Status, r.ErrorCode = message.Failed, codeTooLong
	}
	return r, nil
}

// ownPage is the merge field for the address of a person's own page.
const ownPage = "preferencesUrl"

// fields are the merge fields of one person.
func fields(p Person, brand string) map[string]string {
	m := map[string]string{
		"firstName": p.FirstName, "lastName": p.LastName, "phoneNumber": p.Number,
		"language": p.Language, "state": p.State, "brand": brand, ownPage: p.OwnPage,
	}
	var attributes map[string]any
	if json.Unmarshal([]byte(p.Attributes), &attributes) == nil {
		for name, value := range attributes {
			switch value := value.(type) {
			case string:
				m["attributes."+name] = value
			case float64, bool:
				m["attributes."+name] = fmt.Sprint(value)
			}
		}
	}
	return m
}
