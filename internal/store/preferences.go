package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tidings/internal/engine/preferences"
)

const (
	selectOwnPage = `SELECT s.id, s.org, s.phoneNumber, s.status, CASE WHEN o.brand != '' THEN o.brand ELSE o.name END,
		COALESCE((SELECT number FROM senders WHERE org = s.org AND enabled AND number != '' ORDER BY id LIMIT 1), '')
		FROM subscribers s JOIN organizations o ON o.id = s.org WHERE s.id = ?`
	selectFormer = `SELECT f.org, f.phoneNumber, CASE WHEN o.brand != '' THEN o.brand ELSE o.name END,
		COALESCE((SELECT number FROM senders WHERE org = f.org AND enabled AND number != '' ORDER BY id LIMIT 1), ''),
		COALESCE((SELECT id FROM subscribers WHERE org = f.org AND phoneNumber = f.phoneNumber), '')
		FROM former_subscribers f JOIN organizations o ON o.id = f.org WHERE f.id = ?`
	// idx_lists_org_name
	selectPublicLists = `SELECT l.id, l.publicName, EXISTS (SELECT 1 FROM subscribers s, json_each(s.lists) WHERE s.id = ? AND json_each.value = l.id)
		FROM lists l WHERE l.org = ? AND l.publicName != '' AND NOT l.archived ORDER BY l.publicName`
	leaveList = `UPDATE subscribers SET lists = (SELECT json_group_array(value) FROM json_each(lists) WHERE value != ?), updated = ? WHERE id = ?`
)

// Person reads what a subscriber's own page shows. Of one who was deleted that is
// what her number is by now: somebody who was made anew, or without a record what
// the ledger says.
func (s *Store) Person(ctx context.Context, subscriber string) (preferences.Person, error) {
	var p preferences.Person
	err := s.read.QueryRowContext(ctx, selectOwnPage, subscriber).Scan(&p.Subscriber, &p.Org, &p.Number, &p.Status, &p.Brand, &p.Sender)
	if errors.Is(err, sql.ErrNoRows) {
		return s.former(ctx, subscriber)
	}
	if err != nil {
		return p, fmt.Errorf("read a subscriber's page: %w", err)
	}
	rows, err := s.read.QueryContext(ctx, selectPublicLists, p.Subscriber, p.Org)
	if err != nil {
		return p, fmt.Errorf("read the lists of a subscriber's page: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var l preferences.List
		if err := rows.Scan(&l.ID, &l.Name, &l.On); err != nil {
			return p, fmt.Errorf("read the lists of a subscriber's page: %w", err)
		}
		p.Lists = append(p.Lists, l)
	}
	return p, rows.Err()
}

// former reads the page of a subscriber who was deleted.
func (s *Store) former(ctx context.Context, id string) (preferences.Person, error) {
	var p preferences.Person
	var present string
	err := s.read.QueryRowContext(ctx, selectFormer, id).Scan(&p.Org, &p.Number, &p.Brand, &p.Sender, &present)
	if errors.Is(err, sql.ErrNoRows) {
		return p, preferences.ErrNotFound
	}
	if err != nil {
		return p, fmt.Errorf("read a former subscriber's page: %w", err)
	}
	if present != "" && present != id {
		return s.Person(ctx, present)
	}
	p.Status, _, err = Standing(s.app.ConcurrentDB(), p.Org, p.Number)
	return p, err
}

// ChangeLists adds a subscriber to lists and takes him off others.
func (s *Store) ChangeLists(ctx context.Context, subscriber string, join, leave []string, at time.Time) error {
	return s.writer.do(ctx, 1+len(join)+len(leave), func(t *txn) error {
		for _, list := range join {
			if err := t.joins(subscriber, list, at); err != nil {
				return err
			}
		}
		for _, list := range leave {
			if _, err := t.exec(leaveList, list, stamp(at), subscriber); err != nil {
				return err
			}
		}
		t.told = append(t.told, told{"subscribers", subscriber, false})
		return nil
	})
}
