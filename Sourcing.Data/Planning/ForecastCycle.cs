using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning;

/// <summary>One round of forecasting over many parts. Never changed once it is finished.</summary>
public sealed class ForecastCycle
{
    private ForecastCycle()
    {
    }

    /// <param name="number">FC-2026-00007.</param>
    /// <param name="origin">The first day that is forecast.</param>
    /// <param name="horizon">Periods ahead, above 0.</param>
    public ForecastCycle(string number, DateOnly origin, ForecastPeriod period, int horizon, Guid? startedBy, DateTimeOffset now) =>
        (Id, Number, Origin, Period, Horizon, StartedBy, StartedAt) = (Guid.CreateVersion7(), number, origin, period, horizon, startedBy, now);

    public Guid Id { get; private set; }

    public string Number { get; private set; } = "";

    public DateOnly Origin { get; private set; }

    public ForecastPeriod Period { get; private set; }

    public int Horizon { get; private set; }

    public Guid? StartedBy { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>Null while it runs, and for ever where it failed.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Parts forecast.</summary>
    public int Parts { get; private set; }

    /// <summary>Parts with a history too short for more than a plain average.</summary>
    public int ShortHistories { get; private set; }

    /// <summary>It ended well.</summary>
    public void Finish(int parts, int shortHistories, DateTimeOffset now) => (Parts, ShortHistories, FinishedAt) = (parts, shortHistories, now);
}

/// <summary>What one round worked out for one part: the method, how good it was on what it had not seen, and what comes.</summary>
public sealed class SkuForecast
{
    private SkuForecast()
    {
    }

    /// <summary>For a round and a part.</summary>
    public SkuForecast(Guid cycleId, Guid partId) => (Id, ForecastCycleId, PartId) = (Guid.CreateVersion7(), cycleId, partId);

    public Guid Id { get; private set; }

    public Guid ForecastCycleId { get; private set; }

    public Guid PartId { get; private set; }

    /// <summary>A name of <c>Forecasting.ForecastMethod</c>, snake case.</summary>
    public required string Method { get; init; }

    /// <summary>smooth, intermittent, erratic, lumpy or none.</summary>
    public required string DemandClass { get; init; }

    /// <summary>JSON object: name to value.</summary>
    public required string Parameters { get; init; }

    /// <summary>Periods of history.</summary>
    public required int Observations { get; init; }

    /// <summary>Errors per period on hidden history; null where there was too little of it.</summary>
    public double? Mase { get; init; }

    public double? Rmsse { get; init; }

    public double? Wape { get; init; }

    public double? Bias { get; init; }

    public double? Pinball { get; init; }

    public double? TrackingSignal { get; init; }

    /// <summary>In the part's unit per period: σ of demand for safety stock.</summary>
    public double? Rmse { get; init; }

    /// <summary>0 to 1; null with fewer than 6 periods.</summary>
    public decimal? Confidence { get; init; }

    /// <summary>JSON array of the methods tried, with their scores and why each was taken or not.</summary>
    public required string Candidates { get; init; }

    /// <summary>JSON array of flagged periods: date, quantity, suggested.</summary>
    public required string Outliers { get; init; }
}

/// <summary>One period of a part's forecast, in the part's unit; 0 or more, P10 ≤ P50 ≤ P90.</summary>
public sealed class SkuForecastPoint
{
    public required Guid SkuForecastId { get; init; }

    /// <summary>First day of the period.</summary>
    public required DateOnly Date { get; init; }

    public required decimal Mean { get; init; }

    public required decimal P10 { get; init; }

    public required decimal P50 { get; init; }

    public required decimal P90 { get; init; }
}
