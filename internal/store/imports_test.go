package store_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pocketbase/dbx"

	"tidings/internal/engine/importer"
	"tidings/internal/engine/ledger"
	"tidings/internal/rules/consent"
	"tidings/internal/store"
	"tidings/internal/test/apptest"
)

// noon is the legal time of these tests.
var noon = time.Date(2026, 3, 10, 16, 0, 0, 0, time.UTC)

// desk is an organisation with a list and an importer over real rows.
type desk struct {
	*apptest.App
	t        *testing.T
	rows     *store.Store
	org      string
	list     string
	importer *importer.Importer
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	app := apptest.New(t, apptest.WithoutServing())
	rows, err := store.Open(store.Options{
		App: app.BaseApp, Now: func() time.Time { return noon }, Key: []byte("a key of a test"), Log: slog.New(slog.DiscardHandler),
		Means: func(string) store.Consequence { return store.Nothing },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(rows.Close)
	d := &desk{App: app, t: t, rows: rows, org: app.Org("Acme")}
	d.list = app.Create("lists", map[string]any{"org": d.org, "name": "Customers"}).Id
	d.importer = importer.New(importer.Options{
		Store: rows, Folder: importer.FolderIn(app.DataDir()), NewID: store.NewID, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return noon },
	})
	return d
}

func (d *desk) order(change func(*importer.Order)) importer.Order {
	o := importer.Order{Org: d.org, List: d.list, FileName: "people.csv", DefaultCountry: "US", By: "user00000000001"}
	if change != nil {
		change(&o)
	}
	return o
}

func attested(o *importer.Order) { o.ConsentMethod, o.ConsentText = "paper", "Yes, text me" }

func (d *desk) do(file string, o importer.Order) importer.Import {
	d.t.Helper()
	u, err := d.importer.Receive(strings.NewReader(file))
	if err != nil {
		d.t.Fatal(err)
	}
	im, err := d.importer.Do(d.t.Context(), u, o, func(importer.Progress) {})
	if err != nil {
		d.t.Fatal(err)
	}
	return im
}

// say records what a person said.
func (d *desk) say(number, action string) {
	d.t.Helper()
	act := ledger.Act{Org: d.org, Number: number, Action: action, Method: consent.MethodKeyword, Text: "said so"}
	if _, err := d.rows.Record(d.t.Context(), act, noon, func(ledger.Standing) error { return nil }); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) suppress(org, number, reason string) {
	d.Insert("suppressions", dbx.Params{"org": org, "phoneNumber": number, "reason": reason, "source": "test", "created": ""})
}

// statuses gives the status of every subscriber by number.
func (d *desk) statuses() map[string]string {
	d.t.Helper()
	all, err := d.FindAllRecords("subscribers")
	if err != nil {
		d.t.Fatal(err)
	}
	out := map[string]string{}
	for _, r := range all {
		out[r.GetString("phoneNumber")] = r.GetString("status")
	}
	return out
}

func (d *desk) count(table string) int {
	d.t.Helper()
	var n int
	if err := d.DB().NewQuery("SELECT COUNT(*) FROM " + table).Row(&n); err != nil {
		d.t.Fatal(err)
	}
	return n
}

func (d *desk) rejects(id string) []string {
	d.t.Helper()
	var all []string
	err := d.rows.ImportErrors(d.t.Context(), id, func(r importer.Reject) error {
		all = append(all, fmt.Sprintf("%d %s %s", r.Row, r.PhoneNumber, r.Code))
		return nil
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

func TestWithConsentEachNewPersonGetsOneLedgerEvent(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	im := d.do("phone,firstName,Plan\n(212) 555-0100,Ann,gold\n212 555 0101,Bo,\nnone,Cy,\n", d.order(attested))
	if diff := cmp.Diff(importer.Progress{Rows: 3, Done: 3, Created: 2, Rejected: 1}, im.Progress); diff != "" {
		t.Error(diff)
	}
	ann, err := d.FindFirstRecordByData("subscribers", "phoneNumber", "+12125550100")
	if err != nil {
		t.Fatal(err)
	}
	got := ann.FieldsData()
	delete(got, "id")
	zones := got["zones"]
	want := map[string]any{
		"org": d.org, "phoneNumber": "+12125550100", "firstName": "Ann", "lastName": "", "language": "", "timezone": "", "state": "NY",
		"attributes": got["attributes"], "lists": []string{d.list}, "status": "subscribed", "country": "US", "zones": zones, "numberWarning": "",
		"consentedAt": got["consentedAt"], "consentExpiresAt": got["consentExpiresAt"], "created": got["created"], "updated": got["updated"],
	}
	if diff := cmp.Diff(want, got); diff != "" || zones != "America/New_York" {
		t.Error(zones, diff)
	}
	if ann.GetString("attributes") != `{"Plan":"gold"}` || !ann.GetDateTime("consentedAt").Time().Equal(noon) || !ann.GetDateTime("created").Time().Equal(noon) {
		t.Errorf("%s %s", ann.GetString("attributes"), ann.GetDateTime("consentedAt"))
	}
	event, err := d.FindFirstRecordByData("consent_events", "phoneNumber", "+12125550100")
	if err != nil {
		t.Fatal(err)
	}
	wantEvidence := fmt.Sprintf(`{"actor":"user00000000001","file":"people.csv","import":%q,"row":2,"sha256":%q}`, im.ID, im.SHA256)
	if event.GetString("method") != "paper" || event.GetString("text") != "Yes, text me" || event.GetString("evidence") != wantEvidence {
		t.Errorf("%s", event.GetString("evidence"))
	}
	record := d.Record("imports", im.ID)
	for field, want := range map[string]string{
		"status": "finished", "rows": "3", "offset": "3", "created": "2", "updated": "0", "rejected": "1", "reasons": `{"phone_invalid":1}`,
		"org": d.org, "list": d.list, "sha256": im.SHA256, "fileName": "people.csv", "consentMethod": "paper", "error": "",
	} {
		if got := record.GetString(field); got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	if record.GetDateTime("startedAt").IsZero() || record.GetDateTime("finishedAt").IsZero() {
		t.Error("the import has no times")
	}
	if n := d.count("consent_events"); n != 2 {
		t.Errorf("%d events, want 2", n)
	}
}

func TestTheSameFileTwiceAddsNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const file = "phone,firstName\n2125550100,Ann\n2125550101,Bo\n"
	d.do(file, d.order(attested))
	before, err := d.FindAllRecords("subscribers")
	if err != nil {
		t.Fatal(err)
	}
	im := d.do(file, d.order(attested))
	if diff := cmp.Diff(importer.Progress{Rows: 2, Done: 2, Updated: 2}, im.Progress); diff != "" {
		t.Error(diff)
	}
	if n := d.count("consent_events"); n != 2 {
		t.Errorf("%d events, want 2", n)
	}
	for _, r := range before {
		if diff := cmp.Diff(r.FieldsData(), d.Record("subscribers", r.Id).FieldsData()); diff != "" {
			t.Error(diff)
		}
	}
	// Other words are another consent.
	d.do(file, d.order(func(o *importer.Order) { attested(o); o.ConsentText = "Yes, and news too" }))
	if n := d.count("consent_events"); n != 4 {
		t.Errorf("%d events, want 4", n)
	}
}

func TestSomebodyWhoIsThereGainsTheListAndBlankFieldsOnly(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	other := d.Create("lists", map[string]any{"org": d.org, "name": "Old"}).Id
	ann := d.Create("subscribers", map[string]any{
		"org": d.org, "phoneNumber": "2125550100", "firstName": "Anna", "lists": []string{other},
		"attributes": map[string]any{"plan": "silver", "city": "", "id": 9007199254740993},
	})
	im := d.do("phone,firstName,lastName,plan,city,shoe\n2125550100,Ann,Lee,gold,Rome,38\n", d.order(nil))
	if im.Updated != 1 {
		t.Fatalf("%+v", im.Progress)
	}
	got := d.Record("subscribers", ann.Id)
	if diff := cmp.Diff([]string{other, d.list}, got.GetStringSlice("lists")); diff != "" {
		t.Error(diff)
	}
	if got.GetString("firstName") != "Anna" || got.GetString("lastName") != "Lee" || got.GetString("status") != "new" {
		t.Errorf("%v", got.FieldsData())
	}
	if got.GetString("attributes") != `{"city":"Rome","id":9007199254740993,"plan":"silver","shoe":"38"}` {
		t.Error(got.GetString("attributes"))
	}
}

func TestAnImportNeverLiftsWhatStandsAgainstANumber(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		attested bool
		rejects  []string
		statuses map[string]string
		events   int
	}{
		"with consent attested": {
			attested: true,
			rejects:  []string{"2 2125550100 opted_out", "3 2125550101 suppressed", "4 2125550102 suppressed"},
			statuses: map[string]string{"+12125550103": "invalid", "+12125550104": "subscribed", "+12125550105": "subscribed", "+12125550106": "unsubscribed"},
			events:   4 + 2, // for the invalid number and the new one; 0105 said the same words before
		},
		"without": {
			statuses: map[string]string{
				"+12125550100": "unsubscribed", "+12125550101": "unsubscribed", "+12125550102": "unsubscribed", "+12125550103": "invalid",
				"+12125550104": "new", "+12125550105": "subscribed", "+12125550106": "unsubscribed",
			},
			events: 4,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.say("+12125550100", consent.ActionGranted)
			d.say("+12125550100", consent.ActionRevoked)
			d.suppress(d.org, "+12125550101", "asked by mail")
			d.suppress("", "+12125550102", "our own staff")
			d.suppress(d.org, "+12125550103", "invalid_number")
			d.suppress(d.Org("Borealis"), "+12125550104", "opted_out") // elsewhere
			d.say("+12125550105", consent.ActionGranted)
			d.Create("subscribers", map[string]any{"org": d.org, "phoneNumber": "2125550106"})
			d.say("+12125550106", consent.ActionRevoked)
			o := d.order(nil)
			if c.attested {
				o.ConsentMethod, o.ConsentText = "keyword", "said so"
			}
			im := d.do("phone\n2125550100\n2125550101\n2125550102\n2125550103\n2125550104\n2125550105\n2125550106\n", o)
			want := c.rejects
			if c.attested {
				want = append(want, "8 2125550106 opted_out")
			}
			if diff := cmp.Diff(want, d.rejects(im.ID)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.statuses, d.statuses()); diff != "" {
				t.Error(diff)
			}
			if n := d.count("consent_events"); n != c.events {
				t.Errorf("%d events, want %d", n, c.events)
			}
			if n := d.count("suppressions"); n != 6 {
				t.Errorf("%d suppressions, want 6", n)
			}
		})
	}
}

func TestADryRunWritesNobody(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.do("phone\n2125550100\n", d.order(nil))
	d.suppress(d.org, "+12125550101", "opted_out")
	before := d.Record("subscribers", func() string {
		r, err := d.FindFirstRecordByData("subscribers", "phoneNumber", "+12125550100")
		if err != nil {
			t.Fatal(err)
		}
		return r.Id
	}()).FieldsData()
	im := d.do("phone,firstName\n2125550100,Ann\n2125550101,Bo\n2125550102,Cy\n2125550102,Cy\n", d.order(func(o *importer.Order) {
		attested(o)
		o.DryRun = true
	}))
	if diff := cmp.Diff(importer.Progress{Rows: 4, Done: 4, Created: 1, Updated: 1, Rejected: 2}, im.Progress); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"3 2125550101 opted_out", "5 2125550102 duplicate"}, d.rejects(im.ID)); diff != "" {
		t.Error(diff)
	}
	if n, e := d.count("subscribers"), d.count("consent_events"); n != 1 || e != 0 {
		t.Errorf("%d subscribers, %d events", n, e)
	}
	if diff := cmp.Diff(before, d.Record("subscribers", before["id"].(string)).FieldsData()); diff != "" {
		t.Error(diff)
	}
	if r := d.Record("imports", im.ID); !r.GetBool("dryRun") || r.GetString("reasons") != `{"duplicate":1,"opted_out":1}` {
		t.Errorf("%v", r.FieldsData())
	}
}

