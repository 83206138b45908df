// Package failpoint names the steps of a send, so that a test can end the process at any of them as
// kill -9 would.
//
// In an ordinary build Hit does nothing and is removed by the compiler: no variable is read and nothing
// can be switched on. Built with -tags failpoint, the variable FAILPOINT says where the process ends:
//
//	FAILPOINT=mark.committed:17   at the 17th time that this step is reached
//	FAILPOINT=any:17              at the 17th step of all
package failpoint

// Point is one step.
type Point string

// The steps, in the order in which a campaign meets them. "written" is inside the transaction, before
// its commit; "committed" is after it, before anybody is told.
const (
	RecoverWritten   Point = "recover.written"
	RecoverCommitted Point = "recover.committed"

	LaunchWritten   Point = "launch.written"
	LaunchCommitted Point = "launch.committed"
	PlanBegun       Point = "plan.begun" // the next stretch of an audience is about to be read
	PlanRead        Point = "plan.read"
	ChunkWritten    Point = "chunk.written"
	ChunkCommitted  Point = "chunk.committed"

	FeedRead      Point = "feed.read" // a page of due rows is in memory
	GateHeld      Point = "gate.held"
	MarkWritten   Point = "mark.written"
	MarkCommitted Point = "mark.committed"

	SendConnect  Point = "send.connect"  // before a connection is asked for
	SendHeaders  Point = "send.headers"  // the head is in the connection's buffer
	SendWritten  Point = "send.written"  // the whole request has left
	SendAnswered Point = "send.answered" // the answer's head has come, nothing of it is known to anybody

	SettleHanded    Point = "settle.handed" // to the writer
	SettleWritten   Point = "settle.written"
	SettleCommitted Point = "settle.committed"

	CountersWritten Point = "counters.written"
	FinishWritten   Point = "finish.written"
	CommitBefore    Point = "commit.before" // any commit of the engine's writer
	CommitAfter     Point = "commit.after"

	ReceiptWritten   Point = "receipt.written"
	ReceiptCommitted Point = "receipt.committed" // before the webhook is answered
	InboundWritten   Point = "inbound.written"
	InboundCommitted Point = "inbound.committed"
	StopClosed       Point = "stop.closed"  // the gate of the number is shut
	StopWritten      Point = "stop.written" // the ledger event of a STOP or a START
	StopCommitted    Point = "stop.committed"

	FenceNoted     Point = "fence.noted" // the folder's half of a step is written, the database's is not
	FenceWritten   Point = "fence.written"
	FenceCommitted Point = "fence.committed"

	SpoolKept    Point = "spool.kept"    // an event is in the spool, before the webhook is answered
	SpoolApplied Point = "spool.applied" // and among the rows, and not yet dropped
	SpoolDropped Point = "spool.dropped"

	ImportWritten   Point = "import.written" // a chunk of rows
	ImportCommitted Point = "import.committed"
)

// Points lists all of them.
func Points() []Point {
	return []Point{
		RecoverWritten, RecoverCommitted,
		LaunchWritten, LaunchCommitted, PlanBegun, PlanRead, ChunkWritten, ChunkCommitted,
		FeedRead, GateHeld, MarkWritten, MarkCommitted,
		SendConnect, SendHeaders, SendWritten, SendAnswered,
		SettleHanded, SettleWritten, SettleCommitted,
		CountersWritten, FinishWritten, CommitBefore, CommitAfter,
		ReceiptWritten, ReceiptCommitted, InboundWritten, InboundCommitted, StopClosed, StopWritten, StopCommitted,
		FenceNoted, FenceWritten, FenceCommitted,
		SpoolKept, SpoolApplied, SpoolDropped,
		ImportWritten, ImportCommitted,
	}
}

// Any stands for every point in FAILPOINT.
const Any Point = "any"

// Variable is the environment variable that a build with -tags failpoint reads.
const Variable = "FAILPOINT"
