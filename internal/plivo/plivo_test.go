package plivo

import (
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tidings/internal/engine/dispatch"
)

const (
	testID   = "MATESTTESTTESTTEST"
	testUUID = "5b40a428-bfc7-4daf-9d06-726c558bf3b8"
	to       = "+12125550123"
	from     = "+12125550100"
)

func newClient(t testing.TB, base string, change ...func(*Config)) *Client {
	t.Helper()
	cfg := Config{AuthID: testID, AuthToken: "canary-token", BaseURL: base, Connections: 4, Timeout: 5 * time.Second}
	for _, f := range change {
		f(&cfg)
	}
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// sample is a text whose Started counts its calls.
func sample(started *atomic.Int64) dispatch.Text {
	return dispatch.Text{Source: from, To: to, Body: "Hello", CallbackURL: "https://shop.example/webhooks/plivo/status/abc",
		Started: func() { started.Add(1) }}
}

func answering(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// cut answers with the given bytes and resets the connection.
func cut(raw string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		io.WriteString(conn, raw)
		conn.(*net.TCPConn).SetLinger(0)
		conn.Close()
	}
}

// stall waits until the client has gone.
func stall(before string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		if before != "" {
			w.WriteHeader(http.StatusAccepted)
			io.WriteString(w, before)
			w.(http.Flusher).Flush()
		}
		<-r.Context().Done()
	}
}

func TestNewRefusesBrokenConfigurations(t *testing.T) {
	t.Setenv("PLIVO_AUTH_ID", "MAFROMENVIRONMENT")
	t.Setenv("PLIVO_AUTH_TOKEN", "from-environment")
	good := Config{AuthID: testID, AuthToken: "canary-token"}
	tests := map[string]func(*Config){
		"no id":             func(c *Config) { c.AuthID = "" },
		"path in the id":    func(c *Config) { c.AuthID = "MA/../x" },
		"no token":          func(c *Config) { c.AuthToken = "" },
		"blank in token":    func(c *Config) { c.AuthToken = "canary token" },
		"broken escape":     func(c *Config) { c.BaseURL = "https://x/%zz" },
		"broken port":       func(c *Config) { c.BaseURL = "http://x:port/" },
		"no scheme":         func(c *Config) { c.BaseURL = "api.plivo.com" },
		"no host":           func(c *Config) { c.BaseURL = "https://:443" },
		"other scheme":      func(c *Config) { c.BaseURL = "file:///etc" },
		"query":             func(c *Config) { c.BaseURL = "https://x/?a=b" },
		"user":              func(c *Config) { c.BaseURL = "https://a:b@x" },
		"many connections":  func(c *Config) { c.Connections = 101 },
		"negative timeout":  func(c *Config) { c.Timeout = -1 },
		"less than nothing": func(c *Config) { c.Connections = -1 },
	}
	for name, change := range tests {
		cfg := good
		change(&cfg)
		c, err := New(cfg)
		if err == nil || c != nil {
			t.Errorf("%s: accepted", name)
		} else if strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: the error shows the token: %v", name, err)
		}
	}
	if _, err := New(good); err != nil {
		t.Errorf("the good one: %v", err)
	}
}
