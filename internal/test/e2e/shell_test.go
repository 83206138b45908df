package e2e

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// program builds the binary.
func program(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: it builds the program; plain go test and CI run it")
	}
	path := filepath.Join(t.TempDir(), "tidings")
	build := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", path, "tidings")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return path
}

func TestAShellIsToldWhatWentWrong(t *testing.T) {
	t.Parallel()
	tidings, dir := program(t), t.TempDir()
	run := func(args ...string) (stdout, stderr string, failed bool) {
		t.Helper()
		var out, problems bytes.Buffer
		cmd := exec.CommandContext(t.Context(), tidings, args...)
		cmd.Env, cmd.Dir = []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH"), "TMPDIR=" + dir}, dir
		cmd.Stdout, cmd.Stderr = &out, &problems
		err := cmd.Run()
		return out.String(), problems.String(), err != nil
	}
	for args, words := range map[string]string{
		"verify --bogus":              "unknown flag: --bogus",
		"import":                      "accepts 1 arg(s)",
		"import a.csv b.csv --list x": "accepts 1 arg(s)",
		"import a.csv --map bad":      "bad must be formatted as key=value",
		"evidence":                    "accepts 1 arg(s)",
		"doctor extra":                `unknown command "extra"`,
		"serve --htp x":               "unknown flag: --htp",
		"srve":                        `unknown command "srve"`,
		"--dir new import a.csv":      "was never served",
		"demo --subscribers 0":        "must be above zero",
		"simulator --bogus":           "unknown flag: --bogus",
	} {
		if out, problems, failed := run(strings.Fields(args)...); !failed || !strings.Contains(problems, words) || out != "" {
			t.Errorf("tidings %s: failed is %v, standard error %q, standard output %q; want %q", args, failed, problems, out, words)
		}
	}
	for _, args := range []string{"--help", "help import", "import --help", "--version", ""} {
		if out, problems, failed := run(strings.Fields(args)...); failed || out == "" || problems != "" {
			t.Errorf("tidings %s: failed is %v, %q", args, failed, problems)
		}
	}
	out, problems, failed := run("demo", "--subscribers", "10", "--exit", "--json", "--http", "127.0.0.1:0")
	var report struct {
		Recipients   int
		LedgerAgrees bool
	}
	if err := json.Unmarshal([]byte(out), &report); failed || err != nil || report.Recipients == 0 || !report.LedgerAgrees {
		t.Errorf("the demo's standard output is no report (%v): %s\n%s", err, out, problems)
	}
}
