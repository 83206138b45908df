package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/search"

	"tidings/internal/engine/campaign"
)

// The columns of a page; what is suppressed is filled in afterwards. Columns cost time a million times, and a text without
// merge fields needs few.
var (
	unnamedColumns = []string{"subscribers.id", "subscribers.phoneNumber", "subscribers.timezone", "subscribers.state", "subscribers.status"}
	namedColumns   = append(slices.Clone(unnamedColumns), "subscribers.firstName", "subscribers.lastName", "subscribers.language",
		"COALESCE(subscribers.attributes, '')")
)

// idx_suppressions_org_phone, a range of it.
const selectSuppressedBetween = `SELECT phoneNumber, reason FROM suppressions
	WHERE org = ? AND phoneNumber BETWEEN ? AND ? ORDER BY phoneNumber LIMIT ?`

// onAnyList is true for somebody on one of the lists given as a JSON array.
const onAnyList = `EXISTS (SELECT 1 FROM json_each(subscribers.lists) own JOIN json_each({:lists}) wanted ON own.value = wanted.value)`

// audience is the statement that reads a page of an audience, along the unique
// index (org, phoneNumber).
func (s *Store) audience(ctx context.Context, db dbx.Builder, a campaign.Audience, most int) (*dbx.SelectQuery, error) {
	columns := namedColumns
	if a.Unnamed {
		columns = unnamedColumns
	}
	query := db.Select(columns...).From("subscribers").
		AndWhere(dbx.NewExp("subscribers.org = {:org} AND subscribers.phoneNumber > {:after}", dbx.Params{"org": a.Org, "after": a.After})).
		OrderBy("subscribers.phoneNumber").Limit(int64(most)).WithContext(ctx)
	if len(a.Lists) > 0 {
		wanted, err := json.Marshal(a.Lists)
		if err != nil {
			return nil, fmt.Errorf("read an audience: %w", err)
		}
		query.AndWhere(dbx.NewExp(onAnyList, dbx.Params{"lists": string(wanted)}))
	}
	if a.Segment != "" {
		if err := s.filter(query, a.Segment); err != nil {
			return nil, err
		}
	}
	return query, nil
}

// people reads an audience on.
type people struct {
	*Store
	campaign.Audience
	ahead []campaign.Person // read, and not given yet
	ended bool              // nobody comes after them
}

// readTogether is how many people are read in one look at the database, a megabyte or two. Each look begins with an empty
// cache, as the writer commits between them: with pages of 500, half of the time of reading went there. And between looks
// nothing is held: while a look lasts the write-ahead log grows, as it cannot begin anew.
const readTogether = 3000

// People reads an audience in the order of numbers.
func (s *Store) People(a campaign.Audience) campaign.People { return &people{Store: s, Audience: a} }

// Close forgets what was read ahead.
func (p *people) Close() error {
	p.ahead = nil
	return nil
}

// Next gives the next page.
func (p *people) Next(ctx context.Context, most int) ([]campaign.Person, error) {
	for len(p.ahead) < most && !p.ended {
		more, err := p.look(ctx, max(readTogether, most))
		if err != nil {
			return nil, fmt.Errorf("read an audience: %w", err)
		}
		p.ahead = append(slices.Clip(p.ahead), more...)
	}
	page := p.ahead[:min(most, len(p.ahead))]
	p.ahead = p.ahead[len(page):]
	return page, nil
}

// look reads on, at one moment of the database.
func (p *people) look(ctx context.Context, most int) (page []campaign.Person, err error) {
	db, ok := p.app.ConcurrentDB().(*dbx.DB)
	if !ok {
		return nil, errors.New("not inside a transaction")
	}
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() {
		if over := tx.Rollback(); !errors.Is(over, sql.ErrTxDone) {
			err = errors.Join(err, over)
		}
	}()
	if page, err = p.page(ctx, tx, most); err != nil {
		return nil, err
	}
	p.ended = len(page) < most
	if len(page) > 0 {
		p.After = page[len(page)-1].Number
		err = p.suppressed(ctx, tx, page)
	}
	return page, err
}

func (p *people) page(ctx context.Context, tx *dbx.Tx, most int) ([]campaign.Person, error) {
	query, err := p.audience(ctx, tx, p.Audience, most)
	if err != nil {
		return nil, err
	}
	rows, err := query.Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	page := make([]campaign.Person, 0, most)
	for rows.Next() {
		var one campaign.Person
		into := [...]any{&one.ID, &one.Number, &one.Timezone, &one.State, &one.Status, &one.FirstName, &one.LastName, &one.Language, &one.Attributes}
		n := len(into)
		if p.Unnamed {
			n = len(unnamedColumns)
		}
		if err := rows.Rows.Scan(into[:n]...); err != nil {
			return nil, err
		}
		if p.OwnPages {
			one.OwnPage = p.ownPage(one.ID)
		}
		page = append(page, one)
	}
	return page, rows.Err()
}

// suppressed fills in what is suppressed of people in the order of their
// numbers: two walks along a range instead of two look-ups for each. What the
// organisation has of its own goes before what holds for the installation, as
// everywhere.
func (p *people) suppressed(ctx context.Context, tx *dbx.Tx, page []campaign.Person) error {
	for _, of := range []string{"", p.Org} {
		rest, err := p.suppressedOf(ctx, tx, of, page)
		if err != nil {
			return err
		}
		// A few people among many suppressed numbers would make the range long: they are looked up one by one.
		for i := range rest {
			var reason string
			err := named(tx, selectReason, []any{of, rest[i].Number}).WithContext(ctx).Row(&reason)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return err
			}
			rest[i].Suppression = suppressionKind(of, reason)
		}
	}
	return nil
}

// suppressedOf walks the range for one organisation and gives the people whom
// it did not come to.
func (p *people) suppressedOf(ctx context.Context, tx *dbx.Tx, org string, page []campaign.Person) (rest []campaign.Person, err error) {
	most := 4 * len(page)
	rows, err := named(tx, selectSuppressedBetween, []any{org, page[0].Number, page[len(page)-1].Number, most}).WithContext(ctx).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	at, n := 0, 0
	for ; rows.Next(); n++ {
		var number, reason string
		if err := rows.Rows.Scan(&number, &reason); err != nil {
			return nil, err
		}
		for at < len(page) && page[at].Number < number {
			at++
		}
		if at < len(page) && page[at].Number == number {
			page[at].Suppression = suppressionKind(org, reason)
		}
	}
	if n < most {
		at = len(page)
	}
	return page[at:], rows.Err()
}

// filter narrows a query over subscribers by a segment's filter, in
// PocketBase's own syntax.
func (s *Store) filter(query *dbx.SelectQuery, filter string) error {
	subscribers, err := s.app.FindCachedCollectionByNameOrId("subscribers")
	if err != nil {
		return err
	}
	// Without a request the list rule of a related collection would hide all of
	// its rows. The fields that may be named lead to the organisation's own.
	resolver := core.NewRecordFieldResolver(s.app, subscribers, nil, true)
	resolver.SetAllowedFields(SegmentFields())
	expr, err := search.FilterData(filter).BuildExpr(resolver)
	if err != nil {
		return fmt.Errorf("the segment's filter: %w", err)
	}
	query.AndWhere(expr)
	if err := resolver.UpdateQuery(query); err != nil {
		return fmt.Errorf("the segment's filter: %w", err)
	}
	return nil
}
