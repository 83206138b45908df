package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"tidings/internal/engine/campaign"
)

const (
	selectCampaign = `SELECT c.org, c.name, c.messageBody, c.sender, COALESCE(s.name, ''), COALESCE(s.enabled, 0), COALESCE(s.ratePerSecond, 0),
		COALESCE(s.kind, ''), c.lists, g.id IS NOT NULL AND g.filter = '', COALESCE(g.filter, ''), c.everyone, c.sendAt, c.expiresAt, c.archived OR o.archived,
		CASE WHEN o.brand != '' THEN o.brand ELSE o.name END, o.sendFrom, o.sendUntil, o.frequencyCap,
		COALESCE(s.dailyCap, 0), COALESCE((SELECT n FROM sender_usage WHERE sender = s.id AND day = ?), 0)
		FROM campaigns c JOIN organizations o ON o.id = c.org
		LEFT JOIN senders s ON s.id = c.sender AND s.org = c.org LEFT JOIN segments g ON g.id = c.segment AND g.org = c.org
		WHERE c.id = ?`

	selectKeys = `SELECT id, key FROM runs WHERE campaign = ? ORDER BY key DESC`

	personColumns = `subscribers.id, subscribers.phoneNumber, subscribers.firstName, subscribers.lastName, subscribers.language,
		subscribers.timezone, subscribers.state, COALESCE(subscribers.attributes, ''), subscribers.status,
		(SELECT org || '/' || reason FROM suppressions WHERE suppressions.phoneNumber = subscribers.phoneNumber
			AND suppressions.org IN (subscribers.org, '') ORDER BY org DESC LIMIT 1)`
	selectStanding = `SELECT ` + personColumns + ` FROM subscribers WHERE org = ? AND phoneNumber = ?`
)

// Campaign reads a campaign with what Send needs of its surroundings.
func (s *Store) Campaign(ctx context.Context, id string) (campaign.Campaign, error) {
	c := campaign.Campaign{ID: id}
	var kind, lists, sendAt, expiresAt string
	err := s.read.QueryRowContext(ctx, selectCampaign, day(s.now()), id).Scan(&c.Org, &c.Name, &c.Text, &c.Sender, &c.SenderName, &c.SenderEnabled,
		&c.RatePerSecond, &kind, &lists, &c.BlankSegment, &c.Segment, &c.Everyone, &sendAt, &expiresAt, &c.Archived,
		&c.Brand, &c.SendFrom, &c.SendUntil, &c.FrequencyCap, &c.Quota.Cap, &c.Quota.Used)
	if errors.Is(err, sql.ErrNoRows) {
		return c, campaign.ErrNotFound
	}
	if err != nil {
		return c, fmt.Errorf("read a campaign: %w", err)
	}
	if err := json.Unmarshal([]byte(lists), &c.Lists); err != nil {
		return c, fmt.Errorf("read the lists of a campaign: %w", err)
	}
	if c.RatePerSecond == 0 {
		c.RatePerSecond = defaultRates[kind]
	}
	c.Rules = s.Rules()
	c.SendAt, c.ExpiresAt = moment(sendAt), moment(expiresAt)
	return c, nil
}

// Keys lists the run keys of a campaign and its newest run.
func (s *Store) Keys(ctx context.Context, of string) (keys []string, newest string, err error) {
	rows, err := s.read.QueryContext(ctx, selectKeys, of)
	if err != nil {
		return nil, "", fmt.Errorf("read the runs of a campaign: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, key string
		if err := rows.Scan(&id, &key); err != nil {
			return nil, "", fmt.Errorf("read the runs of a campaign: %w", err)
		}
		if newest == "" {
			newest = id
		}
		keys = append(keys, key)
	}
	return keys, newest, rows.Err()
}

type scanner interface{ Scan(into ...any) error }

func scanPerson(rows scanner) (campaign.Person, error) {
	var p campaign.Person
	var suppressed sql.NullString
	if err := rows.Scan(&p.ID, &p.Number, &p.FirstName, &p.LastName, &p.Language, &p.Timezone, &p.State, &p.Attributes, &p.Status, &suppressed); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return p, err
		}
		return p, fmt.Errorf("read a person: %w", err)
	}
	if suppressed.Valid {
		org, reason, _ := strings.Cut(suppressed.String, "/")
		p.Suppression = suppressionKind(org, reason)
	}
	return p, nil
}

// Standing reads one person by number; without a subscriber only what is
// suppressed is known.
func (s *Store) Standing(ctx context.Context, org, number string) (campaign.Person, error) {
	p, err := scanPerson(s.read.QueryRowContext(ctx, selectStanding, org, number))
	if !errors.Is(err, sql.ErrNoRows) {
		p.OwnPage = s.ownPage(p.ID)
		return p, err
	}
	p.Number = number
	var of, reason string
	err = s.read.QueryRowContext(ctx, selectSuppression, number, org).Scan(&of, &reason)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil
	}
	if err != nil {
		return p, fmt.Errorf("read a suppression: %w", err)
	}
	p.Suppression = suppressionKind(of, reason)
	return p, nil
}

// Reached says which of the ids stand for somebody who was not skipped. A row
// that is still queued reached nobody: the runs that are asked about have ended,
// and a canceled one's last rows are skipped a moment later.
func (s *Store) Reached(ctx context.Context, ids []string) (map[string]bool, error) {
	reached := make(map[string]bool)
	const most = 500 // parameters of one statement
	for len(ids) > 0 {
		part := ids[:min(most, len(ids))]
		ids = ids[len(part):]
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		rows, err := s.read.QueryContext(ctx, `SELECT id FROM messages WHERE (status NOT IN ('skipped', 'queued') OR reason = 'resent') AND id IN (?`+
			strings.Repeat(", ?", len(part)-1)+`)`, args...)
		if err != nil {
			return nil, fmt.Errorf("read who was reached: %w", err)
		}
		for rows.Next() {
			var id string
			if err := rows.Scan(&id); err != nil {
				return nil, errors.Join(err, rows.Close())
			}
			reached[id] = true
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, fmt.Errorf("read who was reached: %w", err)
		}
	}
	return reached, nil
}
