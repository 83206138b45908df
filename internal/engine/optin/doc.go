// Package optin is how a person comes in by a public form: she gives a number,
// ticks the box beside the disclosure, and answers YES from that phone.
//
// Anybody may fill in the form with anybody's number, as often as a script can.
// So the page that follows is the same whatever was known of the number, a text
// goes out only inside caps (a number, a network, a block of numbers, a form),
// never to somebody who opted out, and consent counts when the phone has
// answered. A list with single opt-in takes the form for it, and confirms.
//
//	err := forms.Submit(ctx, submission) // nil: show "look at your phone"
package optin
