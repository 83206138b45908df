package main

import (
	"cmp"
	"slices"
	"time"
)

// sample is one repetition of one side.
type sample struct {
	ops  int           // operations done
	wall time.Duration // from the first to the last
	cpu  time.Duration // of this process alone, user and system
	far  time.Duration // of the process at the other end, where it is measured
	p50  time.Duration // of one operation, where it is measured
	p99  time.Duration
}

// watch measures what do does in this process.
func watch(ops int, do func() error) (sample, error) {
	began, used := time.Now(), cpuUsed()
	err := do()
	return sample{ops: ops, wall: time.Since(began), cpu: cpuUsed() - used}, err
}

// watchBoth is watch with the processor time of a provider.
func watchBoth(other *child, job providerJob, ops int, do func() error) (sample, error) {
	var before, after providerReply
	if err := other.ask(job, &before); err != nil {
		return sample{}, err
	}
	s, err := watch(ops, do)
	if err != nil {
		return s, err
	}
	err = other.ask(job, &after)
	s.far = after.CPU - before.CPU
	return s, err
}

// samples are the repetitions of one side; figures are medians over them.
type samples []sample

// perSecond is operations a second.
func (s samples) perSecond() float64 {
	return s.median(func(x sample) float64 { return float64(x.ops) / x.wall.Seconds() })
}

// micros is microseconds of processor time an operation.
func (s samples) micros() float64 { return s.median(cost) / 1e3 }

// microsOfBoth counts the other end in.
func (s samples) microsOfBoth() float64 { return s.median(both) / 1e3 }

func (s samples) p99() time.Duration {
	return time.Duration(s.median(func(x sample) float64 { return float64(x.p99) }))
}

func (s samples) median(of func(sample) float64) float64 {
	figures := make([]float64, len(s))
	for i, x := range s {
		figures[i] = of(x)
	}
	return middle(figures)
}

// middle is the median, and the upper one of the middle two where there are two.
func middle[T cmp.Ordered](figures []T) T {
	slices.Sort(figures)
	return figures[len(figures)/2]
}

// ratios is the median of the ratios within the repetitions: both sides of one
// repetition met the same machine.
func ratios(ours, limit samples, of func(sample) float64) float64 {
	all := make([]float64, 0, len(ours))
	for i := range ours {
		all = append(all, of(ours[i])/of(limit[i]))
	}
	return middle(all)
}

func speed(s sample) float64 { return float64(s.ops) / s.wall.Seconds() }
func cost(s sample) float64  { return float64(s.cpu) / float64(s.ops) }
func both(s sample) float64  { return float64(s.cpu+s.far) / float64(s.ops) }

// quantile is the value below which a share of the sorted durations lies.
func quantile(sorted []time.Duration, share float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(int(float64(len(sorted))*share), len(sorted)-1)]
}
