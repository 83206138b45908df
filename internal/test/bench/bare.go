package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/receipt"
	"tidings/internal/plivo"
	"tidings/internal/web"
)

// tuned is a transport that keeps a connection for every worker, as the
// engine's own does.
func tuned(connections int) *http.Transport {
	dialer := &net.Dialer{Timeout: 5 * time.Second}
	return &http.Transport{
		DialContext: dialer.DialContext, MaxIdleConns: connections, MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections,
		IdleConnTimeout: time.Minute, DisableCompression: true,
	}
}

// bodies are the requests of a campaign, byte for byte as plivo-go builds them.
type bodies struct {
	path   string
	header http.Header
	texts  [][]byte
}

// write builds the bodies of n texts whose callbacks go to public.
func write(n int, public string) (*bodies, error) {
	b := &bodies{texts: make([][]byte, 0, n)}
	client, err := plivo.New(plivo.Config{AuthID: authID, AuthToken: authToken, BaseURL: "http://127.0.0.1", Transport: b})
	if err != nil {
		return nil, err
	}
	tokens := receipt.NewTokens([]byte(secret))
	for i := range n {
		client.Send(context.Background(), dispatch.Text{
			Source: senderNumber, To: number(i), Body: text, Expiry: 10799 * time.Second, Started: func() {},
			CallbackURL: public + web.StatusPath + tokens.Make(fmt.Sprintf("00001%010d", i), 1),
		})
	}
	if len(b.texts) != n {
		return nil, fmt.Errorf("plivo-go built %d bodies of %d", len(b.texts), n)
	}
	return b, nil
}

// RoundTrip keeps a request instead of sending it.
func (b *bodies) RoundTrip(r *http.Request) (*http.Response, error) {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	b.path, b.header, b.texts = r.URL.Path, r.Header, append(b.texts, raw)
	return nil, http.ErrHandlerTimeout
}

// bare is the limit of sending: workers that post ready-made bodies and look at
// nothing but the status.
func bare(ctx context.Context, t *http.Transport, to string, b *bodies, workers int) error {
	client := &http.Client{Transport: t}
	var next atomic.Int64
	var failed atomic.Pointer[error]
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(b.texts) || failed.Load() != nil {
					return
				}
				if err := post(ctx, client, to+b.path, b.header, b.texts[i]); err != nil {
					failed.Store(&err)
				}
			}
		})
	}
	wg.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

func post(ctx context.Context, client *http.Client, to string, header http.Header, body []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return err
	}
	for name, values := range header {
		r.Header.Set(name, values[0])
	}
	resp, err := client.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusAccepted {
		return fmt.Errorf("the provider answered %s", resp.Status)
	}
	return nil
}
