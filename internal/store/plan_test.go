package store

import (
	"database/sql"
	"strings"
	"testing"

	"tidings/internal/engine/campaign"
)

// explain gives SQLite's plan of a statement, a step a line.
func explain(t *testing.T, db *sql.DB, query string, args ...any) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan
}

// bind gives a statement as many arguments as it has places.
func bind(query string) []any {
	args := make([]any, strings.Count(query, "?"))
	for i := range args {
		args[i] = "x"
	}
	return args
}

func TestHotStatementsUseTheirIndex(t *testing.T) {
	t.Parallel()
	f := open(t)
	for name, c := range map[string]struct{ query, index string }{
		"selectDue":            {selectDue, "idx_messages_due (run=? AND (dueAt,id)>(?,?)"},
		"selectNextDue":        {selectNextDue, "idx_messages_due (run=? AND dueAt>?)"},
		"selectPerson":         {selectPerson, "idx_subscribers_org_phone"},
		"selectSuppression":    {selectSuppression, "idx_suppressions_org_phone (org=? AND phoneNumber=?)"},
		"selectDoubtful":       {selectDoubtful, "idx_messages_doubtful (status=?)"},
		"selectStanding":       {selectStanding, "idx_subscribers_org_phone (org=? AND phoneNumber=?)"},
		"selectConversation":   {selectConversation, "idx_messages_conversation (org=? AND phoneNumber=?)"},
		"selectLedger":         {selectLedger, "idx_consent_events_org_seq (org=?)"},
		"selectNumberLine":     {selectNumberLine, "idx_consent_events_org_phone_seq (org=? AND phoneNumber=?)"},
		"texts of a number":    {selectConversationMessages, "idx_messages_conversation (org=? AND phoneNumber=?)"},
		"selectOpenReview":     {selectOpenReview, "idx_reviews_open (org=? AND phoneNumber=?)"},
		"settleReview":         {settleReview, "idx_reviews_open (org=? AND phoneNumber=?)"},
		"selectOldReviews":     {selectOldReviews, "idx_reviews_open"},
		"selectOutlook":        {selectOutlook, "idx_messages_due (run=?)"},
		"selectFirstDue":       {selectFirstDue, "idx_messages_due (run=?)"},
		"selectRecentRuns":     {selectRecentRuns, "idx_runs_ended (org=? AND finishedAt>?)"},
		"unfinished runs":      {selectRecentRuns, "idx_runs_unfinished_status"},
		"selectTextOfRun":      {selectTextOfRun, "sqlite_autoindex_messages_1 (id=?)"},
		"selectSingleTexts":    {selectSingleTexts, "idx_messages_conversation (org=? AND phoneNumber=? AND sentAt>?)"},
		"selectSinglesBetween": {selectSinglesBetween, "idx_messages_conversation (org=? AND phoneNumber>? AND phoneNumber<?)"},
		"selectBasis":          {selectBasis, "sqlite_autoindex_decision_bases_1 (data=?)"},
		"selectRuleSet":        {selectRuleSet, "PRIMARY KEY (hash=?)"},
		"selectDecided":        {selectDecided, "INTEGER PRIMARY KEY (rowid=?)"},
		"selectState":          {selectState, "sqlite_autoindex_messages_1 (id=?)"},
		"selectReached":        {selectReached, "sqlite_autoindex_messages_1 (id=?)"},
		"selectLiveRuns":       {selectLiveRuns, "idx_runs_org_created (org=?)"},
		"selectFeeding":        {selectFeeding, "idx_runs_unfinished_status"},
		"selectPlannable":      {selectPlannable, "idx_runs_unfinished_status"},
		"selectCanceled":       {selectCanceled, "idx_runs_unswept"},
		"startScheduled":       {startScheduled, "idx_runs_unfinished_status"},
		"lateSchedule":         {lateSchedule, "idx_runs_unfinished_status"},
		"messages of a run":    {"SELECT id FROM messages WHERE org = ? AND run = ? ORDER BY id LIMIT 100", "idx_messages_run (run=?)"},
		"selectNewestRuns":     {selectNewestRuns, "idx_runs_org_created (org=?)"},
		"selectUnfinished":     {selectUnfinished, "idx_runs_campaign (campaign=?)"},
		"selectKeys":           {selectKeys, "idx_runs_campaign (campaign=?)"},
		"selectLastKey":        {selectLastKey, "idx_runs_key"},
		"planned between":      {selectPlannedBetween, "sqlite_autoindex_messages_1 (id>? AND id<?)"},
		"swapState":            {swapState, "sqlite_autoindex_messages_1 (id=?)"},
		"selectRunOfKey":       {selectRunOfKey, "idx_runs_key (key=?)"},
		"settleAccepted":       {settleAccepted, "sqlite_autoindex_messages_1 (id=?)"},
		"markSending":          {markSending, "sqlite_autoindex_messages_1 (id=?)"},
		"skipOptedOut":         {skipOptedOut, "sqlite_autoindex_messages_1 (id=?)"},
		"skipSingles":          {skipSingles, "idx_messages_conversation (org=? AND phoneNumber=?)"},
		"skipCanceled":         {skipCanceled, "idx_messages_due (run=?)"},
		"restRun":              {restRun, "idx_messages_due (run=? AND dueAt<?)"},
		"updateInvalid":        {updateInvalid, "idx_subscribers_org_phone (org=? AND phoneNumber=?)"},
		"selectHead":           {selectHead, "PRIMARY KEY (org=?)"},
		"selectDoubts":         {selectDoubts, "idx_messages_doubtful (status=?)"},
		"selectRunsOfStretch":  {selectRunsOfStretch, "idx_runs_org_created (org=?)"},
		"selectRunSibling":     {selectRunSibling, "sqlite_autoindex_messages_1 (id=?)"},
		"selectSingleSiblings": {selectSingleSiblings, "idx_messages_conversation (org=? AND phoneNumber=? AND sentAt>? AND sentAt<?)"},
		"insertSingle":         {insertSingle, "idx_subscribers_org_phone (org=? AND phoneNumber=?)"},
		"selectForm":           {selectForm, "idx_forms_slug (slug=?)"},
		"selectDefaultForm":    {selectDefaultForm, "idx_organizations_slug (slug=?)"},
		"selectKeywordForm":    {selectKeywordForm, "idx_forms_org (org=?)"},
		"selectAsker":          {selectAsker, "idx_senders_org (org=?)"},
		"tally of a form":      {selectTally, "idx_optin_requests_form (form=? AND at>?)"},
		"tally of a network":   {selectTally, "idx_optin_requests_network (network=? AND at>?)"},
		"tally of a block":     {selectTally, "idx_optin_requests_block (block=? AND at>?)"},
		"tally of a number":    {selectTally, "idx_optin_requests_number (org=? AND phoneNumber=?"},
		"selectAsked":          {selectAsked, "idx_optin_requests_number (org=? AND phoneNumber=? AND at>?)"},
		"confirmRequests":      {confirmRequests, "idx_optin_requests_number (org=? AND phoneNumber=?)"},
		"withdrawRequests":     {withdrawRequests, "idx_optin_requests_number (org=? AND phoneNumber=? AND at<?)"},
		"selectLastSaid":       {selectLastSaid, "idx_consent_events_org_phone_seq (org=? AND phoneNumber=?)"},
		"repeatWish":           {repeatWish, "idx_optin_requests_number (org=? AND phoneNumber=?)"},
		"selectWish":           {selectWish, "idx_optin_requests_number (org=? AND phoneNumber=? AND at>?)"},
		"pruneRequests":        {pruneRequests, "PRIMARY KEY (id<?)"},
		"selectPublicLists":    {selectPublicLists, "idx_lists_org_name (org=?)"},
		"suppressed between":   {selectSuppressedBetween, "idx_suppressions_org_phone (org=? AND phoneNumber>? AND phoneNumber<?)"},
		"old runs":             {selectForgettable, "idx_runs_ended (org=? AND finishedAt<?)"},
		"deleteOfRun":          {deleteOfRun, "idx_messages_run (run=?)"},
		"old conversations":    {selectConversations, "idx_messages_conversation (org=? AND phoneNumber>?)"},
		"selectForgotten":      {selectForgotten, "idx_runs_campaign (campaign=?)"},
		"selectImported":       {selectImported, "idx_subscribers_org_phone (org=? AND phoneNumber=?)"},
		"imported between":     {selectImportedBetween, "idx_subscribers_org_phone (org=? AND phoneNumber>? AND phoneNumber<?)"},
		"consents between":     {selectConsentsBetween, "idx_consent_events_org_phone_seq (org=? AND phoneNumber>? AND phoneNumber<?)"},
		"imported stops":       {selectImportedSuppressions, "idx_suppressions_org_phone (org=? AND phoneNumber=?)"},
		"imported consents":    {selectImportedConsents, "idx_consent_events_org_phone_seq (org=? AND phoneNumber=?)"},
		"selectReason":         {selectReason, "idx_suppressions_org_phone (org=? AND phoneNumber=?)"},
	} {
		plan := explain(t, f.read, c.query, bind(c.query)...)
		if !strings.Contains(strings.Join(plan, "\n"), c.index) {
			t.Errorf("%s does not use %s:\n  %s", name, c.index, strings.Join(plan, "\n  "))
		}
		refuseScans(t, name, plan)
		if strings.HasSuffix(name, "between") && strings.Contains(strings.Join(plan, "\n"), "TEMP B-TREE") {
			t.Errorf("%s sorts: %s", name, plan)
		}
	}
}

