package command

import (
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"tidings/internal/store"
	"tidings/internal/test/apptest"
)

func TestTheDoctorLooksAtEveryPool(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		weak string // the file whose connections do not flush
		says string
	}{
		{"", "every commit is flushed"},
		{"data.db", "connection of the data has synchronous=1"},
		{"auxiliary.db", "connection of the log has synchronous=1"},
	} {
		app := apptest.New(t, apptest.WithoutServing(), apptest.WithConnect(func(path string) (*dbx.DB, error) {
			if c.weak != "" && strings.HasSuffix(path, c.weak) {
				return store.ConnectWith(path, "_pragma=synchronous(NORMAL)")
			}
			return store.Connect(path)
		}))
		found := checkDurability(app.BaseApp)
		if len(found) != 1 || !strings.Contains(found[0].what, c.says) || (found[0].level == bad) != (c.weak != "") {
			t.Errorf("with a weak %q the doctor finds %v", c.weak, found)
		}
	}
}
