package store

import (
	"errors"
	"testing"
)

func TestOneProcessSendsFromAFolder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	release, err := Lock(folder)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Lock(folder); !errors.Is(err, ErrLocked) {
		t.Fatalf("the second lock: %v, want ErrLocked", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	again, err := Lock(folder)
	if err != nil {
		t.Fatalf("after the first ended: %v", err)
	}
	if err := again(); err != nil {
		t.Fatal(err)
	}
}
