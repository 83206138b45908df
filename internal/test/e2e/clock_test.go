package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"tidings/internal/rules/law"
	"tidings/internal/test/apptest"
	"tidings/internal/test/laworacle"
)

// binary is the built program with a clock of its own, asked from outside.
type binary struct {
	t       *testing.T
	program string
	folder  string
	url     string
	token   string
}

const rootEmail = "root@example.com"

// at starts the program at a moment and gives what ends it.
func (b *binary) at(moment time.Time) (end func()) {
	b.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.t.Fatal(err)
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		b.t.Fatal(err)
	}
	cmd := exec.Command(b.program, "serve", "--http", address, "--dir", b.folder)
	cmd.Env = []string{
		"TIDINGS_CLOCK=" + moment.Format(time.RFC3339), "PLIVO_API_URL=http://127.0.0.1:1", "PATH=" + os.Getenv("PATH"),
		"TIDINGS_ADMIN_EMAIL=" + rootEmail, "TIDINGS_ADMIN_PASSWORD=" + apptest.Password, "HOME=" + b.folder,
	}
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		b.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	b.url = "http://" + address
	patient := time.NewTimer(patience * 2)
	defer patient.Stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for ready := false; !ready; {
		select {
		case err := <-ended:
			b.t.Fatalf("the program ended: %v\n%s", err, said.String())
		case <-patient.C:
			b.t.Fatalf("the program does not answer")
		case <-tick.C:
			if res, err := http.Get(b.url + "/healthz"); err == nil {
				ready = res.StatusCode == http.StatusOK
				_ = res.Body.Close()
			}
		}
	}
	b.token = b.call("POST", "/api/collections/_superusers/auth-with-password",
		object{"identity": rootEmail, "password": apptest.Password})["token"].(string)
	return func() {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			b.t.Error(err)
		}
		if err := <-ended; err != nil {
			b.t.Errorf("the program ended with %v", err)
		}
	}
}

func (b *binary) call(method, path string, body any) map[string]any {
	b.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, bytes.NewReader(raw))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", b.token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK {
		b.t.Fatalf("%s %s: %d %s", method, path, res.StatusCode, answer)
	}
	var object map[string]any
	if err := json.Unmarshal(answer, &object); err != nil {
		b.t.Fatalf("%s %s: %v", method, path, err)
	}
	return object
}

// The built program, with TIDINGS_CLOCK and asked over HTTP, says of people in every
// place of the area-code table what the oracle says, and the same next moment.
func TestTheProgramAgreesWithTheOracleFromOutside(t *testing.T) {
	t.Parallel()
	oracle, err := laworacle.Load(law.Strict)
	if err != nil {
		t.Fatal(err)
	}
	b := &binary{t: t, program: program(t), folder: t.TempDir()}
	places := map[string]laworacle.Place{} // by number
	seen := map[string]bool{}
	var codes []string
	for code := range oracle.Areas {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	for _, code := range codes {
		p := oracle.Areas[code]
		if key := fmt.Sprint(p); !seen[key] && (p.Country == "US" || p.Country == "CA") && !strings.HasPrefix(code, "6") {
			seen[key] = true
			places["+1"+code+"5550123"] = p
		}
	}
	for number, country := range map[string]string{
		"+447400123456": "GB", "+33612345678": "FR", "+61412345678": "AU", "+919812345678": "IN", "+5511961234567": "BR", "+81312345678": "JP",
	} {
		places[number] = oracle.Codes[country]
	}
	ids := map[string]string{} // of subscribers, by number
	// Minutes in which no hours open or close, as that happens on full ten minutes.
	for _, at := range []string{
		"2026-11-24T13:04:00Z", "2026-11-26T18:31:00Z", // a Tuesday morning, Thanksgiving
		"2027-01-15T02:44:00Z",                         // a Friday evening: Canada's clocks of 2026
		"2027-02-09T16:03:00Z",                         // Mardi Gras
		"2027-03-14T13:03:00Z", "2026-11-01T13:33:00Z", // Sundays on which clocks change
		"2027-07-04T23:53:00Z", "2027-12-31T23:03:00Z",
	} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		end := b.at(moment)
		if len(ids) == 0 {
			org := b.call("GET", "/api/collections/organizations/records", nil)["items"].([]any)[0].(map[string]any)["id"]
			for number := range places {
				ids[number] = b.call("POST", "/api/collections/subscribers/records", object{
					"org": org, "phoneNumber": number, "consentMethod": "web_form", "consentText": "Yes",
				})["id"].(string)
			}
		}
		for number, p := range places {
			answer := b.call("GET", "/api/sms/subscribers/"+ids[number]+"/eligibility", nil)
			if want := oracle.Allowed(p, moment); answer["allowed"] != want {
				t.Errorf("%s at %s: allowed %v, the oracle says %v", number, at, answer["allowed"], want)
				continue
			}
			if answer["allowed"] == true {
				continue
			}
			want, step := "", moment
			for range 8 * 24 * 60 {
				if step = step.Add(time.Minute); oracle.Allowed(p, step) {
					want = wire(step)
					break
				}
			}
			if answer["nextAllowedAt"] != want {
				t.Errorf("%s at %s: next %v, the oracle says %s", number, at, answer["nextAllowedAt"], want)
			}
		}
		end()
	}
	t.Logf("%d places at 8 moments", len(places))
}
