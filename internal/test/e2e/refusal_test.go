package e2e

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/command"
	"tidings/internal/test/apptest"
)

func TestRoutesRefuseWhatCannotBeDone(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	n := mobile("646", 1)
	subscriber := h.person(n)
	good := h.campaign()
	list := h.create("lists", object{"name": "Regulars"})
	off := h.must(h.owner, "POST", "/api/collections/senders/records", object{
		"org": h.org, "name": "Off", "kind": "long_code", "number": "+12125550111", "enabled": false}, http.StatusOK).String("id")
	ended := h.finish(h.launch(h.campaign(), nil)).Id
	outsider := h.app.Member(h.app.Org("Borealis"), "owner")
	send := func(c string) string { return "/api/sms/campaigns/" + c + "/send" }
	name := "{{firstName}}"
	long := h.campaign(object{"messageBody": strings.Repeat("a", 1580) + name})
	h.must(h.editor, "PATCH", "/api/collections/subscribers/records/"+subscriber, object{"firstName": "Bartholomew the Third"}, http.StatusOK)

	records := "/api/collections/campaigns/records"
	plan := func(more object) object {
		body := object{"org": h.org, "name": "x", "messageBody": "Hi", "sender": h.sender, "everyone": true}
		for k, v := range more {
			body[k] = v
		}
		return body
	}
	for _, c := range []struct {
		name         string
		as           apptest.Person
		method, path string
		body         any
		status       int
		field, code  string
	}{
		{"an empty text", h.editor, "POST", records, plan(object{"messageBody": ""}), 400, "messageBody", "validation_required"},
		{"1,601 characters", h.editor, "POST", records, plan(object{"messageBody": strings.Repeat("x", 1601)}), 400, "messageBody", "validation_max_text_constraint"},
		{"sendAt in the past", h.editor, "POST", records, plan(object{"sendAt": "2026-03-03 15:59:00.000Z"}), 400, "sendAt", "send_at_past"},

		{"send what is not there", h.editor, "POST", send("nothing00000000"), nil, 404, "", ""},
		{"send without signing in", apptest.Person{}, "POST", send(good), nil, 401, "", ""},
		{"send as a viewer", h.viewer, "POST", send(good), nil, 403, "role", "editor_required"},
		{"send somebody else's", outsider, "POST", send(good), nil, 404, "", ""},
		{"send malformed JSON", h.editor, "POST", send(good), `{"newOnly": `, 400, "", ""},
		{"send with a word for a boolean", h.editor, "POST", send(good), `{"newOnly": "perhaps"}`, 400, "", ""},
		{"send without a sender", h.editor, "POST", send(h.campaign(object{"sender": ""})), nil, 400, "sender", "sender_required"},
		{"send from a sender that is off", h.editor, "POST", send(h.campaign(object{"sender": off})), nil, 400, "sender", "sender_required"},
		{"send to nobody in particular", h.editor, "POST", send(h.campaign(object{"everyone": false})), nil, 400, "lists", "audience_required"},
		{"send to an empty list", h.editor, "POST", send(h.campaign(object{"lists": []string{list}, "everyone": false})), nil, 400, "lists", "no_recipients"},
		{"send a text that grows too long", h.editor, "POST", send(long), nil, 400, "messageBody", "text_too_long"},
		{"send an archived one", h.editor, "POST", send(h.campaign(object{"archived": true})), nil, 400, "campaign", "archived"},

		{"estimate what is not there", h.viewer, "POST", "/api/sms/campaigns/nothing00000000/estimate", nil, 404, "", ""},
		{"estimate somebody else's", outsider, "POST", "/api/sms/campaigns/" + good + "/estimate", nil, 404, "", ""},
		{"estimate nobody in particular", h.viewer, "POST", "/api/sms/campaigns/" + h.campaign(object{"everyone": false}) + "/estimate", nil, 400, "lists", "audience_required"},

		{"test as a viewer", h.viewer, "POST", "/api/sms/campaigns/" + good + "/test", object{"to": n}, 403, "role", "editor_required"},
		{"test to no number", h.editor, "POST", "/api/sms/campaigns/" + good + "/test", object{"to": "hello"}, 400, "to", ""},
		{"test to nothing", h.editor, "POST", "/api/sms/campaigns/" + good + "/test", object{}, 400, "to", ""},

		{"pause as a viewer", h.viewer, "POST", "/api/sms/runs/" + ended + "/pause", nil, 403, "role", "editor_required"},
		{"pause somebody else's", outsider, "POST", "/api/sms/runs/" + ended + "/pause", nil, 404, "", ""},
		{"pause what is not there", h.editor, "POST", "/api/sms/runs/nothing00000000/pause", nil, 404, "", ""},
		{"the report of somebody else's", outsider, "GET", "/api/sms/runs/" + ended + "/report", nil, 404, "", ""},
		{"the report for a guest", apptest.Person{}, "GET", "/api/sms/runs/" + ended + "/report", nil, 401, "", ""},

		{"consent as a viewer", h.viewer, "POST", "/api/sms/consents", object{"phoneNumber": n, "action": "granted", "method": "paper", "text": "x"}, 403, "role", "editor_required"},
		{"consent in another organisation", apptest.Person{Token: outsider.Token, Org: h.org}, "POST", "/api/sms/consents", object{"phoneNumber": n, "action": "revoked", "method": "paper"}, 404, "", ""},
		{"consent of no number", h.editor, "POST", "/api/sms/consents", object{"phoneNumber": "12", "action": "granted", "method": "paper", "text": "x"}, 400, "phoneNumber", ""},
		{"an act that nobody knows", h.editor, "POST", "/api/sms/consents", object{"phoneNumber": n, "action": "confirmed", "method": "paper", "text": "x"}, 400, "action", "bad_action"},
		{"a way that nobody knows", h.editor, "POST", "/api/sms/consents", object{"phoneNumber": n, "action": "granted", "method": "telepathy", "text": "x"}, 400, "method", "bad_consent_method"},
		{"revoked in a way that nobody knows", h.editor, "POST", "/api/sms/consents", object{"phoneNumber": n, "action": "revoked", "method": "telepathy"}, 400, "", ""},
		{"the carrier's own way", h.editor, "POST", "/api/sms/consents", object{"phoneNumber": n, "action": "revoked", "method": "carrier"}, 400, "method", "bad_consent_method"},
		{"consent without words", h.editor, "POST", "/api/sms/consents", object{"phoneNumber": n, "action": "granted", "method": "paper"}, 400, "text", "consent_incomplete"},
		{"consent without a body", h.editor, "POST", "/api/sms/consents", nil, 400, "", ""},
		{"consent with words beyond measure", h.editor, "POST", "/api/sms/consents", object{"phoneNumber": n, "action": "revoked", "method": "paper", "text": strings.Repeat("x", 20001)}, 400, "text", "consent_text_too_long"},

		{"eligibility of somebody else's", outsider, "GET", "/api/sms/subscribers/" + subscriber + "/eligibility", nil, 404, "", ""},
		{"reply as a viewer", h.viewer, "POST", "/api/sms/conversations/" + n + "/reply", object{"text": "hi"}, 403, "role", "editor_required"},
		{"reply nothing", h.editor, "POST", "/api/sms/conversations/" + n + "/reply", object{"text": "  "}, 400, "text", "text_required"},
		{"reply to no number", h.editor, "POST", "/api/sms/conversations/hello/reply", object{"text": "hi"}, 400, "phoneNumber", ""},
		{"reply to a stranger", h.editor, "POST", "/api/sms/conversations/+19175550101/reply", object{"text": "hi"}, 409, "text", "no_consent"},
		{"reply a book", h.editor, "POST", "/api/sms/conversations/" + n + "/reply", object{"text": strings.Repeat("x", 1601)}, 400, "text", "text_too_long"},
		{"preview for a guest", apptest.Person{}, "POST", "/api/sms/preview", object{"text": "hi"}, 401, "", ""},
		{"preview of malformed JSON", h.viewer, "POST", "/api/sms/preview", `{`, 400, "", ""},
	} {
		a := h.call(c.as, c.method, c.path, c.body)
		if a.Status != c.status || c.code != "" && a.Code(c.field) != c.code || c.field != "" && a.Code(c.field) == "" {
			t.Errorf("%s: %d %.300s, want %d %s %s", c.name, a.Status, a.Body, c.status, c.field, c.code)
		}
	}
	if got := h.out(); got != 1 {
		t.Errorf("refusals sent %d texts", got-1)
	}
	h.reconcile()
}

