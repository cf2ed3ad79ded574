namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>One member's one-to-ones.</summary>
/// <param name="RowTotal">With members of the roster.</param>
/// <param name="Unique">Different members met.</param>
/// <param name="External">With people of other chapters, or past members who are not on the roster.</param>
public sealed record OneToOneLine(Person Person, int RowTotal, int Unique, int External)
{
    /// <summary>What an attendance summary calls 1-2-1: row total + external.</summary>
    public int Total => RowTotal + External;
}

/// <summary>The one-to-one matrix O: symmetric, +1 in both cells for each slip. The diagonal is blank.</summary>
public sealed class OneToOneMatrix
{
    private readonly int[,] _cells;

    private OneToOneMatrix(Counted counted)
    {
        var n = counted.Size;
        _cells = new int[n, n];
        var external = new int[n];
        foreach (var slip in counted.OneToOnes)
        {
            var (a, b) = (counted.PlaceOf(slip.Initiator), counted.PlaceOf(slip.Partner));
            if (a == b)
            {
                continue;
            }

            if (a >= 0 && b >= 0)
            {
                _cells[a, b]++;
                _cells[b, a]++;
            }
            else
            {
                external[Math.Max(a, b)]++;
            }
        }

        Roster = counted.Roster;
        Lines = [.. Enumerable.Range(0, n).Select(i => Line(i, external[i]))];
    }

    /// <summary>Rows and columns, by name.</summary>
    public IReadOnlyList<Person> Roster { get; }

    /// <summary>Margins, in the order of the roster.</summary>
    public IReadOnlyList<OneToOneLine> Lines { get; }

    /// <summary>In-chapter meetings: Σ O ÷ 2.</summary>
    public int InChapter => Lines.Sum(l => l.RowTotal) / 2;

    /// <summary>With one side outside the roster.</summary>
    public int External => Lines.Sum(l => l.External);

    /// <summary>Pairs that met at least once.</summary>
    public int CoveredPairs => Lines.Sum(l => l.Unique) / 2;

    /// <summary>Coverage in percent: pairs with O &gt; 0 ÷ n(n − 1)/2; null below two members.</summary>
    public decimal? Coverage => Reckon.Percent(CoveredPairs, Roster.Count * (Roster.Count - 1) / 2m);

    /// <summary>A cell; null on the diagonal.</summary>
    public int? this[int row, int column] => row == column ? null : _cells[row, column];

    /// <summary>A cell as a number: 0 on the diagonal.</summary>
    internal int At(int row, int column) => _cells[row, column];

    /// <summary>Builds the matrix.</summary>
    public static OneToOneMatrix Of(Counted counted) => new(counted);

    private OneToOneLine Line(int i, int external)
    {
        var (total, unique) = (0, 0);
        for (var j = 0; j < Roster.Count; j++)
        {
            total += _cells[i, j];
            unique += _cells[i, j] > 0 ? 1 : 0;
        }

        return new(Roster[i], total, unique, external);
    }
}
