package command

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/plivo"
	"tidings/internal/rules/price"
)

// fakeList tells a price in micros, or what is wrong, by country, and keeps who was asked for.
type fakeList struct {
	prices map[string]int64
	wrong  map[string]error
	asked  []string
}

func (l *fakeList) Price(_ context.Context, country string) (plivo.Price, error) {
	l.asked = append(l.asked, country)
	return plivo.Price{Country: country, OutboundMicros: l.prices[country]}, l.wrong[country]
}

func book(l *fakeList) *priceBook {
	return &priceBook{list: l, log: slog.New(slog.DiscardHandler)}
}

func TestACountryWithoutAPriceHidesNoOthers(t *testing.T) {
	t.Parallel()
	for name, refusal := range map[string]error{
		"a bad request": &plivo.APIError{Status: http.StatusBadRequest}, "not found": &plivo.APIError{Status: http.StatusNotFound}, "an empty list": plivo.ErrNoPrice,
	} {
		l := &fakeList{
			prices: map[string]int64{"US": 5500, "GB": 40_000},
			wrong:  map[string]error{"GU": refusal, "GG": refusal, "ZZ": refusal},
		}
		b := book(l)
		for _, c := range []struct {
			country       string
			micros, worst int64
			guessed       bool
		}{
			{"GU", 5500, 100_000, true}, {"GG", 40_000, 100_000, true}, {"ZZ", 100_000, 500_000, true},
			{"US", 5500, 10_500, false}, {"GB", 40_000, 45_000, false},
		} {
			got := b.Rate(t.Context(), c.country)
			if want := (price.Cost{Micros: c.micros, Worst: c.worst}); got.Cost(1) != want || got.Guessed != c.guessed {
				t.Errorf("%s: %s costs %+v (%+v), want %+v", name, c.country, got.Cost(1), got, want)
			}
		}
		if want := []string{"GU", "US", "GG", "GB", "ZZ"}; !slices.Equal(l.asked, want) {
			t.Errorf("%s: asked for %v, want %v", name, l.asked, want)
		}
	}
}

func TestWhilePlivoIsSilentNothingIsAskedAndWhatWasToldStands(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]error{
		"no answer": context.DeadlineExceeded, "a fault of Plivo's": &plivo.APIError{Status: http.StatusBadGateway},
		"too many calls": &plivo.APIError{Status: http.StatusTooManyRequests}, "a wrong token": &plivo.APIError{Status: http.StatusUnauthorized},
	} {
		synctest.Test(t, func(t *testing.T) {
			l := &fakeList{prices: map[string]int64{"GB": 40_000, "DE": 60_000}, wrong: map[string]error{"FR": trouble}}
			b := book(l)
			b.Rate(t.Context(), "GB")
			time.Sleep(quoteLasts + time.Second)
			if got := b.Rate(t.Context(), "FR"); !got.Guessed || got.Cost(1).Worst < 500_000 {
				t.Errorf("%s: France costs %+v", name, got)
			}
			if got := b.Rate(t.Context(), "DE"); !got.Guessed {
				t.Errorf("%s: Germany was asked for meanwhile: %+v", name, got)
			}
			if got := b.Rate(t.Context(), "GB"); got.Guessed || got.Micros != 40_000 {
				t.Errorf("%s: what was told of Britain is forgotten: %+v", name, got)
			}
			time.Sleep(askAgain + time.Second)
			if got := b.Rate(t.Context(), "DE"); got.Guessed || got.Micros != 60_000 {
				t.Errorf("%s: Germany costs %+v afterwards", name, got)
			}
			if want := []string{"GB", "FR", "DE"}; !slices.Equal(l.asked, want) {
				t.Errorf("%s: asked for %v, want %v", name, l.asked, want)
			}
		})
	}
}

func TestACountryOfWhichOnlyNetworksAreTold(t *testing.T) {
	t.Parallel()
	b := book(&fakeList{})
	b.list = networks{}
	if got := b.Rate(t.Context(), "DE"); got.Guessed || got.Cost(1) != (price.Cost{Micros: 70_000, Worst: 75_000}) {
		t.Errorf("%+v", got)
	}
}

type networks struct{}

func (networks) Price(context.Context, string) (plivo.Price, error) {
	return plivo.Price{Networks: []plivo.NetworkPrice{{Group: "North", Micros: 70_000}, {Group: "South", Micros: 60_000}}}, nil
}

func TestOnlyWhatIsOfACountryIsItsOwnTrouble(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]bool{400: true, 404: true, 422: true, 401: false, 402: false, 403: false, 408: false, 429: false, 500: false, 503: false} {
		if got := ofCountry(&plivo.APIError{Status: status}); got != want {
			t.Errorf("HTTP %d is of the country: %v", status, got)
		}
	}
	if ofCountry(errors.New("no route to host")) || !ofCountry(plivo.ErrNoPrice) {
		t.Error("an error of the network is taken for the country's, or the other way round")
	}
}
