package plivo

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	sdk "github.com/plivo/plivo-go/v7"
	"pgregory.net/rapid"
)

const callToken = "Y2Q2ZDgxZmY5YWRiOTI5YmQ1Njg0MTAxZWIyOTc4"

// callFields are the fields of the vectors that Plivo's SDKs share.
func callFields() url.Values {
	f := url.Values{}
	for k, v := range map[string]string{
		"Direction": "outbound", "From": "19792014278", "ALegUUID": "3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36",
		"CallStatus": "in-progress", "BillRate": "0.002", "ParentAuthID": "MANWVLYTK4ZWU1YTY4QA",
		"To":              "sip:PlivoSignature382029104058171078704104@phone-qa.voice.plivodev.com",
		"ALegRequestUUID": "3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36", "CallUUID": "3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36",
		"RequestUUID": "3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36", "SIP-H-To": "<sip:PlivoSignature382029104058171078704104@52.9.11.55;transport=udp>;tag=1",
		"SessionStart": "2020-04-08 11:34:33.238707", "Event": "StartApp",
	} {
		f.Set(k, v)
	}
	return f
}

func textFields() url.Values {
	return url.Values{"From": {"+14150000001"}, "To": {"+14150000002"}, "Text": {"test"}, "Type": {"sms"},
		"MessageUUID": {"11111111-2222-3333-4444-555555555555"}}
}

type vector struct {
	method, url, nonce, token string
	form                      url.Values
	version, signature        string
}

func (v vector) headers() http.Header {
	h := http.Header{}
	h.Set("X-Plivo-Signature-"+v.version, v.signature)
	h.Set("X-Plivo-Signature-"+strings.TrimPrefix(v.version, "Ma-")+"-Nonce", v.nonce)
	return h
}

func vectors() map[string]vector {
	const callURL = "https://plivobin.non-prod.plivops.com/api/v1/validate_signature03.xml"
	const callNonce = "31627761595286130198"
	return map[string]vector{
		"V2 of the SDKs":      {"POST", "https://answer.url", "12345", "my_auth_token", nil, "V2", "ehV3IKhLysWBxC1sy8INm0qGoQYdYsHwuoKjsX7FsXc="},
		"V2 main account":     {"POST", "https://answer.url", "12345", "my_auth_token", nil, "Ma-V2", "ehV3IKhLysWBxC1sy8INm0qGoQYdYsHwuoKjsX7FsXc="},
		"V2 leaves the query": {"POST", "https://answer.url?a=b#c", "12345", "my_auth_token", nil, "V2", "ehV3IKhLysWBxC1sy8INm0qGoQYdYsHwuoKjsX7FsXc="},
		"V3 POST and query":   {"POST", callURL + "/?a=b&c=d", callNonce, callToken, callFields(), "V3", "k7Pusd4OxCIjR5IfA9iedDNu/h/gbdYqdzG/MiYtd1c="},
		"V3 GET and query":    {"GET", callURL + "/?a=b&c=d", callNonce, callToken, callFields(), "V3", "UBq8jAtd32wR8EK9VgxbBn4n5rpI/l1H9iN4WfSEHFQ="},
		"V3 POST":             {"POST", callURL, callNonce, callToken, callFields(), "V3", "iAjE5QqI37mbkYe4w3jTMudqEzbDufdqi7sYwTu64e0="},
		"V3 GET":              {"GET", callURL, callNonce, callToken, callFields(), "V3", "i/MQsaQSAd6fiKhOh2qeeeLHZ9faldADSb3/7+Akfbc="},
		"V3 text":             {"POST", "https://example.com/plivo/inbound", "f4b1c2d3e5", "FAKE_AUTH_TOKEN_1234567890", textFields(), "V3", "BsYEsmZvb8pj7+RQtDfliZnZKIBlAmvq4t8a3d6MkXU="},
		"V3 main account":     {"POST", "https://example.com/plivo/inbound", "f4b1c2d3e5", "FAKE_AUTH_TOKEN_1234567890", textFields(), "Ma-V3", "BsYEsmZvb8pj7+RQtDfliZnZKIBlAmvq4t8a3d6MkXU="},
		"V2 text":             {"POST", "https://example.com/plivo/inbound", "v2nonce123", "FAKE_AUTH_TOKEN_1234567890", textFields(), "V2", "11SrlUsMnaVucWWYpH2WykVm2JxMFLOQfuRZxoH0Qf0="},
	}
}

