package importer

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// record is one row of a file: its cells, or why it cannot be read.
type record struct {
	row   int // as a spreadsheet counts, blank ones too
	cells []string
	fault *Reject // without a number; nil where the cells are good
}

// size is how many bytes the cells hold.
func (r record) size() int {
	n := 0
	for _, c := range r.cells {
		n += len(c)
	}
	return n
}

// reader takes a CSV file apart, in memory that does not grow with the file. It
// is forgiving where spreadsheets are: any line end, blanks around quotes,
// quotes inside plain cells, missing cells at the end.
type reader struct {
	in        *bufio.Reader
	delimiter byte
	row       int
	parts     [][]byte // of the current row, reused
	scratch   []byte   // cells with doubled quotes are put together here
}

const delimiters = ",;\t|"

// newReader tells the encoding and the delimiter. suits says whether cells make
// a good header: of several delimiters that one is taken whose header suits.
func newReader(file io.Reader, suits func(cells []string) bool) (*reader, error) {
	in, err := text(file)
	if err != nil {
		return nil, err
	}
	r := &reader{in: in, delimiter: delimiters[0]}
	window, err := in.Peek(maxRow)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	// Excel writes the delimiter into a first line of its own.
	if line, rest, found := bytes.Cut(window, []byte("\n")); found || len(rest) == 0 {
		line = bytes.TrimRight(line, "\r")
		if len(line) == 5 && strings.EqualFold(string(line[:4]), "sep=") && strings.IndexByte(delimiters, line[4]) >= 0 {
			r.delimiter = line[4]
			r.row = 1
			_, err := in.Discard(len(window) - len(rest))
			return r, err
		}
	}
	r.sniff(window, suits)
	return r, nil
}

func (r *reader) sniff(window []byte, suits func([]string) bool) {
	// Blank lines above the header have no delimiter to show.
	window = bytes.TrimLeft(window, "\r\n \t")
	best, suited := 0, false
	for i := range len(delimiters) {
		probe := reader{delimiter: delimiters[i]}
		probe.split(window)
		cells, ok := probe.decoded()
		if !ok {
			continue
		}
		suit := suits(cells)
		if suit && !suited || suit == suited && len(cells) > best {
			r.delimiter, best, suited = delimiters[i], len(cells), suit
		}
	}
}

// next reads the next row that is not blank; io.EOF after the last.
func (r *reader) next() (record, error) {
	for {
		window, err := r.in.Peek(maxRow + 1)
		if err != nil && !errors.Is(err, io.EOF) {
			return record{}, fmt.Errorf("read the file: %w", err)
		}
		if len(window) == 0 {
			return record{}, io.EOF
		}
		ends := errors.Is(err, io.EOF)
		r.row++
		n, state := r.split(window)
		var rec record
		switch {
		case state == open && !ends || state == plain && !ends:
			rec, err = r.skip(window, state)
		case state == open: // a quote that never closes: its line alone is lost
			rec, err = r.skip(window, state)
		default:
			rec = r.record(window[:n])
			err = r.pass(window, n)
		}
		if err != nil {
			return record{}, err
		}
		if rec.fault != nil || !blank(rec.cells) {
			return rec, nil
		}
	}
}

// How a row ended within what was looked at.
type ending int

const (
	closed ending = iota // at a line end
	plain                // nowhere, outside quotes
	open                 // nowhere, inside quotes
)

// split finds the cells of the first row in a window and the length of the row
// with its line end.
func (r *reader) split(window []byte) (n int, state ending) {
	r.parts, r.scratch = r.parts[:0], r.scratch[:0]
	for i := 0; ; {
		var cell []byte
		var inside bool
		cell, i, inside = r.cell(window, i)
		r.parts = append(r.parts, cell)
		switch {
		case i == len(window) && inside:
			return i, open
		case i == len(window):
			return i, plain
		case window[i] == r.delimiter:
			i++
		case window[i] == '\r' && i+1 < len(window) && window[i+1] == '\n':
			return i + 2, closed
		default:
			return i + 1, closed
		}
	}
}

