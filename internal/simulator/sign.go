package simulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// signV2 is Plivo's second signature: the address without query and fragment,
// byte for byte as the customer wrote it, then the nonce with nothing between.
// It covers neither query nor body.
func signV2(address, nonce, token string) string {
	return mac(token, bareAddress(address)+nonce)
}

// signV3 is Plivo's third signature, which covers query and form too. For a GET
// params are more query parameters, for a POST they are the form.
func signV3(method, address, nonce, token string, params url.Values) string {
	base := bareAddress(address)
	query := queryOf(address)
	if method == http.MethodGet {
		for key, values := range params {
			query[key] = append(query[key], values...)
		}
		if len(query) > 0 {
			base += "?" + sortedPairs(query, "=", "&")
		}
		return mac(token, base+"."+nonce)
	}
	if len(query) > 0 || len(params) > 0 {
		base += "?" + sortedPairs(query, "=", "&")
		if len(query) > 0 && len(params) > 0 {
			base += "."
		}
		base += sortedPairs(params, "", "")
	}
	return mac(token, base+"."+nonce)
}

func mac(token, text string) string {
	h := hmac.New(sha256.New, []byte(token))
	h.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}

func bareAddress(address string) string {
	if i := strings.IndexAny(address, "?#"); i >= 0 {
		return address[:i]
	}
	return address
}

func queryOf(address string) url.Values {
	u, err := url.Parse(address)
	if err != nil {
		return url.Values{}
	}
	return u.Query()
}

// sortedPairs writes the parameters in the byte order of their keys, repeated
// ones in the order of their values.
func sortedPairs(values url.Values, equals, between string) string {
	keys := make([]string, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	var b strings.Builder
	first := true
	for _, key := range keys {
		sorted := slices.Sorted(slices.Values(values[key]))
		for _, value := range sorted {
			if !first {
				b.WriteString(between)
			}
			first = false
			b.WriteString(key + equals + value)
		}
	}
	return b.String()
}

// signatureHeaders signs one webhook request. Each of them gets its own nonce.
func (s *Simulator) signatureHeaders(h http.Header, method, address string, params url.Values, f CallbackFault) {
	token, main := s.cfg.AuthToken, s.cfg.MainAuthToken
	if f == CallbackWrongSignature {
		token, main = token+"x", main+"x"
	}
	nonce := s.nonce()
	own, mas := signV2(address, nonce, token), signV2(address, nonce, main)
	if f == CallbackDoubleSignature { // as during the rotation of a token
		own = signV2(address, nonce, "the token before") + "," + own
		mas = signV2(address, nonce, "the token before") + "," + mas
	}
	h.Set("X-Plivo-Signature-V2", own)
	h.Set("X-Plivo-Signature-V2-Nonce", nonce)
	h.Set("X-Plivo-Signature-Ma-V2", mas)
	if s.cfg.NoV3 {
		return
	}
	nonce = s.nonce()
	own, mas = signV3(method, address, nonce, token, params), signV3(method, address, nonce, main, params)
	if f == CallbackDoubleSignature {
		own = signV3(method, address, nonce, "the token before", params) + "," + own
		mas = signV3(method, address, nonce, "the token before", params) + "," + mas
	}
	h.Set("X-Plivo-Signature-V3", own)
	h.Set("X-Plivo-Signature-V3-Nonce", nonce)
	h.Set("X-Plivo-Signature-Ma-V3", mas)
}
