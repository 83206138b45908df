package plivo

import (
	"context"
)

// Number is one number of the account.
type Number struct {
	Number             string // digits
	Alias              string
	Kind               string // local, national, mobile, tollfree, ...
	Country            string
	SMS                bool
	Application        string // path of the application that gets inbound texts
	CampaignID         string // 10DLC
	RegistrationStatus string // 10DLC
	TollFreeVerified   string
}

// maxNumberPages bounds Numbers: 50 pages hold 1,000 numbers, more than a shop rents.
const maxNumberPages = 50

// Numbers reads every number of the account, at most 1,000.
func (c *Client) Numbers(ctx context.Context) ([]Number, error) {
	type params struct {
		Limit  int `url:"limit"`
		Offset int `url:"offset"`
	}
	var all []Number
	for page := range maxNumberPages {
		var w struct {
			Meta    wireMeta     `json:"meta"`
			Objects []wireNumber `json:"objects"`
		}
		if err := c.get(ctx, &w, params{maxPage, page * maxPage}, "Number"); err != nil {
			return nil, err
		}
		for _, o := range w.Objects {
			all = append(all, o.number())
		}
		if w.Meta.Next == "" || len(w.Objects) == 0 {
			break
		}
	}
	return all, nil
}

type wireNumber struct {
	Number      scalar `json:"number"`
	Alias       scalar `json:"alias"`
	NumberType  scalar `json:"number_type"`
	Type        scalar `json:"type"`
	Country     scalar `json:"country"`
	SMSEnabled  scalar `json:"sms_enabled"`
	Application scalar `json:"application"`
	CampaignID  scalar `json:"tendlc_campaign_id"`
	Registered  scalar `json:"tendlc_registration_status"`
	TollFree    scalar `json:"toll_free_sms_verification"`
}

func (w wireNumber) number() Number {
	n := Number{
		Number: digits(string(w.Number)), Alias: string(w.Alias), Kind: string(w.NumberType), Country: string(w.Country),
		SMS: w.SMSEnabled == "true", Application: string(w.Application), CampaignID: string(w.CampaignID),
		RegistrationStatus: string(w.Registered), TollFreeVerified: string(w.TollFree),
	}
	if n.Kind == "" {
		n.Kind = string(w.Type)
	}
	return n
}
