package main

import (
	"fmt"
	"os"
	"strings"
)

// peakMemory is the most bytes of a process that were resident at once; 0 where
// the system does not say.
func peakMemory(pid int) int64 { return memoryOf(pid, "VmHWM:") }

// memoryOf reads one figure of Linux's status file of a process.
func memoryOf(pid int, figure string) int64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(raw)) {
		if rest, ok := strings.CutPrefix(line, figure); ok {
			var kilobytes int64
			if _, err := fmt.Sscanf(rest, "%d kB", &kilobytes); err == nil {
				return kilobytes << 10
			}
		}
	}
	return 0
}
