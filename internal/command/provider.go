package command

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"tidings/internal/engine/inbox"
	"tidings/internal/engine/receipt"
	"tidings/internal/plivo"
	"tidings/internal/rules/price"
	"tidings/internal/store"
	"tidings/internal/web"
)

// webhooks reads Plivo's webhooks for the front door.
type webhooks struct{ verifier *plivo.Verifier }

func (w webhooks) Verify(method, address string, h http.Header, form url.Values) (web.Proof, error) {
	p, err := w.verifier.Verify(method, address, h, form)
	return web.Proof{BodySigned: p.BodySigned, Nonce: p.Nonce}, err
}

func (webhooks) ParseStatus(form url.Values) (receipt.Event, error) { return plivo.ParseStatus(form) }

func (webhooks) ParseInbound(form url.Values) (inbox.Message, error) { return plivo.ParseInbound(form) }

// explain gives Plivo's error codes in plain words.
func explain(code string) (meaning, remedy string) {
	f := plivo.Explain(code)
	return f.Meaning, f.Remedy
}

// means says what a final error code means for the number.
func means(code string) store.Consequence {
	switch plivo.Explain(code).Suppress {
	case plivo.SuppressAtOnce:
		return store.Invalidate
	case plivo.SuppressOptOut:
		return store.OptOut
	default:
		return store.Nothing
	}
}

// listPrice stands in where Plivo does not tell a price: its list price for a
// long-code text in the United States of 2026, rounded up.
const listPrice = 8000

// surcharge is the dearest fee that carriers of the United States add to a
// registered long-code text; Plivo's price list leaves it out and its message
// records show it.
const surcharge = 5000

// priceBook asks Plivo for a country's price once a day.
type priceBook struct {
	client *plivo.Client
	log    *slog.Logger
	mu     sync.Mutex
	known  map[string]quote
	silent time.Time // Plivo did not answer: nothing is asked before
}

type quote struct {
	price.Rate
	until time.Time
}

const (
	quoteLasts = 24 * time.Hour
	askAgain   = 5 * time.Minute // after Plivo did not answer
	askWithin  = 3 * time.Second
)

func (b *priceBook) Rate(ctx context.Context, country string) price.Rate {
	b.mu.Lock()
	q, ok := b.known[country]
	silent := time.Now().Before(b.silent)
	b.mu.Unlock()
	if ok && time.Now().Before(q.until) {
		return q.Rate
	}
	q = quote{Rate: price.Rate{Micros: listPrice, SurchargeMicros: surcharge, Currency: "USD"}, until: time.Now().Add(askAgain)}
	if silent {
		return q.Rate // an audience in many countries must not wait for each
	}
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	p, err := b.client.Price(ctx, country)
	b.mu.Lock()
	defer b.mu.Unlock()
	if err == nil {
		q.Micros, q.SurchargeMicros = p.OutboundMicros, surcharge+p.MaxOutboundMicros()-p.OutboundMicros
		q.until = time.Now().Add(quoteLasts)
	} else {
		b.silent = time.Now().Add(askAgain)
		b.log.Warn("Plivo did not tell a price; estimates use the list price", "country", country, "error", err)
	}
	if b.known == nil {
		b.known = make(map[string]quote)
	}
	b.known[country] = q
	return q.Rate
}
