// Package telemetry makes the logger and decides what a log may say.
//
// Phone numbers keep their last four digits, message ids (which tell the
// number) their run key, and tokens, passwords, signatures and credentials
// nothing. The rule holds for every message and attribute that passes, so that
// no caller has to remember it; Scrub gives the same for texts that go
// elsewhere, a panic or an error report.
//
//	log := telemetry.Logger(os.Stderr, telemetry.Options{Level: slog.LevelInfo})
//	log.Info("text accepted", "to", "+12125550123") // to=***0123
package telemetry

import (
	"io"
	"log/slog"
	"os"
)

// Options of the logger.
type Options struct {
	Level  slog.Leveler // nil: info
	Format string       // text, json; anything else: text on a terminal, json elsewhere
}

// Logger makes a logger that masks.
func Logger(w io.Writer, o Options) *slog.Logger {
	ho := &slog.HandlerOptions{Level: o.Level}
	var h slog.Handler
	if o.Format == "text" || o.Format != "json" && isTerminal(w) {
		h = slog.NewTextHandler(w, ho)
	} else {
		h = slog.NewJSONHandler(w, ho)
	}
	return slog.New(Mask(h))
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
