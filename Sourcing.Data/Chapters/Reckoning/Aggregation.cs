namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>One member over several periods.</summary>
/// <param name="Present">Periods in which the member was on the roster.</param>
/// <param name="Total">Periods in all.</param>
/// <param name="LastSeen">The last of those periods.</param>
/// <param name="HasLeft">Not on the roster of the last period.</param>
public sealed record AggregatedLine(Person Person, int Present, int Total, Period LastSeen, bool HasLeft, Tally Tally);

/// <summary>Several periods together, usually months: cells are summed, the roster is the union.</summary>
public sealed class Aggregation
{
    private readonly int[,] _referrals;
    private readonly int[,] _meetings;

    private Aggregation(List<PeriodFigures> periods)
    {
        Periods = [.. periods.Select(p => p.Counted.Period)];
        Roster = [.. periods.SelectMany(p => p.Counted.Roster).DistinctBy(p => p.Id).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Id)];
        var places = Roster.Select((p, i) => (p.Id, i)).ToDictionary(x => x.Id, x => x.i);
        _referrals = new int[Roster.Count, Roster.Count];
        _meetings = new int[Roster.Count, Roster.Count];
        var (tallies, present, last) = (Enumerable.Repeat(Tally.Nothing, Roster.Count).ToArray(), new int[Roster.Count], new Period[Roster.Count]);
        foreach (var period in periods)
        {
            var at = period.Counted.Roster.Select(p => places[p.Id]).ToArray();
            for (var i = 0; i < at.Length; i++)
            {
                tallies[at[i]] += period.Tallies.Lines[i];
                (present[at[i]], last[at[i]]) = (present[at[i]] + 1, period.Counted.Period);
                for (var j = 0; j < at.Length; j++)
                {
                    _referrals[at[i], at[j]] += period.Referrals.At(i, j);
                    _meetings[at[i], at[j]] += period.OneToOnes.At(i, j);
                }
            }
        }

        var final = periods[^1].Counted;
        Lines = [.. Roster.Select((p, i) => new AggregatedLine(p, present[i], periods.Count, last[i], final.PlaceOf(p.Id) < 0, tallies[i]))];
    }

    /// <summary>In order of time.</summary>
    public IReadOnlyList<Period> Periods { get; }

    /// <summary>Everybody who was on the roster of any of the periods, by name.</summary>
    public IReadOnlyList<Person> Roster { get; }

    /// <summary>In the order of the roster.</summary>
    public IReadOnlyList<AggregatedLine> Lines { get; }

    /// <summary>Who is not on the last roster, with the last month of each.</summary>
    public IEnumerable<AggregatedLine> Leavers => Lines.Where(l => l.HasLeft);

    /// <summary>Σ R; null on the diagonal.</summary>
    public int? Referrals(int giver, int receiver) => giver == receiver ? null : _referrals[giver, receiver];

    /// <summary>Σ O; null on the diagonal.</summary>
    public int? OneToOnes(int row, int column) => row == column ? null : _meetings[row, column];

    /// <summary>The combination of the sums; null on the diagonal.</summary>
    public Tie? Combination(int row, int column) => row == column ? null : (Tie)((_referrals[row, column] > 0 ? 2 : 0) + (_meetings[row, column] > 0 ? 1 : 0));

    /// <summary>Puts periods together.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Aggregation Of(IEnumerable<PeriodFigures> periods)
    {
        var sorted = periods.OrderBy(p => p.Counted.Period.First).ToList();
        return sorted.Count > 0 ? new(sorted) : throw new ArgumentException("There is nothing to put together.", nameof(periods));
    }

    /// <summary>The months of a period, each reckoned by itself and put together.</summary>
    public static Aggregation OfMonths(Ledger ledger, Period period) => Of(period.Months.Select(m => PeriodFigures.Of(ledger, m)));
}
