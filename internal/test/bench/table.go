package main

import (
	"errors"
	"fmt"
	"io/fs"
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
	when     string // it was measured
	measured string // what is measured
	limit    string // what the limit reached; empty where the goal is a figure of its own
	reached  string // what we reached
	ratio    string // ours by the limit's; empty without a limit
	goal     string
	met      bool
}

var columns = []string{"workload", "measured", "limit", "reached", "ratio", "goal", "met", "when"}

func (r result) cells() []string {
	met := "no"
	if r.met {
		met = "yes"
	}
	return []string{r.workload, r.measured, r.limit, r.reached, r.ratio, r.goal, met, r.when}
}

// table writes the results as a table that is plain text and Markdown at once.
func table(results []result) string {
	rows := make([][]string, 0, len(results))
	for _, r := range results {
		rows = append(rows, r.cells())
	}
	return lines(rows)
}

func lines(rows [][]string) string {
	rows = append([][]string{columns}, rows...)
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
	return fmt.Sprintf("%s, %s/%s, %d cores, GOMAXPROCS %d", runtime.Version(), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), runtime.GOMAXPROCS(0))
}

func now() string { return time.Now().UTC().Format("2006-01-02 15:04 UTC") }

// merged is the table that was recorded before with the lines of the workloads
// that were measured now in place of their old ones.
func merged(before string, results []result) string {
	fresh := make(map[string][][]string)
	for _, r := range results {
		fresh[r.workload] = append(fresh[r.workload], r.cells())
	}
	old := make(map[string][][]string)
	for line := range strings.Lines(before) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != len(columns) {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		old[cells[0]] = append(old[cells[0]], cells)
	}
	var rows [][]string
	for _, w := range workloads() {
		if len(fresh[w.name]) > 0 {
			rows = append(rows, fresh[w.name]...)
		} else {
			rows = append(rows, old[w.name]...)
		}
	}
	return lines(rows)
}

// resultsFile is kept beside the code, so that a change of a figure is a change
// of a line.
const resultsFile = "internal/test/bench/RESULTS.md"

func record(results []result) error {
	if _, err := os.Stat(filepath.Dir(resultsFile)); err != nil {
		return fmt.Errorf("run bench from the root of the module to record: %w", err)
	}
	before, err := os.ReadFile(resultsFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	text := "# Results\n\nWritten by `go run ./internal/test/bench -record`. Ratios are within one run; other figures depend on the machine and on what else it does.\n\n" +
		machine() + "\n\n" + merged(string(before), results)
	return os.WriteFile(resultsFile, []byte(text), 0o644)
}

// perSecond writes a rate.
func perSecond(f float64) string { return fmt.Sprintf("%.0f/s", f) }

// micros writes processor time an operation.
func micros(f float64) string { return fmt.Sprintf("%.0f µs", f) }
