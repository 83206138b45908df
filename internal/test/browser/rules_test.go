package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// press runs a script for its effect.
func press(script string) chromedp.Action { return chromedp.Evaluate(script, nil) }

// The team reads which rules are in force; the superuser switches and edits them.
func TestRulesAreShownAndEdited(t *testing.T) {
	w, b := start(t), open(t)
	w.signIn(b)
	b.goTo(w.url + "/_/#/texts/rules")
	const louisiana = `[...document.querySelectorAll(".tx-rule")].find((r) => r.textContent.startsWith("Louisiana"))`
	b.until("the rows are there", louisiana+" !== undefined")
	b.until("they say where they are from", louisiana+`.textContent.includes("R-29617")`)
	b.picture("rules.png")
	b.do("press", press(louisiana+`.querySelector(".tx-emergency").click()`))
	b.click(".tx-dialog .tx-yes")
	b.until("the emergency is shown", louisiana+`.querySelector(".tx-tag.danger") !== null`)
	b.until("and said above", `document.querySelector(".tx-notice.warning")?.textContent.includes("Louisiana")`)

	b.do("press", press(louisiana+`.querySelector(".tx-row-buttons .btn").click()`))
	b.write(".tx-dialog input[name=weekdays]", "9 to 5")
	b.click(".tx-dialog-foot .btn:last-child")
	b.until("what cannot be read is refused", `document.querySelector(".tx-dialog")?.textContent.includes("is no window of a day")`)
	b.do("press", press(`document.querySelector(".tx-dialog input[name=weekdays]").value = ""`))
	b.write(".tx-dialog input[name=weekdays]", "09:00-17:00")
	b.write(".tx-dialog input[name=source]", "our lawyer")
	b.click(".tx-dialog-foot .btn:last-child")
	b.until("the row is ours", louisiana+`?.textContent.includes("our lawyer") && `+louisiana+`.textContent.includes("09:00-17:00")`)

	team := open(t)
	team.join(w.invite("viewer@example.com", "viewer"))
	team.click(`.tx-nav a[href="#/texts/rules"]`)
	team.until("the team reads it", louisiana+`?.textContent.includes("our lawyer")`)
	team.until("and cannot edit", `document.querySelector(".tx-rule button") === null && document.querySelector(".tx-new-rule") === null`)
	team.calm()
}
