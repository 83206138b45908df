package simulator

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Simulator is one simulated account. It is an http.Handler for Plivo's paths
// (/v1/…). Make it with New, end it with Close.
type Simulator struct {
	cfg     Config
	started time.Time
	faults  atomic.Pointer[Faults]
	client  *http.Client
	limiter limiter

	ctx         context.Context // of all webhooks; ends at Close
	cancel      context.CancelFunc
	wg          sync.WaitGroup
	wake        chan struct{} // tells the scheduler of an earlier event
	ownClient   *http.Transport
	cancelWatch func()

	mu       sync.Mutex // never held while anything blocks
	closed   bool
	events   eventHeap
	eventSeq uint64
	jobs     fifo[func()]
	work     *sync.Cond // there are jobs, or the end
	pending  int        // things that will still happen by themselves
	idlers   []chan struct{}

	messages  []*message // all of them, in the order they came
	byUUID    map[[16]byte]*message
	phones    phoneBook
	sources   map[string]*source
	blocks    map[blockKey]*block
	apps      applications
	inbounds  []*message
	refusals  []Refusal
	replyHook func(Handed) (string, bool)

	apiScript      []APIFault
	callbackScript []CallbackFault

	account       pacer
	balance       int64 // micros
	noCreditUntil int64 // real
	lastTicks     uint64
	counts        Counts
	stats         CallbackStats
}

// New starts a simulator: one scheduler and Config.Workers webhook senders.
func New(cfg Config) *Simulator {
	cfg = cfg.withDefaults()
	s := &Simulator{
		cfg:     cfg,
		started: time.Now(),
		wake:    make(chan struct{}, 1),
		byUUID:  make(map[[16]byte]*message),
		sources: make(map[string]*source),
		blocks:  make(map[blockKey]*block),
		balance: int64(cfg.Balance * 1e6),
	}
	if s.balance <= 0 {
		s.balance = plentyMicros
	}
	s.account = pacer{interval: intervalOf(cfg.AccountRate, cfg.Speed)}
	s.phones.init()
	s.apps.init()
	s.work = sync.NewCond(&s.mu)
	faults := cfg.Faults
	s.faults.Store(&faults)
	s.ctx, s.cancel = context.WithCancel(context.Background())

	transport := cfg.Transport
	if transport == nil {
		s.ownClient = &http.Transport{
			MaxIdleConns: cfg.Workers, MaxIdleConnsPerHost: cfg.Workers, MaxConnsPerHost: cfg.Workers,
			IdleConnTimeout: 30 * time.Second,
		}
		transport = s.ownClient
	}
	s.client = &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // a redirected webhook is an unanswered one
	}}
	for _, number := range cfg.Numbers {
		s.apps.rent(strip(number))
	}
	for _, pool := range cfg.Powerpacks {
		for _, number := range pool {
			s.apps.rent(strip(number))
		}
	}
	s.cancelWatch = cfg.Clock.OnAdvance(s.clockMoved)
	s.wg.Add(1 + cfg.Workers)
	go s.runScheduler()
	for range cfg.Workers {
		go s.runWorker()
	}
	return s
}

// Close stops everything that is still to happen, cuts off webhooks that are
// out, and waits for all goroutines, at most until ctx ends. Later API calls
// are answered 503. Closing twice is fine.
func (s *Simulator) Close(ctx context.Context) error {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		s.cancelWatch()
		s.cancel()
		s.work.Broadcast()
		s.nudge()
		for _, idler := range s.idlers {
			close(idler)
		}
		s.idlers = nil
	}
	s.mu.Unlock()
	done := make(chan struct{})
	go func() {
		s.wg.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
		return ctx.Err()
	}
	if s.ownClient != nil {
		s.ownClient.CloseIdleConnections()
	}
	return nil
}

// Idle waits until nothing more will happen by itself: queues empty, receipts
// out, webhooks answered or given up, phones done writing. A webhook that waits
// for its next try counts as something that will happen.
func (s *Simulator) Idle(ctx context.Context) error {
	for {
		s.mu.Lock()
		if s.pending == 0 || s.closed {
			s.mu.Unlock()
			return nil
		}
		idler := make(chan struct{})
		s.idlers = append(s.idlers, idler)
		s.mu.Unlock()
		select {
		case <-idler:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// NextReply gives the phones a mind of their own: f is asked once for every
// text that reached one, and what it returns is written back. It comes before
// the answers of the fate table. Nil takes it off.
func (s *Simulator) NextReply(f func(Handed) (text string, ok bool)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.replyHook = f
}

// accountPath is the path of one of the account's resources.
func (s *Simulator) accountPath(rest string) string {
	return "/v1/Account/" + s.cfg.AuthID + "/" + rest
}

func (s *Simulator) begin() { s.pending++ }

func (s *Simulator) end() {
	s.pending--
	if s.pending > 0 {
		return
	}
	for _, idler := range s.idlers {
		close(idler)
	}
	s.idlers = nil
}

// nonce is never used twice, not even by another run with the same seed: a
// receiver remembers them.
func (s *Simulator) nonce() string {
	return strconv.FormatUint(rand.Uint64(), 10) + strconv.FormatUint(rand.Uint64N(10), 10)
}
