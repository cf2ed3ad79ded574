using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>Where a member stands.</summary>
/// <param name="Window">The six completed months before the present one.</param>
/// <param name="Next">The light of the window, and the way to the next band with the present month's meetings rolled in.</param>
/// <param name="Partners">The other members of today who were on the window's roster: most gaps first, equals by name. Empty for a member without a completed meeting in the window.</param>
public sealed record MemberStanding(ChapterRights Rights, Person Person, Period Window, NextBand Next, IReadOnlyList<Partner> Partners)
{
    /// <summary>The version in force in the present month.</summary>
    public Guid SchemeId { get; init; }

    /// <summary>What was counted in each month of the window, the earliest first.</summary>
    public IReadOnlyList<MonthTally> ByMonth { get; init; } = [];

    /// <summary>The light of the window as it stands.</summary>
    public Light Light => Next.Now;

    /// <summary>Those with whom two or three of three are missing.</summary>
    public IReadOnlyList<Partner> Priority => [.. Partners.Where(p => p.IsPriority)];

    /// <summary>Those with whom nothing or one thing is missing.</summary>
    public IReadOnlyList<Partner> Others => [.. Partners.Where(p => !p.IsPriority)];
}

/// <summary>What was counted of a member in a month.</summary>
public sealed record MonthTally(Period Month, Tally Tally);

/// <summary>What a member did with another in the window.</summary>
/// <param name="Met">One-to-ones of both.</param>
/// <param name="Given">Referrals given to the other.</param>
/// <param name="Received">Referrals received from the other.</param>
public sealed record Partner(Person Person, int Met, int Given, int Received)
{
    /// <summary>Of the three, how many are missing: 0 to 3.</summary>
    public int Gaps => (Met == 0 ? 1 : 0) + (Given == 0 ? 1 : 0) + (Received == 0 ? 1 : 0);

    /// <summary>Missing in two of three or in all.</summary>
    public bool IsPriority => Gaps >= 2;
}
