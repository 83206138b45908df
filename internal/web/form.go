package web

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/labstack/echo/v5"
)

// maxBody is far above the few kilobytes of a webhook.
const maxBody = 64 << 10

// bodies are buffers that one request after the other reads its body into.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// readForm reads a form of at most maxBody bytes; else it gives the status that
// says what is wrong with it.
func readForm(c *echo.Context) (url.Values, int) {
	r := c.Request()
	if media := r.Header.Get("Content-Type"); media != echo.MIMEApplicationForm {
		if media, _, err := mime.ParseMediaType(media); err != nil || media != echo.MIMEApplicationForm {
			return nil, http.StatusUnsupportedMediaType
		}
	}
	body := bodies.Get().(*bytes.Buffer)
	defer bodies.Put(body)
	body.Reset()
	if _, err := body.ReadFrom(io.LimitReader(r.Body, maxBody+1)); err != nil {
		return nil, http.StatusBadRequest
	}
	if body.Len() > maxBody {
		return nil, http.StatusRequestEntityTooLarge
	}
	form, err := parseForm(body.String())
	if err != nil {
		return nil, http.StatusBadRequest
	}
	return form, 0
}

// usualFields is more than any webhook has; a form may have more all the same.
const usualFields = 32

var errSemicolon = errors.New("web: a field of the form holds a semicolon that is not escaped")

// parseForm is url.ParseQuery with room for the fields from the start. A webhook
// has some twenty, and ParseQuery makes and moves its map three times for them and
// a slice for each, which costs as much as all the rest of it.
func parseForm(body string) (url.Values, error) {
	room := min(strings.Count(body, "&")+1, usualFields)
	form, values := make(url.Values, room), make([]string, 0, room)
	for field := range strings.SplitSeq(body, "&") {
		if field == "" {
			continue
		}
		if strings.Contains(field, ";") {
			return nil, errSemicolon
		}
		name, value, _ := strings.Cut(field, "=")
		name, err := url.QueryUnescape(name)
		if err != nil {
			return nil, err
		}
		if value, err = url.QueryUnescape(value); err != nil {
			return nil, err
		}
		if earlier := form[name]; earlier != nil {
			form[name] = append(earlier, value)
			continue
		}
		values = append(values, value)
		form[name] = values[len(values)-1 : len(values) : len(values)]
	}
	return form, nil
}
