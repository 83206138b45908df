package hours

// Error is a refusal that a person can act upon.
type Error struct {
	Code    string // stable, lower_snake_case
	Message string // what is wrong and what to do
}

// The codes of Error.
const (
	CodeZoneUnknown  = "zone_unknown"
	CodeHoursInvalid = "hours_invalid"
	CodeHoursEmpty   = "hours_empty"
)

func (e *Error) Error() string { return e.Message }
