package hours

import (
	"bytes"
	_ "embed"
	"fmt"
	"strconv"
	"sync"
	"time"
)

// archive is made by _gen/zones.go: a line "tidings-zones 1 <version> <count>",
// then count lines "<name> <offset> <length>" sorted by name, then the TZif
// files, each of which starts at its offset behind the last line.
//
//go:embed zones.bin
var archive []byte

const archiveFormat = "tidings-zones 1 "

type index struct {
	version string
	files   map[string][]byte
}

var readIndex = sync.OnceValues(func() (index, error) { return parseArchive(archive) })

var zones sync.Map // name -> *zone, each stored once and never changed

func parseArchive(data []byte) (index, error) {
	head, rest, ok := bytes.Cut(data, []byte("\n"))
	fields := bytes.Fields(bytes.TrimPrefix(head, []byte(archiveFormat)))
	if !ok || !bytes.HasPrefix(head, []byte(archiveFormat)) || len(fields) != 2 {
		return index{}, fmt.Errorf("zone archive: unknown first line %q; run go generate in rules/hours", head)
	}
	count, err := strconv.Atoi(string(fields[1]))
	if err != nil {
		return index{}, fmt.Errorf("zone archive: count: %w", err)
	}
	type entry struct {
		name           string
		offset, length int
	}
	entries := make([]entry, 0, count)
	for range count {
		var line []byte
		if line, rest, ok = bytes.Cut(rest, []byte("\n")); !ok {
			return index{}, fmt.Errorf("zone archive: ends inside its index; run go generate in rules/hours")
		}
		part := bytes.Fields(line)
		if len(part) != 3 {
			return index{}, fmt.Errorf("zone archive: bad index line %q; run go generate in rules/hours", line)
		}
		offset, errOffset := strconv.Atoi(string(part[1]))
		length, errLength := strconv.Atoi(string(part[2]))
		if errOffset != nil || errLength != nil || offset < 0 || length < 0 {
			return index{}, fmt.Errorf("zone archive: bad index line %q; run go generate in rules/hours", line)
		}
		entries = append(entries, entry{string(part[0]), offset, length})
	}
	idx := index{version: string(fields[0]), files: make(map[string][]byte, count)}
	for _, e := range entries {
		if e.offset > len(rest) || e.length > len(rest)-e.offset {
			return index{}, fmt.Errorf("zone archive: %s lies outside the file; run go generate in rules/hours", e.name)
		}
		idx.files[e.name] = rest[e.offset : e.offset+e.length]
	}
	return idx, nil
}

// Version is the IANA release of the zone data, for example "2026f".
func Version() string {
	idx, err := readIndex()
	if err != nil {
		return ""
	}
	return idx.version
}

// Zone returns the zone of an IANA name such as "America/New_York", older names
// ("US/Eastern") included. Names of the machine ("Local", "") are refused: a
// legal decision must not hang on where the server stands.
func Zone(name string) (*time.Location, error) {
	z, err := load(name)
	if err != nil {
		return nil, err
	}
	return z.location, nil
}

// load finds a zone by name and remembers it; both ways are safe for concurrent
// use, and a name that does not exist is not remembered.
func load(name string) (*zone, error) {
	if known, ok := zones.Load(name); ok {
		return known.(*zone), nil
	}
	idx, err := readIndex()
	if err != nil {
		return nil, err
	}
	data, ok := idx.files[name]
	if !ok {
		return nil, &Error{CodeZoneUnknown, fmt.Sprintf("%q is no time zone; use an IANA name such as America/New_York", name)}
	}
	location, err := time.LoadLocationFromTZData(name, data)
	if err != nil {
		return nil, fmt.Errorf("zone %s: %w", name, err)
	}
	known, _ := zones.LoadOrStore(name, newZone(location))
	return known.(*zone), nil
}
