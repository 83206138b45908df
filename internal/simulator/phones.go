package simulator

// phone is a handset that got or wrote texts, and its place in the list of the
// latest ones.
type phone struct {
	number  string
	wroteAt int64 // shown time of its own last text
	links   []*link
	shown   []*message // what its screen shows, oldest first

	newer, older *phone
	listed       bool
}

// link is what passed between one sender and one phone.
type link struct {
	source string
	tries  uint32 // API calls
	got    uint32 // handed to the carrier
}

func (p *phone) link(source string) *link {
	for _, l := range p.links {
		if l.source == source {
			return l
		}
	}
	l := &link{source: source}
	p.links = append(p.links, l)
	return l
}

// phoneBook knows all phones, and those with something on the screen in the
// order of their last text.
type phoneBook struct {
	byNumber map[string]*phone
	newest   *phone
	listed   int
}

func (b *phoneBook) init() { b.byNumber = make(map[string]*phone) }

func (b *phoneBook) get(number string) *phone {
	p, ok := b.byNumber[number]
	if !ok {
		p = &phone{number: number}
		b.byNumber[number] = p
	}
	return p
}

// show puts a message on a phone's screen and the phone at the top.
func (b *phoneBook) show(p *phone, m *message) {
	p.shown = append(p.shown, m)
	if b.newest == p {
		return
	}
	if p.listed { // take it out where it was; it is not the newest, so it has a newer one
		p.newer.older = p.older
		if p.older != nil {
			p.older.newer = p.newer
		}
	} else {
		p.listed = true
		b.listed++
	}
	p.newer, p.older = nil, b.newest
	if b.newest != nil {
		b.newest.newer = p
	}
	b.newest = p
}
