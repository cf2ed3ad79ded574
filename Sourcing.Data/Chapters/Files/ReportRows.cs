using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Files;

/// <summary>The kinds of slips in an audit report.</summary>
public enum ReportSlipKind
{
    Referral,
    OneToOne,
    ClosedBusiness,
    Credits,
    Visitor,
}

/// <summary>Who somebody in a visitor registration is.</summary>
public enum VisitKind
{
    Visitor,
    Substitute,
    Other,
}

/// <summary>A slip as read, ready for a preview.</summary>
/// <param name="Row">As a spreadsheet counts.</param>
/// <param name="From">Giver, initiator, attendee or inviter; nobody for closed business.</param>
/// <param name="To">Receiver, partner, or the person thanked; nobody for credits and visitors.</param>
/// <param name="Tier">Of a referral 1 or 2; of closed business 1 to 3 or null where it is not said.</param>
/// <param name="IsInside">Of closed business: no other chapter is named.</param>
/// <param name="Amount">Of closed business; otherwise 0.</param>
/// <param name="Credits">Of education; otherwise 0.</param>
/// <param name="Visitor">The visitor's name; otherwise empty.</param>
/// <param name="Detail">The other chapter, or whatever else stands there.</param>
public sealed record ReportSlip(int Row, ReportSlipKind Kind, PartyReading From, PartyReading To, int? Tier, bool IsInside, decimal Amount, decimal Credits, string Visitor, string Detail) : IReportRow
{
    public bool IsReady => From.IsResolved && To.IsResolved;

    public string Content => FormattableString.Invariant($"{Kind}|{From.Identity}|{To.Identity}|{Tier}|{IsInside}|{Amount:0.00}|{Credits:0.00}|{NameKey.Of(Visitor)}|{NameKey.Of(Detail)}");
}

/// <summary>One member's line of an attendance summary. Null where the report has no such column.</summary>
public sealed record ReportSummary(int Row, string FirstName, string LastName, PartyReading Member) : IReportRow
{
    /// <summary>Whole numbers by column: P, A, L, M, S, RGI, RGO, RRI, RRO, V, T, 1-2-1.</summary>
    public IReadOnlyDictionary<Heading, int> Counts { get; init; } = new Dictionary<Heading, int>();

    public decimal? ClosedBusiness { get; init; }

    public decimal? Credits { get; init; }

    public string Custom { get; init; } = "";

    public bool IsReady => Member.IsResolved;

    /// <summary>The line as slips are reconciled with it; null as long as it is not settled whose it is.</summary>
    public ReportedLine? Reported
    {
        get
        {
            if (Member.Member is not { } person)
            {
                return null;
            }

            var values = new Dictionary<SummaryColumn, decimal>();
            foreach (var (heading, count) in Counts)
            {
                values[Enum.Parse<SummaryColumn>(heading.ToString())] = count;
            }

            if (ClosedBusiness is { } business)
            {
                values[SummaryColumn.ClosedBusiness] = business;
            }

            if (Credits is { } credits)
            {
                values[SummaryColumn.Credits] = credits;
            }

            return new(Row, person, values);
        }
    }

    public string Content => FormattableString.Invariant($"{Member.Identity}|{string.Join(',', Counts.OrderBy(c => c.Key).Select(c => $"{c.Key}={c.Value}"))}|{ClosedBusiness:0.00}|{Credits:0.00}|{Custom}");
}

/// <summary>One letter of an attendance sheet.</summary>
/// <param name="Mark">P, A, L, M or S.</param>
public sealed record ReportMark(int Row, PartyReading Member, DateOnly Date, char Mark) : IReportRow
{
    public bool IsReady => Member.IsResolved;

    public string Content => FormattableString.Invariant($"{Member.Identity}|{Date:yyyy-MM-dd}|{Mark}");
}

/// <summary>Somebody in a region's summary.</summary>
public sealed record ReportPerson(int Row, string Chapter, string FirstName, string LastName) : IReportRow
{
    public bool IsReady => true;

    public string Content => $"{NameKey.Of(Chapter)}|{NameKey.Of($"{FirstName} {LastName}")}";
}

/// <summary>Who brought whom in.</summary>
/// <param name="Sponsored">Name of the person sponsored.</param>
/// <param name="Applied">Day of the application; null where none stands.</param>
public sealed record ReportSponsor(int Row, PartyReading Sponsor, string Sponsored, string Region, string Chapter, DateOnly? Applied) : IReportRow
{
    public bool IsReady => Sponsor.IsResolved;

    public string Content => FormattableString.Invariant($"{Sponsor.Identity}|{NameKey.Of(Sponsored)}|{NameKey.Of(Chapter)}|{Applied:yyyy-MM-dd}");
}

/// <summary>Somebody who registered for a meeting.</summary>
public sealed record ReportVisitor(int Row, string FirstName, string LastName, string Company, string Profession, PartyReading InvitedBy, DateOnly Date, VisitKind Kind, string KindText) : IReportRow
{
    public bool IsReady => InvitedBy.IsResolved;

    public string Content => FormattableString.Invariant($"{NameKey.Of($"{FirstName} {LastName}")}|{NameKey.Of(Company)}|{InvitedBy.Identity}|{Date:yyyy-MM-dd}|{Kind}");
}

/// <summary>A line that is nobody's: Visitors, BNI, Total. Shown, never taken, and never held against the sum of the others.</summary>
/// <param name="Values">By the head of the column.</param>
public sealed record SkippedRow(int Row, string Name, IReadOnlyDictionary<string, string> Values);

/// <summary>A row of a report.</summary>
public interface IReportRow
{
    /// <summary>As a spreadsheet counts.</summary>
    int Row { get; }

    /// <summary>Nothing about it has to be asked.</summary>
    bool IsReady { get; }

    /// <summary>The same text for the same content: what two uploads are compared by.</summary>
    string Content { get; }
}
