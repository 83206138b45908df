package importer

import (
	"cmp"
	"errors"
	"io"
	"slices"
)

// judged is a row of the file as it will be written or refused.
type judged struct {
	row    Row
	reject *Reject
	number uint64 // 0 where there is none
}

// line is the row's place in the file.
func (j judged) line() int {
	if j.reject != nil {
		return j.reject.Row
	}
	return j.row.Row
}

// windowBytes ends a window of long rows early, by what their cells hold.
const windowBytes = 4 << 20

// windows gives the rows of a file that an older version began to import: sorted in windows of im.SortedRows rows, or not
// at all. It ends as that version would have, as what is done is told by a number of rows alone.
type windows struct {
	sheet  *sheet
	judge  *judge
	seen   numbers
	size   int
	sorted bool
	window []judged
	ended  bool
}

func newWindows(im *Import, s *sheet) *windows {
	return &windows{
		sheet: s, judge: newJudge(s.columns, im.DefaultCountry),
		size: cmp.Or(im.SortedRows, chunkRows), sorted: im.SortedRows > 0,
	}
}

// next gives the next row; io.EOF after the last.
func (w *windows) next() (judged, error) {
	for len(w.window) == 0 {
		if w.ended {
			return judged{}, io.EOF
		}
		if err := w.read(); err != nil {
			return judged{}, err
		}
	}
	j := w.window[0]
	w.window = w.window[1:]
	return j, nil
}

// read fills the window.
func (w *windows) read() error {
	held := 0
	for len(w.window) < w.size && held < windowBytes {
		rec, err := w.sheet.next()
		if w.ended = errors.Is(err, io.EOF); w.ended {
			break
		}
		if err != nil {
			return &unreadableError{err}
		}
		held += rec.size()
		w.window = append(w.window, w.look(rec))
	}
	if w.sorted {
		slices.SortStableFunc(w.window, func(a, b judged) int { return cmp.Compare(a.number, b.number) })
	}
	return nil
}

// look judges one row, among those that were seen before.
func (w *windows) look(rec record) judged {
	j := w.judge.look(rec)
	if j.reject == nil && !w.seen.add(j.number) {
		return duplicate(j.row)
	}
	return j
}

// look judges one row by itself.
func (j *judge) look(rec record) judged {
	row, reject := j.judge(rec)
	if reject != nil {
		return judged{reject: reject}
	}
	return judged{row: row, number: row.key()}
}

// duplicate refuses a row whose number an earlier one has.
func duplicate(row Row) judged {
	return judged{reject: &Reject{Row: row.Row, PhoneNumber: row.Written, Code: CodeDuplicate,
		Detail: "an earlier row of the file has this number; that one counts"}}
}
