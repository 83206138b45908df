package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// rig is what all rounds share: the binary, built to end itself at a failpoint, and a data folder that
// each round starts from a copy of.
type rig struct {
	dir    string // rounds make their folders here
	binary string
	folder string // the template
	guide  guide
}

// guide says what is in the template.
type guide struct {
	token     string // of the superuser
	list      string // of the people who are texted
	imported  string // the list that rounds import into
	campaigns []string
	numbers   []string // of the audience
	senders   []string // numbers that people may write to
	lanes     []string // ids of the senders
}

func newRig(ctx context.Context, dir string) (*rig, error) {
	r := &rig{dir: dir, binary: filepath.Join(dir, "tidings"), folder: filepath.Join(dir, "template")}
	if err := build(ctx, r.binary, "failpoint"); err != nil {
		return nil, err
	}
	if err := r.makeTemplate(ctx); err != nil {
		return nil, fmt.Errorf("make the data folder that rounds start from: %w", err)
	}
	return r, nil
}

// build makes the program with these build tags. Go's own cache makes the second time quick.
func build(ctx context.Context, into, tags string) error {
	c := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-tags", tags, "-o", into, "tidings")
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return nil
}

// copyFolder copies the files of a data folder of a process that does not run.
func copyFolder(from, to string, names ...string) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	for _, name := range names {
		raw, err := os.ReadFile(filepath.Join(from, name))
		if os.IsNotExist(err) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), raw, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// address finds a loopback address for one round. The port must stay free while the child is dead, so
// it is one of an address that nobody else uses, where the system has more than one.
func address(round int) (string, error) {
	for _, host := range []string{fmt.Sprintf("127.77.%d.%d", round/250%250, 1+round%250), "127.0.0.1"} {
		l, err := net.Listen("tcp", host+":0")
		if err != nil {
			continue
		}
		return l.Addr().String(), l.Close()
	}
	return "", fmt.Errorf("no loopback address can be listened on")
}

// wait lets some time pass.
func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// lastLines keeps the end of a log.
func lastLines(log string, n int) string {
	lines := strings.Split(strings.TrimSpace(log), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
