package phone

// Error is a refusal of what somebody wrote. Message is for that person.
type Error struct{ Code, Message string }

func (e *Error) Error() string { return e.Message }

// The codes of Error.
const (
	CodeRequired       = "phone_required"
	CodeInvalid        = "phone_invalid"
	CodeExtension      = "phone_extension"
	CodePremium        = "phone_premium"
	CodeImpossible     = "phone_impossible"
	CodeCountryUnknown = "phone_country_unknown"
)

func refuse(code, message string) *Error { return &Error{Code: code, Message: message} }

func errInvalid() *Error {
	return refuse(CodeInvalid, "this is no telephone number; write it with its area code, for example (212) 555-0123, or as +12125550123")
}

func errLetters() *Error {
	return refuse(CodeInvalid, "a telephone number has no letters; write it in digits, for example +12125550123")
}

func errTooShort() *Error {
	return refuse(CodeImpossible, "the number is too short; add the area code, and for another country + and its country code")
}

func errTooLong() *Error {
	return refuse(CodeImpossible, "the number is too long; check for a digit too many, and give one number only")
}

func errPremium() *Error {
	return refuse(CodePremium, "premium-rate and shared-cost numbers do not get texts; use the person's own number")
}

func errExtension() *Error {
	return refuse(CodeExtension, "a number with an extension cannot get a text; use a direct number")
}
