package telemetry

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestScrubKeepsTheLastFourDigitsOfNumbers(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"to +12125550123 now":                   "to ***0123 now",
		"+1 (212) 555-0123":                     "***0123",
		"(415) 555-2671":                        "(***2671",
		"212.555.0123":                          "***0123",
		"1-212-555-0123.":                       "***0123.",
		"tel:%2B12125550123":                    "tel:%2B***0123",
		"\"12125550123\" is not valid":          "\"***0123\" is not valid",
		"12125550123<12125550124":               "***0123<***0124",
		"12125550123 12125550124":               "***0124",
		"+1\u00a0212\u202f555\u20110123":        "***0123",
		"number:12125550123,":                   "number:***0123,",
		"x12125550123y":                         "x***0123y",
		"2026-03-02 12125550123":                "2026-03-02 ***0123",
		"12125550123 2026-03-02":                "***0123 2026-03-02",
		"+1.2125550123":                         "***0123",
		"1.212.555.0123":                        "***0123",
		"1.2125550123":                          "***0123",
		"+49 30 901820 at 10:00":                "***1820 at 10:00",
		"٠١٢٣٤٥٦٧٨":                             "***0000",
		"2026-03-02 15:04:05.123456Z":           "2026-03-02 15:04:05.123456Z",
		"2026-03-02T15:04:05+05:30 ok":          "2026-03-02T15:04:05+05:30 ok",
		"at 15:04:05.123456":                    "at 15:04:05.123456",
		"from 192.168.100.200:41234":            "from 192.168.100.200:41234",
		"took 1.234567891s":                     "took 1.234567891s",
		"took 12.345678ms, ok":                  "took 12.345678ms, ok",
		"1,000,000 rows in 12s on :8090":        "1,000,000 rows in 12s on :8090",
		"5b40a428-bfc7-4daf-9d06-726c558bf3b8":  "5b40a428-bfc7-4daf-9d06-726c558bf3b8",
		"status 202, 7 of 1000":                 "status 202, 7 of 1000",
		"":                                      "",
		"POST /webhooks/plivo/status/abcDEF-_9": "POST /webhooks/plivo/status/…",
		"https://x.example/r/Ab3dEf9h?x":        "https://x.example/r/…?x",
		"GET /p/tok_en-123456":                  "GET /p/…",
		"GET /api/collections/messages/records/abcde0001x2y3z4 404": "GET /api/collections/messages/records/abcde… 404",
		"Authorization: Basic TUFYOnRva2Vu":                         "Authorization: [hidden]",
		`{"X-Plivo-Signature-V3":"abc=="}`:                          `{"X-Plivo-Signature-V3":"[hidden]"}`,
		"map[Authorization:[Bearer abc.def]]":                       "map[Authorization:[[hidden]]]",
		"sent bearer abcdefgh1 twice":                               "sent bearer [hidden] twice",
	}
	for in, want := range tests {
		if got := Scrub(in); got != want {
			t.Errorf("Scrub(%q)\n got %q\nwant %q", in, got, want)
		}
	}
}

// canaries are what must never be read in a log.
const (
	canaryDigits = "12125550123"
	canaryID     = "abcde000001x2y3"
	canaryToken  = "CANARYtokenCANARY"
)

type person struct {
	Phone string
	ID    int64
	Token string
}

type valuer struct{}

func (valuer) LogValue() slog.Value {
	return slog.GroupValue(slog.String("to", "+"+canaryDigits), slog.String("authToken", canaryToken))
}

type nilErr struct{ text string }

func (e *nilErr) Error() string { return e.text }

func TestNoCanaryPassesTheLogger(t *testing.T) {
	t.Parallel()
	spaced := "+1 (212) 555-0123"
	header := http.Header{"Authorization": {"Basic " + canaryToken}, "X-Plivo-Signature-Ma-V2": {canaryToken}, "X-Other": {spaced}}
	for _, format := range []string{"text", "json"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			log := Logger(&b, Options{Level: slog.LevelDebug, Format: format})
			log.Info("text to +"+canaryDigits, "to", canaryDigits, "spaced", spaced, "from", int64(12125550123), "number", 12125550123)
			log.With("phoneNumber", "+"+canaryDigits, "message", canaryID).WithGroup("g").Warn("x", "messageId", canaryID, "message_id", canaryID)
			log.Error("x", "err", fmt.Errorf("send: %w", errors.New(spaced+" refused")), "nil", error((*nilErr)(nil)), "any", nil)
			log.Debug("x", slog.Group("outer", slog.Group("inner", slog.String("phone", canaryDigits), slog.String("password", canaryToken))))
			log.Info("x", "header", header, "plain", map[string]any{canaryDigits: []string{spaced}, "authToken": canaryToken, "messageId": canaryID})
			log.Info("x", "struct", person{"+" + canaryDigits, 12125550123, canaryToken}, "pointer", &person{Phone: spaced, Token: canaryToken}, "list", []person{{Phone: canaryDigits}})
			log.Info("x", "valuer", valuer{}, "bytes", []byte("to="+canaryDigits), "func", http.HandlerFunc(nil), canaryDigits, "as a key")
			log.Info("x", "path", "/webhooks/plivo/status/"+canaryToken, "X-Plivo-Signature-V3", canaryToken, "cookie", canaryToken, "Authorization", canaryToken)
			out := b.String()
			for _, canary := range []string{canaryDigits, "555-0123", "5550123", canaryID, canaryID[5:], "1.2125550123e+10"} {
				if strings.Contains(out, canary) {
					t.Errorf("%q is in the log", canary)
				}
			}
			// A struct's own field named Token is judged by its name as well.
			if strings.Contains(out, canaryToken) {
				t.Error("a token is in the log")
			}
			if t.Failed() {
				t.Log(out)
			}
			for _, kept := range []string{"***0123", "abcde…", "[hidden]", "send: ***0123 refused"} {
				if !strings.Contains(out, kept) {
					t.Errorf("%q is missing", kept)
				}
			}
		})
	}
}

