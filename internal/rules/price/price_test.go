package price_test

import (
	"testing"

	"tidings/internal/rules/price"
)

func TestCostCountsSegmentsAndKeepsTheWorstApart(t *testing.T) {
	t.Parallel()
	rate := price.Rate{Micros: 5500, SurchargeMicros: 3000, Currency: "USD"}
	for _, c := range []struct {
		segments int64
		want     price.Cost
	}{
		{0, price.Cost{}},
		{-3, price.Cost{}},
		{2, price.Cost{Micros: 11000, Worst: 17000}},
	} {
		if got := rate.Cost(c.segments); got != c.want {
			t.Errorf("Cost(%d) = %+v, want %+v", c.segments, got, c.want)
		}
	}
	if got := rate.Cost(1).Add(rate.Cost(2)); got != rate.Cost(3) {
		t.Errorf("sum of parts = %+v, want %+v", got, rate.Cost(3))
	}
}
