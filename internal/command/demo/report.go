package demo

import (
	"fmt"
	"io"
	"maps"
	"slices"
)

// Report is the outcome, as --json prints it.
type Report struct {
	Imported     int64            `json:"imported"`
	Rejected     map[string]int64 `json:"rejected"`
	Recipients   int64            `json:"recipients"`
	States       map[string]int64 `json:"states"`
	Skipped      map[string]int64 `json:"skipped"`
	Segments     int64            `json:"segments"`
	CostMicros   int64            `json:"costMicros"`
	Currency     string           `json:"currency"`
	LedgerAgrees bool             `json:"ledgerAgrees"`

	optedOut, replies int64
	differences       []string
}

// Print writes the report for a person.
func (r Report) Print(w io.Writer) {
	fmt.Fprintf(w, "\nReport\n")
	fmt.Fprintf(w, "  imported    %6d\n", r.Imported)
	fmt.Fprintf(w, "  rejected    %6d\n", sum(r.Rejected))
	table(w, r.Rejected)
	fmt.Fprintf(w, "  recipients  %6d\n", r.Recipients)
	for _, s := range states {
		if n := r.States[s]; n > 0 {
			fmt.Fprintf(w, "  %-11s %6d\n", s, n)
		}
		if s == "skipped" {
			table(w, r.Skipped)
		}
	}
	fmt.Fprintf(w, "  in settled states %d of %d\n", sum(r.States), r.Recipients)
	fmt.Fprintf(w, "  replies     %6d, of them STOP %d\n", r.replies, r.optedOut)
	fmt.Fprintf(w, "  segments    %6d for %s\n", r.Segments, money(r.CostMicros, r.Currency))
	if r.LedgerAgrees {
		fmt.Fprintln(w, "The simulator's ledger and ours agree: nobody was texted twice, nobody after STOP.")
		return
	}
	fmt.Fprintln(w, "The simulator's ledger and ours DIFFER:")
	for _, d := range r.differences {
		fmt.Fprintf(w, "  - %s\n", d)
	}
}

func table(w io.Writer, counts map[string]int64) {
	for _, key := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(w, "    %-24s %6d\n", key, counts[key])
	}
}

func money(micros int64, currency string) string {
	return fmt.Sprintf("%d.%04d %s", micros/1_000_000, micros%1_000_000/100, currency)
}
