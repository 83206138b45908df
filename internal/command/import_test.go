package command

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"tidings/internal/config"
	"tidings/internal/test/apptest"
)

// counter is a shell with a data folder behind it.
type counter struct {
	*apptest.App
	t    *testing.T
	file string
}

func newCounter(t *testing.T, csv string) *counter {
	t.Helper()
	c := &counter{App: apptest.New(t, apptest.WithoutServing()), t: t, file: filepath.Join(t.TempDir(), "people.csv")}
	c.Create("organizations", map[string]any{"name": "Acme", "slug": "acme", "defaultCountry": "US", "timezone": "America/New_York"})
	if err := os.WriteFile(c.file, []byte(csv), 0o600); err != nil {
		t.Fatal(err)
	}
	return c
}

// call runs the command and gives what it said.
func (c *counter) call(ctx context.Context, args ...string) (string, error) {
	c.t.Helper()
	cmd := NewImport(c.BaseApp, config.Config{}, slog.New(slog.DiscardHandler))
	var out bytes.Buffer
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	cmd.SilenceUsage, cmd.SilenceErrors = true, true
	cmd.SetArgs(append([]string{c.file}, args...))
	err := cmd.ExecuteContext(ctx)
	return out.String(), err
}

func (c *counter) count(table string) int64 {
	c.t.Helper()
	n, err := c.CountRecords(table)
	if err != nil {
		c.t.Fatal(err)
	}
	return n
}

func TestImportMakesTheListAndWritesTheErrorsBesideTheFile(t *testing.T) {
	t.Parallel()
	c := newCounter(t, "Handy,firstName\n2125550100,Ann\n=1+1,Bo\n2125550100,Ann\n")
	out, err := c.call(t.Context(), "--org", "acme", "--list", "Shop", "--consent-method", "paper", "--consent-text", "Yes, text me", "--map", "Handy=phoneNumber")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, line := range []string{`Made the list "Shop".`, "3 of 3 rows, 100%", "1 new, 0 brought up to date, 2 rejected", c.file + ".errors.csv"} {
		if !strings.Contains(out, line) {
			t.Errorf("does not say %q:\n%s", line, out)
		}
	}
	rejected, err := os.ReadFile(c.file + ".errors.csv")
	if err != nil || !strings.HasPrefix(string(rejected), "row,phoneNumber,code,detail\n3,'=1+1,phone_invalid,") || !strings.Contains(string(rejected), "\n4,2125550100,duplicate,") {
		t.Errorf("%v %s", err, rejected)
	}
	if info, err := os.Stat(c.file + ".errors.csv"); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	list, err := c.FindFirstRecordByFilter("lists", "name = {:name}", dbx.Params{"name": "Shop"})
	if err != nil {
		t.Fatal(err)
	}
	ann, err := c.FindFirstRecordByData("subscribers", "phoneNumber", "+12125550100")
	if err != nil || ann.GetString("status") != "subscribed" || ann.GetString("lists") != `["`+list.Id+`"]` && ann.GetStringSlice("lists")[0] != list.Id {
		t.Errorf("%v %v", err, ann)
	}
	// The second time there is a list already, and a place for the errors.
	other := filepath.Join(t.TempDir(), "rejected.csv")
	out, err = c.call(t.Context(), "--org", "acme", "--list", "Shop", "--map", "Handy=phoneNumber", "--errors", other)
	if err != nil || !strings.Contains(out, "0 new, 1 brought up to date, 2 rejected") {
		t.Errorf("%v\n%s", err, out)
	}
	if _, err := os.Stat(other); err != nil || c.count("lists") != 1 {
		t.Errorf("%v, %d lists", err, c.count("lists"))
	}
}

func TestImportOnTrialChangesNothing(t *testing.T) {
	t.Parallel()
	c := newCounter(t, "phone\n2125550100\n")
	out, err := c.call(t.Context(), "--org", "acme", "--list", "Shop", "--dry-run")
	if err != nil || !strings.Contains(out, "1 would be new") || !strings.Contains(out, "would be made") {
		t.Errorf("%v\n%s", err, out)
	}
	if c.count("subscribers") != 0 || c.count("lists") != 0 {
		t.Error("something was written")
	}
}

func TestImportFailsWithAReasonAndMakesNothing(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		csv  string
		args []string
		says string
	}{
		"no header":           {"2125550100\n", []string{"--org", "acme", "--list", "Shop"}, "phoneNumber"},
		"no such org":         {"phone\n2125550100\n", []string{"--org", "acne", "--list", "Shop"}, "there is acme"},
		"no list":             {"phone\n2125550100\n", []string{"--org", "acme"}, "--list"},
		"half a consent":      {"phone\n2125550100\n", []string{"--org", "acme", "--list", "Shop", "--consent-method", "paper"}, "words"},
		"nobody":              {"phone\nnobody\n", []string{"--org", "acme", "--list", "Shop"}, "no row could be imported"},
		"a column of no name": {"phone\n2125550100\n", []string{"--org", "acme", "--list", "Shop", "--map", "x=firstName"}, `no column "x"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCounter(t, x.csv)
			out, err := c.call(t.Context(), x.args...)
			if err == nil || !strings.Contains(err.Error(), x.says) {
				t.Errorf("%v\n%s", err, out)
			}
			if c.count("subscribers") != 0 || name != "nobody" && c.count("lists") != 0 {
				t.Error("something was written")
			}
		})
	}
}

func TestImportThatIsStoppedSaysThatTheServerGoesOn(t *testing.T) {
	t.Parallel()
	c := newCounter(t, "phone\n2125550100\n")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	out, err := c.call(ctx, "--org", "acme", "--list", "Shop")
	if err == nil || !strings.Contains(err.Error(), "the server goes on") {
		t.Errorf("%v\n%s", err, out)
	}
	im, err := c.FindFirstRecordByData("imports", "status", "running")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(c.DataDir(), "imports", im.Id+".csv")); err != nil {
		t.Error(err)
	}
}
