package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"time"
)

// client asks a child over HTTP as any program could. Each call has a connection of its own: the other
// end dies often.
type client struct {
	http  string
	token string
}

type object = map[string]any

var transport = &http.Transport{DisableKeepAlives: true}

func (c client) do(ctx context.Context, method, path, media string, body io.Reader, into any) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, "http://"+c.http+path, body)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", media)
	if c.token != "" {
		req.Header.Set("Authorization", c.token)
	}
	resp, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err
	}
	if into != nil && len(raw) > 0 {
		if err := json.Unmarshal(raw, into); err != nil {
			return 0, fmt.Errorf("%s %s: %d %.200s: %w", method, path, resp.StatusCode, raw, err)
		}
	}
	if resp.StatusCode/100 != 2 && resp.StatusCode != http.StatusConflict {
		return resp.StatusCode, fmt.Errorf("%s %s: %d %.300s", method, path, resp.StatusCode, raw)
	}
	return resp.StatusCode, nil
}

func (c client) call(ctx context.Context, method, path string, body object, into any) (int, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return 0, err
	}
	return c.do(ctx, method, path, "application/json", bytes.NewReader(raw), into)
}

// create makes a record and gives its id.
func (c client) create(ctx context.Context, collection string, fields object) (string, error) {
	var made struct{ ID string }
	_, err := c.call(ctx, http.MethodPost, "/api/collections/"+collection+"/records", fields, &made)
	return made.ID, err
}

// upload imports a file.
func (c client) upload(ctx context.Context, file string, fields map[string]string) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "people.csv")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(part, file); err != nil {
		return err
	}
	for name, value := range fields {
		if err := form.WriteField(name, value); err != nil {
			return err
		}
	}
	if err := form.Close(); err != nil {
		return err
	}
	_, err = c.do(ctx, http.MethodPost, "/api/sms/imports", form.FormDataContentType(), &body, nil)
	return err
}

// state is how far a child is.
type state struct {
	runs, imports []struct {
		ID, Status, PausedBy, PauseReason string
		Queued                            int64
	}
}

func (c client) state(ctx context.Context) (state, error) {
	var s state
	for collection, into := range map[string]any{"runs": &s.runs, "imports": &s.imports} {
		page := struct{ Items any }{into}
		if _, err := c.do(ctx, http.MethodGet, "/api/collections/"+collection+"/records?perPage=500&skipTotal=1", "", nil, &page); err != nil {
			return s, err
		}
	}
	return s, nil
}
