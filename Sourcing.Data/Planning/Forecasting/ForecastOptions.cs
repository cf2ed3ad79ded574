namespace Sourcing.Data.Planning.Forecasting;

/// <summary>By what methods are chosen when demand is intermittent or lumpy.</summary>
public enum SporadicCriterion
{
    /// <summary>Root of the mean squared error: rewards the right mean.</summary>
    Rmsse,

    /// <summary>Pinball loss at the service level: rewards the right high quantile.</summary>
    Pinball,
}

/// <summary>What is wanted of a forecast.</summary>
/// <param name="Horizon">Periods to forecast, 1 to 520.</param>
/// <param name="EvaluationHorizon">Periods ahead by which methods are compared: lead time and review together, 1 or more.</param>
/// <param name="ServiceLevel">Quantile of demand that stock shall cover, above 0 and below 1.</param>
/// <param name="CapOutliers">Whether outliers are forecast with their suggested value in place of the original.</param>
/// <param name="Origins">At most so many ends of history from which methods are compared, 3 or more; short series have room for fewer, but never for less than 3.</param>
/// <param name="Sporadic">By what methods are chosen when demand is intermittent or lumpy.</param>
public sealed record ForecastOptions(
    int Horizon, int EvaluationHorizon = 4, double ServiceLevel = 0.95, bool CapOutliers = false, int Origins = 8,
    SporadicCriterion Sporadic = SporadicCriterion.Rmsse)
{
    /// <summary>Fewer ends of history say too little.</summary>
    public const int LeastOrigins = 3;

    /// <summary>Refuses values out of range.</summary>
    internal void Demand()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Horizon, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Horizon, 520);
        ArgumentOutOfRangeException.ThrowIfLessThan(EvaluationHorizon, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Origins, LeastOrigins);
        if (ServiceLevel is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(ServiceLevel), ServiceLevel, "A service level lies above 0 and below 1.");
        }
    }
}
