// Package e2e holds scenarios of the whole app.
package e2e

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"tidings/internal/test/apptest"
)

// world is two organisations and everybody who could ask about the first.
type world struct {
	app        *apptest.App
	a, b       string
	principals []principal
	// bystander is a member of the first organisation whose rows are looked at.
	bystander apptest.Person
	stranger  apptest.Person // his counterpart in the second
}

// principal is somebody who asks. org and role are his only membership.
type principal struct {
	name, id, token, org, role string
	super                      bool
}

// header is one way to send X-Org.
type header struct{ name, value string }

func (w *world) headers() []header {
	return []header{{"right", w.a}, {"none", ""}, {"foreign", w.b}}
}

// speaksFor is the organisation that a request is about: the header's, or the only membership's.
func (p principal) speaksFor(h header) string {
	if h.value == "" {
		return p.org
	}
	return h.value
}

// roleIn is the role with which a request reaches rows of org, if any.
func (p principal) roleIn(org string, h header) string {
	if p.org == org && p.speaksFor(h) == org {
		return p.role
	}
	return ""
}

func newWorld(t *testing.T) *world {
	app := apptest.New(t)
	w := &world{app: app, a: app.Org("Acme"), b: app.Org("Borealis")}
	add := func(name string, p apptest.Person, role string) {
		w.principals = append(w.principals, principal{name: name, id: p.ID, token: p.Token, org: p.Org, role: role})
	}
	for _, role := range []string{"viewer", "editor", "owner"} {
		add(role, app.Member(w.a, role), role)
	}
	add("owner of another organisation", app.Member(w.b, "owner"), "owner")
	add("user without organisation", app.User(), "")
	former := app.Member(w.a, "owner")
	if err := app.Delete(app.Record("memberships", former.Membership)); err != nil {
		t.Fatal(err)
	}
	former.Org = ""
	add("ex-member", former, "")
	add("guest", apptest.Person{}, "")
	w.principals = append(w.principals, principal{name: "superuser", token: app.Superuser().Token, super: true})
	w.bystander = app.Member(w.a, "viewer")
	w.stranger = app.Member(w.b, "viewer")
	return w
}

// Who may do a thing; none of them: nobody through the rules, which is answered with 403.
const (
	owners  = "owner"
	editors = "editor"
	nobody  = ""
	self    = "self"
)

func reaches(role, least string) bool {
	rank := map[string]int{"viewer": 1, "editor": 2, "owner": 3}
	return rank[role] >= rank[least] && rank[role] > 0
}

// entry is what the contract says about one collection.
type entry struct {
	// row makes a row that belongs to org and returns its id.
	row func(w *world, org string) string
	// body is a valid create in the first organisation, patch a valid change of its row.
	body  func(w *world) map[string]any
	patch map[string]any
	// who may
	create, update, remove string
	// what a superuser is answered where it is not success
	superCreate, superUpdate, superRemove int
	// visible overrides who sees a row of org; the default is a member who speaks for it.
	visible func(w *world, p principal, h header, org string) bool
	// fixed rows are there once and cannot be made anew, so a delete is tried on them only where it is
	// refused.
	fixed bool
}

func (c entry) sees(w *world, p principal, h header, org string) bool {
	switch {
	case p.super:
		return true
	case c.visible != nil:
		return c.visible(w, p, h, org)
	}
	return p.roleIn(org, h) != ""
}

var serial atomic.Int64

func unique(prefix string) string { return fmt.Sprintf("%s %d", prefix, serial.Add(1)) }

// number makes one of the hundred numbers of an area code that belong to nobody.
func number() string {
	n := serial.Add(1)
	areas := []int{212, 646, 312, 415, 213, 305, 404, 512, 617, 702}
	return fmt.Sprintf("+1%d55501%02d", areas[int(n/100)%len(areas)], n%100)
}

// oneDay is a row of the rules for a day of its own.
func oneDay() map[string]any {
	return map[string]any{"place": "FR", "date": time.Date(2030, 1, int(serial.Add(1)), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)}
}

func inA(w *world, data map[string]any) map[string]any {
	data["org"] = w.a
	return data
}

// saved makes a row through a record.
func saved(collection string, data func(w *world, org string) map[string]any) func(*world, string) string {
	return func(w *world, org string) string {
		d := data(w, org)
		d["org"] = org
		return w.app.Create(collection, d).Id
	}
}

