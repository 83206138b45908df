package command_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"tidings/hooks"
	"tidings/internal/command"
	"tidings/internal/config"
	"tidings/internal/test/apptest"
)

func TestVerifyNamesTheRowAndFails(t *testing.T) {
	t.Parallel()
	app := apptest.New(t, apptest.WithHooks(hooks.Options{}))
	org := app.DefaultOrg()
	editor := app.Member(org, "editor")
	for _, n := range []string{"+12125550101", "+12125550102", "+12125550103"} {
		res := app.Do("POST", "/api/sms/consents", editor.Token, org, map[string]any{
			"phoneNumber": n, "action": "granted", "method": "paper", "text": "signed in the shop"})
		if res.Status != 200 {
			t.Fatalf("%d %s", res.Status, res.Body)
		}
	}
	verify := func() (string, error) {
		c := command.NewVerify(app.BaseApp, config.Config{})
		var out bytes.Buffer
		c.SetOut(&out)
		c.SetArgs([]string{})
		err := c.ExecuteContext(t.Context())
		return out.String(), err
	}
	if out, err := verify(); err != nil || !strings.HasPrefix(out, "ok    3 events of 1 organisations") {
		t.Fatalf("%q, %v", out, err)
	}
	for _, sql := range []string{
		"DROP TRIGGER consent_events_no_update",
		"UPDATE consent_events SET text = 'signed in the Shop' WHERE seq = {:seq}",
	} {
		if _, err := app.NonconcurrentDB().NewQuery(sql).Bind(dbx.Params{"seq": 2}).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := verify(); err == nil || !strings.Contains(out, "bad   default, row 2: was changed after it was written") {
		t.Errorf("%q, %v", out, err)
	}
}
