package importer

import "fmt"

// Refusal says why a file or an order was not taken. Nothing was written.
type Refusal struct {
	Field   string // of the order; "file" for the file itself
	Code    string
	Message string
}

func (r *Refusal) Error() string { return r.Message }

// The codes of Refusal.
const (
	CodeFileRequired   = "file_required"
	CodeFileTooLarge   = "file_too_large"
	CodeFileEmpty      = "file_empty"
	CodeNotCSV         = "not_csv"
	CodeHeaderMissing  = "header_missing"
	CodeNoRows         = "no_rows"
	CodeTooManyRows    = "too_many_rows"
	CodeTooManyColumns = "too_many_columns"
	CodeBadMapping     = "bad_mapping"
	CodeBadCountry     = "bad_country"
	CodeConsentPartial = "consent_incomplete"
	CodeConsentMethod  = "bad_consent_method"
	CodeConsentTooLong = "consent_text_too_long"
)

func refuseFile(code, format string, args ...any) *Refusal {
	return &Refusal{Field: "file", Code: code, Message: fmt.Sprintf(format, args...)}
}

// Reject is a row that was not taken.
type Reject struct {
	Row         int    // as a spreadsheet counts: the header is row 1
	PhoneNumber string // as written
	Code        string
	Detail      string // for a person, with what to do
}

// The codes of Reject, beside those of rules/phone.
const (
	CodeRowTooLarge     = "row_too_large"
	CodeUnclosedQuote   = "unclosed_quote"
	CodeNULByte         = "nul_byte"
	CodeBadEncoding     = "bad_encoding"
	CodeTooManyCells    = "too_many_cells"
	CodeTooLong         = "too_long"
	CodeBadLanguage     = "bad_language"
	CodeUnknownTimezone = "unknown_timezone"
	CodeBadState        = "bad_state"
	CodeDuplicate       = "duplicate"
	CodeOptedOut        = "opted_out"
	CodeSuppressed      = "suppressed"
)
