package importer

// The limits of a file. They bound memory and time, not people: a list beyond
// them is cut in two.
const (
	// MaxFile is bytes of a file: two million rows of the usual width.
	MaxFile = 256 << 20
	// MaxRows is rows below the header. An import that goes on sorts them again,
	// which takes a few seconds.
	MaxRows = 2_000_000
	// MaxColumns is cells of a row.
	MaxColumns = 200
	// maxRow is bytes of a row. One quoted cell of 80 MB cost a general CSV
	// reader 545 MB of memory.
	maxRow = 64 << 10
	// chunkRows is rows of one commit at most: long enough to share its cost, short
	// enough not to hold up a STOP. With consent each is a ledger event too.
	chunkRows = 500

	maxName       = 200        // characters of a name, as the schema has it
	maxLanguage   = 35         // characters of a language tag, as the schema has it
	maxAttributes = 64<<10 - 1 // bytes of all attributes, as the schema has it
	maxAttribute  = 100        // characters of an attribute's name, as merge fields have it
	maxFileName   = 255
	maxText       = 20000 // characters of the words of a consent, as the ledger has it
	maxWritten    = 64    // characters that are kept of a number that was refused
)
