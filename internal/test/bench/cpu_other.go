//go:build !unix

package main

import "time"

// cpuUsed is not known here; figures of processor time are zero.
func cpuUsed() time.Duration { return 0 }
