package importer

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// foreign are the first bytes of what is often uploaded in place of a CSV file.
var foreign = []struct {
	magic, what string
}{
	{"PK\x03\x04", "an Excel workbook or another zip file"},
	{"\xd0\xcf\x11\xe0", "an old Excel workbook"},
	{"%PDF", "a PDF document"},
	{"\x1f\x8b", "a compressed file"},
}

// sniffed is how much of a file is looked at to tell its encoding.
const sniffed = 4 << 10

// text gives the bytes of a file without a byte order mark, and those of UTF-16
// as UTF-8. Windows-1252 cannot be told from the first bytes; it is tried row by
// row, where a row is no UTF-8.
func text(file io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(file, 4*maxRow)
	head, err := in.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	for _, f := range foreign {
		if bytes.HasPrefix(head, []byte(f.magic)) {
			return nil, refuseFile(CodeNotCSV, "this is %s; save the sheet as CSV (UTF-8) and upload that", f.what)
		}
	}
	mark, order := 0, unicode.LittleEndian
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err := in.Discard(3)
		return in, err
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		mark = 2
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		mark, order = 2, unicode.BigEndian
	default:
		even, odd := zeros(head)
		pairs := len(head) / 2
		switch { // Latin letters have a zero byte each in UTF-16, nothing else has
		case odd > pairs/2 && even <= pairs/20:
		case even > pairs/2 && odd <= pairs/20:
			order = unicode.BigEndian
		default:
			return in, nil
		}
	}
	if _, err := in.Discard(mark); err != nil {
		return nil, err
	}
	decoded := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Reader(in)
	return bufio.NewReaderSize(decoded, 4*maxRow), nil
}

func zeros(head []byte) (even, odd int) {
	for i, b := range head {
		switch {
		case b != 0:
		case i%2 == 0:
			even++
		default:
			odd++
		}
	}
	return even, odd
}

// decode gives a cell as UTF-8, from Windows-1252 where it is not; false if it
// is neither.
func decode(cell []byte) (string, bool) {
	if utf8.Valid(cell) {
		return string(cell), true
	}
	if hasUndefined(cell) {
		return "", false
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(cell)
	return string(out), err == nil
}

// hasUndefined finds the five bytes that stand for nothing in Windows-1252.
func hasUndefined(cell []byte) bool {
	for _, b := range cell {
		switch b {
		case 0x81, 0x8d, 0x8f, 0x90, 0x9d:
			return true
		}
	}
	return false
}
