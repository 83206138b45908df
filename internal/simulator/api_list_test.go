package simulator_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/clock"
	"tidings/internal/simulator"
)

var tuesday = time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)

// listed are the destinations that a list call shows, in its order.
func listed(t *testing.T, b *bench, query string) (to []string, meta map[string]any) {
	t.Helper()
	r := b.call("GET", account("Message/")+query, "")
	if r.status != 200 {
		t.Fatalf("%s: %d %s", query, r.status, r.raw)
	}
	for _, o := range r.body["objects"].([]any) {
		to = append(to, o.(map[string]any)["to_number"].(string))
	}
	return to, r.body["meta"].(map[string]any)
}

func TestListFilters(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := clock.StartingAt(tuesday)
		b := start(t, simulator.Config{Clock: c, Limits: simulator.Limits{ListPerMinute: -1}})
		send := func(from, to string) {
			b.send(map[string]any{"src": from, "dst": to, "text": "x"}).uuids(t)
			b.idle()
			if err := c.AdvanceTo(c.Now().Truncate(time.Minute).Add(time.Minute)); err != nil {
				t.Fatal(err)
			}
		}
		send(sender, "12125550101")        // 16:00
		send(sender, "12125550150")        // 16:01, undelivered 50
		send("12125550111", "12125550102") // 16:02
		if _, err := b.sim.Inject(reachable, sender, "Hi"); err != nil {
			t.Fatal(err) // 16:03
		}
		for query, want := range map[string][]string{
			"":                                           {sender, "12125550102", "12125550150", "12125550101"},
			"?message_direction=inbound":                 {sender},
			"?message_direction=outbound":                {"12125550102", "12125550150", "12125550101"},
			"?to_number=12125550101":                     {"12125550101"},
			"?to_number=%2B12125550101":                  {"12125550101"},
			"?from_number=12125550111":                   {"12125550102"},
			"?message_state=undelivered":                 {"12125550150"},
			"?error_code=50":                             {"12125550150"},
			"?message_time__gte=2026-03-03+16:01":        {sender, "12125550102", "12125550150"},
			"?message_time__gt=2026-03-03+16:01:00":      {sender, "12125550102"},
			"?message_time__lte=2026-03-03+16:01:00":     {"12125550150", "12125550101"},
			"?message_time__lt=2026-03-03+16:01:00.0000": {"12125550101"},
			"?message_time__gte=2026-03-03+16:00:30&message_time__lte=2026-03-03+16:02&to_number=12125550102": {"12125550102"},
			"?to_number=12125550109": nil,
		} {
			got, _ := listed(t, b, query)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", query, diff)
			}
		}
		for _, query := range []string{"?limit=0", "?limit=21", "?offset=-1", "?message_time__gte=yesterday", "?message_time__around=2026-03-03", "?error_code=x"} {
			if r := b.call("GET", account("Message/")+query, ""); r.status != 400 {
				t.Errorf("%s: %d", query, r.status)
			}
		}
	})
}

func TestListLooksBackADayUnlessAsked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := clock.StartingAt(tuesday)
		b := start(t, simulator.Config{Clock: c})
		uuid := b.text(reachable, "x", "/s/1").uuids(t)[0]
		b.idle()
		show := func() []int {
			today, _ := listed(t, b, "")
			earlier, _ := listed(t, b, "?message_time__lte=2026-12-31+00:00")
			return []int{len(today), len(earlier), b.call("GET", account("Message/"+uuid+"/"), "").status}
		}
		if diff := cmp.Diff([]int{1, 1, 200}, show()); diff != "" {
			t.Error(diff)
		}
		if err := c.Advance(25 * time.Hour); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]int{0, 1, 200}, show()); diff != "" {
			t.Error("after a day: ", diff)
		}
		if err := c.Advance(90 * 24 * time.Hour); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]int{0, 0, 404}, show()); diff != "" {
			t.Error("after 90 days: ", diff)
		}
	})
}

func TestListPages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		var want []string
		for i := range 45 {
			to := fmt.Sprintf("1212555%04d", i)
			b.text(to, "x", "/s/1").uuids(t)
			want = append([]string{to}, want...)
		}
		b.idle()
		var got []string
		query := ""
		for pages := 0; ; pages++ {
			to, meta := listed(t, b, query)
			got = append(got, to...)
			next, more := meta["next"].(string)
			if !more {
				if pages != 2 || meta["previous"] == nil {
					t.Errorf("page %d, meta %v", pages, meta)
				}
				break
			}
			query = next[len(account("Message/")):]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestListIsLimitedToTwentyAMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		for i := range 20 {
			if r := b.call("GET", account("Message/"), ""); r.status != 200 {
				t.Fatalf("call %d: %d", i, r.status)
			}
		}
		if r := b.call("GET", account("Message/"), ""); r.status != 429 {
			t.Errorf("21st: %d", r.status)
		}
		<-time.After(time.Minute)
		if r := b.call("GET", account("Message/"), ""); r.status != 200 {
			t.Errorf("a minute later: %d", r.status)
		}
	})
}

func TestMessageShowsAfterASecond(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{VisibilityDelay: time.Second})
		uuid := b.text(reachable, "x", "/s/1").uuids(t)[0]
		if got, _ := listed(t, b, ""); len(got) != 0 || b.call("GET", account("Message/"+uuid+"/"), "").status != 404 {
			t.Error("shown at once")
		}
		<-time.After(time.Second)
		if got, _ := listed(t, b, ""); len(got) != 1 || b.call("GET", account("Message/"+uuid+"/"), "").status != 200 {
			t.Error("not shown after a second")
		}
	})
}

func TestRecordOfAMessage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{Clock: clock.StartingAt(tuesday), CallbackDelay: time.Second, DeliverDelay: time.Second})
		uuid := b.text("12125550170", "x", "/s/1").uuids(t)[0]
		b.idle()
		got := b.call("GET", account("Message/"+uuid+"/"), "").body
		for field, want := range map[string]any{
			"message_uuid": uuid, "message_state": "undelivered", "message_direction": "outbound", "message_type": "sms",
			"from_number": sender, "to_number": "12125550170", "units": float64(1), "total_rate": "0.00550", "total_amount": "0.00550",
			"carrier_fees": "0.00300", "error_code": "070", "error_message": "Destination permanently unavailable",
			"message_time": "2026-03-03 16:00:00.000000+00:00", "message_sent_time": "2026-03-03 16:00:01.000000+00:00",
			"message_updated_time": "2026-03-03 16:00:02.000000+00:00", "text": "x", "log": "true",
		} {
			if got[field] != want {
				t.Errorf("%s: %v, want %v", field, got[field], want)
			}
		}
		for _, id := range []string{"nonsense", "../../x", "00000000-0000-0000-0000-000000000000"} {
			if r := b.call("GET", account("Message/"+id+"/"), ""); r.status != 404 {
				t.Errorf("%s: %d", id, r.status)
			}
		}
	})
}

func TestMaskedMessageHidesItsNumberAndText(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		b.send(map[string]any{"src": sender, "dst": reachable, "text": "x", "log": false}).uuids(t)
		got, _ := listed(t, b, "")
		if len(got) != 1 || got[0] != "1212555XXXX" {
			t.Errorf("%v", got)
		}
	})
}
