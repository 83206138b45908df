package migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
)

// manyRelations is PocketBase's own ceiling for "as many as you like".
const manyRelations = 999

// autodates adds created and updated.
func autodates(c *core.Collection) {
	c.Fields.Add(
		&core.AutodateField{Name: "created", OnCreate: true},
		&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
	)
}

// counts adds whole numbers. They carry no minimum: the engine writes them by SQL, and a form that
// refuses to show a row because of its value helps nobody.
func counts(c *core.Collection, names ...string) {
	for _, name := range names {
		c.Fields.Add(&core.NumberField{Name: name, OnlyInt: true})
	}
}

// dates adds date fields.
func dates(c *core.Collection, names ...string) {
	for _, name := range names {
		c.Fields.Add(&core.DateField{Name: name})
	}
}

// relationTo makes a relation to one row of a collection. Nothing cascades: rows that must outlive
// what they point at keep plain text ids instead.
func relationTo(app core.App, name, collection string) (*core.RelationField, error) {
	target, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		return nil, fmt.Errorf("find %s for the relation %s: %w", collection, name, err)
	}
	return &core.RelationField{Name: name, CollectionId: target.Id, MaxSelect: 1}, nil
}

// relation is one relation field of a collection that is being made.
type relation struct {
	name, to string
	required bool
	many     bool
	cascade  bool
}

// relations adds relation fields.
func relations(app core.App, c *core.Collection, list ...relation) error {
	for _, r := range list {
		f, err := relationTo(app, r.name, r.to)
		if err != nil {
			return err
		}
		f.Required, f.CascadeDelete = r.required, r.cascade
		if r.many {
			f.MaxSelect = manyRelations
		}
		c.Fields.Add(f)
	}
	return nil
}

// orgField is the organisation of a row, which no tenant-owned row is without.
var orgField = relation{name: "org", to: "organizations", required: true}

// drop deletes a collection: the way back of a migration that made it.
func drop(name string) func(core.App) error {
	return func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			return fmt.Errorf("find %s to drop it: %w", name, err)
		}
		return app.Delete(c)
	}
}

// execute runs plain SQL statements in order.
func execute(app core.App, statements ...string) error {
	for _, s := range statements {
		if _, err := app.DB().NewQuery(s).Execute(); err != nil {
			return fmt.Errorf("run %.60q: %w", s, err)
		}
	}
	return nil
}
