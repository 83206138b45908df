// Package demo shows the main job from end to end: a customer file with all
// kinds of bad rows is imported, one campaign is sent to simulated phones, the
// phones answer, and at the end the books of both sides are compared.
//
// It drives a running server over HTTP as any client would, so what it shows is
// what a user gets. It refuses to call a run good that does not add up.
package demo

import (
	"bytes"
	"context"
	_ "embed" // for the customer file
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"tidings/internal/clock"
	"tidings/internal/simulator"
)

//go:embed customers.csv
var customers []byte

//go:embed walkins.csv
var walkins []byte

// DefaultSubscribers is how many rows the customer files in the repository have.
const DefaultSubscribers = 1000

// Opens is when the demo's clock starts: Tuesday, 11:00 in New York. Everybody
// on the mainland is inside the federal hours, Alaska and Hawaii are not yet, and
// some states open later than that.
var Opens = time.Date(2026, time.September, 15, 15, 0, 0, 0, time.UTC)

// Options is what the demo needs: a server that sends to the simulator, and the
// login of its superuser.
type Options struct {
	URL, Email, Password string
	Simulator            *simulator.Simulator
	Clock                *clock.Clock
	NextDue              func() time.Time
	Subscribers          int
	RatePerSecond        float64
	Progress             io.Writer
	Terminal             bool // Progress is a terminal: draw a bar
}

// Run does the job and reports. An error means that the demo could not be
// played; books that differ are told in the report.
func Run(ctx context.Context, o Options) (Report, error) {
	d := &play{Options: o, api: &client{base: o.URL}}
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"set the shop up", d.setUp},
		{"take in earlier STOPs", d.earlierStops},
		{"import the customers", d.importAll},
		{"send the campaign", d.send},
		{"follow the run", d.follow},
		{"compare the books", d.compare},
	} {
		if err := step.do(ctx); err != nil {
			return d.report, fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return d.report, nil
}

// play is one performance.
type play struct {
	Options
	api      *client
	people   []person
	org      string
	sender   string
	campaign string
	run      string
	bar      bar
	report   Report
}

func (d *play) say(format string, args ...any) { fmt.Fprintf(d.Progress, format+"\n", args...) }

const offer = "Corner Bakery: hi {{firstName|neighbor}}, two croissants for one until Sunday. Show this text. Reply STOP to opt out."

func (d *play) setUp(ctx context.Context) error {
	if err := d.api.signIn(ctx, "_superusers", d.Email, d.Password); err != nil {
		return err
	}
	org, err := d.api.first(ctx, "organizations", "slug = 'default'")
	if err != nil {
		return err
	}
	d.org = org.text("id")
	if err := d.api.call(ctx, http.MethodPatch, "/api/collections/organizations/records/"+d.org,
		record{"name": "Corner Bakery", "brand": "Corner Bakery", "helpText": "Corner Bakery: questions? Ask at the counter or write to hello@example.com. Reply STOP to opt out."}, nil); err != nil {
		return err
	}
	sender, err := d.api.first(ctx, "senders", "org = '"+d.org+"'")
	if err != nil {
		return err
	}
	d.sender = sender.text("id")
	return d.api.call(ctx, http.MethodPatch, "/api/collections/senders/records/"+d.sender, record{"ratePerSecond": d.RatePerSecond}, nil)
}

// earlierStops: some of the customers have opted out before the file is
// imported. The file must not bring them back.
func (d *play) earlierStops(ctx context.Context) error {
	d.people = crowd(d.Subscribers)
	sender, err := d.api.first(ctx, "senders", "org = '"+d.org+"'")
	if err != nil {
		return err
	}
	n := 0
	for _, p := range d.people {
		if p.kind == stopped && p.e164 != "" {
			if _, err := d.Simulator.Inject(p.e164, sender.text("number"), "STOP"); err != nil {
				return err
			}
			n++
		}
	}
	d.say("%d customers had texted STOP before", n)
	return d.Simulator.Idle(ctx)
}

func (d *play) importAll(ctx context.Context) error {
	d.report.Rejected = make(map[string]int64)
	regulars, err := d.api.create(ctx, "lists", record{"org": d.org, "name": "Regulars", "optIn": "single"})
	if err != nil {
		return err
	}
	visitors, err := d.api.create(ctx, "lists", record{"org": d.org, "name": "Walk-ins", "optIn": "single"})
	if err != nil {
		return err
	}
	with, without := customers, walkins
	if d.Subscribers != DefaultSubscribers {
		var a, b bytes.Buffer
		if err := errors.Join(write(&a, d.people, true), write(&b, d.people, false)); err != nil {
			return err
		}
		with, without = a.Bytes(), b.Bytes()
	}
	if err := d.importFile(ctx, "customers.csv", with, map[string]string{
		"list": regulars.text("id"), "consentMethod": "paper",
		"consentText": "Yes, Corner Bakery may text me offers. Msg frequency varies. Msg & data rates may apply. Reply HELP for help, STOP to opt out. Consent is not a condition of purchase.",
	}); err != nil {
		return err
	}
	if !slices.ContainsFunc(d.people, func(p person) bool { return !p.consents }) {
		return nil // so few that all have consented
	}
	return d.importFile(ctx, "walkins.csv", without, map[string]string{"list": visitors.text("id")})
}

func (d *play) importFile(ctx context.Context, name string, file []byte, fields map[string]string) error {
	id, err := d.api.upload(ctx, name, file, fields)
	if err != nil {
		return err
	}
	for {
		done, err := d.api.first(ctx, "imports", "id = '"+id+"'")
		if err != nil {
			return err
		}
		switch done.text("status") {
		case "failed":
			return fmt.Errorf("the import of %s failed: %s", name, done.text("error"))
		case "finished":
			d.report.Imported += done.count("created") + done.count("updated")
			reasons, _ := done["reasons"].(map[string]any)
			for reason, n := range reasons {
				count, _ := n.(float64)
				d.report.Rejected[reason] += int64(count)
			}
			d.say("%s: %d rows, %d new, %d already there, %d rejected", name, done.count("rows"), done.count("created"), done.count("updated"), done.count("rejected"))
			return nil
		}
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return err
		}
	}
}

func (d *play) send(ctx context.Context) error {
	c, err := d.api.create(ctx, "campaigns", record{
		"org": d.org, "name": "Croissants for two", "messageBody": offer, "sender": d.sender, "everyone": true,
	})
	if err != nil {
		return err
	}
	d.campaign = c.text("id")
	var estimate, launched record
	if err := d.api.call(ctx, http.MethodPost, "/api/sms/campaigns/"+d.campaign+"/estimate", nil, &estimate); err != nil {
		return err
	}
	d.say("estimate: %d recipients, %d segments, %s (at most %s)", estimate.count("recipients"), estimate.count("segments"),
		money(estimate.count("costMicros"), estimate.text("currency")), money(estimate.count("costWorstMicros"), estimate.text("currency")))
	if err := d.api.call(ctx, http.MethodPost, "/api/sms/campaigns/"+d.campaign+"/send", record{}, &launched); err != nil {
		return err
	}
	d.run = launched.text("runId")
	return nil
}

// pause waits without outliving ctx.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
