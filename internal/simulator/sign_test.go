package simulator

import (
	"net/url"
	"testing"
)

// The call fields of the vectors that Plivo's own libraries test with.
func callFields() url.Values {
	return url.Values{
		"Direction": {"outbound"}, "From": {"19792014278"}, "ALegUUID": {"3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36"},
		"CallStatus": {"in-progress"}, "BillRate": {"0.002"}, "ParentAuthID": {"MANWVLYTK4ZWU1YTY4QA"},
		"To":              {"sip:PlivoSignature382029104058171078704104@phone-qa.voice.plivodev.com"},
		"ALegRequestUUID": {"3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36"}, "CallUUID": {"3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36"},
		"RequestUUID":  {"3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36"},
		"SIP-H-To":     {"<sip:PlivoSignature382029104058171078704104@52.9.11.55;transport=udp>;tag=1"},
		"SessionStart": {"2020-04-08 11:34:33.238707"}, "Event": {"StartApp"},
	}
}

func TestSignaturesMatchPublishedVectors(t *testing.T) {
	t.Parallel()
	const (
		page  = "https://plivobin.non-prod.plivops.com/api/v1/validate_signature03.xml"
		token = "Y2Q2ZDgxZmY5YWRiOTI5YmQ1Njg0MTAxZWIyOTc4"
		nonce = "31627761595286130198"
	)
	sms := url.Values{"From": {"+14150000001"}, "To": {"+14150000002"}, "Text": {"test"}, "Type": {"sms"},
		"MessageUUID": {"11111111-2222-3333-4444-555555555555"}}
	cases := []struct {
		name, got, want string
	}{
		{"V2", signV2("https://answer.url", "12345", "my_auth_token"), "ehV3IKhLysWBxC1sy8INm0qGoQYdYsHwuoKjsX7FsXc="},
		{"V2 of a text", signV2("https://example.com/plivo/inbound", "v2nonce123", "FAKE_AUTH_TOKEN_1234567890"), "11SrlUsMnaVucWWYpH2WykVm2JxMFLOQfuRZxoH0Qf0="},
		{"V3 POST with query", signV3("POST", page+"/?a=b&c=d", nonce, token, callFields()), "k7Pusd4OxCIjR5IfA9iedDNu/h/gbdYqdzG/MiYtd1c="},
		{"V3 GET with query", signV3("GET", page+"/?a=b&c=d", nonce, token, callFields()), "UBq8jAtd32wR8EK9VgxbBn4n5rpI/l1H9iN4WfSEHFQ="},
		{"V3 POST", signV3("POST", page, nonce, token, callFields()), "iAjE5QqI37mbkYe4w3jTMudqEzbDufdqi7sYwTu64e0="},
		{"V3 GET", signV3("GET", page, nonce, token, callFields()), "i/MQsaQSAd6fiKhOh2qeeeLHZ9faldADSb3/7+Akfbc="},
		{"V3 of a text", signV3("POST", "https://example.com/plivo/inbound", "f4b1c2d3e5", "FAKE_AUTH_TOKEN_1234567890", sms), "BsYEsmZvb8pj7+RQtDfliZnZKIBlAmvq4t8a3d6MkXU="},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
		}
	}
}

func TestSignatureCoversWhatItShould(t *testing.T) {
	t.Parallel()
	v2 := signV2("https://app.test:8443/s/abc", "1", "t")
	for name, c := range map[string]struct {
		got  string
		same bool
	}{
		"query and fragment are left out": {signV2("https://app.test:8443/s/abc?x=1#y", "1", "t"), true},
		"another path":                    {signV2("https://app.test:8443/s/abd", "1", "t"), false},
		"another port":                    {signV2("https://app.test/s/abc", "1", "t"), false},
		"another scheme":                  {signV2("http://app.test:8443/s/abc", "1", "t"), false},
		"another nonce":                   {signV2("https://app.test:8443/s/abc", "2", "t"), false},
		"another token":                   {signV2("https://app.test:8443/s/abc", "1", "u"), false},
	} {
		if (c.got == v2) != c.same {
			t.Errorf("V2, %s", name)
		}
	}
	form := url.Values{"Status": {"sent"}}
	v3 := signV3("POST", "https://app.test/s", "1", "t", form)
	if v3 == signV3("POST", "https://app.test/s", "1", "t", url.Values{"Status": {"delivered"}}) {
		t.Error("V3 does not cover the form")
	}
	if v3 == signV3("POST", "https://app.test/s?a=1", "1", "t", form) {
		t.Error("V3 does not cover the query")
	}
}

func TestRepeatedParametersAreSignedInTheOrderOfTheirValues(t *testing.T) {
	t.Parallel()
	a := signV3("POST", "https://app.test/s", "1", "t", url.Values{"k": {"b", "a"}})
	b := signV3("POST", "https://app.test/s", "1", "t", url.Values{"k": {"a", "b"}})
	if a != b {
		t.Error("the order of repeated values matters")
	}
}
