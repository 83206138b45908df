package optin

import (
	"net/netip"
	"time"
)

// Caps bound what a form can be made to send. Texting expensive or foreign
// numbers through somebody's form is a business; these make it a poor one.
type Caps struct {
	PerDay         int // texts of one form in 24 hours
	PerNetworkHour int // from one IPv4 /24 or IPv6 /48
	PerBlockHour   int // to numbers that share their first seven digits
}

// The defaults. A busy counter with one address for all its customers stays
// below 30 an hour, and a shop that signs up more than 200 people a day raises
// its own cap.
const (
	defaultPerDay         = 200
	defaultPerNetworkHour = 30
	defaultPerBlockHour   = 20
)

// A number is asked once a day, and three times in all if it never answers.
const (
	perNumberDay        = 1
	perNumberUnanswered = 3
)

// Windows of the caps.
const (
	Hour = time.Hour
	Day  = 24 * time.Hour
)

func (c Caps) orDefault() Caps {
	if c.PerDay <= 0 {
		c.PerDay = defaultPerDay
	}
	if c.PerNetworkHour <= 0 {
		c.PerNetworkHour = defaultPerNetworkHour
	}
	if c.PerBlockHour <= 0 {
		c.PerBlockHour = defaultPerBlockHour
	}
	return c
}

// Tally is what was asked before, as far as a cap looks back.
type Tally struct {
	FormDay          int
	NetworkHour      int
	BlockHour        int
	NumberDay        int
	NumberUnanswered int
}

func (c Caps) reached(t Tally) bool {
	return t.FormDay >= c.PerDay || t.NetworkHour >= c.PerNetworkHour || t.BlockHour >= c.PerBlockHour ||
		t.NumberDay >= perNumberDay || t.NumberUnanswered >= perNumberUnanswered
}

// Network is the part of an address that its owner cannot change at will: /24 of
// IPv4, /48 of IPv6. An address that cannot be read shares one network with all
// others of that kind.
func Network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return "unknown"
	}
	ip = ip.Unmap().WithZone("")
	bits := 48
	if ip.Is4() {
		bits = 24
	}
	p, err := ip.Prefix(bits)
	if err != nil {
		return "unknown"
	}
	return p.String()
}

// Block is the first seven digits of a number, which for North America is area
// code and exchange. Ranges that are made to earn are rented in such blocks.
func Block(number string) string {
	const prefix = len("+1212555")
	return number[:min(len(number), prefix)]
}
