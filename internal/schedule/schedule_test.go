package schedule_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/schedule"
)

var silent = slog.New(slog.DiscardHandler)

func TestAJobRunsAgainAfterAFailureAndNeverOverlapsItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		jobs := schedule.New(silent)
		runs, open := 0, 0
		err := jobs.Start(schedule.Job{Name: "slow", Every: "@every 1s", Do: func(context.Context) error {
			runs++
			open++
			if open > 1 {
				t.Error("the job overlapped itself")
			}
			time.Sleep(1500 * time.Millisecond)
			open--
			return errors.New("as planned")
		}})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Second)
		jobs.Stop()
		if runs < 4 || runs > 6 {
			t.Errorf("a job of 1.5 s every second ran %d times in 10 s, want about 5", runs)
		}
	})
}

func TestStopWaitsForWhatRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		jobs := schedule.New(silent)
		finished := false
		err := jobs.Start(schedule.Job{Name: "slow", Every: "@every 1s", Do: func(ctx context.Context) error {
			<-ctx.Done()
			time.Sleep(time.Second)
			finished = true
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(1100 * time.Millisecond)
		jobs.Stop()
		if !finished {
			t.Error("Stop returned while a job was running")
		}
		jobs.Stop()
	})
}

func TestASchedulesFaultIsToldAtStart(t *testing.T) {
	t.Parallel()
	for _, every := range []string{"now and then", "TZ=Mars/Base 0 9 * * *"} {
		if err := schedule.New(silent).Start(schedule.Job{Name: "odd", Every: every}); err == nil {
			t.Errorf("%q was taken for a schedule", every)
		}
	}
}
