namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>A value beside the mean of the roster.</summary>
public enum Tier
{
    /// <summary>The mean is 0: there is nothing to stand beside.</summary>
    None,

    /// <summary>Below half of the mean.</summary>
    Red,

    /// <summary>Half of the mean and more, below three quarters.</summary>
    Neutral,

    /// <summary>Three quarters of the mean and more.</summary>
    Orange,

    /// <summary>1.75 of the mean and more.</summary>
    Green,
}

/// <summary>A value by the mean.</summary>
/// <param name="Ratio">Value ÷ mean; null where the mean is 0.</param>
public sealed record Tiered(decimal Value, decimal? Ratio, Tier Tier);

/// <summary>One member beside the others.</summary>
/// <param name="Overall">Sum of the ratios that exist of referrals, one-to-ones and closed business: its mean is 3 where all three exist. Null where none does.</param>
/// <param name="Rank">By overall; see <see cref="Reckon.Rank"/>.</param>
public sealed record TierLine(Person Person, Tiered Referrals, Tiered OneToOnes, Tiered Business, decimal? Overall, int? Rank);

/// <summary>Tiers of values against their mean.</summary>
public static class Tiers
{
    /// <summary>≥ 1.75 green, ≥ 0.75 orange, &lt; 0.5 red, else neutral; mean 0: none. Compared without rounding: value · n against threshold · sum.</summary>
    public static IReadOnlyList<Tiered> Of(IReadOnlyList<decimal> values)
    {
        var (sum, n) = (values.Sum(), values.Count);
        return [.. values.Select(v => new Tiered(v, Reckon.Quotient(v * n, sum), Of(new Measured(v * n, sum))))];
    }

    /// <summary>The whole roster by rank.</summary>
    public static IReadOnlyList<TierLine> Of(TallyTable tallies)
    {
        var referrals = Of([.. tallies.Lines.Select(t => (decimal)t.Referrals)]);
        var meetings = Of([.. tallies.Lines.Select(t => (decimal)t.OneToOnes)]);
        var business = Of([.. tallies.Lines.Select(t => t.Business)]);
        var lines = tallies.Roster.Select((p, i) => new TierLine(p, referrals[i], meetings[i], business[i], Overall(referrals[i], meetings[i], business[i]), null));
        return [.. Reckon.Rank(lines, l => l.Overall, l => l.Person.Name).Select(r => r.Item with { Rank = r.Rank })];
    }

    private static Tier Of(Measured ratio) =>
        ratio.Divisor == 0 ? Tier.None
        : ratio.Meets(Comparison.AtLeast, 1.75m) ? Tier.Green
        : ratio.Meets(Comparison.AtLeast, 0.75m) ? Tier.Orange
        : ratio.Meets(Comparison.LessThan, 0.5m) ? Tier.Red
        : Tier.Neutral;

    private static decimal? Overall(params Tiered[] parts) => parts.Any(p => p.Ratio is not null) ? parts.Sum(p => p.Ratio ?? 0) : null;
}

/// <summary>The optional simple score from 0 to 100: the mean of three parts, each and the mean to one decimal.</summary>
/// <param name="Meetings">min(100, 100 · one-to-ones with members ÷ (n − 1)).</param>
/// <param name="Referrals">min(100, 50 · referrals to members ÷ (n − 1)).</param>
/// <param name="Business">min(100, closed business ÷ 1000).</param>
public sealed record SimpleScore(decimal? Meetings, decimal? Referrals, decimal Business)
{
    /// <summary>Null in a chapter of one: there is nobody to meet.</summary>
    public decimal? Score => Reckon.Round((Meetings + Referrals + Business) / 3, 1);

    /// <param name="meetings">Row total of the one-to-one matrix.</param>
    /// <param name="referrals">Row total of the referral matrix.</param>
    /// <param name="business">In the chapter's currency.</param>
    /// <param name="size">n</param>
    public static SimpleScore Of(int meetings, int referrals, decimal business, int size) =>
        new(Capped(Reckon.Quotient(100m * meetings, size - 1)), Capped(Reckon.Quotient(50m * referrals, size - 1)), Capped(business / 1000)!.Value);

    private static decimal? Capped(decimal? value) => value is { } known ? Reckon.Round(Math.Min(100, known), 1) : null;
}
