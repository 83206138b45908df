package simulator

import "slices"

// Fate is what becomes of texts to a destination. The last two digits of a
// number +1 XXX 555 01NN choose it; every other number is reached.
type Fate struct {
	Suffix string `json:"suffix"` // NN
	Name   string `json:"name"`
	State  string `json:"state"`           // where a text to it ends
	Code   int    `json:"code,omitempty"`  // Plivo's error code
	Reply  string `json:"reply,omitempty"` // what the phone answers once it got the text
	Line   string `json:"line"`            // what a number lookup says of it
}

var fateTable = []Fate{
	{Suffix: "20", Name: "carrier network error", State: "undelivered", Code: 20, Line: "mobile"},
	{Suffix: "30", Name: "stopped by a spam filter", State: "undelivered", Code: 30, Line: "mobile"},
	{Suffix: "42", Name: "expired in the queue", State: "failed", Code: 420, Line: "mobile"},
	{Suffix: "45", Name: "country barred", State: "failed", Code: 450, Line: "mobile"},
	{Suffix: "50", Name: "landline", State: "undelivered", Code: 50, Line: "fixed"},
	{Suffix: "55", Name: "internet telephony", State: "delivered", Line: "voip"},
	{Suffix: "60", Name: "no receipt ever comes", State: "sent", Line: "mobile"},
	{Suffix: "66", Name: "line type unknown", State: "delivered", Line: "unknown"},
	{Suffix: "70", Name: "permanently unavailable", State: "undelivered", Code: 70, Line: "mobile"},
	{Suffix: "80", Name: "away: the first text is lost, later ones arrive", State: "undelivered", Code: 80, Line: "mobile"},
	{Suffix: "91", Name: "answers STOP", State: "delivered", Reply: "STOP", Line: "mobile"},
	{Suffix: "92", Name: "answers HELP", State: "delivered", Reply: "HELP", Line: "mobile"},
	{Suffix: "93", Name: "answers START", State: "delivered", Reply: "START", Line: "mobile"},
	{Suffix: "94", Name: "answers in its own words", State: "delivered", Reply: "Thanks! What time do you open on Saturday?", Line: "mobile"},
	{Suffix: "99", Name: "opted out at Plivo long ago", State: "failed", Code: 200, Line: "mobile"},
}

// delivered is the fate of everybody else.
var delivered = Fate{Name: "reached", State: "delivered", Line: "mobile"}

// Fates is the table of numbers that do not simply get their text.
func Fates() []Fate { return slices.Clone(fateTable) }

// FateOf is what becomes of texts to a number, in any writing.
func FateOf(number string) Fate { return *fateOf(strip(number)) }

func fateOf(digits string) *Fate {
	if len(digits) == 11 && digits[0] == '1' && digits[4:9] == "55501" {
		for i := range fateTable {
			if fateTable[i].Suffix == digits[9:] {
				return &fateTable[i]
			}
		}
	}
	return &delivered
}

// errorText is Plivo's error_message for a code.
func errorText(code uint16) string {
	switch code {
	case 20:
		return "Network error"
	case 30:
		return "Spam detected"
	case 50:
		return "Invalid destination number"
	case 70:
		return "Destination permanently unavailable"
	case 80:
		return "Destination temporarily unavailable"
	case 200:
		return "Source number blocked by STOP from destination number"
	case 420:
		return "Message expired"
	case 450:
		return "Destination country barred"
	case 900:
		return "Insufficient credit"
	}
	return ""
}
