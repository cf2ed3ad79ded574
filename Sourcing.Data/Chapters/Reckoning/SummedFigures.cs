namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>
/// One month or several as they are shown: matrices with their margins, closed business and tallies, each the sum of the months. The roster is the union, so that whoever
/// left stays in the matrices of their months. One month alone is itself.
/// </summary>
public sealed class SummedFigures
{
    private readonly Aggregation _sum;

    private SummedFigures(Period period, IReadOnlyList<PeriodFigures> months)
    {
        (Period, Months) = (period, months);
        // A month without a completed meeting has no roster: nobody is absent from it.
        var held = months.Where(m => m.Counted.Meetings.Count > 0).ToList();
        _sum = Aggregation.Of(held.Count > 0 ? held : months);
        Referrals = [.. Roster.Select(Given)];
        OneToOnes = [.. Roster.Select(Met)];
        Ties = [.. Roster.Select((_, i) => TieCounts.Of(Others(i).Select(j => Tie(i, j)!.Value)))];
        Business = [.. Roster.Select((p, i) => Closed(p, m => Line(m.Business.Lines, m, p), Referrals[i].Given))];
        Chapter = Closed(null, m => m.Business.Chapter, months.Sum(m => m.Referrals.Given));
        NonMembers = months.Sum(m => m.Business.NonMembers);
        Tallies = new(Roster, [.. _sum.Lines.Select(l => l.Tally)]);
    }

    public Period Period { get; }

    /// <summary>Month by month, each reckoned by itself, in order of time.</summary>
    public IReadOnlyList<PeriodFigures> Months { get; }

    /// <summary>Everybody who was on the roster of a month, by name.</summary>
    public IReadOnlyList<Person> Roster => _sum.Roster;

    /// <summary>In the order of the roster: months in which each was a member, of those with a completed meeting, and the last of them.</summary>
    public IReadOnlyList<AggregatedLine> Presence => _sum.Lines;

    /// <summary>Margins of the referral matrix, in the order of the roster. Different partners are those of the whole period.</summary>
    public IReadOnlyList<ReferralLine> Referrals { get; }

    /// <summary>Margins of the one-to-one matrix.</summary>
    public IReadOnlyList<OneToOneLine> OneToOnes { get; }

    /// <summary>The four counts of each row: they sum to n − 1.</summary>
    public IReadOnlyList<TieCounts> Ties { get; }

    /// <summary>Closed business by member.</summary>
    public IReadOnlyList<BusinessLine> Business { get; }

    /// <summary>Closed business of everybody.</summary>
    public BusinessLine Chapter { get; }

    /// <summary>Closed business credited to nobody on the roster of its month.</summary>
    public decimal NonMembers { get; }

    /// <summary>What was counted of each member.</summary>
    public TallyTable Tallies { get; }

    /// <summary>Completed meetings.</summary>
    public int Meetings => Months.Sum(m => m.Counted.Meetings.Count);

    /// <summary>Referrals between members of the roster.</summary>
    public int ReferralsInside => Referrals.Sum(l => l.RowTotal);

    /// <summary>Referrals given by members to people who are not on the roster of the month: in the totals, in no cell.</summary>
    public int ReferralsOutside => Referrals.Sum(l => l.ToOutside);

    /// <summary>One-to-ones between members.</summary>
    public int OneToOnesInside => OneToOnes.Sum(l => l.RowTotal) / 2;

    /// <summary>One-to-ones with one side outside the roster.</summary>
    public int OneToOnesOutside => OneToOnes.Sum(l => l.External);

    /// <summary>Coverage in percent: pairs that met ÷ n(n − 1)/2; null below two members.</summary>
    public decimal? Coverage => Reckon.Percent(OneToOnes.Sum(l => l.Unique) / 2, Roster.Count * (Roster.Count - 1) / 2m);

    /// <summary>Referrals of a cell; null on the diagonal.</summary>
    public int? Gave(int giver, int receiver) => _sum.Referrals(giver, receiver);

