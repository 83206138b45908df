package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"tidings/internal/engine/campaign"
	"tidings/internal/rules/message"
	"tidings/internal/rules/price"
)

// estimateSeconds is the goal for a million people with every reason to be left out.
const estimateSeconds = 10.0

// noPrices knows of no price; what a segment costs is not what takes time here.
type noPrices struct{}

func (noPrices) Rate(context.Context, string) price.Rate { return price.Rate{} }

// estimate asks who of a million people would get a campaign: some have not consented,
// some said STOP, some numbers are invalid, and some had their texts of the day, for
// which a limit applies to everybody.
func estimate(ctx context.Context, e *env) (_ []result, err error) {
	people := e.count(1_000_000)
	h, err := build(filepath.Join(e.dir, "data"), 0)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if err := h.populate(people); err != nil {
		return nil, err
	}
	rows, err := h.open(e)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	// A run of today has reached everybody, and a limit of one a day holds for one in
	// thirty of its rows that have been sent.
	if _, err := planOnce(ctx, e, h, rows, "campaign0000009", people); err != nil {
		return nil, err
	}
	sent := h.clock.Now().UTC().Add(-time.Hour).Format("2006-01-02 15:04:05.000Z")
	for _, sql := range []string{
		"UPDATE organizations SET frequencyCap = 1",
		"UPDATE subscribers SET status = 'invalid' WHERE rowid % 40 = 3",
		"UPDATE messages SET status = 'delivered', sentAt = '" + sent + "' WHERE rowid % 30 = 7 AND status = 'queued'",
		"UPDATE runs SET status = 'finished', finishedAt = '" + sent + "'",
		"PRAGMA wal_checkpoint(TRUNCATE)",
	} {
		if _, err := h.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
			return nil, fmt.Errorf("prepare an estimate: %w", err)
		}
	}
	if err := h.another("campaign0000010"); err != nil {
		return nil, err
	}
	asked := campaign.New(rows, noPrices{}, h.clock.Now, func() {})
	var ours samples
	for range min(e.reps, 3) {
		var answer campaign.Estimate
		took, err := watch(people, func() (err error) {
			answer, err = asked.Estimate(ctx, campaign.Order{Campaign: "campaign0000010"})
			return err
		})
		if err != nil {
			return nil, err
		}
		all := answer.Recipients
		for _, n := range answer.Excluded {
			all += n
		}
		for _, reason := range []message.Reason{message.NoConsent, message.OptedOut, message.InvalidNumber, message.FrequencyCap} {
			if answer.Excluded[reason] == 0 {
				return nil, fmt.Errorf("nobody is left out because of %s: %v", reason, answer.Excluded)
			}
		}
		if all != people {
			return nil, fmt.Errorf("the estimate speaks of %d of %d people", all, people)
		}
		e.say("%d people in %v, %s; left out %v", people, took.wall.Round(time.Millisecond), micros(cost(took)/1e3), answer.Excluded)
		ours = append(ours, took)
	}
	seconds := 1e6 / ours.perSecond()
	return []result{{
		measured: "an estimate of a million people, a limit per day for each", reached: fmt.Sprintf("%.1f s, %s a person", seconds, micros(ours.micros())),
		goal: fmt.Sprintf("at most %.0f s", estimateSeconds), met: seconds <= estimateSeconds,
	}}, nil
}
