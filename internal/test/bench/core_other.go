//go:build !linux

package main

// onCore calls start; processes are bound to a core on Linux only.
func onCore(_ int, start func() error) error { return start() }
