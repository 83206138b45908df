// Command bench measures what the engine costs against what the same work costs
// without it: the limit. Both run in the same process, one after the other,
// several times in turn, because a busy machine changes by half from one minute
// to the next; only the ratio of their medians is a figure to keep.
//
//	go run ./internal/test/bench                 # everything
//	go run ./internal/test/bench -only send      # the workloads whose names begin so
//	go run ./internal/test/bench -n 5000 -reps 3 # smaller
//	go run ./internal/test/bench -record         # also writes RESULTS.md
//
// A workload is one file with a run function and one line in workloads.go. The
// other side of a connection (the provider, whoever calls webhooks) runs in a
// child process of the same binary, so that the processor time of this one is
// the engine's alone.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"runtime/pprof"
	"strings"

	"tidings/internal/heap"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// options are the flags.
type options struct {
	only    string
	n, reps int
	record  bool
	cpu     string // file of a profile
	child   string
}

func run(args []string) (err error) {
	var o options
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&o.only, "only", "", "run only workloads whose name begins with this, or with one of several after commas")
	flags.IntVar(&o.n, "n", 0, "operations of a repetition; 0: each workload's own")
	flags.IntVar(&o.reps, "reps", 5, "repetitions; the medians count")
	flags.BoolVar(&o.record, "record", false, "write "+resultsFile)
	flags.StringVar(&o.cpu, "cpuprofile", "", "write a profile of this process, and beside it (.import) one of a child that imports")
	flags.StringVar(&o.child, "child", "", "used by bench itself: play the other side of a connection")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if o.child != "" {
		return play(o.child, os.Stdin, os.Stdout)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	heap.Keep() // as the server does; the limits have it too
	if o.cpu != "" {
		end, err := profile(o.cpu)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, end()) }()
	}
	return measure(ctx, o, os.Stdout)
}

// profile writes where processor time goes until it is ended.
func profile(path string) (end func() error, err error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		return f.Close()
	}, nil
}

// env is what a workload is given.
type env struct {
	dir  string // an empty folder of its own; it goes when the workload ends
	n    int    // operations of a repetition; 0: the workload's own choice
	reps int
	cpu  string // file of a profile; empty: none
	log  *slog.Logger
	say  func(format string, args ...any) // a line of progress
}

// count is how many operations a repetition has: what was asked for, else the
// workload's own figure.
func (e *env) count(own int) int {
	if e.n > 0 {
		return e.n
	}
	return own
}

// quiet logs what went wrong and nothing else.
func quiet() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// chosen says whether a name begins with one of the words of a list.
func chosen(name, list string) bool {
	for word := range strings.SplitSeq(list, ",") {
		if strings.HasPrefix(name, word) {
			return true
		}
	}
	return false
}

func measure(ctx context.Context, o options, out io.Writer) error {
	var results []result
	for _, w := range workloads() {
		if !chosen(w.name, o.only) {
			continue
		}
		fmt.Fprintf(out, "%s: %s\n", w.name, w.what)
		dir, err := os.MkdirTemp("", "bench")
		if err != nil {
			return err
		}
		found, err := w.run(ctx, &env{
			dir: dir, n: o.n, reps: o.reps, cpu: o.cpu,
			log: quiet(),
			say: func(format string, args ...any) { fmt.Fprintf(out, "  "+format+"\n", args...) },
		})
		if err = errors.Join(err, os.RemoveAll(dir)); err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		for i := range found {
			found[i].workload, found[i].when = w.name, now()
		}
		results = append(results, found...)
		runtime.GC() // the next workload does not pay for this one's
	}
	if len(results) == 0 {
		return fmt.Errorf("no workload begins with %q; there are %s", o.only, names())
	}
	fmt.Fprintf(out, "\n%s\n\n%s", machine(), table(results))
	if o.record {
		return record(results)
	}
	return nil
}
