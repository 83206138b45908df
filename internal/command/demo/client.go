package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
)

// client does over HTTP what any other program could do.
type client struct {
	base  string
	token string
}

// record is a record or an answer of the server.
type record map[string]any

func (r record) text(name string) string { s, _ := r[name].(string); return s }

func (r record) count(name string) int64 { n, _ := r[name].(float64); return int64(n) }

func (c *client) call(ctx context.Context, method, path string, body, into any) error {
	var reader io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return err
		}
		reader = bytes.NewReader(raw)
	}
	return c.do(ctx, method, path, "application/json", reader, into)
}

func (c *client) do(ctx context.Context, method, path, media string, body io.Reader, into any) error {
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", media)
	if c.token != "" {
		req.Header.Set("Authorization", c.token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("%s %s: %s: %s", method, path, resp.Status, bytes.TrimSpace(raw))
	}
	if into == nil || len(raw) == 0 {
		return nil
	}
	return json.Unmarshal(raw, into)
}

func (c *client) signIn(ctx context.Context, collection, email, password string) error {
	var answer record
	err := c.call(ctx, http.MethodPost, "/api/collections/"+collection+"/auth-with-password",
		record{"identity": email, "password": password}, &answer)
	c.token = answer.text("token")
	return err
}

func (c *client) create(ctx context.Context, collection string, fields record) (record, error) {
	var made record
	err := c.call(ctx, http.MethodPost, "/api/collections/"+collection+"/records", fields, &made)
	return made, err
}

func (c *client) first(ctx context.Context, collection, filter string) (record, error) {
	found, err := c.page(ctx, collection, filter, 1, 1)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("no record of %s where %s", collection, filter)
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

func (c *client) page(ctx context.Context, collection, filter string, page, perPage int) ([]record, error) {
	var list struct {
		Items []record `json:"items"`
	}
	q := url.Values{"filter": {filter}, "page": {fmt.Sprint(page)}, "perPage": {fmt.Sprint(perPage)}, "skipTotal": {"1"}, "sort": {"id"}}
	err := c.call(ctx, http.MethodGet, "/api/collections/"+collection+"/records?"+q.Encode(), nil, &list)
	return list.Items, err
}

// upload imports a file.
func (c *client) upload(ctx context.Context, name string, file []byte, fields map[string]string) (string, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		return "", err
	}
	if _, err := part.Write(file); err != nil {
		return "", err
	}
	for key, value := range fields {
		if err := form.WriteField(key, value); err != nil {
			return "", err
		}
	}
	if err := form.Close(); err != nil {
		return "", err
	}
	var answer record
	err = c.do(ctx, http.MethodPost, "/api/sms/imports", form.FormDataContentType(), &body, &answer)
	return answer.text("importId"), err
}
