using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Web.Tests.Chapters.Reckoning;

public sealed class RosterTests
{
    [Fact]
    public void A_member_is_active_from_the_day_of_joining_up_to_the_day_before_leaving()
    {
        var term = new Term(Book.Day(2026, 1, 7), Book.Day(2026, 3, 4));
        // joined ≤ d < left
        Assert.False(term.Covers(Book.Day(2026, 1, 6)));
        Assert.True(term.Covers(Book.Day(2026, 1, 7)));
        Assert.True(term.Covers(Book.Day(2026, 3, 3)));
        Assert.False(term.Covers(Book.Day(2026, 3, 4)));
        Assert.False(new Term(Book.Day(2026, 1, 7), Book.Day(2026, 1, 7)).Covers(Book.Day(2026, 1, 7)));
    }

    [Fact]
    public void The_roster_is_who_was_active_on_a_completed_meeting()
    {
        var book = Book.With("Anna", "Ben")
            .Member("Cora", Book.Day(2026, 1, 14)).Member("Dan", Book.Day(2020, 1, 1), Book.Day(2026, 1, 7)).Member("Eve", Book.Day(2026, 1, 29))
            .Meeting(Book.Day(2026, 1, 14)).Meeting(Book.Day(2026, 1, 30), MeetingState.Planned);
        // Dan's last day is the 6th, a day before the first meeting; Eve came on the 29th, and the meeting of the 30th is not completed.
        Assert.Equal(["Anna", "Ben", "Cora"], book.January.Roster.Select(p => p.Name));
        // Seats: 2 on the 7th, 3 on the 14th.
        Assert.Equal(5, book.January.Seats);
    }

    [Fact]
    public void Start_and_joins_less_leaves_is_the_end()
    {
        var book = Book.With("Anna", "Ben")
            .Member("Cora", Book.Day(2026, 1, 14)).Member("Dan", Book.Day(2020, 1, 1), Book.Day(2026, 1, 7)).Member("Eve", Book.Day(2020, 1, 1), Book.Day(2026, 1, 10)).Member("Eve", Book.Day(2026, 1, 28));
        var movement = book.January.Movement;
        // Eve of January: Anna, Ben, Dan, Eve = 4. Joins: Cora, Eve again = 2. Leaves: Dan, Eve = 2. End: Anna, Ben, Cora, Eve = 4 + 2 − 2.
        Assert.Equal((4, 2, 2, 4), (movement.Start, movement.Joins, movement.Leaves, movement.End));
        // Of the four starters Anna, Ben and Eve are there on the last day: 3 ÷ 4 = 75 %.
        Assert.Equal(75m, movement.Retention);
        Assert.Equal(4m, movement.Average);
        Assert.Equal(0, movement.Growth);
    }

    [Fact]
    public void Movement_balances_whatever_the_terms()
    {
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            var people = Enumerable.Range(0, 12).Select(i =>
            {
                var joined = Book.Day(2026, 1, 1).AddDays(random.Next(90));
                var left = random.Next(2) == 0 ? joined.AddDays(random.Next(40)) : (DateOnly?)null;
                Term[] terms = left is { } l && random.Next(2) == 0 ? [new(joined, left), new(l.AddDays(random.Next(1, 20)))] : [new(joined, left)];
                return new Person(Guid.CreateVersion7(), $"P{i}", terms);
            }).ToList();
            var movement = RosterMovement.Of(people, Period.Month(2026, 2));
            Assert.Equal(movement.End, movement.Start + movement.Joins - movement.Leaves);
        }
    }

    [Fact]
    public void Slips_of_meetings_that_are_not_completed_do_not_count()
    {
        var book = Book.With("Anna", "Ben").Refer("Anna", "Ben").Meeting(Book.Day(2026, 1, 14), MeetingState.Draft).Refer("Anna", "Ben").Meeting(Book.Day(2026, 2, 4)).Refer("Anna", "Ben");
        // January's completed meeting has one, the draft's does not count, February's belongs to February.
        Assert.Single(book.January.Referrals);
        Assert.Single(book.In(2026, 2).Referrals);
    }

    [Fact]
    public void The_roster_does_not_depend_on_order()
    {
        var ledger = Book.Random(3, 20, 6, 200);
        var turned = ledger with { People = [.. ledger.People.Reverse()], Meetings = [.. ledger.Meetings.Reverse()], Referrals = [.. ledger.Referrals.Reverse()] };
        var period = new Period(Book.Day(2025, 1, 1), Book.Day(2025, 6, 30));
        Assert.Equal(Counted.Of(ledger, period).Roster.Select(p => p.Id), Counted.Of(turned, period).Roster.Select(p => p.Id));
        Assert.Equal(ReferralMatrix.Of(Counted.Of(ledger, period)).Lines, ReferralMatrix.Of(Counted.Of(turned, period)).Lines);
    }

    [Fact]
    public void The_window_is_the_six_completed_months_before_the_run()
    {
        // A run in any day of July looks at January to June; one in February at August to January.
        Assert.Equal(new(Book.Day(2026, 1, 1), Book.Day(2026, 6, 30)), Period.Window(Book.Day(2026, 7, 1)));
        Assert.Equal(new(Book.Day(2026, 1, 1), Book.Day(2026, 6, 30)), Period.Window(Book.Day(2026, 7, 31)));
        Assert.Equal("08/2025 – 01/2026", Period.Window(Book.Day(2026, 2, 14)).Title);
        Assert.Equal(6, Period.Window(Book.Day(2026, 2, 14)).Months.Count);
    }

    [Fact]
    public void Ranks_share_and_leave_out()
    {
        var ranked = Reckon.Rank([("Ben", 5m), ("Cora", (decimal?)null), ("anna", 5m), ("Dan", 7m), ("Eve", 1m)], x => x.Item2, x => x.Item1);
        // 7, 5, 5, 1: 1, 2, 2, 4; equals by name without regard to capitals; no value, no rank.
        Assert.Equal([(1, "Dan"), (2, "anna"), (2, "Ben"), (4, "Eve"), (null, "Cora")], ranked.Select(r => (r.Rank, r.Item.Item1)));
        // 5, 5, 1: 1, 1, 3.
        Assert.Equal([1, 1, 3], Reckon.Rank([5m, 5m, 1m], x => x, x => "").Select(r => r.Rank!.Value));
    }

    [Theory]
    [InlineData("2.345", "2.35")]
    [InlineData("-2.345", "-2.35")]
    [InlineData("2.5", "2.50")]
    public void Halves_go_away_from_zero(string value, string rounded) =>
        Assert.Equal(decimal.Parse(rounded, System.Globalization.CultureInfo.InvariantCulture), Reckon.Round(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), 2));
}
