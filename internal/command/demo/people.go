package demo

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"tidings/internal/simulator"
)

// awake are area codes where it is between eight and eleven in the morning when
// it is eleven in New York; asleep those where it is earlier. Some states of the
// first open at nine or ten, so a part of their people waits an hour or two.
var (
	awake = strings.Fields(`212 201 203 215 216 217 218 224 225 228 239 240 248 251 252 253 256 260 262 267 269 270 272
		301 302 303 304 305 307 309 310 312 313 314 315 316 317 318 319 320 321 323 325 330 331 334 336 337 339 346 347 351
		352 360 361 385 386 401 402 404 405 406 407 408 409 410 412 413 414 415 417 419 423 424 425 430 432 434 435 440 443`)
	asleep = []string{"808", "907"}

	firstNames = strings.Fields("Ana Ben Chloé Dimitri Elif Femi Grace Hugo Inês José Kemal Lena Maya Nils Olga Priya Quinn Rosa Sam Tomás Uma Vera Will Xenia Yusuf Zoë")
	lastNames  = strings.Fields("Adams Brown Costa Diaz Evans Fischer García Hansen Ito Jones Kaya Lopez Müller Novak O'Neil Park Quist Rossi Smith Tran Ueda Vogel Walsh Xu Young Zhang")
)

// Kinds of rows, by their place in each hundred. What becomes of a text is
// decided by the last two digits of a number (see the simulator's README).
const (
	landline    = 3
	duplicate   = 8
	wordy       = 13
	extension   = 18
	premium     = 23
	tooShort    = 28
	sleepy      = 31 // and the two after it
	stopped     = 38 // texted STOP before the import
	noReceipt   = 43
	away        = 48
	spam        = 53
	saysStop    = 58
	asksHelp    = 63
	saysStart   = 68
	chats       = 73
	carrierStop = 78
	expires     = 83
)

var suffixes = map[int]string{
	landline: "50", noReceipt: "60", away: "80", spam: "30", saysStop: "91",
	asksHelp: "92", saysStart: "93", chats: "94", carrierStop: "99", expires: "42",
}

// person is one row of the customer file.
type person struct {
	number   string // as somebody wrote it down
	e164     string // empty where there is no number to be made of it
	first    string
	last     string
	city     string
	kind     int
	consents bool
}

// crowd makes n rows, the same at every call: four in a hundred have not
// consented and come in a file of their own.
func crowd(n int) []person {
	people := make([]person, 0, n)
	plain := 0
	for i := range n {
		p := person{
			first: firstNames[i%len(firstNames)], last: lastNames[(i/3)%len(lastNames)],
			city: []string{"Springfield", "Riverside", "", "Fairview"}[i%4], kind: i % 100, consents: i%25 != 24,
		}
		block := i / 100
		suffix, fated := suffixes[p.kind]
		switch {
		case fated && block < len(awake):
			p.set(awake[block], "01"+suffix, i)
		case p.kind >= sleepy && p.kind < sleepy+3:
			p.set(asleep[i%len(asleep)], line(block*3+p.kind-sleepy), i)
		case p.kind == duplicate && len(people) > 1:
			p.e164 = people[len(people)-2].e164
			p.number = "tel:" + p.e164
		case p.kind == wordy:
			p.number = "ask at the counter"
		case p.kind == extension:
			p.number = fmt.Sprintf("(%s) 555-0123 ext. 5", awake[block%len(awake)])
		case p.kind == premium:
			p.number = "1-900-555-0123"
		case p.kind == tooShort:
			p.number = "555-0123"
		default:
			p.set(awake[plain%len(awake)], line(plain/len(awake)), i)
			plain++
		}
		people = append(people, p)
	}
	return people
}

// line gives the last four digits of the k-th plain number of an area code: the
// hundred that is kept for examples first, without those that have a fate.
func line(k int) string {
	const kept = 85
	if k < kept {
		return "01" + quiet[k]
	}
	return fmt.Sprintf("%04d", 200+k-kept)
}

// quiet are the suffixes of 555-01xx numbers that simply get their text.
var quiet = func() []string {
	var fated, free []string
	for _, f := range simulator.Fates() {
		fated = append(fated, f.Suffix)
	}
	for n := range 100 {
		if s := fmt.Sprintf("%02d", n); !slices.Contains(fated, s) {
			free = append(free, s)
		}
	}
	return free
}()

// set writes a number in one of the ways people do.
func (p *person) set(area, last4 string, i int) {
	p.e164 = "+1" + area + "555" + last4
	form := []string{"+1%s555%s", "(%s) 555-%s", "%s-555-%s", "1 %s 555 %s", "%s.555.%s", "%s555%s"}[i%6]
	p.number = fmt.Sprintf(form, area, last4)
}

// write writes the rows of one file as a spreadsheet would export them.
func write(w io.Writer, people []person, consents bool) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"First name", "Last name", "Mobile", "City"}); err != nil {
		return err
	}
	for _, p := range people {
		if p.consents == consents {
			if err := out.Write([]string{p.first, p.last, p.number, p.city}); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}
