// Package law holds the rules about hours, days and caps as data with provenance:
// which place allows texts when, by which source, of which date, how sure.
//
// The code only evaluates. A Set is immutable and has a version and a hash, so that
// a decision can be repeated later from the very rules that it was made by. An
// installation edits rows through Changes, which give another Set.
//
//	set := law.Default()
//	hours := set.Hours("US", []string{"FL"}) // the federal row and Florida's together
//
// It refuses data that it does not understand, field by field; where nothing is
// known of a country, the row "*" holds, which is narrower than most.
package law
