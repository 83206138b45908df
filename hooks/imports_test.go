package hooks_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pocketbase/pocketbase/apis"

	"tidings/hooks"
	"tidings/internal/engine/importer"
	"tidings/internal/test/apptest"
)

// importDesk is the routes of imports on real rows.
type importDesk struct {
	*apptest.App
	t                                *testing.T
	handler                          http.Handler
	importer                         *importer.Importer
	org, list, otherList             string
	owner, editor, viewer, stranger_ apptest.Person
}

func newImportDesk(t *testing.T) *importDesk {
	t.Helper()
	app := apptest.New(t, apptest.WithoutServing())
	o := hooks.Options{Now: at(noon), Log: slog.New(slog.DiscardHandler)}
	rows, err := hooks.OpenStore(app.BaseApp, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(rows.Close)
	router, err := apis.NewRouter(app.BaseApp)
	if err != nil {
		t.Fatal(err)
	}
	d := &importDesk{App: app, t: t, org: app.Org("Acme")}
	d.importer = hooks.MountImports(app.BaseApp, router.Group("/api/sms"), rows, o)
	if d.handler, err = router.BuildMux(); err != nil {
		t.Fatal(err)
	}
	other := app.Org("Borealis")
	d.list = app.Create("lists", map[string]any{"org": d.org, "name": "Customers"}).Id
	d.otherList = app.Create("lists", map[string]any{"org": other, "name": "Guests"}).Id
	d.owner, d.editor, d.viewer, d.stranger_ = app.Member(d.org, "owner"), app.Member(d.org, "editor"), app.Member(d.org, "viewer"), app.Member(other, "owner")
	return d
}

// part is one part of a form; file names make files.
type part struct{ name, fileName, content string }

// form is the parts of a good form, changed.
func (d *importDesk) form(change map[string]string) []part {
	fields := map[string]string{"list": d.list, "file": "phone,firstName\n2125550100,Ann\nnobody,Bo\n"}
	for name, value := range change {
		fields[name] = value
	}
	parts := []part{}
	for _, name := range []string{"file", "list", "consentMethod", "consentText", "mapping", "defaultCountry", "dryRun"} { // the file first, as browsers may
		if value, ok := fields[name]; ok && value != "-" {
			p := part{name: name, content: value}
			if name == "file" {
				p.fileName = `C:\lists\people.csv`
			}
			parts = append(parts, p)
		}
	}
	return parts
}

func (d *importDesk) post(token string, parts []part) apptest.Response {
	d.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, p := range parts {
		var out io.Writer
		var err error
		if p.fileName != "" {
			out, err = w.CreateFormFile(p.name, p.fileName)
		} else {
			out, err = w.CreateFormField(p.name)
		}
		if err == nil {
			_, err = io.WriteString(out, p.content)
		}
		if err != nil {
			d.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		d.t.Fatal(err)
	}
	req := httptest.NewRequest("POST", "/api/sms/imports", &body)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return d.serve(req, token)
}

func (d *importDesk) get(path, token string) apptest.Response {
	return d.serve(httptest.NewRequest("GET", path, nil), token)
}

func (d *importDesk) serve(req *http.Request, token string) apptest.Response {
	if token != "" {
		req.Header.Set("Authorization", token)
	}
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, req)
	return apptest.Response{Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
}

// files are what lies in the folder of uploads.
func (d *importDesk) files() []string {
	all, err := filepath.Glob(filepath.Join(d.DataDir(), "imports", "*"))
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

func TestAnUploadIsQueuedImportedAndItsErrorsCanBeRead(t *testing.T) {
	t.Parallel()
	d := newImportDesk(t)
	res := d.post(d.editor.Token, d.form(map[string]string{"consentMethod": "web_form", "consentText": "Yes, text me"}))
	id := res.String("importId")
	if res.Status != http.StatusAccepted || id == "" {
		t.Fatalf("%d %s", res.Status, res.Body)
	}
	queued := d.Record("imports", id)
	if queued.GetString("status") != "queued" || queued.GetInt("rows") != 2 || queued.GetString("defaultCountry") != "US" ||
		queued.GetString("fileName") != "people.csv" || queued.GetString("by") != d.editor.ID || queued.GetString("org") != d.org {
		t.Errorf("%v", queued.FieldsData())
	}
	if info, err := os.Stat(filepath.Join(d.DataDir(), "imports", id+".csv")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	d.work(id)
	done := d.Record("imports", id)
	if done.GetString("status") != "finished" || done.GetInt("created") != 1 || done.GetInt("rejected") != 1 {
		t.Errorf("%v", done.FieldsData())
	}
	if left := d.files(); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	file := d.get("/api/sms/imports/"+id+"/errors.csv", d.viewer.Token)
	want := "row,phoneNumber,code,detail\n3,nobody,phone_invalid,"
	if file.Status != 200 || !strings.HasPrefix(string(file.Body), want) || file.Header.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Errorf("%d %s", file.Status, file.Body)
	}
	if got := file.Header.Get("Content-Disposition"); got != `attachment; filename="errors-`+id+`.csv"` {
		t.Error(got)
	}
	for who, token := range map[string]string{"a stranger": d.stranger_.Token} {
		if res := d.get("/api/sms/imports/"+id+"/errors.csv", token); res.Status != 404 {
			t.Errorf("%s reads the errors: %d", who, res.Status)
		}
	}
	if res := d.get("/api/sms/imports/"+id+"/errors.csv", ""); res.Status != 401 {
		t.Errorf("a guest reads the errors: %d", res.Status)
	}
	if res := d.get("/api/sms/imports/none/errors.csv", d.owner.Token); res.Status != 404 {
		t.Errorf("errors of no import: %d", res.Status)
	}
}

// work runs the importer until an import has ended.
func (d *importDesk) work(id string) {
	d.t.Helper()
	ctx, stop := context.WithCancel(d.t.Context())
	done := make(chan struct{})
	go func() { defer close(done); d.importer.Run(ctx) }()
	for status := ""; status != "finished" && status != "failed"; {
		status = d.Record("imports", id).GetString("status")
	}
	stop()
	<-done
}

func TestUploadsThatCannotBeCarriedOutAreRefusedByField(t *testing.T) {
	t.Parallel()
	d := newImportDesk(t)
	archived := d.Create("lists", map[string]any{"org": d.org, "name": "Old", "archived": true}).Id
	for name, c := range map[string]struct {
		token  string
		change map[string]string
		status int
		field  string
		code   string
	}{
		"a guest":                   {"", nil, 401, "", ""},
		"a viewer":                  {d.viewer.Token, nil, 403, "role", "editor_required"},
		"a stranger":                {d.stranger_.Token, nil, 404, "", ""},
		"another's list":            {d.owner.Token, map[string]string{"list": d.otherList}, 404, "", ""},
		"no such list":              {d.owner.Token, map[string]string{"list": "none"}, 404, "", ""},
		"no list":                   {d.owner.Token, map[string]string{"list": "-"}, 400, "list", "list_required"},
		"an archived list":          {d.owner.Token, map[string]string{"list": archived}, 400, "list", "list_archived"},
		"a method without words":    {d.owner.Token, map[string]string{"consentMethod": "paper"}, 400, "consentText", "consent_incomplete"},
		"words without a method":    {d.owner.Token, map[string]string{"consentText": "yes"}, 400, "consentMethod", "consent_incomplete"},
		"an operator's own consent": {d.owner.Token, map[string]string{"consentMethod": "operator", "consentText": "yes"}, 400, "consentMethod", "bad_consent_method"},
		"too many words":            {d.owner.Token, map[string]string{"consentMethod": "paper", "consentText": strings.Repeat("x", 20001)}, 400, "consentText", "consent_text_too_long"},
		"an endless field":          {d.owner.Token, map[string]string{"consentText": strings.Repeat("x", 100_000)}, 400, "consentText", "field_too_long"},
		"a mapping that is no JSON": {d.owner.Token, map[string]string{"mapping": "phone=number"}, 400, "mapping", "bad_mapping"},
		"a mapping of no column":    {d.owner.Token, map[string]string{"mapping": `{"x":"firstName"}`}, 400, "mapping", "bad_mapping"},
		"a mapping to no field":     {d.owner.Token, map[string]string{"mapping": `{"firstName":"status"}`}, 400, "mapping", "bad_mapping"},
		"no country":                {d.owner.Token, map[string]string{"defaultCountry": "Germany"}, 400, "defaultCountry", "bad_country"},
		"perhaps":                   {d.owner.Token, map[string]string{"dryRun": "perhaps"}, 400, "dryRun", "bad_boolean"},
		"no file":                   {d.owner.Token, map[string]string{"file": "-"}, 400, "file", "file_required"},
		"an empty file":             {d.owner.Token, map[string]string{"file": ""}, 400, "file", "file_empty"},
		"no header":                 {d.owner.Token, map[string]string{"file": "2125550100,Ann\n"}, 400, "file", "header_missing"},
		"only a header":             {d.owner.Token, map[string]string{"file": "phone\n"}, 400, "file", "no_rows"},
		"a workbook":                {d.owner.Token, map[string]string{"file": "PK\x03\x04"}, 400, "file", "not_csv"},
	} {
		t.Run(name, func(t *testing.T) { // one desk, one after the other: the folder is looked at
			res := d.post(c.token, d.form(c.change))
			want(t, name, res, c.status, c.field, c.code)
			if left := d.files(); len(left) > 0 {
				t.Errorf("left: %v", left)
			}
		})
	}
	if n, err := d.CountRecords("imports"); err != nil || n != 0 {
		t.Errorf("%d imports, %v", n, err)
	}
}

func TestBodiesThatAreNoGoodFormAreRefused(t *testing.T) {
	t.Parallel()
	d := newImportDesk(t)
	const head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nphone\n2125550100\n"
	for name, c := range map[string]struct {
		kind, body string
		length     int64
		status     int
		code       string
	}{
		"JSON":            {"application/json", "{}", 0, 400, "file_required"},
		"cut off":         {"multipart/form-data; boundary=x", head, 0, 400, "bad_form"},
		"two files":       {"multipart/form-data; boundary=x", head + "\r\n" + head + "\r\n--x--\r\n", 0, 400, "bad_form"},
		"too many parts":  {"multipart/form-data; boundary=x", strings.Repeat("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n", 40) + "--x--\r\n", 0, 400, "bad_form"},
		"above the limit": {"multipart/form-data; boundary=x", head, 300 << 20, 413, "file_too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			req := httptest.NewRequest("POST", "/api/sms/imports", strings.NewReader(c.body))
			req.Header.Set("Content-Type", c.kind)
			if c.length > 0 {
				req.ContentLength = c.length
			}
			want(t, name, d.serve(req, d.owner.Token), c.status, "file", c.code)
			if left := d.files(); len(left) > 0 {
				t.Errorf("left: %v", left)
			}
		})
	}
}

func TestAFileAboveTheUsualLimitOfABodyIsTaken(t *testing.T) {
	t.Parallel()
	d := newImportDesk(t)
	note := strings.Repeat("x", 60<<10)
	var b strings.Builder
	b.WriteString("phone,note\n")
	for b.Len() < 40<<20 { // PocketBase takes 32 MiB
		fmt.Fprintf(&b, "911,%s\n", note)
	}
	res := d.post(d.owner.Token, d.form(map[string]string{"file": b.String(), "dryRun": "true"}))
	if res.Status != http.StatusAccepted {
		t.Fatalf("%d %s", res.Status, res.Body)
	}
	if r := d.Record("imports", res.String("importId")); !r.GetBool("dryRun") || r.GetInt("rows") < 600 {
		t.Errorf("%v", r.FieldsData())
	}
}

func TestAMappingReachesTheImport(t *testing.T) {
	t.Parallel()
	d := newImportDesk(t)
	res := d.post(d.owner.Token, d.form(map[string]string{
		"file": "Handy;Ort\n2125550100;Köln\n", "mapping": `{"Handy":"phoneNumber","Ort":"attributes.city"}`, "defaultCountry": "us",
	}))
	d.work(res.String("importId"))
	got, err := d.FindFirstRecordByData("subscribers", "phoneNumber", "+12125550100")
	if err != nil {
		t.Fatal(err)
	}
	attributes := map[string]string{}
	if err := json.Unmarshal([]byte(got.GetString("attributes")), &attributes); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"city": "Köln"}, attributes); diff != "" {
		t.Error(diff)
	}
}
