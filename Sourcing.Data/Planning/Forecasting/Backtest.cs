namespace Sourcing.Data.Planning.Forecasting;

/// <summary>A method's forecasts from all origins, one after the other, with what they were worth.</summary>
internal sealed record Trial(ForecastMethod Method, double[] Forecast, double[] Quantile, ForecastMetrics Metrics, double Score);

/// <summary>
/// Compares methods by rolling origin: the history is cut off at several places, each method is fitted to what lies before and its forecasts are
/// held against what came. Source: Tashman (2000), International Journal of Forecasting 16, pages 437 to 450.
/// </summary>
internal sealed class Backtest
{
    private const double MostRatio = 4;

    private readonly History[] _histories;
    private readonly double[] _values, _actual;
    private readonly int _season;
    private readonly ForecastOptions _options;
    private readonly bool _sporadic;

    private Backtest(double[] values, int season, ForecastOptions options, bool sporadic, int horizon, int origins, int step)
    {
        (_values, _season, _options, _sporadic, Horizon) = (values, season, options, sporadic, horizon);
        _histories = new History[origins];
        _actual = new double[origins * horizon];
        for (var i = 0; i < _histories.Length; i++)
        {
            var origin = values.Length - horizon - (_histories.Length - 1 - i) * step;
            _histories[i] = new(values[..origin], season);
            values.AsSpan(origin, horizon).CopyTo(_actual.AsSpan(i * horizon));
        }
    }

    public int Origins => _histories.Length;

    /// <summary>Periods ahead: as wanted, fewer where the history is short.</summary>
    public int Horizon { get; }

    /// <summary>
    /// A backtest from as many origins as are wanted and fit, never fewer than three. The first leaves two fifths of the history before it, at least
    /// three periods; the origins lie a third of the horizon apart, nearer where there is no room.
    /// </summary>
    /// <param name="values">At least <see cref="Forecaster.LeastPeriods"/>.</param>
    public static Backtest Of(double[] values, int season, ForecastOptions options, bool sporadic)
    {
        var room = values.Length - Math.Max(3, values.Length * 2 / 5);
        var horizon = Math.Min(options.EvaluationHorizon, room - (ForecastOptions.LeastOrigins - 1));
        var origins = Math.Min(options.Origins, room - horizon + 1);
        var step = Math.Clamp((room - horizon) / (origins - 1), 1, Math.Max(1, horizon / 3));
        return new(values, season, options, sporadic, horizon, origins, step);
    }

    /// <summary>Why a method cannot be tried; null where it can.</summary>
    public string? Obstacle(ForecastMethod method) => _histories[0].Obstacle(method);

    /// <summary>What the score is called.</summary>
    public string ScoreName(Trial trial) => Score(trial.Metrics).Name;

    public Trial Try(ForecastMethod method)
    {
        var (forecast, quantile) = (new double[_actual.Length], new double[_actual.Length]);
        for (var i = 0; i < _histories.Length; i++)
        {
            var fit = _histories[i].Fit(method, Horizon);
            var spread = Bands.OneStepMse(_histories[i].Values, fit.OneStep);
            var sizes = _sporadic ? IntermittentDemand.Sizes(_histories[i].Values) : [];
            for (var h = 0; h < Horizon; h++)
            {
                var mean = Math.Max(0, fit.Forecast[h]);
                forecast[i * Horizon + h] = mean;
                quantile[i * Horizon + h] = _sporadic
                    ? IntermittentDemand.PeriodQuantile(sizes, mean, _options.ServiceLevel)
                    : Math.Max(0, mean + NormalQuantile.Of(_options.ServiceLevel) * Math.Sqrt(spread));
            }
        }

        return Judge(method, forecast, quantile);
    }

    /// <summary>The mean of some methods.</summary>
    public Trial Combine(IReadOnlyList<Trial> members)
    {
        var (forecast, quantile) = (new double[_actual.Length], new double[_actual.Length]);
        foreach (var member in members)
        {
            for (var i = 0; i < forecast.Length; i++)
            {
                forecast[i] += member.Forecast[i] / members.Count;
                quantile[i] += member.Quantile[i] / members.Count;
            }
        }

        return Judge(ForecastMethod.Combination, forecast, quantile);
    }

    /// <summary>
    /// Squared errors by step ahead, the mean over the origins. The errors of an origin are brought to the level of what is forecast now, by the ratio
    /// of the mean forecasts but at most four times or a quarter: what sells ten times as much as then does not err as little as then.
    /// </summary>
    /// <param name="means">What is forecast now, by step ahead.</param>
    public double[] SquaredErrors(Trial trial, ReadOnlySpan<double> means)
    {
        var (squares, now) = (new double[Horizon], Level(means[..Math.Min(Horizon, means.Length)]));
        for (var origin = 0; origin < Origins; origin++)
        {
            var forecast = trial.Forecast.AsSpan(origin * Horizon, Horizon);
            var then = Level(forecast);
            var ratio = then > 0 ? Math.Clamp(now / then, 1 / MostRatio, MostRatio) : 1;
            for (var h = 0; h < Horizon; h++)
            {
                var error = ratio * (_actual[(origin * Horizon) + h] - forecast[h]);
                squares[h] += error * error / Origins;
            }
        }

        return squares;
    }

    private static double Level(ReadOnlySpan<double> forecast)
    {
        var sum = 0.0;
        foreach (var value in forecast)
        {
            sum += Math.Max(0, value);
        }

        return sum / forecast.Length;
    }

    private Trial Judge(ForecastMethod method, double[] forecast, double[] quantile)
    {
        var metrics = new ForecastMetrics(
            ForecastAccuracy.Mae(_actual, forecast),
            Math.Sqrt(ForecastAccuracy.Mse(_actual, forecast)),
            ForecastAccuracy.Mase(_actual, forecast, _values, _season),
            ForecastAccuracy.Rmsse(_actual, forecast, _values),
            ForecastAccuracy.Wape(_actual, forecast),
            ForecastAccuracy.Bias(_actual, forecast),
            ForecastAccuracy.Pinball(_actual, quantile, _options.ServiceLevel),
            ForecastAccuracy.Smape(_actual, forecast),
            ForecastAccuracy.TrackingSignal(_actual, forecast));
        return new(method, forecast, quantile, metrics, Score(metrics).Value);
    }

    // The scale is the same for all methods: without one the bare error compares them as well.
    private (string Name, double Value) Score(ForecastMetrics metrics) => (_sporadic, _options.Sporadic, metrics) switch
    {
        (false, _, { Mase: { } mase }) => ("MASE", mase),
        (false, _, _) => ("MAE", metrics.Mae),
        (true, SporadicCriterion.Pinball, _) => ("Pinball loss", metrics.Pinball),
        (true, _, { Rmsse: { } rmsse }) => ("RMSSE", rmsse),
        _ => ("RMSE", metrics.Rmse),
    };
}
