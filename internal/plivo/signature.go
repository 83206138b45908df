package plivo

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"hash"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// What Verify refuses. All of them mean 403.
var (
	ErrNoToken       = errors.New("plivo: no auth token is set, so no webhook can be verified; set PLIVO_AUTH_TOKEN")
	ErrNoSignature   = errors.New("plivo: the webhook carries no usable signature header")
	ErrBadSignature  = errors.New("plivo: the webhook's signature does not match; check that TIDINGS_PUBLIC_URL is the address that Plivo calls and that the auth token is current")
	ErrMalformedAddr = errors.New("plivo: the signed address is not a URL")
)

const (
	maxSignatures = 8 // a header lists several while a token is rotated
	maxNonce      = 128
)

// Verifier checks the signatures of webhooks. The zero value and one without a
// token refuse everything.
type Verifier struct {
	macs  []*sync.Pool // of HMACs, one for each token: making one costs as much as using it
	newer atomic.Bool  // a V3 signature was right once
}

// NewVerifier takes every token that may sign: the account's, those of its
// sub-accounts, and the old one while a token is rotated. Empty ones are
// dropped, because an empty key would accept what anybody can compute.
func NewVerifier(tokens ...string) *Verifier {
	v := &Verifier{}
	for _, t := range tokens {
		if t != "" {
			v.macs = append(v.macs, &sync.Pool{New: func() any { return hmac.New(sha256.New, []byte(t)) }})
		}
	}
	return v
}

// Proof says how far a valid signature goes.
type Proof struct {
	// BodySigned is true where the fields were signed too (V3). A V2 signature
	// covers the address alone, so whoever saw its headers once can attach
	// other fields to them.
	BodySigned bool
	// Nonce of the signature; it is not promised to change on a retry.
	Nonce string
}

// Verify checks the headers of a webhook against the public address that Plivo
// was given, byte for byte; never build it from the Host header. form holds the
// fields of the body (http.Request.PostForm), for GET extra parameters. V3 is tried
// first, then V2. Once a V3 signature was right, one that is wrong is refused although
// V2, which does not cover the fields, is right; before, it may be Plivo that makes V3
// another way for texts, for which it documents V2 alone.
func (v *Verifier) Verify(method, rawURL string, h http.Header, form url.Values) (Proof, error) {
	if v == nil || len(v.macs) == 0 {
		return Proof{}, ErrNoToken
	}
	base, query, err := splitAddress(rawURL)
	if err != nil {
		return Proof{}, err
	}
	seen := false
	text := make([]byte, 0, 1024) // a webhook's is about 600 long
	if nonce, sigs := signatures(h, "V3"); len(sigs) > 0 {
		text = append(append(appendV3(text, method, base, query, form), '.'), nonce...)
		switch {
		case v.signed(text, sigs):
			if !v.newer.Load() {
				v.newer.Store(true)
			}
			return Proof{BodySigned: true, Nonce: nonce}, nil
		case v.newer.Load():
			return Proof{}, ErrBadSignature
		}
		seen = true
	}
	nonce, sigs := signatures(h, "V2")
	switch {
	case len(sigs) > 0 && v.signed(append(append(text[:0], base...), nonce...), sigs):
		return Proof{Nonce: nonce}, nil
	case len(sigs) > 0 || seen:
		return Proof{}, ErrBadSignature
	}
	return Proof{}, ErrNoSignature
}

// signatures collects one version's nonce and the signatures made with it, the
// sub-account's and the main account's ("Ma").
func signatures(h http.Header, version string) (nonce string, sigs []string) {
	nonce = h.Get("X-Plivo-Signature-" + version + "-Nonce")
	if nonce == "" || len(nonce) > maxNonce {
		return "", nil
	}
	for _, name := range []string{"X-Plivo-Signature-" + version, "X-Plivo-Signature-Ma-" + version} {
		for _, line := range h.Values(name) {
			for part := range strings.SplitSeq(line, ",") {
				if part = strings.TrimSpace(part); part != "" && len(sigs) < maxSignatures {
					sigs = append(sigs, part)
				}
			}
		}
	}
	return nonce, sigs
}

func (v *Verifier) signed(text []byte, sigs []string) bool {
	ok := false
	var sum [sha256.Size]byte
	var code [44]byte // sum in base64
	for _, macs := range v.macs {
		mac := macs.Get().(hash.Hash)
		mac.Reset()
		mac.Write(text)
		want := base64.StdEncoding.AppendEncode(code[:0], mac.Sum(sum[:0]))
		macs.Put(mac)
		for _, s := range sigs {
			if hmac.Equal(want, []byte(s)) {
				ok = true
			}
		}
	}
	return ok
}

// splitAddress cuts the signed part (scheme, host, port, path) from the query.
// Nothing is decoded or normalised: Plivo's SDKs disagree about that, and our
// webhook paths need none.
func splitAddress(raw string) (base string, query url.Values, err error) {
	raw, _, _ = strings.Cut(raw, "#")
	base, q, _ := strings.Cut(raw, "?")
	if !strings.HasPrefix(base, "https://") && !strings.HasPrefix(base, "http://") {
		return "", nil, ErrMalformedAddr
	}
	if q == "" {
		return base, nil, nil
	}
	if query, err = url.ParseQuery(q); err != nil {
		return "", nil, ErrMalformedAddr
	}
	return base, query, nil
}

// appendV3 adds Plivo's V3 base string without the nonce.
func appendV3(b []byte, method, base string, query, form url.Values) []byte {
	b = append(b, base...)
	if len(query) == 0 && len(form) == 0 {
		return b
	}
	b = append(b, '?')
	if strings.EqualFold(method, http.MethodGet) {
		all := url.Values{}
		for _, src := range []url.Values{query, form} {
			for k, vs := range src {
				all[k] = append(all[k], vs...)
			}
		}
		return appendSorted(b, all, "=", "&")
	}
	b = appendSorted(b, query, "=", "&")
	if len(query) > 0 && len(form) > 0 {
		b = append(b, '.')
	}
	return appendSorted(b, form, "", "")
}

// appendSorted adds keys in byte order, and the values of a repeated key in
// byte order, as the Python and Node SDKs do.
func appendSorted(b []byte, values url.Values, equals, and string) []byte {
	keys := make([]string, 0, maxFields)
	for k := range values {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for i, k := range keys {
		all := values[k]
		if len(all) > 1 {
			all = slices.Sorted(slices.Values(all))
		}
		for j, v := range all {
			if i > 0 || j > 0 {
				b = append(b, and...)
			}
			b = append(b, k...)
			b = append(b, equals...)
			b = append(b, v...)
		}
	}
	return b
}
