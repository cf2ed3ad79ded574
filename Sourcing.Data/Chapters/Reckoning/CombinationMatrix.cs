namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>What a member did with another: 2·[R &gt; 0] + [O &gt; 0].</summary>
public enum Tie
{
    Neither = 0,
    OneToOneOnly = 1,
    ReferralOnly = 2,
    Both = 3,
}

/// <summary>How often each tie stands in a member's row: the four sum to n − 1, because the diagonal is not counted.</summary>
public sealed record TieCounts(int Neither, int OneToOneOnly, int ReferralOnly, int Both)
{
    public int Sum => Neither + OneToOneOnly + ReferralOnly + Both;

    public static TieCounts Of(IEnumerable<Tie> ties)
    {
        var counts = new int[4];
        foreach (var tie in ties)
        {
            counts[(int)tie]++;
        }

        return new(counts[0], counts[1], counts[2], counts[3]);
    }
}

/// <summary>Two members of whom neither gave the other anything and who did not meet: zero in both directions.</summary>
public sealed record InactivePair(Person First, Person Second);

/// <summary>Whom a member did not meet, give to, or receive from.</summary>
/// <param name="Priority">Who stands in two of the three lists or in all.</param>
public sealed record MissingList(Person Person, IReadOnlyList<Person> NotMet, IReadOnlyList<Person> NotGivenTo, IReadOnlyList<Person> NotReceivedFrom, IReadOnlyList<Person> Priority);

/// <summary>Referrals and one-to-ones in one matrix; see <see cref="Tie"/>. The diagonal is blank.</summary>
public sealed class CombinationMatrix
{
    private readonly ReferralMatrix _referrals;
    private readonly OneToOneMatrix _meetings;

    private CombinationMatrix(ReferralMatrix referrals, OneToOneMatrix meetings)
    {
        (_referrals, _meetings) = (referrals, meetings);
        Counts = [.. Enumerable.Range(0, Size).Select(i => TieCounts.Of(Others(i).Select(j => At(i, j))))];
    }

    /// <summary>Rows and columns, by name.</summary>
    public IReadOnlyList<Person> Roster => _referrals.Roster;

    /// <summary>The four counts of each row, in the order of the roster.</summary>
    public IReadOnlyList<TieCounts> Counts { get; }

    private int Size => Roster.Count;

    /// <summary>A cell; null on the diagonal.</summary>
    public Tie? this[int row, int column] => row == column ? null : At(row, column);

    /// <summary>Both matrices must come from the same <see cref="Counted"/>.</summary>
    public static CombinationMatrix Of(ReferralMatrix referrals, OneToOneMatrix meetings) => new(referrals, meetings);

    /// <summary>Builds it with the two below it.</summary>
    public static CombinationMatrix Of(Counted counted) => new(ReferralMatrix.Of(counted), OneToOneMatrix.Of(counted));

    /// <summary>Pairs without anything in either direction, by names.</summary>
    public IReadOnlyList<InactivePair> InactivePairs()
    {
        var pairs = new List<InactivePair>();
        for (var i = 0; i < Size; i++)
        {
            for (var j = i + 1; j < Size; j++)
            {
                if (At(i, j) == Tie.Neither && At(j, i) == Tie.Neither)
                {
                    pairs.Add(new(Roster[i], Roster[j]));
                }
            }
        }

        return pairs;
    }

    /// <summary>The missing lists of one member, each by name.</summary>
    /// <param name="place">On the roster, from 0.</param>
    public MissingList Missing(int place)
    {
        var others = Others(place).ToList();
        bool NotMet(int j) => _meetings.At(place, j) == 0;
        bool NotGiven(int j) => _referrals.At(place, j) == 0;
        bool NotReceived(int j) => _referrals.At(j, place) == 0;
        Person[] Who(Func<int, bool> holds) => [.. others.Where(holds).Select(j => Roster[j])];
        return new(Roster[place], Who(NotMet), Who(NotGiven), Who(NotReceived), Who(j => (NotMet(j) ? 1 : 0) + (NotGiven(j) ? 1 : 0) + (NotReceived(j) ? 1 : 0) >= 2));
    }

    private Tie At(int i, int j) => (Tie)((_referrals.At(i, j) > 0 ? 2 : 0) + (_meetings.At(i, j) > 0 ? 1 : 0));

    private IEnumerable<int> Others(int place) => Enumerable.Range(0, Size).Where(j => j != place);
}
