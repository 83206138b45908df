//go:build !failpoint

package failpoint

// Enabled tells whether this build can end itself.
const Enabled = false

// Hit does nothing in this build.
func Hit(Point) {}
