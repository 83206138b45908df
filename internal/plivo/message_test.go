package plivo

import (
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/engine/dispatch"
)

// keeper keeps the last request instead of sending it.
type keeper struct {
	request *http.Request
	body    string
}

func (k *keeper) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	k.request, k.body = r, string(body)
	return nil, errors.Join(errors.New("kept"), err)
}

func TestATextIsSentAsTheSDKBuildsIt(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"https://api.plivo.com", "http://127.0.0.1:8099/plivo"} {
		k := &keeper{}
		c := newClient(t, base, func(cfg *Config) { cfg.Transport = k })
		for _, text := range []dispatch.Text{
			{Source: from, To: to, Body: "Hello", CallbackURL: "https://shop.example/s/1?a=1&b=2"},
			{PowerpackUUID: testUUID, To: to, Body: "20 % <off> & \"more\" \u2028 für Ann \xff", Expiry: time.Minute},
			{Source: "TIDINGS", To: to, Body: "again"},
		} {
			want, err := c.request(http.MethodPost, params(text), "Message")
			if err != nil {
				t.Fatal(err)
			}
			wantBody, err := io.ReadAll(want.Body)
			if err != nil {
				t.Fatal(err)
			}
			c.Send(t.Context(), text)
			type sent struct {
				Method, URL, Host, Body string
				Header                  http.Header
				Length                  int64
			}
			is := func(r *http.Request, body string) sent {
				return sent{r.Method, r.URL.String(), r.Host, body, r.Header, r.ContentLength}
			}
			if diff := cmp.Diff(is(want, string(wantBody)), is(k.request, k.body)); diff != "" {
				t.Errorf("-of the SDK +sent:\n%s", diff)
			}
			if k.request.GetBody != nil {
				t.Error("the transport could send the text twice")
			}
		}
	}
}
