// Package price turns segments into money. Money is integer micros (a
// millionth of the currency unit); nothing here rounds, as prices are micros
// themselves.
//
//	price.Rate{Micros: 5500, SurchargeMicros: 3000}.Cost(2).Worst // 17000
package price

// Rate is what the provider asks for one segment to one country. The surcharge
// is the carrier's fee, which is known only when the message was sent.
type Rate struct {
	Micros          int64
	SurchargeMicros int64
	Currency        string
	Guessed         bool // the provider does not tell it; see Guess
}

// Cost is an estimate in micros: what the provider's price list says, and the
// most it can be with the carrier's surcharge.
type Cost struct {
	Micros int64
	Worst  int64
}

// Cost of a number of segments, which is never negative.
func (r Rate) Cost(segments int64) Cost {
	segments = max(segments, 0)
	return Cost{Micros: segments * r.Micros, Worst: segments * (r.Micros + r.SurchargeMicros)}
}

// Add sums two estimates.
func (c Cost) Add(other Cost) Cost {
	return Cost{Micros: c.Micros + other.Micros, Worst: c.Worst + other.Worst}
}
