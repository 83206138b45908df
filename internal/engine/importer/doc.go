// Package importer brings people in from a CSV file: it reads whatever a
// spreadsheet saves, judges each row, and hands what is good to a store in
// chunks, in the order of numbers.
//
// It decides what a file's columns mean, whether a row can be taken, and where
// an interrupted import goes on. It refuses files without a usable header, rows
// that cannot be read, numbers that cannot get a text, and a number's second
// row. A bad row never stops the import: it is counted, and kept with its reason.
//
//	im := importer.New(importer.Options{Store: rows, Folder: folder, Now: now, NewID: newID, Log: log})
//	upload, err := im.Receive(file)
//	id, err := im.Queue(ctx, upload, importer.Order{Org: org, List: list, FileName: "people.csv", DefaultCountry: "US"})
//	im.Run(ctx) // works the queue until ctx ends; call it once
//
// Consent that is attested for a file never lifts an opt-out: only the person
// herself does that.
package importer
