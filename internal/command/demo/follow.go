package demo

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// follow watches the run to its end. Whoever is asleep waits until the clock is
// moved to the next opening; some of them say STOP while they wait.
func (d *play) follow(ctx context.Context) error {
	changedTheirMind := false
	for {
		run, err := d.api.first(ctx, "runs", "id = '"+d.run+"'")
		if err != nil {
			return err
		}
		d.draw(run)
		switch run.text("status") {
		case "finished":
			d.bar.end(d.Progress)
			return d.settle(ctx)
		case "paused", "canceled":
			return fmt.Errorf("the run is %s: %s", run.text("status"), run.text("pauseReason"))
		case "waiting":
			d.bar.end(d.Progress)
			if !changedTheirMind {
				changedTheirMind = true
				if err := d.changeMinds(ctx); err != nil {
					return err
				}
			}
			next := d.NextDue()
			if next.IsZero() {
				continue // the last of them have just opted out
			}
			d.say("%d customers are outside their hours; moving the clock to %s", run.count("queued"), next.Format("Mon 15:04 MST"))
			if err := d.Clock.AdvanceTo(next); err != nil {
				return err
			}
		}
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return err
		}
	}
}

// changeMinds lets every fourth of those who wait opt out.
func (d *play) changeMinds(ctx context.Context) error {
	sender, err := d.api.first(ctx, "senders", "id = '"+d.sender+"'")
	if err != nil {
		return err
	}
	waiting, stops := 0, 0
	for _, p := range d.people {
		if p.kind < sleepy || p.kind >= sleepy+3 || !p.consents {
			continue
		}
		if waiting++; waiting%4 != 0 {
			continue
		}
		if _, err := d.Simulator.Inject(p.e164, sender.text("number"), "Stop"); err != nil {
			return err
		}
		stops++
	}
	d.say("%d of those who wait text STOP before their hours open", stops)
	return d.Simulator.Idle(ctx)
}

// settle waits for the last callbacks and answers.
func (d *play) settle(ctx context.Context) error {
	waiting, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := d.Simulator.Idle(waiting); err != nil {
		return fmt.Errorf("the last callbacks: %w", err)
	}
	run, err := d.api.first(waiting, "runs", "id = '"+d.run+"'")
	if err != nil {
		return err
	}
	return d.count(run)
}

// states are those a settled recipient can be in.
var states = []string{"accepted", "sent", "delivered", "undelivered", "failed", "skipped", "unknown"}

func (d *play) count(run record) error {
	if open := run.count("queued") + run.count("sending"); open != 0 {
		return errors.New("the run is finished but messages are open")
	}
	d.report.Recipients = run.count("recipients")
	d.report.States = make(map[string]int64)
	for _, s := range states {
		if n := run.count(s); n > 0 {
			d.report.States[s] = n
		}
	}
	d.report.Segments, d.report.CostMicros, d.report.Currency = run.count("segments"), run.count("costMicros"), run.text("currency")
	d.report.optedOut, d.report.replies = run.count("optedOut"), run.count("replies")
	return nil
}

func (d *play) draw(run record) {
	recipients := run.count("recipients")
	settled := recipients - run.count("queued") - run.count("sending")
	d.bar.draw(d.Progress, d.Terminal, settled, recipients, fmt.Sprintf("%s: %d delivered, %d skipped, %d waiting",
		run.text("status"), run.count("delivered"), run.count("skipped"), run.count("queued")))
}

// bar is the progress of a run: a line that is drawn again on a terminal, a
// line every tenth of the way elsewhere.
type bar struct {
	open  bool
	tenth int64
	last  string
}

const barWidth = 30

func (b *bar) draw(w interface{ Write([]byte) (int, error) }, terminal bool, done, all int64, words string) {
	if all == 0 {
		return
	}
	if terminal {
		full := int(done * barWidth / all)
		fmt.Fprintf(w, "\r[%s%s] %3d%% %s\x1b[K", strings.Repeat("#", full), strings.Repeat(".", barWidth-full), done*100/all, words)
		b.open = true
		return
	}
	if tenth := done * 10 / all; tenth != b.tenth || b.last == "" {
		b.tenth, b.last = tenth, words
		fmt.Fprintf(w, "%3d%% %s\n", done*100/all, words)
	}
}

func (b *bar) end(w interface{ Write([]byte) (int, error) }) {
	if b.open {
		fmt.Fprintln(w)
		b.open = false
	}
}
