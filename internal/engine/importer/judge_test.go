package importer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/rules/phone"
)

var wide = columns{fieldPhone, fieldFirst, fieldLast, fieldLanguage, fieldTimezone, fieldState, "attributes.City"}

func TestARowBecomesAPerson(t *testing.T) {
	t.Parallel()
	got, reject := newJudge(wide, "US").judge(record{row: 2, cells: []string{
		" (212) 555-0123 ", "Ana\nMaria ", "de Souza", "pt_BR", "America/Sao_Paulo", "new york", "=Lisbon",
	}})
	if reject != nil {
		t.Fatal(reject)
	}
	want := Row{
		Row: 2, Written: "(212) 555-0123", Number: phone.Number{E164: "+12125550123", Country: "US"}, Place: phone.Locate("+12125550123"),
		FirstName: "Ana Maria", LastName: "de Souza", Language: "pt-BR", Timezone: "America/Sao_Paulo", State: "NY",
		Attributes: `{"City":"=Lisbon"}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	short, reject := newJudge(wide, "US").judge(record{row: 3, cells: []string{"212 555 0124"}})
	if reject != nil || short.Attributes != "{}" || short.State != "" || short.HomeState() != "NY" {
		t.Errorf("a row that leaves out what is empty: %+v, %v", short, reject)
	}
}

func TestRowsThatCannotBeTakenSayWhy(t *testing.T) {
	t.Parallel()
	row := func(cells ...string) []string { return cells }
	for name, c := range map[string]struct {
		cells  []string
		code   string
		number string
	}{
		"no number":           {row("", "Ann"), "phone_required", ""},
		"letters":             {row("call me"), "phone_invalid", "call me"},
		"an extension":        {row("(212) 555-0123 ext. 7"), "phone_extension", "(212) 555-0123 ext. 7"},
		"premium rate":        {row("900 555 0123"), "phone_premium", "900 555 0123"},
		"too short":           {row("555-0123"), "phone_impossible", "555-0123"},
		"a spreadsheet's sum": {row("2.12555E+09"), "phone_invalid", "2.12555E+09"},
		"a formula":           {row(`=cmd|' /C calc'!A0`), "phone_invalid", `=cmd|' /C calc'!A0`},
		"a long number":       {row(strings.Repeat("9", 300)), "phone_impossible", strings.Repeat("9", maxWritten) + "…"},
		"too many cells":      {row("2125550123", "", "", "", "", "", "", "x"), "too_many_cells", "2125550123"},
		"a long name":         {row("2125550123", strings.Repeat("x", 201)), "too_long", "2125550123"},
		"no language":         {row("2125550123", "", "", "what is this"), "bad_language", "2125550123"},
		"no zone":             {row("2125550123", "", "", "", "EST5EDT4"), "unknown_timezone", "2125550123"},
		"the server's zone":   {row("2125550123", "", "", "", "Local"), "unknown_timezone", "2125550123"},
		"no state":            {row("2125550123", "", "", "", "", "Bavaria"), "bad_state", "2125550123"},
		"long attributes":     {row("2125550123", "", "", "", "", "", strings.Repeat("<", 20<<10)), "too_long", "2125550123"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, reject := newJudge(wide, "US").judge(record{row: 7, cells: c.cells})
			if reject == nil || reject.Code != c.code || reject.PhoneNumber != c.number || reject.Row != 7 || reject.Detail == "" {
				t.Errorf("got %+v", reject)
			}
		})
	}
}

func TestForgivingWritingsAreTaken(t *testing.T) {
	t.Parallel()
	for name, cells := range map[string][]string{
		"a number kept as text":  {`="2125550123"`},
		"an apostrophe":          {"'+12125550123"},
		"empty cells at the end": {"2125550123", "", "", "", "", "", "", "", " "},
		"a state abroad":         {"+49 30 23125 000", "", "", "", "", "Bayern"},
		"an old zone name":       {"2125550123", "", "", "", "US/Eastern"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, reject := newJudge(wide, "US").judge(record{cells: cells}); reject != nil {
				t.Errorf("refused: %+v", reject)
			}
		})
	}
}
