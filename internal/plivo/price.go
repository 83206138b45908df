package plivo

import (
	"context"
	"errors"
	"fmt"
	"regexp"
)

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

// ErrNoPrice says that Plivo answered and tells no price for the country.
var ErrNoPrice = errors.New("plivo: there is no price for this country")

// Price reads the prices of one country (ISO 3166 alpha-2, upper case).
func (c *Client) Price(ctx context.Context, country string) (Price, error) {
	if !countryForm.MatchString(country) {
		return Price{}, fmt.Errorf("%w: a country is two upper-case letters, like US", ErrNoPrice)
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
		return Price{}, ErrNoPrice
	}
	p.InboundMicros, _ = micros(string(w.Message.Inbound.Rate))
	for _, n := range w.Message.Networks {
		if m, ok := micros(string(n.Rate)); ok {
			p.Networks = append(p.Networks, NetworkPrice{Group: string(n.GroupName), Micros: m})
		}
	}
	return p, nil
}
