package store

import (
	"testing"
	"time"

	"tidings/internal/engine/campaign"
	"tidings/internal/rules/message"
)

// TestAScheduleMoreThanAnHourLateWaitsForAPerson asks at moments of legal time, on whatever clock that runs.
func TestAScheduleMoreThanAnHourLateWaitsForAPerson(t *testing.T) {
	t.Parallel()
	at := morning.Add(2 * time.Hour)
	for _, c := range []struct {
		name   string
		paused bool // a person paused it and resumed it before its time
		late   time.Duration
		want   string
	}{
		{"an hour, less a minute", false, 59 * time.Minute, "queued "},
		{"an hour and a minute", false, 61 * time.Minute, "paused system"},
		{"an hour and a minute, after a pause", true, 61 * time.Minute, "paused system"},
		{"days", false, 72 * time.Hour, "paused system"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := open(t)
			l, err := f.Start(t.Context(), campaign.Launch{
				Campaign: campaign.Campaign{ID: campaign1, Org: org}, Snapshot: campaign.Snapshot{Text: "Hello", Sender: sender}, SendAt: at,
			}, morning)
			if err != nil || l.Status != message.RunScheduled {
				t.Fatal(l.Status, err)
			}
			steer := func(to message.RunStatus, when time.Time) {
				t.Helper()
				if ok, err := f.Steer(t.Context(), l.RunID, to, when); !ok || err != nil {
					t.Fatal(ok, err)
				}
			}
			if c.paused {
				steer(message.RunPaused, morning)
				steer(message.RunSending, morning)
			}
			if _, err := f.Plannable(t.Context(), at.Add(c.late)); err != nil {
				t.Fatal(err)
			}
			how := func() string { return f.text(t, "SELECT status || ' ' || pausedBy FROM runs", nil) }
			if got := how(); got != c.want {
				t.Fatalf("it is %q, want %q", got, c.want)
			}
			if c.want == "paused system" { // who resumes it means now
				steer(message.RunSending, at.Add(c.late))
				if runs, err := f.Plannable(t.Context(), at.Add(c.late)); err != nil || len(runs) != 1 || how() != "queued " {
					t.Errorf("after it was resumed: %d runs to plan, %q (%v)", len(runs), how(), err)
				}
			}
		})
	}
}
