package hooks

import (
	"crypto/subtle"
	"fmt"
	"net/http"
	"runtime"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

// bindMetrics serves Prometheus text to whoever has the token. To all others
// there is nothing, so that nobody learns of it.
func bindMetrics(s *core.ServeEvent, eng *engine, token string) {
	if token == "" {
		return
	}
	s.Router.GET("/metrics", func(e *core.RequestEvent) error {
		given := strings.TrimPrefix(e.Request.Header.Get("Authorization"), "Bearer ")
		if subtle.ConstantTimeCompare([]byte(given), []byte(token)) != 1 {
			return notFound()
		}
		text, err := eng.metrics(e)
		if err != nil {
			return err
		}
		e.Response.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		return e.String(http.StatusOK, text)
	}).Bind(apis.SkipSuccessActivityLog())
}

func (eng *engine) metrics(e *core.RequestEvent) (string, error) {
	totals, err := eng.store.Totals(e.Request.Context())
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprint(&b, "# HELP tidings_messages Messages of all runs by the state they are in.\n# TYPE tidings_messages gauge\n")
	for _, c := range totals.Messages {
		fmt.Fprintf(&b, "tidings_messages{status=%q} %d\n", c.Name, c.N)
	}
	fmt.Fprint(&b, "# HELP tidings_runs Runs by status.\n# TYPE tidings_runs gauge\n")
	for _, c := range totals.Runs {
		fmt.Fprintf(&b, "tidings_runs{status=%q} %d\n", c.Name, c.N)
	}
	fmt.Fprintf(&b, "# HELP tidings_cost_micros What the provider charged, in millionths of the currency.\n# TYPE tidings_cost_micros counter\ntidings_cost_micros %d\n", totals.CostMicros)
	fmt.Fprintf(&b, "# HELP tidings_writer_pending Operations that wait for the writer.\n# TYPE tidings_writer_pending gauge\ntidings_writer_pending %d\n", totals.Pending)
	fmt.Fprintf(&b, "# HELP tidings_spool_waiting Webhooks that were acknowledged and wait for the writer.\n# TYPE tidings_spool_waiting gauge\ntidings_spool_waiting %d\n", eng.intake.Waiting())
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Fprintf(&b, "# HELP go_goroutines Goroutines.\n# TYPE go_goroutines gauge\ngo_goroutines %d\n", runtime.NumGoroutine())
	fmt.Fprintf(&b, "# HELP go_memstats_sys_bytes Memory obtained from the system.\n# TYPE go_memstats_sys_bytes gauge\ngo_memstats_sys_bytes %d\n", m.Sys)
	return b.String(), nil
}
