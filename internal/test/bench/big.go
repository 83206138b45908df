package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/pocketbase/dbx"

	"tidings/internal/rules/message"
)

// The goals of a table of ten million messages.
const (
	listTime  = 50 * time.Millisecond
	startTime = time.Second
	rowBytes  = 320.0
	perRun    = 100_000
)

// big fills the table of messages and asks what people ask of it: the report of
// a run, pages of lists, old messages gone, a start of the server.
func big(ctx context.Context, e *env) (_ []result, err error) {
	rows := e.count(10_000_000)
	dir := filepath.Join(e.dir, "data")
	h, err := build(dir, 0)
	if err != nil {
		return nil, err
	}
	closed := false
	defer func() {
		if !closed {
			err = errors.Join(err, h.close())
		}
	}()
	began := time.Now()
	runs, err := h.fill(rows)
	if err != nil {
		return nil, err
	}
	e.say("%d messages of %d runs written in %v", rows, len(runs), time.Since(began).Round(time.Second))
	bytes, err := h.bytesPerRow(rows)
	if err != nil {
		return nil, err
	}
	results := []result{{
		measured: "bytes of a finished message with its indexes", reached: fmt.Sprintf("%.0f", bytes), goal: fmt.Sprintf("at most %.0f", rowBytes), met: bytes <= rowBytes,
	}}
	if err := h.explain(e, rows); err != nil {
		return nil, err
	}
	stall, deleted, err := h.retire(ctx, e, runs[0])
	if err != nil {
		return nil, err
	}
	results = append(results, result{
		measured: fmt.Sprintf("worst save while %d old messages are deleted", deleted), reached: millis(stall), goal: "at most " + millis(worstStall), met: stall <= worstStall,
	})
	root, err := h.superuser()
	if err != nil {
		return nil, err
	}
	viewer, err := h.viewer()
	if err != nil {
		return nil, err
	}
	closed = true
	if err := h.close(); err != nil {
		return nil, err
	}
	asked, err := askServer(ctx, e, dir, []asker{{"a superuser", root}, {"a member", viewer}}, questions(runs[len(runs)/2]))
	return append(results, asked...), err
}

const (
	reportOfRun = "report of a run"
	// runByID sorts every message of a run, and no page asks for it. Within the
	// ids that a run can have there is nothing to sort.
	runByID = "messages of a run by id"
)

// question is what somebody asks of the API.
type question struct{ what, path string }

// questions are the report and the lists that the dashboard, our pages and the
// documentation ask for. Lists of messages are asked for without their total, as
// the dashboard does; those of our pages as they are.
func questions(run string) []question {
	list := func(filter, sort string) string {
		return "/api/collections/messages/records?perPage=40&skipTotal=1&sort=" + url.QueryEscape(sort) + "&filter=" + url.QueryEscape(filter)
	}
	page := func(collection, rows, sort, filter, more string) string {
		return "/api/collections/" + collection + "/records?page=1&perPage=" + rows + "&sort=" + sort + "&filter=" + url.QueryEscape("org = '"+orgID+"'"+filter) + more
	}
	low, high := message.KeyRange(strings.TrimPrefix(run, "r"))
	some, err := message.RunID("00001", "+12122000777")
	if err != nil {
		panic(err)
	}
	return []question{
		{reportOfRun, "/api/sms/runs/" + run + "/report"},
		{"newest messages", list("", "-@rowid")},
		{"messages by id", list("", "-id")},
		{"one message", "/api/collections/messages/records?perPage=1&skipTotal=1&filter=" + url.QueryEscape("id = '"+some+"'")},
		{"messages of a run", list("run = '"+run+"'", "-@rowid")},
		{runByID, list("run = '"+run+"'", "id")},
		{"ids of a run in order", list("id >= '"+low+"' && id <= '"+high+"'", "id")},
		{"failed ones of a run", list("run = '"+run+"' && status = 'failed'", "-@rowid")},
		{"a number in a run", list("run = '"+run+"' && phoneNumber = '+12122000777'", "-@rowid")},
		{"inbox", list("org = '"+orgID+"' && direction = 'inbound'", "-sentAt")},
		{"a conversation", list("org = '"+orgID+"' && phoneNumber = '+12122000777' && run = ''", "-sentAt")},
		{"unknown ones", list("status = 'unknown'", "-@rowid")},
		{"page of runs", page("runs", "20", "-created", "", "&expand=campaign")},
		{"page of campaigns", page("campaigns", "50", "-created", " && archived = false", "")},
		{"last runs of campaigns", page("runs", "100", "-created", "", "&fields=id,campaign,status,created,startedAt,sendAt")},
		{"replies to decide on", page("reviews", "50", "dueAt", " && status = 'open'", "")},
		{"latest imports", page("imports", "8", "-id", "", "")},
	}
}

