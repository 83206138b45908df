package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/types"

	"tidings/internal/rules/eligible"
)

// The newest ledger event of a number: idx_consent_events_org_phone_seq, read from its end.
const lastEventSQL = `SELECT action, at FROM consent_events
	WHERE org = {:org} AND phoneNumber = {:phone} ORDER BY seq DESC LIMIT 1`

// Why a number may not be texted in an organisation or in the whole installation, for each of the two:
// idx_suppressions_org_phone, twice.
const suppressedSQL = `SELECT org, reason FROM suppressions WHERE org IN ('', {:org}) AND phoneNumber = {:phone} ORDER BY org DESC`

// Standing is the status that a subscriber of this number has, with the time of the consent behind
// it, derived from the ledger and the suppressions alone. A number that was deleted and comes again
// stands as it stood: "unsubscribed" after a STOP or while suppressed, "invalid" while the network says
// that it cannot receive texts, "subscribed" after a consent, "new" without any.
func Standing(db dbx.Builder, org, phoneNumber string) (status string, consentedAt time.Time, err error) {
	key := dbx.Params{"org": org, "phone": phoneNumber}
	kinds, err := suppressions(db, key)
	if err != nil {
		return "", time.Time{}, err
	}
	var action string
	var at types.DateTime
	err = db.NewQuery(lastEventSQL).Bind(key).Row(&action, &at)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", time.Time{}, fmt.Errorf("read the consent of a number: %w", err)
	}
	invalid := slices.Contains(kinds, eligible.Invalid)
	switch {
	case len(kinds) > 0 && !invalid, len(kinds) > 1, action == "revoked":
		return "unsubscribed", time.Time{}, nil
	case invalid:
		return "invalid", time.Time{}, nil
	case action == "granted" || action == "confirmed":
		return "subscribed", at.Time(), nil
	default:
		return "new", time.Time{}, nil
	}
}

// suppressions are the kinds of what keeps a number from being texted, at most one of the organisation
// and one of the installation.
func suppressions(db dbx.Builder, key dbx.Params) ([]eligible.Suppression, error) {
	var rows []struct {
		Org    string `db:"org"`
		Reason string `db:"reason"`
	}
	if err := db.NewQuery(suppressedSQL).Bind(key).All(&rows); err != nil {
		return nil, fmt.Errorf("read the suppressions of a number: %w", err)
	}
	kinds := make([]eligible.Suppression, 0, len(rows))
	for _, r := range rows {
		// A doubtful reply suspends what is sent; what the person is stays as it was.
		if kind := suppressionKind(r.Org, r.Reason); kind != eligible.Doubtful {
			kinds = append(kinds, kind)
		}
	}
	return kinds, nil
}