// inserted makes a row as the engine does.
func inserted(collection string, data func(w *world, org string) dbx.Params) func(*world, string) string {
	return func(w *world, org string) string {
		d := data(w, org)
		d["org"] = org
		return w.app.Insert(collection, d)
	}
}

// facts is the entry of a collection that the engine owns.
func facts(row func(*world, string) string) entry {
	return entry{
		row:         row,
		body:        func(w *world) map[string]any { return inA(w, map[string]any{"status": "finished"}) },
		patch:       map[string]any{"status": "finished"},
		superCreate: 403, superUpdate: 403, superRemove: 403,
	}
}

// contract is the table. A collection without an entry fails the test.
var contract = map[string]entry{
	"organizations": {
		row: func(w *world, org string) string { return org }, fixed: true,
		body: func(*world) map[string]any {
			return map[string]any{"name": "New", "slug": fmt.Sprintf("new-%d", serial.Add(1)), "defaultCountry": "US", "timezone": "UTC"}
		},
		patch:  map[string]any{"brand": "Acme"},
		update: owners, superRemove: 400,
		visible: func(w *world, p principal, h header, org string) bool { return p.org == org },
	},
	"memberships": {
		row: func(w *world, org string) string { return w.app.Join(w.app.User().ID, org, "viewer") },
		body: func(w *world) map[string]any {
			return inA(w, map[string]any{"user": w.app.User().ID, "role": "viewer"})
		},
		patch:  map[string]any{"role": "editor"},
		create: owners, update: owners, remove: owners,
	},
	"users": {
		row: func(w *world, org string) string {
			u := w.app.User()
			w.app.Join(u.ID, org, "viewer")
			return u.ID
		},
		body: func(*world) map[string]any {
			return map[string]any{
				"email":    fmt.Sprintf("new%d@example.com", serial.Add(1)),
				"password": apptest.Password, "passwordConfirm": apptest.Password,
			}
		},
		patch:  map[string]any{"name": "Somebody"},
		update: self,
	},
	"senders": {
		row: saved("senders", func(*world, string) map[string]any {
			return map[string]any{"name": "Main", "kind": "long_code", "number": number()}
		}),
		body: func(w *world) map[string]any {
			return inA(w, map[string]any{"name": "Second", "kind": "long_code", "number": number()})
		},
		patch:  map[string]any{"name": "Renamed"},
		create: owners, update: owners, remove: owners,
	},
	"lists": {
		row:    saved("lists", func(*world, string) map[string]any { return map[string]any{"name": unique("List")} }),
		body:   func(w *world) map[string]any { return inA(w, map[string]any{"name": unique("New")}) },
		patch:  map[string]any{"archived": true},
		create: editors, update: editors, superRemove: 400,
	},
	"subscribers": {
		row:    saved("subscribers", func(*world, string) map[string]any { return map[string]any{"phoneNumber": number()} }),
		body:   func(w *world) map[string]any { return inA(w, map[string]any{"phoneNumber": number()}) },
		patch:  map[string]any{"firstName": "Ada"},
		create: editors, update: editors, remove: editors,
	},
	"suppressions": {
		row:    saved("suppressions", func(*world, string) map[string]any { return map[string]any{"phoneNumber": number()} }),
		body:   func(w *world) map[string]any { return inA(w, map[string]any{"phoneNumber": number()}) },
		patch:  map[string]any{"reason": "asked by mail"},
		create: editors, superUpdate: 403, superRemove: 403,
	},
	"forms": {
		row: saved("forms", func(*world, string) map[string]any { return map[string]any{"slug": fmt.Sprint("form-", serial.Add(1))} }),
		body: func(w *world) map[string]any {
			return inA(w, map[string]any{"slug": fmt.Sprint("form-", serial.Add(1))})
		},
		patch:  map[string]any{"title": "Renamed"},
		create: editors, update: editors, remove: editors,
	},
	// The law belongs to no organisation: whoever is signed in reads it.
	"rule_settings": {
		row: func(w *world, _ string) string {
			all, err := w.app.FindAllRecords("rule_settings")
			if err != nil || len(all) != 1 {
				panic(fmt.Sprint("settings of the rules: ", len(all), err))
			}
			return all[0].Id
		}, fixed: true,
		body:        func(*world) map[string]any { return map[string]any{"profile": "consented"} },
		patch:       map[string]any{"closingMarginMinutes": "12"},
		superCreate: 400, superRemove: 403,
		visible: func(_ *world, p principal, _ header, _ string) bool { return p.id != "" },
	},
	"rule_rows": {
		row:     func(w *world, _ string) string { return w.app.Create("rule_rows", oneDay()).Id },
		body:    func(*world) map[string]any { return oneDay() },
		patch:   map[string]any{"note": "asked our counsel"},
		visible: func(_ *world, p principal, _ header, _ string) bool { return p.id != "" },
	},
	"segments": {
		row:    saved("segments", func(*world, string) map[string]any { return map[string]any{"name": unique("Segment")} }),
		body:   func(w *world) map[string]any { return inA(w, map[string]any{"name": unique("New")}) },
		patch:  map[string]any{"filter": "state = 'NY'"},
		create: editors, update: editors, remove: editors,
	},
	"campaigns": {
		row: saved("campaigns", func(*world, string) map[string]any {
			return map[string]any{"name": "Spring", "messageBody": "Hello"}
		}),
		body:   func(w *world) map[string]any { return inA(w, map[string]any{"name": "New", "messageBody": "Hi"}) },
		patch:  map[string]any{"name": "Summer"},
		create: editors, update: editors, remove: editors,
	},
	"consent_events": facts(inserted("consent_events", func(*world, string) dbx.Params {
		return dbx.Params{"seq": serial.Add(1), "phoneNumber": number(), "action": "granted", "method": "api"}
	})),
	"reviews": facts(inserted("reviews", func(*world, string) dbx.Params {
		return dbx.Params{"phoneNumber": number(), "text": "not again", "status": "open"}
	})),
	"runs": facts(inserted("runs", func(w *world, org string) dbx.Params {
		return dbx.Params{"key": fmt.Sprintf("%05d", serial.Add(1)), "campaign": "gone", "status": "finished"}
	})),
	"imports": facts(inserted("imports", func(*world, string) dbx.Params { return dbx.Params{"status": "running"} })),
	"messages": facts(inserted("messages", func(*world, string) dbx.Params {
		return dbx.Params{"direction": "inbound", "phoneNumber": number(), "status": "received"}
	})),
}

