package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
)

// populate adds people in bulk, past the hooks: one in twenty without consent,
// one in fifty after a STOP, over ten area codes of six clocks. Their numbers
// are in no order, as in a file that somebody collected. Nothing of it is
// measured, so it is not flushed either.
func (h *house) populate(people int) error {
	for _, sql := range []string{
		"PRAGMA synchronous = OFF",
		fmt.Sprintf(`WITH RECURSIVE area (i, code) AS (VALUES (0, 212), (1, 312), (2, 303), (3, 602), (4, 415), (5, 808), (6, 907), (7, 404), (8, 713), (9, 206)),
			person (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM person WHERE i + 1 < %d)
			INSERT INTO subscribers (id, org, phoneNumber, firstName, lastName, language, attributes, lists, status, country, created, updated)
			SELECT printf('crowd%%010d', person.i), '%s', printf('+1%%03d%%07d', area.code, 2000000 + (person.i * 7368787) %% 7999999),
				'First', 'Last', 'en', '{}', '[]', CASE WHEN person.i %% 20 = 0 THEN 'new' ELSE 'subscribed' END, 'US',
				'2026-01-01 00:00:00.000Z', '2026-01-01 00:00:00.000Z'
			FROM person JOIN area ON area.i = person.i %% 10`, people, orgID),
		`INSERT INTO suppressions (id, org, phoneNumber, reason, source)
			SELECT 's' || substr(id, 2), org, phoneNumber, 'opted_out', 'keyword' FROM subscribers WHERE rowid % 50 = 1`,
		"PRAGMA wal_checkpoint(TRUNCATE)",
		"PRAGMA synchronous = FULL",
	} {
		if _, err := h.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
			return fmt.Errorf("populate: %w", err)
		}
	}
	return h.flush()
}

// another makes one more campaign of the house.
func (h *house) another(id string) error {
	_, err := h.NonconcurrentDB().NewQuery("INSERT INTO campaigns (id, org, name, messageBody, sender, everyone, lists) VALUES ({:id}, {:org}, 'Again', {:text}, {:sender}, 1, '[]')").
		Bind(dbx.Params{"id": id, "org": orgID, "text": text, "sender": senderID}).Execute()
	return err
}

// bystander saves a record again and again, as a person at the dashboard would,
// and notes how long each save took.
func (h *house) bystander(ctx context.Context) func() (took []time.Duration, err error) {
	ctx, stop := context.WithCancel(ctx)
	var took []time.Duration
	done := make(chan error, 1)
	go func() {
		done <- func() error {
			record, err := h.FindRecordById("campaigns", campaignID)
			if err != nil {
				return err
			}
			tick := time.NewTicker(20 * time.Millisecond)
			defer tick.Stop()
			for i := 0; ; i++ {
				record.Set("name", fmt.Sprintf("Spring %d", i))
				began := time.Now()
				if err := h.Save(record); err != nil {
					return err
				}
				took = append(took, time.Since(began))
				select {
				case <-ctx.Done():
					return nil
				case <-tick.C:
				}
			}
		}()
	}()
	return func() ([]time.Duration, error) {
		stop()
		err := <-done
		slices.Sort(took)
		return took, err
	}
}
