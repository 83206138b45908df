package store

import (
	"context"
	"errors"
	"testing"

	"tidings/internal/rules/eligible"
	"tidings/internal/rules/law"
)

func TestASituationIsKeptOnceAndNotBeforeItsCommit(t *testing.T) {
	t.Parallel()
	f := open(t)
	where := f.Rules().Where(eligible.Person{Number: "+13055550123"}, eligible.Own{})
	basis := (&eligible.Question{Where: where, Status: "subscribed"}).Basis()
	write := func(b eligible.Basis, fail error) (id int64) {
		t.Helper()
		err := f.writer.do(context.Background(), 1, func(x *txn) (err error) {
			if id, err = x.basis(b, f.Rules()); err != nil {
				return err
			}
			return fail
		})
		if !errors.Is(err, fail) {
			t.Fatal(err)
		}
		return id
	}
	broken := errors.New("the disk is full")
	write(basis, broken)
	if n := f.text(t, "SELECT COUNT(*) || ' ' || (SELECT COUNT(*) FROM rule_sets) FROM decision_bases", nil); n != "0 0" {
		t.Fatalf("after a commit that failed there are %s", n)
	}
	other := basis
	other.Status = "new"
	first, second := write(basis, nil), write(other, nil)
	if first == second || write(basis, nil) != first || write(other, nil) != second {
		t.Errorf("situations got the numbers %d and %d, and then others", first, second)
	}
	if got := f.text(t, "SELECT version FROM rule_sets WHERE hash = '"+law.Default().Hash()+"'", nil); got != law.Default().Version() {
		t.Errorf("the rule set is kept as %q", got)
	}
	if write(eligible.Basis{}, nil) != 0 {
		t.Error("where no verdict was asked there is a situation")
	}
	// What another process of long ago wrote is found again.
	clear(f.writer.bases)
	if write(basis, nil) != first {
		t.Error("a situation that is on disk was kept again")
	}
}

func TestRulesOfAnInstallationAreReadAndRefused(t *testing.T) {
	t.Parallel()
	f := open(t)
	if f.Rules() != eligible.Default() {
		t.Error("without changes the built-in rules are not in force")
	}
	f.exec(t, "INSERT INTO rule_rows (id, place, cap, emergency, created) VALUES ('r00000000000001', 'US-LA', 0, 1, ''), ('r00000000000002', 'US-OH', 2, 0, '')")
	f.exec(t, "UPDATE rule_settings SET profile = 'consented', closingMarginMinutes = '5'")
	if err := f.LoadRules(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := f.Rules()
	set := before.Rules()
	if limit, _ := set.Cap("US", []string{"OH"}); limit != 2 || set.Profile() != law.Consented || set.Margin().Minutes() != 5 {
		t.Errorf("in force are a cap of %d, profile %s and %v", limit, set.Profile(), set.Margin())
	}
	if early, _ := set.Hours("US", []string{"LA"}); !early.Empty() {
		t.Error("the emergency is not in force")
	}
	f.exec(t, "UPDATE rule_rows SET weekdays = 'nine to five' WHERE place = 'US-OH'")
	if err := f.LoadRules(t.Context()); err == nil || f.Rules() != before {
		t.Errorf("rules that cannot be read were put into force: %v", err)
	}
}
