using Sourcing.Data.Operations;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>Starts the week's round of forecasting, once its Monday has come. It looks every hour, so that a server that was down over the weekend is late by an hour, not by a week.</summary>
public sealed class WeeklyForecast(ForecastService forecasts) : IRegularWork
{
    /// <inheritdoc/>
    public string Name => "forecast_weekly";

    /// <inheritdoc/>
    public string Title => "Start the week's round of forecasting";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public Task<string> RunAsync(CancellationToken ct) => forecasts.StartWeeklyAsync(ct);
}