func TestSendWithoutAnybodysConsentSaysSo(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.create("subscribers", object{"phoneNumber": mobile("646", 1)})
	a := h.send(h.campaign(), nil)
	if a.Status != http.StatusBadRequest || a.Code("lists") != "no_recipients" || !strings.Contains(string(a.Body), "1 have not consented") {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestASuperuserWithSeveralOrganisationsHasToNameOne(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	root := h.app.Superuser()
	order := object{"phoneNumber": mobile("646", 1), "action": "granted", "method": "paper", "text": "signed"}
	if a := h.call(root, "POST", "/api/sms/consents", order); a.Status != http.StatusOK {
		t.Errorf("with one organisation: %d %s", a.Status, a.Body)
	}
	h.app.Org("Borealis")
	if a := h.call(root, "POST", "/api/sms/consents", order); a.Status != http.StatusBadRequest || a.Code("org") != "org_required" {
		t.Errorf("with two: %d %s", a.Status, a.Body)
	}
	root.Org = h.org
	if a := h.call(root, "POST", "/api/sms/consents", order); a.Status != http.StatusOK {
		t.Errorf("with two and a name: %d %s", a.Status, a.Body)
	}
	root.Org = "nowhere00000000"
	if a := h.call(root, "POST", "/api/sms/consents", order); a.Status != http.StatusNotFound {
		t.Errorf("with a wrong name: %d %s", a.Status, a.Body)
	}
}

func TestWithoutCredentialsNothingIsSentAndTheAnswerSaysWhatToSet(t *testing.T) {
	t.Parallel()
	app := apptest.New(t, apptest.WithAssembly(func(app core.App) error {
		return command.Assemble(app, command.Assembly{Listen: "127.0.0.1:8090"})
	}))
	org := app.DefaultOrg()
	editor := app.Member(org, "editor")
	sender := app.Create("senders", map[string]any{"org": org, "name": "Main", "kind": "long_code", "number": "+12125550100", "enabled": true}).Id
	c := app.Create("campaigns", map[string]any{"org": org, "name": "x", "messageBody": "Hi", "sender": sender, "everyone": true}).Id
	for _, path := range []string{"/api/sms/campaigns/" + c + "/send", "/api/sms/campaigns/" + c + "/test", "/api/sms/conversations/+16465550101/reply"} {
		a := app.Do("POST", path, editor.Token, org, object{"to": "+16465550101", "text": "hi"})
		if a.Status != http.StatusServiceUnavailable || a.Code("provider") != "provider_not_configured" || !strings.Contains(string(a.Body), "PLIVO_AUTH_ID") {
			t.Errorf("%s: %d %s", path, a.Status, a.Body)
		}
	}
	if a := app.Do("POST", "/webhooks/plivo/inbound", "", "", "x=1"); a.Status != http.StatusNotFound && a.Status != http.StatusForbidden {
		t.Errorf("a webhook without a token to check it by: %d", a.Status)
	}
	if a := app.Do("GET", "/readyz", "", "", nil); a.Status != http.StatusServiceUnavailable {
		t.Errorf("ready: %d %s", a.Status, a.Body)
	}
}
