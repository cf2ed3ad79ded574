using System.Globalization;
using Microsoft.AspNetCore.Components;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Forecasts;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>History and forecast of a part over time.</summary>
public sealed partial class ForecastChart
{
    private static readonly int[] Choices = [26, 52, 104, ForecastQueries.HistoryWeeks];

    private IReadOnlyList<WeekDemand> _history = [];
    private IReadOnlyList<(int At, BandPoint Point)> _band = [];
    private IReadOnlyList<(int At, double Value)> _outliers = [];
    private IReadOnlyList<(int At, double Value)> _overrides = [];
    private IReadOnlyList<double> _ticks = [];
    private double _top = 1;
    private int _count;

    [Parameter, EditorRequired]
    public ForecastDetails Details { get; set; } = null!;

    /// <summary>Closed weeks shown.</summary>
    [Parameter]
    public int HistoryWeeks { get; set; } = 52;

    /// <summary>Sources that have a line of their own.</summary>
    [Parameter]
    public IReadOnlyList<ForecastSource> Shown { get; set; } = [];

    /// <summary>The address of the page with another chart.</summary>
    [Parameter, EditorRequired]
    public Func<int, IEnumerable<ForecastSource>, string> Address { get; set; } = null!;

    private IReadOnlyList<ViewSwitch.Option> Spans =>
        [.. Choices.Select(weeks => new ViewSwitch.Option(weeks switch { 26 => "6 months", 52 => "1 year", 104 => "2 years", _ => "3 years" }, Address(weeks, Shown), weeks == HistoryWeeks))];

    // The model has a line anyway.
    private IReadOnlyList<ForecastSource> Speaking => [.. Details.Weeks.SelectMany(w => w.Sources).Select(s => s.Source).Where(s => s != ForecastSource.Model).Distinct().Order()];

    private Dictionary<DateOnly, OutlierView> Flagged => (Details.Model?.Outliers ?? []).DistinctBy(o => o.Week).ToDictionary(o => o.Week);

    private string Band => string.Join(' ', _band.Select(b => Dot(b.At, (double)b.Point.P90)).Concat(_band.Reverse().Select(b => Dot(b.At, (double)b.Point.P10))));

    private string History => string.Join(' ', _history.Select((w, i) => Dot(i, (double)w.Quantity)));

    private string Meaning
    {
        get
        {
            var sold = _history.Count == 0 ? "Nothing was sold so far" : $"Sold in {Weeks(_history.Count)}: between {Quantity(_history.Min(w => w.Quantity))} and {Quantity(_history.Max(w => w.Quantity))} a week";
            var ahead = _band.Count == 0 ? "the model says nothing of the weeks ahead"
                : $"the model expects {Quantity(_band.Sum(b => b.Point.Mean))} in {Weeks(_band.Count)}, in the first of them {Quantity(_band[0].Point.P10)} to {Quantity(_band[0].Point.P90)} in eight cases of ten";
            return $"{sold}; {ahead}.{(_outliers.Count > 0 ? $" Outliers: {_outliers.Count}." : "")}{(_overrides.Count > 0 ? $" Overridden: {Weeks(_overrides.Count)}." : "")} The tables below have every figure.";
        }
    }

    private IEnumerable<(double At, string Text)> Labels
    {
        get
        {
            var every = Math.Max(1, (int)Math.Ceiling(_count / 8.0));
            for (var i = 0; i < _count; i += every)
            {
                var week = WeekAt(i);
                yield return (i, string.Create(CultureInfo.InvariantCulture, $"{IsoWeek.Label(week)} ’{ISOWeek.GetYear(week) % 100:00}"));
            }
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _history = [.. Details.History.TakeLast(HistoryWeeks)];
        _count = _history.Count + Details.Weeks.Count;
        _band = [.. Ahead().Where(w => w.Week.Model is not null).Select(w => (w.At, w.Week.Model!))];
        _overrides = [.. Ahead().Where(w => w.Week.IsOverridden).Select(w => (w.At, (double)(w.Week.Forecast ?? 0)))];
        var flagged = Flagged;
        _outliers = [.. _history.Select((w, i) => (Week: w, At: i)).Where(w => flagged.ContainsKey(w.Week.Week)).Select(w => (w.At, (double)w.Week.Quantity))];
        var most = _history.Select(w => w.Quantity).Concat(Details.Weeks.SelectMany(w => w.Sources.Where(s => Shown.Contains(s.Source)).Select(s => s.Quantity).Append(w.Model?.P90 ?? 0).Append(w.Forecast ?? 0)))
            .DefaultIfEmpty(0).Max();
        (_top, _ticks) = ChartScale.Of((double)most);
    }

    private static decimal Round(decimal quantity) => Math.Round(quantity, 1);

    private static string Weeks(int count) => count == 1 ? "1 week" : $"{count} weeks";

    private string Dot(double at, double value) => $"{X(at)},{Y(value)}";

    private string Quantity(decimal quantity) => $"{Format.Amount(quantity)} {Details.Unit}";

    private IEnumerable<(int At, ForecastWeek Week)> Ahead() => Details.Weeks.Select((w, i) => (_history.Count + i, w));

    private DateOnly WeekAt(int at) => at < _history.Count ? _history[at].Week : Details.Weeks[at - _history.Count].Week;

    /// <summary>Lines through neighbouring weeks that have a figure.</summary>
    private IEnumerable<string> Runs(Func<ForecastWeek, decimal?> figure)
    {
        var run = new List<string>();
        foreach (var (at, week) in Ahead())
        {
            if (figure(week) is { } value)
            {
                run.Add(Dot(at, (double)value));
                continue;
            }

            if (run.Count > 0)
            {
                yield return string.Join(' ', run);
                run.Clear();
            }
        }

        if (run.Count > 0)
        {
            yield return string.Join(' ', run);
        }
    }

    private string X(double at) => (Math.Max(0, at) / Math.Max(1, _count - 1) * 1000).ToString("0.##", CultureInfo.InvariantCulture);

    private string Y(double value) => (1000 - (value / _top * 1000)).ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>Round figures beside a chart that begins at 0.</summary>
internal static class ChartScale
{
    /// <summary>The upper end and three to six steps up to it, 0 among them.</summary>
    /// <param name="most">The greatest value; 0 or more.</param>
    public static (double Top, IReadOnlyList<double> Ticks) Of(double most)
    {
        if (most <= 0)
        {
            return (1, [0, 1]);
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        var step = new[] { 0.2, 0.25, 0.5, 1, 2, 2.5 }.Select(s => s * power).First(s => most / s <= 5);
        var count = (int)Math.Ceiling((most / step) - 1e-9);
        return (count * step, [.. Enumerable.Range(0, count + 1).Select(i => i * step)]);
    }
}
