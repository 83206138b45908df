package consent

// Error is a refusal that a person can act upon.
type Error struct{ Code, Message string }

func (e *Error) Error() string { return e.Message }

// CodeOptedOut refuses a grant for somebody who said STOP.
const CodeOptedOut = "opted_out"
