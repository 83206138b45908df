package command

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"tidings/internal/plivo"
	"tidings/internal/rules/price"
)

// priceList tells what a country costs.
type priceList interface {
	Price(ctx context.Context, country string) (plivo.Price, error)
}

// priceBook asks Plivo for a country's price once a day.
type priceBook struct {
	list   priceList
	log    *slog.Logger
	mu     sync.Mutex
	known  map[string]quote
	silent time.Time // Plivo did not answer: nothing is asked before
}

// quote is what was answered about a country; no rate where Plivo has none for it.
type quote struct {
	price.Rate
	until time.Time
}

const (
	quoteLasts = 24 * time.Hour
	askAgain   = 5 * time.Minute // after Plivo did not answer, or had no price
	askWithin  = 3 * time.Second
)

// Rate is what Plivo tells of a country, else a guess from what it tells of others.
func (b *priceBook) Rate(ctx context.Context, country string) price.Rate {
	if r, told := b.ask(ctx, country); told {
		return r
	}
	var list price.Rate
	if under := price.List(country); under != "" {
		list, _ = b.ask(ctx, under)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	var dearest int64
	for _, q := range b.known {
		dearest = max(dearest, q.Micros+q.SurchargeMicros)
	}
	return price.Guess(country, list, dearest)
}

// ask gives the price that Plivo tells of a country, if it tells one. An older one
// stands in while Plivo does not answer.
func (b *priceBook) ask(ctx context.Context, country string) (_ price.Rate, told bool) {
	b.mu.Lock()
	q, asked := b.known[country]
	silent := time.Now().Before(b.silent)
	b.mu.Unlock()
	// An audience in many countries must not wait for each while Plivo is silent.
	if silent || asked && time.Now().Before(q.until) {
		return q.Rate, q.Micros > 0
	}
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	p, err := b.list.Price(ctx, country)
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case err == nil:
		most := p.MaxOutboundMicros()
		usual := cmp.Or(p.OutboundMicros, most) // of some countries only the networks are told
		q = quote{
			price.Rate{Micros: usual, SurchargeMicros: price.SurchargeMicros + most - usual, Currency: "USD"},
			time.Now().Add(quoteLasts),
		}
	case ofCountry(err):
		b.log.Warn("Plivo has no price for a country; estimates guess it", "country", country, "error", err)
		q = quote{until: time.Now().Add(askAgain)}
	default:
		b.log.Warn("Plivo does not tell prices; estimates guess them", "country", country, "error", err)
		b.silent = time.Now().Add(askAgain)
		return q.Rate, q.Micros > 0
	}
	if b.known == nil {
		b.known = make(map[string]quote)
	}
	b.known[country] = q
	return q.Rate, q.Micros > 0
}

// ofCountry says that an error is about the country that was asked for, so that
// others can still be asked for. The account's own troubles, too many calls and
// no answer at all are about all of them.
func ofCountry(err error) bool {
	if errors.Is(err, plivo.ErrNoPrice) {
		return true
	}
	var refused *plivo.APIError
	if !errors.As(err, &refused) || refused.Status/100 != 4 {
		return false
	}
	switch refused.Status {
	case http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusForbidden, http.StatusRequestTimeout, http.StatusTooManyRequests:
		return false
	}
	return true
}
