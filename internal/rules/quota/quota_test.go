package quota_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"tidings/internal/rules/quota"
)

func utc(day, hour, minute int) time.Time {
	return time.Date(2026, 3, day, hour, minute, 0, 0, time.UTC)
}

func TestADayEndsAtMidnightPacific(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{utc(3, 7, 59), "2026-03-02"}, {utc(3, 8, 0), "2026-03-03"}, {utc(4, 7, 59), "2026-03-03"},
		{utc(4, 7, 59).In(time.FixedZone("east", 14*3600)), "2026-03-03"},
	} {
		if got := quota.Day(c.at); got != c.want {
			t.Errorf("%v is of %s, want %s", c.at, got, c.want)
		}
	}
	if got := quota.Begin(utc(3, 7, 59), 1); !got.Equal(utc(3, 8, 0)) {
		t.Errorf("the next day begins at %v", got)
	}
	if got := quota.Between(utc(3, 7, 59), utc(3, 8, 0)); got != 1 {
		t.Errorf("a minute over midnight is %d days", got)
	}
	if got := quota.Between(utc(4, 8, 0), utc(3, 8, 0)); got != 0 {
		t.Errorf("earlier is %d days later", got)
	}
}

func TestTextsAreSpreadOverDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		q    quota.Quota
		due  []int
		want quota.Spread
	}{
		{"nothing", quota.Quota{Cap: 2}, nil, quota.Spread{}},
		{"no limit", quota.Quota{}, []int{5, 0, 3}, quota.Spread{First: 0, Last: 2, OnLast: 3}},
		{"it fits", quota.Quota{Cap: 5}, []int{5}, quota.Spread{First: 0, Last: 0, OnLast: 5}},
		{"one too many", quota.Quota{Cap: 4}, []int{5}, quota.Spread{First: 0, Last: 1, OnLast: 1}},
		{"some are used", quota.Quota{Cap: 2, Used: 1}, []int{5}, quota.Spread{First: 0, Last: 2, OnLast: 2}},
		{"all are used", quota.Quota{Cap: 2, Used: 2}, []int{2}, quota.Spread{First: 1, Last: 1, OnLast: 2}},
		{"the limit was lowered", quota.Quota{Cap: 2, Used: 9}, []int{3}, quota.Spread{First: 1, Last: 2, OnLast: 1}},
		{"due tomorrow", quota.Quota{Cap: 2, Used: 2}, []int{0, 2}, quota.Spread{First: 1, Last: 1, OnLast: 2}},
		{"left over and due", quota.Quota{Cap: 2}, []int{3, 3}, quota.Spread{First: 0, Last: 2, OnLast: 2}},
		{"a quiet day in between", quota.Quota{Cap: 2}, []int{1, 0, 1}, quota.Spread{First: 0, Last: 2, OnLast: 1}},
	} {
		if got := c.q.Spread(c.due); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// The reckoning is what a sender does that goes through the days one by one.
func TestASpreadIsWhatADayByDayCountGives(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q := quota.Quota{Cap: rapid.IntRange(1, 5).Draw(t, "cap"), Used: rapid.IntRange(0, 7).Draw(t, "used")}
		due := rapid.SliceOfN(rapid.IntRange(0, 12), 0, 5).Draw(t, "due")
		var want quota.Spread
		waiting, began, room := 0, false, q.Left()
		for day := 0; day < len(due) || waiting > 0; day++ {
			if day < len(due) {
				waiting += due[day]
			}
			n := 0
			for ; waiting > 0 && n < room; waiting-- {
				n++
			}
			if n > 0 {
				if !began {
					want.First, began = day, true
				}
				want.Last, want.OnLast = day, n
			}
			room = q.Cap
		}
		if got := q.Spread(due); got != want {
			t.Fatalf("%+v of %v: %+v, want %+v", q, due, got, want)
		}
	})
}
