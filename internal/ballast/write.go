package ballast

import (
	"crypto/rand"
	"fmt"
	"os"
)

// write fills a file with noise: a file system that compresses would keep zeros
// for nothing.
func write(f *os.File, size int64) error {
	noise := make([]byte, 1<<20)
	for size > 0 {
		rand.Read(noise)
		n, err := f.Write(noise[:min(size, int64(len(noise)))])
		if err != nil {
			return err
		}
		size -= int64(n)
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("flush: %w", err)
	}
	return nil
}