// TestAnImportThatWasStoppedEndsAsIfItWasNot stops an import between commits and
// lets the runner of a new start go on.
func TestAnImportThatWasStoppedEndsAsIfItWasNot(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("phone,firstName\n")
	for i := range 600 {
		n := i % 560 // the last forty are in the first chunk already
		fmt.Fprintf(&b, "%d55501%02d,Ann\n", 201+n/100, n%100)
	}
	calm, d := newDesk(t), newDesk(t)
	want := calm.do(b.String(), calm.order(attested))
	if want.Created != 560 || want.Rejected != 40 {
		t.Fatalf("the file is no good for this test: %+v", want.Progress)
	}

	u, err := d.importer.Receive(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	im, err := d.importer.Do(ctx, u, d.order(attested), func(importer.Progress) { stop() })
	if err == nil || im.Done == 0 || im.Done >= 600 {
		t.Fatalf("%+v %v", im, err)
	}
	if r := d.Record("imports", im.ID); r.GetString("status") != "running" || r.GetInt("offset") != im.Done {
		t.Fatalf("%v", r.FieldsData())
	}
	ctx, stop = context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); d.importer.Run(ctx) }()
	await(t, func() bool { return d.Record("imports", im.ID).GetString("status") == "finished" })
	stop()
	<-done
	r := d.Record("imports", im.ID)
	got := importer.Progress{Rows: r.GetInt("rows"), Done: r.GetInt("offset"), Created: r.GetInt("created"), Updated: r.GetInt("updated"), Rejected: r.GetInt("rejected")}
	if diff := cmp.Diff(want.Progress, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(calm.statuses(), d.statuses()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(calm.rejects(want.ID), d.rejects(im.ID)); diff != "" {
		t.Error(diff)
	}
	if a, b := calm.count("consent_events"), d.count("consent_events"); a != b {
		t.Errorf("%d events, want %d", b, a)
	}
}

// await asks until the answer is yes.
func await(t *testing.T, yes func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(30 * time.Second)
	for !yes() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("waited in vain")
		}
	}
}

