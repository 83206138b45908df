package hooks

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"tidings/internal/rules/consent"
	"tidings/internal/rules/phone"
)

// registerForms checks public opt-in forms.
func registerForms(app core.App) {
	app.OnRecordValidate("forms").Bind(&hook.Handler[*core.RecordEvent]{
		Id: "tidingsForm",
		Func: func(e *core.RecordEvent) error {
			if err := checkForm(e.App, e.Record); err != nil {
				return err
			}
			return e.Next()
		},
	})
	bindNotUnique(app, "forms", "slug")
}

func checkForm(app core.App, r *core.Record) error {
	slug := strings.ToLower(strings.TrimSpace(r.GetString("slug")))
	r.Set("slug", slug)
	// An organisation's own slug is a form's address too: nobody else may sit on it.
	owner, err := app.FindFirstRecordByData("organizations", "slug", slug)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("look for an organisation of that slug: %w", err)
	}
	if err == nil && owner.Id != r.GetString("org") {
		return fault("slug", "validation_not_unique", "Value must be unique.")
	}
	keyword := strings.ToUpper(strings.TrimSpace(r.GetString("keyword")))
	r.Set("keyword", keyword)
	if consent.ClassifyPending(keyword) != consent.None {
		return fault("keyword", "keyword_reserved", "This word has a meaning of its own in every text conversation; choose another, such as JOIN")
	}
	for _, country := range strings.Fields(r.GetString("countries")) {
		if !phone.KnownCountry(country) {
			return fault("countries", "bad_country", "Write countries as two letters each, such as US CA")
		}
	}
	if !r.IsNew() && same(r, "sender") && same(r, "list") {
		return nil // a list or a sender that has become another since is no reason to refuse a colour
	}
	return checkAsker(app, r)
}

// same says that a change leaves a field as it was.
func same(r *core.Record, field string) bool {
	return r.GetString(field) == r.Original().GetString(field)
}

// checkAsker refuses a sender that cannot hear the YES that a form asks for.
func checkAsker(app core.App, r *core.Record) error {
	sender, err := app.FindRecordById("senders", r.GetString("sender"))
	if err != nil || sender.GetString("kind") != kindAlphanumeric {
		return nil // none, or one that the relation refuses
	}
	if list, err := app.FindRecordById("lists", r.GetString("list")); err == nil && list.GetString("optIn") == "single" {
		return nil
	}
	return fault("sender", "sender_one_way", "Nobody can answer a name, so nobody could say YES: choose a sender with a number, or a list that takes people in one step")
}
