package plivo

import (
	_ "embed" // for the error table
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed faults.json
var faultData []byte

// Classes of a fault: whose problem it is.
const (
	ClassOK        = "ok"
	ClassRetry     = "retry"     // may pass; a retry is a second charge, so it is off for marketing
	ClassRecipient = "recipient" // this number
	ClassContent   = "content"   // this text
	ClassSender    = "sender"    // this sender number
	ClassCountry   = "country"   // this destination country
	ClassAccount   = "account"   // every text of the account
	ClassUnknown   = "unknown"
)

// What a fault means for the number's future.
const (
	SuppressNone   = ""
	SuppressAtOnce = "invalid" // never text it again
	SuppressSecond = "repeat"  // after the second time in 30 days
	SuppressOptOut = "optout"  // the person said STOP: opt out and write the ledger
)

// Fault is one error code in plain words.
type Fault struct {
	Code     string `json:"code"`
	Meaning  string `json:"meaning"`
	Remedy   string `json:"remedy"`
	Class    string `json:"class"`
	Suppress string `json:"suppress"`
}

// faults is read once; the table is data so that a new code needs no code.
var faults = sync.OnceValue(func() map[string]Fault {
	var list []Fault
	if err := json.Unmarshal(faultData, &list); err != nil {
		panic("plivo: the embedded error table is broken: " + err.Error())
	}
	table := make(map[string]Fault, len(list))
	for _, f := range list {
		table[f.Code] = f
	}
	return table
})

// Explain gives a code in plain words with a remedy. A code that is not in the
// table is never a reason to suppress a number.
func Explain(code string) Fault {
	code = strings.TrimSpace(code)
	if errorCode(code) == "" {
		code = "000"
	}
	if f, ok := faults()[code]; ok {
		return f
	}
	f := faults()["other"]
	if strings.HasPrefix(code, "http_") {
		f = faults()["http"]
	}
	f.Code = code
	return f
}

// Faults lists the table, ordered by code.
func Faults() []Fault {
	return slices.SortedFunc(maps.Values(faults()), func(a, b Fault) int { return strings.Compare(a.Code, b.Code) })
}
