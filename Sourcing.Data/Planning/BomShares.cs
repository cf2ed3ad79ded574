namespace Sourcing.Data.Planning;

/// <summary>Whether the shares of a bill of materials come to the whole.</summary>
/// <remarks>Words and not an enum, because lists reckon it in the database and filter by it.</remarks>
public static class BomShareState
{
    /// <summary>No line is a share.</summary>
    public const string None = "none";

    /// <summary>Within 0.1 points of 100 %.</summary>
    public const string Complete = "complete";

    /// <summary>94 % to 102 %: shares that were rounded to whole percents.</summary>
    public const string Rounding = "rounding";

    /// <summary>Beyond that: a component is missing or stands twice. The plan takes the shares as they are.</summary>
    public const string Incomplete = "incomplete";

    /// <summary>How far from 1 a sum is still complete.</summary>
    public const decimal Good = 0.001m;

    public const decimal RoundingFrom = 0.94m;

    public const decimal RoundingTo = 1.02m;

    /// <summary>As shown.</summary>
    public static readonly IReadOnlyList<(string State, string Text)> All =
        [(None, "No shares"), (Complete, "100 %"), (Rounding, "Rounded"), (Incomplete, "Incomplete")];

    /// <summary>The words of a state.</summary>
    public static string TextOf(string state) => All.First(s => s.State == state).Text;

    /// <summary>The state of a sum of shares; null for no shares.</summary>
    public static string Of(decimal? sum) => sum switch
    {
        null => None,
        _ when Math.Abs(sum.Value - 1) <= Good => Complete,
        >= RoundingFrom and <= RoundingTo => Rounding,
        _ => Incomplete,
    };
}

/// <summary>The sum of shares over a stretch of days in which no line begins or ends.</summary>
/// <param name="From">First day; <see cref="BomLine.Always"/> for ever.</param>
/// <param name="To">Last day; null for no end.</param>
/// <param name="Sum">1 for the whole.</param>
public sealed record BomSharePeriod(DateOnly From, DateOnly? To, decimal Sum)
{
    /// <inheritdoc cref="BomShareState"/>
    public string State => BomShareState.Of(Sum);

    /// <summary>The stretches of a bill of materials with a share in them, in order. Neighbours with one sum are one stretch.</summary>
    /// <param name="shares">First day, last day and share of each line that is one.</param>
    public static IReadOnlyList<BomSharePeriod> Of(IReadOnlyCollection<(DateOnly From, DateOnly? To, decimal Share)> shares)
    {
        var starts = new SortedSet<DateOnly>(shares.Select(s => s.From).Concat(shares.Where(s => s.To < DateOnly.MaxValue).Select(s => s.To!.Value.AddDays(1))));
        var days = starts.ToArray();
        var periods = new List<BomSharePeriod>();
        for (var i = 0; i < days.Length; i++)
        {
            var (from, to) = (days[i], i + 1 < days.Length ? days[i + 1].AddDays(-1) : (DateOnly?)null);
            var here = shares.Where(s => s.From <= from && (s.To is null || s.To >= from)).ToList();
            if (here.Count == 0)
            {
                continue;
            }

            var sum = here.Sum(s => s.Share);
            if (periods.Count > 0 && periods[^1].Sum == sum && periods[^1].To?.AddDays(1) == from)
            {
                periods[^1] = periods[^1] with { To = to };
            }
            else
            {
                periods.Add(new(from, to, sum));
            }
        }

        return periods;
    }
}
