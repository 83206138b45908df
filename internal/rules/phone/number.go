package phone

import (
	"errors"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// WarningUnassigned marks a number of the United States or Canada that is well
// formed, with an area code that the numbering data does not list (yet).
const WarningUnassigned = "unassigned_area_code"

// Number is one telephone number that may get a text.
type Number struct {
	E164    string // "+12125550123"
	Country string // ISO 3166 alpha-2; Guernsey, Jersey and Man have their own
	Warning string // "" or WarningUnassigned
}

// KnownCountry reports whether iso is the two-letter code, in any case, of a
// country that has a numbering plan, and so can serve as a default.
func KnownCountry(iso string) bool {
	return len(iso) == 2 && phonenumbers.GetCountryCodeForRegion(strings.ToUpper(iso)) != 0
}

// Parse reads one number. A number without country code is taken for one of
// defaultCountry. The error is always an *Error.
func Parse(raw, defaultCountry string) (Number, error) {
	country := strings.ToUpper(strings.TrimSpace(defaultCountry))
	digits, plain := ordinary(raw, country)
	if plain {
		if n, ok := known(digits); ok {
			return n, nil
		}
	}
	n, err := parse(raw, country)
	if err == nil && plain {
		learn(digits, n)
	}
	return n, err
}

// parse asks the number data.
func parse(raw, country string) (Number, error) {
	w, refusal := read(raw)
	if refusal != nil {
		return Number{}, refusal
	}
	if w.international {
		return result(international(w.digits))
	}
	n, refusal := national(w.digits, country)
	if refusal == nil {
		return n, nil
	}
	// 00 and 011 dial abroad from most countries and from North America. They are
	// tried last: 011 also begins numbers of British cities.
	for _, prefix := range []string{"00", "011"} {
		if rest, ok := strings.CutPrefix(w.digits, prefix); ok && !strings.HasPrefix(rest, "0") {
			n, abroad := international(rest)
			if abroad == nil || abroad.Code == CodePremium || prefix == "00" {
				return result(n, abroad)
			}
		}
	}
	return Number{}, refusal
}

func result(n Number, refusal *Error) (Number, error) {
	if refusal != nil {
		return Number{}, refusal
	}
	return n, nil
}

func national(digits, country string) (Number, *Error) {
	if !KnownCountry(country) {
		return Number{}, refuse(CodeCountryUnknown, "the country of this number is not known; write it with + and the country code, for example +12125550123")
	}
	parsed, err := phonenumbers.Parse(digits, country)
	if err != nil {
		return Number{}, unreadable(err)
	}
	return judge(parsed)
}

func international(digits string) (Number, *Error) {
	parsed, err := phonenumbers.Parse("+"+digits, "")
	if err != nil {
		return Number{}, unreadable(err)
	}
	return judge(parsed)
}

func unreadable(err error) *Error {
	switch {
	case errors.Is(err, phonenumbers.ErrInvalidCountryCode):
		return refuse(CodeCountryUnknown, "no country has this country code; check the digits behind +")
	case errors.Is(err, phonenumbers.ErrNumTooLong):
		return errTooLong()
	case errors.Is(err, phonenumbers.ErrTooShortNSN), errors.Is(err, phonenumbers.ErrTooShortAfterIDD):
		return errTooShort()
	}
	return errInvalid()
}

// judge decides about a number whose country code is known.
func judge(parsed *phonenumbers.PhoneNumber) (Number, *Error) {
	if parsed.GetCountryCode() == 1 {
		return judgeNorthAmerican(parsed)
	}
	digits := phonenumbers.GetNationalSignificantNumber(parsed)
	// Numbers of +44 9 cost extra, and those of +44 70 forward at the caller's cost.
	if parsed.GetCountryCode() == 44 && (strings.HasPrefix(digits, "9") || strings.HasPrefix(digits, "70")) {
		return Number{}, errPremium()
	}
	switch phonenumbers.GetNumberType(parsed) {
	case phonenumbers.PREMIUM_RATE, phonenumbers.SHARED_COST:
		return Number{}, errPremium()
	}
	switch phonenumbers.IsPossibleNumberWithReason(parsed) {
	case phonenumbers.TOO_SHORT, phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
		return Number{}, errTooShort()
	case phonenumbers.TOO_LONG:
		return Number{}, errTooLong()
	case phonenumbers.INVALID_LENGTH:
		return Number{}, refuse(CodeImpossible, "the number does not have as many digits as numbers of that country; check it")
	}
	if !phonenumbers.IsValidNumber(parsed) {
		return Number{}, errInvalid()
	}
	country := phonenumbers.GetRegionCodeForNumber(parsed)
	if len(country) != 2 || country == "ZZ" {
		return Number{}, refuse(CodeCountryUnknown, "this number belongs to no country (satellite or international service) and cannot get texts; use the person's own number")
	}
	return Number{E164: phonenumbers.Format(parsed, phonenumbers.E164), Country: country}, nil
}

// judgeNorthAmerican knows the form of the numbering plan (area code NXX with
// neither 9 in the middle nor 11 at the end, exchange NXX) and so can accept an
// area code that the data does not list.
func judgeNorthAmerican(parsed *phonenumbers.PhoneNumber) (Number, *Error) {
	digits := phonenumbers.GetNationalSignificantNumber(parsed)
	switch {
	case len(digits) < 10:
		return Number{}, errTooShort()
	case len(digits) > 10:
		return Number{}, errTooLong()
	}
	area, exchange, line := digits[:3], digits[3:6], digits[6:]
	switch {
	case area == "900" || exchange == "976":
		return Number{}, errPremium()
	case area[0] < '2' || area[1] == '9' || area[1:] == "11" || exchange[0] < '2':
		return Number{}, errInvalid()
	}
	switch phonenumbers.GetNumberType(parsed) {
	case phonenumbers.PREMIUM_RATE, phonenumbers.SHARED_COST:
		return Number{}, errPremium()
	}
	n := Number{E164: "+1" + digits}
	n.Country = Locate(n.E164).Country
	if phonenumbers.IsValidNumber(parsed) {
		return n, nil
	}
	if n.Country == "US" || n.Country == "CA" {
		n.Warning = WarningUnassigned
		return n, nil
	}
	// 555-0100 to 555-0199 are set aside for examples under every area code.
	if exchange == "555" && line[:2] == "01" {
		return n, nil
	}
	return Number{}, errInvalid()
}
