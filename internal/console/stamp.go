package console

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"
	"time"
)

// The marks in the two entry files that are filled in when the server starts.
const (
	markExtension = "__EXTENSION__"
	markSandbox   = "__SANDBOX__"
)

// entries are the files that carry marks.
var entries = []string{"main.js", "team/index.html"}

// stamped is the folder of pages with the marks of its entry files filled in.
type stamped struct {
	fs.FS
	name    string // "tidings-" and the content's hash
	entries map[string][]byte
}

// stamp names the pages after their content, so that every change has a new address.
func stamp(o Options) (stamped, error) {
	if o.SandboxURL != "" && !localPath.MatchString(o.SandboxURL) {
		return stamped{}, fmt.Errorf("sandbox address %q: give a path such as /simulator/", o.SandboxURL)
	}
	source := o.Source
	if source == nil {
		sub, err := fs.Sub(embedded, "ui")
		if err != nil {
			return stamped{}, err
		}
		source = sub
	}
	sum, err := hash(source, o.SandboxURL)
	if err != nil {
		return stamped{}, fmt.Errorf("hash the pages: %w", err)
	}
	s := stamped{FS: source, name: "tidings-" + sum, entries: make(map[string][]byte)}
	fill := strings.NewReplacer(markExtension, s.name, markSandbox, o.SandboxURL)
	for _, name := range entries {
		raw, err := fs.ReadFile(source, name)
		if err != nil {
			return stamped{}, err
		}
		s.entries[name] = []byte(fill.Replace(string(raw)))
	}
	return s, nil
}

// Open implements fs.FS.
func (s stamped) Open(name string) (fs.File, error) {
	if body, ok := s.entries[name]; ok {
		return &entry{Reader: bytes.NewReader(body), name: name}, nil
	}
	return s.FS.Open(name)
}

// hash covers names and contents, and what is written into the entry files.
func hash(source fs.FS, extra string) (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%q\n", extra)
	err := fs.WalkDir(source, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(source, path)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "%q %d\n", path, len(body))
		h.Write(body)
		return nil
	})
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil))[:12], nil
}

// entry is a filled-in file in memory. It seeks, as http.ServeContent asks for.
type entry struct {
	*bytes.Reader
	name string
}

func (e *entry) Close() error               { return nil }
func (e *entry) Stat() (fs.FileInfo, error) { return e, nil }
func (e *entry) Name() string               { return e.name[strings.LastIndexByte(e.name, '/')+1:] }
func (e *entry) Mode() fs.FileMode          { return 0o444 }
func (e *entry) ModTime() time.Time         { return time.Time{} }
func (e *entry) IsDir() bool                { return false }
func (e *entry) Sys() any                   { return nil }
