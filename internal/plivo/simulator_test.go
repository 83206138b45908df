package plivo_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/inbox"
	"tidings/internal/engine/receipt"
	"tidings/internal/plivo"
	"tidings/internal/simulator"
)

const (
	shop     = "+12125550100"
	customer = "+12125550123"
)

// hook is what a webhook said, once it was verified.
type hook struct {
	proof  plivo.Proof
	status receipt.Event
	text   inbox.Message
	err    error
}

// stage is a simulator over real HTTP, a client of it, and the webhooks that
// came back.
func stage(t *testing.T, cfg simulator.Config) (*simulator.Simulator, *plivo.Client, string, <-chan hook) {
	t.Helper()
	cfg.VisibilityDelay = -1
	sim := simulator.New(cfg)
	api := httptest.NewServer(sim)
	hooks := make(chan hook, 64)
	verifier := plivo.NewVerifier(simulator.DefaultAuthToken)
	var public string
	mux := http.NewServeMux()
	receive := func(read func(*hook, url.Values) error) http.HandlerFunc {
		return func(_ http.ResponseWriter, r *http.Request) {
			var h hook
			if h.err = r.ParseForm(); h.err == nil {
				h.proof, h.err = verifier.Verify(r.Method, public+r.URL.EscapedPath(), r.Header, r.PostForm)
			}
			if h.err == nil {
				h.err = read(&h, r.PostForm)
			}
			hooks <- h
		}
	}
	mux.HandleFunc("POST /status/{token}", receive(func(h *hook, f url.Values) (err error) { h.status, err = plivo.ParseStatus(f); return err }))
	mux.HandleFunc("POST /inbound", receive(func(h *hook, f url.Values) (err error) { h.text, err = plivo.ParseInbound(f); return err }))
	web := httptest.NewServer(mux)
	public = web.URL
	client, err := plivo.New(plivo.Config{AuthID: simulator.DefaultAuthID, AuthToken: simulator.DefaultAuthToken, BaseURL: api.URL, Timeout: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		client.Close()
		api.Close()
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := sim.Close(ctx); err != nil {
			t.Error(err)
		}
		web.Close()
	})
	return sim, client, web.URL, hooks
}

func next(t *testing.T, hooks <-chan hook) hook {
	t.Helper()
	select {
	case h := <-hooks:
		return h
	case <-time.After(20 * time.Second):
		t.Fatal("no webhook came")
		return hook{}
	}
}

func greeting(callback string) dispatch.Text {
	return dispatch.Text{Source: shop, To: customer, Body: "Hello", CallbackURL: callback, Started: func() {}}
}

func TestClientUnderstandsTheSimulator(t *testing.T) {
	t.Parallel()
	for name, noV3 := range map[string]bool{"V3": false, "V2 alone": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, client, public, hooks := stage(t, simulator.Config{NoV3: noV3, Numbers: []string{shop}})
			reply := client.Send(t.Context(), greeting(public+"/status/abc"))
			if reply.Outcome != dispatch.Accepted {
				t.Fatalf("got %+v", reply)
			}
			seen := map[string]bool{}
			for !seen["delivered"] {
				h := next(t, hooks)
				if h.err != nil || h.proof.BodySigned == noV3 || h.proof.Nonce == "" || h.status.UUID != reply.UUID {
					t.Fatalf("webhook %+v", h)
				}
				seen[h.status.Status] = true
				if h.status.Status == "delivered" && (h.status.Segments != 1 || h.status.CostMicros == 0 || h.status.At.IsZero() || h.status.Sequence == 0 || h.status.ErrorCode != "") {
					t.Errorf("receipt %+v", h.status)
				}
			}
			if !seen["accepted"] || !seen["sent"] {
				t.Errorf("statuses %v", seen)
			}

			sim.SetInbound(shop, public+"/inbound")
			if _, err := sim.Inject(customer, shop, "stop"); err != nil {
				t.Fatal(err)
			}
			h := next(t, hooks)
			if h.err != nil || h.text.Text != "stop" || h.text.Intent != "optout" || h.text.From != customer[1:] || h.text.To != shop[1:] {
				t.Errorf("inbound %+v", h)
			}

			record, err := client.Message(t.Context(), reply.UUID)
			if err != nil || record.Status != "delivered" || record.To != customer[1:] || record.At.IsZero() {
				t.Errorf("record %+v, %v", record, err)
			}
			page, err := client.List(t.Context(), plivo.ListQuery{To: customer, Direction: "outbound", Since: time.Now().Add(-time.Hour), Until: time.Now().Add(time.Hour)})
			if err != nil || len(page.Records) != 1 || page.Records[0].UUID != reply.UUID || page.More {
				t.Errorf("page %+v, %v", page, err)
			}
			if a, err := client.Account(t.Context()); err != nil || !a.HasCredit {
				t.Errorf("account %+v, %v", a, err)
			}
			if p, err := client.Price(t.Context(), "US"); err != nil || p.OutboundMicros == 0 {
				t.Errorf("price %+v, %v", p, err)
			}
			if n, err := client.Numbers(t.Context()); err != nil || len(n) != 1 || n[0].Number != shop[1:] || !n[0].SMS {
				t.Errorf("numbers %+v, %v", n, err)
			}
			if l, err := client.Lookup(t.Context(), customer); err != nil || l.Kind == "" {
				t.Errorf("lookup %+v, %v", l, err)
			}
		})
	}
}

func TestEveryFaultOfTheSimulatorIsJudgedRight(t *testing.T) {
	t.Parallel()
	tests := map[simulator.APIFault]dispatch.Reply{
		simulator.APINone:          {Outcome: dispatch.Accepted},
		simulator.APIThrottle:      {Outcome: dispatch.Throttled},
		simulator.APIError500:      {Outcome: dispatch.Unknown},
		simulator.APIError502:      {Outcome: dispatch.Unknown},
		simulator.APIError503:      {Outcome: dispatch.Unknown},
		simulator.APIUnauthorized:  {Outcome: dispatch.Rejected, Code: "401", Class: dispatch.WholeAccount},
		simulator.APIGeoForbidden:  {Outcome: dispatch.Rejected, Code: "450", Class: dispatch.WholeCountry},
		simulator.APINoCredit:      {Outcome: dispatch.Rejected, Code: "900", Class: dispatch.WholeAccount},
		simulator.APIResetBefore:   {Outcome: dispatch.Unknown},
		simulator.APIResetAfter:    {Outcome: dispatch.Unknown},
		simulator.APIEmptyAccepted: {Outcome: dispatch.Unknown},
		simulator.APIError500After: {Outcome: dispatch.Unknown},
		simulator.APIHang:          {Outcome: dispatch.Unknown},
		simulator.APIGarbage:       {Outcome: dispatch.Unknown},
		simulator.APITwoUUIDs:      {Outcome: dispatch.Unknown},
		simulator.APITruncated:     {Outcome: dispatch.Unknown},
	}
	for fault, want := range tests {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			sim, client, _, _ := stage(t, simulator.Config{})
			sim.ScriptAPI(fault)
			got := client.Send(t.Context(), greeting(""))
			if got.Outcome != want.Outcome || got.Code != want.Code || got.Class != want.Class {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}
