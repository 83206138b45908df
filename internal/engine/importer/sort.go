package importer

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"
)

// Files are in no order of numbers, and the tables have indexes in that order: row by row each goes to another page of
// two of them, and reading and writing those pages takes most of the time, the more people there are. So a file is judged
// from its first row to its last before any is written, and written in the order of its numbers.

// wholeFile is Import.SortedRows of an import that is sorted as a whole.
const wholeFile = MaxRows

// judges is how many rows are judged at once.
func judges() int { return min(runtime.GOMAXPROCS(0), 4) }

// A batch of records passes from the reader to a judge: so many, or so many bytes of their cells.
const (
	batchRecords = 256
	batchBytes   = 256 << 10
)

// sort judges all rows of a file. Close what it gives. The error is a *noRoomError where the disk has none for the sorted
// rows; nothing is left on it then.
func (i *Importer) sort(ctx context.Context, im *Import, s *sheet) (_ *sorted, err error) {
	kept := &spill{folder: i.Folder, halted: i.Halted}
	defer func() {
		if err != nil {
			err = errors.Join(err, kept.close())
		}
	}()
	reading, stop := context.WithCancel(ctx)
	defer stop()
	batches := make(chan []record, judges())
	rest, failed := make([]io.Reader, judges()), make([]error, judges())
	var all sync.WaitGroup
	for n := range rest {
		all.Go(func() {
			sorting := &sorter{spill: kept, most: i.stretch}
			j := newJudge(s.columns, im.DefaultCountry)
			for records := range batches {
				for _, rec := range records {
					if failed[n] = sorting.add(j.look(rec), j.values); failed[n] != nil {
						stop()
						return
					}
				}
			}
			rest[n] = sorting.rest()
		})
	}
	end := s.batches(reading, batches)
	all.Wait()
	if err := errors.Join(failed...); err != nil {
		return nil, err
	}
	if !errors.Is(end, io.EOF) {
		return nil, end
	}
	m, err := newMerge(s.columns.attributes(), append(kept.stretches(), rest...))
	return &sorted{merge: m, spill: kept}, err
}

// batches reads the sheet to its end, which is io.EOF.
func (s *sheet) batches(ctx context.Context, to chan<- []record) error {
	defer close(to)
	for {
		records, held := make([]record, 0, batchRecords), 0
		var end error
		for len(records) < batchRecords && held < batchBytes {
			rec, err := s.next()
			if err != nil {
				end = err
				break
			}
			held += rec.size()
			records = append(records, rec)
		}
		select {
		case to <- records:
		case <-ctx.Done():
			return ctx.Err()
		}
		if errors.Is(end, io.EOF) {
			return end
		}
		if end != nil {
			return &unreadableError{end}
		}
	}
}

// sorted is the rows of a file in the order of their numbers.
type sorted struct {
	*merge
	*spill
}
