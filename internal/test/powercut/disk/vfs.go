package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// vfsName is what connections ask for with "vfs=".
const vfsName = "recorder"

// The driver is SQLite translated from C: its tables of methods hold C function
// pointers, which are the addresses of Go's static function values. So the shim
// is a copy of the default VFS with some of its pointers replaced. SQLite knows
// it for the life of the process.
var register = sync.OnceValue(func() error {
	tls := libc.NewTLS()
	own := sqlite3.Xsqlite3_vfs_find(tls, 0)
	if own == 0 {
		return errors.New("sqlite has no VFS of its own")
	}
	base = at[sqlite3.Tsqlite3_vfs](own)
	name, err := libc.CString(vfsName)
	if err != nil {
		return err
	}
	copied := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(*base)))
	if copied == 0 {
		return errors.New("no memory for a VFS")
	}
	shim := at[sqlite3.Tsqlite3_vfs](copied)
	*shim = *base
	shim.FpNext, shim.FzName = 0, name
	shim.FxOpen, shim.FxDelete = pointer(open), pointer(unlink)
	if rc := sqlite3.Xsqlite3_vfs_register(tls, copied, 0); rc != sqlite3.SQLITE_OK {
		return fmt.Errorf("sqlite does not take the VFS: code %d", rc)
	}
	return nil
})

// Register makes SQLite know the recorder and gives its name. Connections that
// do not ask for it are not touched.
func Register() (string, error) { return vfsName, register() }

// base is SQLite's own VFS; it is set once, before any file is opened.
var base *sqlite3.Tsqlite3_vfs

// handle is an open file on a tape.
type handle struct {
	tape *Tape
	name string
	own  *sqlite3.Tsqlite3_io_methods
}

var (
	handles sync.Map // address of the sqlite3_file -> *handle
	shims   sync.Map // address of its own methods -> address of ours
)

func open(tls *libc.TLS, vfs, path, f uintptr, flags int32, out uintptr) int32 {
	var name string
	if path != 0 {
		name = libc.GoString(path)
	}
	tape := of(name)
	_, missing := os.Stat(name)
	rc := method[func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32](base.FxOpen)(tls, vfs, path, f, flags, out)
	file := at[sqlite3.Tsqlite3_file](f)
	if rc != sqlite3.SQLITE_OK || tape == nil || file.FpMethods == 0 {
		return rc
	}
	h := &handle{tape: tape, name: filepath.Base(name), own: at[sqlite3.Tsqlite3_io_methods](file.FpMethods)}
	handles.Store(f, h)
	if missing != nil {
		tape.add(entry{action: create, file: h.name})
	}
	file.FpMethods = shimOf(tls, file.FpMethods)
	return rc
}

// shimOf gives the recording twin of a table of methods.
func shimOf(tls *libc.TLS, own uintptr) uintptr {
	if known, ok := shims.Load(own); ok {
		return known.(uintptr)
	}
	address := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_io_methods{})))
	if address == 0 {
		panic("no memory for a table of methods")
	}
	shim := at[sqlite3.Tsqlite3_io_methods](address)
	*shim = *at[sqlite3.Tsqlite3_io_methods](own)
	shim.FxWrite, shim.FxTruncate, shim.FxSync, shim.FxClose = pointer(put), pointer(shorten), pointer(flushed), pointer(shut)
	known, _ := shims.LoadOrStore(own, address)
	return known.(uintptr)
}

func unlink(tls *libc.TLS, vfs, path uintptr, durable int32) int32 {
	rc := method[func(*libc.TLS, uintptr, uintptr, int32) int32](base.FxDelete)(tls, vfs, path, durable)
	name := libc.GoString(path)
	if tape := of(name); tape != nil && rc == sqlite3.SQLITE_OK {
		tape.add(entry{action: remove, file: filepath.Base(name), covers: int(durable)})
	}
	return rc
}

func handleOf(f uintptr) *handle {
	h, ok := handles.Load(f)
	if !ok {
		panic("sqlite uses a file that it did not open")
	}
	return h.(*handle)
}

func put(tls *libc.TLS, f, data uintptr, n int32, offset int64) int32 {
	h := handleOf(f)
	rc := method[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](h.own.FxWrite)(tls, f, data, n, offset)
	if rc == sqlite3.SQLITE_OK {
		h.tape.add(entry{action: write, file: h.name, offset: offset, data: append([]byte(nil), libc.GoBytes(data, int(n))...)})
	}
	return rc
}

func shorten(tls *libc.TLS, f uintptr, size int64) int32 {
	h := handleOf(f)
	rc := method[func(*libc.TLS, uintptr, int64) int32](h.own.FxTruncate)(tls, f, size)
	if rc == sqlite3.SQLITE_OK {
		h.tape.add(entry{action: truncate, file: h.name, size: size})
	}
	return rc
}

// flushed covers what was on the tape when it began. Writes are put on the tape
// when they have returned, so one that runs at the same time is not covered.
func flushed(tls *libc.TLS, f uintptr, flags int32) int32 {
	h := handleOf(f)
	began := h.tape.Len()
	rc := method[func(*libc.TLS, uintptr, int32) int32](h.own.FxSync)(tls, f, flags)
	if rc == sqlite3.SQLITE_OK {
		h.tape.add(entry{action: flush, file: h.name, covers: began})
	}
	return rc
}

func shut(tls *libc.TLS, f uintptr) int32 {
	h := handleOf(f)
	handles.Delete(f) // the address may be used again as soon as it is closed
	return method[func(*libc.TLS, uintptr) int32](h.own.FxClose)(tls, f)
}

// at reads an address of the C heap, which the collector does not move.
func at[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) }

// method makes a C function pointer callable.
func method[F any](address uintptr) F {
	return *(*F)(unsafe.Pointer(&struct{ uintptr }{address}))
}

// pointer makes a C function pointer of a top-level function, whose value lives
// as long as the program.
func pointer(f any) uintptr {
	type words struct{ kind, value uintptr }
	return (*words)(unsafe.Pointer(&f)).value
}
