package simulator_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/simulator"
)

func TestAccountResources(t *testing.T) {
	t.Parallel()
	b := start(t, simulator.Config{
		Balance: 12.5, Numbers: []string{"+1 212 555 0100", "18885550100"}, Powerpacks: map[string][]string{"pool-1": {"12125550140"}},
	})
	get := func(path string) map[string]any {
		r := b.call("GET", path, "")
		if r.status != 200 {
			t.Fatalf("%s: %d %s", path, r.status, r.raw)
		}
		return r.body
	}
	if got := get(account("")); got["cash_credits"] != "12.50000" || got["auth_id"] != authID || got["account_type"] != "standard" {
		t.Errorf("account: %v", got)
	}
	numbers := get(account("Number/"))
	var list []string
	for _, o := range numbers["objects"].([]any) {
		n := o.(map[string]any)
		list = append(list, fmt.Sprint(n["number"], " ", n["number_type"], " ", n["sms_enabled"]))
	}
	if diff := cmp.Diff([]string{"12125550100 local true", "12125550140 local true", "18885550100 tollfree true"}, list); diff != "" {
		t.Error(diff)
	}
	price := get(account("Pricing/") + "?country_iso=US")["message"].(map[string]any)["outbound"].(map[string]any)["rate"]
	if price != "0.00550" {
		t.Errorf("price: %v", price)
	}
	if r := b.call("GET", account("Pricing/")+"?country_iso=XX", ""); r.status != 400 {
		t.Errorf("a country that is none: %d", r.status)
	}
	if got := get(account("Powerpack//"))["objects"].([]any); len(got) != 1 {
		t.Errorf("powerpacks: %v", got)
	}
	if r := b.call("GET", account("Powerpack/none/"), ""); r.status != 404 {
		t.Errorf("a powerpack that is none: %d", r.status)
	}
	look := get("/v1/Number/+12125550150")
	if look["carrier"].(map[string]any)["mobile_network_code"] != "" || look["country"].(map[string]any)["iso2"] != "US" {
		t.Errorf("lookup: %v", look)
	}
	if r := b.call("GET", "/v1/Number/123", ""); r.status != 404 || r.body["error_code"] != float64(404) {
		t.Errorf("lookup of nonsense: %d %s", r.status, r.raw)
	}
}

func TestOnlyRentedNumbersMaySend(t *testing.T) {
	t.Parallel()
	b := start(t, simulator.Config{Numbers: []string{sender}, Powerpacks: map[string][]string{"pool-1": {"12125550140"}}})
	b.text(reachable, "x", "/s").uuids(t)
	if r := b.send(map[string]any{"src": "12125550199", "dst": reachable, "text": "x"}); r.status != 400 {
		t.Errorf("%d %s", r.status, r.raw)
	}
	b.send(map[string]any{"powerpack_uuid": "pool-1", "dst": reachable, "text": "x"}).uuids(t)
	if got := b.sim.Ledger().Accepted()[1].Src; got != "12125550140" {
		t.Errorf("sent by %s", got)
	}
}

func TestApplicationTellsWhereInboundTextsGo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{Numbers: []string{sender}})
		made := b.call("POST", account("Application/"), `{"app_name":"tidings","message_url":"`+hookBase+`/one"}`)
		id, _ := made.body["app_id"].(string)
		if made.status != 201 || id == "" {
			t.Fatalf("%d %s", made.status, made.raw)
		}
		if r := b.call("POST", account("Number/"+sender+"/"), `{"app_id":"`+id+`"}`); r.status != 202 {
			t.Fatalf("%d %s", r.status, r.raw)
		}
		inject(t, b, reachable, sender, "a")
		if r := b.call("POST", account("Application/"+id+"/"), `{"message_url":"`+hookBase+`/two"}`); r.status != 202 {
			t.Fatalf("%d %s", r.status, r.raw)
		}
		inject(t, b, reachable, sender, "b")
		if len(b.app.hooks("/one")) != 1 || len(b.app.hooks("/two")) != 1 {
			t.Error("the application was not asked")
		}
		if got := b.call("GET", account("Application/"+id+"/"), "").body["message_url"]; got != hookBase+"/two" {
			t.Errorf("%v", got)
		}
		if got := b.call("GET", account("Application/"), "").body["objects"].([]any); len(got) != 2 {
			t.Errorf("%d applications", len(got))
		}
		for path, body := range map[string]string{"Application/1/": `{}`, "Number/12125550199/": `{"app_id":"` + id + `"}`} {
			if r := b.call("POST", account(path), body); r.status != 404 {
				t.Errorf("%s: %d", path, r.status)
			}
		}
		if r := b.call("POST", account("Number/"+sender+"/"), `{"app_id":"1"}`); r.status != 400 {
			t.Errorf("an application that is none: %d", r.status)
		}
	})
}

func TestAccountLimitsAreSwitches(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		over := func(limits simulator.Limits) int {
			b := start(t, simulator.Config{Limits: limits})
			refused := 0
			for range 310 {
				if b.call("GET", account(""), "").status == 429 {
					refused++
				}
			}
			<-time.After(5 * time.Second)
			if r := b.call("GET", account(""), ""); r.status != 200 {
				t.Errorf("after the window: %d", r.status)
			}
			return refused
		}
		if got := over(simulator.Limits{}); got != 0 {
			t.Errorf("switched off, %d refused", got)
		}
		if got := over(simulator.RealLimits()); got != 10 {
			t.Errorf("%d refused of 310", got)
		}
	})
}

func TestCallsAtATimeAreLimited(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{Limits: simulator.Limits{InFlight: 2}, Faults: simulator.Faults{SlowResponse: 1, SlowFor: time.Minute}})
		done := make(chan int)
		for range 3 {
			go func() { done <- b.text(reachable, "x", "/s").status }()
			synctest.Wait()
		}
		if got := <-done; got != 429 {
			t.Errorf("the third: %d", got)
		}
		if a, c := <-done, <-done; a != 202 || c != 202 {
			t.Errorf("the others: %d, %d", a, c)
		}
	})
}
