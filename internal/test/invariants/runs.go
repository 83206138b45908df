package invariants

import (
	"maps"
	"slices"

	"tidings/internal/rules/message"
)

// checkRuns is I2: rows against counters, and against the audience.
func (c *checker) checkRuns() {
	byRun := make(map[string][]*row)
	for _, m := range c.messages {
		if m.Run != "" {
			byRun[m.Run] = append(byRun[m.Run], m)
		}
		if c.Moment >= AtRest && m.Status == string(message.Sending) {
			c.fail("I2: row %s is still sending, and nothing is under way", m.ID)
		}
	}
	for _, r := range c.runs {
		c.checkCounters(r, byRun[r.ID])
		c.checkAudience(r, byRun[r.ID])
		if ended(r.Status) && r.Queued+r.Sending > 0 && (r.Status == string(message.RunFinished) || c.Moment >= AtRest) {
			c.fail("I2: run %s is %s with %d open rows", r.ID, r.Status, r.Queued+r.Sending)
		}
		delete(byRun, r.ID)
	}
	for id, rows := range byRun {
		c.fail("I2: %d rows belong to run %s, which is not there", len(rows), id)
	}
}

func ended(status string) bool {
	return status == string(message.RunFinished) || status == string(message.RunCanceled)
}

func (c *checker) checkCounters(r run, rows []*row) {
	states := make(map[string]int64)
	counters := make(map[[2]string]int64)
	var segments, cost, begun int64
	for _, m := range rows {
		states[m.Status]++
		cost += m.Cost
		begun += m.Attempt
		status := message.Status(m.Status)
		if status.Billed() {
			segments += m.Segments
		}
		switch {
		case status == message.Skipped && m.Reason != "":
			counters[[2]string{"reason", m.Reason}]++
		case (status == message.Failed || status == message.Undelivered) && m.ErrorCode != "":
			counters[[2]string{"error", m.ErrorCode}]++
		}
	}
	for _, n := range []struct {
		name       string
		have, want int64
	}{
		{"recipients", r.Recipients, int64(len(rows))},
		{"queued", r.Queued, states["queued"]}, {"sending", r.Sending, states["sending"]},
		{"accepted", r.Accepted, states["accepted"]}, {"sent", r.Sent, states["sent"]},
		{"delivered", r.Delivered, states["delivered"]}, {"undelivered", r.Undelivered, states["undelivered"]},
		{"failed", r.Failed, states["failed"]}, {"skipped", r.Skipped, states["skipped"]},
		{"unknown", r.Unknown, states["unknown"]},
		{"segments", r.Segments, segments}, {"costMicros", r.Cost, cost},
	} {
		if n.have != n.want {
			c.fail("I2: run %s counts %d %s, its rows make %d", r.ID, n.have, n.name, n.want)
		}
	}
	var minutes int64
	for _, n := range c.counters[r.ID] {
		if n.Kind == "minute" {
			minutes += n.N
			continue
		}
		key := [2]string{n.Kind, n.Key}
		if want := counters[key]; n.N != want {
			c.fail("I2: run %s counts %d of %s %q in run_counters, its rows make %d", r.ID, n.N, n.Kind, n.Key, want)
		}
		delete(counters, key)
	}
	for key, n := range counters {
		c.fail("I2: run %s counts nothing of %s %q in run_counters, its rows make %d", r.ID, key[0], key[1], n)
	}
	if minutes != begun {
		c.fail("I2: run %s counts %d requests by the minute, its rows had %d attempts", r.ID, minutes, begun)
	}
}

func (c *checker) checkAudience(r run, rows []*row) {
	numbers := make(map[string]bool, len(rows))
	for _, m := range rows {
		if numbers[m.Number] {
			c.fail("I2: run %s has two rows of %s", r.ID, m.Number)
		}
		numbers[m.Number] = true
	}
	audience, known := c.Audience[r.ID]
	if !known || c.Moment < AtRest {
		return
	}
	for _, n := range audience {
		if !numbers[n] {
			c.fail("I2: lost: %s is in the audience of run %s and has no row", n, r.ID)
		}
		delete(numbers, n)
	}
	for _, n := range slices.Sorted(maps.Keys(numbers)) {
		c.fail("I2: %s has a row in run %s and is not in its audience", n, r.ID)
	}
}
