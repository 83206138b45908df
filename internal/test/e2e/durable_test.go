package e2e

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"tidings/internal/store"
	"tidings/internal/test/apptest"
)

// A log database that forgets commits is reason enough: whoever opened it that
// way has opened the other that way, or soon will.
func TestAServerThatDoesNotFlushSendsNothing(t *testing.T) {
	t.Parallel()
	for _, weak := range []string{"data.db", "auxiliary.db"} {
		h := openHouse(t)
		h.people(2)
		c := h.campaign()
		h.app = h.app.Restart(apptest.WithAssembly(h.assemble), apptest.WithConnect(func(path string) (*dbx.DB, error) {
			if strings.HasSuffix(path, weak) {
				return store.ConnectWith(path, "_pragma=synchronous(NORMAL)")
			}
			return store.Connect(path)
		}))
		res := h.app.Do("POST", "/api/sms/campaigns/"+c+"/send", h.editor.Token, h.org, nil)
		if res.Status != http.StatusServiceUnavailable || res.Code("server") != "not_sending" {
			t.Errorf("%s: Send is answered %d %s", weak, res.Status, res.Body)
		}
		ready := h.app.Do("GET", "/readyz", "", "", nil)
		if ready.Status != http.StatusServiceUnavailable || !strings.Contains(ready.String("problems"), "not flushed") {
			t.Errorf("%s: /readyz is answered %d %s", weak, ready.Status, ready.Body)
		}
		if n := len(h.sandbox.Ledger().Accepted()); n != 0 {
			t.Errorf("%s: %d texts left", weak, n)
		}
	}
}
