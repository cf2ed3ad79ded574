using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs.Savings;

/// <summary>Which awards are asked for.</summary>
/// <param name="From">First day, and</param>
/// <param name="To">last day on which they came to stand, in UTC; at most <see cref="SavingsQueries.MostDays"/> apart.</param>
public sealed record SavingsQuestion(DateOnly From, DateOnly To)
{
    /// <summary>The same, refused where it is no span or too long a one.</summary>
    internal SavingsQuestion Demand()
    {
        if (To < From)
        {
            throw new RefusedException(nameof(To), "The last day comes before the first. Choose a later one.");
        }

        return To.DayNumber - From.DayNumber < SavingsQueries.MostDays ? this : throw new RefusedException(nameof(From), "Savings are summed up over five years at most. Choose a later first day.");
    }
}

/// <summary>What was awarded under one heading, on prices: freight and other costs are no savings. All in the base currency, by the rate of the decision.</summary>
/// <param name="Key">A first of month, or the key of a buyer, category or supplier; a baseline in snake case; empty for what has none.</param>
/// <param name="Text">As shown.</param>
/// <param name="Paid">Σ quantity × awarded price.</param>
/// <param name="Measured">The part of it whose baseline knew a price.</param>
/// <param name="Baseline">Σ quantity × baseline price, of that part.</param>
/// <param name="Lines">Awarded lines.</param>
/// <param name="Awards">Decisions.</param>
public sealed record SavingsSum(string Key, string Text, decimal Paid, decimal Measured, decimal Baseline, int Lines, int Awards)
{
    /// <summary>Baseline less what was paid for the same; below 0 where more was paid.</summary>
    public decimal Saved => Baseline - Measured;

    /// <summary>Of the baseline; null where that is nothing.</summary>
    public decimal? Rate => Baseline > 0 ? Saved / Baseline : null;
}

/// <summary>Savings of a span, each awarded line counted once under each heading.</summary>
/// <param name="Months">Every month of the span.</param>
/// <param name="Baselines">What was compared with.</param>
public sealed record SavingsOverview(
    SavingsQuestion Question, SavingsSum Total, IReadOnlyList<SavingsSum> Months, IReadOnlyList<SavingsSum> Buyers, IReadOnlyList<SavingsSum> Categories,
    IReadOnlyList<SavingsSum> Suppliers, IReadOnlyList<SavingsSum> Baselines);
