namespace Sourcing.Data.Planning.Forecasting;

/// <summary>Forecast demand of one future period in the series' unit; nothing is ever below 0, and P10 ≤ P50 ≤ P90.</summary>
/// <param name="Step">1 for the first period after the history.</param>
/// <param name="Mean">Expected demand. Of lumpy demand it may lie outside the quantiles: most periods have none.</param>
/// <param name="P10">Demand is at most this in one case of ten.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">Demand is at most this in nine cases of ten.</param>
public sealed record ForecastPoint(int Step, double Mean, double P10, double P50, double P90);

/// <summary>
/// What the backtest found, over all origins and steps; e = actual − forecast. A figure that is undefined (a division by 0) is null.
/// Formulas and sources stand with <see cref="ForecastAccuracy"/>; what is scaled is scaled by the whole history.
/// </summary>
/// <param name="Mae">Mean absolute error in the series' unit.</param>
/// <param name="Rmse">Root mean squared error in the series' unit: σ of a period's demand for safety stock.</param>
/// <param name="Mase">Mean absolute error, scaled; below 1 is better than the seasonal naive forecast was in sample.</param>
/// <param name="Rmsse">Root mean squared error, scaled.</param>
/// <param name="Wape">Share of the error in demand.</param>
/// <param name="Bias">Share of what was forecast too little in demand; below 0 too much was forecast.</param>
/// <param name="Pinball">Loss of the quantile at the service level, in the series' unit.</param>
/// <param name="Smape">Symmetric mean absolute percentage error, 0 to 200.</param>
/// <param name="TrackingSignal">Sum of errors in mean absolute errors; beyond ±4 the forecast is off on one side.</param>
public sealed record ForecastMetrics(
    double Mae, double Rmse, double? Mase, double? Rmsse, double? Wape, double? Bias, double Pinball, double? Smape, double? TrackingSignal);

/// <summary>A method that was tried.</summary>
/// <param name="Metrics">Null where it could not be tried.</param>
/// <param name="Score">What methods are compared by, smaller is better; null where it could not be tried.</param>
/// <param name="Taken">True of exactly one candidate of a run.</param>
/// <param name="Reason">A sentence: why it was taken or not.</param>
public sealed record ForecastCandidate(ForecastMethod Method, ForecastMetrics? Metrics, double? Score, bool Taken, string Reason);

/// <summary>A parameter of a fitted method.</summary>
public sealed record ForecastParameter(string Name, double Value);

/// <summary>A period that does not fit its neighbours.</summary>
/// <param name="Period">Place in the series that was handed in, from 0.</param>
/// <param name="Original">What the history says.</param>
/// <param name="Suggested">The nearest value that would not be flagged.</param>
public sealed record FlaggedOutlier(int Period, double Original, double Suggested);

/// <summary>A forecast, how it came to be and how good the method was in the past.</summary>
/// <param name="Members">The method taken; of a combination the methods whose mean it is.</param>
/// <param name="Parameters">Of the members, fitted on the whole history, by the letters of the method's formula; a combination's begin with the member's words.</param>
/// <param name="Count">Periods inside the life span, from the first demand on.</param>
/// <param name="Origins">Ends of history from which methods were compared; 0 without a backtest.</param>
/// <param name="BacktestHorizon">Periods ahead by which methods were compared; 0 without a backtest.</param>
/// <param name="SeasonallyAdjusted">Whether a seasonal pattern was found and taken out before methods without a season were fitted.</param>
/// <param name="Metrics">Of the method taken; null without a backtest.</param>
/// <param name="Confidence">1 − WAPE of the backtest, 0 to 1; null below six periods and where nothing was demanded in the backtest.</param>
/// <param name="OutliersCapped">Whether the forecast was made with the suggested values; the originals are kept beside them.</param>
/// <param name="Candidates">Every method there is, in the order of simplicity.</param>
/// <param name="Explanation">A sentence: why this method.</param>
public sealed record ForecastRun(
    ForecastMethod Method, IReadOnlyList<ForecastMethod> Members, IReadOnlyList<ForecastParameter> Parameters, DemandClassification Demand, int Count,
    int Origins, int BacktestHorizon, bool SeasonallyAdjusted, ForecastMetrics? Metrics, double? Confidence, IReadOnlyList<FlaggedOutlier> Outliers, bool OutliersCapped,
    IReadOnlyList<ForecastPoint> Points, IReadOnlyList<ForecastCandidate> Candidates, string Explanation);
