package command

import (
	"net/http"
	"net/url"

	"tidings/internal/engine/inbox"
	"tidings/internal/engine/receipt"
	"tidings/internal/plivo"
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
