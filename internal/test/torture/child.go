package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"

	"tidings/internal/failpoint"
)

// Credentials of the simulated account, and of the superuser of the template.
const (
	authID    = "MASANDBOX0000000000"
	authToken = "sandbox-token"
	adminName = "admin@example.com"
	adminWord = "torture-password"
)

// child is one life of the server.
type child struct {
	cmd  *exec.Cmd
	log  log
	done chan struct{} // closed when it has ended
	err  error         // of Wait, afterwards
	http string
}

// birth says how a child is started.
type birth struct {
	binary, folder, http, provider string
	clock                          time.Time
	failpoint                      string // name:count; empty: none
}

func start(b birth) (*child, error) {
	c := &child{done: make(chan struct{}), http: b.http}
	c.cmd = exec.Command(b.binary, "serve", "--http", b.http, "--dir", b.folder)
	c.cmd.Env = []string{
		"PLIVO_AUTH_ID=" + authID, "PLIVO_AUTH_TOKEN=" + authToken, "PLIVO_API_URL=" + b.provider,
		"PLIVO_SENDER_NUMBER=+12125550100", "TIDINGS_CLOCK=" + b.clock.UTC().Format(time.RFC3339Nano),
		"TIDINGS_ADMIN_EMAIL=" + adminName, "TIDINGS_ADMIN_PASSWORD=" + adminWord, "TIDINGS_LOG_FORMAT=json",
		failpoint.Variable + "=" + b.failpoint,
		"HOME=" + os.Getenv("HOME"), "TMPDIR=" + os.TempDir(), "SYSTEMROOT=" + os.Getenv("SYSTEMROOT"),
	}
	c.cmd.Stdout, c.cmd.Stderr = &c.log, &c.log
	if err := c.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	go func() {
		c.err = c.cmd.Wait()
		close(c.done)
	}()
	return c, nil
}

// ready waits until the child answers; false if it ended first.
func (c *child) ready(ctx context.Context) bool {
	for ctx.Err() == nil && !c.ended() {
		if conn, err := net.DialTimeout("tcp", c.http, time.Second); err == nil {
			conn.Close()
			if resp, err := http.Get("http://" + c.http + "/healthz"); err == nil {
				resp.Body.Close()
				if resp.StatusCode == http.StatusOK {
					return true
				}
			}
		}
		select {
		case <-c.done:
		case <-time.After(3 * time.Millisecond):
		}
	}
	return false
}

func (c *child) ended() bool {
	select {
	case <-c.done:
		return true
	default:
		return false
	}
}

// kill ends it as a power switch does, as far as the process is concerned.
func (c *child) kill() {
	c.signal(os.Kill)
	<-c.done
}

func (c *child) signal(s os.Signal) {
	if err := c.cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		panic(err) // it is our own child
	}
}

// killed reports whether it ended by SIGKILL, and at which failpoint if it was one.
func (c *child) killed() (at string, ok bool) {
	status, known := c.cmd.ProcessState.Sys().(syscall.WaitStatus)
	if !known || !status.Signaled() || status.Signal() != syscall.SIGKILL {
		return "", false
	}
	_, at, _ = strings.Cut(c.log.String(), "failpoint: ")
	at, _, _ = strings.Cut(at, "\n")
	return at, true
}

// log is what a child printed.
type log struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}
