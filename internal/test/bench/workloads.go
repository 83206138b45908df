package main

import (
	"context"
	"strings"
)

// workload measures one thing that the engine does, against its limit. Its run
// gives an error only where something did not work: a goal that was missed is a
// result.
type workload struct {
	name string // for -only: lower case, no blanks
	what string
	run  func(ctx context.Context, e *env) ([]result, error)
}

// workloads is the index: a new workload is a file and a line here.
func workloads() []workload {
	return []workload{
		{"send-now", "a campaign to a provider that answers at once, every step on disk", sendNow},
		{"send-50ms", "a campaign to a provider that takes 50 ms, 512 requests in flight", sendSlow},
		{"receipts", "a campaign with three signed callbacks a message, all of it in the whole app", sendWithReceipts},
		{"intake", "signed callbacks from 64 connections, 200 only once they are on disk", intake},
		{"fanout", "a campaign planned for a million subscribers, each asked for the verdict", fanout},
		{"estimate", "an estimate over a million subscribers with every reason to be left out", estimate},
		{"import", "a CSV file of a million strangers with consent, each with a row of the ledger", importFile},
		{"tenmillion", "ten million messages in the table: size, lists, reports, old ones deleted, a start", big},
		{"vps", "the binary on one core with 512 MB, a paced campaign to a hundred thousand people, pages beside it", vps},
		{"memory", "the binary at rest, and while it sends to a million people", memory},
	}
}

func names() string {
	var all []string
	for _, w := range workloads() {
		all = append(all, w.name)
	}
	return strings.Join(all, ", ")
}
