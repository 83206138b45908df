package simulator

import (
	"fmt"
	"hash/fnv"
	"maps"
	"time"
)

// Faults are the ways in which Plivo misbehaves: probabilities from 0 to 1.
// They are drawn from Config.Seed, the two numbers and how many times one wrote
// to the other, never from the order in which goroutines run: one seed, one outcome.
type Faults struct {
	// Webhooks.
	DuplicateCallback      float64 `json:"duplicateCallback"`      // two at the same time
	ReorderCallback        float64 `json:"reorderCallback"`        // after its successor
	DropCallback           float64 `json:"dropCallback"`           // never sent
	CallbackBeforeResponse float64 `json:"callbackBeforeResponse"` // all of them before the API answers
	WrongSignature         float64 `json:"wrongSignature"`
	DoubleSignature        float64 `json:"doubleSignature"` // two in one header, the second is right

	// API, the message is not accepted.
	Throttle429       float64 `json:"throttle429"`
	Error500          float64 `json:"error500"`
	ResetBeforeAccept float64 `json:"resetBeforeAccept"`

	// API, the message is accepted and goes out.
	EmptyAccepted    float64 `json:"emptyAccepted"` // 202 without a body
	Error500Accepted float64 `json:"error500Accepted"`
	ResetAfterAccept float64 `json:"resetAfterAccept"`
	SlowResponse     float64 `json:"slowResponse"`

	// API gives probabilities to faults that have no field of their own: by the
	// names of APIFaults.
	API map[APIFault]float64 `json:"api,omitempty"`

	SlowFor    time.Duration `json:"slowFor"`    // 0: 2 s
	RetryAfter string        `json:"retryAfter"` // header of a 429; empty: none, as Plivo documents none
	// What the body of an error looks like; JSON if neither is set.
	EmptyBodies bool `json:"emptyBodies"`
	HTMLBodies  bool `json:"htmlBodies"`
}

// APIFault is one thing that can happen to one call of the message API.
type APIFault string

// The faults of the message API. Those above APIEmptyAccepted accept nothing.
const (
	APINone           APIFault = ""
	APIThrottle       APIFault = "throttle"
	APIError500       APIFault = "error500"
	APIError502       APIFault = "error502"
	APIError503       APIFault = "error503"
	APIUnauthorized   APIFault = "unauthorized"
	APIGeoForbidden   APIFault = "geo"
	APINoCredit       APIFault = "noCredit"
	APIResetBefore    APIFault = "resetBeforeAccept"
	APIEmptyAccepted  APIFault = "emptyAccepted"
	APIError500After  APIFault = "error500Accepted"
	APIResetAfter     APIFault = "resetAfterAccept"
	APISlow           APIFault = "slow"
	APIHang           APIFault = "hang" // accepted, and no answer until the caller gives up
	APIGarbage        APIFault = "garbage"
	APITwoUUIDs       APIFault = "twoUuids"
	APITruncated      APIFault = "truncated"
	APICallbacksFirst APIFault = "callbackBeforeResponse"
)

// accepts says whether a call that this happens to becomes a message.
func (f APIFault) accepts() bool {
	switch f {
	case APIThrottle, APIError500, APIError502, APIError503, APIUnauthorized, APIGeoForbidden, APINoCredit, APIResetBefore:
		return false
	}
	_, refuses := refusalOf[f]
	return !refuses
}

// CallbackFault is one thing that can happen to one webhook request.
type CallbackFault string

// The faults of webhooks.
const (
	CallbackNone            CallbackFault = ""
	CallbackDuplicate       CallbackFault = "duplicate"
	CallbackReorder         CallbackFault = "reorder"
	CallbackDrop            CallbackFault = "drop"
	CallbackWrongSignature  CallbackFault = "wrongSignature"
	CallbackDoubleSignature CallbackFault = "doubleSignature"
)

