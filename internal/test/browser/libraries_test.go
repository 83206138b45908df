package browser

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
)

// reload loads the page again.
func reload() chromedp.Action { return chromedp.Reload() }

func TestLibraries(t *testing.T) {
	t.Parallel()
	pages := httptest.NewServer(http.FileServer(http.Dir("../../console/ui")))
	t.Cleanup(pages.Close)
	b := open(t)
	b.goTo(pages.URL + "/console.css") // any page of that origin
	for _, c := range []struct{ about, module, expression, want string }{
		{"thousands", "format", `m.count(1234567)`, `"1,234,567"`},
		{"nothing counted", "format", `m.count(undefined)`, `"0"`},
		{"one", "format", `m.plural(1, "person", "people")`, `"1 person"`},
		{"many", "format", `m.plural(1200, "person", "people")`, `"1,200 people"`},
		{"a text costs less than a cent", "format", `m.money(5500, "USD")`, `"$0.0055"`},
		{"a small campaign costs cents", "format", `m.money(792000, "USD")`, `"$0.79"`},
		{"a campaign costs dollars", "format", `m.money(1463000, "USD")`, `"$1.46"`},
		{"nothing costs nothing", "format", `m.money(0, "EUR")`, `"€0.00"`},
		{"PocketBase's time", "format", `m.date("2026-09-15 15:00:00.000Z").toISOString()`, `"2026-09-15T15:00:00.000Z"`},
		{"no time", "format", `[m.date(""), m.date("soon"), m.date("0001-01-01 00:00:00.000Z")]`, `[null, null, null]`},
		{"a moment in a zone", "format", `m.when("2026-09-15 15:00:00.000Z", "America/New_York")`, `"Tue, Sep 15, 11:00 AM EDT"`},
		{"an unknown zone does not break a page", "format", `m.when("2026-09-15 15:00:00.000Z", "Mars/Olympus").length > 5`, `true`},
		{"a share that is not zero", "format", `[m.percent(1, 1000), m.percent(999, 1000), m.percent(1000, 1000), m.percent(1, 0)]`, `["< 1 %", "> 99 %", "100 %", "0 %"]`},
		{"a number", "format", `[m.phone("+12125550123"), m.phone("+4915112345678"), m.phone("")]`, `["+1 212 555 0123", "+4915112345678", ""]`},

		{"shares add up with a rest open", "states", `Math.round(10 * m.bar({recipients: 200, delivered: 99, failed: 1}).reduce((s, x) => s + x.share, 0))`, `500`},
		{"shares add up when all is known", "states", `Math.round(10 * m.bar({recipients: 1000, delivered: 999, failed: 1}).reduce((s, x) => s + x.share, 0))`, `1000`},
		{"one among thousands can be seen", "states", `m.bar({recipients: 100000, delivered: 99999, failed: 1}).at(-1).share > 0.4`, `true`},
		{"an empty run has no bar", "states", `m.bar({})`, `[]`},
		{"settled is all but what waits", "states", `m.settled({queued: 5, sending: 2, delivered: 3, skipped: 4, unknown: 1, sent: 1, accepted: 1})`, `10`},

		{"quiet minutes are filled in", "series", `m.plot([{at: "2026-09-15 15:00:00.000Z", n: 5}, {at: "2026-09-15 15:03:00.000Z", n: 7}])[1]`, `[0, 0, 5, 0, 0, 7, 0, 0]`},
		{"a night is left out", "series", `m.plot([{at: "2026-09-15 15:00:00.000Z", n: 5}, {at: "2026-09-16 15:00:00.000Z", n: 7}])[1]`, `[0, 0, 5, 0, 0, 7, 0, 0]`},
		{"points in any order", "series", `m.plot([{at: "2026-09-15 15:01:00.000Z", n: 2}, {at: "2026-09-15 15:00:00.000Z", n: 1}])[1]`, `[0, 0, 1, 2, 0, 0]`},
		{"times ascend", "series", `m.plot([{at: "2026-09-15 15:01:00.000Z", n: 2}])[0].every((x, i, all) => !i || x > all[i - 1])`, `true`},
		{"no series", "series", `m.plot(null)`, `[[], []]`},
		{"the pace of the last seconds", "series", `m.pace([[0, 0], [10000, 100], [12000, 180]], 12000)`, `40`},
		{"one sample is no pace", "series", `m.pace([[0, 5]], 0)`, `0`},

		{"a file with quotes", "csv", `m.peek('phone,name\n"+1 212 555 0123","Ana, ""the"" one"\n')`, `{"header": ["phone", "name"], "rows": [["+1 212 555 0123", "Ana, \"the\" one"]], "phone": 0}`},
		{"a byte order mark and semicolons", "csv", `m.peek("\uFEFFname;Mobile\r\nAna;5550123\r\n")`, `{"header": ["name", "Mobile"], "rows": [["Ana", "5550123"]], "phone": 1}`},
		{"spelled with a space", "csv", `m.peek("first name,Phone Number\nAna,1").phone`, `1`},
		{"no column of numbers", "csv", `m.peek("a,b\n1,2").phone`, `-1`},
		{"a quoted line break", "csv", `m.peek('phone,note\n1,"two\nlines"\n2,b').rows`, `[["1", "two\nlines"], ["2", "b"]]`},
		{"only the first rows", "csv", `m.peek("phone\n1\n2\n3\n4\n5").rows.length`, `3`},
		{"an empty file", "csv", `m.peek("")`, `{"header": [], "rows": [], "phone": -1}`},

		{"a known code", "problem", `m.explain(new m.Problem(400, {message: "x", data: {sender: {code: "sender_required", message: "y"}}})).includes("no sender")`, `true`},
		{"an unknown code has the server's words", "problem", `m.explain(new m.Problem(400, {message: "x", data: {to: {code: "odd", message: "Too odd."}}}))`, `"Too odd."`},
		{"parameters are kept", "problem", `new m.Problem(409, {data: {campaign: {code: "already_sent", message: "", params: {runId: "r1"}}}}).params.runId`, `"r1"`},
		{"no answer", "problem", `m.explain(new m.Problem(0))`, `"No answer from the server. Check the connection."`},

		{"every state of a run has words", "words", `["scheduled", "queued", "sending", "waiting", "paused", "finished", "canceled"].every((status) => m.runSentence({status}, null, (x) => x).length > 10 && m.runStatus(status).tone)`, `true`},
		{"a pause by the system says why", "words", `m.runSentence({status: "paused", pausedBy: "system", pauseReason: "the balance is used up."}, null, (x) => x)`, `"Tidings paused it: the balance is used up. Nothing goes out until you resume."`},
		{"an unknown reason has the server's words", "words", `m.reason("new_one", "came too late")`, `"came too late"`},
	} {
		var want, got any
		if err := json.Unmarshal([]byte(c.want), &want); err != nil {
			t.Fatalf("%s: %v", c.about, err)
		}
		got = ask[any](b, `import("/lib/`+c.module+`.js").then((m) => `+c.expression+`)`)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s (-want +got)\n%s", c.about, c.expression, diff)
		}
	}
	b.calm()
}
