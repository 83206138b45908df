package consent

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func ledger(n int) []Event {
	at := time.Date(2026, time.November, 24, 11, 0, 0, 987_654_321, time.FixedZone("", -5*3600))
	var rows []Event
	prev := ""
	for i := range n {
		e := Chain(prev, Event{
			ID: fmt.Sprintf("event%d", i), Org: "org1", Seq: int64(i + 1), PhoneNumber: fmt.Sprintf("+121255501%02d", i%100),
			Action: Actions()[i%4], Method: Methods()[i%10], Text: "I agree", Evidence: []byte(`{"ip":"192.0.2.1"}`),
			At: at.Add(time.Duration(i) * time.Second),
		})
		rows, prev = append(rows, e), e.Hash
	}
	return rows
}

func TestCanonicalFormIsFixed(t *testing.T) {
	t.Parallel()
	e := Event{
		ID: "e1", Org: "o1", Seq: 7, PhoneNumber: "+12125550123", Action: ActionRevoked, Method: MethodReply, Text: "STOP",
		Evidence: []byte(`{}`), At: time.Date(2026, time.November, 24, 16, 0, 0, 5_999_999, time.UTC), PrevHash: "ab",
	}
	const want = "\x00\x00\x00\x12tidings-consent-v1\x00\x00\x00\x02e1\x00\x00\x00\x02o1\x00\x00\x00\x017" +
		"\x00\x00\x00\x0c+12125550123\x00\x00\x00\x07revoked\x00\x00\x00\x05reply\x00\x00\x00\x04STOP\x00\x00\x00\x02{}" +
		"\x00\x00\x00\x182026-11-24T16:00:00.005Z\x00\x00\x00\x02ab"
	if got := string(e.CanonicalBytes()); got != want {
		t.Errorf("canonical bytes\n%q, want\n%q", got, want)
	}
	elsewhere := e
	elsewhere.At = e.At.In(time.FixedZone("", 19800))
	elsewhere.Hash = "anything"
	if elsewhere.ComputeHash() != e.ComputeHash() || len(e.ComputeHash()) != 64 {
		t.Error("the zone of a time, or the hash itself, is part of the hash")
	}
}

func TestChainRoundsTheTimeToWhatIsStored(t *testing.T) {
	t.Parallel()
	e := ledger(1)[0]
	if e.At.Location() != time.UTC || e.At.Nanosecond() != 987_000_000 || e.At.Hour() != 16 {
		t.Errorf("At = %s", e.At)
	}
	if e.PrevHash != "" || e.Hash != e.ComputeHash() {
		t.Errorf("hashes %q and %q", e.PrevHash, e.Hash)
	}
}

func TestVerifyAcceptsASoundChainFromAnyPlace(t *testing.T) {
	t.Parallel()
	rows := ledger(20)
	for from := range rows {
		start := Link{}
		if from > 0 {
			start = Link{rows[from-1].Seq, rows[from-1].Hash}
		}
		end, err := Walk(slices.Values(rows[from:]), start)
		if err != nil || end != (Link{20, rows[19].Hash}) {
			t.Errorf("from %d: %+v, %v", from, end, err)
		}
	}
	if err := Verify(slices.Values([]Event(nil)), Link{}); err != nil {
		t.Errorf("no rows: %v", err)
	}
}

func TestVerifyNamesTheFirstBrokenRow(t *testing.T) {
	t.Parallel()
	rows := ledger(6)
	relinked := func(i int) []Event { // a forger who mends the row's own hash
		out := slices.Clone(rows)
		out[i].Text = "forged"
		out[i].Hash = out[i].ComputeHash()
		return out
	}
	for _, c := range []struct {
		name string
		rows []Event
		seq  int64
		why  string
	}{
		{"changed", func() []Event { out := slices.Clone(rows); out[2].Text = "no"; return out }(), 3, "changed"},
		{"changed and hashed again", relinked(2), 4, "continue"},
		{"missing", slices.Delete(slices.Clone(rows), 2, 3), 3, "missing"},
		{"missing at the start", rows[1:], 1, "missing"},
		{"doubled", slices.Insert(slices.Clone(rows), 3, rows[2]), 3, "stands where row 4"},
		{"other organisation", func() []Event {
			out := slices.Clone(rows)
			out[3].Org = "org2"
			out[3] = Chain(out[2].Hash, out[3])
			return out
		}(), 4, "another organisation"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var broken *BrokenError
			if err := Verify(slices.Values(c.rows), Link{}); !errors.As(err, &broken) || broken.Seq != c.seq || !strings.Contains(broken.Why, c.why) {
				t.Errorf("Verify = %v, want row %d: ...%s", err, c.seq, c.why)
			}
		})
	}
}

