package importer

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// ErrorFile writes rejected rows as CSV, for a spreadsheet. Make it with
// NewErrorFile and Flush it.
type ErrorFile struct{ out *csv.Writer }

// NewErrorFile writes the header.
func NewErrorFile(w io.Writer) (*ErrorFile, error) {
	f := &ErrorFile{csv.NewWriter(w)}
	if err := f.out.Write([]string{"row", "phoneNumber", "code", "detail"}); err != nil {
		return nil, fmt.Errorf("write the error file: %w", err)
	}
	return f, nil
}

// Write adds a row.
func (f *ErrorFile) Write(r Reject) error {
	err := f.out.Write([]string{strconv.Itoa(r.Row), harmless(r.PhoneNumber), harmless(r.Code), harmless(r.Detail)})
	if err != nil {
		return fmt.Errorf("write the error file: %w", err)
	}
	return nil
}

// Flush writes what is buffered.
func (f *ErrorFile) Flush() error {
	f.out.Flush()
	if err := f.out.Error(); err != nil {
		return fmt.Errorf("write the error file: %w", err)
	}
	return nil
}

// harmless keeps a spreadsheet from taking a cell for a formula (OWASP, CSV
// injection): what begins like one, in full-width forms too, gets an apostrophe.
func harmless(cell string) string {
	switch first, _ := utf8.DecodeRuneInString(cell); first {
	case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠':
		return "'" + cell
	}
	return cell
}
