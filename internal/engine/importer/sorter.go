package importer

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"io"
	"slices"
)

// stretchBytes is how much of a file is sorted in memory at once. A million rows of the usual width are thirty stretches.
const stretchBytes = 4 << 20

// sorter brings the rows of a file into the order of their numbers, in memory that does not grow with the file: sorted
// stretches go to a file of their own and are merged at the end. A file that fits into one stretch never goes there.
type sorter struct {
	*spill
	most  int // bytes of a stretch
	packs []byte
	order []packed
}

// packed says where a row is within a stretch.
type packed struct {
	number   uint64 // 0 where there is none
	row      int
	from, to int
}

// before is the order in which rows are imported: that of numbers, and of one number's rows the first of the file first.
func (p packed) before(o packed) int { return cmp.Or(cmp.Compare(p.number, o.number), p.row-o.row) }

// add takes a row and the values of its attributes.
func (s *sorter) add(j judged, values []string) error {
	from := len(s.packs)
	s.packs = pack(s.packs, j, values)
	s.order = append(s.order, packed{j.number, j.line(), from, len(s.packs)})
	if len(s.packs) < s.most {
		return nil
	}
	err := s.write(s.sorted)
	s.packs, s.order = s.packs[:0], s.order[:0]
	return err
}

// rest gives what was added last, sorted, and not written.
func (s *sorter) rest() io.Reader {
	var b bytes.Buffer
	b.Grow(len(s.packs) + 3*len(s.order))
	_ = s.sorted(&b) // a buffer takes everything
	s.packs, s.order = nil, nil
	return &b
}

// sorted writes the stretch in order, each row behind its length.
func (s *sorter) sorted(w io.Writer) error {
	slices.SortFunc(s.order, packed.before)
	var length [binary.MaxVarintLen64]byte
	for _, p := range s.order {
		if _, err := w.Write(length[:binary.PutUvarint(length[:], uint64(p.to-p.from))]); err != nil {
			return err
		}
		if _, err := w.Write(s.packs[p.from:p.to]); err != nil {
			return err
		}
	}
	return nil
}
