namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>One stay in the chapter. Active on day d: joined ≤ d &lt; left.</summary>
/// <param name="Joined">The first day.</param>
/// <param name="Left">The first day without membership; null while it lasts. A term that ends on its first day covers no day.</param>
public readonly record struct Term(DateOnly Joined, DateOnly? Left = null)
{
    /// <summary>Whether the day lies in the term.</summary>
    public bool Covers(DateOnly day) => Joined <= day && (Left is not { } left || day < left);
}

/// <summary>Somebody who is or was a member.</summary>
/// <param name="Name">As shown and sorted.</param>
/// <param name="Terms">Stays that do not overlap; somebody who came back has several.</param>
/// <param name="Sponsor">Who brought this person into the chapter; null for nobody or unknown.</param>
public sealed record Person(Guid Id, string Name, IReadOnlyList<Term> Terms, Guid? Sponsor = null)
{
    /// <summary>Whether this person is a member on the day.</summary>
    public bool IsActiveOn(DateOnly day)
    {
        foreach (var term in Terms)
        {
            if (term.Covers(day))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Where a meeting stands. Only completed ones count.</summary>
public enum MeetingState
{
    Planned,
    Draft,
    Completed,
    Holiday,
    Discarded,
}

/// <summary>A meeting: one a day.</summary>
public sealed record MeetingDay(Guid Id, DateOnly Date, MeetingState State);

/// <summary>What an attendance sheet says of one member: exactly one of five.</summary>
public enum Mark
{
    /// <summary>P</summary>
    Present,

    /// <summary>A</summary>
    Absent,

    /// <summary>L</summary>
    Late,

    /// <summary>M: excused for health; neither for nor against.</summary>
    Medical,

    /// <summary>S: somebody else sat in.</summary>
    Substitute,
}

/// <summary>One member's mark at one meeting.</summary>
public sealed record AttendanceMark(Guid MeetingId, Guid PersonId, Mark Mark);

/// <summary>A referral. A side that is null belongs to another chapter or to nobody's.</summary>
/// <param name="MeetingId">The meeting it was told at: its day decides the month.</param>
/// <param name="Tier">1: the giver is the customer (inside). 2: somebody else is (outside).</param>
public sealed record ReferralSlip(Guid Id, Guid MeetingId, Guid? Giver, Guid? Receiver, int Tier);

/// <summary>A meeting of two people. A side that is null belongs to another chapter.</summary>
public sealed record OneToOneSlip(Guid Id, Guid MeetingId, Guid? Initiator, Guid? Partner);

/// <summary>Business that was closed, credited to the person who is thanked for it.</summary>
/// <param name="Thanked">Null for somebody who is no member: it then counts in the chapter's total alone.</param>
/// <param name="IsInside">Between members of the chapter.</param>
/// <param name="Amount">In the chapter's currency, above 0.</param>
public sealed record BusinessSlip(Guid Id, Guid MeetingId, Guid? Thanked, bool IsInside, decimal Amount);

/// <summary>Education credits of one attendee.</summary>
/// <param name="Credits">Above 0.</param>
/// <param name="IsTraining">A whole training of the network: some schemes count trainings and not credits.</param>
public sealed record CreditSlip(Guid Id, Guid MeetingId, Guid? Attendee, decimal Credits, bool IsTraining = false);

/// <summary>A visitor at a meeting; substitutes and guests of honour are none.</summary>
/// <param name="IsFirst">The first visit of this person.</param>
/// <param name="HasJoined">This person became a member afterwards.</param>
public sealed record VisitSlip(Guid Id, Guid MeetingId, Guid? Inviter, bool IsFirst = true, bool HasJoined = false);

/// <summary>Words of praise that a member spoke; they count for the speaker.</summary>
public sealed record TestimonialSlip(Guid Id, Guid MeetingId, Guid? Speaker);

/// <summary>Everything a chapter's arithmetic needs, as plain facts in no particular order.</summary>
public sealed record Ledger
{
    public IReadOnlyList<Person> People { get; init; } = [];

    public IReadOnlyList<MeetingDay> Meetings { get; init; } = [];

    public IReadOnlyList<AttendanceMark> Attendance { get; init; } = [];

    public IReadOnlyList<ReferralSlip> Referrals { get; init; } = [];

    public IReadOnlyList<OneToOneSlip> OneToOnes { get; init; } = [];

    public IReadOnlyList<BusinessSlip> Business { get; init; } = [];

    public IReadOnlyList<CreditSlip> Credits { get; init; } = [];

    public IReadOnlyList<VisitSlip> Visits { get; init; } = [];

    public IReadOnlyList<TestimonialSlip> Testimonials { get; init; } = [];
}
