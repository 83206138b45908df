package archtest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// File is one text file of the tree, with its path below the root.
type File struct {
	Path string
	Text string
}

// kinds are the files that people write.
var kinds = map[string]bool{
	".go": true, ".mod": true, ".js": true, ".mjs": true, ".css": true, ".html": true, ".md": true, ".sql": true, ".json": true,
	".yml": true, ".yaml": true, ".toml": true, ".sh": true, ".txt": true, ".example": true,
}

// Read collects the files that people write. What tools leave behind (data
// folders, node_modules, recorded fuzz inputs) and binaries stay out.
func Read(root string) ([]File, error) {
	var all []File
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			switch d.Name() {
			case ".git", "node_modules", "testdata", "vendor":
				return filepath.SkipDir
			}
			if strings.HasPrefix(d.Name(), "pb_data") {
				return filepath.SkipDir
			}
			return nil
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if !kinds[filepath.Ext(name)] && rel != "Dockerfile" && rel != ".ci/run" {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		all = append(all, File{Path: rel, Text: string(text)})
		return nil
	})
	return all, err
}

const maxLines = 600

var generated = regexp.MustCompile(`(?m)^(//|/\*) Code generated .* DO NOT EDIT\.`)

// Lengths finds program files that outgrew one reader's attention.
func Lengths(files []File) []string {
	var bad []string
	for _, f := range files {
		switch filepath.Ext(f.Path) {
		case ".go", ".js", ".mjs":
		default:
			continue
		}
		lines := strings.Count(strings.TrimSuffix(f.Text, "\n"), "\n") + 1
		if lines > maxLines && !generated.MatchString(f.Text) {
			bad = append(bad, fmt.Sprintf("%s has %d lines; split it below %d", f.Path, lines, maxLines))
		}
	}
	return bad
}

// The patterns are put together from parts, so that this file passes too.
var leftovers = []struct {
	what    string
	pattern *regexp.Regexp
}{
	{"an unfinished note", regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME)\b`)},
	{"a silenced linter", regexp.MustCompile(`//\s*no` + `lint`)},
	{"a path of somebody's machine", regexp.MustCompile("(^|[\\s\"'`(=:])(/(home|Users|root|work)/[A-Za-z0-9._-]|[A-Z]:\\\\Users\\\\)")},
	{"a package registry's host", regexp.MustCompile(`registry\.npm` + `js\.org|proxy\.golang` + `\.org|sum\.golang` + `\.org|pypi` + `\.org`)},
}

// Leftovers finds what does not belong into a released file.
func Leftovers(files []File) []string {
	var bad []string
	for _, f := range files {
		for i, line := range strings.Split(f.Text, "\n") {
			for _, l := range leftovers {
				if l.pattern.MatchString(line) {
					bad = append(bad, fmt.Sprintf("%s:%d holds %s", f.Path, i+1, l.what))
				}
			}
		}
	}
	return bad
}

var goLine = regexp.MustCompile(`(?m)^(go|toolchain)\s+(?:go)?(\d+)\.(\d+)(?:\.(\d+))?`)

// GoVersions finds module files that ask for more than Go 1.26.
func GoVersions(files []File) []string {
	var bad []string
	for _, f := range files {
		if filepath.Base(f.Path) != "go.mod" {
			continue
		}
		lines := goLine.FindAllStringSubmatch(f.Text, -1)
		if len(lines) == 0 {
			bad = append(bad, f.Path+" has no go line")
		}
		for _, m := range lines {
			var major, minor, patch int
			fmt.Sscan(m[2]+" "+m[3]+" 0"+m[4], &major, &minor, &patch)
			if major > 1 || major == 1 && (minor > 26 || minor == 26 && patch > 0) {
				bad = append(bad, fmt.Sprintf("%s asks for %q; 1.26 is the most", f.Path, m[0]))
			}
		}
	}
	return bad
}
