namespace Sourcing.Data.Planning.Forecasting;

/// <summary>A method fitted to a history.</summary>
/// <param name="Parameters">By the letters of the method's formula.</param>
/// <param name="OneStep">What the method would have forecast for each period of the history from those before it, in the series' unit; NaN where nothing came before.</param>
/// <param name="Forecast">Means of the periods after the history, in the series' unit; below 0 where a trend leads there.</param>
public sealed record MethodFit(IReadOnlyList<ForecastParameter> Parameters, double[] OneStep, double[] Forecast);
