package web

import (
	"bytes"
	"embed"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v5"
)

//go:embed pages/*.html
var files embed.FS

// pages are plain HTML: they work without a script and on a phone 360 px wide.
var pages = template.Must(template.ParseFS(files, "pages/*.html"))

// plainAccent is the colour of pages whose organisation has chosen none. White
// text on it has a contrast of 6.4 to 1.
const plainAccent = "#1f5fbf"

// frame is what every page has.
type frame struct {
	Title   string
	Accent  template.CSS
	Problem string
	Hint    string
}

// show renders a page whole before it answers, so that a fault in it is no half
// page with status 200.
func show(c *echo.Context, log *slog.Logger, status int, name string, data any) error {
	var page bytes.Buffer
	if err := pages.ExecuteTemplate(&page, name, data); err != nil {
		log.Error("render a page", "page", name, "error", err)
		return c.NoContent(http.StatusInternalServerError)
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.HTMLBlob(status, page.Bytes())
}

// sms is a link that opens a text to a number with the words filled in. "?&" is
// what both systems of phones understand.
func sms(number, words string) template.URL {
	return template.URL("sms:" + url.PathEscape(number) + "?&body=" + url.PathEscape(words))
}
