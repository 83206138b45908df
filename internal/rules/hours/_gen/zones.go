// Command zones builds the zone archive of package hours from an IANA release.
//
// It compiles tzdata.zi (the one-file form that distributions ship, with older
// names and the zones before 1970 kept apart) with zic in its slim form, stores
// equal files once, and writes the archive. The output depends on the release
// alone. Refresh: install the current tzdata, run go generate, mend the version
// and the offsets in zone_test.go.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
)

func main() {
	source := flag.String("source", "/usr/share/zoneinfo/tzdata.zi", "IANA data in one file")
	out := flag.String("out", "zones.bin", "archive to write")
	flag.Parse()
	if err := build(*source, *out); err != nil {
		log.Fatal(err)
	}
}

func build(source, out string) error {
	text, err := os.ReadFile(source)
	if err != nil {
		return err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	version, ok := strings.CutPrefix(first, "# version ")
	if !ok {
		return fmt.Errorf("%s does not name its version; is it a tzdata.zi?", source)
	}
	dir, err := os.MkdirTemp("", "zones")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	zic := exec.Command("zic", "-b", "slim", "-d", dir, source)
	zic.Env = append(os.Environ(), "PATH="+os.Getenv("PATH")+":/usr/sbin")
	if message, err := zic.CombinedOutput(); err != nil {
		return fmt.Errorf("zic: %w: %s", err, message)
	}
	files := map[string][]byte{}
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil || name == "Factory" { // a placeholder, no place
			return err
		}
		data, err := os.ReadFile(path)
		files[filepath.ToSlash(name)] = data
		return err
	})
	if err != nil {
		return err
	}
	return os.WriteFile(out, pack(version, files), 0o644)
}

func pack(version string, files map[string][]byte) []byte {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	var head, body bytes.Buffer
	offsets := map[string]int{}
	fmt.Fprintf(&head, "tidings-zones 1 %s %d\n", strings.TrimSpace(version), len(names))
	for _, name := range names {
		data := files[name]
		offset, stored := offsets[string(data)]
		if !stored {
			offset = body.Len()
			offsets[string(data)] = offset
			body.Write(data)
		}
		fmt.Fprintf(&head, "%s %d %d\n", name, offset, len(data))
	}
	return append(head.Bytes(), body.Bytes()...)
}
