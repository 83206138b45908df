package spool

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// A record is its length and a checksum of length and content, four bytes each,
// little-endian, and then its content.
const headerSize = 8

// maxRecord is above any webhook, whose form is 64 KB at most.
const maxRecord = 256 << 10

// errTorn says that no whole record follows.
var errTorn = errors.New("the spool ends in the middle of a record")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func frame(content []byte) ([]byte, error) {
	if len(content) == 0 || len(content) > maxRecord {
		return nil, fmt.Errorf("a record of %d bytes; the spool takes 1 to %d", len(content), maxRecord)
	}
	framed := make([]byte, headerSize, headerSize+len(content))
	binary.LittleEndian.PutUint32(framed, uint32(len(content)))
	binary.LittleEndian.PutUint32(framed[4:], checksum(framed[:4], content))
	return append(framed, content...), nil
}

func checksum(length, content []byte) uint32 {
	return crc32.Update(crc32.Checksum(length, castagnoli), castagnoli, content)
}

func sizeOf(content []byte) int64 { return headerSize + int64(len(content)) }

// readRecord reads the next record; errTorn where it is not whole.
func readRecord(r io.Reader) ([]byte, error) {
	var header [headerSize]byte
	if err := read(r, header[:]); err != nil {
		return nil, err
	}
	length := binary.LittleEndian.Uint32(header[:])
	if length == 0 || length > maxRecord {
		return nil, errTorn
	}
	content := make([]byte, length)
	if err := read(r, content); err != nil {
		return nil, err
	}
	if checksum(header[:4], content) != binary.LittleEndian.Uint32(header[4:]) {
		return nil, errTorn
	}
	return content, nil
}

func read(r io.Reader, into []byte) error {
	_, err := io.ReadFull(r, into)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errTorn
	}
	if err != nil {
		return fmt.Errorf("read the spool: %w", err)
	}
	return nil
}
