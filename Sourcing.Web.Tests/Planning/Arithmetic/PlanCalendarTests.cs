using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Web.Tests.Planning.Arithmetic;

public sealed class PlanCalendarTests
{
    private static DateOnly Day(int year, int month, int day) => new(year, month, day);

    [Fact]
    public void The_first_bucket_holds_what_is_past_and_the_current_week_and_the_last_all_that_comes_later()
    {
        // 19 November 2025 is a Wednesday of week 47.
        var calendar = new PlanCalendar(Day(2025, 11, 19), BucketSize.Week, 4);
        Assert.Equal((5, 4, 7), (calendar.Count, calendar.Later, calendar.DaysPerBucket));
        Assert.Equal(0, calendar.BucketOf(Day(2020, 1, 1)));
        Assert.Equal(0, calendar.BucketOf(Day(2025, 11, 16)));
        Assert.Equal(0, calendar.BucketOf(Day(2025, 11, 23)));
        Assert.Equal(1, calendar.BucketOf(Day(2025, 11, 24)));
        Assert.Equal(3, calendar.BucketOf(Day(2025, 12, 14)));
        Assert.Equal(4, calendar.BucketOf(Day(2025, 12, 15)));
        Assert.Equal(4, calendar.BucketOf(Day(2031, 1, 1)));
        Assert.Equal(["W47", "W48", "W49", "W50", "Later"], Enumerable.Range(0, 5).Select(calendar.Label));
        Assert.Equal((Day(2025, 11, 17), Day(2025, 11, 24), Day(2025, 12, 15)), (calendar.Start(0), calendar.Start(1), calendar.Start(4)));
        Assert.Equal((Day(2025, 11, 19), Day(2025, 11, 24)), (calendar.NeedDate(0), calendar.NeedDate(1)));
    }

    [Fact]
    public void Weeks_run_over_the_end_of_a_year_and_through_week_53()
    {
        // 2026 has 53 ISO weeks: 28 December 2026 to 3 January 2027 is its last. 2025 has 52: 29 December 2025 begins week 1 of 2026.
        var long26 = new PlanCalendar(Day(2026, 12, 25), BucketSize.Week, 4);
        Assert.Equal(["W52", "W53", "W01", "W02"], Enumerable.Range(0, 4).Select(long26.Label));
        Assert.Equal((1, 1, 2), (long26.BucketOf(Day(2026, 12, 31)), long26.BucketOf(Day(2027, 1, 3)), long26.BucketOf(Day(2027, 1, 4))));
        var short25 = new PlanCalendar(Day(2025, 12, 28), BucketSize.Week, 2);
        Assert.Equal(["W52", "W01"], Enumerable.Range(0, 2).Select(short25.Label));
        Assert.Equal(1, short25.BucketOf(Day(2025, 12, 29)));
    }

    [Fact]
    public void Days_run_over_a_leap_day()
    {
        var calendar = new PlanCalendar(Day(2028, 2, 27), BucketSize.Day, 5);
        Assert.Equal(["27 Feb", "28 Feb", "29 Feb", "1 Mar", "2 Mar", "Later"], Enumerable.Range(0, 6).Select(calendar.Label));
        Assert.Equal((2, 3, 5), (calendar.BucketOf(Day(2028, 2, 29)), calendar.BucketOf(Day(2028, 3, 1)), calendar.BucketOf(Day(2028, 3, 3))));
        Assert.Equal(Day(2028, 2, 29), calendar.Release(Day(2028, 3, 2), 2));
        Assert.Equal(Day(2027, 2, 28), new PlanCalendar(Day(2027, 2, 27), BucketSize.Day, 5).Release(Day(2027, 3, 2), 2));
    }

