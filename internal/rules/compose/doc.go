// Package compose turns a campaign's text and what is known of a person into the
// text that the person gets.
//
// A merge field stands in double braces, with an optional fallback for those of
// whom the field is not known:
//
//	t, err := compose.Parse("Hi {{firstName|there}}, {{brand}} is open in {{attributes.city|your city}}.")
//	t.Render(map[string]string{"firstName": "Ana", "brand": "Acme"})
//
// It refuses fields that do not exist and braces that do not close, so that no
// recipient ever reads one. What is filled in is data: it is never read as a
// template again, has no control characters, and is at most MaxValue long.
package compose
