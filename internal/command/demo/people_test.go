package demo

import (
	"bytes"
	"os"
	"testing"
)

// The customer files in the repository are what crowd makes. To renew them
// after a change of crowd, run the test with TIDINGS_RENEW=1.
func TestCustomerFilesAreTheCrowd(t *testing.T) {
	people := crowd(DefaultSubscribers)
	for _, c := range []struct {
		file     string
		have     []byte
		consents bool
	}{
		{"customers.csv", customers, true},
		{"walkins.csv", walkins, false},
	} {
		var want bytes.Buffer
		if err := write(&want, people, c.consents); err != nil {
			t.Fatal(err)
		}
		if os.Getenv("TIDINGS_RENEW") != "" {
			if err := os.WriteFile(c.file, want.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if !bytes.Equal(want.Bytes(), c.have) {
			t.Errorf("%s is not what crowd makes; renew it with TIDINGS_RENEW=1", c.file)
		}
	}
}

func TestCrowdHasNoUnplannedDoubles(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 100, 1000, 20000} {
		seen := make(map[string]int)
		for i, p := range crowd(n) {
			if p.e164 == "" || p.kind == duplicate {
				continue
			}
			if before, ok := seen[p.e164]; ok {
				t.Fatalf("of %d rows, %d and %d have one number", n, before, i)
			}
			seen[p.e164] = i
		}
	}
}
