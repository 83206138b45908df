package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// binary is the product's own, running.
type binary struct {
	cmd     *exec.Cmd
	url     string
	started time.Duration // from its start to its first answer
}

// buildBinary builds the server once a workload.
func buildBinary(ctx context.Context, e *env) (path string, err error) {
	path = filepath.Join(e.dir, "tidings")
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", path, "tidings").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the server: %w: %s", err, out)
	}
	return path, nil
}

// startBinary builds the server, starts it on a data folder and waits for its
// first answer.
func startBinary(ctx context.Context, e *env, dir string, variables ...string) (*binary, error) {
	path, err := buildBinary(ctx, e)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		return nil, err
	}
	b := &binary{url: "http://" + address}
	b.cmd = exec.CommandContext(ctx, path, "serve", "--http", address, "--dir", dir)
	b.cmd.Stdout, b.cmd.Stderr = io.Discard, io.Discard
	b.cmd.Env = append(append(os.Environ(), "TIDINGS_LOG_LEVEL=error", "TIDINGS_ENCRYPTION_KEY="+secret), variables...)
	began := time.Now()
	if err := b.cmd.Start(); err != nil {
		return nil, err
	}
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for b.get(ctx, "/healthz", "") != nil {
		if <-tick.C; time.Since(began) > time.Minute {
			return nil, errors.Join(errors.New("the server does not answer"), b.end())
		}
	}
	b.started = time.Since(began)
	return b, nil
}

func (b *binary) get(ctx context.Context, path, token string) error {
	return b.read(ctx, path, token, nil)
}

// read asks for a path, and takes the answer apart where somebody wants it.
func (b *binary) read(ctx context.Context, path, token string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, b.url+path, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", token)
	req.Header.Set("X-Org", orgID)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %d: %.200s", path, res.StatusCode, body)
	}
	if err == nil && into != nil {
		err = json.Unmarshal(body, into)
	}
	return err
}

// end stops the server as a service manager does.
func (b *binary) end() error {
	if err := b.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	_ = b.cmd.Wait() // an interrupted server says so with its code
	return nil
}

// often asks nine times and gives the times in order. What is empty it asks for
// once: PocketBase has members wait who find nothing more than three times in as
// many seconds.
func (b *binary) often(ctx context.Context, path, token string) (took []time.Duration, err error) {
	for range 9 {
		var answer struct{ Items *[]json.RawMessage }
		began := time.Now()
		if err := b.read(ctx, path, token, &answer); err != nil {
			return nil, err
		}
		took = append(took, time.Since(began))
		if answer.Items != nil && len(*answer.Items) == 0 {
			break
		}
	}
	slices.Sort(took)
	return took, nil
}
