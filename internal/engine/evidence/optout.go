package evidence

import (
	"encoding/json"
	"time"

	"tidings/internal/rules/consent"
	"tidings/internal/rules/message"
)

// OptOut is a revocation and what followed from it.
type OptOut struct {
	Seq       int64     `json:"seq"` // of the ledger
	Method    string    `json:"method"`
	Words     string    `json:"words"`
	Asked     time.Time `json:"asked"`    // when the words reached us
	Honoured  time.Time `json:"honoured"` // when the ledger and the suppression were on disk
	Seconds   float64   `json:"seconds"`  // between the two
	Confirmed string    `json:"confirmation"`
	// After counts texts that began to leave between then and a later consent, the
	// confirmation and help that was asked for left out.
	After int `json:"textsAfterwards"`
}

// OptOuts follows each revocation of a dossier.
func (d Dossier) OptOuts() []OptOut {
	out := []OptOut{}
	for i, e := range d.Events {
		if e.Action != consent.ActionRevoked {
			continue
		}
		o := OptOut{Seq: e.Seq, Method: e.Method, Words: e.Text}
		o.Asked, o.Honoured = d.span(e)
		o.Seconds = o.Honoured.Sub(o.Asked).Seconds()
		until := time.Time{}
		for _, later := range d.Events[i+1:] {
			if later.Action != consent.ActionRevoked {
				until = later.At
				break
			}
		}
		for _, m := range d.Messages {
			began := !m.Inbound && !m.SentAt.IsZero() && m.SentAt.After(e.At) && (until.IsZero() || m.SentAt.Before(until)) &&
				m.Status != string(message.Skipped) && m.Status != string(message.Queued)
			switch {
			case !began:
			case m.Kind == message.Stop && o.Confirmed == "":
				o.Confirmed = m.ID
			case m.Kind != message.Stop && m.Kind != message.Help:
				o.After++
			}
		}
		out = append(out, o)
	}
	return out
}

// span is when the words of a revocation reached us, and when they were on disk. They
// came with the reply, which a person may have decided on days later, else with the
// event. An event that a reply made by itself bears the time of the reply, which may
// have been heard late; when it was recorded is in its evidence.
func (d Dossier) span(e consent.Event) (asked, honoured time.Time) {
	var facts struct {
		MessageUUID string    `json:"messageUuid"`
		Message     string    `json:"message"`
		RecordedAt  time.Time `json:"recordedAt"`
	}
	if json.Unmarshal(e.Evidence, &facts) != nil {
		return e.At, e.At
	}
	asked, honoured = e.At, e.At
	if facts.RecordedAt.After(honoured) {
		honoured = facts.RecordedAt
	}
	for _, m := range d.Messages {
		if m.Inbound && (m.ID == facts.Message && m.ID != "" || m.UUID == facts.MessageUUID && m.UUID != "") {
			return m.SentAt, honoured
		}
	}
	return asked, honoured
}
