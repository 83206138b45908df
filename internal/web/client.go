package web

import (
	"context"
	"net/http"
)

// clientKey is the context's key for the client's address.
type clientKey struct{}

// WithClient notes the client's address, which only the server around this router
// knows: it is the one that was told which proxy to believe.
func WithClient(r *http.Request, address string) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), clientKey{}, address))
}

func clientOf(r *http.Request) string {
	address, _ := r.Context().Value(clientKey{}).(string)
	return address
}
