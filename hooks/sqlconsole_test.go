package hooks

import "testing"

func TestReadsOnly(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]bool{
		"SELECT 1":                                           true,
		" select * from runs;;  ":                            true,
		"-- why\nSELECT 1":                                   true,
		"/* why */ SELECT 1":                                 true,
		"WITH x AS (SELECT 1) SELECT * FROM x":               true,
		"EXPLAIN QUERY PLAN SELECT 1":                        true,
		"SELECT 'delete; from' AS \"update\", `drop`":        true,
		"SELECT [delete] FROM x":                             true,
		"SELECT 'it''s; DELETE'":                             true,
		"SELECT replace(name, 'a', 'b'), updated FROM lists": true,
		"":                                      false,
		";":                                     false,
		"DELETE FROM runs":                      false,
		"SELECT 1; DELETE FROM runs":            false,
		"SELECT 1;\nSELECT 2":                   false,
		"WITH x AS (SELECT 1) DELETE FROM runs": false,
		"WITH x AS (SELECT 1) INSERT INTO runs SELECT 1":  false,
		"with x as (select 1) replace into runs select 1": false,
		"EXPLAIN DELETE FROM runs":                        false,
		"PRAGMA synchronous = 0":                          false,
		"VACUUM INTO 'x'":                                 false,
		"ATTACH 'x' AS y":                                 false,
		"/* SELECT */ DELETE FROM runs":                   false,
		"SELECT 1 /* open":                                false,
		"SELECT 'open":                                    false,
		"SELECT 1 -- ; \n; DROP TABLE runs":               false,
		"SELECT \x001; DELETE FROM runs":                  false,
		"BEGIN":                                           false,
		"COMMIT; SELECT 1":                                false,
		"SELECT 1 -- done":                                true,
	} {
		if got := readsOnly(query); got != want {
			t.Errorf("%q reads only: %v, want %v", query, got, want)
		}
	}
}

func FuzzReadsOnly(f *testing.F) {
	for _, s := range []string{"SELECT 1", "SELECT '';DELETE", "/**/", "[", "--", "WITH\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		// Whatever a person writes behind it, a second statement is never let through.
		if readsOnly(query) && readsOnly(query+"\n;DELETE FROM runs") {
			t.Errorf("%q lets a second statement through", query)
		}
	})
}
