namespace Sourcing.Data.Planning.Forecasting;

/// <summary>
/// Forecasts a series: cleans it, tells what kind of demand it has, compares the methods that suit it by rolling origin, takes the best and says why.
/// Pure and without randomness: equal input gives equal output, on any number of threads.
/// </summary>
public static class Forecaster
{
    /// <summary>Below this many periods nothing can be compared, and no confidence is stated.</summary>
    public const int LeastPeriods = 6;

    /// <summary>How much better than seasonal naive a method has to be: 2 %.</summary>
    public const double Margin = 0.02;

    /// <summary>
    /// Forecasts. Methods without a season are fitted to the series without it where <see cref="SeasonalAdjustment.IsSeasonal"/> finds one, and it
    /// is put back. A series too short to be compared gets the mean of its periods; one without demand gets 0.
    /// </summary>
    public static ForecastRun Run(DemandSeries series, ForecastOptions options)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        options.Demand();
        var start = SeriesCleaning.LifeSpanStart(series.Span);
        var values = series.Values[start..];
        var outliers = SeriesCleaning.Outliers(values, series.Season);
        foreach (var outlier in options.CapOutliers ? outliers : [])
        {
            values[outlier.Period] = outlier.Suggested;
        }

        var demand = DemandClassification.Of(values);
        var run = values.Length < LeastPeriods || demand.Class == DemandClass.None
            ? WithoutBacktest(values, demand, options.Horizon)
            : WithBacktest(values, series.Season, demand, options);
        return run with
        {
            Outliers = [.. outliers.Select(o => o with { Period = o.Period + start })],
            OutliersCapped = options.CapOutliers && outliers.Count > 0,
        };
    }

    private static ForecastRun WithBacktest(double[] values, int season, DemandClassification demand, ForecastOptions options)
    {
        var backtest = Backtest.Of(values, season, options, demand.Sporadic);
        var selection = Selection.Of(backtest, demand.Sporadic);
        var (history, metrics) = (new History(values, season), selection.Taken.Metrics);
        var fits = selection.Members.Select(m => history.Fit(m, options.Horizon)).ToList();
        var means = Mean(fits, f => f.Forecast);
        var points = demand.Sporadic
            ? Bands.Sporadic(means, values)
            : Bands.Gamma(
                means, Bands.Variance(backtest.SquaredErrors(selection.Taken, means), Bands.OneStepMse(values, Mean(fits, f => f.OneStep))), backtest.Origins - 1, Bands.EmptyShare(values));
        return new(
            selection.Taken.Method, selection.Members, Parameters(selection.Members, fits), demand, values.Length, backtest.Origins, backtest.Horizon,
            history.Pattern is not null, metrics, metrics.Wape is { } wape ? Math.Clamp(1 - wape, 0, 1) : null, [], false, points, selection.Candidates,
            selection.Explanation);
    }

    private static ForecastRun WithoutBacktest(double[] values, DemandClassification demand, int horizon)
    {
        var (method, fit, why) = (values.Length, demand.Class) switch
        {
            (0, _) => (ForecastMethod.SeasonalNaive, new([], [], new double[horizon]), "There is no history, so nothing is expected."),
            (_, DemandClass.None) => (ForecastMethod.SeasonalNaive, Averages.SeasonalNaive(values, 1, horizon), "Nothing was ever demanded, so nothing is expected."),
            _ => (
                ForecastMethod.MovingAverage, Averages.MovingAverage(values, values.Length, horizon),
                $"The mean of all periods: methods are compared from {LeastPeriods} periods on, and there are {values.Length}."),
        };
        var points = demand.Sporadic
            ? Bands.Sporadic(fit.Forecast, values)
            : Bands.Gamma(fit.Forecast, (Bands.VarianceAboutMean(values), 0), Math.Max(1, values.Length - 1), Bands.EmptyShare(values));
        return new(method, [method], fit.Parameters, demand, values.Length, 0, 0, false, null, null, [], false, points, Selection.Untried(method, why), why);
    }

    private static IReadOnlyList<ForecastParameter> Parameters(IReadOnlyList<ForecastMethod> members, List<MethodFit> fits) => fits.Count == 1
        ? fits[0].Parameters
        : [.. fits.Zip(members, (f, m) => f.Parameters.Select(p => p with { Name = $"{m.Words()} {p.Name}" })).SelectMany(p => p)];

    private static double[] Mean(List<MethodFit> fits, Func<MethodFit, double[]> part)
    {
        var means = new double[part(fits[0]).Length];
        foreach (var fit in fits)
        {
            for (var t = 0; t < means.Length; t++)
            {
                means[t] += part(fit)[t] / fits.Count;
            }
        }

        return means;
    }
}
