package importer

import (
	"encoding/binary"
	"errors"

	"tidings/internal/rules/phone"
)

// A judged row as bytes: its number, its place in the file, and the texts of the person or of the refusal, each behind
// its length; at last the values of a person's attributes, each behind the distance of its slot from the one before. What
// follows from the number or is the same for the whole file is not kept. The form never outlives the process.

// The kinds of packed rows.
const (
	packedPerson = iota
	packedReject
)

// pack appends a judged row to b; values are those of its attributes, by slot.
func pack(b []byte, j judged, values []string) []byte {
	b = binary.AppendUvarint(b, j.number)
	if j.reject != nil {
		b = append(b, packedReject)
		b = binary.AppendUvarint(b, uint64(j.reject.Row))
		return packTexts(b, j.reject.PhoneNumber, j.reject.Code, j.reject.Detail)
	}
	b = append(b, packedPerson)
	b = binary.AppendUvarint(b, uint64(j.row.Row))
	r := &j.row
	b = packTexts(b, r.Number.E164, r.Number.Country, r.Number.Warning, r.Written, r.FirstName, r.LastName, r.Language, r.Timezone, r.State)
	last := -1
	for slot, value := range values {
		if value != "" {
			b = binary.AppendUvarint(b, uint64(slot-last))
			b = packTexts(b, value)
			last = slot
		}
	}
	return b
}

func packTexts(b []byte, texts ...string) []byte {
	for _, text := range texts {
		b = binary.AppendUvarint(b, uint64(len(text)))
		b = append(b, text...)
	}
	return b
}

var errPacked = errors.New("a sorted row cannot be read back")

// row reads a row that pack made.
func (u *unpacker) row(b []byte) (judged, error) {
	u.rest, u.failed = string(b), false
	j := judged{number: u.count()}
	kind := u.count()
	row := int(u.count())
	switch kind {
	case packedReject:
		j.reject = &Reject{Row: row, PhoneNumber: u.text(), Code: u.text(), Detail: u.text()}
	case packedPerson:
		j.row = Row{
			Row: row, Number: phone.Number{E164: u.text(), Country: u.text(), Warning: u.text()},
			Written: u.text(), FirstName: u.text(), LastName: u.text(), Language: u.text(), Timezone: u.text(),
			State: u.text(),
		}
		j.row.Attributes = u.object()
		j.row.Place = phone.Locate(j.row.Number.E164)
	default:
		u.failed = true
	}
	if u.failed || u.rest != "" {
		return judged{}, errPacked
	}
	return j, nil
}

// unpacker cuts a text into pieces that share its memory.
type unpacker struct {
	names  *attributes
	rest   string
	failed bool
	room   []byte
}

// object is the attributes, to the end of the row, as JSON.
func (u *unpacker) object() string {
	u.room = append(u.room[:0], '{')
	slot := -1
	for u.rest != "" && !u.failed {
		step := u.count()
		if u.failed || step < 1 || step >= uint64(len(u.names.keys)-slot) {
			u.failed = true
			break
		}
		slot += int(step)
		u.room = u.names.appendPair(u.room, slot, u.text())
	}
	u.room = append(u.room, '}')
	return string(u.room)
}

func (u *unpacker) count() uint64 {
	var n uint64
	for i := 0; i < len(u.rest) && i < binary.MaxVarintLen64; i++ {
		c := u.rest[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			u.rest = u.rest[i+1:]
			return n
		}
	}
	u.failed = true
	return 0
}

func (u *unpacker) text() string {
	n := u.count()
	if u.failed || n > uint64(len(u.rest)) {
		u.failed = true
		return ""
	}
	text := u.rest[:n]
	u.rest = u.rest[n:]
	return text
}
