package message

// RunStatus is the state of one press of Send.
type RunStatus string

// The states of a run.
const (
	RunScheduled RunStatus = "scheduled" // waits for its sendAt
	RunQueued    RunStatus = "queued"    // the audience is being planned
	RunSending   RunStatus = "sending"
	RunWaiting   RunStatus = "waiting" // all that is left waits for its hours
	RunPaused    RunStatus = "paused"
	RunFinished  RunStatus = "finished" // nothing is queued or sending; receipts may still come
	RunCanceled  RunStatus = "canceled"
)

// Ended reports whether a run sends nothing any more.
func (s RunStatus) Ended() bool { return s == RunFinished || s == RunCanceled }

// Feeds reports whether messages of a run in this state may be sent.
func (s RunStatus) Feeds() bool { return s == RunSending || s == RunWaiting }
