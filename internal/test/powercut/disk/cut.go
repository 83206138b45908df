package disk

import (
	"math/rand/v2"
	"slices"
)

// sector is what a disk writes whole or not at all.
const sector = 512

// Cut gives the files of the folder as they could be found after a power cut
// just before position at: everything that was flushed by then, and of what was
// not a part that rng chooses. A file that is not in the answer is gone. The
// same rng state gives the same files.
func (t *Tape) Cut(at int, rng *rand.Rand) map[string][]byte {
	t.mu.Lock()
	entries := t.entries[:min(at, len(t.entries))]
	t.mu.Unlock()
	files := make(map[string]*file)
	for name, content := range t.start {
		files[name] = &file{content: append([]byte(nil), content...), exists: true}
	}
	order := make([]string, 0, len(files)) // a map has none, and the same seed must choose the same
	for name := range files {
		order = append(order, name)
	}
	slices.Sort(order)
	for i, e := range entries {
		if e.action == note {
			continue
		}
		f := files[e.file]
		if f == nil {
			f = &file{}
			files[e.file] = f
			order = append(order, e.file)
		}
		switch {
		case e.action == flush:
			for _, other := range files {
				other.settleName(e.covers)
			}
			f.settle(e.covers)
		case e.action == remove && e.covers > 0:
			*f = file{}
		default:
			f.waiting = append(f.waiting, pending{e, i})
		}
	}
	left := make(map[string][]byte, len(files))
	for _, name := range order {
		f := files[name]
		f.lose(rng)
		if f.exists {
			left[name] = f.content
		}
	}
	return left
}

// file is what is on disk of a file and what waits for a flush.
type file struct {
	content []byte
	exists  bool
	waiting []pending
}

type pending struct {
	entry
	at int
}

// settle puts on disk what was asked before a flush began.
func (f *file) settle(covers int) {
	var later []pending
	for _, p := range f.waiting {
		if p.at < covers {
			f.apply(p.entry)
		} else {
			later = append(later, p)
		}
	}
	f.waiting = later
}

// settleName keeps a removal: a file system writes down the names of its files
// in order, so a later flush of any file has those on disk as well.
func (f *file) settleName(covers int) {
	for i := len(f.waiting) - 1; i >= 0; i-- {
		if p := f.waiting[i]; p.action == remove && p.at < covers {
			f.content, f.exists, f.waiting = nil, false, f.waiting[i+1:]
			return
		}
	}
}

func (f *file) apply(e entry) {
	switch e.action {
	case create:
		f.exists = true
	case remove:
		f.content, f.exists = nil, false
	case truncate:
		f.exists = true
		if short := e.size - int64(len(f.content)); short > 0 {
			f.content = append(f.content, make([]byte, short)...)
		}
		f.content = f.content[:e.size]
	case write:
		f.exists = true
		f.put(e.offset, e.data)
	}
}

func (f *file) put(offset int64, data []byte) {
	if short := offset + int64(len(data)) - int64(len(f.content)); short > 0 {
		f.content = append(f.content, make([]byte, short)...)
	}
	copy(f.content[offset:], data)
}

// lose lets the power go: what waits is kept or lost.
func (f *file) lose(rng *rand.Rand) {
	waiting := f.waiting
	f.waiting = nil
	switch rng.IntN(5) {
	case 0: // the disk had begun nothing
		waiting = nil
	case 1: // it had done everything
	case 2: // it had done the first few
		waiting = waiting[:rng.IntN(len(waiting)+1)]
	case 3: // it had done some, in an order of its own
		waiting = some(waiting, rng)
	case 4: // and was in the middle of several
		waiting = some(torn(waiting), rng)
	}
	for _, p := range waiting {
		f.apply(p.entry)
	}
}

// some keeps each with even chances, shuffled.
func some(all []pending, rng *rand.Rand) []pending {
	var kept []pending
	for _, p := range all {
		if rng.IntN(2) == 0 {
			kept = append(kept, p)
		}
	}
	rng.Shuffle(len(kept), func(i, j int) { kept[i], kept[j] = kept[j], kept[i] })
	return kept
}

// torn splits writes at the borders of sectors.
func torn(all []pending) []pending {
	var parts []pending
	for _, p := range all {
		if p.action != write {
			parts = append(parts, p)
			continue
		}
		for data, offset := p.data, p.offset; len(data) > 0; {
			n := min(int(sector-offset%sector), len(data))
			part := p
			part.offset, part.data = offset, data[:n]
			parts = append(parts, part)
			data, offset = data[n:], offset+int64(n)
		}
	}
	return parts
}
