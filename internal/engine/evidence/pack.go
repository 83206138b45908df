package evidence

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"tidings/internal/rules/consent"
	"tidings/internal/rules/hours"
)

// readme tells a third party how to check the pack without us.
const readme = `This file holds what is known of one telephone number.

index.html          everything, to read and to print
<organisation>/     the same as data: dossier.json, and tables for a spreadsheet
manifest.json       the SHA-256 of each file here

To check that a consent event is as it was written, take its "canonical" value in dossier.json from
base64 to bytes. They are the text tidings-consent-v1 and then id, org, seq, phoneNumber, action, method,
text, evidence, at, prevHash, each as UTF-8 behind its length in four bytes, most significant first. Their
SHA-256 in hexadecimal is "hash". "prevHash" is the hash of the event before it in the ledger of the
organisation, whosever event that was; "tidings verify" checks the whole ledger against its seal.

Times are UTC; local times are those of every zone in which the person may be.
Cells that a spreadsheet would take for a formula begin with an apostrophe.
`

// file is one file of a pack.
type file struct {
	name string
	data []byte
}

// Write puts dossiers of one number into a zip. The same dossiers give the same
// bytes.
func Write(w io.Writer, dossiers []Dossier) error {
	files := []file{{"README.txt", []byte(readme)}}
	page, err := page(dossiers)
	if err != nil {
		return err
	}
	files = append(files, file{"index.html", page})
	for _, d := range dossiers {
		raw, err := indented(wire(d))
		if err != nil {
			return err
		}
		files = append(files, file{d.Slug + "/dossier.json", raw})
		tables, err := d.tables()
		if err != nil {
			return err
		}
		files = append(files, tables...)
	}
	manifest, err := manifestOf(files)
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	for _, f := range append(files, file{"manifest.json", manifest}) {
		// No time of its own: the same data have the same bytes on every day.
		part, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
		if err != nil {
			return fmt.Errorf("write the evidence pack: %w", err)
		}
		if _, err := part.Write(f.data); err != nil {
			return fmt.Errorf("write the evidence pack: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write the evidence pack: %w", err)
	}
	return nil
}

func manifestOf(files []file) ([]byte, error) {
	type entry struct {
		Name   string `json:"name"`
		Bytes  int    `json:"bytes"`
		SHA256 string `json:"sha256"`
	}
	list := make([]entry, len(files))
	for i, f := range files {
		sum := sha256.Sum256(f.data)
		list[i] = entry{f.name, len(f.data), hex.EncodeToString(sum[:])}
	}
	return indented(map[string]any{"files": list})
}

func indented(v any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return nil, fmt.Errorf("write evidence as JSON: %w", err)
	}
	return out.Bytes(), nil
}

// The shape of dossier.json.
type dossierWire struct {
	Organisation string        `json:"organisation"`
	Slug         string        `json:"slug"`
	OrgID        string        `json:"orgId"`
	PhoneNumber  string        `json:"phoneNumber"`
	Zones        []string      `json:"zones"`
	Subscriber   *Subscriber   `json:"subscriber"` // null once it was deleted
	Consent      []eventWire   `json:"consent"`
	Ledger       ledgerWire    `json:"ledger"`
	OptOuts      []OptOut      `json:"optOuts"`
	Messages     []messageWire `json:"messages"`
	Suppressions []Suppression `json:"suppressions"`
	Reviews      []Review      `json:"reviews"`
}

type ledgerWire struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
	MAC  string `json:"mac"`
}

type eventWire struct {
	ID          string          `json:"id"`
	Seq         int64           `json:"seq"`
	PhoneNumber string          `json:"phoneNumber"`
	Action      string          `json:"action"`
	Method      string          `json:"method"`
	Text        string          `json:"text"`
	TextVersion string          `json:"textVersion"`
	Evidence    json.RawMessage `json:"evidence"`
	At          time.Time       `json:"at"`
	Local       []string        `json:"local"`
	PrevHash    string          `json:"prevHash"`
	Hash        string          `json:"hash"`
	Canonical   string          `json:"canonical"` // base64
	AsWritten   bool            `json:"asWritten"` // whether the hash is that of the content
}

type messageWire struct {
	ID        string    `json:"id"`
	Direction string    `json:"direction"`
	Kind      string    `json:"kind"`
	Campaign  string    `json:"campaign"`
	Run       string    `json:"run"`
	Sender    string    `json:"sender"`
	Text      string    `json:"text"`
	Segments  int       `json:"segments"`
	Status    string    `json:"status"`
	Reason    string    `json:"reason"`
	DueAt     time.Time `json:"dueAt,omitzero"`
	SentAt    time.Time `json:"sentAt,omitzero"`
	Local     []string  `json:"local"`
	UUID      string    `json:"providerUuid"`
	ErrorCode string    `json:"errorCode"`
	Verdict   *Verdict  `json:"verdict"`
}

func wire(d Dossier) dossierWire {
	w := dossierWire{
		Organisation: d.Name, Slug: d.Slug, OrgID: d.OrgID, PhoneNumber: d.Number, Zones: d.Zones, Subscriber: d.Subscriber,
		Consent: []eventWire{}, Ledger: ledgerWire{d.Head.Seq, d.Head.Hash, d.HeadMAC}, OptOuts: d.OptOuts(), Messages: []messageWire{},
		Suppressions: append([]Suppression{}, d.Suppressions...), Reviews: append([]Review{}, d.Reviews...),
	}
	for _, e := range d.Events {
		w.Consent = append(w.Consent, eventWire{
			ID: e.ID, Seq: e.Seq, PhoneNumber: e.PhoneNumber, Action: e.Action, Method: e.Method, Text: e.Text, TextVersion: consent.Version(e.Text),
			Evidence: facts(e.Evidence), At: e.At, Local: d.local(e.At), PrevHash: e.PrevHash, Hash: e.Hash,
			Canonical: base64.StdEncoding.EncodeToString(e.CanonicalBytes()), AsWritten: e.Hash == e.ComputeHash(),
		})
	}
	for _, m := range d.Messages {
		w.Messages = append(w.Messages, messageWire{
			ID: m.ID, Direction: m.direction(), Kind: string(m.Kind), Campaign: m.Campaign, Run: m.Run, Sender: m.Sender, Text: m.Body,
			Segments: m.Segments, Status: m.Status, Reason: m.Reason, DueAt: m.DueAt, SentAt: m.SentAt, Local: d.local(m.when()),
			UUID: m.UUID, ErrorCode: m.ErrorCode, Verdict: m.Verdict,
		})
	}
	return w
}

// facts is evidence as JSON; what is none, because somebody changed it, is shown as
// a text.
func facts(raw []byte) json.RawMessage {
	if json.Valid(raw) {
		return raw
	}
	text, err := json.Marshal(string(raw))
	if err != nil {
		return json.RawMessage(`null`)
	}
	return text
}

func (m Message) direction() string {
	if m.Inbound {
		return "inbound"
	}
	return "outbound"
}

// when is the moment that a message is about: when it left or came, else when it
// was due.
func (m Message) when() time.Time {
	if m.SentAt.IsZero() {
		return m.DueAt
	}
	return m.SentAt
}

// local writes a moment as clocks showed it in each zone where the person may be.
func (d Dossier) local(at time.Time) []string {
	out := []string{}
	if at.IsZero() {
		return out
	}
	for _, name := range d.Zones {
		zone, err := hours.Zone(name)
		if err != nil {
			continue // an old name that no zone data know
		}
		out = append(out, at.In(zone).Format("2006-01-02 15:04:05 -07:00")+" "+name)
	}
	return out
}
