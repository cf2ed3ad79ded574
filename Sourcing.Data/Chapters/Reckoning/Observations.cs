using System.Globalization;

namespace Sourcing.Data.Chapters.Reckoning;

/// <summary>What data can hint at. Observations, never reproaches.</summary>
public enum ObservationKind
{
    /// <summary>An unusually large part of what somebody gave went to one member.</summary>
    Concentration,

    /// <summary>Two members gave each other unusually much, the same way both ways.</summary>
    MirrorImage,

    /// <summary>Unusually many referrals given, and no closed business came of them.</summary>
    VolumeWithoutBusiness,
}

/// <summary>One observation.</summary>
/// <param name="Other">The member on the other side; null where there is none.</param>
/// <param name="Value">What was seen.</param>
/// <param name="Threshold">What is usual in this chapter: the value was above it.</param>
public sealed record Observation(ObservationKind Kind, Person Person, Person? Other, decimal Value, decimal Threshold, string Words);

/// <summary>What is usual in a chapter, from its own earlier periods; null where there is too little to tell.</summary>
/// <param name="Share">Largest share, 0 to 1, of a giver's referrals that goes to one member.</param>
/// <param name="Mirrored">The smaller of both directions between two members.</param>
/// <param name="Volume">Referrals given by a member.</param>
public sealed record Usual(decimal? Share, decimal? Mirrored, decimal? Volume)
{
    /// <summary>Fewer values than this tell nothing of what is usual.</summary>
    public const int FewestValues = 20;

    /// <summary>Givers with fewer referrals have no share worth the name.</summary>
    public const int FewestReferrals = 4;

    /// <summary>The 95th percentile (nearest rank) of each value over the earlier periods. The periods should be as long as the one that is looked at.</summary>
    public static Usual Of(IReadOnlyList<ReferralMatrix> history) =>
        new(
            Percentile([.. history.SelectMany(m => Enumerable.Range(0, m.Roster.Count).Select(i => Largest(m, i).Share)).OfType<decimal>()]),
            Percentile([.. history.SelectMany(Pairs).Select(p => (decimal)p.Least)]),
            Percentile([.. history.SelectMany(m => m.Lines).Where(l => l.Given > 0).Select(l => (decimal)l.Given)]));

    /// <summary>The nearest-rank 95th percentile; null below <see cref="FewestValues"/> values.</summary>
    public static decimal? Percentile(IReadOnlyList<decimal> values) =>
        values.Count < FewestValues ? null : values.Order().ElementAt((int)Math.Ceiling(values.Count * 95 / 100m) - 1);

    /// <summary>To whom a giver gave most, and which share of all given within the chapter; null below <see cref="FewestReferrals"/>.</summary>
    internal static (int To, decimal? Share) Largest(ReferralMatrix matrix, int giver)
    {
        var to = Enumerable.Range(0, matrix.Roster.Count).MaxBy(j => matrix.At(giver, j));
        var total = matrix.Lines[giver].RowTotal;
        return (to, total >= FewestReferrals ? matrix.At(giver, to) / (decimal)total : null);
    }

    /// <summary>Pairs with something in both directions.</summary>
    internal static IEnumerable<(int First, int Second, int Least)> Pairs(ReferralMatrix matrix)
    {
        for (var i = 0; i < matrix.Roster.Count; i++)
        {
            for (var j = i + 1; j < matrix.Roster.Count; j++)
            {
                if (Math.Min(matrix.At(i, j), matrix.At(j, i)) is > 0 and var least)
                {
                    yield return (i, j, least);
                }
            }
        }
    }
}

/// <summary>Looks at a period against what is usual in the chapter.</summary>
public static class Observations
{
    /// <summary>What lies above the usual; nothing of a kind whose usual is not known yet.</summary>
    public static IReadOnlyList<Observation> Of(PeriodFigures figures, Usual usual) =>
        [.. Concentrations(figures.Referrals, usual.Share), .. Mirrors(figures.Referrals, usual.Mirrored), .. Volumes(figures, usual.Volume)];

    private static IEnumerable<Observation> Concentrations(ReferralMatrix matrix, decimal? usual)
    {
        for (var i = 0; usual is not null && i < matrix.Roster.Count; i++)
        {
            var (to, share) = Usual.Largest(matrix, i);
            if (share > usual)
            {
                yield return new(ObservationKind.Concentration, matrix.Roster[i], matrix.Roster[to], share.Value, usual.Value,
                    $"{matrix.At(i, to)} of {matrix.Lines[i].RowTotal} referrals of {matrix.Roster[i].Name} went to {matrix.Roster[to].Name}: {Percent(share.Value)}, where up to {Percent(usual.Value)} is usual here.");
            }
        }
    }

    // Mirror image: both directions are the same, and unusually many.
    private static IEnumerable<Observation> Mirrors(ReferralMatrix matrix, decimal? usual) =>
        Usual.Pairs(matrix).Where(p => p.Least > usual && matrix.At(p.First, p.Second) == matrix.At(p.Second, p.First)).Select(p =>
            new Observation(ObservationKind.MirrorImage, matrix.Roster[p.First], matrix.Roster[p.Second], p.Least, usual!.Value,
                $"{matrix.Roster[p.First].Name} and {matrix.Roster[p.Second].Name} gave each other {p.Least} referrals both ways, where up to {Number(usual.Value)} is usual here."));

    private static IEnumerable<Observation> Volumes(PeriodFigures figures, decimal? usual) =>
        figures.Business.Lines.Where(l => l.Total == 0 && l.Referrals > usual).Select(l =>
            new Observation(ObservationKind.VolumeWithoutBusiness, l.Person!, null, l.Referrals, usual!.Value,
                $"{l.Person!.Name} gave {l.Referrals} referrals, where up to {Number(usual.Value)} is usual here, and nobody has thanked for closed business yet."));

    private static string Percent(decimal share) => $"{Reckon.Round(100 * share, 0).ToString(CultureInfo.InvariantCulture)} %";

    private static string Number(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
