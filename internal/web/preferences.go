package web

import (
	"context"
	"errors"
	"html/template"
	"net/http"

	"github.com/labstack/echo/v5"

	"tidings/internal/engine/preferences"
	"tidings/internal/rules/phone"
)

// PreferencesPath is where people's own pages are.
const PreferencesPath = "/p/"

// Preferences shows and changes what one person gets.
type Preferences interface {
	Load(ctx context.Context, token string) (preferences.Person, error)
	Choose(ctx context.Context, token string, lists []string) error
	OptOut(ctx context.Context, token string, evidence map[string]any) error
}

type preferencesPage struct {
	frame
	Person preferences.Person
	Masked string
	Path   string
	Notice string
	Stop   string
	SMS    template.URL
}

// ownPage shows a person's page. Previews and mail scanners follow links, so that
// to look changes nothing.
func (d door) ownPage(c *echo.Context) error { return d.showOwn(c, "") }

func (d door) showOwn(c *echo.Context, notice string) error {
	token := c.Param("token")
	person, err := d.Preferences.Load(c.Request().Context(), token)
	if err != nil {
		return d.noPage(c, err)
	}
	return show(c, d.Log, http.StatusOK, "preferences", preferencesPage{
		frame: frame{Title: "Texts from " + person.Brand, Accent: plainAccent}, Person: person, Masked: phone.Mask(person.Number),
		Path: PreferencesPath + token, Notice: notice, Stop: preferences.OptOutWords, SMS: sms(person.Sender, "START"),
	})
}

// changeOwn does what a button of the page says.
func (d door) changeOwn(c *echo.Context) error {
	form, problem := readForm(c)
	if problem != 0 {
		return c.NoContent(problem)
	}
	token, ctx := c.Param("token"), c.Request().Context()
	notice := "Saved."
	var err error
	switch form.Get("do") {
	case "choose":
		err = d.Preferences.Choose(ctx, token, form["list"])
	case "stop", "": // a mail program's one-click button sends no field of ours
		notice = "Done. You will get no more texts."
		err = d.Preferences.OptOut(ctx, token, map[string]any{
			"page": d.PublicURL + PreferencesPath, "button": preferences.OptOutWords, "ip": clientOf(c.Request()),
			"userAgent": clip(c.Request().UserAgent()),
		})
	default:
		return c.NoContent(http.StatusBadRequest)
	}
	if errors.Is(err, preferences.ErrNoLists) {
		notice, err = "Nothing was changed: this phone is on none of our lists any more.", nil
	}
	if err != nil {
		return d.noPage(c, err)
	}
	return d.showOwn(c, notice)
}

func (d door) noPage(c *echo.Context, err error) error {
	p := joinPage{frame: frame{Title: "Your texts", Accent: plainAccent}}
	if errors.Is(err, preferences.ErrNotFound) {
		p.Problem, p.Hint = "There is no such page.", "Check the address. To stop texts you can always reply STOP to one."
		return show(c, d.Log, http.StatusNotFound, "closed", p)
	}
	d.Log.Error("a person's own page failed", "error", err)
	p.Problem, p.Hint = "That did not work yet.", "Please try again in a minute, or reply STOP to one of our texts."
	c.Response().Header().Set("Retry-After", "60")
	return show(c, d.Log, http.StatusServiceUnavailable, "closed", p)
}
