package evidence

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tidings/internal/rules/consent"
	"tidings/internal/rules/message"
)

var noon = time.Date(2026, 3, 3, 17, 0, 0, 0, time.UTC)

func event(seq int64, action string, after time.Duration, facts string) consent.Event {
	return consent.Event{Seq: seq, Action: action, Method: "reply", Text: "words", At: noon.Add(after), Evidence: []byte(facts)}
}

func TestAnOptOutIsFollowedFromItsWordsToTheLastText(t *testing.T) {
	t.Parallel()
	text := func(kind message.Kind, after time.Duration, status string) Message {
		return Message{ID: "m" + after.String(), Kind: kind, SentAt: noon.Add(after), Status: status}
	}
	d := Dossier{
		Events: []consent.Event{
			event(1, consent.ActionGranted, 0, "{}"),
			event(2, consent.ActionRevoked, time.Hour, `{"message":"review"}`),
			event(3, consent.ActionGranted, 3*time.Hour, "{}"),
			event(4, consent.ActionRevoked, 5*time.Hour, `not JSON`),
		},
		Messages: []Message{
			{ID: "review", Inbound: true, SentAt: noon.Add(30 * time.Minute)},
			text(message.Campaign, 50*time.Minute, "delivered"), // before it
			text(message.Stop, 61*time.Minute, "delivered"),
			text(message.Help, 62*time.Minute, "delivered"),
			text(message.Campaign, 63*time.Minute, "skipped"),
			text(message.Campaign, 4*time.Hour, "delivered"), // she had agreed again
			text(message.Campaign, 6*time.Hour, "unknown"),   // a wrong one
		},
	}
	got := d.OptOuts()
	if len(got) != 2 {
		t.Fatalf("%d opt-outs", len(got))
	}
	if o := got[0]; o.Seq != 2 || o.Seconds != 1800 || o.After != 0 || o.Confirmed != "m1h1m0s" {
		t.Errorf("the first: %+v", o)
	}
	if o := got[1]; o.Seq != 4 || o.Seconds != 0 || o.After != 1 || o.Confirmed != "" {
		t.Errorf("the second: %+v", o)
	}
}

// A STOP that was heard late was honoured late, whatever time it bears itself.
func TestAnOptOutIsHonouredWhenItWasRecorded(t *testing.T) {
	t.Parallel()
	d := Dossier{
		Events: []consent.Event{event(1, consent.ActionRevoked, 0, `{"messageUuid":"u","recordedAt":"2026-03-03T19:00:00.25Z"}`)},
		Messages: []Message{
			{ID: "i", Inbound: true, UUID: "u", SentAt: noon},
			{ID: "m", Kind: message.Campaign, SentAt: noon.Add(time.Hour), Status: "delivered"},
		},
	}
	if o := d.OptOuts()[0]; !o.Asked.Equal(noon) || o.Seconds != 7200.25 || o.After != 1 {
		t.Errorf("%+v", o)
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOf(rapid.SampledFrom([]rune("=+-@\t\r\n＝＋－＠a1\"',é"))).Draw(t, "cell")
		raw, err := sheet([][]string{{cell, "x"}})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
		if err != nil || len(rows) != 1 {
			t.Fatalf("%q: %v", raw, err)
		}
		if first := []rune(rows[0][0] + "."); strings.ContainsRune("=+-@\t\r\n＝＋－＠", first[0]) {
			t.Fatalf("%q is written as %q", cell, rows[0][0])
		}
	})
}

func TestAnEmptyPackSaysSo(t *testing.T) {
	t.Parallel()
	var one, two bytes.Buffer
	if err := Write(&one, nil); err != nil {
		t.Fatal(err)
	}
	if err := Write(&two, nil); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) || one.Len() == 0 {
		t.Error("two packs of nothing differ")
	}
	raw, err := page(nil)
	if err != nil || !strings.Contains(string(raw), "Nothing is known") {
		t.Errorf("%s %v", raw, err)
	}
}
