package migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

func init() {
	m.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return fmt.Errorf("find users: %w", err)
		}
		// PocketBase starts with open registration: anybody could make himself an account. Here
		// people are invited. Deleting oneself would leave organisations without an owner.
		read := "@request.auth.id != '' && (id = @request.auth.id || (@request.headers.x_org != ''" +
			" && @request.auth.memberships_via_user.org ?= @request.headers.x_org" +
			" && memberships_via_user.org ?= @request.headers.x_org))"
		c.ListRule = types.Pointer(read)
		c.ViewRule = types.Pointer(read)
		c.CreateRule = nil
		c.UpdateRule = types.Pointer("@request.auth.id != '' && id = @request.auth.id")
		c.DeleteRule = nil
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return fmt.Errorf("find users: %w", err)
		}
		// Back to PocketBase's rules, but for the open registration.
		self := types.Pointer("id = @request.auth.id")
		c.ListRule, c.ViewRule, c.UpdateRule, c.DeleteRule = self, self, self, self
		return app.Save(c)
	})
}
