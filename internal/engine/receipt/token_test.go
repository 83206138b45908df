package receipt_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tidings/internal/engine/receipt"
)

const id = "00001abc0defghi"

func TestATokenNamesItsAttempt(t *testing.T) {
	t.Parallel()
	tokens := receipt.NewTokens([]byte("secret"))
	rapid.Check(t, func(t *rapid.T) {
		want := receipt.Attempt{
			ID:     rapid.StringMatching(`[0-9a-z]{15}`).Draw(t, "id"),
			Number: rapid.IntRange(1, 1<<31-1).Draw(t, "attempt"),
		}
		token := tokens.Make(want.ID, want.Number)
		if got, err := tokens.Parse(token); err != nil || got != want {
			t.Fatalf("Parse(%q) = %+v, %v; want %+v", token, got, err, want)
		}
		if strings.Trim(token, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_") != "" {
			t.Fatalf("%q does not stand in a path as it is", token)
		}
	})
}

func TestATokenThatWasTouchedIsNotOurs(t *testing.T) {
	t.Parallel()
	tokens := receipt.NewTokens([]byte("secret"))
	token := tokens.Make(id, 1)
	name, mac := token[:len(id)+2], token[len(id)+3:]
	forged := map[string]string{
		"empty":                "",
		"no parts":             "nonsense",
		"dashes alone":         "--",
		"no MAC":               name + "-",
		"no attempt":           id + "--" + mac,
		"another attempt":      id + "-2-" + mac,
		"another message":      "00001abc0defghj-1-" + mac,
		"a zero before it":     id + "-01-" + mac,
		"a part moved":         id[:14] + "-i1-" + mac,
		"a MAC of more":        token + "A",
		"padding":              token + "==",
		"another key":          receipt.NewTokens([]byte("Secret")).Make(id, 1),
		"capitals":             strings.ToUpper(token),
		"a MAC of another":     name + "-" + tokens.Make(id, 2)[len(name)+1:],
		"an attempt too large": tokens.Make(id, 1<<40),
	}
	for i := range len(token) {
		forged["cut at "+string(rune('A'+i))] = token[:i]
		changed := []byte(token)
		changed[i] ^= 1
		forged["changed at "+string(rune('A'+i))] = string(changed)
	}
	for name, bad := range forged {
		if got, err := tokens.Parse(bad); !errors.Is(err, receipt.ErrBadToken) || got != (receipt.Attempt{}) {
			t.Errorf("%s: Parse(%q) = %+v, %v; want ErrBadToken", name, bad, got, err)
		}
	}
}

func TestTokensNeedASecret(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("no panic without a secret")
		}
	}()
	receipt.NewTokens(nil)
}

// FuzzParse feeds what strangers may put into a path: whatever passes was made
// by Make, letter for letter.
func FuzzParse(f *testing.F) {
	tokens := receipt.NewTokens([]byte("secret"))
	f.Add(tokens.Make(id, 1))
	f.Add(tokens.Make(id, 36)[:20])
	f.Add("--")
	f.Add("-1-" + strings.Repeat("A", 22))
	f.Fuzz(func(t *testing.T, token string) {
		got, err := tokens.Parse(token)
		if err != nil {
			if !errors.Is(err, receipt.ErrBadToken) {
				t.Errorf("Parse(%q) = %v, want ErrBadToken", token, err)
			}
			return
		}
		if again := tokens.Make(got.ID, got.Number); again != token {
			t.Errorf("Parse(%q) = %+v, whose token is %q", token, got, again)
		}
	})
}
