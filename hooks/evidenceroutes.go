package hooks

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	dossier "tidings/internal/engine/evidence"
)

// evidencePack answers with all that an organisation knows of a subscriber's number.
func (eng *engine) evidencePack(e *core.RequestEvent) error {
	r, err := recordFor(e, "subscribers", e.Request.PathValue("id"), roleOwner)
	if err != nil {
		return err
	}
	number := r.GetString("phoneNumber")
	dossiers, err := eng.store.Dossiers(e.Request.Context(), r.GetString("org"), number)
	if err != nil {
		return err
	}
	var pack bytes.Buffer
	if err := dossier.Write(&pack, dossiers); err != nil {
		return err
	}
	header := e.Response.Header()
	header.Set("Content-Disposition", `attachment; filename="evidence-`+strings.TrimPrefix(number, "+")+`.zip"`)
	header.Set("Cache-Control", "no-store")
	return e.Blob(http.StatusOK, "application/zip", pack.Bytes())
}
