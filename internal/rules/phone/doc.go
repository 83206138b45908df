// Package phone reads telephone numbers the way people write them, and says
// where in the world a number may ring.
//
// It refuses what cannot get a text or would cost extra: extensions, short
// numbers, premium-rate numbers, and anything with letters. A number that is well
// formed but whose area code the numbering data does not know yet is accepted with
// a warning, because area codes open faster than data is published.
//
//	n, err := phone.Parse("(415) 555-2671", "US") // n.E164 == "+14155552671"
//	place := phone.Locate(n.E164)                 // California, America/Los_Angeles
//
// Locations come from tables of this package, never from a geocoder: the usual
// data puts some area codes into a wrong zone. A number tells where it was first
// given out, not where its owner is, so all zones of its area count.
package phone
