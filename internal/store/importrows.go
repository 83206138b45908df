package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"tidings/internal/engine/importer"
	"tidings/internal/failpoint"
)

const (
	// First in its transaction: it takes the write lock at once, and a second
	// process that works on the same import finds that the offset has moved.
	moveImport  = `UPDATE imports SET "offset" = ? WHERE id = ? AND "offset" = ? AND status = 'running'`
	countImport = `UPDATE imports SET created = created + ?, updated = updated + ?, rejected = rejected + ?, reasons = ? WHERE id = ?`

	selectReasons     = `SELECT reasons FROM imports WHERE id = ?`
	insertImportError = `INSERT INTO import_errors ("import", "row", phoneNumber, code, detail) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT ("import", "row") DO NOTHING`
)

// ImportRows writes a chunk of an import with its progress in one commit.
// Subscribers are not announced one by one: a file has too many, and whoever
// watches an import watches its record.
func (s *Store) ImportRows(ctx context.Context, c importer.Chunk, at time.Time) (importer.Outcome, error) {
	var out importer.Outcome
	err := s.writer.do(ctx, maxRows, func(t *txn) error {
		out = importer.Outcome{}
		n, err := t.exec(moveImport, c.To(), c.Import.ID, c.From)
		if out.Moved = n == 1; err != nil || !out.Moved {
			return err
		}
		w, err := t.rowWriter(c, at)
		if err != nil {
			return err
		}
		reasons := map[string]int{}
		reject := func(r importer.Reject) error {
			out.Rejected++
			reasons[r.Code]++
			_, err := t.exec(insertImportError, c.Import.ID, r.Row, r.PhoneNumber, r.Code, r.Detail)
			return err
		}
		for _, r := range c.Rejects {
			if err := reject(r); err != nil {
				return err
			}
		}
		for _, row := range c.Rows {
			became, refused, err := w.write(row)
			switch {
			case err != nil:
				return fmt.Errorf("row %d: %w", row.Row, err)
			case refused != nil:
				if err := reject(*refused); err != nil {
					return err
				}
			case became == newPerson:
				out.Created++
			default:
				out.Updated++
			}
		}
		if err := w.end(); err != nil {
			return err
		}
		t.told = append(t.told, told{"imports", c.Import.ID, false})
		err = t.countImport(c.Import.ID, out, reasons)
		failpoint.Hit(failpoint.ImportWritten)
		return err
	})
	failpoint.Hit(failpoint.ImportCommitted)
	return out, err
}

func (t *txn) countImport(id string, out importer.Outcome, reasons map[string]int) error {
	var raw string
	if err := t.row(selectReasons, []any{id}, &raw); err != nil {
		return err
	}
	all := map[string]int{}
	if err := json.Unmarshal([]byte(raw), &all); err != nil {
		return fmt.Errorf("read the reasons of import %s: %w", id, err)
	}
	for code, n := range reasons {
		all[code] += n
	}
	sum, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("write the reasons of import %s: %w", id, err)
	}
	_, err = t.exec(countImport, out.Created, out.Updated, out.Rejected, string(sum), id)
	return err
}

// idsFrom gives ids for many rows of one moment: in order, and each once. Ids
// drawn one by one would meet once in some thousand chunks.
func idsFrom(at time.Time) func() string {
	next := []byte(NewID(at))
	return func() string {
		id := string(next)
		step := 1 + randomBelow(1<<14)
		for i := len(next) - 1; step > 0 && i >= 0; i-- { // add in base 36, carrying
			step += uint64(digit(next[i]))
			next[i] = digits[step%36]
			step /= 36
		}
		return id
	}
}

func digit(c byte) int {
	if c <= '9' {
		return int(c - '0')
	}
	return int(c-'a') + 10
}
