// Package archtest checks the plan of the house against the code: which room
// may import which, that every package says what it is for, that files stay
// small, and that nothing is left lying about.
//
// It decides nothing itself: the plan is the table in rooms.go, and a change of
// plan is a change of that table with a reason. It refuses rooms that the table
// does not know.
package archtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
)

// Package is what the go tool says of one package.
type Package struct {
	ImportPath   string
	Name         string
	Dir          string
	Doc          string
	GoFiles      []string
	TestGoFiles  []string
	XTestGoFiles []string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// List asks the go tool for every package below root.
func List(root string) ([]Package, error) {
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Name,Dir,Doc,GoFiles,TestGoFiles,XTestGoFiles,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("list the packages: %w: %s", err, stderr.String())
	}
	return decode(out)
}

func decode(out []byte) ([]Package, error) {
	var all []Package
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p Package
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("read the list of packages: %w", err)
		}
		all = append(all, p)
	}
}

// room is the package's place in the plan: "internal/rules/sms", "hooks", or
// "." for the command itself.
func (p Package) room() string {
	_, rest, ok := strings.Cut(p.ImportPath, "/")
	if !ok {
		return "."
	}
	return rest
}

// testImports are the imports of test files that the package itself lacks.
func (p Package) testImports() []string {
	var all []string
	for _, list := range [][]string{p.TestImports, p.XTestImports} {
		for _, imp := range list {
			if !slices.Contains(p.Imports, imp) && !slices.Contains(all, imp) && imp != p.ImportPath {
				all = append(all, imp)
			}
		}
	}
	return all
}

// Docs finds packages without a comment of their own, or with a name that says
// nothing.
func Docs(pkgs []Package) []string {
	var bad []string
	for _, p := range pkgs {
		if len(p.GoFiles) == 0 { // tests alone; their comment is for the reader
			continue
		}
		switch {
		case p.Doc == "":
			bad = append(bad, p.ImportPath+" has no package comment; say what it decides and what it refuses")
		case p.Name != "main" && !strings.HasPrefix(p.Doc, "Package "+p.Name+" "):
			bad = append(bad, p.ImportPath+": its comment does not begin with \"Package "+p.Name+" \"")
		}
		switch base := path.Base(p.ImportPath); base {
		case "util", "utils", "common", "helper", "helpers", "model", "models", "manager", "service", "services":
			bad = append(bad, p.ImportPath+": a package is named for what it knows, not \""+base+"\"")
		}
	}
	return bad
}
