namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>What is compared of a member.</summary>
public enum Compared
{
    /// <summary>RGI + RGO</summary>
    Given,

    /// <summary>RRI + RRO</summary>
    Received,
    OneToOnes,
    Business,
    Visitors,
    Credits,
    Trainings,
    Testimonials,

    /// <summary>In percent; null without meetings.</summary>
    Attendance,
}

/// <summary>How a value changed.</summary>
public enum Trend
{
    Declined,
    Same,
    Improved,

    /// <summary>One of the two values does not exist.</summary>
    Unknown,
}

/// <summary>One member in both periods.</summary>
/// <param name="Delta">After − before.</param>
public sealed record ComparedLine(Person Person, decimal? Before, decimal? After)
{
    public decimal? Delta => After - Before;

    public Trend Trend => Delta switch { null => Trend.Unknown, > 0 => Trend.Improved, < 0 => Trend.Declined, _ => Trend.Same };
}

/// <summary>One value of all members of both periods.</summary>
/// <param name="TotalBefore">Over the earlier period's whole roster; of attendance the pooled percentage.</param>
/// <param name="TotalAfter">Over the later period's.</param>
/// <param name="Lines">Members of both periods, by name.</param>
public sealed record ComparedTable(Compared What, decimal? TotalBefore, decimal? TotalAfter, IReadOnlyList<ComparedLine> Lines)
{
    public int Improved => Lines.Count(l => l.Trend == Trend.Improved);

    public int Declined => Lines.Count(l => l.Trend == Trend.Declined);

    public int Same => Lines.Count(l => l.Trend == Trend.Same);

    /// <summary>Mean Δ of those whose Δ exists; null for none.</summary>
    public decimal? MeanDelta => Reckon.Quotient(Lines.Sum(l => l.Delta ?? 0), Lines.Count(l => l.Delta is not null));

    /// <summary>Improved ÷ those whose Δ exists, in percent.</summary>
    public decimal? ImprovedPercent => Reckon.Percent(Improved, Lines.Count(l => l.Delta is not null));

    /// <summary>The five who improved most; equals by name. Who did not improve is not among them.</summary>
    public IReadOnlyList<ComparedLine> Top => [.. Lines.Where(l => l.Delta > 0).OrderByDescending(l => l.Delta).ThenBy(l => l.Person.Name, StringComparer.OrdinalIgnoreCase).Take(5)];
}

/// <summary>The four counts of a member in both periods, over partners who are on both rosters.</summary>
public sealed record ComparedTies(Person Person, TieCounts Before, TieCounts After)
{
    /// <summary>Δ both − Δ neither.</summary>
    public int Improvement => After.Both - Before.Both - (After.Neither - Before.Neither);
}

/// <summary>Two periods side by side.</summary>
/// <param name="Joiners">On the later roster alone, by name.</param>
/// <param name="Leavers">On the earlier roster alone, by name.</param>
public sealed record PeriodComparison(Period Before, Period After, IReadOnlyList<ComparedTable> Tables, IReadOnlyList<ComparedTies> Ties, IReadOnlyList<Person> Joiners, IReadOnlyList<Person> Leavers)
{
    public ComparedTable this[Compared what] => Tables.Single(t => t.What == what);

    /// <summary>Compares. Members are matched by who they are and never by their row.</summary>
    public static PeriodComparison Of(PeriodFigures before, PeriodFigures after)
    {
        var both = after.Counted.Roster.Where(p => before.Counted.PlaceOf(p.Id) >= 0).ToList();
        return new(
            before.Counted.Period, after.Counted.Period,
            [.. Enum.GetValues<Compared>().Select(what => Table(what, both, before, after))],
            [.. both.Select(p => new ComparedTies(p, Counts(before, p, both), Counts(after, p, both)))],
            [.. after.Counted.Roster.Where(p => before.Counted.PlaceOf(p.Id) < 0)],
            [.. before.Counted.Roster.Where(p => after.Counted.PlaceOf(p.Id) < 0)]);
    }

    /// <summary>A value of a tally.</summary>
    public static decimal? Value(Compared what, Tally tally) => what switch
    {
        Compared.Given => tally.Referrals,
        Compared.Received => tally.Received,
        Compared.OneToOnes => tally.OneToOnes,
        Compared.Business => tally.Business,
        Compared.Visitors => tally.Visitors,
        Compared.Credits => tally.Credits,
        Compared.Trainings => tally.Trainings,
        Compared.Testimonials => tally.Testimonials,
        _ => tally.Attendance,
    };

    private static ComparedTable Table(Compared what, List<Person> both, PeriodFigures before, PeriodFigures after) =>
        new(what, Value(what, before.Tallies.Pooled), Value(what, after.Tallies.Pooled), [.. both.Select(p => new ComparedLine(p, Value(what, At(before, p)), Value(what, At(after, p))))]);

    private static Tally At(PeriodFigures figures, Person person) => figures.Tallies.Lines[figures.Counted.PlaceOf(person.Id)];

    private static TieCounts Counts(PeriodFigures figures, Person person, List<Person> both)
    {
        var row = figures.Counted.PlaceOf(person.Id);
        return TieCounts.Of(both.Where(p => p.Id != person.Id).Select(p => figures.Combination[row, figures.Counted.PlaceOf(p.Id)]!.Value));
    }
}
