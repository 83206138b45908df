package hours

import (
	"bytes"
	"errors"
	"testing"
	"time"
)

func TestVersionOfZoneDataIsPinned(t *testing.T) {
	t.Parallel()
	if got := Version(); got != "2026f" {
		t.Errorf("Version() = %q, want 2026f", got)
	}
}

func TestZoneKnowsTheCanadianChangesOf2026(t *testing.T) {
	t.Parallel()
	at := time.Date(2027, time.January, 15, 12, 0, 0, 0, time.UTC)
	for name, want := range map[string]string{
		"America/Vancouver": "-07:00",
		"America/Edmonton":  "-06:00",
		"America/Winnipeg":  "-05:00",
		"America/New_York":  "-05:00",
		"America/St_Johns":  "-03:30",
		"Asia/Kolkata":      "+05:30",
		"US/Eastern":        "-05:00",
	} {
		location, err := Zone(name)
		if err != nil {
			t.Errorf("Zone(%q): %v", name, err)
			continue
		}
		if got := at.In(location).Format("-07:00"); got != want {
			t.Errorf("%s on %s is %s, want %s", name, at.Format(time.DateOnly), got, want)
		}
		if location.String() != name {
			t.Errorf("Zone(%q) is called %q", name, location)
		}
	}
}

func TestZoneRefusesNamesThatAreNoPlace(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "Local", "Factory", "america/new_york", "../etc/passwd", "America", "EDT", "America/New_York\x00"} {
		_, err := Zone(name)
		var refusal *Error
		if !errors.As(err, &refusal) || refusal.Code != CodeZoneUnknown {
			t.Errorf("Zone(%q) = %v, want %s", name, err, CodeZoneUnknown)
		}
	}
}

func TestEveryZoneOfTheArchiveLoads(t *testing.T) {
	t.Parallel()
	idx, err := readIndex()
	if err != nil {
		t.Fatal(err)
	}
	if len(idx.files) < 590 {
		t.Errorf("archive holds %d names, want all of the release", len(idx.files))
	}
	for name := range idx.files {
		z, err := load(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i := 1; i < len(z.spans); i++ {
			if z.spans[i-1].until != z.spans[i].from {
				t.Errorf("%s: span %d leaves a hole", name, i)
			}
		}
	}
}

func TestArchiveIsSmallEnoughToEmbed(t *testing.T) {
	t.Parallel()
	if len(archive) > 500_000 {
		t.Errorf("archive has %d bytes, want at most 500,000", len(archive))
	}
}

func TestParseArchiveRefusesDamage(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{
		"empty":           nil,
		"other file":      []byte("PK\x03\x04\n"),
		"no count":        []byte("tidings-zones 1 2026f\n"),
		"bad count":       []byte("tidings-zones 1 2026f x\n"),
		"cut index":       []byte("tidings-zones 1 2026f 2\nA/B 0 0\n"),
		"bad line":        []byte("tidings-zones 1 2026f 1\nA/B 0\n"),
		"negative offset": []byte("tidings-zones 1 2026f 1\nA/B -1 1\nxx"),
		"outside":         []byte("tidings-zones 1 2026f 1\nA/B 1 9\nxx"),
	} {
		if _, err := parseArchive(data); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	idx, err := parseArchive([]byte("tidings-zones 1 2026f 1\nA/B 1 1\nxy"))
	if err != nil || !bytes.Equal(idx.files["A/B"], []byte("y")) || idx.version != "2026f" {
		t.Errorf("sound archive read as %+v, %v", idx, err)
	}
}
