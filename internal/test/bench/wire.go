package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
)

// wire is one connection that carries ready-made requests and reads no more of
// an answer than it must: a caller that costs a quarter of net/http's client, so
// that the machine is left to what is measured.
type wire struct {
	conn net.Conn
	in   *bufio.Reader
}

func dial(host string) (*wire, error) {
	conn, err := net.Dial("tcp", host)
	if err != nil {
		return nil, err
	}
	return &wire{conn: conn, in: bufio.NewReader(conn)}, nil
}

// roundTrip writes a request and gives the status of its answer: one of success
// or 503; anything else is an error with the words of the answer.
func (w *wire) roundTrip(request []byte) (status int, err error) {
	if _, err := w.conn.Write(request); err != nil {
		return 0, err
	}
	line, err := w.in.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if len(line) < len("HTTP/1.1 200") {
		return 0, fmt.Errorf("the answer begins with %q", line)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, err
	}
	length := 0
	for {
		line, err := w.in.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if line = bytes.TrimSpace(line); len(line) == 0 {
			break
		}
		if name, value, _ := bytes.Cut(line, []byte(":")); bytes.EqualFold(name, []byte("Content-Length")) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, err
			}
		}
	}
	if status/100 == 2 {
		_, err = w.in.Discard(length)
		return status, err
	}
	body := make([]byte, length)
	if _, err = io.ReadFull(w.in, body); err == nil && status != http.StatusServiceUnavailable {
		err = fmt.Errorf("the answer is %d: %s", status, body)
	}
	return status, err
}

// fail ends a child whose part cannot be played any more; its parent meets the
// end of its answers.
func fail(err error) {
	fmt.Fprintln(os.Stderr, "bench:", err)
	os.Exit(1)
}
