// Package sms measures a text as carriers bill it: its encoding, its code units
// and its segments, and the characters that make it dearer.
//
// A text whose every character is in the GSM 7-bit alphabet (3GPP TS 23.038) is
// sent in septets, 160 of them in one segment or 153 in each of several. Any
// other character turns the whole text into UTF-16, 70 units or 67 a segment.
//
//	m := sms.Count("It’s on!") // UCS_2, 8 units, 1 segment; offending: ’
//	sms.Clean("It’s on!")      // "It's on!", which is GSM_7
//
// National shift tables are left out: providers do not send them. The package
// never changes an emoji or the spelling of a word.
package sms
