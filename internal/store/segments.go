package store

// SegmentFields is what a segment may ask about: fields of subscribers and of their lists. Whatever
// leads elsewhere (@request, @collection, org., back relations) would let a filter look into rows
// that its writer may not see.
func SegmentFields() []string {
	return []string{
		`^(id|org|phoneNumber|firstName|lastName|language|timezone|state|status|country|zones|numberWarning|` +
			`consentedAt|consentExpiresAt|created|updated|attributes|lists)(:(lower|length|each))?$`,
		`^attributes(\.\w+)+$`,
		`^lists\.(id|name|optIn|archived|created|updated)(:lower)?$`,
	}
}
