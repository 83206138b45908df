// Command torture kills the server at every step of a send and at random moments, starts it again
// until the campaigns are done, and holds the database against the simulated provider's ledger.
//
//	go run ./internal/test/torture -kills 1000 -seed 1
//
// It ends with a table, and with a failing exit code on any violation of what is promised; each
// violation comes with the command that repeats its round. README.md beside this file has the promises
// and recorded results.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
)

func main() {
	o := options{out: os.Stdout}
	flag.IntVar(&o.kills, "kills", 100, "stop after this many kills; rounds under way are finished")
	flag.IntVar(&o.ends, "ends", 0, "kill nothing; stop after so many ends by SIGTERM, at any moment of the start or of the work")
	flag.Uint64Var(&o.seed, "seed", 1, "the same seed gives the same plan")
	flag.IntVar(&o.only, "round", -1, "play this round alone, to repeat what was found")
	flag.IntVar(&o.parallel, "parallel", max(2, runtime.NumCPU()), "rounds at a time")
	flag.StringVar(&o.dir, "dir", "", "where data folders are made; those of failed rounds stay (default: a temporary folder)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ok, err := torture(ctx, o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "torture:", err)
	}
	if err != nil || !ok {
		stop()
		os.Exit(1)
	}
}

// torture makes the binary and the template, plays the rounds and prints what came of it.
func torture(ctx context.Context, o options) (bool, error) {
	if o.dir == "" {
		dir, err := os.MkdirTemp("", "torture")
		if err != nil {
			return false, err
		}
		o.dir = dir
	}
	dir, err := filepath.Abs(o.dir)
	if err != nil {
		return false, err
	}
	o.dir = dir
	goal := fmt.Sprintf("%d kills", o.kills)
	if o.ends > 0 {
		goal = fmt.Sprintf("%d ends by SIGTERM", o.ends)
	}
	fmt.Fprintf(o.out, "seed %d, %s, %d rounds at a time, data folders in %s\n", o.seed, goal, o.parallel, o.dir)
	r, err := newRig(ctx, o.dir)
	if err != nil {
		return false, err
	}
	total := playAll(ctx, r, o)
	total.print(o)
	if total.clean() {
		return true, os.RemoveAll(o.dir)
	}
	return false, ctx.Err()
}
