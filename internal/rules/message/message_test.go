package message_test

import (
	"math/rand/v2"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tidings/internal/rules/message"
)

func TestMergeFollowsRankThenSequence(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		have    message.State
		receipt message.Receipt
		want    message.Status
		changed bool
	}{
		{"accepted moves on to sent", message.State{Status: message.Accepted}, message.Receipt{Status: message.Sent, Sequence: 2}, message.Sent, true},
		{"a receipt settles an unknown", message.State{Status: message.Unknown}, message.Receipt{Status: message.Accepted}, message.Accepted, true},
		{"a receipt that comes before the answer", message.State{Status: message.Sending}, message.Receipt{Status: message.Delivered}, message.Delivered, true},
		{"delivered is not taken back by a later sent", message.State{Status: message.Delivered, Sequence: 1}, message.Receipt{Status: message.Sent, Sequence: 9}, message.Delivered, false},
		{"delivered is not taken back by a later failure", message.State{Status: message.Delivered, Sequence: 1}, message.Receipt{Status: message.Failed, Sequence: 9}, message.Delivered, false},
		{"a late delivered overrules a failure", message.State{Status: message.Undelivered, Sequence: 9}, message.Receipt{Status: message.Delivered, Sequence: 1}, message.Delivered, true},
		{"the later of two failures wins", message.State{Status: message.Undelivered, Sequence: 2}, message.Receipt{Status: message.Failed, Sequence: 3}, message.Failed, true},
		{"the earlier of two failures does not", message.State{Status: message.Failed, Sequence: 3}, message.Receipt{Status: message.Undelivered, Sequence: 2}, message.Failed, false},
		{"a skipped row takes no receipt", message.State{Status: message.Skipped}, message.Receipt{Status: message.Delivered}, message.Skipped, false},
		{"a receipt for another id changes nothing", message.State{Status: message.Sent, UUID: "a"}, message.Receipt{Status: message.Delivered, UUID: "b"}, message.Sent, false},
		{"an unknown word changes no status", message.State{Status: message.Sent}, message.Receipt{Status: "teleported", Sequence: 7}, message.Sent, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, changed := message.Merge(c.have, c.receipt)
			if got.Status != c.want || changed != c.changed {
				t.Errorf("got %s changed=%v, want %s changed=%v", got.Status, changed, c.want, c.changed)
			}
		})
	}
}

func TestMergeTakesWhatIsBilledFromTheProvider(t *testing.T) {
	t.Parallel()
	have := message.State{Status: message.Accepted, Segments: 2}
	got, _ := message.Merge(have, message.Receipt{Status: message.Sent, Sequence: 2, Segments: 1, HasCost: true, CostMicros: 5500, UUID: "u", Network: "310-260"})
	want := message.State{Status: message.Sent, Sequence: 2, Segments: 1, CostMicros: 5500, UUID: "u", Network: "310-260"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReceiptsInAnyOrderAnyNumberOfTimesEndAlike(t *testing.T) {
	t.Parallel()
	statuses := []message.Status{message.Accepted, message.Sent, message.Delivered, message.Undelivered, message.Failed, ""}
	rapid.Check(t, func(t *rapid.T) {
		receipts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) message.Receipt {
			return message.Receipt{
				Status:     rapid.SampledFrom(statuses).Draw(t, "status"),
				Sequence:   rapid.Int64Range(0, 4).Draw(t, "sequence"),
				ErrorCode:  rapid.SampledFrom([]string{"", "20", "30"}).Draw(t, "code"),
				UUID:       rapid.SampledFrom([]string{"u", ""}).Draw(t, "uuid"), // a provider may leave out what it said before
				Segments:   rapid.Int64Range(0, 3).Draw(t, "segments"),
				HasCost:    rapid.Bool().Draw(t, "has cost"),
				CostMicros: rapid.SampledFrom([]int64{0, 5500, 11000}).Draw(t, "cost"),
				Network:    rapid.SampledFrom([]string{"310-260", ""}).Draw(t, "network"),
			}
		}), 1, 8).Draw(t, "receipts")
		start := message.State{
			Status:   rapid.SampledFrom([]message.Status{message.Sending, message.Accepted, message.Unknown}).Draw(t, "start"),
			Segments: rapid.Int64Range(1, 3).Draw(t, "our segments"),
		}
		inOrder := mergeAll(start, receipts)
		shuffled := append(append([]message.Receipt{}, receipts...), receipts...)
		seed := rapid.Uint64().Draw(t, "seed")
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if diff := cmp.Diff(inOrder, mergeAll(start, shuffled)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func mergeAll(s message.State, receipts []message.Receipt) message.State {
	for _, r := range receipts {
		s, _ = message.Merge(s, r)
	}
	return s
}

func TestIDsAreStableOrderedAndInTheirRunsRange(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`\+[1-9][0-9]{6,14}`).Draw(t, "number")
		other := rapid.StringMatching(`\+[1-9][0-9]{6,14}`).Draw(t, "other")
		id, err := message.RunID("00a1z", number)
		if err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(`^[0-9a-z]{15}$`).MatchString(id) {
			t.Fatalf("id %q has not the form of an id", id)
		}
		if key, ok := message.KeyOf(id); key != "00a1z" || !ok {
			t.Fatalf("the key of %q is %q", id, key)
		}
		if key, ok := message.KeyOf(message.SingleID(number)); ok {
			t.Fatalf("a single message has the key %q", key)
		}
		if low, high := message.KeyRange("00a1z"); id < low || id > high {
			t.Fatalf("id %q lies outside %q to %q", id, low, high)
		}
		if again, _ := message.RunID("00a1z", other); (again == id) != (other == number) {
			t.Fatalf("%q and %q share or split an id", number, other)
		}
	})
}

func TestRunIDRefusesWhatIsNoNumber(t *testing.T) {
	t.Parallel()
	for _, number := range []string{"", "+", "+0123456789", "12ab5678", "+1234567890123456"} {
		if id, err := message.RunID("00001", number); err == nil {
			t.Errorf("RunID(%q) = %q, want an error", number, id)
		}
	}
}

func TestRunKeysCountUpAndNeverReachTheSingleMessages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ last, want string }{
		{"", "00001"}, {"00001", "00002"}, {"0000z", "00010"}, {"hzzzy", "hzzzz"},
	} {
		if got, err := message.NextKey(c.last); err != nil || got != c.want {
			t.Errorf("NextKey(%q) = %q, %v; want %q", c.last, got, err, c.want)
		}
	}
	for _, last := range []string{"hzzzz", "zzzzz", "abc", "?0000"} {
		if got, err := message.NextKey(last); err == nil {
			t.Errorf("NextKey(%q) = %q, want an error", last, got)
		}
	}
	if message.InboundID("u")[0] != 'i' || message.SingleID("u")[0] != 'q' || len(message.InboundID("u")) != 15 {
		t.Error("single and inbound ids have lost their prefix or length")
	}
}
