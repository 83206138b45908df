package price_test

import (
	"testing"

	"tidings/internal/rules/price"
)

func TestAGuessIsCautious(t *testing.T) {
	t.Parallel()
	gb := price.Rate{Micros: 40_000, SurchargeMicros: 5_000, Currency: "USD"}
	for _, c := range []struct {
		name, country string
		list          price.Rate
		dearest       int64
		micros, worst int64
	}{
		{"home has a list price", "US", price.Rate{}, 40_000, 8_000, 13_000},
		{"so has the neighbour", "CA", price.Rate{}, 40_000, 8_000, 13_000},
		{"an island costs what its country costs, and may cost what abroad costs", "GG", gb, 45_000, 40_000, 100_000},
		{"nothing is known of its country either", "GG", price.Rate{}, 45_000, 100_000, 500_000},
		{"but for the United States", "PR", price.Rate{}, 0, 8_000, 100_000},
		{"a country of its own", "ZZ", price.Rate{}, 45_000, 100_000, 500_000},
		{"one that is known to be dearer than the guess", "ZZ", price.Rate{}, 700_000, 100_000, 700_000},
		{"an island beside one that is dear", "GG", gb, 700_000, 40_000, 700_000},
		{"no country at all", "", price.Rate{}, 0, 100_000, 500_000},
	} {
		got := price.Guess(c.country, c.list, c.dearest)
		if want := (price.Cost{Micros: c.micros, Worst: c.worst}); got.Cost(1) != want || !got.Guessed || got.Currency != "USD" {
			t.Errorf("%s: %+v costs %+v, want %+v", c.name, got, got.Cost(1), want)
		}
	}
}

func TestATerritoryFallsUnderACountryWithAListOfItsOwn(t *testing.T) {
	t.Parallel()
	for territory, want := range map[string]string{"PR": "US", "GU": "US", "JE": "GB", "DE": "", "US": "", "": ""} {
		got := price.List(territory)
		if got != want || price.List(got) != "" {
			t.Errorf("List(%q) = %q, which falls under %q; want %q", territory, got, price.List(got), want)
		}
	}
}
