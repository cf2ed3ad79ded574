using Sourcing.Data.Common;

namespace Sourcing.Data.Planning;

/// <summary>Steps of a chart over time.</summary>
public enum SalesStep
{
    Month,

    /// <summary>ISO weeks.</summary>
    Week,
}

/// <summary>Which sales are asked for. Text is compared as it is kept; empty asks for all.</summary>
/// <param name="From">First day, and</param>
/// <param name="To">last day, in UTC; at most <see cref="SalesQueries.MostDays"/> apart.</param>
public sealed record SalesQuestion(DateOnly From, DateOnly To, SalesStep Step = SalesStep.Month, Guid? PartId = null, string Region = "", string Segment = "", string Customer = "")
{
    /// <summary>The same, refused where it is no span or too long a one.</summary>
    internal SalesQuestion Demand()
    {
        if (To < From)
        {
            throw new RefusedException(nameof(To), "The last day comes before the first. Choose a later one.");
        }

        return To.DayNumber - From.DayNumber < SalesQueries.MostDays ? this : throw new RefusedException(nameof(From), "Sales are summed up over five years at most. Choose a later first day.");
    }
}

/// <summary>What was sold under one heading.</summary>
/// <param name="Key">A day (first of month or Monday), a region, a segment, a customer, or a part's key; empty for what has none.</param>
/// <param name="Text">As shown.</param>
/// <param name="Quantity">In the part's unit; means something of one part alone.</param>
/// <param name="Value">In the base currency; null where no sale has a price.</param>
/// <param name="Sales">Rows.</param>
public sealed record SalesSum(string Key, string Text, decimal Quantity, decimal? Value, int Sales);

/// <summary>Sales of a span, each sale counted once under each heading.</summary>
/// <param name="Unit">Of the part that was asked for; null over all parts.</param>
/// <param name="Steps">Every month or week of the span, with 0 where nothing was sold.</param>
/// <param name="Unpriced">Sales without a price or without an exchange rate: left out of values.</param>
public sealed record SalesOverview(
    SalesQuestion Question, string? PartNumber, string? PartName, string? Unit, SalesSum Total, IReadOnlyList<SalesSum> Steps, IReadOnlyList<SalesSum> Regions, IReadOnlyList<SalesSum> Segments,
    IReadOnlyList<SalesSum> Parts, IReadOnlyList<SalesSum> Customers, int Unpriced);
