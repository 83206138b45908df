// Package disk records what SQLite asks of a disk, and says what a power cut at
// any moment would have left of it.
//
// A shim over SQLite's own VFS writes every write, truncation, flush and
// removal of the database files of one folder onto a Tape, together with Notes
// of what the test saw happen outside (a request, an acknowledged webhook), all
// in one order. Tape.Cut then gives the files as they could be found after a
// cut: what was flushed is there; of the rest a random part, in any order, torn
// at sectors of 512 bytes.
//
//	name, err := disk.Register()
//	tape, err := disk.Record(folder)
//	db, err := store.ConnectWith(path, "vfs="+name)
//	at := tape.Note("webhook acknowledged")
//	files := tape.Cut(at, rng)
//
// It assumes what SQLite assumes: that a flush which returned is kept, that a
// sector nobody wrote to keeps its content, and that a file which was removed
// before some flush does not come back after it.
package disk
