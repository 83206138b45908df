package ledger_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/engine/gate"
	"tidings/internal/engine/ledger"
)

const number = "+12125550123"

var (
	now     = time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)
	errDisk = errors.New("disk full")
)

// fakeStore records acts that are permitted against what stands.
type fakeStore struct {
	gate     *gate.Gate
	standing ledger.Standing
	err      error
	acts     []ledger.Act
	at       time.Time
	open     bool // whether a send could pass while the act was recorded
}

func (s *fakeStore) Record(_ context.Context, act ledger.Act, at time.Time, permit func(ledger.Standing) error) (ledger.Result, error) {
	if s.err != nil {
		return ledger.Result{}, s.err
	}
	if err := permit(s.standing); err != nil {
		return ledger.Result{}, err
	}
	if s.open = s.gate.Hold(act.Number); s.open {
		s.gate.Release(act.Number)
	}
	s.acts, s.at = append(s.acts, act), at
	return ledger.Result{SubscriberID: "s", Status: "subscribed", Skipped: 3}, nil
}

func newLedger() (*ledger.Ledger, *fakeStore) {
	s := &fakeStore{gate: gate.New()}
	return ledger.New(s, s.gate, func() time.Time { return now }), s
}

func code(err error) string {
	var r *ledger.Refusal
	if errors.As(err, &r) {
		return r.Code
	}
	return ""
}

func TestAnActIsRecordedOrRefused(t *testing.T) {
	t.Parallel()
	granted := ledger.Act{Org: "o", Number: number, Action: "granted", Method: "web_form", Text: "I agree to get texts"}
	with := func(change func(*ledger.Act)) ledger.Act { a := granted; change(&a); return a }
	by := func(method string) ledger.Act { return with(func(a *ledger.Act) { a.Method = method }) }
	stopped := ledger.Standing{OptedOut: true}
	for _, c := range []struct {
		name     string
		act      ledger.Act
		standing ledger.Standing
		want     string // the code of a refusal
	}{
		{"a grant", granted, ledger.Standing{}, ""},
		{"a confirmation", with(func(a *ledger.Act) { a.Action = "confirmed" }), ledger.Standing{}, ""},
		{"nobody grants an expiry", with(func(a *ledger.Act) { a.Action = "expired" }), ledger.Standing{}, "bad_action"},
		{"no action", with(func(a *ledger.Act) { a.Action = "" }), ledger.Standing{}, "bad_action"},
		{"a method that nobody knows", by("telepathy"), ledger.Standing{}, "bad_method"},
		{"a grant without words", with(func(a *ledger.Act) { a.Text = " \n" }), ledger.Standing{}, "text_required"},
		{"a revocation without words", with(func(a *ledger.Act) { a.Action, a.Text = "revoked", "" }), ledger.Standing{}, ""},
		{"a revocation against everything", with(func(a *ledger.Act) { a.Action = "revoked" }), ledger.Standing{OptedOut: true, Manual: true, Installation: true}, ""},

		{"after a STOP, a form", granted, stopped, "opted_out"},
		{"after a STOP, a form confirmed from the phone", with(func(a *ledger.Act) { a.Confirmed = true }), stopped, ""},
		{"after a STOP, START", with(func(a *ledger.Act) { a.Method, a.Confirmed = "keyword", true }), stopped, ""},
		{"after a STOP, a reply", with(func(a *ledger.Act) { a.Method, a.Confirmed = "reply", true }), stopped, ""},
		{"after a STOP, somebody says that she texted START", by("keyword"), stopped, "opted_out"},
		{"after a STOP, paper", by("paper"), stopped, "opted_out"},
		{"after a STOP, an import", by("import"), stopped, "opted_out"},
		{"after a STOP, the API", by("api"), stopped, "opted_out"},
		{"after a STOP, an editor", by("operator"), stopped, "opted_out"},
		{"after a STOP, an owner with a reason", with(func(a *ledger.Act) { a.Method, a.Owner = "operator", true }), stopped, ""},
		{"after a STOP, an owner by paper", with(func(a *ledger.Act) { a.Method, a.Owner = "paper", true }), stopped, "opted_out"},

		{"do not text, an import", by("import"), ledger.Standing{Manual: true}, "suppressed"},
		{"do not text, a form", granted, ledger.Standing{Manual: true}, ""},
		{"blocked for all, START", by("keyword"), ledger.Standing{Installation: true}, "suppressed"},
		{"blocked for all, an owner", with(func(a *ledger.Act) { a.Method, a.Owner = "operator", true }), ledger.Standing{Installation: true, OptedOut: true}, "suppressed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l, s := newLedger()
			s.standing = c.standing
			result, err := l.Record(t.Context(), c.act)
			if code(err) != c.want || (err == nil) != (c.want == "") {
				t.Fatalf("Record = %v, want %q", err, c.want)
			}
			if recorded := len(s.acts) == 1; recorded != (c.want == "") {
				t.Fatalf("recorded: %v", s.acts)
			}
			if err == nil && (result.Skipped != 3 || !s.at.Equal(now)) {
				t.Errorf("answered %+v, at %v", result, s.at)
			}
			if other := ledger.Permit(c.act)(c.standing); c.act.Action != "revoked" && ledger.Check(c.act) == nil && code(other) != c.want {
				t.Errorf("another way in says %v, want %q", other, c.want)
			}
		})
	}
}

func TestARevocationClosesTheGateWhileItIsWritten(t *testing.T) {
	t.Parallel()
	for action, open := range map[string]bool{"revoked": false, "granted": true} {
		t.Run(action, func(t *testing.T) {
			t.Parallel()
			l, s := newLedger()
			if _, err := l.Record(t.Context(), ledger.Act{Number: number, Action: action, Method: "api", Text: "words"}); err != nil {
				t.Fatal(err)
			}
			if s.open != open {
				t.Errorf("a send could pass while it was written: %v", s.open)
			}
			if !s.gate.Hold(number) {
				t.Error("the gate stayed closed")
			}
		})
	}
}

func TestARevocationThatCannotWaitIsWrittenAndNotAcknowledged(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, s := newLedger()
		s.gate.Hold(number) // a send that hangs before its first byte
		began := time.Now()
		result, err := l.Record(t.Context(), ledger.Act{Number: number, Action: "revoked", Method: "api"})
		if !errors.Is(err, context.DeadlineExceeded) || len(s.acts) != 1 || result.Skipped != 3 {
			t.Errorf("Record = %+v, %v with %d acts; want it written and the deadline", result, err, len(s.acts))
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("it took %v; a webhook has three seconds", took)
		}
		s.gate.Release(number)
		if !s.gate.Hold(number) {
			t.Error("the gate stayed closed")
		}
	})
}

func TestARevocationThatIsNotOnDiskIsAnError(t *testing.T) {
	t.Parallel()
	l, s := newLedger()
	s.err = errDisk
	if _, err := l.Record(t.Context(), ledger.Act{Number: number, Action: "revoked", Method: "api"}); !errors.Is(err, errDisk) {
		t.Errorf("Record = %v", err)
	}
	if !s.gate.Hold(number) {
		t.Error("the gate stayed closed")
	}
}
