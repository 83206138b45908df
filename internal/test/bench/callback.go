package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/url"
	"strconv"
)

// stages are what a provider says of a text that arrives.
var stages = []string{"queued", "sent", "delivered"}

// signedCallback is the whole HTTP request of one status callback with the
// fields and the V3 signature of Plivo's, ready to be written to a connection to
// the host that it is for.
func signedCallback(text callbackOf, stage int, token string) (request []byte, host string, err error) {
	at, err := url.Parse(text.url)
	if err != nil {
		return nil, "", err
	}
	const moment = "2026-03-03 16:00:00.000000"
	sent, report, mcc, mnc, code := "", "", "", "", ""
	if stage > 0 {
		sent, mcc, mnc = moment, "310", "260"
	}
	if stage > 1 {
		report, code = moment, "000"
	}
	fields := [...][2]string{ // in the order of their names, as the signature needs them
		{"DeliveryReportTime", report}, {"ErrorCode", code}, {"From", senderNumber}, {"MCC", mcc}, {"MNC", mnc},
		{"MessageTime", moment}, {"MessageUUID", text.uuid}, {"ParentMessageUUID", text.uuid}, {"PartInfo", "1 of 1"},
		{"PowerpackUUID", ""}, {"QueuedTime", moment}, {"SentTime", sent}, {"Sequence", strconv.Itoa(stage + 1)},
		{"Status", stages[stage]}, {"To", text.to}, {"TotalAmount", "0.00550"}, {"TotalRate", "0.00550"},
		{"Type", "sms"}, {"Units", "1"},
	}
	nonce := text.uuid[len(text.uuid)-12:] + strconv.Itoa(stage)
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte(text.url + "?"))
	var body bytes.Buffer
	for i, f := range fields {
		mac.Write([]byte(f[0] + f[1]))
		if i > 0 {
			body.WriteByte('&')
		}
		body.WriteString(f[0] + "=" + url.QueryEscape(f[1]))
	}
	mac.Write([]byte("." + nonce))
	var b bytes.Buffer
	fmt.Fprintf(&b, "POST %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: plivo\r\nContent-Type: application/x-www-form-urlencoded\r\n"+
		"X-Plivo-Signature-V3: %s\r\nX-Plivo-Signature-V3-Nonce: %s\r\nContent-Length: %d\r\n\r\n",
		at.EscapedPath(), at.Host, base64.StdEncoding.EncodeToString(mac.Sum(nil)), nonce, body.Len())
	b.Write(body.Bytes())
	return b.Bytes(), at.Host, nil
}