    [Fact]
    public void Every_day_lies_in_the_bucket_that_starts_with_or_before_it()
    {
        foreach (var size in Enum.GetValues<BucketSize>())
        {
            var calendar = new PlanCalendar(Day(2026, 12, 2), size, 60);
            for (var day = calendar.AsOf; day < Day(2028, 3, 10); day = day.AddDays(1))
            {
                var bucket = calendar.BucketOf(day);
                Assert.True(calendar.Start(bucket) <= day);
                Assert.True(bucket == calendar.Later || day < calendar.Start(bucket + 1));
            }
        }
    }

    [Fact]
    public void Lead_times_count_days_or_working_days()
    {
        // Thursday 18 December 2025 back from Friday 2 January 2026: 15 days. Working days between, without 25 and 26 December and 1 January:
        // 1 Jan off, 31, 30, 29, (26, 25 off), 24, 23, 22, 19, 18: 31 is the first before, 18 the eighth.
        DateOnly[] holidays = [Day(2025, 12, 25), Day(2025, 12, 26), Day(2026, 1, 1)];
        var plain = new PlanCalendar(Day(2025, 12, 1), BucketSize.Week, 10, LeadTimeDays.Calendar, holidays);
        var working = new PlanCalendar(Day(2025, 12, 1), BucketSize.Week, 10, LeadTimeDays.Working, holidays);
        Assert.Equal(Day(2025, 12, 18), plain.Release(Day(2026, 1, 2), 15));
        Assert.Equal(Day(2025, 12, 18), working.Release(Day(2026, 1, 2), 8));
        Assert.Equal(Day(2026, 1, 2), working.Arrival(Day(2025, 12, 18), 8));
        Assert.Equal(Day(2026, 1, 2), plain.Arrival(Day(2025, 12, 18), 15));

        // Eight working days before a day of week 1 lie three weeks back, where eight days by bucket would have been two.
        Assert.Equal((4, 2), (working.BucketOf(Day(2026, 1, 2)), working.BucketOf(working.Release(Day(2026, 1, 2), 8))));
    }

