package hooks

import (
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"tidings/internal/rules/phone"
)

// defaultSlug is the slug of the organisation that a fresh data folder gets.
const defaultSlug = "default"

// tollFree are the numbers of the North American plan whose area code bills the one who is called.
var tollFree = regexp.MustCompile(`^\+18(00|33|44|55|66|77|88)`)

// registerBootstrap gives a fresh data folder what the first campaign needs. It runs when serving
// starts, because migrations are not applied before.
func registerBootstrap(app core.App, o Options) {
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "tidingsBootstrap",
		Func: func(e *core.ServeEvent) error {
			if err := ensureOrg(e.App); err != nil {
				return err
			}
			if err := ensureSender(e.App, o.SenderNumber); err != nil {
				return err
			}
			if o.AdminEmail != "" {
				if err := ensureSuperuser(e.App, o.AdminEmail, o.AdminPassword); err != nil {
					return err
				}
				// It would print a token for the first superuser into the log.
				e.InstallerFunc = nil
			}
			if err := ensureAppURL(e.App, o.PublicURL); err != nil {
				return err
			}
			return e.Next()
		},
	})
}

// ensureOrg makes the first organisation. Organisations are never deleted, so none means fresh.
func ensureOrg(app core.App) error {
	n, err := app.CountRecords("organizations")
	if err != nil {
		return fmt.Errorf("count the organisations: %w", err)
	}
	if n > 0 {
		return nil
	}
	return create(app, "organizations", map[string]any{
		"name": "Default", "slug": defaultSlug, "defaultCountry": "US", "timezone": "America/New_York",
	})
}

// ensureSender makes the first sender of the default organisation, until it has one.
func ensureSender(app core.App, number string) error {
	if number == "" {
		return nil
	}
	org, err := app.FindFirstRecordByData("organizations", "slug", defaultSlug)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // its slug was changed: the owners have taken over
	}
	if err != nil {
		return fmt.Errorf("find the default organisation: %w", err)
	}
	n, err := app.CountRecords("senders", dbx.HashExp{"org": org.Id})
	if err != nil {
		return fmt.Errorf("count the senders: %w", err)
	}
	if n > 0 {
		return nil
	}
	return create(app, "senders", map[string]any{
		"org": org.Id, "name": number, "kind": senderKind(number, org.GetString("defaultCountry")),
		"number": number, "enabled": true,
	})
}

// senderKind tells the kind of a sender by the form of its number.
func senderKind(number, country string) string {
	if letter.MatchString(number) {
		return kindAlphanumeric
	}
	if code := separators.Replace(number); shortCode.MatchString(code) {
		return kindShortCode
	}
	if n, err := phone.Parse(number, country); err == nil && tollFree.MatchString(n.E164) {
		return kindTollFree
	}
	return kindLongCode
}

// ensureSuperuser makes the superuser where there is none of that address. An existing one keeps his
// password: he may have changed it since.
func ensureSuperuser(app core.App, email, password string) error {
	_, err := app.FindAuthRecordByEmail(core.CollectionNameSuperusers, email)
	if err == nil {
		return nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("find the superuser: %w", err)
	}
	return create(app, core.CollectionNameSuperusers, map[string]any{"email": email, "password": password})
}

// defaultAppURL is what PocketBase writes into new settings.
const defaultAppURL = "http://localhost:8090"

// ensureAppURL makes PocketBase's mails link to where people reach us.
func ensureAppURL(app core.App, url string) error {
	s := app.Settings()
	// An address that was configured counts. The one that we fall back to, this
	// machine's own, replaces PocketBase's default alone.
	fallback := loopback(strings.TrimPrefix(url, "http://"))
	if url == "" || s.Meta.AppURL == url || fallback && s.Meta.AppURL != "" && s.Meta.AppURL != defaultAppURL {
		return nil
	}
	s.Meta.AppURL = url
	if err := app.Save(s); err != nil {
		return fmt.Errorf("set the public address: %w", err)
	}
	return nil
}

func create(app core.App, collection string, data map[string]any) error {
	c, err := app.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return fmt.Errorf("find %s: %w", collection, err)
	}
	r := core.NewRecord(c)
	r.Load(data)
	if err := app.Save(r); err != nil {
		return fmt.Errorf("make the first of %s: %w", collection, err)
	}
	return nil
}