func TestAChunkIsWrittenOnceOnly(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	im := importer.Import{ID: "import000000001", Order: d.order(nil), Status: importer.Running, Progress: importer.Progress{Rows: 1}}
	if err := d.rows.QueueImport(t.Context(), im, noon); err != nil {
		t.Fatal(err)
	}
	c := importer.Chunk{Import: &im, Rejects: []importer.Reject{{Row: 2, Code: "phone_invalid", Detail: "no"}}}
	for i, want := range []bool{true, false} {
		out, err := d.rows.ImportRows(t.Context(), c, noon)
		if err != nil || out.Moved != want {
			t.Errorf("time %d: %+v %v", i+1, out, err)
		}
	}
	if err := d.rows.EndImport(t.Context(), im.ID, "the disk is gone", noon); err != nil {
		t.Fatal(err)
	}
	if r := d.Record("imports", im.ID); r.GetString("status") != "failed" || r.GetString("error") != "the disk is gone" || r.GetInt("rejected") != 1 {
		t.Errorf("%v", r.FieldsData())
	}
	if left, err := d.rows.UnfinishedImports(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("%v %v", left, err)
	}
}

func TestAnUnfinishedImportComesBackAsItWasOrdered(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want := importer.Import{
		ID: "import000000001", SHA256: "abc", Status: importer.Queued, Progress: importer.Progress{Rows: 7},
		Order: d.order(func(o *importer.Order) {
			attested(o)
			o.DryRun, o.Mapping = true, map[string]string{"Handy": "phoneNumber"}
		}),
	}
	if err := d.rows.QueueImport(t.Context(), want, noon); err != nil {
		t.Fatal(err)
	}
	got, err := d.rows.UnfinishedImports(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]importer.Import{want}, got); diff != "" {
		t.Error(diff)
	}
}
