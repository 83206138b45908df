//go:build unix

package store

import (
	"fmt"
	"os"
	"syscall"
)

// placeOf names the place of a file on its disk as "device:inode". The inode
// stays while the file is written, moved within its disk or mounted into
// another container, and is another in every copy.
func placeOf(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("look at a file of the data folder: %w", err)
	}
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "", nil
	}
	return fmt.Sprintf("%d:%d", s.Dev, s.Ino), nil
}