// fill writes finished messages as the engine leaves them, past everything, and
// gives the ids of their runs.
func (h *house) fill(rows int) (runs []string, err error) {
	do := func(sql string, params dbx.Params) {
		if err == nil {
			_, err = h.NonconcurrentDB().NewQuery(sql).Bind(params).Execute()
		}
	}
	do("PRAGMA synchronous = OFF", nil)
	do("PRAGMA cache_size = -64000", nil)
	key := ""
	for from := 0; from < rows && err == nil; from += perRun {
		if key, err = message.NextKey(key); err != nil {
			return nil, err
		}
		n, id, campaign := min(perRun, rows-from), message.RunRecordID(key), fmt.Sprintf("camp%011d", from/perRun)
		low, _ := message.KeyRange(key)
		do("INSERT INTO campaigns (id, org, name, messageBody, sender, everyone, lists) VALUES ({:id}, {:org}, 'Old', {:text}, {:sender}, 1, '[]')",
			dbx.Params{"id": campaign, "org": orgID, "text": text, "sender": senderID})
		do(`INSERT INTO runs (id, key, org, campaign, status, snapshot, currency, planned, recipients, delivered, failed, startedAt, finishedAt, created, updated)
			VALUES ({:id}, {:key}, {:org}, {:campaign}, 'finished', json_object('text', {:text}, 'sender', {:sender}), 'USD', 1, {:n}, {:n}, 0, {:at}, {:at}, {:at}, {:at})`,
			dbx.Params{"id": id, "key": key, "org": orgID, "campaign": campaign, "text": text, "sender": senderID, "n": n, "at": "2026-01-02 16:00:00.000Z"})
		do(`WITH RECURSIVE person (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM person WHERE i + 1 < {:n})
			INSERT INTO messages (id, org, run, campaign, subscriber, direction, phoneNumber, sender, segments, status, reason, dueAt, sentAt, plivoUuid, errorCode, costMicros, network, sequence, attempt, basis)
			SELECT {:low} || printf('%05d%05d', i, i % 7), {:org}, {:run}, {:campaign}, printf('person%09d', i), 'outbound', printf('+1212%07d', 2000000 + i), {:sender}, 1,
				CASE WHEN i % 50 = 0 THEN 'failed' ELSE 'delivered' END, '', '2026-01-02 16:00:00.000Z', '2026-01-02 16:00:01.234Z',
				printf('%08x-0000-4000-8000-%012x', i, i), CASE WHEN i % 50 = 0 THEN '30' ELSE '' END, 5500, '310260', 2, 1, 70000 FROM person`,
			dbx.Params{"n": n, "low": low[:5], "org": orgID, "run": id, "campaign": campaign, "sender": senderID})
		runs = append(runs, id)
	}
	for _, kind := range []string{"inbound", "outbound"} {
		do(`WITH RECURSIVE person (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM person WHERE i + 1 < {:n})
			INSERT INTO messages (id, org, direction, phoneNumber, sender, body, encoding, segments, status, sentAt)
			SELECT substr({:kind}, 1, 1) || printf('x%013d', i), {:org}, {:kind}, printf('+1212%07d', 2000000 + i % 5000), {:sender}, 'Do you deliver?', 'GSM_7', 1,
				CASE WHEN {:kind} = 'inbound' THEN 'received' ELSE 'delivered' END, strftime('%Y-%m-%d %H:%M:%f', 1767369600 + i * 60, 'unixepoch') || 'Z' FROM person`,
			dbx.Params{"n": max(rows/200, 10), "kind": kind, "org": orgID, "sender": senderID})
	}
	do("PRAGMA wal_checkpoint(TRUNCATE)", nil)
	do("PRAGMA cache_size = -4000", nil)
	do("PRAGMA synchronous = FULL", nil)
	if err == nil {
		err = h.flush()
	}
	return runs, err
}

// bytesPerRow is what the pages of the table and its indexes take, by its rows.
func (h *house) bytesPerRow(rows int) (float64, error) {
	n, err := h.figure(`SELECT SUM(pgsize) FROM dbstat WHERE name = 'messages' OR name LIKE 'idx_messages%' OR name LIKE '%autoindex_messages%'`, nil)
	return float64(n) / float64(rows+2*max(rows/200, 10)), err
}

