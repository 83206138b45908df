package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

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
	tx    *dbx.Tx // a look at the database as it is at one moment; nil between them
	since time.Time
}

// lookFor is how long one look lasts. Without it each page would begin with an empty cache, as the writer commits between
// them: half of the time of reading went there. Much longer, and the write-ahead log could not be folded back.
const lookFor = 200 * time.Millisecond

// People reads an audience in the order of numbers.
func (s *Store) People(a campaign.Audience) campaign.People { return &people{Store: s, Audience: a} }

// Close ends the look.
func (p *people) Close() error {
	if p.tx == nil {
		return nil
	}
	tx := p.tx
	p.tx = nil
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return fmt.Errorf("end the reading of an audience: %w", err)
	}
	return nil
}

// Next gives the next page.
func (p *people) Next(ctx context.Context, most int) ([]campaign.Person, error) {
	if p.tx != nil && time.Since(p.since) > lookFor {
		if err := p.Close(); err != nil {
			return nil, err
		}
	}
	if p.tx == nil {
		if err := p.look(ctx); err != nil {
			return nil, err
		}
	}
	page, err := p.page(ctx, most)
	if err != nil {
		return nil, fmt.Errorf("read an audience: %w", errors.Join(err, p.Close()))
	}
	if len(page) > 0 {
		p.After = page[len(page)-1].Number
		if err := p.suppressed(ctx, page); err != nil {
			return nil, fmt.Errorf("read what is suppressed: %w", errors.Join(err, p.Close()))
		}
	}
	return page, nil
}

func (p *people) look(ctx context.Context) error {
	db, ok := p.app.ConcurrentDB().(*dbx.DB)
	if !ok {
		return errors.New("read an audience: not inside a transaction")
	}
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("read an audience: %w", err)
	}
	p.tx, p.since = tx, time.Now()
	return nil
}

func (p *people) page(ctx context.Context, most int) ([]campaign.Person, error) {
	query, err := p.audience(ctx, p.tx, p.Audience, most)
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
func (p *people) suppressed(ctx context.Context, page []campaign.Person) error {
	for _, of := range []string{"", p.Org} {
		rest, err := p.suppressedOf(ctx, of, page)
		if err != nil {
			return err
		}
		// A few people among many suppressed numbers would make the range long: they are looked up one by one.
		for i := range rest {
			var reason string
			err := named(p.tx, selectReason, []any{of, rest[i].Number}).WithContext(ctx).Row(&reason)
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
func (p *people) suppressedOf(ctx context.Context, org string, page []campaign.Person) (rest []campaign.Person, err error) {
	most := 4 * len(page)
	rows, err := named(p.tx, selectSuppressedBetween, []any{org, page[0].Number, page[len(page)-1].Number, most}).WithContext(ctx).Rows()
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
