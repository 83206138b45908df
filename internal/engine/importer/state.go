package importer

import "strings"

// stateCodes are the states of the United States with its territories, and the
// provinces of Canada, by their folded names. Address books write them out.
var stateCodes = func() map[string]string {
	codes := map[string]string{}
	for line := range strings.Lines(stateTable) {
		if code, name, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			codes[fold(name)] = code
		}
	}
	return codes
}()

const stateTable = `
AL Alabama
AK Alaska
AZ Arizona
AR Arkansas
CA California
CO Colorado
CT Connecticut
DE Delaware
DC District of Columbia
DC Washington DC
FL Florida
GA Georgia
HI Hawaii
ID Idaho
IL Illinois
IN Indiana
IA Iowa
KS Kansas
KY Kentucky
LA Louisiana
ME Maine
MD Maryland
MA Massachusetts
MI Michigan
MN Minnesota
MS Mississippi
MO Missouri
MT Montana
NE Nebraska
NV Nevada
NH New Hampshire
NJ New Jersey
NM New Mexico
NY New York
NC North Carolina
ND North Dakota
OH Ohio
OK Oklahoma
OR Oregon
PA Pennsylvania
RI Rhode Island
SC South Carolina
SD South Dakota
TN Tennessee
TX Texas
UT Utah
VT Vermont
VA Virginia
WA Washington
WV West Virginia
WI Wisconsin
WY Wyoming
AS American Samoa
GU Guam
MP Northern Mariana Islands
PR Puerto Rico
VI Virgin Islands
VI US Virgin Islands
AB Alberta
BC British Columbia
MB Manitoba
NB New Brunswick
NL Newfoundland and Labrador
NL Newfoundland
NS Nova Scotia
NT Northwest Territories
NU Nunavut
ON Ontario
PE Prince Edward Island
QC Quebec
QC Québec
SK Saskatchewan
YT Yukon
`

// stateCode gives the two letters of a state that is written out or as a code;
// empty if it is neither.
func stateCode(written string) string {
	if code := strings.ToUpper(written); len(code) == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z' {
		return code
	}
	return stateCodes[fold(written)]
}
