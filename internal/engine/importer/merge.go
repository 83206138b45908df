package importer

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

// merge gives the rows of several sorted stretches as one, and refuses all but the first of those that have the same
// number.
type merge struct {
	heads []*head // a heap: the next row is that of the first
	last  uint64  // number of the row before
}

// maxPacked is bytes of a packed row: far more than a row of the file can become.
const maxPacked = 16 * maxRow

// head is the next row of a stretch.
type head struct {
	in     *bufio.Reader
	room   []byte
	unpack unpacker
	judged judged
	packed packed // its place in the order
}

func newMerge(names *attributes, stretches []io.Reader) (*merge, error) {
	m := &merge{}
	for _, s := range stretches {
		h := &head{in: bufio.NewReaderSize(s, 32<<10), unpack: unpacker{names: names}}
		switch err := h.next(); {
		case errors.Is(err, io.EOF):
			continue
		case err != nil:
			return nil, err
		}
		m.heads = append(m.heads, h)
	}
	for i := len(m.heads)/2 - 1; i >= 0; i-- {
		m.sink(i)
	}
	return m, nil
}

// next gives the next row; io.EOF after the last.
func (m *merge) next() (judged, error) {
	if len(m.heads) == 0 {
		return judged{}, io.EOF
	}
	first := m.heads[0]
	j := first.judged
	switch err := first.next(); {
	case errors.Is(err, io.EOF):
		end := len(m.heads) - 1
		m.heads[0], m.heads = m.heads[end], m.heads[:end]
	case err != nil:
		return judged{}, err
	}
	m.sink(0)
	if j.number != 0 && j.number == m.last {
		return duplicate(j.row), nil
	}
	m.last = j.number
	return j, nil
}

// sink moves a head down to where it belongs.
func (m *merge) sink(i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(m.heads); child++ {
			if m.heads[child].packed.before(m.heads[least].packed) < 0 {
				least = child
			}
		}
		if least == i {
			return
		}
		m.heads[i], m.heads[least] = m.heads[least], m.heads[i]
		i = least
	}
}

// next reads the next row of the stretch.
func (h *head) next() error {
	length, err := binary.ReadUvarint(h.in)
	if err != nil {
		return err // io.EOF at the end of the stretch
	}
	if length > maxPacked {
		return errPacked
	}
	if uint64(cap(h.room)) < length {
		h.room = make([]byte, length)
	}
	h.room = h.room[:length]
	if _, err := io.ReadFull(h.in, h.room); err != nil {
		return errors.Join(errPacked, err)
	}
	if h.judged, err = h.unpack.row(h.room); err != nil {
		return err
	}
	h.packed = packed{number: h.judged.number, row: h.judged.line()}
	return nil
}
