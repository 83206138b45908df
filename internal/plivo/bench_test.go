package plivo

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tidings/internal/engine/dispatch"
)

func BenchmarkSend(b *testing.B) {
	accepted := []byte(`{"message_uuid":["` + testUUID + `"]}`)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusAccepted)
		w.Write(accepted)
	}))
	b.Cleanup(srv.Close)
	b.Run("client", func(b *testing.B) {
		c := newClient(b, srv.URL, func(cfg *Config) { cfg.Connections = 32 })
		text := dispatch.Text{Source: from, To: to, Body: "Hello", CallbackURL: "https://shop.example/s/1", Started: func() {}}
		b.ReportAllocs()
		b.SetParallelism(16)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if r := c.Send(context.Background(), text); r.Outcome != dispatch.Accepted {
					b.Errorf("got %+v", r)
				}
			}
		})
	})
	// The limit: a request made by hand on the same kind of connections.
	b.Run("by hand", func(b *testing.B) {
		hc := &http.Client{Transport: newTransport(32)}
		b.Cleanup(hc.CloseIdleConnections)
		body := `{"src":"+12125550100","dst":"+12125550123","text":"Hello","type":"sms","url":"https://shop.example/s/1","method":"POST"}`
		b.ReportAllocs()
		b.SetParallelism(16)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				resp, err := hc.Post(srv.URL+"/v1/Account/x/Message/", "application/json", strings.NewReader(body))
				if err != nil {
					b.Error(err)
					return
				}
				io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
			}
		})
	})
}
