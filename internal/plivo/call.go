package plivo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// Classes of a refused call, for errors.Is.
var (
	ErrUnauthorized = errors.New("plivo: the credentials are refused; check PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN")
	ErrForbidden    = errors.New("plivo: the account may not do this; check its verification and allowed addresses in the Plivo console")
	ErrNotFound     = errors.New("plivo: there is no such record")
	ErrThrottled    = errors.New("plivo: too many calls; try again later")
)

// APIError is an answer other than 2xx to anything but Send.
type APIError struct {
	Status     int
	Detail     string // the provider's words, free of phone numbers
	RetryAfter time.Duration
}

// Error implements error.
func (e *APIError) Error() string { return "plivo: " + e.Detail }

// Is makes errors.Is(err, ErrNotFound) and its like work.
func (e *APIError) Is(target error) bool {
	switch e.Status {
	case http.StatusUnauthorized:
		return target == ErrUnauthorized
	case http.StatusForbidden:
		return target == ErrForbidden
	case http.StatusNotFound:
		return target == ErrNotFound
	case http.StatusTooManyRequests:
		return target == ErrThrottled
	}
	return false
}

// get reads one resource below the account's path.
func (c *Client) get(ctx context.Context, into, query any, format string, args ...any) error {
	req, err := c.request(http.MethodGet, query, format, args...)
	if err != nil {
		return fmt.Errorf("plivo: build the request: %w", err)
	}
	return c.fetch(ctx, req, into)
}

// fetch runs a read. Reads are safe to repeat, but the caller decides that too.
func (c *Client) fetch(ctx context.Context, req *http.Request, into any) error {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	resp, err := c.http.Do(req.WithContext(ctx))
	if err != nil {
		var ue *url.Error
		if errors.As(err, &ue) { // its text repeats the address with ids and numbers
			err = ue.Err
		}
		return fmt.Errorf("plivo: call the API: %w", err)
	}
	defer resp.Body.Close()
	a := readAnswer(resp)
	if a.status/100 != 2 {
		return &APIError{Status: a.status, Detail: a.detail(), RetryAfter: a.retryAfter}
	}
	// plivo-go takes an empty body for success.
	if len(a.raw) == 0 {
		return fmt.Errorf("plivo: HTTP %d with an empty body", a.status)
	}
	if err := json.Unmarshal(a.raw, into); err != nil {
		return fmt.Errorf("plivo: read the answer: %w", err)
	}
	return nil
}
