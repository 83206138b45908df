package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"strconv"
	"strings"
)

// Syntax finds calls that the house does without: waiting by the clock, work
// at import time, and in the rules a clock or a goroutine.
func Syntax(files []File) []string {
	var bad []string
	for _, f := range files {
		if path.Ext(f.Path) != ".go" {
			continue
		}
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, f.Path, f.Text, parser.SkipObjectResolution)
		if err != nil {
			bad = append(bad, fmt.Sprintf("%s does not parse: %v", f.Path, err))
			continue
		}
		// Generators under a folder with "_" are programs of their own.
		rules := strings.HasPrefix(f.Path, "internal/rules/") && !strings.HasSuffix(f.Path, "_test.go") && !strings.Contains(f.Path, "/_")
		clock := importName(tree, "time")
		// In a bubble of synctest a sleep is how the clock moves on.
		bubble := strings.HasSuffix(f.Path, "_test.go") && importName(tree, "testing/synctest") != ""
		at := func(n ast.Node) string { return fmt.Sprintf("%s:%d", f.Path, set.Position(n.Pos()).Line) }
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Name.Name == "init" && n.Recv == nil && !strings.HasPrefix(f.Path, "pb_migrations/") {
					bad = append(bad, at(n)+" works at import time; let the caller call it")
				}
			case *ast.GoStmt:
				if rules {
					bad = append(bad, at(n)+" starts a goroutine; rules are functions over values")
				}
			case *ast.SelectorExpr:
				x, ok := n.X.(*ast.Ident)
				if !ok || clock == "" || x.Name != clock {
					return true
				}
				switch n.Sel.Name {
				case "Sleep":
					if !bubble {
						bad = append(bad, at(n)+" sleeps; wait for what happens, in tests with synctest")
					}
				case "LoadLocation":
					if !strings.HasSuffix(f.Path, "_test.go") {
						bad = append(bad, at(n)+" asks the system for a zone, and an image may have none; use rules/hours.Zone")
					}
				case "Now", "Since", "Until", "After", "Tick", "NewTimer", "NewTicker", "AfterFunc", "Local":
					if rules {
						bad = append(bad, at(n)+" reads the clock; rules are given the time")
					}
				}
			}
			return true
		})
	}
	return bad
}

// importName is the name under which a file imports a package, or empty.
func importName(tree *ast.File, pkg string) string {
	for _, imp := range tree.Imports {
		if p, err := strconv.Unquote(imp.Path.Value); err == nil && p == pkg {
			if imp.Name != nil {
				return imp.Name.Name
			}
			return path.Base(pkg)
		}
	}
	return ""
}
