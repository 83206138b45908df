package store

import (
	"errors"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Each of the four pools is opened weaker than the others, in turn.
func TestEveryPoolMustFlushEveryCommit(t *testing.T) {
	t.Parallel()
	const pools = 4
	named := map[string]bool{}
	for weak := 0; weak <= pools; weak++ { // the last round weakens none
		opened := 0
		app := core.NewBaseApp(core.BaseAppConfig{DataDir: t.TempDir(), DBConnect: func(path string) (*dbx.DB, error) {
			opened++
			if opened-1 == weak {
				return ConnectWith(path, "_pragma=synchronous(NORMAL)")
			}
			return Connect(path)
		}})
		if err := app.Bootstrap(); err != nil {
			t.Fatal(err)
		}
		err := Durable(app)
		switch {
		case weak == pools && err != nil:
			t.Errorf("all pools flush: %v", err)
		case weak < pools && !errors.Is(err, ErrNotDurable):
			t.Errorf("pool %d of %d does not flush: %v", weak, opened, err)
		case weak < pools:
			named[strings.SplitN(err.Error(), " has ", 2)[0]] = true
		}
		if err := app.ResetBootstrapState(); err != nil {
			t.Fatal(err)
		}
		if opened != pools {
			t.Fatalf("%d pools were opened, want %d", opened, pools)
		}
	}
	if len(named) != pools {
		t.Errorf("the errors name %v, want each pool", named)
	}
}
