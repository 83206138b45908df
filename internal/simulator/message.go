package simulator

import (
	"encoding/hex"
	"time"
)

// state is where a message is.
type state uint8

const (
	stateQueued state = iota
	stateSent
	stateDelivered
	stateUndelivered
	stateFailed
	stateReceived // inbound
)

var stateNames = [...]string{"queued", "sent", "delivered", "undelivered", "failed", "received"}

func (s state) String() string { return stateNames[s] }

// kind tells whose message it is.
type kind uint8

const (
	outbound  kind = iota // came through the API
	inbound               // written by a phone
	automatic             // Plivo's own answer to STOP, HELP and START
)

// message is one text and all that the simulator knows of it. Real times are
// nanoseconds since the simulator started (monotonic), shown times are
// microseconds of the legal clock; 0 is "not yet". Guarded by Simulator.mu.
type message struct {
	uuid [16]byte
	src  string
	dst  string
	text string
	url  string // status callback, or the webhook an inbound one went to
	ip   string

	powerpack string
	source    *source
	queue     *queue

	began    int64 // the request's first byte was seen
	accepted int64
	handed   int64 // given to the carrier
	acked    int64 // inbound: our webhook answered 2xx

	shownAt     int64
	shownHanded int64
	shownFinal  int64

	try    uint32 // how many times src had asked to write to dst, with this one
	expiry int32  // seconds
	code   uint16
	units  uint8
	seq    uint8
	kind   kind
	state  state
	intent intent
	get    bool // callbacks by GET
	masked bool // log=false
	fault  APIFault
	told   uint8 // bit 1<<state: a callback of that state was answered 2xx

	callbacks callbackChain
	settled   chan struct{} // closed after the last callback; only where somebody waits
}

func (m *message) id() string { return formatUUID(m.uuid) }

func formatUUID(u [16]byte) string {
	var b [36]byte
	hex.Encode(b[:8], u[:4])
	b[8] = '-'
	hex.Encode(b[9:13], u[4:6])
	b[13] = '-'
	hex.Encode(b[14:18], u[6:8])
	b[18] = '-'
	hex.Encode(b[19:23], u[8:10])
	b[23] = '-'
	hex.Encode(b[24:], u[10:])
	return string(b[:])
}

func parseUUID(text string) (u [16]byte, ok bool) {
	if len(text) != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' {
		return u, false
	}
	raw := text[:8] + text[9:13] + text[14:18] + text[19:23] + text[24:]
	n, err := hex.Decode(u[:], []byte(raw))
	return u, err == nil && n == 16
}

// newUUID is time-based, as Plivo's are. It takes real time, not the shown one:
// a sandbox started twice at the same hour must not hand out an id twice.
func (s *Simulator) newUUID() [16]byte {
	const gregorian = 0x01B21DD213814000 // 100 ns steps from 1582-10-15 to 1970
	ticks := uint64(s.realTime(s.elapsed()).UnixNano()/100) + gregorian
	if ticks <= s.lastTicks {
		ticks = s.lastTicks + 1
	}
	s.lastTicks = ticks
	node := mix(s.cfg.Seed)
	return [16]byte{
		byte(ticks >> 24), byte(ticks >> 16), byte(ticks >> 8), byte(ticks),
		byte(ticks >> 40), byte(ticks >> 32),
		0x10 | byte(ticks>>56)&0x0f, byte(ticks >> 48),
		0x80 | byte(node>>56)&0x3f, byte(node >> 48),
		1 | byte(node>>40), byte(node >> 32), byte(node >> 24), byte(node >> 16), byte(node >> 8), byte(node),
	}
}

// elapsed is the monotonic time since the start, never 0.
func (s *Simulator) elapsed() int64 { return int64(time.Since(s.started)) + 1 }

func (s *Simulator) realTime(elapsed int64) time.Time {
	return s.started.Add(time.Duration(elapsed - 1))
}

func (s *Simulator) shown() int64 { return s.cfg.Clock.Now().UnixMicro() }
