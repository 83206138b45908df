package telemetry

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
)

const hidden = "[hidden]"

// Mask wraps a handler so that nothing private passes it.
func Mask(next slog.Handler) slog.Handler {
	if m, ok := next.(maskHandler); ok {
		return m
	}
	return maskHandler{next}
}

type maskHandler struct {
	next slog.Handler
}

// Enabled implements slog.Handler.
func (h maskHandler) Enabled(ctx context.Context, level slog.Level) bool {
	return h.next.Enabled(ctx, level)
}

// Handle implements slog.Handler.
func (h maskHandler) Handle(ctx context.Context, r slog.Record) error {
	masked := slog.NewRecord(r.Time, r.Level, Scrub(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		masked.AddAttrs(maskAttr(a))
		return true
	})
	return h.next.Handle(ctx, masked)
}

// WithAttrs implements slog.Handler.
func (h maskHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	masked := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		masked[i] = maskAttr(a)
	}
	return maskHandler{h.next.WithAttrs(masked)}
}

// WithGroup implements slog.Handler.
func (h maskHandler) WithGroup(name string) slog.Handler {
	return maskHandler{h.next.WithGroup(name)}
}

func maskAttr(a slog.Attr) slog.Attr {
	v := a.Value.Resolve()
	if v.Kind() == slog.KindGroup {
		group := v.Group()
		masked := make([]slog.Attr, len(group))
		for i, g := range group {
			masked[i] = maskAttr(g)
		}
		return slog.Attr{Key: Scrub(a.Key), Value: slog.GroupValue(masked...)}
	}
	switch kindOf(a.Key) {
	case secretKey:
		if v.Kind() == slog.KindString && (v.String() == "" || v.String() == "[set]" || v.String() == "[not set]") {
			return slog.Attr{Key: a.Key, Value: v}
		}
		return slog.String(a.Key, hidden)
	case messageKey:
		if v.Kind() == slog.KindString {
			return slog.String(a.Key, ShortID(Scrub(v.String()), v.String()))
		}
	case phoneKey:
		// A number that was logged as an integer; elsewhere integers count things.
		if v.Kind() == slog.KindInt64 || v.Kind() == slog.KindUint64 {
			v = slog.StringValue(v.String())
		}
	}
	switch v.Kind() {
	case slog.KindString:
		return slog.String(Scrub(a.Key), Scrub(v.String()))
	case slog.KindAny:
		return slog.Attr{Key: Scrub(a.Key), Value: maskAny(v.Any())}
	}
	return slog.Attr{Key: Scrub(a.Key), Value: v}
}

// maskAny turns a foreign value into masked text, because a handler would write
// whatever is inside. A map keeps its keys, so that headers are judged by name.
func maskAny(v any) slog.Value {
	switch v := v.(type) {
	case nil:
		return slog.AnyValue(nil)
	case *slog.Source:
		return slog.AnyValue(v)
	case error:
		return slog.StringValue(Scrub(safely(v.Error)))
	case fmt.Stringer:
		return slog.StringValue(Scrub(safely(v.String)))
	case []byte:
		return slog.StringValue(Scrub(string(v)))
	}
	if text, err := json.Marshal(v); err == nil {
		var plain any
		if json.Unmarshal(text, &plain) == nil {
			if masked, err := json.Marshal(maskTree("", plain)); err == nil {
				return slog.StringValue(string(masked))
			}
		}
	}
	return slog.StringValue(Scrub(fmt.Sprintf("%+v", v)))
}

// safely survives a method called on a nil pointer: a log line is no place to
// crash.
func safely(f func() string) (s string) {
	defer func() {
		if recover() != nil {
			s = "<nil>"
		}
	}()
	return f()
}

// maskTree masks decoded JSON.
func maskTree(key string, v any) any {
	switch kindOf(key) {
	case secretKey:
		return hidden
	case messageKey:
		if s, ok := v.(string); ok {
			return ShortID(Scrub(s), s)
		}
	}
	switch v := v.(type) {
	case map[string]any:
		masked := make(map[string]any, len(v))
		for k, e := range v {
			masked[Scrub(k)] = maskTree(k, e)
		}
		return masked
	case []any:
		for i, e := range v {
			v[i] = maskTree(key, e)
		}
		return v
	case string:
		return Scrub(v)
	case float64:
		// Past a billion it may be a number that somebody can be called at.
		if v >= 1e9 || v <= -1e9 {
			return Scrub(fmt.Sprintf("%.0f", v))
		}
	}
	return v
}

type keyKind int

const (
	plainKey keyKind = iota
	secretKey
	messageKey
	phoneKey
)

// kindOf judges an attribute by its name: "X-Plivo-Signature-V3", "authToken"
// and "auth_token" are read alike.
func kindOf(key string) keyKind {
	var b [64]byte
	if len(key) > len(b) {
		return plainKey
	}
	k := b[:0]
	for i := range len(key) {
		switch c := key[i]; {
		case c >= 'A' && c <= 'Z':
			k = append(k, c|0x20)
		case c != '-' && c != '_' && c != '.':
			k = append(k, c)
		}
	}
	switch string(k) { // compared without a copy
	case "message", "messageid":
		return messageKey
	case "phone", "phonenumber", "number", "to", "from":
		return phoneKey
	case "apikey", "encryptionkey", "dsn", "sentrydsn", "nonce":
		return secretKey
	}
	for _, part := range secretParts {
		if bytes.Contains(k, part) {
			return secretKey
		}
	}
	for _, end := range secretEnds {
		if bytes.HasSuffix(k, end) {
			return secretKey
		}
	}
	return plainKey
}

var (
	secretParts = [][]byte{[]byte("authorization"), []byte("signature"), []byte("password"), []byte("secret")}
	secretEnds  = [][]byte{[]byte("token"), []byte("cookie")}
)

// ShortID gives the run key of a message id (five characters and the recipient's
// number in base 36), and otherwise the text that is given first.
func ShortID(otherwise, id string) string {
	if !isMessageID(id) {
		return otherwise
	}
	return id[:5] + "…"
}

func isMessageID(s string) bool {
	if len(s) != 15 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}
