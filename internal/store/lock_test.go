package store

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"
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
	if !locked(folder) {
		t.Error("a folder that is sent from is said to be free")
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // asking takes nothing
		if locked(folder) {
			t.Error("a folder whose process has ended is said to be locked")
		}
	}
	again, err := Lock(folder)
	if err != nil {
		t.Fatalf("after the first ended: %v", err)
	}
	if err := again(); err != nil {
		t.Fatal(err)
	}
}

func TestAFolderIsWaitedForWhileItsProcessEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		folder := t.TempDir()
		release, err := Lock(folder)
		if err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(claimWithin/2, func() {
			if err := release(); err != nil {
				t.Error(err)
			}
		})
		again, err := Lock(folder)
		if err != nil {
			t.Fatalf("half a second before it ended: %v", err)
		}
		if err := again(); err != nil {
			t.Fatal(err)
		}
	})
}