    /// <summary>One-to-ones of a cell; null on the diagonal.</summary>
    public int? MetWith(int row, int column) => _sum.OneToOnes(row, column);

    /// <summary>Both together; null on the diagonal.</summary>
    public Tie? Tie(int row, int column) => _sum.Combination(row, column);

    /// <summary>Who was on the roster and is no member on a day, by name: with the last month and the months present, to thank them.</summary>
    public IReadOnlyList<AggregatedLine> Leavers(DateOnly day) => [.. _sum.Lines.Where(l => !l.Person.IsActiveOn(day))];

    /// <summary>Pairs without anything in either direction, by names.</summary>
    public IReadOnlyList<InactivePair> InactivePairs() =>
        [.. Enumerable.Range(0, Roster.Count).SelectMany(i => Enumerable.Range(i + 1, Roster.Count - i - 1).Where(j => Tie(i, j) == Reckoning.Tie.Neither && Tie(j, i) == Reckoning.Tie.Neither)
            .Select(j => new InactivePair(Roster[i], Roster[j])))];

    /// <summary>Whom a member did not meet, give to or receive from, each by name.</summary>
    /// <param name="place">On the roster, from 0.</param>
    public MissingList Missing(int place)
    {
        Person[] Who(Func<int, bool> holds) => [.. Others(place).Where(holds).Select(j => Roster[j])];
        bool NotMet(int j) => MetWith(place, j) == 0;
        bool NotGiven(int j) => Gave(place, j) == 0;
        bool NotReceived(int j) => Gave(j, place) == 0;
        return new(Roster[place], Who(NotMet), Who(NotGiven), Who(NotReceived), Who(j => (NotMet(j) ? 1 : 0) + (NotGiven(j) ? 1 : 0) + (NotReceived(j) ? 1 : 0) >= 2));
    }

    /// <summary>A month that was reckoned already.</summary>
    public static SummedFigures Of(PeriodFigures month) => new(month.Counted.Period, [month]);

    /// <summary>The months of a period, each reckoned by itself.</summary>
    public static SummedFigures Of(Ledger ledger, Period period) => new(period, [.. period.Months.Select(m => PeriodFigures.Of(ledger, m))]);

    private IEnumerable<int> Others(int place) => Enumerable.Range(0, Roster.Count).Where(j => j != place);

    private static T? Line<T>(IReadOnlyList<T> lines, PeriodFigures month, Person person) where T : class => month.Counted.PlaceOf(person.Id) is >= 0 and var at ? lines[at] : null;

    private ReferralLine Given(Person person, int place)
    {
        var parts = Months.Select(m => Line(m.Referrals.Lines, m, person)).OfType<ReferralLine>().ToList();
        return new(
            person, parts.Sum(l => l.RowTotal), Others(place).Count(j => Gave(place, j) > 0), parts.Sum(l => l.ColumnTotal), Others(place).Count(j => Gave(j, place) > 0),
            parts.Sum(l => l.ToOutside), parts.Sum(l => l.FromOutside), parts.Sum(l => l.Rgi), parts.Sum(l => l.Rgo), parts.Sum(l => l.Rri), parts.Sum(l => l.Rro));
    }

    private OneToOneLine Met(Person person, int place)
    {
        var parts = Months.Select(m => Line(m.OneToOnes.Lines, m, person)).OfType<OneToOneLine>().ToList();
        return new(person, parts.Sum(l => l.RowTotal), Others(place).Count(j => MetWith(place, j) > 0), parts.Sum(l => l.External));
    }

    private BusinessLine Closed(Person? person, Func<PeriodFigures, BusinessLine?> of, int referrals)
    {
        var parts = Months.Select(of).OfType<BusinessLine>().ToList();
        return new(person, parts.Sum(l => l.Inside), parts.Sum(l => l.Outside), parts.Sum(l => l.Slips), referrals);
    }
}
