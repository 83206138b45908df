package price

// What is taken for one segment where the provider tells no price, in micros of
// a US dollar. A guess is meant to be above the bill: who has planned for more
// money loses nothing.
const (
	// homeMicros is Plivo's list price of 2026 for a long-code text in the United
	// States, rounded up; Canada's is no higher.
	homeMicros = 8_000
	// SurchargeMicros is the dearest fee that carriers of the United States add to a
	// registered long-code text; price lists leave it out and records show it.
	SurchargeMicros = 5_000
	// abroadMicros is above what most countries cost.
	abroadMicros = 100_000
	// dearMicros is what the dearest countries cost.
	dearMicros = 500_000
)

// lists says under which country's prices a territory falls that providers often
// have no entry of their own for: its networks are those of that country, or
// share its numbering. From ISO 3166 and the numbering plans.
var lists = map[string]string{
	"AS": "US", "GU": "US", "MP": "US", "PR": "US", "VI": "US",
	"GG": "GB", "IM": "GB", "JE": "GB",
	"AX": "FI", "SJ": "NO", "VA": "IT", "CC": "AU", "CX": "AU",
}

// List is the country under whose prices a territory falls (both ISO 3166
// alpha-2), or empty: most countries have prices of their own.
func List(territory string) string { return lists[territory] }

// Guess stands in for a price that the provider does not tell. list is the rate
// of List(country), the zero value where it has none or is not told either;
// dearest is the most that a segment to any country is known to cost, in micros.
func Guess(country string, list Rate, dearest int64) Rate {
	r := Rate{Micros: abroadMicros, Currency: "USD", Guessed: true}
	worst := int64(dearMicros)
	switch {
	case country == "US" || country == "CA":
		r.Micros, r.SurchargeMicros = homeMicros, SurchargeMicros
		return r
	case list.Micros > 0:
		r.Micros, worst = list.Micros, max(list.Micros+list.SurchargeMicros, abroadMicros)
	case List(country) == "US":
		r.Micros, worst = homeMicros, abroadMicros
	}
	r.SurchargeMicros = max(worst, dearest) - r.Micros
	return r
}
