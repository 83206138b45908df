// Package schedule runs the engine's periodic jobs on robfig/cron: one at a
// time each, never overlapping itself, and Stop waits for what runs. A missed
// tick delays and never loses: what is due stands in the rows.
package schedule

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"github.com/robfig/cron/v3"
)

// Job is one periodic job.
type Job struct {
	Name  string
	Every string // a cron expression, or "@every 1s"; without a zone of its own
	Do    func(ctx context.Context) error
}

// Jobs runs jobs between Start and Stop.
type Jobs struct {
	cron   *cron.Cron
	ctx    context.Context
	cancel context.CancelFunc
	log    *slog.Logger
}

// New makes jobs that are at rest.
func New(log *slog.Logger) *Jobs {
	ctx, cancel := context.WithCancel(context.Background())
	logger := quiet{log}
	return &Jobs{
		cron:   cron.New(cron.WithLogger(logger), cron.WithChain(cron.Recover(logger), cron.SkipIfStillRunning(cron.DiscardLogger))),
		ctx:    ctx,
		cancel: cancel,
		log:    log,
	}
}

// Start adds the jobs and runs them. On an error none runs.
func (j *Jobs) Start(jobs ...Job) error {
	for _, job := range jobs {
		if strings.Contains(job.Every, "TZ=") {
			return fmt.Errorf("job %s: a schedule cannot name a zone; its parser panics on some", job.Name)
		}
		_, err := j.cron.AddFunc(job.Every, func() {
			if err := job.Do(j.ctx); err != nil && j.ctx.Err() == nil {
				j.log.Error("a periodic job failed; it will run again", "job", job.Name, "error", err)
			}
		})
		if err != nil {
			return fmt.Errorf("job %s: schedule %q: %w", job.Name, job.Every, err)
		}
	}
	j.cron.Start()
	return nil
}

// Stop starts nothing more and waits for what runs. It is safe to call twice,
// and before Start.
func (j *Jobs) Stop() {
	j.cancel()
	<-j.cron.Stop().Done()
}

// quiet keeps cron's chatter out of the log and its panics in.
type quiet struct{ log *slog.Logger }

func (quiet) Info(string, ...any) {}

func (q quiet) Error(err error, msg string, keysAndValues ...any) {
	q.log.Error("a periodic job panicked", "error", err, "detail", msg)
}
