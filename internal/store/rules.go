package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"tidings/internal/rules/eligible"
	"tidings/internal/rules/law"
)

const (
	selectRuleSettings = `SELECT profile, closingMarginMinutes FROM rule_settings ORDER BY created, id LIMIT 1`
	selectRuleRows     = `SELECT id, place, date, name, weekdays, saturday, sunday, holidays, cap, emergency, source, sourceDate, confidence, note
		FROM rule_rows ORDER BY place, date`

	// Both tables are read by their keys.
	insertRuleSet = `INSERT INTO rule_sets (hash, version, data, firstUsed) VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING`
	selectRuleSet = `SELECT data FROM rule_sets WHERE hash = ?`
)

// Rules is the book of the rules in force. Every decision of one transaction is made
// by one of them.
func (s *Store) Rules() *eligible.Book { return s.rules.Load() }

// LoadRules reads what the installation says of its own and puts it into force.
func (s *Store) LoadRules(ctx context.Context) error {
	changes, err := s.RuleChanges(ctx)
	if err != nil {
		return err
	}
	set, err := law.Compile(law.BuiltIn().Apply(changes.All()))
	if err != nil {
		return fmt.Errorf("the rules of this installation (collections rule_rows and rule_settings): %w", err)
	}
	if now := s.rules.Load(); now != nil && now.Rules().Hash() == set.Hash() {
		return nil // what it remembers of places stays good
	}
	if set.Hash() == law.Default().Hash() {
		s.rules.Store(eligible.Default())
	} else {
		s.rules.Store(eligible.NewBook(set))
	}
	return nil
}

// RuleChanges is what an installation says of its own, by the id of its row.
type RuleChanges struct {
	Settings law.Changes // without rows
	Rows     map[string]law.Change
}

// All are the changes as the rules take them.
func (c RuleChanges) All() law.Changes {
	all := c.Settings
	for _, row := range c.Rows {
		all.Rows = append(all.Rows, row)
	}
	return all
}

// RuleChanges reads them.
func (s *Store) RuleChanges(ctx context.Context) (RuleChanges, error) {
	c := RuleChanges{Rows: make(map[string]law.Change)}
	var margin string
	err := s.read.QueryRowContext(ctx, selectRuleSettings).Scan(&c.Settings.Profile, &margin)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return c, fmt.Errorf("read the settings of the rules: %w", err)
	}
	c.Settings.ClosingMarginMinutes = ClosingMargin(margin)
	rows, err := s.read.QueryContext(ctx, selectRuleRows)
	if err != nil {
		return c, fmt.Errorf("read the rows of the rules: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var r law.Change
		if err := rows.Scan(&id, &r.Place, &r.Date, &r.Name, &r.Weekdays, &r.Saturday, &r.Sunday, &r.Holidays, &r.Cap, &r.Emergency,
			&r.Source, &r.As, &r.Confidence, &r.Note); err != nil {
			return c, fmt.Errorf("read the rows of the rules: %w", err)
		}
		c.Rows[id] = r
	}
	return c, rows.Err()
}

// ClosingMargin reads the setting; what is no number leaves it as built in.
func ClosingMargin(text string) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	return -1
}

// bookOf finds the rules by which something was decided, also those of long ago.
func (s *Store) bookOf(ctx context.Context, hash string) (*eligible.Book, error) {
	if now := s.Rules(); now.Rules().Hash() == hash {
		return now, nil
	}
	var raw string
	if err := s.read.QueryRowContext(ctx, selectRuleSet, hash).Scan(&raw); err != nil {
		return nil, fmt.Errorf("read the rule set %.8s: %w", hash, err)
	}
	data, err := law.Decode([]byte(raw))
	if err != nil {
		return nil, err
	}
	set, err := law.Compile(data)
	if err != nil {
		return nil, fmt.Errorf("the rule set %.8s: %w", hash, err)
	}
	return eligible.NewBook(set), nil
}
