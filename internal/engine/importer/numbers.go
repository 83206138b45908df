package importer

// numbers is a set of telephone numbers as digits. A map of Go takes about three
// times the memory, and a file may have two million of them. Zero is no number.
type numbers struct {
	slots []uint64 // open addressing; a power of two, at most half full
	count int
}

// add puts a number in and says whether it was new.
func (s *numbers) add(n uint64) bool {
	if s.count*2 >= len(s.slots) {
		s.grow()
	}
	i := s.slot(n)
	if s.slots[i] == n {
		return false
	}
	s.slots[i] = n
	s.count++
	return true
}

// slot is where a number is, or where it would go. Numbers of a file are often
// consecutive; the multiplier (2^64 divided by the golden ratio) spreads them.
func (s *numbers) slot(n uint64) uint64 {
	mask := uint64(len(s.slots) - 1)
	i := (n * 0x9e3779b97f4a7c15) >> 20 & mask
	for s.slots[i] != 0 && s.slots[i] != n {
		i = (i + 1) & mask
	}
	return i
}

func (s *numbers) grow() {
	old := s.slots
	s.slots = make([]uint64, max(1024, 2*len(old)))
	for _, n := range old {
		if n != 0 {
			s.slots[s.slot(n)] = n
		}
	}
}
