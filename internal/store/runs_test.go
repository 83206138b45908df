package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/rules/message"
)

func TestRunsFeedInTheOrderOfTheirKeysWhateverFormTheirIDsHave(t *testing.T) {
	t.Parallel()
	f := open(t)
	// As versions made them whose ids had fifteen characters: they sort before and after ours.
	for i, id := range []string{"zzzzzzzzzzzzzzz", "0mabcdefghijklm"} {
		key := []string{"00001", "00002"}[i]
		f.exec(t, "INSERT INTO campaigns (id, org, name, messageBody, sender, everyone, lists) VALUES ('camp"+key+"', '"+org+"', 'Old', 'Hello', '"+sender+"', 1, '[]')")
		f.exec(t, "INSERT INTO runs (id, key, org, campaign, status, snapshot, planned) VALUES ('"+id+"', '"+key+"', '"+org+"', 'camp"+key+"', 'sending', '{}', 1)")
	}
	run := f.run(t, numbers[0])
	if run.Key != "00003" || run.ID != message.RunRecordID("00003") {
		t.Errorf("a new run has key %q and id %q, want the next key and the id that follows from it", run.Key, run.ID)
	}
	work, err := f.Work(t.Context(), morning)
	if err != nil {
		t.Fatal(err)
	}
	var feeding []string
	for _, r := range work.Runs {
		feeding = append(feeding, r.ID)
	}
	if diff := cmp.Diff([]string{"zzzzzzzzzzzzzzz", "0mabcdefghijklm", run.ID}, feeding); diff != "" {
		t.Error(diff)
	}
}