    [Fact]
    public void Needed_on_a_day_off_means_there_on_the_working_day_before_and_ordered_on_one_begins_with_the_next()
    {
        // 22 November 2025 is a Saturday.
        var days = new WorkingDays([Day(2025, 11, 24)]);
        Assert.Equal(Day(2025, 11, 21), days.Subtract(Day(2025, 11, 22), 0));
        Assert.Equal(Day(2025, 11, 20), days.Subtract(Day(2025, 11, 23), 1));
        Assert.Equal(Day(2025, 11, 25), days.Add(Day(2025, 11, 22), 0));
        Assert.Equal(Day(2025, 11, 25), days.Add(Day(2025, 11, 22), 1));
        Assert.Equal(Day(2025, 11, 26), days.Add(Day(2025, 11, 22), 2));
        Assert.Equal(Day(2025, 11, 25), days.Add(Day(2025, 11, 21), 1));
        Assert.Equal(Day(2025, 11, 21), days.Add(Day(2025, 11, 21), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => days.Add(Day(2025, 11, 21), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => days.Subtract(Day(2025, 11, 21), -1));
    }

    [Fact]
    public void Working_days_agree_with_walking_from_day_to_day()
    {
        var random = new Random(53);
        for (var i = 0; i < 200; i++)
        {
            var from = Day(2025, 1, 1).AddDays(random.Next(900));
            DateOnly[] holidays = [.. Enumerable.Range(0, random.Next(20)).Select(_ => from.AddDays(random.Next(-80, 80)))];
            var days = new WorkingDays(holidays);
            bool Works(DateOnly d) => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !holidays.Contains(d);
            DateOnly Walk(DateOnly day, int count, int direction)
            {
                while (!Works(day) && direction < 0)
                {
                    day = day.AddDays(-1);
                }

                for (var left = count; left > 0; left -= Works(day) ? 1 : 0)
                {
                    day = day.AddDays(direction);
                }

                return day;
            }

            var lead = random.Next(1, 40);
            Assert.Equal(Works(from), days.Contains(from));
            Assert.Equal(Walk(from, lead, -1), days.Subtract(from, lead));
            Assert.Equal(Walk(from, lead, 1), days.Add(from, lead));
            Assert.Equal(Enumerable.Range(0, lead + 1).Count(n => Works(from.AddDays(n))), days.Count(from, from.AddDays(lead)));
            Assert.Equal(0, days.Count(from, from.AddDays(-1)));
        }
    }

    [Fact]
    public void A_month_is_spread_over_its_working_days()
    {
        // December 2025 has 23 weekdays, 21 without 25 and 26: week 49 (1–5) 5, week 50 5, week 51 5, week 52 3, week 1 (29–31) 3.
        var calendar = new PlanCalendar(Day(2025, 11, 19), BucketSize.Week, 10, LeadTimeDays.Calendar, [Day(2025, 12, 25), Day(2025, 12, 26)]);
        var into = new decimal[calendar.Count];
        Assert.Equal(0, calendar.SpreadMonth(2025, 12, 2100, into));
        Assert.Equal([0, 0, 500, 500, 500, 300, 300, 0, 0, 0, 0], into);
    }

    [Fact]
    public void Days_that_are_past_are_given_back_and_not_planned_again()
    {
        // November 2025 has 20 weekdays; 12 lie before Wednesday the 19th, 3 in what is left of its week, 5 in week 48.
        var calendar = new PlanCalendar(Day(2025, 11, 19), BucketSize.Week, 3);
        var into = new decimal[calendar.Count];
        Assert.Equal(120, calendar.SpreadMonth(2025, 11, 200, into));
        Assert.Equal([30, 50, 0, 0], into);
        Assert.Equal(200, calendar.SpreadMonth(2025, 10, 200, into));
        Assert.Equal([30, 50, 0, 0], into);

        // Beyond the horizon all goes to the open bucket.
        Assert.Equal(0, calendar.SpreadMonth(2026, 5, 77, into));
        Assert.Equal([30, 50, 0, 77], into);
    }

    [Fact]
    public void A_month_without_a_working_day_is_spread_over_all_its_days()
    {
        DateOnly[] shut = [.. Enumerable.Range(1, 31).Select(d => Day(2026, 8, d))];
        var calendar = new PlanCalendar(Day(2026, 8, 1), BucketSize.Day, 40, LeadTimeDays.Calendar, shut);
        var into = new decimal[calendar.Count];
        Assert.Equal(0, calendar.SpreadMonth(2026, 8, 310, into));
        Assert.All(Enumerable.Range(0, 31), d => Assert.Equal(10, into[d]));
        Assert.Equal(310, into.Sum());
    }

    [Fact]
    public void Spreading_always_adds_up_exactly()
    {
        var random = new Random(26);
        for (var i = 0; i < 300; i++)
        {
            var calendar = new PlanCalendar(Day(2025, 1, 1).AddDays(random.Next(800)), (BucketSize)random.Next(2), random.Next(1, 60));
            var into = new decimal[calendar.Count];
            var quantity = random.Next(1, 100000000) / 999m;
            var month = calendar.AsOf.AddDays(random.Next(-40, 200));
            var past = calendar.SpreadMonth(month.Year, month.Month, quantity, into);
            Assert.Equal(quantity, past + into.Sum());
            Assert.All(into, part => Assert.True(part >= 0));
        }
    }

    [Fact]
    public void Windows_of_days_become_buckets()
    {
        var weeks = new PlanCalendar(Day(2025, 11, 19), BucketSize.Week, 4);
        Assert.Equal([0, 0, 1, 1, 2, 0], new[] { 0, 6, 7, 13, 14, -3 }.Select(weeks.BucketsWithin));
        Assert.Equal(5, new PlanCalendar(Day(2025, 11, 19), BucketSize.Day, 4).BucketsWithin(5));
        Assert.Equal(365m / 7, weeks.BucketsPerYear);
    }
}
