package hooks_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"tidings/hooks"
	"tidings/internal/test/apptest"
)

func TestAFreshFolderGetsAnOrganisationAndItsSender(t *testing.T) {
	t.Parallel()
	for number, expected := range map[string]struct{ kind, stored string }{
		"+1 212 555 0123": {"long_code", "+12125550123"},
		"(800) 555-0123":  {"toll_free", "+18005550123"},
		"55501":           {"short_code", "55501"},
		"ACME1":           {"alphanumeric", "ACME1"},
	} {
		app := apptest.New(t, apptest.WithHooks(hooks.Options{SenderNumber: number}))
		org := app.Record("organizations", app.DefaultOrg())
		if org.GetString("name") != "Default" || org.GetString("defaultCountry") != "US" || org.GetString("timezone") != "America/New_York" {
			t.Errorf("the organisation is %v", org.PublicExport())
		}
		all, err := app.FindAllRecords("senders")
		if err != nil || len(all) != 1 {
			t.Fatalf("%d senders (%v)", len(all), err)
		}
		s := all[0]
		if s.GetString("org") != org.Id || s.GetString("kind") != expected.kind || s.GetString("number") != expected.stored || !s.GetBool("enabled") {
			t.Errorf("%s: the sender is %v", number, s.PublicExport())
		}
	}
}

func TestStartingAgainMakesNothingTwice(t *testing.T) {
	t.Parallel()
	with := apptest.WithHooks(hooks.Options{
		SenderNumber: "+12125550123", AdminEmail: "root@example.com", AdminPassword: "first-password", PublicURL: "https://sms.example.com/",
	})
	app := apptest.New(t, with)
	root, err := app.FindAuthRecordByEmail(core.CollectionNameSuperusers, "root@example.com")
	if err != nil || !root.ValidatePassword("first-password") {
		t.Fatalf("the superuser: %v", err)
	}
	root.SetPassword("second-password")
	if err := app.Save(root); err != nil {
		t.Fatal(err)
	}
	app = app.Restart(with)
	for collection, n := range map[string]int64{"organizations": 1, "senders": 1, core.CollectionNameSuperusers: 1} {
		if got, err := app.CountRecords(collection); err != nil || got != n {
			t.Errorf("%d of %s (%v)", got, collection, err)
		}
	}
	root, err = app.FindAuthRecordByEmail(core.CollectionNameSuperusers, "root@example.com")
	if err != nil || !root.ValidatePassword("second-password") {
		t.Errorf("the password was set back (%v)", err)
	}
	if got := app.Settings().Meta.AppURL; got != "https://sms.example.com" {
		t.Errorf("mails link to %s", got)
	}
}

func TestTheInstallerIsOffWhereASuperuserIsGiven(t *testing.T) {
	t.Parallel()
	for email, off := range map[string]bool{"": false, "root@example.com": true} {
		var isOff bool
		apptest.New(t,
			apptest.WithHooks(hooks.Options{AdminEmail: email, AdminPassword: "first-password"}),
			apptest.WithRegister(func(app core.App) {
				app.OnServe().BindFunc(func(e *core.ServeEvent) error {
					isOff = e.InstallerFunc == nil
					return e.Next()
				})
			}))
		if isOff != off {
			t.Errorf("with superuser %q the installer is off: %v", email, isOff)
		}
	}
}

func TestABadFirstSenderStopsTheStart(t *testing.T) {
	t.Parallel()
	app := apptest.New(t, apptest.WithoutServing(), apptest.WithHooks(hooks.Options{SenderNumber: "call me"}))
	if err := app.TryStart(); err == nil {
		t.Error("the server starts without the sender that was asked for")
	}
}