func TestAnyChangeBreaksTheChain(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := ledger(rapid.IntRange(2, 12).Draw(t, "rows"))
		i := rapid.IntRange(0, len(rows)-1).Draw(t, "row")
		e := &rows[i]
		flip := func(s string) string {
			if s == "" {
				return "x"
			}
			at := rapid.IntRange(0, len(s)-1).Draw(t, "byte")
			b := []byte(s)
			b[at] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
			return string(b)
		}
		// A tail that is cut off needs the Link kept elsewhere.
		end := Link{rows[len(rows)-1].Seq, rows[len(rows)-1].Hash}
		switch rapid.IntRange(0, 13).Draw(t, "change") {
		case 0:
			e.ID = flip(e.ID)
		case 1:
			e.Org = flip(e.Org)
		case 2:
			e.Seq += rapid.SampledFrom([]int64{-1, 1, 100}).Draw(t, "step")
		case 3:
			e.PhoneNumber = flip(e.PhoneNumber)
		case 4:
			e.Action = flip(e.Action)
		case 5:
			e.Method = flip(e.Method)
		case 6:
			e.Text = flip(e.Text)
		case 7:
			e.Evidence = []byte(flip(string(e.Evidence)))
		case 8:
			e.At = e.At.Add(time.Duration(rapid.SampledFrom([]int64{-3600_000, -1, 1, 1000}).Draw(t, "ms")) * time.Millisecond)
		case 9:
			e.PrevHash = flip(e.PrevHash)
		case 10:
			e.Hash = flip(e.Hash)
		case 11: // a byte moves from one field into the next
			e.PhoneNumber, e.Action = e.PhoneNumber+e.Action[:1], e.Action[1:]
		case 12:
			rows = slices.Delete(rows, i, i+1)
		case 13:
			j := (i + 1) % len(rows)
			rows[i], rows[j] = rows[j], rows[i]
		}
		got, err := Walk(slices.Values(rows), Link{})
		if err == nil && got == end {
			t.Fatal("the change does not show")
		}
	})
}

func TestCanonicalJSONHasOneForm(t *testing.T) {
	t.Parallel()
	const want = `{"a":[1.50,"<é>"],"b":{"c":null,"d":12345678901234567890}}`
	for _, v := range []any{
		[]byte(` { "b" : {"d":12345678901234567890,"c":null}, "a":[1.50, "\u003c\u00e9>"] } `),
		json.RawMessage(`{"a":[1.50,"<é>"],"b":{"c":null,"d":12345678901234567890}}`),
		map[string]any{"b": map[string]any{"d": json.Number("12345678901234567890"), "c": nil}, "a": []any{json.Number("1.50"), "<é>"}},
	} {
		got, err := CanonicalJSON(v)
		if err != nil || string(got) != want {
			t.Errorf("CanonicalJSON(%s) = %s, %v", v, got, err)
		}
	}
	for _, v := range []any{[]byte(`{"a":1}{`), []byte(`{} {}`), []byte(``), []byte(`{"a":}`), make(chan int)} {
		if got, err := CanonicalJSON(v); err == nil {
			t.Errorf("CanonicalJSON(%v) = %s", v, got)
		}
	}
}

func FuzzCanonicalJSON(f *testing.F) {
	f.Add([]byte(`{"b":1,"a":[{}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		once, err := CanonicalJSON(text)
		if err != nil {
			return
		}
		if twice, err := CanonicalJSON(once); err != nil || string(twice) != string(once) {
			t.Fatalf("%q became %q, then %q, %v", text, once, twice, err)
		}
	})
}

func TestStatusFollowsTheLastEvent(t *testing.T) {
	t.Parallel()
	if got := Status(nil); got != StatusNew {
		t.Errorf("Status(nil) = %s", got)
	}
	for action, want := range map[string]string{
		ActionGranted: StatusSubscribed, ActionConfirmed: StatusSubscribed, ActionRevoked: StatusUnsubscribed,
		ActionExpired: StatusNew, "": StatusNew, "Granted": StatusNew,
	} {
		if got := Status(&Event{Action: action}); got != want {
			t.Errorf("Status after %q = %s, want %s", action, got, want)
		}
	}
}

func TestAfterAStopOnlyThePersonOrAnOwnerWithAReasonReturns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		grant   Grant
		allowed bool
	}{
		{Grant{Method: MethodKeyword, Confirmed: true}, true},
		{Grant{Method: MethodReply, Confirmed: true}, true},
		{Grant{Method: MethodKeyword, Text: "START", Owner: true}, false}, // somebody says that she did
		{Grant{Method: MethodReply, Text: "yes", Owner: true}, false},
		{Grant{Method: MethodWebForm, Confirmed: true}, true},
		{Grant{Method: MethodWebForm, Text: "I agree", Owner: true}, false},
		{Grant{Method: MethodOperator, Owner: true, Text: "asked on the phone, 24 November"}, true},
		{Grant{Method: MethodOperator, Owner: true, Text: " \n"}, false},
		{Grant{Method: MethodOperator, Text: "asked", Confirmed: true}, false},
		{Grant{Method: MethodImport, Text: "list", Owner: true, Confirmed: true}, false},
		{Grant{Method: MethodAPI, Text: "x", Owner: true, Confirmed: true}, false},
		{Grant{Method: MethodPaper, Text: "x", Owner: true, Confirmed: true}, false},
		{Grant{Method: MethodVerbal, Text: "x", Owner: true, Confirmed: true}, false},
		{Grant{Method: MethodQR, Text: "x", Owner: true, Confirmed: true}, false},
		{Grant{Method: MethodCarrier, Text: "x", Owner: true, Confirmed: true}, false},
		{Grant{}, false},
	} {
		err := MayLift(c.grant)
		var refusal *Error
		if c.allowed != (err == nil) || err != nil && (!errors.As(err, &refusal) || refusal.Code != CodeOptedOut || refusal.Message == "") {
			t.Errorf("MayLift(%+v) = %v", c.grant, err)
		}
	}
}

func TestKnownActionsAndMethods(t *testing.T) {
	t.Parallel()
	if !KnownAction("granted") || KnownAction("Granted") || KnownAction("") || len(Actions()) != 4 {
		t.Error("actions")
	}
	if !KnownMethod("web_form") || KnownMethod("fax") || KnownMethod("") || len(Methods()) != 10 {
		t.Error("methods")
	}
}
