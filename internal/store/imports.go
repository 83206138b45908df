package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"tidings/internal/engine/importer"
)

const (
	insertImport = `INSERT INTO imports (id, org, list, status, rows, created, updated, rejected, dryRun, reasons, fileName,
		consentMethod, consentText, mapping, defaultCountry, error, sha256, "offset", sortedRows, "by", startedAt, finishedAt)
		VALUES (?, ?, ?, ?, ?, 0, 0, 0, ?, '{}', ?, ?, ?, ?, ?, '', ?, 0, ?, ?, '', '')`
	// Imports are few; the table is read whole.
	selectUnfinishedImports = `SELECT id, org, list, status, rows, created, updated, rejected, dryRun, fileName, consentMethod,
		consentText, mapping, defaultCountry, sha256, "offset", sortedRows, "by" FROM imports WHERE status IN ('queued', 'running') ORDER BY id`
	beginImport = `UPDATE imports SET status = 'running', startedAt = CASE WHEN startedAt = '' THEN ? ELSE startedAt END
		WHERE id = ? AND status IN ('queued', 'running')`
	endImport = `UPDATE imports SET status = ?, error = ?, finishedAt = ? WHERE id = ? AND status IN ('queued', 'running')`

	// The primary key is (import, row): in the order of the file.
	selectImportErrors = `SELECT "row", phoneNumber, code, detail FROM import_errors WHERE "import" = ? ORDER BY "row"`
)

// QueueImport makes an import.
func (s *Store) QueueImport(ctx context.Context, im importer.Import, at time.Time) error {
	mapping, err := json.Marshal(im.Mapping)
	if err != nil {
		return fmt.Errorf("write a mapping: %w", err)
	}
	return s.writer.do(ctx, 1, func(t *txn) error {
		_, err := t.exec(insertImport, im.ID, im.Org, im.List, string(im.Status), im.Rows, im.DryRun, im.FileName,
			im.ConsentMethod, im.ConsentText, string(mapping), im.DefaultCountry, im.SHA256, im.SortedRows, im.By)
		if err != nil {
			return err
		}
		t.told = append(t.told, told{"imports", im.ID, true})
		if im.Status != importer.Running {
			return nil
		}
		_, err = t.exec(beginImport, stamp(at), im.ID)
		return err
	})
}

// UnfinishedImports gives the imports that are queued or running, the oldest
// first.
func (s *Store) UnfinishedImports(ctx context.Context) ([]importer.Import, error) {
	rows, err := s.read.QueryContext(ctx, selectUnfinishedImports)
	if err != nil {
		return nil, fmt.Errorf("read unfinished imports: %w", err)
	}
	defer rows.Close()
	var all []importer.Import
	for rows.Next() {
		var im importer.Import
		var mapping string
		err := rows.Scan(&im.ID, &im.Org, &im.List, &im.Status, &im.Rows, &im.Created, &im.Updated, &im.Rejected, &im.DryRun, &im.FileName,
			&im.ConsentMethod, &im.ConsentText, &mapping, &im.DefaultCountry, &im.SHA256, &im.Done, &im.SortedRows, &im.By)
		if err != nil {
			return nil, fmt.Errorf("read unfinished imports: %w", err)
		}
		if err := json.Unmarshal([]byte(mapping), &im.Mapping); err != nil {
			return nil, fmt.Errorf("read the mapping of import %s: %w", im.ID, err)
		}
		all = append(all, im)
	}
	return all, rows.Err()
}

// BeginImport moves an import to running.
func (s *Store) BeginImport(ctx context.Context, id string, at time.Time) error {
	return s.writer.do(ctx, 1, func(t *txn) error {
		t.told = append(t.told, told{"imports", id, false})
		_, err := t.exec(beginImport, stamp(at), id)
		return err
	})
}

// EndImport ends an import: finished, or failed if why is not empty.
func (s *Store) EndImport(ctx context.Context, id, why string, at time.Time) error {
	status := importer.Finished
	if why != "" {
		status = importer.Failed
	}
	return s.writer.do(ctx, 1, func(t *txn) error {
		t.told = append(t.told, told{"imports", id, false})
		_, err := t.exec(endImport, string(status), why, stamp(at), id)
		return err
	})
}

// ImportErrors gives an import's rejected rows one by one, in the order of the
// file.
func (s *Store) ImportErrors(ctx context.Context, id string, each func(importer.Reject) error) error {
	rows, err := s.read.QueryContext(ctx, selectImportErrors, id)
	if err != nil {
		return fmt.Errorf("read the errors of an import: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var r importer.Reject
		if err := rows.Scan(&r.Row, &r.PhoneNumber, &r.Code, &r.Detail); err != nil {
			return fmt.Errorf("read the errors of an import: %w", err)
		}
		if err := each(r); err != nil {
			return err
		}
	}
	return rows.Err()
}
