package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// rows reads a file as openSheet does and tells each row: its cells joined by
// "·", or the code of its fault.
func rows(t testing.TB, file string) (header columns, lines []string, refusal error) {
	t.Helper()
	s, err := openSheet(strings.NewReader(file), nil)
	if err != nil {
		return nil, nil, err
	}
	for {
		rec, err := s.next()
		if errors.Is(err, io.EOF) {
			return s.columns, lines, nil
		}
		if err != nil {
			t.Fatal(err)
		}
		line := strings.Join(rec.cells, "·")
		if rec.fault != nil {
			line = rec.fault.Code
		}
		lines = append(lines, fmt.Sprintf("%d %s", rec.row, line))
	}
}

func utf16Of(text, mark string, little bool) string {
	out := []byte(mark)
	for _, u := range utf16.Encode([]rune(text)) {
		if little {
			out = append(out, byte(u), byte(u>>8))
		} else {
			out = append(out, byte(u>>8), byte(u))
		}
	}
	return string(out)
}

func TestReaderTakesWhatSpreadsheetsSave(t *testing.T) {
	t.Parallel()
	const plainText = "phone,firstName\n2125550123,Zoë\n"
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"plain":                       {plainText, []string{"2 2125550123·Zoë"}},
		"UTF-8 mark":                  {"\xef\xbb\xbf" + plainText, []string{"2 2125550123·Zoë"}},
		"UTF-16 LE with mark":         {utf16Of(plainText, "\xff\xfe", true), []string{"2 2125550123·Zoë"}},
		"UTF-16 BE with mark":         {utf16Of(plainText, "\xfe\xff", false), []string{"2 2125550123·Zoë"}},
		"UTF-16 LE":                   {utf16Of(plainText, "", true), []string{"2 2125550123·Zoë"}},
		"UTF-16 BE":                   {utf16Of(plainText, "", false), []string{"2 2125550123·Zoë"}},
		"UTF-16 with tabs":            {utf16Of("phone\tfirstName\r\n2125550123\tZoë\r\n", "\xff\xfe", true), []string{"2 2125550123·Zoë"}},
		"Windows-1252":                {"phone,firstName\n2125550123,Zo\xeb \x80\n", []string{"2 2125550123·Zoë €"}},
		"Windows-1252, one row":       {"phone,firstName\n2125550123,Zo\xeb\n2125550124,Zoë\n", []string{"2 2125550123·Zoë", "3 2125550124·Zoë"}},
		"neither":                     {"phone,firstName\n2125550123,Zo\x81\n2125550124,Ann\n", []string{"2 bad_encoding", "3 2125550124·Ann"}},
		"NUL":                         {"phone,firstName\n2125550123,A\x00n\n2125550124,Ann\n", []string{"2 nul_byte", "3 2125550124·Ann"}},
		"semicolons":                  {"phone;firstName\n2125550123;\"a;b, c\"\n", []string{"2 2125550123·a;b, c"}},
		"pipes":                       {"phone|firstName\n2125550123|Ann\n", []string{"2 2125550123·Ann"}},
		"tabs":                        {"phone\tfirstName\n2125550123\tAnn, Bo\n", []string{"2 2125550123·Ann, Bo"}},
		"Excel's own separator line":  {"sep=;\r\nphone;firstName\r\n2125550123;Ann\r\n", []string{"3 2125550123·Ann"}},
		"commas in a semicolon file":  {"phone;\"a, b, c, d\"\n2125550123;Ann\n", []string{"2 2125550123·Ann"}},
		"one column":                  {"phone\n2125550123\n", []string{"2 2125550123"}},
		"no line end at the end":      {"phone\n2125550123", []string{"2 2125550123"}},
		"CRLF":                        {"phone,a\r\n2125550123,b\r\n", []string{"2 2125550123·b"}},
		"CR":                          {"phone,a\r2125550123,b\r2125550124,c", []string{"2 2125550123·b", "3 2125550124·c"}},
		"blank rows are counted":      {"phone,a\n\n , \n2125550123,b\n,,\n", []string{"4 2125550123·b"}},
		"blank rows above the header": {"\n\nphone,a\n2125550123,b\n", []string{"4 2125550123·b"}},
		"line ends in quotes":         {"phone,a\n2125550123,\"b\r\nc\"\n2125550124,d\n", []string{"2 2125550123·b\r\nc", "3 2125550124·d"}},
		"doubled quotes":              {"phone,a\n2125550123,\"b \"\"c\"\"\"\n", []string{`2 2125550123·b "c"`}},
		"blanks around quotes":        {"phone,a\n2125550123, \"b,c\" ,\n", []string{"2 2125550123·b,c·"}},
		"text behind a quote":         {"phone,a\n2125550123,\"b\" c\n", []string{"2 2125550123·b c"}},
		"quotes inside":               {"phone,a\n2125550123,5\" pipe\n2125550124,d\n", []string{`2 2125550123·5" pipe`, "3 2125550124·d"}},
		"ragged":                      {"phone,a,b\n2125550123\n2125550124,c,d,e\n", []string{"2 2125550123", "3 2125550124·c·d·e"}},
		"an unclosed quote":           {"phone,a\n2125550123,\"b\n2125550124,c\n", []string{"2 unclosed_quote", "3 2125550124·c"}},
		"a row of 70 KB":              {"phone,a\n2125550123," + strings.Repeat("x", 70<<10) + "\n2125550124,c\n", []string{"2 row_too_large", "3 2125550124·c"}},
		"a row at the limit":          {"phone,a\n2125550123," + strings.Repeat("x", maxRow-12) + "\n1,c\n", []string{"2 2125550123·" + strings.Repeat("x", maxRow-12), "3 1·c"}},
		"a row one above it":          {"phone,a\n2125550123," + strings.Repeat("x", maxRow-11) + "\n1,c\n", []string{"2 row_too_large", "3 1·c"}},
		"a line end cut by the limit": {"phone,a\n2125550123," + strings.Repeat("x", maxRow-11) + "\r\n1,c\n", []string{"2 row_too_large", "3 1·c"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, got, err := rows(t, c.file)
			if err != nil {
				t.Fatalf("refused: %v", err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFilesWithoutAUsableHeaderAreRefusedWithWhatWasFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, code, says string }{
		"nothing":           {"", CodeFileEmpty, "empty"},
		"blank rows":        {"\n\n,,\n", CodeFileEmpty, "empty"},
		"only a mark":       {"\xef\xbb\xbf", CodeFileEmpty, "empty"},
		"data at once":      {"2125550123,Ann\n2125550124,Bo\n", CodeHeaderMissing, `"2125550123", "Ann"`},
		"no number":         {"email,name\na@example.com,Ann\n", CodeHeaderMissing, `"email", "name"`},
		"an Excel workbook": {"PK\x03\x04 and so on", CodeNotCSV, "Excel"},
		"a PDF":             {"%PDF-1.7", CodeNotCSV, "PDF"},
		"a quoted header":   {"\"phone,a\n2125550123,b\n", CodeHeaderMissing, "quote"},
		"201 columns":       {"phone" + strings.Repeat(",x", 200) + "\n", CodeTooManyColumns, "201"},
		"one long line":     {strings.Repeat("x", 1<<20), CodeHeaderMissing, "64 KiB"},
		"a picture":         {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", CodeHeaderMissing, "phoneNumber"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := rows(t, c.file)
			var refusal *Refusal
			if !errors.As(err, &refusal) || refusal.Code != c.code || !strings.Contains(refusal.Message, c.says) {
				t.Fatalf("got %v, want %s that says %s", err, c.code, c.says)
			}
			if c.code == CodeHeaderMissing && c.says != "quote" && c.says != "64 KiB" && !strings.Contains(refusal.Message, "phoneNumber") {
				t.Errorf("does not say what is needed: %s", refusal.Message)
			}
		})
	}
}

// endless gives head, then n bytes of filler.
func endless(head string, n int64) io.Reader {
	return io.MultiReader(strings.NewReader(head), io.LimitReader(filler{}, n))
}

type filler struct{}

func (filler) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestACellOf80MegabytesCostsNoMemory(t *testing.T) {
	// Not parallel: it measures what the process allocates.
	s, err := openSheet(io.MultiReader(endless("phone,note\n2125550123,\"", 80<<20), strings.NewReader("\"\n2125550124,ok\n")), nil)
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	big, err := s.next()
	if err != nil {
		t.Fatal(err)
	}
	next, err := s.next()
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if big.fault == nil || big.fault.Code != CodeRowTooLarge {
		t.Errorf("the row is %v, want it refused", big)
	}
	if len(next.cells) != 2 || next.cells[0] != "2125550124" || next.row != 3 {
		t.Errorf("the next row is %v", next)
	}
	if spent := after.TotalAlloc - before.TotalAlloc; spent > 4<<20 {
		t.Errorf("allocated %d bytes for one row", spent)
	}
}

// TestAnyCellsComeBack writes rows by the letter of RFC 4180 and reads them.
func TestAnyCellsComeBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		delimiter := rapid.SampledFrom([]string{",", ";", "\t", "|"}).Draw(t, "delimiter")
		end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end")
		cell := rapid.StringOfN(rapid.RuneFrom([]rune("ab \",;\t|\r\n=é🎈")), 0, 12, -1)
		table := rapid.SliceOfN(rapid.SliceOfN(cell, 3, 3), 1, 20).Draw(t, "table")
		file := "phone" + delimiter + "a" + delimiter + "b" + end
		var want []string
		for i, cells := range table {
			quoted := make([]string, len(cells))
			for j, c := range cells {
				quoted[j] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			file += strings.Join(quoted, delimiter) + end
			if !blank(cells) {
				want = append(want, fmt.Sprintf("%d %s", i+2, strings.Join(cells, "·")))
			}
		}
		s, err := openSheet(strings.NewReader(file), nil)
		if err != nil {
			t.Fatalf("%q refused: %v", file, err)
		}
		var got []string
		for {
			rec, err := s.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || rec.fault != nil {
				t.Fatalf("%q: %v, %v", file, err, rec.fault)
			}
			got = append(got, fmt.Sprintf("%d %s", rec.row, strings.Join(rec.cells, "·")))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q: %s", file, diff)
		}
	})
}

