package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
)

// connector opens connections that keep their statements: see connection.
type connector struct {
	base driver.Driver
	dsn  string
}

func newConnector(dsn string) (driver.Connector, error) {
	// The registered driver, which its own package alone can make.
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	return connector{base: db.Driver(), dsn: dsn}, db.Close()
}

// Driver implements driver.Connector.
func (c connector) Driver() driver.Driver { return c.base }

// Connect implements driver.Connector.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	base, err := c.base.Open(c.dsn)
	if err != nil {
		return nil, err
	}
	whole, ok := base.(driverConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("the SQLite driver gives a %T, which lacks methods that this version needs", base), base.Close())
	}
	return &connection{driverConn: whole}, nil
}

// driverConn is what database/sql asks of a connection.
type driverConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// connection keeps the writer's statements for as long as it lives, however
// often the pool hands it to somebody else in between. The writer uses them
// without database/sql, whose locks, contexts and copies cost as much as a
// short statement itself.
type connection struct {
	driverConn
	kept    map[string]*statement
	batches bool // temp.batch is there
}

// withBatches makes the table of batches on a connection that a pool handed out. Within a transaction it would go with
// a rollback, so it is asked for before.
func withBatches(c any) error {
	own, ok := c.(*connection)
	if !ok || own.batches {
		return nil // statementOf refuses strangers
	}
	if _, err := own.ExecContext(context.Background(), makeBatches, nil); err != nil {
		return fmt.Errorf("make the table of batches: %w", err)
	}
	own.batches = true
	return nil
}

// statementOf gives a statement of the connection that a pool handed out.
func statementOf(c any, query string) (*statement, error) {
	own, ok := c.(*connection)
	if !ok {
		return nil, fmt.Errorf("store: the database was opened by other means and gives a %T; open it with store.Connect", c)
	}
	return own.prepared(query)
}

// Close implements driver.Conn.
func (c *connection) Close() error {
	var errs []error
	for _, s := range c.kept {
		errs = append(errs, s.Close())
	}
	c.kept = nil
	return errors.Join(append(errs, c.driverConn.Close())...)
}

// statement is a prepared statement with room for its arguments.
type statement struct {
	driver.Stmt
	exec  driver.StmtExecContext
	query driver.StmtQueryContext
	args  []driver.NamedValue
	row   []driver.Value
}

// prepared gives the statement of a query, prepared when it is first asked for.
func (c *connection) prepared(query string) (*statement, error) {
	if s := c.kept[query]; s != nil {
		return s, nil
	}
	base, err := c.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", firstWords(query), err)
	}
	s := &statement{Stmt: base}
	var can, may bool
	s.exec, can = base.(driver.StmtExecContext)
	s.query, may = base.(driver.StmtQueryContext)
	if !can || !may {
		return nil, errors.Join(fmt.Errorf("the SQLite driver prepares a %T, which lacks methods that this version needs", base), base.Close())
	}
	if c.kept == nil {
		c.kept = make(map[string]*statement)
	}
	c.kept[query] = s
	return s, nil
}

// bind puts the arguments of one call in their place.
func (s *statement) bind(args []any) error {
	s.args = s.args[:0]
	for i, a := range args {
		v, err := value(a)
		if err != nil {
			return err
		}
		s.args = append(s.args, driver.NamedValue{Ordinal: i + 1, Value: v})
	}
	return nil
}

// value is an argument as drivers take it.
func value(a any) (driver.Value, error) {
	switch a := a.(type) {
	case string, int64, bool, nil:
		return a, nil
	case int:
		return int64(a), nil
	}
	return driver.DefaultParameterConverter.ConvertValue(a)
}

// run executes the statement and says how many rows it changed.
func (s *statement) run(args []any) (int64, error) {
	if err := s.bind(args); err != nil {
		return 0, err
	}
	// Without an end of the context the driver starts no goroutine to watch it.
	res, err := s.exec.ExecContext(context.Background(), s.args)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// each calls f with every row of the answer, until f says that it has enough.
// The values are f's until it returns.
func (s *statement) each(args []any, f func(row []driver.Value) (more bool, err error)) (err error) {
	if err := s.bind(args); err != nil {
		return err
	}
	rows, err := s.query.QueryContext(context.Background(), s.args)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if s.row == nil {
		s.row = make([]driver.Value, len(rows.Columns()))
	}
	for {
		if err := rows.Next(s.row); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if more, err := f(s.row); err != nil || !more {
			return err
		}
	}
}
