// Package migrations is the schema: every collection, index, trigger and plain table, and the API
// rules that keep organisations apart. Importing it registers everything with PocketBase, which
// applies what is missing when the server starts.
//
// One change is one file, named by time, with its way back. A released file is never edited: a later
// file changes what it made. Nothing here imports the rules of the product, so that an old migration
// means the same whatever the product has learnt since.
package migrations