// refuseScans fails where a table that grows with the business is read whole.
func refuseScans(t *testing.T, name string, plan []string) {
	t.Helper()
	for _, step := range plan {
		for _, table := range []string{"messages", "m ", "subscribers", "consent_events", "suppressions", "runs"} {
			small := strings.Contains(step, "idx_runs_unswept") // holds canceled runs that are being swept
			if strings.HasPrefix(step+" ", "SCAN "+strings.TrimSuffix(table, " ")+" ") && !small {
				t.Errorf("%s reads a whole table: %s", name, step)
			}
		}
		if strings.Contains(step, "TEMP B-TREE") && name == "selectDue" {
			t.Errorf("%s sorts: %s", name, step)
		}
	}
}

func TestAnAudienceIsReadAlongItsIndex(t *testing.T) {
	t.Parallel()
	f := open(t)
	for name, a := range map[string]campaign.Audience{
		"everybody":            {Org: org, After: "x"},
		"lists":                {Org: org, After: "x", Lists: []string{"list00000000001"}},
		"a segment":            {Org: org, After: "x", Segment: "firstName = 'Ann' && attributes.plan = 'gold'"},
		"a segment and a list": {Org: org, After: "x", Segment: "state = 'NY'", Lists: []string{"list00000000001"}},
	} {
		audience, err := f.audience(t.Context(), f.app.ConcurrentDB(), a, 500)
		if err != nil {
			t.Fatal(err)
		}
		built := audience.Build()
		var steps []struct {
			Detail string `db:"detail"`
		}
		err = f.app.ConcurrentDB().NewQuery("EXPLAIN QUERY PLAN " + built.SQL()).Bind(built.Params()).All(&steps)
		if err != nil {
			t.Fatal(err)
		}
		var plan []string
		for _, s := range steps {
			plan = append(plan, s.Detail)
		}
		all := strings.Join(plan, "\n  ")
		if !strings.Contains(all, "idx_subscribers_org_phone (org=? AND phoneNumber>?)") {
			t.Errorf("%s: it does not use idx_subscribers_org_phone:\n  %s", name, all)
		}
		if strings.Contains(all, "FOR ORDER BY") {
			t.Errorf("%s: it sorts:\n  %s", name, all)
		}
		refuseScans(t, name, plan)
	}
}
