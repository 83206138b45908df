package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// The rules of rows that belong to an organisation. Each part is there for a leak that was seen
// without it:
//
//   - a signed-in person and a header that is not empty come first, because PocketBase compares
//     COALESCE of a value with the empty string: a guest's missing value would equal a row's empty one;
//   - the bare column org is compared with the header, so that SQLite uses the index that begins with
//     it. A path through the membership wraps the column in COALESCE and reads the whole table;
//   - the two conditions on memberships_via_user share one joined row, so a viewer here who owns
//     another organisation does not count as an owner here. Aliases would break that.
const (
	member = "@request.auth.id != '' && @request.headers.x_org != '' && org = @request.headers.x_org" +
		" && @request.auth.memberships_via_user.org ?= @request.headers.x_org"
	owner  = member + " && @request.auth.memberships_via_user.role ?= 'owner'"
	editor = member + " && (@request.auth.memberships_via_user.role ?= 'owner' ||" +
		" @request.auth.memberships_via_user.role ?= 'editor')"
)

// create adds to a rule what every create needs: the server chooses the id, because a client's choice
// would tell by "not unique" which ids other organisations have; and each relation points into the
// row's own organisation.
func create(rule string, relations ...string) *string {
	rule += " && @request.body.id:isset = false"
	for _, r := range relations {
		if r == "lists" {
			// = and not ?=: one good id must not let the others through.
			rule += " && (lists:length = 0 || lists.org = org)"
			continue
		}
		rule += " && (" + r + " = '' || " + r + ".org = org)"
	}
	return types.Pointer(rule)
}

// update adds to a rule what every update needs: the row stays in its organisation, and each relation
// that is sent points into it. The rule is evaluated on the stored row, hence @request.body.
func update(rule string, relations ...string) *string {
	rule += " && @request.body.org:changed = false"
	for _, r := range relations {
		body := "@request.body." + r
		if r == "lists" {
			rule += " && (" + body + ":isset = false || " + body + ":length = 0 || " + body + ".org = org)"
			continue
		}
		rule += " && (" + body + ":isset = false || " + body + " = '' || " + body + ".org = org)"
	}
	return types.Pointer(rule)
}

// readOnly gives a collection that the engine owns its rules: members read, nobody writes.
func readOnly(c *core.Collection) {
	c.ListRule = types.Pointer(member)
	c.ViewRule = types.Pointer(member)
	c.CreateRule, c.UpdateRule, c.DeleteRule = nil, nil, nil
}
