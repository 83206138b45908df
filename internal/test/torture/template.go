package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"tidings/internal/rules/eligible"
	"tidings/internal/spool"
	"tidings/internal/store"
)

// morning is Tuesday 10:30 in New York and 07:30 in Los Angeles, where people still sleep.
var morning = time.Date(2026, 3, 3, 15, 30, 0, 0, time.UTC)

// opening is when the sleepers may be texted, and a second.
func opening() time.Time {
	there := eligible.Default().Where(eligible.Person{Number: sleeper(0)}, eligible.Own{})
	at := morning
	for !there.Open(at) {
		at = at.Add(time.Minute)
	}
	return at.Add(time.Second)
}

func sleeper(i int) string { return fmt.Sprintf("+12135550%d", 100+i) }

// The sizes of a round: small, because a round is there to be killed.
const (
	awake     = 100 // in New York; the last two digits choose each number's fate
	asleep    = 20  // in Los Angeles
	senders   = 3   // one campaign each, to the same people
	importing = 1500
	slow      = 150 // texts a second of each sender
	fast      = 1000
)

// makeTemplate lets a server of the same binary make all that a round starts from.
func (r *rig) makeTemplate(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	addr, err := address(0)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(r.folder); err != nil { // of an earlier call with the same -dir
		return err
	}
	// Nothing is sent yet; the price that Plivo is asked for has a default.
	c, err := start(birth{binary: r.binary, folder: r.folder, http: addr, provider: "http://127.0.0.1:9", clock: morning})
	if err != nil {
		return err
	}
	defer c.kill()
	if !c.ready(ctx) {
		return fmt.Errorf("the server did not start:\n%s", lastLines(c.log.String(), 20))
	}
	if err := r.furnish(ctx, client{http: addr}); err != nil {
		return fmt.Errorf("%w\n%s", err, lastLines(c.log.String(), 20))
	}
	c.signal(syscall.SIGTERM)
	<-c.done
	if c.err != nil {
		return fmt.Errorf("the server did not end well: %w", c.err)
	}
	return forgetFence(filepath.Join(r.folder, "data.db"))
}

// forgetFence makes the folder one that was never sent from: its copies are to be folders of their own,
// and not known for copies, from which nothing is sent.
func forgetFence(file string) error {
	db, err := store.Connect(file)
	if err != nil {
		return err
	}
	_, err = db.NewQuery("DELETE FROM fence").Execute()
	return errors.Join(err, db.Close())
}

func (r *rig) furnish(ctx context.Context, c client) error {
	var signed struct{ Token string }
	if _, err := c.call(ctx, http.MethodPost, "/api/collections/_superusers/auth-with-password", object{"identity": adminName, "password": adminWord}, &signed); err != nil {
		return err
	}
	c.token, r.guide.token = signed.Token, signed.Token
	if _, err := c.call(ctx, http.MethodPatch, "/api/settings", object{"rateLimits": object{"enabled": false}}, nil); err != nil {
		return err
	}
	var first struct {
		Items []struct{ ID, Org string }
	}
	if _, err := c.do(ctx, http.MethodGet, "/api/collections/senders/records", "", nil, &first); err != nil {
		return err
	}
	if len(first.Items) != 1 {
		return fmt.Errorf("%d senders, want the default one", len(first.Items))
	}
	org := first.Items[0].Org
	var err error
	if r.guide.list, err = c.create(ctx, "lists", object{"org": org, "name": "Audience"}); err != nil {
		return err
	}
	if r.guide.imported, err = c.create(ctx, "lists", object{"org": org, "name": "Imported"}); err != nil {
		return err
	}
	for i := range senders {
		number, id := fmt.Sprintf("+12125550%d", 100+i), first.Items[0].ID
		if i > 0 {
			if id, err = c.create(ctx, "senders", object{"org": org, "name": number, "kind": "long_code", "number": number, "enabled": true}); err != nil {
				return err
			}
		}
		// Slow enough that a life is many small commits, fast enough that nobody waits.
		if _, err := c.call(ctx, http.MethodPatch, "/api/collections/senders/records/"+id, object{"ratePerSecond": slow}, nil); err != nil {
			return err
		}
		campaign, err := c.create(ctx, "campaigns", object{
			"org": org, "name": fmt.Sprint("Campaign ", i), "messageBody": fmt.Sprintf("Offer %d: coffee is half price today.", i),
			"sender": id, "lists": []string{r.guide.list},
		})
		if err != nil {
			return err
		}
		r.guide.senders = append(r.guide.senders, number)
		r.guide.campaigns = append(r.guide.campaigns, campaign)
		r.guide.lanes = append(r.guide.lanes, id)
	}
	for i := range awake {
		r.guide.numbers = append(r.guide.numbers, fmt.Sprintf("+16465550%d", 100+i))
	}
	for i := range asleep {
		r.guide.numbers = append(r.guide.numbers, sleeper(i))
	}
	return r.importAudience(ctx, c)
}

func (r *rig) importAudience(ctx context.Context, c client) error {
	file := "phoneNumber\n" + strings.Join(r.guide.numbers, "\n") + "\n"
	err := c.upload(ctx, file, map[string]string{"list": r.guide.list, "consentMethod": "paper", "consentText": "Text me offers"})
	if err != nil {
		return err
	}
	for ctx.Err() == nil {
		s, err := c.state(ctx)
		if err != nil {
			return err
		}
		if len(s.imports) == 1 && s.imports[0].Status == "finished" {
			return nil
		}
		wait(ctx, 20*time.Millisecond)
	}
	return ctx.Err()
}

// strangers is a file of people who are in no campaign.
func strangers() string {
	var b strings.Builder
	b.WriteString("phoneNumber,firstName\n")
	for i := range importing {
		fmt.Fprintf(&b, "+1%s5550%d,Ann\n", []string{
			"201", "202", "203", "205", "206", "207", "208", "209", "210", "214", "215", "216", "217", "218", "219",
		}[i/100], 100+i%100)
	}
	return b.String()
}

// folderFiles are the files that make a data folder of a process that has ended.
var folderFiles = []string{"data.db", "data.db-wal", "auxiliary.db", "auxiliary.db-wal", spool.File, spool.Aside, ".tidings-secret"}

// fresh copies the template.
func (r *rig) fresh(to string) error {
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	return copyFolder(r.folder, to, folderFiles...)
}