// theirOwn are PocketBase's own collections: their rows belong to one user or to superusers.
var theirOwn = []string{"_superusers", "_externalAuths", "_mfas", "_otps", "_authOrigins"}

func TestOrganisationsAreIsolated(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all, err := w.app.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if slices.Contains(theirOwn, c.Name) {
			w.checkOwn(t, c.Name)
			continue
		}
		e, ok := contract[c.Name]
		if !ok {
			t.Errorf("the collection %s has no entry in this table: say who may do what with it", c.Name)
			continue
		}
		w.checkCollection(t, c.Name, e)
	}
}

func (w *world) checkOwn(t *testing.T, name string) {
	t.Helper()
	for _, p := range w.principals {
		if p.super {
			continue
		}
		for _, h := range w.headers() {
			res := w.app.Do("GET", "/api/collections/"+name+"/records", p.token, h.value, nil)
			if res.Status != 403 && (res.Status != 200 || len(res.IDs()) != 0) {
				t.Errorf("%s lists %s: %d %s", p.name, name, res.Status, res.Body)
			}
		}
	}
}

func (w *world) checkCollection(t *testing.T, name string, e entry) {
	t.Helper()
	path := "/api/collections/" + name + "/records"
	mine, theirs := e.row(w, w.a), e.row(w, w.b)
	for _, p := range w.principals {
		for _, h := range w.headers() {
			expect := func(verb string, got apptest.Response, want int) {
				t.Helper()
				if got.Status != want {
					t.Errorf("%s, header %s: %s %s is %d, want %d\n%s", p.name, h.name, verb, name, got.Status, want, got.Body)
				}
			}
			// List and view, of both organisations' rows.
			list := w.app.Do("GET", path+"?perPage=1000&skipTotal=1&fields=id", p.token, h.value, nil)
			expect("list", list, 200)
			for org, id := range map[string]string{w.a: mine, w.b: theirs} {
				sees := e.sees(w, p, h, org)
				if got := slices.Contains(list.IDs(), id); got != sees {
					t.Errorf("%s, header %s: lists the row of %s: %v, want %v", p.name, h.name, name, got, sees)
				}
				expect("view", w.app.Do("GET", path+"/"+id, p.token, h.value, nil), pick(sees, 200, 404))
			}
			role := p.roleIn(w.a, h)
			if name == "organizations" && p.org == w.a {
				role = p.role // an organisation is its own header
			}
			expect("create", w.app.Do("POST", path, p.token, h.value, e.body(w)),
				outcome(p, role, e.create, e.superCreate, 200, 400))
			expect("update", w.app.Do("PATCH", path+"/"+mine, p.token, h.value, e.patch),
				outcome(p, role, e.update, e.superUpdate, 200, 404))
			victim := mine
			want := outcome(p, role, e.remove, e.superRemove, 204, 404)
			if want == 204 && !e.fixed {
				victim = e.row(w, w.a)
			}
			expect("delete", w.app.Do("DELETE", path+"/"+victim, p.token, h.value, nil), want)
		}
	}
}

