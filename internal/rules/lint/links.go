package lint

import (
	"regexp"
	"strings"
)

// hosts finds links with or without "https://". A last part of letters keeps
// "3.50" and "9.30pm" out; "sale.Come" is kept out by its capital.
var hosts = regexp.MustCompile(`(?:https?://)?((?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[a-z]{2,24})(?:[:/?#][^\s]*)?`)

// shorteners are public ones. Carriers block them, because anybody can hide
// anything behind them (CTIA Messaging Principles 5.3.3; AT&T and T-Mobile codes of
// conduct).
var shorteners = map[string]bool{
	"bit.ly": true, "bitly.com": true, "tinyurl.com": true, "goo.gl": true, "t.co": true, "ow.ly": true, "is.gd": true, "buff.ly": true,
	"rebrand.ly": true, "cutt.ly": true, "shorturl.at": true, "rb.gy": true, "t.ly": true, "tiny.cc": true, "bl.ink": true, "lnkd.in": true,
	"soo.gd": true, "s.id": true, "v.gd": true, "shorte.st": true, "adf.ly": true, "mcaf.ee": true, "qr.ae": true, "j.mp": true,
	"tiny.one": true, "short.io": true, "clck.ru": true, "u.to": true, "dub.sh": true, "surl.li": true, "linktr.ee": true, "wa.me": true,
}

// commonEndings are the ends of names that people write without "https://". Others
// count only with it: "me.and" is two words without a space.
var commonEndings = set("com net org io co us ca uk de fr es br pt mx info biz shop store app dev me ly at gd gl cc gy li ru id to ee sh in ink page site online xyz link club")

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// links looks at where a text sends people.
func links(t Text) []Finding {
	var found []Finding
	seen := map[string]bool{}
	for _, m := range hosts.FindAllStringSubmatchIndex(t.Body, -1) {
		host := strings.ToLower(strings.TrimPrefix(t.Body[m[2]:m[3]], "www."))
		written := strings.Contains(t.Body[m[0]:m[2]], "://")
		if m[0] > 0 && t.Body[m[0]-1] == '@' { // an address of e-mail
			continue
		}
		if !written && !commonEndings[host[strings.LastIndexByte(host, '.')+1:]] {
			continue
		}
		index, length := at(t.Body, m[0], m[1])
		if shorteners[host] {
			found = append(found, Finding{
				Code: "url_shortener", Severity: Risk, Index: index, Length: length,
				Message: "Carriers block texts with links of public shorteners such as " + host + "; use a link of your own domain",
			})
		}
		if seen[host] = true; len(seen) == 2 {
			found = append(found, Finding{
				Code: "many_hosts", Severity: Warning, Index: index, Length: length,
				Message: "Links to several domains look like spam to filters; keep to one",
			})
			seen["several"] = true // told once
		}
	}
	return found
}