func TestLoggerKeepsWhatIsHarmless(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	log := Logger(&b, Options{Format: "json"})
	log.Info("start", "rows", 1000000000, "took", 1500*time.Millisecond, "ok", true, "rate", 0.25, "message", "all is well", "token", "[set]", "at", time.Date(2026, 3, 2, 15, 4, 5, 0, time.UTC))
	var got map[string]any
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	for k, want := range map[string]any{"msg": "start", "rows": 1e9, "took": 1.5e9, "ok": true, "rate": 0.25, "message": "all is well", "token": "[set]", "at": "2026-03-02T15:04:05Z", "level": "INFO"} {
		if got[k] != want {
			t.Errorf("%s = %v, want %v", k, got[k], want)
		}
	}
}

func TestLoggerChoosesFormatAndLevel(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		o    Options
		want string
	}{
		"text":       {Options{Format: "text"}, "level=INFO msg=seen\n"},
		"json":       {Options{Format: "json"}, `"msg":"seen"`},
		"no choice":  {Options{}, `"msg":"seen"`}, // a buffer is no terminal
		"warn level": {Options{Level: slog.LevelWarn}, ""},
	}
	for name, tt := range tests {
		var b bytes.Buffer
		log := Logger(&b, tt.o)
		log.Debug("hidden")
		log.Info("seen")
		if got := b.String(); !strings.Contains(got, tt.want) || (tt.want == "") != (got == "") || strings.Contains(got, "hidden") {
			t.Errorf("%s: %q", name, got)
		}
	}
	if Mask(Mask(slog.DiscardHandler)) != Mask(slog.DiscardHandler) {
		t.Error("a masked handler is masked twice")
	}
}

// Whatever stands around a number and between its digits, it does not get out.
func TestScrubHidesANumberInAnyWriting(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		country := rapid.StringMatching(`(\+?[1-9][0-9]{0,2})?`).Draw(t, "country")
		national := rapid.StringMatching(`[2-9][0-9]{9}`).Draw(t, "national")
		sep := rapid.SampledFrom([]string{"", " ", "-", ".", "/", ") ", " - ", "\u00a0"}).Draw(t, "separator")
		number := strings.Join([]string{national[:3], national[3:6], national[6:]}, sep)
		if country != "" {
			number = country + sep + number
		}
		before := rapid.StringMatching(`[ -/:-~é世]{0,6}`).Draw(t, "before")
		after := rapid.StringMatching(`([ -/:-rt-~é世][ -/:-~]{0,6})?`).Draw(t, "after")
		got := Scrub(before + number + after)
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, got)
		if len(digits) > keptDigits {
			t.Fatalf("%q became %q", before+number+after, got)
		}
	})
}

func FuzzScrub(f *testing.F) {
	for _, s := range []string{"+12125550123", "2026-03-02 15:04:05", "Authorization: x", "/r/abcdef", "\xff1\xfe2", "1.1.1.1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		run := 0
		for _, c := range Scrub(s) { // fractions of a second have nine digits at most
			if c >= '0' && c <= '9' {
				run++
			} else {
				run = 0
			}
			if run > 9 {
				t.Fatalf("%q became %q", s, Scrub(s))
			}
		}
	})
}

func BenchmarkLogger(b *testing.B) {
	attrs := []any{"to", "+12125550123", "run", "abcde", "status", 202, "took", 3 * time.Millisecond, "path", "/api/sms/preview"}
	b.Run("masked", func(b *testing.B) {
		log := Logger(io.Discard, Options{Format: "json"})
		b.ReportAllocs()
		for b.Loop() {
			log.InfoContext(context.Background(), "text accepted", attrs...)
		}
	})
	b.Run("plain", func(b *testing.B) {
		log := slog.New(slog.NewJSONHandler(io.Discard, nil))
		b.ReportAllocs()
		for b.Loop() {
			log.InfoContext(context.Background(), "text accepted", attrs...)
		}
	})
}

func BenchmarkScrub(b *testing.B) {
	for name, s := range map[string]string{
		"nothing to hide": strings.Repeat("a line of ordinary words; ", 400),
		"digits only":     strings.Repeat("1 2", 3400),
		"dates":           strings.Repeat("2026-03-02 15:04:05.123 ", 400),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				Scrub(s)
			}
		})
	}
}
