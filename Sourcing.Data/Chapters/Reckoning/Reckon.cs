namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>The rules of arithmetic that hold everywhere in a chapter: decimal, half away from zero, and nothing divided by zero.</summary>
public static class Reckon
{
    /// <summary>A quotient; null, shown "–", where the divisor is 0.</summary>
    public static decimal? Quotient(decimal dividend, decimal divisor) => divisor == 0 ? null : dividend / divisor;

    /// <summary>100 · part ÷ whole; null where the whole is 0.</summary>
    public static decimal? Percent(decimal part, decimal whole) => Quotient(100 * part, whole);

    /// <summary>For show and for storage alone: thresholds are compared with what was not rounded.</summary>
    public static decimal Round(decimal value, int decimals) => decimal.Round(value, decimals, MidpointRounding.AwayFromZero);

    /// <inheritdoc cref="Round(decimal, int)"/>
    public static decimal? Round(decimal? value, int decimals) => value is { } known ? Round(known, decimals) : null;

    /// <summary>
    /// Ranks by value, the greatest first: equal values share a rank and the next one is as far down as if they did not (1, 1, 3). Equals are shown by name.
    /// Who has no value has no rank and comes last.
    /// </summary>
    public static IReadOnlyList<Ranked<T>> Rank<T>(IEnumerable<T> items, Func<T, decimal?> value, Func<T, string> name)
    {
        var sorted = items.Select(i => (Item: i, Value: value(i))).OrderByDescending(x => x.Value.HasValue).ThenByDescending(x => x.Value).ThenBy(x => name(x.Item), StringComparer.OrdinalIgnoreCase).ToList();
        var ranked = new List<Ranked<T>>(sorted.Count);
        for (var i = 0; i < sorted.Count; i++)
        {
            int? rank = sorted[i].Value is null ? null : i > 0 && sorted[i].Value == sorted[i - 1].Value ? ranked[i - 1].Rank : i + 1;
            ranked.Add(new(rank, sorted[i].Item, sorted[i].Value));
        }

        return ranked;
    }

    /// <summary>The rule behind <see cref="Rank"/>, for the foot of a table.</summary>
    public const string TieRule = "Equal values share a rank and the ranks after them are left out (1, 1, 3); equals stand in order of their names.";
}

/// <summary>Something with its place in an order; see <see cref="Reckon.Rank"/>.</summary>
/// <param name="Rank">1 for the greatest; null without a value.</param>
public sealed record Ranked<T>(int? Rank, T Item, decimal? Value);
