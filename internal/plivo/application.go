package plivo

import (
	"context"
	"fmt"
	"strings"
)

// MessageURL reads where Plivo reports the texts that people write to a number: the
// message URL of its application. Empty where the number has no application, or that
// has no such address; then nobody hears them.
func (c *Client) MessageURL(ctx context.Context, n Number) (string, error) {
	_, id, ok := strings.Cut(n.Application, "/Application/")
	if id = strings.Trim(id, "/"); !ok || id == "" {
		return "", nil
	}
	if !isID(id) {
		return "", fmt.Errorf("plivo: the application of a number is named %q", n.Application)
	}
	var w struct {
		MessageURL scalar `json:"message_url"`
	}
	err := c.get(ctx, &w, nil, "Application/%s", id)
	return string(w.MessageURL), err
}
