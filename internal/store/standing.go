package store

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/types"
)

// The newest ledger event of a number: idx_consent_events_org_phone_seq, read from its end.
const lastEventSQL = `SELECT action, at FROM consent_events
	WHERE org = {:org} AND phoneNumber = {:phone} ORDER BY seq DESC LIMIT 1`

// Whether a number may not be texted in an organisation or in the whole installation:
// idx_suppressions_org_phone, twice.
const suppressedSQL = `SELECT EXISTS (SELECT 1 FROM suppressions WHERE org IN ('', {:org}) AND phoneNumber = {:phone})`

// Standing is the status that a subscriber of this number has, with the time of the consent behind
// it, derived from the ledger and the suppressions alone. A number that was deleted and comes again
// stands as it stood: "unsubscribed" after a STOP or while suppressed, "subscribed" after a consent,
// "new" without either.
func Standing(db dbx.Builder, org, phoneNumber string) (status string, consentedAt time.Time, err error) {
	key := dbx.Params{"org": org, "phone": phoneNumber}
	var suppressed bool
	if err := db.NewQuery(suppressedSQL).Bind(key).Row(&suppressed); err != nil {
		return "", time.Time{}, fmt.Errorf("read the suppressions of a number: %w", err)
	}
	var action string
	var at types.DateTime
	err = db.NewQuery(lastEventSQL).Bind(key).Row(&action, &at)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", time.Time{}, fmt.Errorf("read the consent of a number: %w", err)
	}
	switch {
	case suppressed || action == "revoked":
		return "unsubscribed", time.Time{}, nil
	case action == "granted" || action == "confirmed":
		return "subscribed", at.Time(), nil
	default:
		return "new", time.Time{}, nil
	}
}
