package optin

import "strings"

// ask is the text that a phone answers with YES.
func ask(f Form) string {
	return f.Brand + ": Reply YES to get our texts. " + f.Frequency + ". Msg & data rates may apply. Reply HELP for help, STOP to opt out."
}

// Welcome confirms an opt-in: brand, frequency, rates, HELP and STOP are what
// carriers want in the first text of a recurring programme (CTIA Messaging
// Principles 5.1.2).
func Welcome(brand, frequency string) string {
	if frequency == "" {
		frequency = "Msg frequency varies"
	}
	text := "You are subscribed. " + frequency + ". Msg & data rates may apply. Reply HELP for help, STOP to opt out."
	if brand = strings.TrimSpace(brand); brand != "" {
		return brand + ": " + text
	}
	return text
}
