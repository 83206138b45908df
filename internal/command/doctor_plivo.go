package command

import (
	"context"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/config"
	"tidings/internal/plivo"
	"tidings/internal/web"
)

// askPlivoWithin bounds the doctor's calls.
const askPlivoWithin = 10 * time.Second

func checkPlivo(ctx context.Context, app core.App, cfg config.Config) []finding {
	if !cfg.HasPlivo() {
		return []finding{{bad, "Plivo is not set up, so nothing can be sent", "set PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN from the Plivo console, or use --sandbox"}}
	}
	client, err := plivo.New(plivo.Config{AuthID: cfg.PlivoAuthID, AuthToken: cfg.PlivoAuthToken.Reveal(), BaseURL: cfg.PlivoAPIURL})
	if err != nil {
		return []finding{{bad, err.Error(), "copy the credentials again from the Plivo console"}}
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(ctx, askPlivoWithin)
	defer cancel()
	if _, err := client.Account(ctx); err != nil {
		return []finding{{bad, "Plivo does not answer for this account: " + err.Error(), "check PLIVO_AUTH_ID, PLIVO_AUTH_TOKEN and that " + cfg.PlivoAPIURL + " can be reached from here"}}
	}
	found := []finding{{good, "Plivo knows the account", ""}}
	return append(found, checkNumbers(ctx, app, cfg, client)...)
}

// checkNumbers holds our senders against the account's numbers.
func checkNumbers(ctx context.Context, app core.App, cfg config.Config, client *plivo.Client) []finding {
	numbers, err := client.Numbers(ctx)
	if err != nil {
		return []finding{{warn, "Plivo does not list the account's numbers: " + err.Error(), "try again later"}}
	}
	known := make(map[string]plivo.Number, len(numbers))
	for _, n := range numbers {
		known[strings.TrimPrefix(n.Number, "+")] = n
	}
	senders, err := app.FindRecordsByFilter("senders", "enabled = true && kind != 'powerpack' && kind != 'alphanumeric'", "", 0, 0)
	if err != nil || len(senders) == 0 {
		return []finding{{bad, "there is no enabled sender", "add one in the dashboard under senders, or set PLIVO_SENDER_NUMBER before the first start"}}
	}
	var found []finding
	for _, s := range senders {
		name := s.GetString("name")
		switch n, ok := known[strings.TrimPrefix(s.GetString("number"), "+")]; {
		case len(numbers) == 0 && cfg.Simulated():
			found = append(found, finding{good, "the sender " + name + " can send: the simulator takes every number, as it was given none", ""})
		case !ok:
			found = append(found, finding{bad, "the sender " + name + " is no number of this Plivo account", "rent it in the Plivo console, or switch the sender off"})
		case !n.SMS:
			found = append(found, finding{bad, "the sender " + name + " cannot send texts", "switch SMS on for the number in the Plivo console"})
		default:
			found = append(found, finding{good, "the sender " + name + " can send", ""}, checkInbound(ctx, cfg, client, name, n))
		}
	}
	return found
}

// checkInbound looks where Plivo reports what people write to a sender.
func checkInbound(ctx context.Context, cfg config.Config, client *plivo.Client, name string, n plivo.Number) finding {
	want := cfg.PublicURL + web.InboundPath
	remedy := "in the Plivo console, give the number an application whose message URL is " + want + ", method POST"
	if cfg.PublicURL == "" {
		remedy = "in the Plivo console, give the number an application whose message URL is your https address and " + web.InboundPath + ", method POST"
	}
	switch got, err := client.MessageURL(ctx, n); {
	case err != nil:
		return finding{warn, "Plivo does not tell where texts to the sender " + name + " go: " + err.Error(), "try again later"}
	case got == "":
		return finding{warn, "nobody is told what people write to the sender " + name + ": a STOP comes a quarter of an hour late", remedy}
	case cfg.PublicURL == "" && strings.HasSuffix(got, web.InboundPath):
		return finding{good, "what people write to the sender " + name + " goes to " + got, ""}
	case got != want:
		return finding{warn, "what people write to the sender " + name + " goes to " + got + ", and not here: a STOP comes a quarter of an hour late", remedy}
	}
	return finding{good, "what people write to the sender " + name + " comes here", ""}
}
