package plivo

import (
	"context"
	"time"

	"tidings/internal/engine/reconcile"
	"tidings/internal/rules/message"
)

var _ reconcile.Provider = (*Client)(nil)

// Texts reads one page of the message list. A record whose state is a word
// that we do not know still proves that Plivo took the text.
func (c *Client) Texts(ctx context.Context, q reconcile.Query) (reconcile.Page, error) {
	direction := "outbound"
	if q.Inbound {
		direction = "inbound"
	}
	page, err := c.List(ctx, ListQuery{
		From: q.From, To: q.To, Direction: direction, Since: q.Since, Until: q.Until, Offset: q.Offset,
	})
	if err != nil {
		return reconcile.Page{}, err
	}
	texts := make([]reconcile.Text, 0, len(page.Records))
	for _, r := range page.Records {
		if r.Direction != direction || !isID(r.UUID) {
			continue
		}
		receipt := message.Receipt{
			Status: message.Status(r.Status), UUID: r.UUID, ErrorCode: r.ErrorCode, Segments: r.Segments,
			CostMicros: r.CostMicros, HasCost: r.HasCost, // its network is a name; receipts tell codes
		}
		if receipt.Status == "" {
			receipt.Status = message.Accepted
		}
		texts = append(texts, reconcile.Text{
			UUID: r.UUID, From: r.From, To: r.To, PowerpackUUID: r.PowerpackUUID, Segments: r.Segments, At: r.At,
			Receipt: receipt, Body: r.Text,
		})
	}
	return reconcile.Page{Texts: texts, More: page.More}, nil
}

// RetryIn is how long the provider asked to be left in peace; 0 where it did
// not say.
func (e *APIError) RetryIn() time.Duration { return e.RetryAfter }
