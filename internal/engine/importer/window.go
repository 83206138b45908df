package importer

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"tidings/internal/engine/stride"
)

// windowRows is how many rows are sorted by number before they are written. Files
// are in no order of numbers, and the tables have indexes in that order: row by
// row each goes to another page of two of them, and writing those pages takes
// most of the time. 25,000 rows are some 10 MB of memory and bring a chunk down
// to a quarter of the pages.
const windowRows = 25_000

// windowBytes ends a window of long rows early, by what their cells hold. Three
// windows are in memory at once: one is read, one waits, one is written.
const windowBytes = 4 << 20

// judged is a row of the file as it will be written or refused.
type judged struct {
	row    Row
	reject *Reject
	number uint64 // 0 where there is none
}

// judge reads the file and hands over its rows in windows. What was done before
// is read again for its numbers alone, so that a second row of one of them is
// still a duplicate, and so that windows begin where they began.
func (i *Importer) judge(ctx context.Context, im *Import, file io.Reader, windows chan<- []judged) error {
	sheet, err := openSheet(file, im.Mapping)
	if err != nil {
		return &unreadableError{err}
	}
	j := judge{columns: sheet.columns, country: im.DefaultCountry}
	var seen numbers
	size := max(im.SortedRows, i.chunk)
	for {
		var window []judged
		last, held := false, 0
		for len(window) < size && held < windowBytes {
			rec, err := sheet.next()
			if last = errors.Is(err, io.EOF); last {
				break
			}
			if err != nil {
				return &unreadableError{err}
			}
			held += rec.size()
			window = append(window, j.look(rec, &seen))
		}
		if im.SortedRows > 0 {
			slices.SortStableFunc(window, func(a, b judged) int { return cmp.Compare(a.number, b.number) })
		}
		select {
		case windows <- window:
		case <-ctx.Done():
			return ctx.Err()
		}
		if last {
			return nil
		}
	}
}

// look judges one row, among those that were seen before.
func (j judge) look(rec record, seen *numbers) judged {
	row, reject := j.judge(rec)
	if reject != nil {
		return judged{reject: reject}
	}
	if !seen.add(row.key()) {
		return judged{reject: &Reject{Row: row.Row, PhoneNumber: row.Written, Code: CodeDuplicate,
			Detail: "an earlier row of the file has this number; that one counts"}}
	}
	return judged{row: row, number: row.key()}
}

// cutWindows makes chunks of windows, from the first row that is not done yet.
func cutWindows(ctx context.Context, im *Import, pace *stride.Stride, windows <-chan []judged, chunks chan<- Chunk) error {
	at, done := 0, im.Done
	for window := range windows {
		for len(window) > 0 {
			if at < done { // a window that was begun, or one that is over
				skip := min(done-at, len(window))
				at, window = at+skip, window[skip:]
				continue
			}
			n := min(pace.Rows(), len(window))
			select {
			case chunks <- chunkOf(im, at, window[:n]):
			case <-ctx.Done():
				return ctx.Err()
			}
			at, window = at+n, window[n:]
		}
	}
	return nil
}

func chunkOf(im *Import, from int, rows []judged) Chunk {
	c := Chunk{Import: im, From: from}
	for _, r := range rows {
		if r.reject != nil {
			c.Rejects = append(c.Rejects, *r.reject)
		} else {
			c.Rows = append(c.Rows, r.row)
		}
	}
	return c
}
