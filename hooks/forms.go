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
	return nil
}
