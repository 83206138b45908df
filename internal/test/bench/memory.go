package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// The goals of the server's memory.
const (
	idleMemory = 45 << 20
	runMemory  = 120 << 20
)

// openToAll is a moment inside the hours of everybody in a populated house, from
// New York to Honolulu.
var openToAll = opening.Add(5 * time.Hour)

// memory starts the binary, looks at it at rest, and sends a campaign to
// everybody with it, to a provider that answers at once.
func memory(ctx context.Context, e *env) (_ []result, err error) {
	people := e.count(1_000_000)
	dir := filepath.Join(e.dir, "data")
	h, err := build(dir, 0)
	if err != nil {
		return nil, err
	}
	err = h.populate(people)
	var token string
	if err == nil {
		token, err = h.superuser()
	}
	if err = errors.Join(err, h.close()); err != nil {
		return nil, err
	}
	other, err := spawn(ctx, "provider")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, other.end()) }()
	var at providerReply
	if err := other.ask(providerJob{}, &at); err != nil {
		return nil, err
	}
	server, err := startBinary(ctx, e, dir, "PLIVO_AUTH_ID="+authID, "PLIVO_AUTH_TOKEN="+authToken, "PLIVO_API_URL="+at.Addr,
		"TIDINGS_CLOCK="+openToAll.Format(time.RFC3339), "TIDINGS_PUBLIC_URL="+at.Addr)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, server.end()) }()
	select {
	case <-time.After(3 * time.Second):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	idle := memoryOf(server.cmd.Process.Pid, "VmRSS:")
	run, err := server.send(ctx, token)
	if err != nil {
		return nil, err
	}
	if err := server.finished(ctx, run, token); err != nil {
		return nil, err
	}
	peak := peakMemory(server.cmd.Process.Pid)
	e.say("at rest %s, with a run of %d people at most %s", megabytes(idle), people, megabytes(peak))
	return []result{
		{measured: "memory of the server at rest", reached: megabytes(idle), goal: "below " + megabytes(idleMemory), met: idle < idleMemory},
		{
			measured: fmt.Sprintf("most memory while a run of %d people is sent", people), reached: megabytes(peak),
			goal: "below " + megabytes(runMemory), met: peak < runMemory,
		},
	}, nil
}

// send presses Send.
func (b *binary) send(ctx context.Context, token string) (run string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, b.url+"/api/sms/campaigns/"+campaignID+"/send", bytes.NewReader([]byte("{}")))
	if err != nil {
		return "", err
	}
	req.Header.Set("Authorization", token)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	var answer struct{ RunID, Message string }
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil || answer.RunID == "" {
		return "", fmt.Errorf("send: %d %s %w", res.StatusCode, answer.Message, err)
	}
	return answer.RunID, nil
}

// finished waits for the end of a run.
func (b *binary) finished(ctx context.Context, run, token string) error {
	ctx, stop := context.WithTimeout(ctx, 20*time.Minute)
	defer stop()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		var r struct{ Status, PauseReason string }
		if err := b.read(ctx, "/api/collections/runs/records/"+run, token, &r); err != nil {
			return err
		}
		switch r.Status {
		case "finished":
			return nil
		case "paused":
			return errors.New("the run was paused: " + r.PauseReason)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// peakMemory is the most bytes of a process that were resident at once; 0 where
// the system does not say.
func peakMemory(pid int) int64 { return memoryOf(pid, "VmHWM:") }

// memoryOf reads one figure of Linux's status file of a process.
func memoryOf(pid int, figure string) int64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(raw)) {
		if rest, ok := strings.CutPrefix(line, figure); ok {
			var kilobytes int64
			if _, err := fmt.Sscanf(rest, "%d kB", &kilobytes); err == nil {
				return kilobytes << 10
			}
		}
	}
	return 0
}
