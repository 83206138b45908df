package simulator

import "fmt"

// Prices of the simulated account in micros of a US dollar per unit.
const (
	rateNorthAmericaMicros       = 5_500  // to +1
	rateElsewhereMicros          = 40_000 // everywhere else
	carrierFeeMicros             = 3_000  // to +1, beside the rate; never in a callback
	inboundRateMicros      int64 = 0
)

func rateOf(dst string) int64 {
	if dst != "" && dst[0] == '1' {
		return rateNorthAmericaMicros
	}
	return rateElsewhereMicros
}

func carrierFeeOf(dst string) int64 {
	if dst != "" && dst[0] == '1' {
		return carrierFeeMicros
	}
	return 0
}

// cost is what a message costs once it is handed over.
func (m *message) cost() (amount, carrierFees int64) {
	if m.kind != outbound {
		return inboundRateMicros, 0
	}
	return int64(m.units) * rateOf(m.dst), int64(m.units) * carrierFeeOf(m.dst)
}

// dollars writes micros as Plivo writes money.
func dollars(micros int64) string {
	sign := ""
	if micros < 0 {
		sign, micros = "-", -micros
	}
	return fmt.Sprintf("%s%d.%05d", sign, micros/1_000_000, micros%1_000_000/10)
}

// networkOf is the mobile network of a destination: invented, but always the
// same one for a number.
func networkOf(dst string) (mcc, mnc string) {
	if len(dst) != 11 || dst[0] != '1' {
		return "", ""
	}
	return networks[int(dst[10]-'0')%len(networks)].mcc, networks[int(dst[10]-'0')%len(networks)].mnc
}

var networks = [...]struct{ mcc, mnc, name string }{
	{"310", "410", "North Mobile"},
	{"310", "260", "Plain Wireless"},
	{"311", "480", "Harbor Cellular"},
}
