package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"tidings/internal/simulator"
)

// inWords gives our word for the simulator's states.
var inWords = map[string]string{
	"queued": "accepted", "sent": "sent", "delivered": "delivered", "undelivered": "undelivered", "failed": "failed",
}

// stopSlack allows for the way through the loopback: a request that was written
// just before a STOP was answered may be seen just after.
const stopSlack = 5 * time.Millisecond

// compare holds our rows against the simulator's ledger, which knows the truth:
// who was texted, how often, what became of it and what it cost.
func (d *play) compare(ctx context.Context) error {
	ours, err := d.rows(ctx)
	if err != nil {
		return err
	}
	d.report.Skipped = make(map[string]int64)
	byUUID := make(map[string]record, len(ours))
	settled := int64(0)
	for _, m := range ours {
		settled++
		if m.text("status") == "skipped" {
			d.report.Skipped[m.text("reason")]++
		}
		if uuid := m.text("plivoUuid"); uuid != "" {
			byUUID[uuid] = m
		}
	}
	ledger := d.Simulator.Ledger()
	requests := ledger.Accepted()
	var segments, cost int64
	for _, r := range requests {
		m, ok := byUUID[r.UUID]
		switch {
		case !ok:
			d.differ("the simulator accepted a text that no message of ours stands for")
		case inWords[r.State] != m.text("status"):
			d.differ("a message is %s with us and %s at the simulator", m.text("status"), r.State)
		case "+"+r.Dst != m.text("phoneNumber"):
			d.differ("a text went to another number than its message has")
		}
		delete(byUUID, r.UUID)
		if s := m.text("status"); s != "failed" {
			segments += int64(r.Units)
		}
		cost += r.CostMicros
	}
	if n := len(byUUID); n > 0 {
		d.differ("%d messages of ours claim texts that the simulator never accepted", n)
	}
	if settled != d.report.Recipients || settled != sum(d.report.States) {
		d.differ("%d recipients, %d rows, %d in settled states", d.report.Recipients, settled, sum(d.report.States))
	}
	if segments != d.report.Segments || cost != d.report.CostMicros {
		d.differ("we count %d segments and %d micros, the simulator %d and %d", d.report.Segments, d.report.CostMicros, segments, cost)
	}
	if twice := ledger.TextedTwice(func(r simulator.Request) string { return r.Dst }); len(twice) > 0 {
		d.differ("%d numbers were texted twice", len(twice))
	}
	if late := ledger.StartedAfterStopBy(stopSlack); len(late) > 0 {
		d.differ("%d texts began after a STOP", len(late))
	}
	d.report.LedgerAgrees = len(d.report.differences) == 0
	return nil
}

// rows reads all messages of the run, page by page.
func (d *play) rows(ctx context.Context) ([]record, error) {
	const perPage = 1000
	var all []record
	last := ""
	for {
		page, err := d.api.page(ctx, "messages", "run = '"+d.run+"' && id > '"+last+"'", 1, perPage)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if len(page) < perPage {
			return all, nil
		}
		last = page[len(page)-1].text("id")
	}
}

// differ notes a difference once, however many messages it concerns.
func (d *play) differ(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	for _, known := range d.report.differences {
		if strings.EqualFold(known, text) {
			return
		}
	}
	d.report.differences = append(d.report.differences, text)
}

func sum(counts map[string]int64) int64 {
	var n int64
	for _, c := range counts {
		n += c
	}
	return n
}
