package importer

import (
	"context"
	"errors"
	"io"

	"tidings/internal/engine/stride"
)

// chunkBytes ends a chunk of long rows early, by what its texts hold.
const chunkBytes = 1 << 20

// sequence is the judged rows of a file, in the order in which they are written. That order must be the same whenever an
// import goes on: how many of them are done is all that is remembered.
type sequence interface {
	// next gives the next row; io.EOF after the last.
	next() (judged, error)
}

// cut makes chunks of rows, from the first that is not done yet.
func cut(ctx context.Context, im *Import, pace *stride.Stride, from sequence, chunks chan<- Chunk) error {
	for range im.Done {
		switch _, err := from.next(); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		}
	}
	for at := im.Done; ; {
		c, err := chunkOf(im, at, pace.Rows(), from)
		if at < c.To() {
			select {
			case chunks <- c:
			case <-ctx.Done():
				return ctx.Err()
			}
			at = c.To()
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// chunkOf takes the next rows, so many at most.
func chunkOf(im *Import, at, most int, from sequence) (Chunk, error) {
	c := Chunk{Import: im, From: at, Rows: make([]Row, 0, most)}
	for held := 0; c.To()-at < most && held < chunkBytes; {
		j, err := from.next()
		if err != nil {
			return c, err
		}
		if j.reject != nil {
			c.Rejects = append(c.Rejects, *j.reject)
			held += len(j.reject.Detail)
		} else {
			c.Rows = append(c.Rows, j.row)
			held += len(j.row.Attributes)
		}
	}
	return c, nil
}
