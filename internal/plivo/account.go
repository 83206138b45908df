package plivo

import (
	"context"
	"errors"
	"net/http"
	"regexp"
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

// Price is what Plivo charges for one segment, in US dollar micros. Surcharges
// of carriers are not part of it; they appear in the records as fees.
type Price struct {
	Country        string
	OutboundMicros int64
	InboundMicros  int64
	Networks       []NetworkPrice
}

// NetworkPrice is the price of one group of networks where it differs.
type NetworkPrice struct {
	Group  string
	Micros int64
}

// MaxOutboundMicros is the dearest network of the country.
func (p Price) MaxOutboundMicros() int64 {
	most := p.OutboundMicros
	for _, n := range p.Networks {
		most = max(most, n.Micros)
	}
	return most
}

var countryForm = regexp.MustCompile(`^[A-Z]{2}$`)

// Price reads the prices of one country (ISO 3166 alpha-2, upper case).
func (c *Client) Price(ctx context.Context, country string) (Price, error) {
	if !countryForm.MatchString(country) {
		return Price{}, errors.New("plivo: a country is two upper-case letters, like US")
	}
	type rate struct {
		Rate scalar `json:"rate"`
	}
	var w struct {
		CountryISO scalar `json:"country_iso"`
		Message    struct {
			Inbound  rate `json:"inbound"`
			Outbound rate `json:"outbound"`
			Networks []struct {
				GroupName scalar `json:"group_name"`
				Rate      scalar `json:"rate"`
			} `json:"outbound_networks_list"`
		} `json:"message"`
	}
	query := struct {
		Country string `url:"country_iso"`
	}{country}
	if err := c.get(ctx, &w, query, "Pricing"); err != nil {
		return Price{}, err
	}
	p := Price{Country: country}
	var ok bool
	if p.OutboundMicros, ok = micros(string(w.Message.Outbound.Rate)); !ok && len(w.Message.Networks) == 0 {
		return Price{}, errors.New("plivo: the answer holds no price for this country")
	}
	p.InboundMicros, _ = micros(string(w.Message.Inbound.Rate))
	for _, n := range w.Message.Networks {
		if m, ok := micros(string(n.Rate)); ok {
			p.Networks = append(p.Networks, NetworkPrice{Group: string(n.GroupName), Micros: m})
		}
	}
	return p, nil
}

// Number is one number of the account.
type Number struct {
	Number              string // digits
	Alias               string
	Kind                string // local, national, mobile, tollfree, ...
	Country             string
	SMS                 bool
	Application         string // path of the application that gets inbound texts
	CampaignID          string // 10DLC
	RegistrationStatus  string // 10DLC
	TollFreeVerified    string
	InboundPriceMicros  int64
	HasInboundPriceInfo bool
}

// maxNumberPages bounds Numbers: 50 pages hold 1,000 numbers.
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
	Number     scalar `json:"number"`
	Alias      scalar `json:"alias"`
	NumberType scalar `json:"number_type"`
	Type       scalar `json:"type"`
	Country    scalar `json:"country"`
	SMSEnabled scalar `json:"sms_enabled"`
	SMSRate    scalar `json:"sms_rate"`
	Applic     scalar `json:"application"`
	CampaignID scalar `json:"tendlc_campaign_id"`
	Registered scalar `json:"tendlc_registration_status"`
	TollFree   scalar `json:"toll_free_sms_verification"`
}

func (w wireNumber) number() Number {
	n := Number{
		Number: digits(string(w.Number)), Alias: string(w.Alias), Kind: string(w.NumberType), Country: string(w.Country),
		SMS: w.SMSEnabled == "true", Application: string(w.Applic), CampaignID: string(w.CampaignID),
		RegistrationStatus: string(w.Registered), TollFreeVerified: string(w.TollFree),
	}
	if n.Kind == "" {
		n.Kind = string(w.Type)
	}
	n.InboundPriceMicros, n.HasInboundPriceInfo = micros(string(w.SMSRate))
	return n
}

// LineInfo is what Plivo's Lookup knows of a number.
type LineInfo struct {
	Number  string // E.164
	Country string // ISO alpha-2
	Kind    string // fixed, mobile, voip, toll-free, unknown
	Carrier string
	Network string // MCC-MNC, empty for landlines
	Ported  string // yes, no, unknown; outside the US and Canada always unknown
}

// Lookup asks about one number in E.164. Every call is charged.
func (c *Client) Lookup(ctx context.Context, number string) (LineInfo, error) {
	if !e164.MatchString(number) {
		return LineInfo{}, errors.New("plivo: not one number in international form, like +12125550123")
	}
	query := struct {
		Type string `url:"type"`
	}{"carrier"}
	req, err := c.sdk.BaseClient.NewRequest(http.MethodGet, query, "/v1/Number/%s", "%s", number)
	if err != nil {
		return LineInfo{}, err
	}
	req.URL.Path = c.prefix + req.URL.Path
	if req.URL.Host == productionHost {
		req.URL.Host, req.Host = lookupHost, lookupHost
	}
	var w struct {
		PhoneNumber scalar `json:"phone_number"`
		Country     struct {
			ISO2 scalar `json:"iso2"`
		} `json:"country"`
		Carrier struct {
			MCC    scalar `json:"mobile_country_code"`
			MNC    scalar `json:"mobile_network_code"`
			Name   scalar `json:"name"`
			Type   scalar `json:"type"`
			Ported scalar `json:"ported"`
		} `json:"carrier"`
	}
	if err := c.fetch(ctx, req, &w); err != nil {
		return LineInfo{}, err
	}
	if digits(string(w.PhoneNumber)) != digits(number) {
		return LineInfo{}, errors.New("plivo: the answer is about another number")
	}
	info := LineInfo{Number: number, Country: string(w.Country.ISO2), Kind: string(w.Carrier.Type),
		Carrier: string(w.Carrier.Name), Network: network(string(w.Carrier.MCC), string(w.Carrier.MNC)), Ported: string(w.Carrier.Ported)}
	if info.Kind == "" {
		info.Kind = "unknown"
	}
	if info.Ported == "" {
		info.Ported = "unknown"
	}
	return info, nil
}
