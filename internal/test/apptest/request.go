package apptest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
)

// Response is what a request was answered with.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Do calls the router in memory. token and org may be empty: no Authorization and no X-Org header.
// body may be nil, a string or bytes as they are, an io.Reader, or anything else, sent as JSON.
func (a *App) Do(method, path, token, org string, body any) Response {
	a.t.Helper()
	req := httptest.NewRequest(method, path, a.reader(body))
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", token)
	}
	if org != "" {
		req.Header.Set("X-Org", org)
	}
	return a.Serve(req)
}

// Serve answers a request that the test has made itself.
func (a *App) Serve(req *http.Request) Response {
	w := httptest.NewRecorder()
	a.handler.ServeHTTP(w, req)
	return Response{Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
}

// Handler is the app's router.
func (a *App) Handler() http.Handler { return a.handler }

func (a *App) reader(body any) io.Reader {
	switch b := body.(type) {
	case nil:
		return nil
	case string:
		return strings.NewReader(b)
	case []byte:
		return bytes.NewReader(b)
	case io.Reader:
		return b
	}
	raw, err := json.Marshal(body)
	if err != nil {
		a.t.Fatalf("write the body as JSON: %v", err)
	}
	return bytes.NewReader(raw)
}

// JSON is the body as an object; empty when it is none.
func (r Response) JSON() map[string]any {
	out := map[string]any{}
	_ = json.Unmarshal(r.Body, &out)
	return out
}

// String is a top-level value of the body that is a string, or empty.
func (r Response) String(key string) string {
	s, _ := r.JSON()[key].(string)
	return s
}

// Code is the code of data.{field} in an error, or empty.
func (r Response) Code(field string) string {
	data, _ := r.JSON()["data"].(map[string]any)
	one, _ := data[field].(map[string]any)
	code, _ := one["code"].(string)
	return code
}

// IDs are the ids of the items of a list.
func (r Response) IDs() []string {
	items, _ := r.JSON()["items"].([]any)
	ids := make([]string, 0, len(items))
	for _, item := range items {
		row, _ := item.(map[string]any)
		id, _ := row["id"].(string)
		ids = append(ids, id)
	}
	return ids
}
