package hooks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/router"

	"tidings/internal/engine/importer"
	"tidings/internal/store"
)

// importDeps is what the routes of imports need of the engine.
type importDeps struct {
	importer *importer.Importer
	// rejects gives an import's rejected rows in the order of the file.
	rejects func(ctx context.Context, id string, each func(importer.Reject) error) error
	// halted says why no file is taken in; nil: it always is.
	halted func() string
}

// newImports makes the importer over the engine's rows.
func newImports(app core.App, rows *store.Store, halted func() string, o Options) importDeps {
	return importDeps{
		importer: importer.New(importer.Options{
			Store: rows, Folder: importer.FolderIn(app.DataDir()), Now: o.Now, NewID: store.NewID, Halted: halted, Log: o.Log,
		}),
		rejects: rows.ImportErrors,
		halted:  halted,
	}
}

// OpenStore opens the engine's rows for a command that does its work without a
// server, under the same secret.
func OpenStore(app core.App, o Options) (*store.Store, error) {
	o = o.withDefaults()
	secret, err := secretOf(app, o.EncryptionKey)
	if err != nil {
		return nil, err
	}
	return store.Open(store.Options{App: app, Now: o.Now, Key: secret, Means: o.Means, Log: o.Log})
}

// bindImports mounts the routes of imports on /api/sms.
func bindImports(api *router.RouterGroup[*core.RequestEvent], d importDeps) {
	api.POST("/imports", d.upload).Bind(largeBody(maxUpload))
	api.GET("/imports/{id}/errors.csv", d.errorFile)
}

// maxUpload is the largest file with room for the form's other fields.
const maxUpload = importer.MaxFile + 1<<20

// largeBody takes the place of PocketBase's limit. It also takes off the copy
// that PocketBase keeps of a body to read it twice: this one goes to disk once.
func largeBody(most int64) *hook.Handler[*core.RequestEvent] {
	return &hook.Handler[*core.RequestEvent]{
		Id:       apis.DefaultBodyLimitMiddlewareId,
		Priority: apis.DefaultBodyLimitMiddlewarePriority,
		Func: func(e *core.RequestEvent) error {
			if e.Request.ContentLength > most {
				return fileTooLarge()
			}
			body := e.Request.Body
			if twice, ok := body.(*router.RereadableReadCloser); ok {
				body = twice.ReadCloser
			}
			e.Request.Body = http.MaxBytesReader(e.Response, body, most)
			return e.Next()
		},
	}
}

func fileTooLarge() error {
	return refuse(http.StatusRequestEntityTooLarge, "file", importer.CodeFileTooLarge,
		fmt.Sprintf("The file is larger than %d MiB; split it", importer.MaxFile>>20))
}

// upload takes a file in and queues its import.
func (d importDeps) upload(e *core.RequestEvent) error {
	if e.Auth == nil {
		return unauthorized()
	}
	if d.halted != nil {
		if why := d.halted(); why != "" { // the file itself would take of the room that is left
			return refuse(http.StatusServiceUnavailable, "server", "disk_full", why)
		}
	}
	form, err := readImportForm(e.Request, d.importer)
	defer form.discard()
	if err != nil {
		return badUpload(err)
	}
	list, err := listOf(e, form.fields["list"])
	if err != nil {
		return err
	}
	order, err := form.order(e, list)
	if err != nil {
		return badFields(err, nil)
	}
	if !form.hasFile {
		return badUpload(&importer.Refusal{Field: "file", Code: importer.CodeFileRequired, Message: "Send the CSV file as the part file"})
	}
	id, err := d.importer.Queue(e.Request.Context(), form.upload, order)
	if err != nil {
		return badUpload(err)
	}
	return e.JSON(http.StatusAccepted, map[string]any{"importId": id})
}

// badUpload translates what importing refuses into an answer.
func badUpload(err error) error {
	var refused *importer.Refusal
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return fileTooLarge()
	case !errors.As(err, &refused):
		return err
	case refused.Code == importer.CodeFileTooLarge:
		return refuse(http.StatusRequestEntityTooLarge, refused.Field, refused.Code, refused.Message)
	default:
		return refuse(http.StatusBadRequest, refused.Field, refused.Code, refused.Message)
	}
}

// listOf finds the list that people are to join, in an organisation where the
// caller may edit.
func listOf(e *core.RequestEvent, id string) (*core.Record, error) {
	if id == "" {
		return nil, refuse(http.StatusBadRequest, "list", "list_required", "Name the list that these people join")
	}
	list, err := e.App.FindRecordById("lists", id)
	if err != nil {
		return nil, notFound()
	}
	role, err := roleIn(e, list.GetString("org"))
	if err != nil {
		return nil, err
	}
	if !mayAct(role, roleEditor) {
		return nil, refuse(http.StatusForbidden, "role", "editor_required", "Only editors and owners import people")
	}
	if list.GetBool("archived") {
		return nil, refuse(http.StatusBadRequest, "list", "list_archived", "This list is archived; choose another, or take it out of the archive")
	}
	return list, nil
}

// order makes an order of the form's fields.
func (f *importForm) order(e *core.RequestEvent, list *core.Record) (importer.Order, error) {
	o := importer.Order{
		Org: list.GetString("org"), List: list.Id, FileName: f.fileName, By: e.Auth.Id,
		ConsentMethod: f.fields["consentMethod"], ConsentText: f.fields["consentText"], DefaultCountry: f.fields["defaultCountry"],
	}
	if raw := f.fields["mapping"]; raw != "" {
		if err := json.Unmarshal([]byte(raw), &o.Mapping); err != nil {
			return o, fault("mapping", importer.CodeBadMapping, `The mapping is one JSON object of texts, such as {"Mobile": "phoneNumber"}`)
		}
	}
	if raw := f.fields["dryRun"]; raw != "" {
		dry, err := strconv.ParseBool(raw)
		if err != nil {
			return o, fault("dryRun", "bad_boolean", "Write true or false")
		}
		o.DryRun = dry
	}
	if o.DefaultCountry == "" {
		org, err := organization(e.App, o.Org)
		if err != nil {
			return o, err
		}
		o.DefaultCountry = org.GetString("defaultCountry")
	}
	if err := o.Check(); err != nil {
		return o, badUpload(err)
	}
	return o, nil
}

// errorFile gives the rejected rows of an import as CSV, row by row.
func (d importDeps) errorFile(e *core.RequestEvent) error {
	im, err := e.App.FindRecordById("imports", e.Request.PathValue("id"))
	if err != nil {
		return notFound()
	}
	if _, err := roleIn(e, im.GetString("org")); err != nil {
		return err
	}
	header := e.Response.Header()
	header.Set("Content-Type", "text/csv; charset=utf-8")
	header.Set("Content-Disposition", `attachment; filename="errors-`+im.Id+`.csv"`)
	header.Set("Cache-Control", "no-store")
	file, err := importer.NewErrorFile(e.Response)
	if err != nil {
		return err
	}
	if err := d.rejects(e.Request.Context(), im.Id, file.Write); err != nil {
		return err
	}
	return file.Flush()
}