// Validate refuses what is no probability.
func (f Faults) Validate() error {
	for name, p := range map[string]float64{
		"duplicateCallback": f.DuplicateCallback, "reorderCallback": f.ReorderCallback, "dropCallback": f.DropCallback,
		"callbackBeforeResponse": f.CallbackBeforeResponse, "wrongSignature": f.WrongSignature, "doubleSignature": f.DoubleSignature,
		"throttle429": f.Throttle429, "error500": f.Error500, "resetBeforeAccept": f.ResetBeforeAccept,
		"emptyAccepted": f.EmptyAccepted, "error500Accepted": f.Error500Accepted, "resetAfterAccept": f.ResetAfterAccept,
		"slowResponse": f.SlowResponse,
	} {
		if !(p >= 0 && p <= 1) {
			return fmt.Errorf("%s is %v: give a probability from 0 to 1", name, p)
		}
	}
	return f.validateMore()
}

// SetFaults changes the probabilities for what comes from now on.
func (s *Simulator) SetFaults(f Faults) { s.faults.Store(&f) }

// Faults are the probabilities in force.
func (s *Simulator) Faults() Faults {
	f := *s.faults.Load()
	f.API = maps.Clone(f.API)
	return f
}

// ScriptAPI queues exact faults: the next calls of POST Message take them, one
// each, before any probability is asked. APINone lets a call through.
func (s *Simulator) ScriptAPI(faults ...APIFault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.apiScript = append(s.apiScript, faults...)
}

// ScriptCallbacks queues exact faults for the next status callbacks, in the
// order in which they come about.
func (s *Simulator) ScriptCallbacks(faults ...CallbackFault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.callbackScript = append(s.callbackScript, faults...)
}

// drawAPI chooses the fault of one call. try counts the calls from src to dst.
func (s *Simulator) drawAPI(src, dst string, try uint32) APIFault {
	if len(s.apiScript) > 0 {
		f := s.apiScript[0]
		s.apiScript = s.apiScript[1:]
		return f
	}
	f := s.faults.Load()
	return choose(s.roll("api", src, dst, uint64(try)), append([]choice[APIFault]{
		{f.Throttle429, APIThrottle},
		{f.Error500, APIError500},
		{f.ResetBeforeAccept, APIResetBefore},
		{f.EmptyAccepted, APIEmptyAccepted},
		{f.Error500Accepted, APIError500After},
		{f.ResetAfterAccept, APIResetAfter},
		{f.SlowResponse, APISlow},
		{f.CallbackBeforeResponse, APICallbacksFirst},
	}, f.more()...), APINone)
}

// drawCallback chooses the fault of one status callback.
func (s *Simulator) drawCallback(m *message, sequence uint8) CallbackFault {
	if len(s.callbackScript) > 0 {
		f := s.callbackScript[0]
		s.callbackScript = s.callbackScript[1:]
		return f
	}
	f := s.faults.Load()
	return choose(s.roll("callback", m.src, m.dst, uint64(m.try)<<8|uint64(sequence)), []choice[CallbackFault]{
		{f.DropCallback, CallbackDrop},
		{f.DuplicateCallback, CallbackDuplicate},
		{f.ReorderCallback, CallbackReorder},
		{f.WrongSignature, CallbackWrongSignature},
		{f.DoubleSignature, CallbackDoubleSignature},
	}, CallbackNone)
}

type choice[T any] struct {
	probability float64
	value       T
}

func choose[T any](roll float64, choices []choice[T], otherwise T) T {
	for _, c := range choices {
		if roll < c.probability {
			return c.value
		}
		roll -= c.probability
	}
	return otherwise
}

// roll is a number in [0, 1) that depends on nothing but the seed and its input.
func (s *Simulator) roll(kind, src, dst string, n uint64) float64 {
	h := fnv.New64a()
	for _, part := range [...]string{kind, src, dst} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return float64(mix(h.Sum64()^mix(s.cfg.Seed)^mix(n+1))>>11) / (1 << 53)
}

// mix spreads a number over all 64 bits (the finaliser of splitmix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
