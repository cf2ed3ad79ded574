namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>
/// What counts of a ledger in a period: its completed meetings, the slips and marks that belong to them, and the roster. Everything else is reckoned from this.
/// A slip belongs to its meeting's day; one of a meeting that is not completed does not count.
/// </summary>
public sealed class Counted
{
    private readonly Dictionary<Guid, int> _places;
    private readonly HashSet<Guid> _meetings;

    private Counted(Ledger ledger, Period period)
    {
        Period = period;
        Meetings = [.. ledger.Meetings.Where(m => m.State == MeetingState.Completed && period.Covers(m.Date)).OrderBy(m => m.Date).ThenBy(m => m.Id)];
        _meetings = [.. Meetings.Select(m => m.Id)];
        Roster = [.. ledger.People.Where(p => Meetings.Any(m => p.IsActiveOn(m.Date))).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Id)];
        _places = new(Roster.Count);
        for (var i = 0; i < Roster.Count; i++)
        {
            _places[Roster[i].Id] = i;
        }

        People = ledger.People;
        Movement = RosterMovement.Of(ledger.People, period);
        Attendance = [.. ledger.Attendance.Where(a => _meetings.Contains(a.MeetingId))];
        Referrals = [.. ledger.Referrals.Where(s => _meetings.Contains(s.MeetingId))];
        OneToOnes = [.. ledger.OneToOnes.Where(s => _meetings.Contains(s.MeetingId))];
        Business = [.. ledger.Business.Where(s => _meetings.Contains(s.MeetingId))];
        Credits = [.. ledger.Credits.Where(s => _meetings.Contains(s.MeetingId))];
        Visits = [.. ledger.Visits.Where(s => _meetings.Contains(s.MeetingId))];
        Testimonials = [.. ledger.Testimonials.Where(s => _meetings.Contains(s.MeetingId))];
    }

    public Period Period { get; }

    /// <summary>The completed meetings, the earliest first.</summary>
    public IReadOnlyList<MeetingDay> Meetings { get; }

    /// <summary>The roster: members active on at least one completed meeting of the period, by name. Its length is n.</summary>
    public IReadOnlyList<Person> Roster { get; }

    /// <inheritdoc cref="RosterMovement"/>
    public RosterMovement Movement { get; }

    public IReadOnlyList<AttendanceMark> Attendance { get; }

    public IReadOnlyList<ReferralSlip> Referrals { get; }

    public IReadOnlyList<OneToOneSlip> OneToOnes { get; }

    public IReadOnlyList<BusinessSlip> Business { get; }

    public IReadOnlyList<CreditSlip> Credits { get; }

    public IReadOnlyList<VisitSlip> Visits { get; }

    public IReadOnlyList<TestimonialSlip> Testimonials { get; }

    /// <summary>Everybody who is or was a member, on the roster or not.</summary>
    internal IReadOnlyList<Person> People { get; }

    /// <summary>n</summary>
    public int Size => Roster.Count;

    /// <summary>Place on the roster, from 0; −1 for an external side and for a member who was not active at any completed meeting.</summary>
    public int PlaceOf(Guid? person) => person is { } id && _places.TryGetValue(id, out var place) ? place : -1;

    /// <summary>Members active at a meeting, added up over the completed meetings: what "per member and meeting" divides by.</summary>
    public int Seats => Meetings.Sum(m => Roster.Count(p => p.IsActiveOn(m.Date)));

    /// <summary>Takes what counts out of a ledger.</summary>
    public static Counted Of(Ledger ledger, Period period) => new(ledger, period);
}

/// <summary>How the membership changed: start + joins − leaves = end.</summary>
/// <param name="Start">Active on the eve of the period.</param>
/// <param name="Joins">Terms that began in the period.</param>
/// <param name="Leaves">Terms that ended in the period.</param>
/// <param name="End">Active on the period's last day.</param>
/// <param name="Stayed">Of those at the start, who is active on the last day.</param>
public sealed record RosterMovement(int Start, int Joins, int Leaves, int End, int Stayed)
{
    /// <summary>Joins − leaves.</summary>
    public int Growth => Joins - Leaves;

    /// <summary>(start + end) ÷ 2</summary>
    public decimal Average => (Start + End) / 2m;

    /// <summary>Starters still active ÷ starters, in percent; null without starters.</summary>
    public decimal? Retention => Reckon.Percent(Stayed, Start);

    /// <summary>Counts people and terms. A term that begins and ends on one day joins and leaves.</summary>
    public static RosterMovement Of(IReadOnlyList<Person> people, Period period)
    {
        var eve = period.First.AddDays(-1);
        var starters = people.Where(p => p.IsActiveOn(eve)).ToList();
        return new(
            starters.Count,
            people.Sum(p => p.Terms.Count(t => period.Covers(t.Joined))),
            people.Sum(p => p.Terms.Count(t => t.Left is { } left && period.Covers(left))),
            people.Count(p => p.IsActiveOn(period.Last)),
            starters.Count(p => p.IsActiveOn(period.Last)));
    }
}
