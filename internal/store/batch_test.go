package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
)

const insertTwo = `INSERT OR FAIL INTO decision_bases (id, data) SELECT c0, c1 || ? FROM ` + batched

func (f fixture) basesNow(t *testing.T) string {
	t.Helper()
	return f.text(t, "SELECT COALESCE(group_concat(id || data, ' ' ORDER BY id), '') FROM decision_bases", nil)
}

func TestABatchGoesInAsAWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	f := open(t)
	two := func(ids ...int64) error {
		var b batch
		b.add("left", "over")
		b.reset()
		for _, id := range ids {
			b.add(id, "x")
		}
		return f.writer.do(t.Context(), 1, func(x *txn) error { return x.insert(insertTwo, &b, "!") })
	}
	for _, c := range []struct {
		ids  []int64
		good bool
		want string
	}{
		{nil, true, ""},
		{[]int64{1, 2}, false, ""}, // the data come twice, and are unique
		{[]int64{1}, true, "1x!"},
		{[]int64{1}, false, "1x!"},
	} {
		if err := two(c.ids...); (err == nil) != c.good {
			t.Errorf("%v: %v", c.ids, err)
		}
		if got := f.basesNow(t); got != c.want {
			t.Errorf("%v: the table has %q, want %q", c.ids, got, c.want)
		}
	}
}

func TestARowThatAStatementLeavesOutIsAnError(t *testing.T) {
	t.Parallel()
	f := open(t)
	var b batch
	b.add(int64(1), "a")
	b.add(int64(2), "b")
	err := f.writer.do(t.Context(), 1, func(x *txn) error {
		return x.insert("INSERT INTO decision_bases (id, data) SELECT c0, c1 FROM "+batched+" AND c0 > 1", &b)
	})
	if err == nil || !strings.Contains(err.Error(), "rows went in") {
		t.Errorf("got %v", err)
	}
	if got := f.basesNow(t); got != "" {
		t.Errorf("the table has %q", got)
	}
}

func TestBatchesOutliveARollbackAndTheirConnection(t *testing.T) {
	t.Parallel()
	f := open(t)
	broken := errors.New("broken")
	for i := range 4 {
		var b batch
		b.add(int64(i), fmt.Sprint("row", i))
		err := f.writer.do(t.Context(), 1, func(x *txn) error {
			if err := x.insert(insertTwo, &b, ""); err != nil {
				return err
			}
			if i%2 == 0 {
				return broken
			}
			return nil
		})
		if i%2 == 0 && !errors.Is(err, broken) || i%2 == 1 && err != nil {
			t.Errorf("time %d: %v", i, err)
		}
		if i == 1 { // the pool opens another
			db := f.writer.db
			db.SetMaxIdleConns(0)
			db.SetMaxIdleConns(1)
		}
	}
	if got := f.basesNow(t); got != "1row1 3row3" {
		t.Errorf("the table has %q", got)
	}
}

func TestNobodyReadsABatchByChance(t *testing.T) {
	t.Parallel()
	f := open(t)
	if err := f.writer.do(context.Background(), 1, func(*txn) error { return nil }); err != nil {
		t.Fatal(err)
	}
	var b batch
	b.add("secret")
	number := batches.lend(&b)
	defer batches.takeBack(number)
	read := func(query string, params dbx.Params) (found []string) {
		t.Helper()
		if err := f.app.NonconcurrentDB().NewQuery(query).Bind(params).Column(&found); err != nil {
			t.Fatal(err)
		}
		return found
	}
	if got := read("SELECT c0 FROM temp.batch WHERE number = {:n}", dbx.Params{"n": number}); !slices.Equal(got, []string{"secret"}) {
		t.Errorf("with its number: %q", got)
	}
	if got := read("SELECT c0 FROM temp.batch", nil); len(got) != 0 {
		t.Errorf("without a number: %q", got)
	}
	if got := read("SELECT c0 FROM temp.batch WHERE number = {:n}", dbx.Params{"n": -1}); len(got) != 0 {
		t.Errorf("with another number: %q", got)
	}
}
