package e2e

import (
	"testing"
	"time"

	"tidings/internal/simulator"
)

// lose makes the simulator take the next text, cut the answer off, and never call back.
func (h *house) lose() {
	h.sandbox.ScriptAPI(simulator.APIResetAfter)
	h.sandbox.ScriptCallbacks(simulator.CallbackDrop, simulator.CallbackDrop, simulator.CallbackDrop)
}

func TestTheListSettlesWhatNoReceiptSettled(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	number := h.people(1)[0]
	h.lose()
	run := h.launch(h.campaign(), nil)
	h.becomes(run, "finished")
	h.idle()
	if got := h.message(run, number).GetString("status"); got != "unknown" {
		t.Fatalf("the row is %s before anybody asks", got)
	}
	if err := h.sandbox.Clock.Advance(3 * time.Minute); err != nil {
		t.Fatal(err)
	}
	h.until("the list settles the row", func() bool { return h.message(run, number).GetString("status") == "delivered" })
	if n := h.texted(number); n != 1 {
		t.Errorf("%d texts went to one person", n)
	}
	h.finish(run)
}
