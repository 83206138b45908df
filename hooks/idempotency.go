package hooks

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/engine/campaign"
	"tidings/internal/engine/inbox"
	"tidings/internal/engine/ledger"
	"tidings/internal/store"
)

// keyed is a call's Idempotency-Key; nil: the call has none.
type keyed = *campaign.Idempotency

// once does what a call asks for, unless the same user called the same route with the same
// Idempotency-Key within a day: then the first answer is given again. route names what is called,
// with the record. Call it when the body was read.
func (eng *engine) once(e *core.RequestEvent, route string, do func(keyed) error) error {
	k := e.Request.Header.Get("Idempotency-Key")
	if k == "" {
		return do(nil)
	}
	if len(k) > 255 {
		return refuse(http.StatusBadRequest, "idempotencyKey", "bad_idempotency_key", "An Idempotency-Key has at most 255 characters")
	}
	body, err := sent(e.Request)
	if err != nil {
		return badBody(err)
	}
	key := &campaign.Idempotency{User: e.Auth.Id, Route: route, Key: k, BodyHash: hash(body)}
	// Two calls with one key at once: the second waits for the first's answer.
	defer eng.keys.lock(key.User + "\x00" + key.Route + "\x00" + k)()
	first, found, err := eng.store.Answered(e.Request.Context(), *key)
	switch {
	case err != nil:
		return err
	case !found:
		return do(key)
	case first.BodyHash != key.BodyHash: // then nothing of the first is shown
		return refuse(http.StatusUnprocessableEntity, "idempotencyKey", "idempotency_mismatch",
			"This Idempotency-Key was used with another body; use a new key for a new request")
	}
	if first.Status == answerFollows {
		var of struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal(first.JSON, &of); err != nil {
			return fmt.Errorf("read a kept answer: %w", err)
		}
		return answerSubscriber(e, of.ID, func(*core.Record) {})
	}
	return e.JSON(first.Status, json.RawMessage(first.JSON))
}

// kept is an answer to be kept in the commit of what it tells of.
func kept(key keyed, status int, answer any) *campaign.Kept {
	if key == nil {
		return nil
	}
	return &campaign.Kept{Idempotency: *key, Status: status, Answer: answer}
}

// answerFollows is the status of a kept answer that names a subscriber only. Its wording is PocketBase's
// and kept a moment after the commit; should the process end in between, it is made anew.
const answerFollows = 0

// sent is the body as it was sent, whatever of it was understood, in one form for all orders of its
// keys and all white space between them. No body is an empty object.
func sent(r *http.Request) ([]byte, error) {
	if r.ContentLength == 0 {
		return []byte("{}"), nil
	}
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		return []byte(r.Form.Encode()), nil
	}
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, fmt.Errorf("read the body again: %w", err)
	}
	read := json.NewDecoder(bytes.NewReader(raw))
	read.UseNumber() // 1e400 is no float64, and differs from 1e401
	var value any
	if err := read.Decode(&value); err != nil {
		return nil, err
	}
	canonical, err := json.Marshal(value) // keys are sorted
	// What stands behind the value is not read by anybody, but was sent.
	return append(canonical, bytes.TrimSpace(raw[read.InputOffset():])...), err
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// keepingReplies queues a reply together with the answer to the call.
type keepingReplies struct {
	*store.Store
	key keyed
}

func (s keepingReplies) QueueReply(ctx context.Context, o inbox.Outgoing) error {
	return s.QueueReplyKept(ctx, o, kept(s.key, http.StatusAccepted, queuedReply(o)))
}

// keepingConsents writes a consent together with the key of the call.
type keepingConsents struct {
	*store.Store
	key keyed
}

func (s keepingConsents) Record(ctx context.Context, act ledger.Act, at time.Time, permit func(ledger.Standing) error) (ledger.Result, error) {
	return s.RecordKept(ctx, act, at, permit, func(r ledger.Result) *campaign.Kept {
		return kept(s.key, answerFollows, map[string]string{"id": r.SubscriberID})
	})
}
