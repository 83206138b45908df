package plivo

import (
	"context"
	"errors"
	"net/http"
)

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
	if !isE164(number) {
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
