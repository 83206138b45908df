package web

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"regexp"

	"github.com/labstack/echo/v5"

	"tidings/internal/engine/optin"
)

// JoinPath is where public forms are.
const JoinPath = "/join/"

// Forms takes people in.
type Forms interface {
	Open(ctx context.Context, slug string) (optin.Form, string, error)
	Submit(ctx context.Context, s optin.Submission) error
}

// joinPage is what the form's pages show.
type joinPage struct {
	frame
	Form      optin.Form
	Ticket    string
	Number    string
	FirstName string
	Field     string
	FromQR    bool
	SMS       template.URL
}

var hexColour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

func (d door) joinPage(f optin.Form) joinPage {
	accent := f.Accent
	if !hexColour.MatchString(accent) {
		accent = plainAccent
	}
	return joinPage{frame: frame{Title: f.Title, Accent: template.CSS(accent)}, Form: f, SMS: sms(f.Number, f.Keyword)}
}

// joinForm shows the form.
func (d door) joinForm(c *echo.Context) error {
	form, ticket, err := d.Forms.Open(c.Request().Context(), c.Param("slug"))
	if err != nil {
		return d.noForm(c, err)
	}
	p := d.joinPage(form)
	p.Ticket, p.FromQR = ticket, c.QueryParam("via") == "qr"
	return show(c, d.Log, http.StatusOK, "join", p)
}

// join takes the form in. The answer depends on the form alone, never on what is
// known of the number.
func (d door) join(c *echo.Context) error {
	form, problem := readForm(c)
	if problem != 0 {
		return c.NoContent(problem)
	}
	slug := c.Param("slug")
	s := optin.Submission{
		Slug: slug, Ticket: form.Get("ticket"), Number: form.Get("phoneNumber"), FirstName: form.Get("firstName"),
		Agreed: form.Get("agree") != "", Bait: form.Get("website"), FromQR: form.Get("via") == "qr",
		Address: clientOf(c.Request()), UserAgent: clip(c.Request().UserAgent()), URL: d.PublicURL + JoinPath + slug,
	}
	err := d.Forms.Submit(c.Request().Context(), s)
	refusal := (*optin.Refusal)(nil)
	if err != nil && !errors.As(err, &refusal) {
		return d.noForm(c, err)
	}
	shown, ticket, openErr := d.Forms.Open(c.Request().Context(), slug)
	if openErr != nil {
		return d.noForm(c, openErr)
	}
	p := d.joinPage(shown)
	if refusal == nil {
		return show(c, d.Log, http.StatusOK, "joined", p)
	}
	p.Ticket, p.Number, p.FirstName, p.Field, p.FromQR = ticket, s.Number, s.FirstName, refusal.Field, s.FromQR
	p.Problem = refusal.Message
	return show(c, d.Log, http.StatusBadRequest, "join", p)
}

func (d door) noForm(c *echo.Context, err error) error {
	p := joinPage{frame: frame{Title: "Sign up", Accent: plainAccent}}
	refusal := (*optin.Refusal)(nil)
	switch {
	case errors.Is(err, optin.ErrNoForm):
		p.Problem, p.Hint = "There is no such page.", "Check the address, or ask the shop that gave it to you."
		return show(c, d.Log, http.StatusNotFound, "closed", p)
	case errors.As(err, &refusal):
		p.Problem, p.Hint = refusal.Message, "Please come back later."
	default:
		d.Log.Error("a public form could not be taken in", "error", err)
		p.Problem, p.Hint = "That did not work.", "Nothing was stored. Please try again in a minute."
	}
	c.Response().Header().Set("Retry-After", "60")
	return show(c, d.Log, http.StatusServiceUnavailable, "closed", p)
}

// maxUserAgent bounds what is kept of a browser's name, in bytes.
const maxUserAgent = 300

func clip(s string) string { return s[:min(len(s), maxUserAgent)] }

// joinCode shows a code to be printed; it leads to the form, where the disclosure
// stands.
func (d door) joinCode(c *echo.Context) error {
	form, _, err := d.Forms.Open(c.Request().Context(), c.Param("slug"))
	if err != nil {
		return d.noForm(c, err)
	}
	svg, err := qrCode(d.PublicURL + JoinPath + form.Slug + "?via=qr")
	if err != nil {
		return fmt.Errorf("draw the code of a form: %w", err)
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=3600")
	return c.Blob(http.StatusOK, "image/svg+xml", svg)
}