func TestVerifyAcceptsPlivosVectors(t *testing.T) {
	t.Parallel()
	for name, v := range vectors() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			proof, err := NewVerifier("old-token", v.token).Verify(v.method, v.url, v.headers(), v.form)
			if err != nil {
				t.Fatal(err)
			}
			if proof.Nonce != v.nonce || proof.BodySigned != strings.HasSuffix(v.version, "V3") {
				t.Errorf("proof %+v", proof)
			}
			list := v.headers()
			list.Set("X-Plivo-Signature-"+v.version, "AAAA, "+v.signature)
			if _, err := NewVerifier(v.token).Verify(v.method, v.url, list, v.form); err != nil {
				t.Errorf("second of a list: %v", err)
			}
		})
	}
}

func TestVerifyRefusesEveryChange(t *testing.T) {
	t.Parallel()
	for name, v := range vectors() {
		changes := map[string]func(*vector){
			"token":  func(v *vector) { v.token += "s" },
			"nonce":  func(v *vector) { v.nonce += "6" },
			"scheme": func(v *vector) { v.url = strings.Replace(v.url, "https:", "http:", 1) },
			"host":   func(v *vector) { v.url = strings.Replace(v.url, "https://", "https://evil.", 1) },
			"port": func(v *vector) {
				v.url = strings.Replace(v.url, ".url", ".url:443", 1)
				v.url = strings.Replace(v.url, ".com/", ".com:443/", 1)
			},
			"signature": func(v *vector) { v.signature = "A" + v.signature[1:] },
			"shortened": func(v *vector) { v.signature = v.signature[:10] },
		}
		if strings.HasSuffix(v.version, "V3") {
			changes["field"] = func(v *vector) { v.form.Set("From", "12125550123") }
			changes["more"] = func(v *vector) { v.form.Set("Zzz", "1") }
			changes["less"] = func(v *vector) { v.form.Del("To") }
			changes["doubled"] = func(v *vector) { v.form.Add("From", "12125550123") }
		}
		for what, change := range changes {
			changed := v
			changed.form = url.Values{}
			for k, vs := range v.form {
				changed.form[k] = append([]string(nil), vs...)
			}
			change(&changed)
			if _, err := NewVerifier(changed.token).Verify(changed.method, changed.url, changed.headers(), changed.form); !errors.Is(err, ErrBadSignature) {
				t.Errorf("%s, other %s: %v", name, what, err)
			}
		}
	}
}

func TestVerifyFailsClosed(t *testing.T) {
	t.Parallel()
	v := vectors()["V2 of the SDKs"]
	// What anybody can compute when the token is unset.
	emptyKey := v
	emptyKey.signature = sdk.ComputeSignatureV2("", v.url, v.nonce)
	noNonce := v.headers()
	noNonce.Del("X-Plivo-Signature-V2-Nonce")
	tests := map[string]struct {
		verifier *Verifier
		url      string
		h        http.Header
		want     error
	}{
		"no verifier":     {nil, v.url, v.headers(), ErrNoToken},
		"zero verifier":   {&Verifier{}, v.url, v.headers(), ErrNoToken},
		"no token":        {NewVerifier(), v.url, emptyKey.headers(), ErrNoToken},
		"empty token":     {NewVerifier("", ""), v.url, emptyKey.headers(), ErrNoToken},
		"empty among":     {NewVerifier("", "other"), v.url, emptyKey.headers(), ErrBadSignature},
		"no headers":      {NewVerifier(v.token), v.url, nil, ErrNoSignature},
		"no nonce":        {NewVerifier(v.token), v.url, noNonce, ErrNoSignature},
		"empty address":   {NewVerifier(v.token), "", v.headers(), ErrMalformedAddr},
		"relative":        {NewVerifier(v.token), "/webhooks", v.headers(), ErrMalformedAddr},
		"broken query":    {NewVerifier(v.token), v.url + "?a=%zz", v.headers(), ErrMalformedAddr},
		"broken path":     {NewVerifier(v.token), "https://x/%zz", v.headers(), ErrBadSignature},
		"broken port":     {NewVerifier(v.token), "http://x:port/", v.headers(), ErrBadSignature},
		"old SHA-1 alone": {NewVerifier(v.token), v.url, http.Header{"X-Plivo-Signature": {"EJEt0ELanhr8hjMPIJnLNLex0dE="}}, ErrNoSignature},
	}
	for name, tt := range tests {
		if proof, err := tt.verifier.Verify("POST", tt.url, tt.h, nil); !errors.Is(err, tt.want) || proof != (Proof{}) {
			t.Errorf("%s: %+v, %v; want %v", name, proof, err, tt.want)
		}
	}
}

