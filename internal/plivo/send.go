package plivo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"regexp"
	"sync/atomic"
	"time"

	sdk "github.com/plivo/plivo-go/v7"

	"tidings/internal/engine/dispatch"
	"tidings/internal/failpoint"
)

var _ dispatch.Provider = (*Client)(nil)

// Plivo accepts a message_expiry of 5 to 10,799 seconds.
const (
	minExpiry = 5 * time.Second
	maxExpiry = 10799 * time.Second
)

// Send posts one text and reports what is proven about it:
//
//	Accepted   a 2xx answer with the id of the message
//	Rejected   a 4xx answer, or a text that was refused before any byte left
//	Throttled  429
//	NotSent    an error before the request was written
//	Unknown    everything else: a cut or late answer, 5xx, 2xx without an id
//
// It never tries twice. t.Started is called exactly once.
func (c *Client) Send(ctx context.Context, t dispatch.Text) dispatch.Reply {
	a := &attempt{started: t.Started}
	defer a.release()

	if reply, ok := refuse(t); ok {
		return reply
	}
	body, err := bodyOf(t)
	if err != nil {
		return dispatch.Reply{Outcome: dispatch.NotSent, Detail: detail(err.Error())}
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	if err := ctx.Err(); err != nil {
		return dispatch.Reply{Outcome: dispatch.NotSent, Detail: err.Error()}
	}
	trace := a.trace()
	if failpoint.Enabled {
		headers := trace.WroteHeaders
		trace.WroteHeaders = func() { headers(); failpoint.Hit(failpoint.SendHeaders) }
		trace.WroteRequest = func(httptrace.WroteRequestInfo) { failpoint.Hit(failpoint.SendWritten) }
	}
	req := c.message.WithContext(httptrace.WithClientTrace(ctx, trace))
	req.Body, req.ContentLength = io.NopCloser(body), int64(body.Len())
	if !isE164(t.To) {
		return badNumber()
	}
	failpoint.Hit(failpoint.SendConnect)
	resp, err := c.http.Do(req)
	if err != nil {
		return c.broken(a, err)
	}
	failpoint.Hit(failpoint.SendAnswered)
	defer resp.Body.Close()
	return judge(t, readAnswer(resp))
}

// attempt remembers whether bytes may have left and lets a waiting STOP go on.
// Both are told on the transport's goroutine.
type attempt struct {
	watched  atomic.Bool // the connection tells
	wrote    atomic.Bool
	released atomic.Bool
	started  func()
}

func (a *attempt) release() {
	if a.released.CompareAndSwap(false, true) && a.started != nil {
		a.started()
	}
}

// broken judges a call that brought no answer.
func (c *Client) broken(a *attempt, err error) dispatch.Reply {
	var ue *url.Error
	if errors.As(err, &ue) { // its text repeats the address with the auth id
		err = ue.Err
	}
	outcome := dispatch.Unknown
	var op *net.OpError
	switch {
	case a.wrote.Load():
	case c.traced, errors.As(err, &op) && op.Op == "dial":
		outcome = dispatch.NotSent
	}
	return dispatch.Reply{Outcome: outcome, Detail: detail(err.Error())}
}

// refuse stops a text that Plivo would misread, before a connection is used.
func refuse(t dispatch.Text) (dispatch.Reply, bool) {
	switch {
	case !isE164(t.To):
		return badNumber(), true
	case (t.Source == "") == (t.PowerpackUUID == ""):
		return dispatch.Reply{Outcome: dispatch.Rejected, Code: codeSource, Class: dispatch.WholeSender,
			Detail: "give the text either a sender number or a powerpack"}, true
	case t.Body == "":
		return dispatch.Reply{Outcome: dispatch.Rejected, Code: "10", Class: dispatch.WholeText, Detail: "the text is empty"}, true
	}
	return dispatch.Reply{}, false
}

func badNumber() dispatch.Reply {
	return dispatch.Reply{Outcome: dispatch.Rejected, Code: codeNumber,
		Detail: "the destination is not one number in international form"}
}

// bodyOf writes a text as plivo-go does.
func bodyOf(t dispatch.Text) (*bytes.Buffer, error) {
	b := bytes.NewBuffer(make([]byte, 0, 512)) // most texts fit
	return b, json.NewEncoder(b).Encode(params(t))
}

func params(t dispatch.Text) sdk.MessageCreateParams {
	p := sdk.MessageCreateParams{
		Src:           t.Source,
		PowerpackUUID: t.PowerpackUUID,
		Dst:           t.To,
		Text:          t.Body,
		Type:          sdk.SMS,
		URL:           t.CallbackURL,
	}
	if t.CallbackURL != "" {
		p.Method = http.MethodPost
	}
	if t.Expiry != 0 {
		p.MessageExpiry = int(min(max(t.Expiry, minExpiry), maxExpiry) / time.Second)
	}
	return p
}

// Codes of our own replies. They are Plivo's where Plivo has one for the case.
const (
	codeSource       = "40"
	codeNumber       = "50"
	codeCountry      = "450"
	codeCredit       = "900"
	codeUnauthorized = "401"
	codeForbidden    = "403"
)

// judge turns an answer into what it proves.
func judge(t dispatch.Text, a answer) dispatch.Reply {
	switch s := a.status; {
	case s == http.StatusTooManyRequests:
		return dispatch.Reply{Outcome: dispatch.Throttled, Detail: a.detail(), RetryAfter: a.retryAfter}
	case s/100 == 2 && a.uuid() != "":
		return dispatch.Reply{Outcome: dispatch.Accepted, UUID: a.uuid()}
	case s/100 == 2 && a.readable && len(a.body.InvalidNumber) > 0:
		return dispatch.Reply{Outcome: dispatch.Rejected, Code: codeNumber, Detail: "the provider calls the number invalid"}
	case s/100 == 4 && s != http.StatusRequestTimeout && s != 499: // 499: a proxy lost patience, the request went on
		return refusal(t, a)
	case s == http.StatusMovedPermanently, s == http.StatusTemporaryRedirect, s == http.StatusPermanentRedirect:
		// "Ask elsewhere" means that this server did nothing. 302 and 303 may
		// follow a finished POST and stay unknown.
		return dispatch.Reply{Outcome: dispatch.Rejected, Code: httpCode(s), Class: dispatch.WholeAccount,
			Detail: "the API address answers with a redirect; set it to the final address"}
	}
	return dispatch.Reply{Outcome: dispatch.Unknown, Detail: a.detail()}
}

// senderWord tells that a 400 is about who sends.
var senderWord = regexp.MustCompile(`(?i)\b(src|powerpack(_uuid)?|caller ?id)\b`)

// refusal finds the code of a 4xx answer. Plivo gives free text and no code.
func refusal(t dispatch.Text, a answer) dispatch.Reply {
	// Plivo does not say what it minds. If texts fail for it one after the other, it is the text.
	r := dispatch.Reply{Outcome: dispatch.Rejected, Code: httpCode(a.status), Class: dispatch.WholeText, Detail: a.detail()}
	words := a.words()
	switch {
	case a.status == http.StatusUnauthorized:
		r.Code, r.Class = codeUnauthorized, dispatch.WholeAccount
	case a.status == http.StatusPaymentRequired, has(words, "insufficientcredit", "insufficientbalance", "insufficientfunds"):
		r.Code, r.Class = codeCredit, dispatch.WholeAccount
	case a.status == http.StatusForbidden && has(words, "geo", "countr", "region"):
		r.Code, r.Class = codeCountry, dispatch.WholeCountry
	case a.status == http.StatusForbidden:
		r.Code, r.Class = codeForbidden, dispatch.WholeAccount
	case a.status == http.StatusNotFound, a.status == http.StatusMethodNotAllowed:
		r.Class = dispatch.WholeAccount // wrong account or address: the next text fares no better
	case a.status == http.StatusBadRequest && (a.names(t.Source) || senderWord.MatchString(a.text())):
		r.Code, r.Class = codeSource, dispatch.WholeSender
	case a.status == http.StatusBadRequest && a.names(t.To):
		r.Code, r.Class = codeNumber, dispatch.OneNumber
	case has(words, "phonenumber", "destination", "dst"):
		r.Class = dispatch.OneNumber
	}
	return r
}

func httpCode(status int) string { return fmt.Sprintf("http_%d", status) }
