using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Forecasts;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>One part's forecast: what was sold, what is expected and why, and what a planner says in its place.</summary>
public sealed partial class ForecastPage
{
    private ForecastDetails? _details;
    private ForecastFigureForm? _form;
    private bool _missing;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>Closed weeks in the chart.</summary>
    [SupplyParameterFromQuery]
    public int? Weeks { get; set; }

    /// <summary>Sources in the chart, snake case with commas.</summary>
    [SupplyParameterFromQuery]
    public string? Show { get; set; }

    [Inject]
    private ForecastQueries Queries { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    private int HistoryWeeks => Math.Clamp(Weeks ?? 52, 13, ForecastQueries.HistoryWeeks);

    private IReadOnlyList<ForecastSource> ShownSources =>
        [.. (Show ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(s => Words.FromSnake(typeof(ForecastSource), s)).OfType<ForecastSource>().Distinct().Order()];

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_details?.PartId != Id)
        {
            (_details, _missing, _form) = (null, false, null);
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            _details = await Queries.DetailsAsync(Id, CancellationToken.None);
        }
        catch (MissingException)
        {
            _missing = true;
        }
    }

    /// <summary>The address of this page with another chart.</summary>
    private string Address(int weeks, IEnumerable<ForecastSource> shown)
    {
        var query = new Dictionary<string, string?>();
        if (weeks != 52)
        {
            query["weeks"] = weeks.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (string.Join(',', shown.Select(s => Words.Snake(s.ToString()))) is { Length: > 0 } sources)
        {
            query["show"] = sources;
        }

        return QueryHelpers.AddQueryString(Links.Forecast(Id), query);
    }

    private void Open(ForecastSource source, DateOnly week) => _form = ForecastFigurePanel.FormOf(_details!, source, week);

    private async Task ClosedAsync(bool changed)
    {
        _form = null;
        if (changed)
        {
            await LoadAsync();
        }
    }
}
