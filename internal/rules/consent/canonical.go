package consent

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"
)

// CanonicalJSON writes a value in the one form that the ledger hashes: keys
// sorted, no spaces, numbers as they were written, nothing escaped but what JSON
// demands. Text that is JSON already ([]byte or json.RawMessage) is rewritten so.
func CanonicalJSON(v any) ([]byte, error) {
	if m, ok := v.(map[string]any); ok && plain(m) {
		return encode(m)
	}
	var raw []byte
	switch text := v.(type) {
	case []byte:
		raw = text
	case json.RawMessage:
		raw = text
	default:
		var err error
		if raw, err = json.Marshal(v); err != nil {
			return nil, fmt.Errorf("write evidence as JSON: %w", err)
		}
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("read evidence as JSON: %w", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, fmt.Errorf("read evidence as JSON: more than one value; give a single object")
	}
	return encode(value)
}

// plain tells of evidence that needs no reading back, as an import has a million
// times: texts and whole numbers, with nothing that is no text.
func plain(m map[string]any) bool {
	for key, value := range m {
		text, ok := value.(string)
		if _, number := value.(int); !ok && !number || !utf8.ValidString(key) || !utf8.ValidString(text) {
			return false
		}
	}
	return true
}

func encode(value any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, fmt.Errorf("write evidence as JSON: %w", err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// Version names the wording that somebody agreed to: the same words have the same
// version, one letter makes another.
func Version(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}
