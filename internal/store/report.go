package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tidings/internal/engine/campaign"
	"tidings/internal/engine/inbox"
	"tidings/internal/engine/report"
	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
)

const (
	selectCounters = `SELECT kind, key, n FROM run_counters WHERE run = ?`
	// idx_messages_due (run, dueAt, id) WHERE status = 'queued': the last row of the run.
	selectOutlook = `SELECT r.queued, COALESCE((SELECT m.dueAt FROM messages m WHERE m.status = 'queued' AND m.run = r.id
			ORDER BY m.dueAt DESC LIMIT 1), ''), COALESCE(s.ratePerSecond, 0), COALESCE(s.kind, ''),
			COALESCE(s.dailyCap, 0), COALESCE((SELECT n FROM sender_usage WHERE sender = s.id AND day = ?), 0),
			r.status IN ('sending', 'waiting') AND EXISTS (SELECT 1 FROM messages m WHERE m.status = 'queued' AND m.run = r.id AND m.dueAt <= ?),
			COALESCE(json_extract(r.snapshot, '$.expiresAt'), ''), COALESCE(o.timezone, '')
		FROM runs r LEFT JOIN senders s ON s.id = json_extract(r.snapshot, '$.sender') LEFT JOIN organizations o ON o.id = r.org WHERE r.id = ?`
	// idx_messages_due: the first row of the run.
	selectFirstDue = `SELECT m.phoneNumber, COALESCE(p.timezone, ''), COALESCE(p.state, ''), o.sendFrom, o.sendUntil
		FROM messages m JOIN organizations o ON o.id = m.org LEFT JOIN subscribers p ON p.org = m.org AND p.phoneNumber = m.phoneNumber
		WHERE m.status = 'queued' AND m.run = ? ORDER BY m.dueAt, m.id LIMIT 1`

	// idx_messages_conversation does not cover direction, but one number has few rows.
	selectConversation = `SELECT COALESCE((SELECT m.sender FROM messages m JOIN senders s ON s.id = m.sender AND s.enabled
			WHERE m.run = '' AND m.org = o.id AND m.phoneNumber = ? AND m.direction = 'inbound' ORDER BY m.sentAt DESC LIMIT 1),
			(SELECT s.id FROM senders s WHERE s.org = o.id AND s.enabled ORDER BY s.id LIMIT 1), ''),
		EXISTS (SELECT 1 FROM messages m WHERE m.run = '' AND m.org = o.id AND m.phoneNumber = ? AND m.direction = 'inbound'),
		o.sendFrom, o.sendUntil FROM organizations o WHERE o.id = ?`
)

// Counters reads the counts of a run.
func (s *Store) Counters(ctx context.Context, run string) ([]report.Counter, error) {
	rows, err := s.read.QueryContext(ctx, selectCounters, run)
	if err != nil {
		return nil, fmt.Errorf("read a run's counters: %w", err)
	}
	defer rows.Close()
	var counters []report.Counter
	for rows.Next() {
		var c report.Counter
		if err := rows.Scan(&c.Kind, &c.Key, &c.N); err != nil {
			return nil, fmt.Errorf("read a run's counters: %w", err)
		}
		counters = append(counters, c)
	}
	return counters, rows.Err()
}

// Outlook reads what is left of a run.
func (s *Store) Outlook(ctx context.Context, run string) (report.Outlook, error) {
	var o report.Outlook
	var due, kind, expires string
	now := s.now()
	if err := s.read.QueryRowContext(ctx, selectOutlook, day(now), stamp(now), run).Scan(&o.Queued, &due, &o.RatePerSecond, &kind,
		&o.Quota.Cap, &o.Quota.Used, &o.Due, &expires, &o.Timezone); err != nil {
		return o, fmt.Errorf("read what is left of a run: %w", err)
	}
	if o.RatePerSecond == 0 {
		o.RatePerSecond = defaultRates[kind]
	}
	o.LastDue = moment(due)
	if expires != "" {
		var err error
		if o.Expires, err = time.Parse(time.RFC3339, expires); err != nil { // as the snapshot was written
			return o, fmt.Errorf("read when a run expires: %w", err)
		}
	}
	if left := o.Quota.Left(); left < 0 || int64(left) >= o.Queued {
		return o, nil
	}
	var p eligible.Person
	var own eligible.Own
	err := s.read.QueryRowContext(ctx, selectFirstDue, run).Scan(&p.Number, &p.Timezone, &p.State, &own.From, &own.Until)
	if errors.Is(err, sql.ErrNoRows) {
		return o, nil // it left meanwhile
	}
	if err != nil {
		return o, fmt.Errorf("read whose turn is next in a run: %w", err)
	}
	o.Where = s.Rules().Where(p, own)
	return o, nil
}

// Conversation reads what is known of the exchange with one number.
func (s *Store) Conversation(ctx context.Context, org, number string) (inbox.Conversation, error) {
	c := inbox.Conversation{Org: org}
	err := s.read.QueryRowContext(ctx, selectConversation, number, number, org).Scan(&c.Sender, &c.Wrote, &c.SendFrom, &c.SendUntil)
	if err != nil {
		return c, fmt.Errorf("read a conversation: %w", err)
	}
	p, err := s.Standing(ctx, org, number)
	c.Rules = s.Rules()
	c.Status, c.Timezone, c.State, c.Suppression = p.Status, p.Timezone, p.State, p.Suppression
	return c, err
}

// QueueReply queues one answer of a person of the team.
func (s *Store) QueueReply(ctx context.Context, o inbox.Outgoing) error {
	return s.QueueReplyKept(ctx, o, nil)
}

// QueueReplyKept does the same, and keeps the answer to the call, unless it is nil, in
// that commit.
func (s *Store) QueueReplyKept(ctx context.Context, o inbox.Outgoing, k *campaign.Kept) error {
	return s.Single(ctx, campaign.Single{
		ID: o.ID, Org: o.Org, Kind: message.Reply, Number: o.Number, Sender: o.Sender, Body: o.Body, DueAt: o.DueAt, Kept: k,
	})
}

// Prune forgets keys and nonces that have served their time, and messages that
// are older than their organisation keeps them. Small deletes, so that nobody
// waits.
func (s *Store) Prune(ctx context.Context) error {
	before := stamp(s.now().Add(-idempotentFor))
	err := s.writer.do(ctx, maxRows, func(t *txn) error {
		if _, err := t.exec(`DELETE FROM idempotency_keys WHERE at <= ?`, before); err != nil {
			return err
		}
		if _, err := t.exec(pruneLookups); err != nil {
			return err
		}
		if _, err := t.exec(pruneRequests, NewID(s.now().Add(-requestsKept))); err != nil {
			return err
		}
		_, err := t.exec(`DELETE FROM webhook_nonces WHERE nonce IN (SELECT nonce FROM webhook_nonces WHERE at <= ? LIMIT 1000)`, before)
		return err
	})
	if err != nil {
		return err
	}
	return s.forget(ctx)
}