// outcome is the status that the contract gives: success, refused by the rule, or 403 where there is
// no rule that anybody could meet.
func outcome(p principal, role, least string, super, success, refused int) int {
	switch {
	case p.super && super != 0:
		return super
	case p.super:
		return success
	case least == nobody:
		return http.StatusForbidden
	case least != self && reaches(role, least):
		return success
	}
	return refused
}

func pick(cond bool, yes, no int) int {
	if cond {
		return yes
	}
	return no
}

// Empty compares equal to whatever is missing, so rows without an organisation are the ones that leak.
func TestRowsWithoutAnOrganisationAreForSuperusers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rows := map[string]string{
		"suppressions": w.app.Insert("suppressions", dbx.Params{"org": "", "phoneNumber": number()}),
		"messages":     w.app.Insert("messages", dbx.Params{"org": "", "direction": "inbound", "phoneNumber": number(), "status": "received"}),
	}
	for name, id := range rows {
		for _, p := range w.principals {
			for _, h := range w.headers() {
				list := w.app.Do("GET", "/api/collections/"+name+"/records", p.token, h.value, nil)
				if got := slices.Contains(list.IDs(), id); got != p.super {
					t.Errorf("%s, header %s: lists it: %v", p.name, h.name, got)
				}
				view := w.app.Do("GET", "/api/collections/"+name+"/records/"+id, p.token, h.value, nil)
				if want := pick(p.super, 200, 404); view.Status != want {
					t.Errorf("%s, header %s: views it: %d", p.name, h.name, view.Status)
				}
			}
		}
	}
}

func TestAViewerHereWhoOwnsAnotherOrganisationStaysAViewer(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	a, b := app.Org("Acme"), app.Org("Borealis")
	both := app.Member(a, "viewer")
	app.Join(both.ID, b, "owner")
	for _, tc := range []struct {
		name, header, org string
		want              int
	}{
		{"as a viewer", a, a, 400},
		{"as an owner", b, b, 200},
		{"with the other's header", b, a, 400},
		{"without a header", "", b, 400},
		{"with both headers in one", a + "," + b, b, 400},
	} {
		body := map[string]any{"org": tc.org, "name": unique("List")}
		if got := app.Do("POST", "/api/collections/lists/records", both.Token, tc.header, body); got.Status != tc.want {
			t.Errorf("%s: %d, want %d: %s", tc.name, got.Status, tc.want, got.Body)
		}
	}
	if got := app.Do("PATCH", "/api/collections/organizations/records/"+a, both.Token, a, map[string]any{"brand": "X"}); got.Status != 404 {
		t.Errorf("a viewer changed the organisation: %d", got.Status)
	}
	if got := app.Do("PATCH", "/api/collections/organizations/records/"+b, both.Token, "", map[string]any{"brand": "X"}); got.Status != 200 {
		t.Errorf("an owner could not change the organisation: %d %s", got.Status, got.Body)
	}
}

