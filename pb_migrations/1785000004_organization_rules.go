package migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

func init() {
	m.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("organizations")
		if err != nil {
			return fmt.Errorf("find organizations: %w", err)
		}
		read := "@request.auth.id != '' && @request.auth.memberships_via_user.org ?= id"
		c.ListRule = types.Pointer(read)
		c.ViewRule = types.Pointer(read)
		c.UpdateRule = types.Pointer(read + " && @request.auth.memberships_via_user.role ?= 'owner'")
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("organizations")
		if err != nil {
			return fmt.Errorf("find organizations: %w", err)
		}
		c.ListRule, c.ViewRule, c.UpdateRule = nil, nil, nil
		return app.Save(c)
	})
}
