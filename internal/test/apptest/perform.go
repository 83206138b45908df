package apptest

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"testing"
)

// stage stands in for a test where a harness runs as a program.
type stage struct {
	testing.TB // nil: what is not below is not used
	failures   []string
	cleanups   []func()
}

// Perform runs f as a test of its own where there is no go test, so that a
// harness can be both, and gives what failed in it. Of testing.TB f may use
// Helper, Cleanup, TempDir, Error, Errorf, Fatal and Fatalf.
func Perform(f func(testing.TB)) []string {
	s := &stage{}
	ended := make(chan struct{})
	go func() { // Fatal ends its goroutine
		defer close(ended)
		defer func() {
			for _, c := range slices.Backward(s.cleanups) {
				c()
			}
		}()
		f(s)
	}()
	<-ended
	return s.failures
}

func (s *stage) Helper() {}

func (s *stage) Cleanup(f func()) { s.cleanups = append(s.cleanups, f) }

func (s *stage) Errorf(format string, args ...any) {
	s.failures = append(s.failures, fmt.Sprintf(format, args...))
}

func (s *stage) Fatalf(format string, args ...any) {
	s.Errorf(format, args...)
	runtime.Goexit()
}

func (s *stage) Error(args ...any) { s.Errorf("%s", fmt.Sprint(args...)) }

func (s *stage) Fatal(args ...any) { s.Fatalf("%s", fmt.Sprint(args...)) }

func (s *stage) TempDir() string {
	dir, err := os.MkdirTemp("", "apptest")
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}
