package config

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
)

// Secret holds a value that is shown nowhere by accident: printed, logged or
// encoded it says only whether it is set.
type Secret struct {
	value string
}

// NewSecret wraps a value.
func NewSecret(value string) Secret { return Secret{value} }

// Reveal gives the value to the one who needs it.
func (s Secret) Reveal() string { return s.value }

// IsSet tells whether there is a value.
func (s Secret) IsSet() bool { return s.value != "" }

// Equal compares without telling by its duration where the values differ.
func (s Secret) Equal(other Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.value), []byte(other.value)) == 1
}

// String says whether there is a value.
func (s Secret) String() string {
	if s.IsSet() {
		return "[set]"
	}
	return "[not set]"
}

// Format answers every verb of fmt alike; without it %d would print the field.
func (s Secret) Format(f fmt.State, _ rune) { io.WriteString(f, s.String()) }

// LogValue implements slog.LogValuer.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalJSON implements json.Marshaler.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + s.String() + `"`), nil }

// MarshalText implements encoding.TextMarshaler, for every other encoder.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
