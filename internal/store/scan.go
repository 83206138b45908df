package store

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"reflect"
)

// scan copies a row of the driver's values to where the caller wants them, as
// database/sql does for the kinds that our statements use.
func scan(row []driver.Value, into []any) error {
	if len(row) != len(into) {
		return fmt.Errorf("%d columns for %d places", len(row), len(into))
	}
	for i, v := range row {
		if err := assign(into[i], v); err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
	}
	return nil
}

func assign(into any, v driver.Value) error {
	switch to := into.(type) {
	case *string:
		if s, ok := v.(string); ok {
			*to = s
			return nil
		}
	case *int64:
		if n, ok := v.(int64); ok {
			*to = n
			return nil
		}
	case *int:
		if n, ok := v.(int64); ok {
			*to = int(n)
			return nil
		}
	case *bool:
		if n, ok := v.(int64); ok {
			*to = n != 0
			return nil
		}
	case sql.Scanner:
		return to.Scan(v)
	default:
		// A named kind of text, such as message.Status.
		if s, ok := v.(string); ok && reflect.TypeOf(into).Elem().Kind() == reflect.String {
			reflect.ValueOf(into).Elem().SetString(s)
			return nil
		}
	}
	return fmt.Errorf("a %T does not fit into a %T", v, into)
}