// cell reads one cell and says where it ends: at a delimiter, at a line end or
// at the end of the window, and whether a quote is still open there.
func (r *reader) cell(window []byte, start int) (cell []byte, end int, inside bool) {
	i := start
	for i < len(window) && window[i] == ' ' {
		i++
	}
	if i == len(window) || window[i] != '"' {
		end = r.plainEnd(window, i)
		return window[start:end], end, false
	}
	i++
	from := len(r.scratch)
	for {
		quote := bytes.IndexByte(window[i:], '"')
		if quote < 0 {
			return nil, len(window), true
		}
		r.scratch = append(r.scratch, window[i:i+quote]...)
		i += quote + 1
		if i < len(window) && window[i] == '"' {
			r.scratch = append(r.scratch, '"')
			i++
			continue
		}
		break
	}
	// What stands behind the closing quote belongs to the cell.
	end = r.plainEnd(window, i)
	r.scratch = append(r.scratch, bytes.TrimRight(window[i:end], " ")...)
	return r.scratch[from:len(r.scratch):len(r.scratch)], end, false
}

func (r *reader) plainEnd(window []byte, i int) int {
	for ; i < len(window); i++ {
		if c := window[i]; c == r.delimiter || c == '\n' || c == '\r' {
			break
		}
	}
	return i
}

// record makes a row of the parts that split found.
func (r *reader) record(raw []byte) record {
	rec := record{row: r.row}
	if len(raw) > maxRow {
		rec.fault = tooLarge(r.row)
		return rec
	}
	if bytes.IndexByte(raw, 0) >= 0 {
		rec.fault = &Reject{Row: r.row, Code: CodeNULByte,
			Detail: "the row has a NUL character, which no text has; save the file again as CSV (UTF-8)"}
		return rec
	}
	cells, ok := r.decoded()
	if !ok {
		rec.fault = &Reject{Row: r.row, Code: CodeBadEncoding,
			Detail: "the row is neither UTF-8 nor Windows-1252; save the file again as CSV (UTF-8)"}
		return rec
	}
	rec.cells = cells
	return rec
}

func (r *reader) decoded() ([]string, bool) {
	cells := make([]string, len(r.parts))
	for i, part := range r.parts {
		var ok bool
		if cells[i], ok = decode(part); !ok {
			return nil, false
		}
	}
	return cells, true
}

// skip leaves out the first line of a window in which no row ends. With a quote
// that was never closed the rows below it are read as rows again: a stray quote
// costs one line and not the rest of the file.
func (r *reader) skip(window []byte, state ending) (record, error) {
	rec := record{row: r.row, fault: tooLarge(r.row)}
	if state == open {
		rec.fault = &Reject{Row: r.row, Code: CodeUnclosedQuote,
			Detail: "a quote opens in this row and does not close within 64 KiB; remove it, or double it if it belongs to the text"}
	}
	for {
		if i := bytes.IndexAny(window, "\r\n"); i >= 0 {
			n := i + 1
			if window[i] == '\r' && n < len(window) && window[n] == '\n' {
				n++
			}
			return rec, r.pass(window, n)
		}
		rec.fault = tooLarge(r.row)
		if _, err := r.in.Discard(len(window)); err != nil {
			return rec, err
		}
		var err error
		window, err = r.in.Peek(maxRow)
		if err != nil && !errors.Is(err, io.EOF) {
			return rec, fmt.Errorf("read the file: %w", err)
		}
		if len(window) == 0 {
			return rec, nil
		}
	}
}

// pass goes behind a line of n bytes, and behind the second half of a line end
// that the window has cut in two.
func (r *reader) pass(window []byte, n int) error {
	cut := n == len(window) && n > 0 && window[n-1] == '\r'
	if _, err := r.in.Discard(n); err != nil || !cut {
		return err
	}
	if next, err := r.in.Peek(1); err == nil && next[0] == '\n' {
		_, err = r.in.Discard(1)
		return err
	}
	return nil
}

func tooLarge(row int) *Reject {
	return &Reject{Row: row, Code: CodeRowTooLarge, Detail: "the row is longer than 64 KiB; shorten it"}
}

func blank(cells []string) bool {
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}
