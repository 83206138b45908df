package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"
)

// result is one line of the table.
type result struct {
	workload string
	measured string // what is measured
	limit    string // what the limit reached; empty where the goal is a figure of its own
	reached  string // what we reached
	ratio    string // ours by the limit's; empty without a limit
	goal     string
	met      bool
}

var columns = []string{"workload", "measured", "limit", "reached", "ratio", "goal", "met"}

func (r result) cells() []string {
	met := "no"
	if r.met {
		met = "yes"
	}
	return []string{r.workload, r.measured, r.limit, r.reached, r.ratio, r.goal, met}
}

// table writes the results as a table that is plain text and Markdown at once.
func table(results []result) string {
	rows := [][]string{columns}
	for _, r := range results {
		rows = append(rows, r.cells())
	}
	width := make([]int, len(columns))
	for _, row := range rows {
		for i, cell := range row {
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	line := func(row []string) {
		for i, cell := range row {
			fmt.Fprintf(&b, "| %s%s ", cell, strings.Repeat(" ", width[i]-utf8.RuneCountInString(cell)))
		}
		b.WriteString("|\n")
	}
	line(rows[0])
	for _, w := range width {
		b.WriteString("|" + strings.Repeat("-", w+2))
	}
	b.WriteString("|\n")
	for _, row := range rows[1:] {
		line(row)
	}
	return b.String()
}

// machine says what the figures were measured on.
func machine() string {
	return fmt.Sprintf("%s, %s/%s, %d cores, GOMAXPROCS %d, %s", runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), runtime.GOMAXPROCS(0), time.Now().UTC().Format("2006-01-02 15:04 UTC"))
}

// resultsFile is kept beside the code, so that a change of a figure is a change
// of a line.
const resultsFile = "internal/test/bench/RESULTS.md"

func record(results []result) error {
	if _, err := os.Stat(filepath.Dir(resultsFile)); err != nil {
		return fmt.Errorf("run bench from the root of the module to record: %w", err)
	}
	text := "# Results\n\nWritten by `go run ./internal/test/bench -record`. Ratios are within one run; other figures depend on the machine.\n\n" +
		machine() + "\n\n" + table(results)
	return os.WriteFile(resultsFile, []byte(text), 0o644)
}

// perSecond writes a rate.
func perSecond(f float64) string { return fmt.Sprintf("%.0f/s", f) }

// micros writes processor time an operation.
func micros(f float64) string { return fmt.Sprintf("%.0f µs", f) }
