package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tidings/internal/clock"
	"tidings/internal/simulator"
)

// NewSimulator runs the Plivo simulator alone, for whoever builds against
// Plivo.
func NewSimulator(log *slog.Logger) *cobra.Command {
	c := &cobra.Command{
		Use:   "simulator",
		Short: "Runs the Plivo simulator alone; its phones are at /simulator/",
		Args:  cobra.NoArgs,
	}
	cfg := simulator.Config{Log: log, Limits: simulator.RealLimits()}
	f := c.Flags()
	address := f.String("http", "127.0.0.1:8091", "where to listen; keep it on loopback, anybody who reaches it can use it")
	inbound := f.String("inbound", "", "the message_url of every number: where texts of the phones go")
	f.StringVar(&cfg.AuthID, "auth-id", simulator.DefaultAuthID, "auth id of the account")
	f.StringVar(&cfg.AuthToken, "auth-token", simulator.DefaultAuthToken, "auth token of the account; signs the callbacks")
	f.Uint64Var(&cfg.Seed, "seed", 1, "the same seed gives the same faults")
	f.Float64Var(&cfg.DefaultRate, "rate", 0, "texts a second of each number; 0 is unlimited")
	f.Float64Var(&cfg.AccountRate, "account-rate", 5, "texts a second of the account; 0 is unlimited")
	f.Float64Var(&cfg.Balance, "balance", 0, "credit in US dollars; 0 is plenty")
	f.StringSliceVar(&cfg.Numbers, "number", nil, "a number that the account rents; may be given again. Without any, texts from every number are taken")
	f.BoolVar(&cfg.NoV3, "no-v3", false, "sign callbacks with V2 only")
	faultFlags(f, &cfg.Faults)
	c.RunE = func(c *cobra.Command, _ []string) error {
		cfg.Clock = clock.StartingAt(time.Now())
		sim := simulator.New(cfg)
		sim.SetInbound("", *inbound)
		mux := http.NewServeMux()
		mux.Handle("/simulator/", sim.PagesHandler())
		mux.Handle("/", sim)
		server := &http.Server{Addr: *address, Handler: mux, ReadHeaderTimeout: 5 * time.Second}
		failed := make(chan error, 1)
		go func() { failed <- server.ListenAndServe() }()
		c.Printf("Plivo simulator: PLIVO_API_URL=http://%s PLIVO_AUTH_ID=%s, phones at http://%s/simulator/\n", *address, cfg.AuthID, *address)
		select {
		case err := <-failed:
			return err
		case <-c.Context().Done():
		}
		ctx, cancel := drainContext()
		defer cancel()
		return errors.Join(server.Shutdown(ctx), sim.Close(ctx))
	}
	return c
}

// faultFlags makes a flag of each fault.
func faultFlags(f *pflag.FlagSet, faults *simulator.Faults) {
	for name, into := range map[string]*float64{
		"duplicate-callback":       &faults.DuplicateCallback,
		"reorder-callback":         &faults.ReorderCallback,
		"drop-callback":            &faults.DropCallback,
		"callback-before-response": &faults.CallbackBeforeResponse,
		"wrong-signature":          &faults.WrongSignature,
		"double-signature":         &faults.DoubleSignature,
		"throttle-429":             &faults.Throttle429,
		"error-500":                &faults.Error500,
		"error-500-accepted":       &faults.Error500Accepted,
		"reset-before-accept":      &faults.ResetBeforeAccept,
		"reset-after-accept":       &faults.ResetAfterAccept,
		"empty-accepted":           &faults.EmptyAccepted,
		"slow-response":            &faults.SlowResponse,
	} {
		f.Float64Var(into, name, 0, "how often this fault strikes, from 0 to 1")
	}
	f.Func("fault", "another fault of the API and how often it strikes, as redirect307=0.1; may be given again. One of "+names(), func(text string) error {
		return another(faults, text)
	})
	f.DurationVar(&faults.SlowFor, "slow-for", 2*time.Second, "how long a slow response takes")
	f.StringVar(&faults.RetryAfter, "retry-after", "", "Retry-After of a 429; empty: none")
	f.BoolVar(&faults.EmptyBodies, "empty-bodies", false, "errors have no body")
	f.BoolVar(&faults.HTMLBodies, "html-bodies", false, "errors have a body of HTML")
}

// names lists the faults of the API for a person.
func names() string {
	var all []string
	for _, name := range simulator.APIFaults() {
		all = append(all, string(name))
	}
	return strings.Join(all, ", ")
}

// another reads "name=probability".
func another(faults *simulator.Faults, text string) error {
	name, p, _ := strings.Cut(text, "=")
	probability, err := strconv.ParseFloat(p, 64)
	if err != nil {
		return fmt.Errorf("write it as redirect307=0.1: %w", err)
	}
	if faults.API == nil {
		faults.API = make(map[simulator.APIFault]float64)
	}
	faults.API[simulator.APIFault(name)] = probability
	return faults.Validate()
}

// drainContext bounds the end of a server.
func drainContext() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), drainLimit)
}