func TestTheSignatureThatCoversTheBodyDecidesOnceItWasRight(t *testing.T) {
	t.Parallel()
	v3, v2 := vectors()["V3 text"], vectors()["V2 text"]
	both := v3.headers()
	for k, vs := range v2.headers() {
		both[k] = vs
	}
	verifier := NewVerifier(v3.token)
	strange := both.Clone()
	strange.Set("X-Plivo-Signature-V3", "made another way")
	if p, err := verifier.Verify("POST", v3.url, strange, v3.form); err != nil || p.BodySigned || p.Nonce != v2.nonce {
		t.Errorf("V3 as nobody knows it: %+v, %v; want V2 to count", p, err)
	}
	if p, err := verifier.Verify("POST", v3.url, both, v3.form); err != nil || !p.BodySigned || p.Nonce != v3.nonce {
		t.Errorf("both: %+v, %v", p, err)
	}
	forged := textFields()
	forged.Set("Text", "START")
	if p, err := verifier.Verify("POST", v3.url, both, forged); !errors.Is(err, ErrBadSignature) {
		t.Errorf("forged body: %+v, %v; want it refused though V2 would let it pass", p, err)
	}
}

// TestVerifyAgreesWithTheSDK holds where Plivo's own SDKs agree with each other.
func TestVerifyAgreesWithTheSDK(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fields := rapid.MapOfN(rapid.StringMatching(`[A-Za-z_]{1,8}`), rapid.StringMatching(`[ -~é世]{0,12}`), 0, 6).Draw(t, "fields")
		form := url.Values{}
		for k, v := range fields {
			form.Set(k, v)
		}
		addr := "https://" + rapid.StringMatching(`[a-zA-Z]{1,8}\.example(:[1-9][0-9]{2,3})?(/[a-z0-9_-]{0,6}){0,3}`).Draw(t, "address")
		token := rapid.StringMatching(`[A-Za-z0-9]{1,40}`).Draw(t, "token")
		nonce := rapid.StringMatching(`[0-9]{1,20}`).Draw(t, "nonce")
		for version, sig := range map[string]string{
			"V3": sdk.ComputeSignatureV3(token, addr, "POST", nonce, fields),
			"V2": sdk.ComputeSignatureV2(token, addr, nonce),
		} {
			v := vector{"POST", addr, nonce, token, form, version, sig}
			if _, err := NewVerifier(token).Verify("POST", addr, v.headers(), form); err != nil {
				t.Fatalf("%s: %v", version, err)
			}
		}
	})
}

func FuzzVerify(f *testing.F) {
	for _, v := range vectors() {
		f.Add(v.method, v.url, v.signature, v.nonce, v.form.Encode(), v.token)
	}
	f.Add("GET", "https://x/%zz?%zz", ",,", "", "%zz&a=b;c", "")
	f.Fuzz(func(t *testing.T, method, addr, sig, nonce, body, token string) {
		form, _ := url.ParseQuery(body)
		h := http.Header{}
		for _, version := range []string{"V2", "V3", "Ma-V2", "Ma-V3"} {
			h.Set("X-Plivo-Signature-"+version, sig)
			h.Set("X-Plivo-Signature-"+version+"-Nonce", nonce)
		}
		_, err := NewVerifier(token).Verify(method, addr, h, form)
		if err == nil && (token == "" || nonce == "" || len(sig) < 44) {
			t.Errorf("accepted without a secret: token %q nonce %q signature %q", token, nonce, sig)
		}
		if _, err := NewVerifier("another "+token).Verify(method, addr, h, form); err == nil {
			t.Error("accepted with another token")
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	v := vectors()["V3 text"]
	verifier, h := NewVerifier(v.token), v.headers()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := verifier.Verify("POST", v.url, h, v.form); err != nil {
			b.Fatal(err)
		}
	}
}
