package hooks

import (
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/rules/lint"
	"tidings/internal/rules/sms"
)

// preview measures a text as the carrier will, and says what could be better.
func preview(e *core.RequestEvent) error {
	org, _, err := orgOf(e)
	if err != nil {
		return err
	}
	var order struct {
		Text  string  `json:"text" form:"text"`
		Brand *string `json:"brand" form:"brand"` // what to look for instead of the organisation's
		Later bool    `json:"later" form:"later"` // not the first text to these people
	}
	if err := e.BindBody(&order); err != nil {
		return badBody(err)
	}
	brand := brandOf(e.App, org)
	if order.Brand != nil {
		brand = *order.Brand
	}
	m := sms.Count(order.Text)
	cleaned := sms.Clean(order.Text)
	offending := []map[string]any{}
	for _, o := range m.Offending {
		offending = append(offending, map[string]any{"char": o.Char, "index": o.Index, "suggestion": o.Suggestion})
	}
	return e.JSON(http.StatusOK, map[string]any{
		"encoding": m.Encoding, "codeUnits": m.CodeUnits, "segments": m.Segments, "characters": m.Characters,
		"offending": offending, "cleaned": cleaned, "cleanedSegments": sms.Count(cleaned).Segments,
		"findings": lint.Check(lint.Text{Body: order.Text, Brand: brand, Later: order.Later}),
	})
}

// notice says why nothing goes out although there is work; empty when all is well.
func (eng *engine) notice() string {
	notice := eng.restoreNotice()
	if eng.dispatcher == nil {
		return strings.TrimSpace(notice + " " + eng.ballast.Halted())
	}
	return strings.TrimSpace(notice + " " + eng.dispatcher.Trouble())
}

// brandOf is the name that an organisation's people know it by.
func brandOf(app core.App, org string) string {
	r, err := app.FindRecordById("organizations", org)
	if err != nil {
		return ""
	}
	if brand := r.GetString("brand"); brand != "" {
		return brand
	}
	return r.GetString("name")
}
