using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>A round of forecasting in a line.</summary>
/// <param name="Parts">Parts forecast; 0 while it runs.</param>
public sealed record ForecastRoundView(Guid Id, string Number, DateOnly Origin, int Horizon, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string? By, int Parts, int ShortHistories);

/// <summary>A round that waits or runs.</summary>
/// <param name="Progress">0 to 1.</param>
/// <param name="Mine">Whether who looks may cancel it.</param>
public sealed record RunningRound(Guid CycleId, Guid JobId, string Number, bool Waiting, decimal Progress, string Message, string By, bool Mine);

/// <summary>How forecasting stands.</summary>
/// <param name="Last">The newest finished round; null before the first.</param>
/// <param name="Running">The one that waits or runs; null for none.</param>
/// <param name="Failure">Why the last try came to nothing; null where the last one went well.</param>
public sealed record ForecastState(ForecastRoundView? Last, RunningRound? Running, string? Failure);

/// <summary>A part's demand in a closed week, in its unit.</summary>
public sealed record WeekDemand(DateOnly Week, decimal Quantity);

/// <summary>What was demanded in a closed week beside what the model had forecast for it, in the part's unit.</summary>
public sealed record ActualWeek(DateOnly Week, decimal Actual, decimal Forecast);

/// <summary>What the newest round says of a part.</summary>
public sealed record ModelView
{
    public required ForecastMethod Method { get; init; }
    public required DemandClass Class { get; init; }
    public required IReadOnlyList<ForecastParameter> Parameters { get; init; }
    public required int Observations { get; init; }
    public double? Mase { get; init; }
    public double? Rmsse { get; init; }
    public double? Wape { get; init; }
    public double? Bias { get; init; }
    public double? Pinball { get; init; }
    public double? TrackingSignal { get; init; }
    public double? Rmse { get; init; }
    public decimal? Confidence { get; init; }
    public required IReadOnlyList<CandidateView> Candidates { get; init; }
    public ForecastFinding? Finding { get; init; }
    public required IReadOnlyList<OutlierView> Outliers { get; init; }
}

/// <summary>The model's expectation of a week, in the part's unit.</summary>
public sealed record BandPoint(DateOnly Week, decimal Mean, decimal P10, decimal P50, decimal P90);

/// <summary>A planner's figure of a week.</summary>
public sealed record PlannersFigure(Guid Id, uint Version, decimal Quantity, decimal Confidence, string Reason, DateTimeOffset ChangedAt);

/// <summary>A week ahead: the model with its band, every source, what they blend to, what a planner says in their place, and what customers have ordered.</summary>
public sealed record ForecastWeek
{
    /// <summary>Its Monday.</summary>
    public required DateOnly Week { get; init; }

    /// <summary>Null where the newest round does not reach, or knows nothing of the part.</summary>
    public BandPoint? Model { get; init; }

    public required IReadOnlyList<SourceFigure> Sources { get; init; }

    /// <summary>F of all sources; null where none speaks.</summary>
    public decimal? Blend { get; init; }

    /// <summary>C, 0 to 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>What the plan reckons with.</summary>
    public decimal? Forecast { get; init; }

    /// <summary>An override speaks for the week or a part of it.</summary>
    public bool IsOverridden { get; init; }

    /// <summary>The override of exactly this week; an imported one of another span has none here.</summary>
    public PlannersFigure? Override { get; init; }

    /// <summary>The manual figure of exactly this week.</summary>
    public PlannersFigure? Manual { get; init; }

    /// <summary>Ordered by customers and not shipped; of the current week what is late too.</summary>
    public decimal Ordered { get; init; }

    /// <summary>What one source says; null where it is silent.</summary>
    public SourceFigure? Of(ForecastSource source) => Sources.FirstOrDefault(s => s.Source == source);
}

/// <summary>A part's forecast as its page shows it.</summary>
/// <param name="History">Closed weeks, oldest first, without gaps.</param>
/// <param name="Weeks">From the current week on.</param>
/// <param name="Actuals">Closed weeks for which the model had a forecast, oldest first.</param>
public sealed record ForecastDetails(
    Guid PartId, string Number, string Name, string Unit, ForecastRoundView? Round, ModelView? Model, IReadOnlyList<WeekDemand> History, IReadOnlyList<ForecastWeek> Weeks,
    IReadOnlyList<ActualWeek> Actuals);

/// <summary>How good forecasts of one method or class are: medians over its parts.</summary>
/// <param name="Key">Method or class, snake case.</param>
/// <param name="OffSide">Parts whose tracking signal lies beyond ±4: too much or too little all along.</param>
public sealed record AccuracyGroup(string Key, int Parts, double? Wape, double? Mase, double? Bias, int OffSide);

/// <summary>A closed week over all parts, each part weighing the same.</summary>
/// <param name="Error">Σ|actual − forecast| ÷ Σ actual, each part's figures first divided by its own mean demand.</param>
public sealed record AccuracyWeek(DateOnly Week, int Parts, double? Error, double? Bias);

/// <summary>How good the newest round's forecasts are.</summary>
public sealed record AccuracySummary(
    ForecastRoundView? Round, int Measured, double? Wape, double? Mase, double? Bias, IReadOnlyList<AccuracyGroup> Methods, IReadOnlyList<AccuracyGroup> Classes, IReadOnlyList<AccuracyWeek> Weeks);
