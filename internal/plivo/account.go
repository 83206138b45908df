package plivo

import (
	"context"
)

// Account is the state of the Plivo account.
type Account struct {
	Name         string
	Trial        bool // sends to verified numbers only
	BillingMode  string
	AutoRecharge bool
	CreditMicros int64 // US dollars
	HasCredit    bool  // whether CreditMicros could be read
	Timezone     string
}

// Account reads the account. Poll it every five minutes while sending: without
// credit every text fails with code 900.
func (c *Client) Account(ctx context.Context) (Account, error) {
	var w struct {
		Name         scalar `json:"name"`
		AccountType  scalar `json:"account_type"`
		BillingMode  scalar `json:"billing_mode"`
		AutoRecharge scalar `json:"auto_recharge"`
		CashCredits  scalar `json:"cash_credits"`
		Timezone     scalar `json:"timezone"`
	}
	if err := c.get(ctx, &w, nil, ""); err != nil {
		return Account{}, err
	}
	a := Account{
		Name:         string(w.Name),
		Trial:        w.AccountType == "developer",
		BillingMode:  string(w.BillingMode),
		AutoRecharge: w.AutoRecharge == "true",
		Timezone:     string(w.Timezone),
	}
	a.CreditMicros, a.HasCredit = micros(string(w.CashCredits))
	return a, nil
}
