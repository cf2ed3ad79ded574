using System.Text.Json;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Data.Planning.Forecasts;

/// <summary>A method as it was tried in a round.</summary>
/// <param name="Score">Smaller is better; null where it could not be tried.</param>
/// <param name="Reason">Why it was taken or not: a sentence.</param>
public sealed record CandidateView(ForecastMethod Method, double? Score, double? Mase, double? Wape, double? Bias, double? Rmse, bool Taken, string Reason);

/// <summary>A week that does not fit its neighbours, in the part's unit.</summary>
/// <param name="Week">Its Monday.</param>
/// <param name="Suggested">The nearest value that would not be flagged.</param>
public sealed record OutlierView(DateOnly Week, decimal Quantity, decimal Suggested);

/// <summary>What a round found out beside the figures that have columns of their own.</summary>
/// <param name="Explanation">Why this method: a sentence.</param>
/// <param name="Backtests">Ends of history from which methods were compared; 0 for none.</param>
/// <param name="Periods">Weeks ahead by which they were compared.</param>
/// <param name="Seasonal">A yearly pattern was found.</param>
/// <param name="Adi">Weeks from one demand to the next in the mean; 0 without demand.</param>
/// <param name="Cv2">How uneven demands are: squared coefficient of variation of their sizes.</param>
public sealed record ForecastFinding(string Explanation, int Backtests, int Periods, bool Seasonal, double Adi, double Cv2);

/// <summary>Between a run and the JSON that is kept of it.</summary>
internal static class ForecastPapers
{
    // What is kept of a method; the one that was taken has the finding with it.
    private sealed record Kept(string Method, double? Score, double? Mase, double? Wape, double? Bias, double? Rmse, bool Taken, string Reason, ForecastFinding? Finding = null);

    public static string Candidates(ForecastRun run)
    {
        var finding = new ForecastFinding(run.Explanation, run.Origins, run.BacktestHorizon, run.SeasonallyAdjusted, run.Demand.Adi, run.Demand.Cv2);
        return JsonSerializer.Serialize(
            run.Candidates.Select(c => new Kept(
                Words.Snake(c.Method.ToString()), Finite(c.Score), Finite(c.Metrics?.Mase), Finite(c.Metrics?.Wape), Finite(c.Metrics?.Bias), Finite(c.Metrics?.Rmse), c.Taken, c.Reason,
                c.Taken ? finding : null)),
            JsonSerializerOptions.Web);
    }

    public static (IReadOnlyList<CandidateView> Candidates, ForecastFinding? Finding) Candidates(string json)
    {
        var kept = JsonSerializer.Deserialize<Kept[]>(json, JsonSerializerOptions.Web) ?? [];
        return ([.. kept.Select(k => new CandidateView(MethodOf(k.Method), k.Score, k.Mase, k.Wape, k.Bias, k.Rmse, k.Taken, k.Reason))], kept.FirstOrDefault(k => k.Taken)?.Finding);
    }

    /// <param name="first">Monday of the series' first week.</param>
    public static string Outliers(ForecastRun run, DateOnly first) => JsonSerializer.Serialize(
        run.Outliers.Select(o => new OutlierView(first.AddDays(7 * o.Period), ForecastWriter.Quantity(o.Original), ForecastWriter.Quantity(o.Suggested))), JsonSerializerOptions.Web);

    public static IReadOnlyList<OutlierView> Outliers(string json) => JsonSerializer.Deserialize<OutlierView[]>(json, JsonSerializerOptions.Web) ?? [];

    public static string Parameters(ForecastRun run) =>
        JsonSerializer.Serialize(run.Parameters.DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => Finite(p.Value)), JsonSerializerOptions.Web);

    public static IReadOnlyList<ForecastParameter> Parameters(string json) =>
        [.. (JsonSerializer.Deserialize<Dictionary<string, double?>>(json, JsonSerializerOptions.Web) ?? []).Where(p => p.Value is not null).Select(p => new ForecastParameter(p.Key, p.Value!.Value))];

    public static ForecastMethod MethodOf(string snake) => (ForecastMethod)Words.FromSnake(typeof(ForecastMethod), snake)!;

    public static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
