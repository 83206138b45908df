package e2e

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tidings/internal/command"
)

// unzip reads a pack, and checks its manifest on the way.
func unzip(t *testing.T, raw []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(data)
	}
	var manifest struct {
		Files []struct{ Name, SHA256 string }
	}
	if err := json.Unmarshal([]byte(files["manifest.json"]), &manifest); err != nil {
		t.Fatal(err)
	}
	if len(manifest.Files) != len(files)-1 {
		t.Errorf("the manifest names %d of %d files", len(manifest.Files), len(files)-1)
	}
	for _, f := range manifest.Files {
		if sum := sha256.Sum256([]byte(files[f.Name])); hex.EncodeToString(sum[:]) != f.SHA256 {
			t.Errorf("%s is not what the manifest says", f.Name)
		}
	}
	return files
}

func TestTheEvidenceOfANumberIsWhole(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	n, other := mobile("646", 1), mobile("646", 2)
	id := h.person(n, object{"firstName": "Ann", "state": "TX", "consentText": "=Yes, text me <b>offers</b>"})
	h.person(other)
	h.finish(h.launch(h.campaign(object{"messageBody": "Hi {{firstName|you}}, half price today."}), nil))
	h.write(n, "What time do you open?")
	h.write(n, "please stop texting me")
	h.until("the confirmation went out", func() bool { return h.texted(n) == 2 })
	h.idle()

	if a := h.call(h.editor, "GET", "/api/sms/subscribers/"+id+"/evidence", nil); a.Status != http.StatusForbidden {
		t.Errorf("an editor: %d", a.Status)
	}
	a := h.must(h.owner, "GET", "/api/sms/subscribers/"+id+"/evidence", nil, http.StatusOK)
	if again := h.must(h.owner, "GET", "/api/sms/subscribers/"+id+"/evidence", nil, http.StatusOK); !bytes.Equal(a.Body, again.Body) {
		t.Error("the same data give another file")
	}
	files := unzip(t, a.Body)
	for name, parts := range map[string][]string{
		"index.html":           {"Contents", "Ann", "=Yes, text me &lt;b&gt;offers&lt;/b&gt;", "Hi Ann, half price today.", "What time do you open?", "America/New_York", "America/Chicago", "please stop texting me"},
		"default/consent.csv":  {"'=Yes, text me <b>offers</b>", "granted,web_form", "revoked,reply"},
		"default/messages.csv": {"Hi Ann, half price today.", "2026-03-03 11:00:", "-05:00 America/New_York", "inbound", "suppression: yes"},
		"default/optouts.csv":  {"please stop texting me"},
		"README.txt":           {"tidings-consent-v1"},
	} {
		for _, part := range parts {
			if !strings.Contains(files[name], part) {
				t.Errorf("%s lacks %q:\n%.2000s", name, part, files[name])
			}
		}
		if strings.Contains(files[name], other) {
			t.Errorf("%s tells of somebody else", name)
		}
	}
	var d struct {
		Consent []struct {
			Canonical, Hash string
			AsWritten       bool
		}
		OptOuts []struct {
			Seconds         float64
			Confirmation    string
			TextsAfterwards int
		}
		Messages []struct{ Direction, Kind, Text string }
	}
	if err := json.Unmarshal([]byte(files["default/dossier.json"]), &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Consent) != 2 || len(d.OptOuts) != 1 || len(d.Messages) != 4 {
		t.Fatalf("%d events, %d opt-outs, %d messages: %s", len(d.Consent), len(d.OptOuts), len(d.Messages), files["default/dossier.json"])
	}
	for _, e := range d.Consent { // as a third party would
		raw, err := base64.StdEncoding.DecodeString(e.Canonical)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != e.Hash || !e.AsWritten {
			t.Error("the hash of an event is not that of its canonical bytes")
		}
	}
	if o := d.OptOuts[0]; o.Seconds < 0 || o.Seconds > 1 || o.Confirmation == "" || o.TextsAfterwards != 0 {
		t.Errorf("the opt-out: %+v", o)
	}

	// The subscriber goes, what was said stays.
	h.must(h.editor, "DELETE", "/api/collections/subscribers/records/"+id, nil, http.StatusNoContent)
	out := filepath.Join(t.TempDir(), "pack.zip")
	c := command.NewEvidence(h.app.BaseApp)
	c.SetArgs([]string{"(646) 555-0101", "--out", out})
	c.SetOut(io.Discard)
	if err := c.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if page := unzip(t, raw)["index.html"]; !strings.Contains(page, "no subscriber of this number any more") || !strings.Contains(page, "Hi Ann, half price today.") {
		t.Errorf("after the delete: %s", page)
	}
	c.SetArgs([]string{"646-555-0117"})
	c.SilenceUsage, c.SilenceErrors = true, true
	if err := c.ExecuteContext(t.Context()); err == nil {
		t.Error("a number that nobody knows has evidence")
	}
}
