package phone

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// anyWriting draws a North American number in some writing, mostly a usual one.
func anyWriting(t *rapid.T, area, exchange, line int) string {
	style := rapid.SampledFrom([]string{
		"%03d%03d%04d", "+1%03d%03d%04d", "1%03d%03d%04d", "(%03d) %03d-%04d", "%03d-%03d-%04d", "%03d.%03d.%04d", "+1 (%03d) %03d-%04d",
		"1-%03d-%03d-%04d", " %03d %03d %04d ", "+%03d%03d%04d", "%03d%03d%04d.0", "1%03d%03d%03d.0", "%03d/%03d/%04d", "0%03d%03d%04d", "11%03d%03d%04d",
		"+ 1%03d%03d%04d", "1+%03d%03d%04d", "%03d%03d%04dx5", "%03d%03d", "tel:%03d%03d%04d", "+1%03d%03d%04d0", "-1%03d%03d%04d", "(+1)%03d%03d%04d",
	}).Draw(t, "style")
	return fmt.Sprintf(style, area, exchange, line)
}

func TestARememberedPrefixGivesWhatTheNumberDataGive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		area, exchange := rapid.IntRange(0, 999).Draw(t, "area"), rapid.IntRange(0, 999).Draw(t, "exchange")
		country := rapid.SampledFrom([]string{"US", "CA", "us", "GB", "JM", "", "DE"}).Draw(t, "country")
		for range 4 { // the first asks the data, the others may remember
			raw := anyWriting(t, area, exchange, rapid.IntRange(0, 9999).Draw(t, "line"))
			want, wantErr := parse(raw, upper(country))
			got, err := Parse(raw, country)
			if diff := cmp.Diff(want, got); diff != "" || fmt.Sprint(err) != fmt.Sprint(wantErr) {
				t.Fatalf("%q in %q: %v, without memory %v\n%s", raw, country, err, wantErr, diff)
			}
		}
	})
}

// The last four digits decide nothing, in each prefix that anybody may have:
// that is why a prefix can be remembered.
func TestTheLastFourDigitsDecideNothing(t *testing.T) {
	t.Parallel()
	lines := []int{0, 1111, 4242, 5000, 9999}
	const exchanges, every = 800, 160
	var group sync.WaitGroup
	defer group.Wait()
	for part := range 2 {
		group.Go(func() {
			for area := 200 + part; area < 1000; area += 2 {
				for i := range exchanges {
					exchange := 200 + (i*37+area)%800
					if exchange == 555 || i%every != area%every { // all areas, and all exchanges in one of them or the other
						continue
					}
					first, firstErr := parse(fmt.Sprintf("+1%03d%03d%04d", area, exchange, lines[0]), "")
					for _, line := range lines[1:] {
						n, err := parse(fmt.Sprintf("+1%03d%03d%04d", area, exchange, line), "")
						if n.Warning != first.Warning || n.Country != first.Country || (err == nil) != (firstErr == nil) {
							t.Errorf("+1 %d %d: %04d is %v %v, 0000 is %v %v", area, exchange, line, n, err, first, firstErr)
						}
					}
				}
			}
		})
	}
}

func upper(country string) string {
	if country == "us" {
		return "US"
	}
	return country
}

func BenchmarkRememberedPrefix(b *testing.B) {
	for name, parse := range map[string]func(string, string) (Number, error){"remembered": Parse, "asked": parse} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := parse("(212) 234-0000", "US"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
