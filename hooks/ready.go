package hooks

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// ready says what is not ready, for load balancers and people: problems is one text, reasons
// the same as a list, warnings what a person should see to though all works.
func (eng *engine) ready(e *core.RequestEvent) error {
	problems := []string{}
	if err := eng.store.Ping(e.Request.Context()); err != nil {
		problems = append(problems, "the database does not answer: "+err.Error())
	} else if err := eng.store.Writable(e.Request.Context()); err != nil {
		problems = append(problems, err.Error())
	}
	if why := eng.whyIdle(); why != nil {
		problems = append(problems, why.Error())
	}
	if eng.dispatcher == nil {
		problems = append(problems, "Plivo is not set up: set PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN, or start with --sandbox")
	}
	if n := eng.intake.Waiting(); n > 0 {
		problems = append(problems, fmt.Sprintf("%d webhooks wait in the spool until the database takes writes again", n))
	}
	if notice := eng.notice(); notice != "" {
		problems = append(problems, notice)
	}
	status := http.StatusOK
	if len(problems) > 0 {
		status = http.StatusServiceUnavailable
	}
	return e.JSON(status, map[string]any{
		"ready": len(problems) == 0, "problems": strings.Join(problems, "; "), "reasons": problems,
		"warnings": eng.warnings(e.Request.Context()),
	})
}
