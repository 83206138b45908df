package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// child is a process of the same binary that plays the other side of a
// connection. It reads jobs from its standard input and answers each on its
// standard output, a line of JSON each; it ends when its input does, so it never
// outlives this process.
type child struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *json.Decoder
}

// spawn starts a child in a role of the table roles.
func spawn(ctx context.Context, role string) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, "-child", role)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start a child: %w", err)
	}
	return &child{cmd: cmd, in: in, out: json.NewDecoder(out)}, nil
}

// ask hands a job over and waits for the answer.
func (c *child) ask(job, answer any) error {
	if err := json.NewEncoder(c.in).Encode(job); err != nil {
		return fmt.Errorf("ask a child: %w", err)
	}
	if err := c.out.Decode(answer); err != nil {
		return fmt.Errorf("the child did not answer: %w", err)
	}
	return nil
}

// end stops the child and waits for it.
func (c *child) end() error {
	return errors.Join(c.in.Close(), c.cmd.Wait())
}

// roles are what a child may be: a function that answers one job.
func roles(name string) (func(job json.RawMessage) (any, error), bool) {
	switch name {
	case "provider":
		return (&provider{}).job, true
	case "caller":
		return (&caller{}).job, true
	case "importer":
		return importRole, true
	}
	return nil, false
}

// play is the child's life.
func play(name string, in io.Reader, out io.Writer) error {
	do, ok := roles(name)
	if !ok {
		return fmt.Errorf("no child plays %q", name)
	}
	jobs := json.NewDecoder(bufio.NewReaderSize(in, 1<<20))
	for {
		var job json.RawMessage
		if err := jobs.Decode(&job); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		answer, err := do(job)
		if err != nil {
			return err
		}
		if err := json.NewEncoder(out).Encode(answer); err != nil {
			return err
		}
	}
}
