package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("memberships")
		err := relations(app, c, orgField, relation{name: "user", to: "users", required: true, cascade: true})
		if err != nil {
			return err
		}
		c.Fields.Add(&core.SelectField{
			Name: "role", Required: true, MaxSelect: 1, Values: []string{"owner", "editor", "viewer"},
		})
		autodates(c)
		c.AddIndex("idx_memberships_user_org", true, "`user`, `org`", "")
		c.AddIndex("idx_memberships_org", false, "`org`", "")
		// Saved once before its rules: they look at the collection itself through the user.
		if err := app.Save(c); err != nil {
			return err
		}

		// One's own memberships need no header: it is from them that a client learns which to send.
		read := "@request.auth.id != '' && (user = @request.auth.id || (@request.headers.x_org != ''" +
			" && org = @request.headers.x_org" +
			" && @request.auth.memberships_via_user.org ?= @request.headers.x_org))"
		c.ListRule = types.Pointer(read)
		c.ViewRule = types.Pointer(read)
		c.CreateRule = create(owner)
		c.UpdateRule = types.Pointer(*update(owner) + " && @request.body.user:changed = false")
		c.DeleteRule = types.Pointer(owner)
		return app.Save(c)
	}, drop("memberships"))
}