func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		"phone,a\n2125550123,b\n", "\xef\xbb\xbfphone;a\r\n\"2125550123\";\"b\"\"\"\r\n", "sep=|\nphone|a\n", "\xff\xfep\x00h\x00",
		"phone,a\n\"2125550123\n1,\"\n", "phone\ta\r2125550123\t\x81\r", "\x00\x00phone\n", "PK\x03\x04", "phone,\"",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		s, err := openSheet(bytes.NewReader(file), nil)
		if err != nil {
			if refusal := (*Refusal)(nil); !errors.As(err, &refusal) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		j := newJudge(s.columns, "US")
		for last, read := s.row, 0; ; read++ {
			rec, err := s.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if rec.row <= last || read > len(file) {
				t.Fatalf("row %d after row %d", rec.row, last)
			}
			last = rec.row
			for _, cell := range rec.cells {
				if !utf8.ValidString(cell) || strings.ContainsRune(cell, 0) {
					t.Fatalf("row %d has the cell %q", rec.row, cell)
				}
			}
			if row, reject := j.judge(rec); reject == nil && row.Number.E164 == "" || reject != nil && (reject.Code == "" || reject.Row != rec.row) {
				t.Fatalf("row %d: %v %v", rec.row, row, reject)
			}
		}
	})
}
