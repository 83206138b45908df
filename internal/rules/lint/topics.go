package lint

import (
	"regexp"
	"strings"
)

// topic is something that carriers in the United States do not carry, or only from
// senders who have shown an age gate (CTIA Messaging Principles 5.2; Plivo's
// acceptable use).
type topic struct {
	code, name string
	words      *regexp.Regexp
}

func words(list string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(` + strings.ReplaceAll(list, " ", "|") + `)\b`)
}

var banned = []topic{
	{"shaft_sex", "sex", words(`sexy? sexual porn xxx nude nudes escorts? onlyfans hookups? strippers? erotic`)},
	{"shaft_hate", "hate", words(`nazis? white.power subhuman`)},
	{"shaft_alcohol", "alcohol", words(`alcohol beers? wines? whiske?y vodka tequila liquor cocktails? brewery margaritas? happy.hour`)},
	{"shaft_firearms", "firearms", words(`guns? firearms? ammo ammunition rifles? pistols? ar-?15 silencers?`)},
	{"shaft_tobacco", "tobacco", words(`tobacco cigarettes? cigars? vapes? vaping e-?cigs? nicotine hookah`)},
	{"banned_cannabis", "cannabis", words(`cannabis marijuana cbd thc weed kratom dispensary delta-?8`)},
	{"banned_gambling", "gambling", words(`casinos? gambling betting jackpot sportsbook free.spins`)},
	{"banned_money", "debt and quick money", words(`payday.loans? debt.relief debt.consolidation credit.repair get.rich work.from.home crypto bitcoin forex`)},
}

// topics finds words that make carriers block a campaign.
func topics(t Text) []Finding {
	var found []Finding
	for _, b := range banned {
		m := b.words.FindStringIndex(t.Body)
		if m == nil {
			continue
		}
		index, length := at(t.Body, m[0], m[1])
		found = append(found, Finding{
			Code: b.code, Severity: Risk, Index: index, Length: length,
			Message: "“" + t.Body[m[0]:m[1]] + "”: carriers block texts about " + b.name + ", or want an age check and a registration that says so",
		})
	}
	return found
}
