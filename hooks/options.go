package hooks

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/ballast"
	"tidings/internal/rules/price"
	"tidings/internal/store"
)

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Standing == nil {
		o.Standing = func(app core.App, org, phoneNumber string) (string, time.Time, error) {
			return store.Standing(app.DB(), org, phoneNumber)
		}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Prices == nil {
		o.Prices = noPrices{}
	}
	if o.Explain == nil {
		o.Explain = func(code string) (meaning, remedy string) { return "error " + code, "" }
	}
	if o.Means == nil {
		o.Means = func(string) store.Consequence { return store.Nothing }
	}
	if o.Space == nil {
		o.Space = ballast.Free
	}
	o.PublicURL = strings.TrimRight(o.PublicURL, "/")
	return o
}

// noPrices estimates nothing where no provider tells prices.
type noPrices struct{}

func (noPrices) Rate(context.Context, string) price.Rate { return price.Rate{Currency: "USD"} }
