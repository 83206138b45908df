package importer

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tidings/internal/rules/phone"
)

// drain reads a sequence to its end.
func drain(t rapid.TB, s sequence) (all []judged) {
	t.Helper()
	for {
		j, err := s.next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, j)
	}
}

// inMemory judges a file row by row, in the simplest way.
func inMemory(t rapid.TB, s *sheet) (all []judged) {
	t.Helper()
	j, seen := newJudge(s.columns, "US"), map[uint64]bool{}
	for {
		rec, err := s.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		one := j.look(rec)
		if one.reject == nil && seen[one.number] {
			number := one.number
			one = duplicate(one.row)
			one.number = number
		}
		seen[one.number] = true
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b judged) int {
		return packed{number: a.number, row: a.line()}.before(packed{number: b.number, row: b.line()})
	})
	for i := range all {
		if all[i].reject != nil {
			all[i].number = 0
		}
	}
	return all
}

func TestAFileIsSortedAndTheFirstRowOfANumberCounts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.Custom(func(t *rapid.T) string {
			n := rapid.OneOf(rapid.Map(rapid.IntRange(0, 60), number), rapid.SampledFrom([]string{"", "nobody", "+44 7700 900123"})).Draw(t, "number")
			// A row whose zone is no good does not count, so the next of its number is the first.
			zone := rapid.SampledFrom([]string{"", "America/Denver", "Mars/North"}).Draw(t, "zone")
			return fmt.Sprintf("%s,Ann %d,%s,%s", n, rapid.IntRange(0, 9).Draw(t, "name"), zone, strings.Repeat("x", rapid.IntRange(0, 60).Draw(t, "length")))
		})
		file := "phone,firstName,timezone,note\n" + strings.Join(rapid.SliceOfN(line, 1, 200).Draw(t, "lines"), "\n")
		open := func() *sheet {
			s, err := openSheet(strings.NewReader(file), nil)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		i := &Importer{Options: Options{Folder: Folder{dir}}, stretch: rapid.IntRange(1, 2000).Draw(t, "stretch")}
		s, err := i.sort(t.Context(), &Import{Order: order}, open())
		if err != nil {
			t.Fatal(err)
		}
		got := drain(t, s)
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(inMemory(t, open()), got, cmp.AllowUnexported(judged{})); diff != "" {
			t.Fatal(diff)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
			t.Fatalf("files are left: %v", left)
		}
	})
}

func TestSortingNeedsRoomAndSaysSo(t *testing.T) {
	t.Parallel()
	s, err := openSheet(strings.NewReader(people(400)), nil)
	if err != nil {
		t.Fatal(err)
	}
	i := &Importer{Options: Options{Folder: Folder{filepath.Join(t.TempDir(), "none")}}, stretch: 1 << 10}
	_, err = i.sort(t.Context(), &Import{Order: order}, s)
	if why := (*unreadableError)(nil); !errors.Is(err, os.ErrNotExist) || errors.As(err, &why) || !strings.Contains(err.Error(), "room") {
		t.Errorf("got %v", err)
	}
}

func TestSortedRowsAreReadBackAsTheyWere(t *testing.T) {
	t.Parallel()
	text := rapid.StringN(0, 40, -1)
	cols := columns{fieldPhone, "attributes.<b>", "attributes.B", fieldState, "attributes.\"é\"", "attributes.A"}
	attributes := cols.attributes()
	rapid.Check(t, func(t *rapid.T) {
		values, held := make([]string, len(attributes.keys)), map[string]string{}
		want := judged{reject: &Reject{Row: rapid.IntRange(0, MaxRows).Draw(t, "row"), PhoneNumber: text.Draw(t, "a"), Code: text.Draw(t, "b"), Detail: text.Draw(t, "c")}}
		if rapid.Bool().Draw(t, "person") {
			want = judged{row: Row{
				Row: rapid.IntRange(0, MaxRows).Draw(t, "row"), Written: text.Draw(t, "written"),
				Number:    phone.Number{E164: rapid.SampledFrom([]string{"+12125550123", "+447700900123"}).Draw(t, "number"), Country: "US", Warning: text.Draw(t, "warning")},
				FirstName: text.Draw(t, "first"), LastName: text.Draw(t, "last"), Language: text.Draw(t, "language"),
				Timezone: text.Draw(t, "zone"), State: text.Draw(t, "state"),
			}}
			for i, field := range cols {
				name := strings.TrimPrefix(field, fieldAttribute)
				if value := text.Draw(t, name); value != "" && i > 0 {
					held[name], values[attributes.slots[i]] = value, value
				}
			}
			raw, err := json.Marshal(held)
			if err != nil {
				t.Fatal(err)
			}
			want.row.Attributes = string(raw)
			want.row.Place = phone.Locate(want.row.Number.E164)
			want.number = want.row.key()
		}
		b := pack(nil, want, values)
		unpack := &unpacker{names: attributes}
		got, err := unpack.row(b)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(judged{})); diff != "" {
			t.Fatal(diff)
		}
		for _, bad := range [][]byte{b[:len(b)-1], append(slices.Clone(b), 0)} {
			if _, err := unpack.row(bad); !errors.Is(err, errPacked) {
				t.Fatalf("%q: %v", bad, err)
			}
		}
	})
}
