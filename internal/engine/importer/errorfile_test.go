package importer

import (
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestErrorFileHoldsNoFormula(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	f, err := NewErrorFile(&b)
	if err != nil {
		t.Fatal(err)
	}
	for _, number := range []string{"=1+1", "+12125550123", "-1", "@SUM(1)", "\tx", "＝1", "212", ""} {
		if err := f.Write(Reject{Row: 2, PhoneNumber: number, Code: "phone_invalid", Detail: `say "it", please`}); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Flush(); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var numbers []string
	for _, row := range rows {
		numbers = append(numbers, row[1])
	}
	want := []string{"phoneNumber", "'=1+1", "'+12125550123", "'-1", "'@SUM(1)", "'\tx", "'＝1", "212", ""}
	if diff := cmp.Diff(want, numbers); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"2", "'=1+1", "phone_invalid", `say "it", please`}, rows[1]); diff != "" {
		t.Error(diff)
	}
}

func TestNoTextAtAllBeginsAFormula(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.OneOf(rapid.String(), rapid.StringMatching("[=+\\-@\t\r\n＝＋－＠].*")).Draw(t, "cell")
		out := harmless(cell)
		if first, _ := utf8.DecodeRuneInString(out); strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) && out != "" && first != utf8.RuneError {
			t.Fatalf("%q became %q", cell, out)
		}
		if strings.TrimPrefix(out, "'") != cell && out != cell {
			t.Fatalf("%q became %q", cell, out)
		}
	})
}
