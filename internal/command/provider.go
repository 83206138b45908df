package command

import (
	"net/http"
	"net/url"
	"strings"

	"tidings/internal/engine/inbox"
	"tidings/internal/engine/receipt"
	"tidings/internal/plivo"
	"tidings/internal/store"
	"tidings/internal/web"
)

// webhooks reads Plivo's webhooks for the front door.
// Texts and receipts have a verifier each: what is known of the signatures of the one
// says nothing of the other.
type webhooks struct{ texts, receipts *plivo.Verifier }

func (w webhooks) Verify(method, address string, h http.Header, form url.Values) (web.Proof, error) {
	v := w.receipts
	if strings.HasSuffix(address, web.InboundPath) {
		v = w.texts
	}
	p, err := v.Verify(method, address, h, form)
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
