//go:build linux || darwin

package ballast

import (
	"fmt"
	"syscall"
)

// Free tells what an ordinary user can still write to a folder's disk, and its
// size, in bytes.
func Free(folder string) (free, total uint64, err error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return 0, 0, fmt.Errorf("read the free space of %s: %w", folder, err)
	}
	return s.Bavail * uint64(s.Bsize), s.Blocks * uint64(s.Bsize), nil
}