// explain says where the bytes of a row are.
func (h *house) explain(e *env, rows int) error {
	var parts []struct {
		Name  string
		Bytes int64
	}
	err := h.ConcurrentDB().NewQuery(`SELECT name, SUM(pgsize) bytes FROM dbstat WHERE name = 'messages' OR name LIKE 'idx_messages%' OR name LIKE '%autoindex_messages%'
		GROUP BY name ORDER BY bytes DESC`).All(&parts)
	for _, p := range parts {
		e.say("%-32s %.1f bytes a row", p.Name, float64(p.Bytes)/float64(rows+2*max(rows/200, 10)))
	}
	return err
}

// retire lets one run grow too old, and deletes its messages as the job does
// while somebody saves.
func (h *house) retire(ctx context.Context, e *env, run string) (worst time.Duration, deleted int, err error) {
	before, err := h.figure("SELECT COUNT(*) FROM messages WHERE run = {:run}", dbx.Params{"run": run})
	if err != nil {
		return 0, 0, err
	}
	for _, sql := range []string{
		"UPDATE organizations SET keepMessagesDays = 100", "UPDATE runs SET finishedAt = '2025-01-01 00:00:00.000Z' WHERE id = '" + run + "'",
	} {
		if _, err := h.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
			return 0, 0, err
		}
	}
	s, err := h.open(e)
	if err != nil {
		return 0, 0, err
	}
	defer s.Close()
	beside := h.bystander(ctx)
	err = s.Prune(ctx)
	took, stopped := beside()
	if err = errors.Join(err, stopped); err != nil {
		return 0, 0, err
	}
	left, err := h.figure("SELECT COUNT(*) FROM messages WHERE run = {:run}", dbx.Params{"run": run})
	if err == nil && left != 0 {
		err = fmt.Errorf("%d old messages are left", left)
	}
	return took[len(took)-1], before, err
}

// asker is somebody who is signed in. Rules let a member see less, and each list
// looks at them.
type asker struct{ who, token string }

// askServer starts the binary on the data folder and asks each question often.
func askServer(ctx context.Context, e *env, dir string, who []asker, all []question) (_ []result, err error) {
	server, err := startBinary(ctx, e, dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, server.end()) }()
	results := []result{{
		measured: "start of the server to its first answer", reached: millis(server.started), goal: "below " + millis(startTime), met: server.started < startTime,
	}}
	slowest, which := time.Duration(0), ""
	for _, q := range all {
		for _, a := range who {
			took, err := server.often(ctx, q.path, a.token)
			if err != nil {
				return nil, fmt.Errorf("%s, asked by %s: %w", q.what, a.who, err)
			}
			half := middle(took)
			e.say("%-24s %-12s %s (worst %s)", q.what, a.who, millis(half), millis(took[len(took)-1]))
			switch {
			case q.what == reportOfRun && a == who[0], q.what == runByID && a != who[0]:
				results = append(results, result{measured: q.what + ", " + a.who, reached: millis(half), goal: "below " + millis(listTime), met: half < listTime})
			case q.what != reportOfRun && half > slowest:
				slowest, which = half, q.what+", "+a.who
			}
		}
	}
	return append(results, result{
		measured: "slowest of the other lists: " + which, reached: millis(slowest), goal: "below " + millis(listTime), met: slowest < listTime,
	}), nil
}

// superuser makes one and signs it in.
func (h *house) superuser() (token string, err error) {
	_, err = h.NonconcurrentDB().NewQuery(`INSERT INTO _superusers (id, email, password, tokenKey, verified) VALUES ('bench0000000001', 'bench@example.com', '', {:key}, 1)`).
		Bind(dbx.Params{"key": "bench-token-key-bench-token-key-bench-token-key-bench"}).Execute()
	if err != nil {
		return "", err
	}
	record, err := h.FindRecordById("_superusers", "bench0000000001")
	if err != nil {
		return "", err
	}
	return record.NewAuthToken()
}

// viewer makes a member of the organisation, who only looks, and signs her in.
func (h *house) viewer() (token string, err error) {
	for _, sql := range []string{
		`INSERT INTO users (id, email, password, tokenKey, verified) VALUES ('viewer000000001', 'viewer@example.com', '', {:key}, 1)`,
		`INSERT INTO memberships (id, org, user, role) VALUES ('viewing00000001', '` + orgID + `', 'viewer000000001', 'viewer')`,
	} {
		if _, err := h.NonconcurrentDB().NewQuery(sql).Bind(dbx.Params{"key": "bench-token-key-bench-token-key-bench-token-key-viewer"}).Execute(); err != nil {
			return "", err
		}
	}
	record, err := h.FindRecordById("users", "viewer000000001")
	if err != nil {
		return "", err
	}
	return record.NewAuthToken()
}
