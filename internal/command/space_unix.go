//go:build linux || darwin

package command

import "syscall"

// freeSpace is what an ordinary user can still write to a folder's disk, in bytes.
func freeSpace(dir string) (uint64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return s.Bavail * uint64(s.Bsize), nil
}
