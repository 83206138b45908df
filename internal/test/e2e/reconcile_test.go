package e2e

import "tidings/internal/test/invariants"

// reconcile holds all our rows against each other and against the simulator's ledger, which knows the
// truth. It is asked when nothing is under way and every receipt has come.
func (h *house) reconcile() {
	h.t.Helper()
	for _, v := range invariants.Check(h.app.DB(), invariants.Options{Ledger: h.sandbox.Ledger(), Moment: invariants.AllTold}) {
		h.t.Error(v)
	}
}
