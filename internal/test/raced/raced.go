// Package raced tells a test whether the race detector watches. It makes the
// database's code about ten times slower, so tests that repeat one thing very
// often repeat it less then; their full size runs without it.
//
//	pairs := raced.Fewer(6000, 600)
package raced

import "time"

// Within gives how long something promised may take, or how long it may under the
// race detector.
func Within(promised, watched time.Duration) time.Duration {
	if enabled {
		return watched
	}
	return promised
}

// Fewer gives the full number, or the smaller one under the race detector.
func Fewer(full, watched int) int {
	if enabled {
		return watched
	}
	return full
}
