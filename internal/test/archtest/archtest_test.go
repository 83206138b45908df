package archtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// root climbs to the module's folder.
func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
}

func TestTheHouseFollowsItsPlan(t *testing.T) {
	t.Parallel()
	pkgs, err := List(root(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(pkgs) < 3 {
		t.Fatalf("the go tool lists %d packages", len(pkgs))
	}
	for _, bad := range append(Imports("tidings", pkgs), Docs(pkgs)...) {
		t.Error(bad)
	}
}

func TestTheFilesAreTidy(t *testing.T) {
	t.Parallel()
	files, err := Read(root(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 10 {
		t.Fatalf("only %d files were read", len(files))
	}
	for _, check := range []func([]File) []string{Lengths, Leftovers, GoVersions, Syntax} {
		for _, bad := range check(files) {
			t.Error(bad)
		}
	}
}

// Each check is fed something that it must refuse and
// something close by that it must not.
func TestImportsCanFail(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		from, imports string
		fine          bool
	}{
		"rules and rules":           {"internal/rules/compose", "tidings/internal/rules/sms", true},
		"rules and engine":          {"internal/rules/sms", "tidings/internal/engine/gate", false},
		"rules and files":           {"internal/rules/sms", "os", false},
		"rules and files below":     {"internal/rules/sms", "os/exec", false},
		"rules and network":         {"internal/rules/sms", "net/http", false},
		"rules and addresses":       {"internal/rules/compose", "net/url", true},
		"rules and log":             {"internal/rules/sms", "log/slog", false},
		"rules and chance":          {"internal/rules/sms", "math/rand/v2", false},
		"rules and time":            {"internal/rules/hours", "time", true},
		"rules and a module":        {"internal/rules/sms", "github.com/google/uuid", false},
		"phone and phonenumbers":    {"internal/rules/phone", "github.com/nyaruka/phonenumbers", true},
		"sms and phonenumbers":      {"internal/rules/sms", "github.com/nyaruka/phonenumbers", false},
		"engine and rules":          {"internal/engine/dispatch", "tidings/internal/rules/sms", true},
		"engine and engine":         {"internal/engine/dispatch", "tidings/internal/engine/gate", true},
		"engine and store":          {"internal/engine/dispatch", "tidings/internal/store", false},
		"engine and plivo":          {"internal/engine/dispatch", "tidings/internal/plivo", false},
		"engine and PocketBase":     {"internal/engine/dispatch", "github.com/pocketbase/pocketbase/core", false},
		"engine and its builder":    {"internal/engine/dispatch", "github.com/pocketbase/dbx", false},
		"engine and HTTP":           {"internal/engine/dispatch", "net/http", false},
		"engine and SQL":            {"internal/engine/dispatch", "database/sql", false},
		"engine and driver":         {"internal/engine/dispatch", "database/sql/driver", false},
		"engine and a log":          {"internal/engine/dispatch", "log/slog", true},
		"store and PocketBase":      {"internal/store", "github.com/pocketbase/pocketbase/core", true},
		"store and engine":          {"internal/store", "tidings/internal/engine/dispatch", true},
		"store and web":             {"internal/store", "tidings/internal/web", false},
		"plivo and its SDK":         {"internal/plivo", "github.com/plivo/plivo-go/v7", true},
		"store and the SDK":         {"internal/store", "github.com/plivo/plivo-go/v7", false},
		"main and the SDK":          {".", "github.com/plivo/plivo-go/v7", false},
		"web and echo":              {"internal/web", "github.com/labstack/echo/v5", true},
		"hooks and echo":            {"hooks", "github.com/labstack/echo/v5", false},
		"web and PocketBase":        {"internal/web", "github.com/pocketbase/pocketbase/core", false},
		"schedule and cron":         {"internal/schedule", "github.com/robfig/cron/v3", true},
		"command and cron":          {"internal/command", "github.com/robfig/cron/v3", false},
		"PocketBase's own cron":     {"hooks", "github.com/pocketbase/pocketbase/tools/cron", true},
		"simulator and engine":      {"internal/simulator", "tidings/internal/engine/dispatch", false},
		"config and rules":          {"internal/config", "tidings/internal/rules/phone", false},
		"hooks and everything":      {"hooks", "tidings/internal/engine/campaign", true},
		"hooks and tests":           {"hooks", "tidings/internal/test/apptest", false},
		"tests and tests":           {"internal/test/e2e", "tidings/internal/test/apptest", true},
		"migration and our rules":   {"pb_migrations", "tidings/internal/rules/phone", false},
		"migration and PocketBase":  {"pb_migrations", "github.com/pocketbase/pocketbase/core", true},
		"command below":             {"internal/command/demo", "tidings/internal/simulator", true},
		"test rooms and PocketBase": {"internal/test/apptest", "github.com/pocketbase/dbx", true},
		"a room without a plan":     {"internal/attic", "fmt", false},
		"beside a known room":       {"internal/rulesets", "fmt", false},
	}
	for name, tt := range tests {
		p := Package{ImportPath: "tidings/" + tt.from, Imports: []string{tt.imports}}
		if tt.from == "." {
			p.ImportPath = "tidings"
		}
		if bad := Imports("tidings", []Package{p}); (len(bad) == 0) != tt.fine {
			t.Errorf("%s: %v", name, bad)
		}
	}
	inTest := func(room, imp string) []string {
		return Imports("tidings", []Package{{ImportPath: "tidings/" + room, XTestImports: []string{imp}}})
	}
	if bad := inTest("internal/engine/gate", "tidings/internal/test/apptest"); len(bad) != 0 {
		t.Errorf("a test may use test rooms: %v", bad)
	}
	if bad := inTest("internal/engine/gate", "github.com/plivo/plivo-go/v7"); len(bad) != 1 {
		t.Errorf("a test went through a closed door: %v", bad)
	}
	if bad := inTest("internal/test/e2e", "github.com/plivo/plivo-go/v7"); len(bad) != 0 {
		t.Errorf("whole-app tests may use anything: %v", bad)
	}
}

func TestDocsCanFail(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		p    Package
		fine bool
	}{
		"said":        {Package{ImportPath: "tidings/a", Name: "a", Doc: "Package a decides.", GoFiles: []string{"a.go"}}, true},
		"silent":      {Package{ImportPath: "tidings/a", Name: "a", GoFiles: []string{"a.go"}}, false},
		"other name":  {Package{ImportPath: "tidings/a", Name: "a", Doc: "Package b decides.", GoFiles: []string{"a.go"}}, false},
		"command":     {Package{ImportPath: "tidings", Name: "main", Doc: "Tidings sends.", GoFiles: []string{"main.go"}}, true},
		"mute":        {Package{ImportPath: "tidings", Name: "main", GoFiles: []string{"main.go"}}, false},
		"tests alone": {Package{ImportPath: "tidings/a", Name: "a", TestGoFiles: []string{"a_test.go"}}, true},
		"a drawer":    {Package{ImportPath: "tidings/utils", Name: "utils", Doc: "Package utils has all.", GoFiles: []string{"a.go"}}, false},
	}
	for name, tt := range tests {
		if bad := Docs([]Package{tt.p}); (len(bad) == 0) != tt.fine {
			t.Errorf("%s: %v", name, bad)
		}
	}
}

func TestFileChecksCanFail(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("//\n", 601)
	note := "// TO" + "DO later"
	tests := map[string]struct {
		check func([]File) []string
		file  File
		fine  bool
	}{
		"600 lines":         {Lengths, File{"a.go", long[3:]}, true},
		"601 lines":         {Lengths, File{"a.go", long}, false},
		"601 of script":     {Lengths, File{"a.js", long}, false},
		"601 of prose":      {Lengths, File{"a.md", long}, true},
		"601 generated":     {Lengths, File{"a.go", "// Code generated by gen; DO NOT EDIT.\n" + long}, true},
		"a note":            {Leftovers, File{"a.js", note}, false},
		"inside a word":     {Leftovers, File{"a.md", "the MASTO" + "DON"}, true},
		"silenced":          {Leftovers, File{"a.go", "x() //no" + "lint:errcheck"}, false},
		"a home":            {Leftovers, File{"a.go", `open("/ho` + `me/ann/x")`}, false},
		"a folder":          {Leftovers, File{"Dockerfile", "COPY /wo" + "rk/main ."}, false},
		"a route":           {Leftovers, File{"a.go", `get("/api/work/x")`}, true},
		"a data folder":     {Leftovers, File{"Dockerfile", "VOLUME /data"}, true},
		"a registry":        {Leftovers, File{"package-lock.json", "https://registry.npm" + "js.org/x"}, false},
		"go 1.26":           {GoVersions, File{"go.mod", "module x\n\ngo 1.26.0\n"}, true},
		"go 1.25":           {GoVersions, File{"x/go.mod", "go 1.25.9"}, true},
		"go 1.26.3":         {GoVersions, File{"go.mod", "go 1.26.3"}, false},
		"go 1.27":           {GoVersions, File{"x/go.mod", "go 1.27"}, false},
		"toolchain":         {GoVersions, File{"go.mod", "go 1.26\ntoolchain go1.27.1"}, false},
		"no go line":        {GoVersions, File{"go.mod", "module x"}, false},
		"another file":      {GoVersions, File{"a.txt", "go 1.99"}, true},
		"sleep":             {Syntax, File{"a.go", "package a\nimport \"time\"\nfunc f() { time.Sleep(1) }"}, false},
		"system zones":      {Syntax, File{"a.go", "package a\nimport \"time\"\nfunc f() { time.LoadLocation(\"UTC\") }"}, false},
		"sleep in a test":   {Syntax, File{"a_test.go", "package a\nimport \"time\"\nfunc f() { time.Sleep(1) }"}, false},
		"sleep in a bubble": {Syntax, File{"a_test.go", "package a\nimport (\"time\"; \"testing/synctest\")\nfunc f() { time.Sleep(1) }"}, true},
		"bubble elsewhere":  {Syntax, File{"a.go", "package a\nimport (\"time\"; \"testing/synctest\")\nfunc f() { time.Sleep(1) }"}, false},
		"sleep, renamed":    {Syntax, File{"a.go", "package a\nimport t \"time\"\nfunc f() { t.Sleep(1) }"}, false},
		"another's sleep":   {Syntax, File{"a.go", "package a\nfunc f(time x) { time.Sleep(1) }"}, true},
		"init":              {Syntax, File{"a.go", "package a\nfunc init() {}"}, false},
		"init method":       {Syntax, File{"a.go", "package a\nfunc (x T) init() {}"}, true},
		"init of migration": {Syntax, File{"pb_migrations/1.go", "package a\nfunc init() {}"}, true},
		"clock in rules":    {Syntax, File{"internal/rules/a/a.go", "package a\nimport \"time\"\nvar t = time.Now()"}, false},
		"zone in rules":     {Syntax, File{"internal/rules/a/a.go", "package a\nimport \"time\"\nvar t = time.Local"}, false},
		"clock in its test": {Syntax, File{"internal/rules/a/a_test.go", "package a\nimport \"time\"\nvar t = time.Now()"}, true},
		"clock in engine":   {Syntax, File{"internal/engine/a/a.go", "package a\nimport \"time\"\nvar t = time.Now()"}, true},
		"goroutine":         {Syntax, File{"internal/rules/a/a.go", "package a\nfunc f() { go f() }"}, false},
		"broken file":       {Syntax, File{"a.go", "package"}, false},
	}
	for name, tt := range tests {
		if bad := tt.check([]File{tt.file}); (len(bad) == 0) != tt.fine {
			t.Errorf("%s: %v", name, bad)
		}
	}
}

func TestReadLeavesOutWhatToolsLeaveBehind(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"a.go", "Dockerfile", ".ci/run", "web/app.mjs", "pb_data/x.json", "node_modules/x/a.js", "testdata/fuzz/a.go", "logo.png", ".git/a.txt"} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	files, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range files {
		got = append(got, f.Path)
	}
	if want := ".ci/run Dockerfile a.go web/app.mjs"; strings.Join(got, " ") != want {
		t.Errorf("read %v, want %s", got, want)
	}
}

func TestListDecodesWhatTheToolPrints(t *testing.T) {
	t.Parallel()
	got, err := decode([]byte(`{"ImportPath":"a"}` + "\n" + `{"ImportPath":"b","Imports":["os"]}`))
	if err != nil || len(got) != 2 || got[1].Imports[0] != "os" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := decode([]byte(`{"ImportPath":`)); err == nil {
		t.Error("half a list passed")
	}
	if _, err := List(filepath.Join(t.TempDir(), "gone")); err == nil {
		t.Error("a folder that is not there was listed")
	}
}
