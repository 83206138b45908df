package consent

import "testing"

func TestSignsAlone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Intent{
		"🛑": OptOut, "✋🛑": OptOut, "🛑🙏": OptOut, "🛑 🤬🤬": OptOut, "🛑✋🏽!": OptOut,
		"🚫": Doubtful, "⛔⛔": Doubtful, "📵": Doubtful,
		"🛑👍": None, "🚫😂": None, "✋": None, "🙏": None, "🖕": None,
	} {
		if got := Classify(text); got != want {
			t.Errorf("Classify(%q) = %s, want %s", text, got, want)
		}
	}
}
