package importer

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// sheet is a file whose header was read.
type sheet struct {
	*reader
	columns columns
}

// openSheet reads the header of a file. The error is a *Refusal where the file is at
// fault.
func openSheet(file io.Reader, mapping map[string]string) (*sheet, error) {
	r, err := newReader(file, func(cells []string) bool {
		_, refusal := resolve(cells, mapping)
		return refusal == nil
	})
	if err != nil {
		return nil, err
	}
	header, err := r.next()
	switch {
	case errors.Is(err, io.EOF):
		return nil, refuseFile(CodeFileEmpty, "the file is empty")
	case err != nil:
		return nil, err
	case header.fault != nil:
		return nil, refuseFile(CodeHeaderMissing, "the first row cannot be read as a header: %s", header.fault.Detail)
	}
	cols, refusal := resolve(header.cells, mapping)
	if refusal != nil {
		return nil, refusal
	}
	return &sheet{reader: r, columns: cols}, nil
}

// survey reads a file from end to end and counts its rows, at most so many, before anything is
// written: what is wrong with the whole of it is known while its owner waits.
func survey(path string, mapping map[string]string, most int) (rows int, err error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("open the upload: %w", err)
	}
	defer file.Close()
	s, err := openSheet(file, mapping)
	if err != nil {
		return 0, err
	}
	for {
		switch _, err := s.next(); {
		case errors.Is(err, io.EOF) && rows == 0:
			return 0, refuseFile(CodeNoRows, "the file has a header and no rows below it")
		case errors.Is(err, io.EOF):
			return rows, nil
		case err != nil:
			return 0, err
		}
		if rows++; rows > most {
			return 0, refuseFile(CodeTooManyRows, "the file has more than %d rows; split it", most)
		}
	}
}
