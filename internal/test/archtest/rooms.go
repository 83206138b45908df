package archtest

import (
	"fmt"
	"strings"
)

// room is one line of the plan.
type room struct {
	path string   // below the module; covers what lies under it, the longest match counts
	ours []string // rooms that it may import; its own packages always
	all  bool     // it may import every room but those of tests
}

// plan is the import table. Arrows point down only.
var plan = []room{
	{path: ".", all: true},
	{path: "hooks", all: true},
	{path: "pb_migrations"},
	{path: "pb_public"},
	{path: "internal/rules"},
	{path: "internal/failpoint"},
	{path: "internal/engine", ours: []string{"internal/rules", "internal/failpoint"}},
	{path: "internal/store", ours: []string{"internal/engine", "internal/rules", "internal/failpoint"}},
	{path: "internal/plivo", ours: []string{"internal/engine", "internal/rules", "internal/failpoint"}},
	{path: "internal/simulator", ours: []string{"internal/rules", "internal/clock"}}, // never the code that it tests
	{path: "internal/web", ours: []string{"internal/engine", "internal/rules", "internal/plivo", "internal/telemetry"}},
	{path: "internal/schedule", ours: []string{"internal/engine", "internal/rules"}},
	{path: "internal/console", ours: []string{"internal/engine", "internal/rules"}},
	{path: "internal/command", all: true},
	{path: "internal/backup", ours: []string{"internal/engine", "internal/rules"}},
	{path: "internal/ballast"},
	{path: "internal/heap"},
	{path: "internal/spool"},
	{path: "internal/clock"},
	{path: "internal/config"},
	{path: "internal/telemetry"},
	{path: "internal/test", all: true},
}

// door lets one foreign module in, through these rooms only.
type door struct {
	module string
	rooms  []string
}

var doors = []door{
	{"github.com/plivo/plivo-go", []string{"internal/plivo"}},
	{"github.com/labstack/echo", []string{"internal/web"}},
	{"github.com/robfig/cron", []string{"internal/schedule"}},
	{"github.com/nyaruka/phonenumbers", []string{"internal/rules/phone"}},
	{"github.com/pocketbase", []string{".", "hooks", "pb_migrations", "internal/store", "internal/console", "internal/command"}},
	{"modernc.org/sqlite", []string{"internal/store"}},
	{"rsc.io/qr", []string{"internal/web"}},
}

// impure is what the rules may not import: nothing that reads the world. The
// parsers of addresses below net are harmless.
var impure = []string{"os", "net", "log", "database", "syscall", "math/rand", "crypto/rand", "io/fs", "io/ioutil", "runtime/debug"}

func readsTheWorld(imp string) bool {
	return imp != "net/url" && imp != "net/netip" && under(imp, impure...)
}

// Imports finds imports that the plan does not know.
func Imports(module string, pkgs []Package) []string {
	var bad []string
	for _, p := range pkgs {
		here := p.room()
		r, ok := find(here)
		if !ok {
			bad = append(bad, p.ImportPath+" is no room of the plan; add it to the table with the rooms that it may import")
			continue
		}
		for _, imp := range p.Imports {
			if why := refuse(module, r, here, imp); why != "" {
				bad = append(bad, fmt.Sprintf("%s imports %s: %s", p.ImportPath, imp, why))
			}
		}
		for _, imp := range p.testImports() { // tests may use any room, but foreign modules keep to their doors
			if why := closed(here, imp); why != "" {
				bad = append(bad, fmt.Sprintf("a test of %s imports %s: %s", p.ImportPath, imp, why))
			}
		}
	}
	return bad
}

func refuse(module string, r room, here, imp string) string {
	if rest, ok := strings.CutPrefix(imp, module+"/"); ok {
		switch {
		case under(rest, "internal/test") && !under(here, "internal/test"):
			return "only tests may import test rooms"
		case !r.all && !under(rest, r.path) && !under(rest, r.ours...):
			return "the arrow points the wrong way"
		}
		return ""
	}
	std := !strings.Contains(strings.SplitN(imp, "/", 2)[0], ".")
	switch {
	case under(here, "internal/rules") && std && readsTheWorld(imp):
		return "rules are pure: no clock, no file, no network, no log"
	case under(here, "internal/rules") && !std && !(here == "internal/rules/phone" && under(imp, "github.com/nyaruka/phonenumbers")):
		return "rules import the standard library and each other"
	case under(here, "internal/engine") && under(imp, "net/http", "database/sql", "net/http/httptest"):
		return "the engine knows no HTTP and no SQL; declare an interface"
	}
	return closed(here, imp)
}

// closed tells whether a foreign module stands at a door that is not its own.
// Tests of the whole app use whatever they need.
func closed(here, imp string) string {
	if under(here, "internal/test") {
		return ""
	}
	for _, d := range doors {
		if !under(imp, d.module) {
			continue
		}
		for _, r := range d.rooms {
			if here == r || r != "." && under(here, r) {
				return ""
			}
		}
		return "this module comes in through " + strings.Join(d.rooms, ", ") + " only"
	}
	return ""
}

// find gives the line of the plan with the longest path.
func find(here string) (room, bool) {
	best, ok := room{}, false
	for _, r := range plan {
		if (here == r.path || r.path != "." && under(here, r.path)) && len(r.path) > len(best.path) {
			best, ok = r, true
		}
	}
	return best, ok
}

// under tells whether a path is one of the others or lies below it.
func under(p string, others ...string) bool {
	for _, o := range others {
		if p == o || strings.HasPrefix(p, o+"/") {
			return true
		}
	}
	return false
}