func TestRowsDoNotReachIntoOtherOrganisations(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	a, b := app.Org("Acme"), app.Org("Borealis")
	owner, root := app.Member(a, "owner"), app.Superuser()
	foreign := map[string]string{
		"list":    app.Create("lists", map[string]any{"org": b, "name": "L"}).Id,
		"segment": app.Create("segments", map[string]any{"org": b, "name": "S"}).Id,
		"sender":  app.Create("senders", map[string]any{"org": b, "name": "N", "kind": "alphanumeric", "number": "BOREALIS"}).Id,
	}
	own := app.Create("lists", map[string]any{"org": a, "name": "L"}).Id
	form := app.Create("forms", map[string]any{"org": a, "slug": "own"}).Id
	subscriber := app.Create("subscribers", map[string]any{"org": a, "phoneNumber": "+12125550123", "lists": []string{own}}).Id
	campaign := app.Create("campaigns", map[string]any{"org": a, "name": "C", "messageBody": "Hi"}).Id

	for _, tc := range []struct {
		name, collection string
		data             map[string]any
	}{
		{"a foreign list", "subscribers", map[string]any{"lists": []string{foreign["list"]}}},
		{"a mixed list", "subscribers", map[string]any{"lists": []string{own, foreign["list"]}}},
		{"an added list", "subscribers", map[string]any{"lists+": foreign["list"]}},
		{"a missing list", "subscribers", map[string]any{"lists": []string{"aaaaaaaaaaaaaaa"}}},
		{"a foreign list of a form", "forms", map[string]any{"slug": "leak", "list": foreign["list"]}},
		{"a foreign sender of a form", "forms", map[string]any{"slug": "leak", "sender": foreign["sender"]}},
		{"a foreign audience", "campaigns", map[string]any{"lists": []string{foreign["list"]}}},
		{"a foreign segment", "campaigns", map[string]any{"segment": foreign["segment"]}},
		{"a foreign sender", "campaigns", map[string]any{"sender": foreign["sender"]}},
		{"another organisation", "campaigns", map[string]any{"org": b}},
		{"another organisation of a subscriber", "subscribers", map[string]any{"org": b}},
	} {
		path := "/api/collections/" + tc.collection + "/records"
		base := map[string]any{"org": a, "phoneNumber": "+12125550124", "name": "N", "messageBody": "Hi"}
		for k, v := range tc.data {
			base[k] = v
		}
		if got := app.Do("POST", path, owner.Token, a, base); got.Status != 400 {
			t.Errorf("create with %s: %d %s", tc.name, got.Status, got.Body)
		}
		id := map[string]string{"subscribers": subscriber, "campaigns": campaign, "forms": form}[tc.collection]
		if got := app.Do("PATCH", path+"/"+id, owner.Token, a, tc.data); got.Status != 404 {
			t.Errorf("update with %s: %d %s", tc.name, got.Status, got.Body)
		}
		if got := app.Do("PATCH", path+"/"+id, root.Token, "", tc.data); got.Status != 400 {
			t.Errorf("a superuser's update with %s: %d %s", tc.name, got.Status, got.Body)
		}
	}

	// What belongs together is taken, and taken off again.
	for _, lists := range []any{[]string{own}, own, []string{}, "", nil} {
		got := app.Do("PATCH", "/api/collections/subscribers/records/"+subscriber, owner.Token, a, map[string]any{"lists": lists})
		if got.Status != 200 {
			t.Errorf("lists %#v: %d %s", lists, got.Status, got.Body)
		}
	}
}

func TestExpandingAndFilteringShowsNothingOfOthers(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	a, b := app.Org("Acme"), app.Org("Borealis")
	owner := app.Member(a, "owner")
	app.Member(b, "owner")
	app.Create("subscribers", map[string]any{"org": b, "phoneNumber": "+12125550123"})
	app.Create("lists", map[string]any{"org": a, "name": "L"})
	for _, query := range []string{
		"filter=org.subscribers_via_org.phoneNumber%3F%3D'%2B12125550123'",
		"filter=org.memberships_via_org.user.subscribers_via_org.id!%3D''",
		"filter=%40collection.subscribers.phoneNumber%3F%3D'%2B12125550123'",
		"expand=org.subscribers_via_org",
	} {
		got := app.Do("GET", "/api/collections/lists/records?"+query, owner.Token, a, nil)
		if slices.Contains([]int{400, 403}, got.Status) {
			continue
		}
		if got.Status != 200 || query[0] == 'f' && len(got.IDs()) != 0 {
			t.Errorf("%s: %d %s", query, got.Status, got.Body)
		}
		if strings.Contains(string(got.Body), "+12125550123") {
			t.Errorf("%s shows another's number: %s", query, got.Body)
		}
	}
}
