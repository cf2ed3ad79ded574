namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>What one member gave and received.</summary>
/// <param name="RowTotal">Given to members on the roster.</param>
/// <param name="RowUnique">Different members given to.</param>
/// <param name="ColumnTotal">Received from members on the roster.</param>
/// <param name="ColumnUnique">Different members received from.</param>
/// <param name="ToOutside">Given to people of other chapters, or to past members who are not on the roster.</param>
/// <param name="FromOutside">Received from such.</param>
/// <param name="Rgi">Given, tier 1 (inside), to anybody.</param>
/// <param name="Rgo">Given, tier 2 (outside), to anybody.</param>
/// <param name="Rri">Received, tier 1, from anybody.</param>
/// <param name="Rro">Received, tier 2, from anybody.</param>
public sealed record ReferralLine(Person Person, int RowTotal, int RowUnique, int ColumnTotal, int ColumnUnique, int ToOutside, int FromOutside, int Rgi, int Rgo, int Rri, int Rro)
{
    /// <summary>RGI + RGO</summary>
    public int Given => Rgi + Rgo;

    /// <summary>RRI + RRO</summary>
    public int Received => Rri + Rro;
}

/// <summary>
/// The referral matrix R: R[g, r] is the number of slips from home member g to home member r. The diagonal is blank: null, never 0.
/// Tier is not membership: slips between members of the chapter carry both.
/// </summary>
public sealed class ReferralMatrix
{
    private readonly int[,] _cells;

    private ReferralMatrix(Counted counted)
    {
        var n = counted.Size;
        _cells = new int[n, n];
        var tally = new int[n, 6];
        foreach (var slip in counted.Referrals)
        {
            var (giver, receiver) = (counted.PlaceOf(slip.Giver), counted.PlaceOf(slip.Receiver));
            if (giver == receiver)
            {
                // Both outside the roster, or a slip to oneself, which entry refuses.
                continue;
            }

            if (giver >= 0)
            {
                tally[giver, slip.Tier == 1 ? 0 : 1]++;
                tally[giver, 4] += receiver < 0 ? 1 : 0;
            }

            if (receiver >= 0)
            {
                tally[receiver, slip.Tier == 1 ? 2 : 3]++;
                tally[receiver, 5] += giver < 0 ? 1 : 0;
            }

            if (giver >= 0 && receiver >= 0)
            {
                _cells[giver, receiver]++;
            }
        }

        Roster = counted.Roster;
        Lines = [.. Enumerable.Range(0, n).Select(i => Line(i, tally))];
    }

    /// <summary>Rows and columns, by name.</summary>
    public IReadOnlyList<Person> Roster { get; }

    /// <summary>Margins, one for each member, in the order of the roster.</summary>
    public IReadOnlyList<ReferralLine> Lines { get; }

    /// <summary>All slips between members of the roster: the sum of the rows and of the columns.</summary>
    public int GrandTotal => Lines.Sum(l => l.RowTotal);

    /// <summary>Σ RGI + RGO</summary>
    public int Given => Lines.Sum(l => l.Given);

    /// <summary>A cell; null on the diagonal.</summary>
    public int? this[int giver, int receiver] => giver == receiver ? null : _cells[giver, receiver];

    /// <summary>A cell as a number: 0 on the diagonal.</summary>
    internal int At(int giver, int receiver) => _cells[giver, receiver];

    /// <summary>Builds the matrix.</summary>
    public static ReferralMatrix Of(Counted counted) => new(counted);

    private ReferralLine Line(int i, int[,] tally)
    {
        int row = 0, unique = 0, column = 0, from = 0;
        for (var j = 0; j < Roster.Count; j++)
        {
            row += _cells[i, j];
            unique += _cells[i, j] > 0 ? 1 : 0;
            column += _cells[j, i];
            from += _cells[j, i] > 0 ? 1 : 0;
        }

        return new(Roster[i], row, unique, column, from, tally[i, 4], tally[i, 5], tally[i, 0], tally[i, 1], tally[i, 2], tally[i, 3]);
    }
}
