package failpoint_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tidings/internal/failpoint"
)

var (
	declared = regexp.MustCompile(`(?m)^\t(\w+)\s+Point = "([\w.]+)"`)
	hit      = regexp.MustCompile(`failpoint\.Hit\(failpoint\.(\w+)\)`)
)

// A point that no step reaches would be "survived" by every kill.
func TestEachPointIsAStepOfTheProgram(t *testing.T) {
	t.Parallel()
	src, err := os.ReadFile("failpoint.go")
	if err != nil {
		t.Fatal(err)
	}
	names := make(map[string]failpoint.Point)
	for _, m := range declared.FindAllStringSubmatch(string(src), -1) {
		names[m[1]] = failpoint.Point(m[2])
	}
	reached := make(map[failpoint.Point]int)
	err = filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range hit.FindAllStringSubmatch(string(text), -1) {
			reached[names[m[1]]]++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range failpoint.Points() {
		if reached[p] != 1 {
			t.Errorf("%s is reached at %d places, want 1", p, reached[p])
		}
		delete(reached, p)
	}
	for p := range reached {
		t.Errorf("%q is reached and not listed in Points", p)
	}
}
