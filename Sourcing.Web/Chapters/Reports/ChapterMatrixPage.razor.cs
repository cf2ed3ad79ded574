using System.Globalization;
using Microsoft.AspNetCore.Components;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Chapters.Reports;

/// <summary>A matrix in full: whole names, a choice of order and colour, ranking, missing lists; of one month or several.</summary>
public sealed partial class ChapterMatrixPage
{
    private const int PairsShown = 24;

    private ReportContent? _content;
    private (Guid Id, string? From, string? To)? _read;
    private string? _refused;
    private bool _missing;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>referrals, onetoones, both, business.</summary>
    [Parameter]
    public string What { get; set; } = "";

    /// <summary>YYYY-MM; the last month with a completed meeting when neither is said.</summary>
    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "order")]
    private string? OrderAsked { get; set; }

    [SupplyParameterFromQuery(Name = "shade")]
    private string? ShadeAsked { get; set; }

    [Inject]
    private ChapterReportQueries Months { get; set; } = null!;

    [Inject]
    private ChapterPeriodQueries Periods { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    private MatrixKind Kind => Enum.TryParse<MatrixKind>(What, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : MatrixKind.Referrals;

    private MatrixOrder Order => OrderAsked == "most" ? MatrixOrder.Most : MatrixOrder.Name;

    private MatrixShade Shade => ShadeAsked == "gaps" ? MatrixShade.Gaps : MatrixShade.Activity;

    private IReadOnlyList<InactivePair> Pairs => [.. _content!.Figures.InactivePairs().Where(p => p.First.IsActiveOn(_content.Until) && p.Second.IsActiveOn(_content.Until))];

    private IReadOnlyList<ViewSwitch.Option> Orders =>
        [new("By name", Address(Kind, MatrixOrder.Name, Shade), Order == MatrixOrder.Name), new("Most first", Address(Kind, MatrixOrder.Most, Shade), Order == MatrixOrder.Most)];

    private IReadOnlyList<ViewSwitch.Option> Shades =>
        [new("Activity", Address(Kind, Order, MatrixShade.Activity), Shade == MatrixShade.Activity), new("Gaps", Address(Kind, Order, MatrixShade.Gaps), Shade == MatrixShade.Gaps)];

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // Another kind, order or colour is another address of the same figures.
        var asked = (Id, From, To);
        if (_read == asked)
        {
            return;
        }

        _read = asked;
        (_content, _refused, _missing) = (null, null, false);
        try
        {
            var content = await ReadAsync();
            if (_read == asked)
            {
                (_content, _missing) = (content, content is null);
            }
        }
        catch (RefusedException refusal) when (refusal is not DeniedException)
        {
            _refused = refusal.Message;
        }
    }

    private async Task<ReportContent?> ReadAsync() => (From ?? To, To ?? From) switch
    {
        (null, null) => (await Months.ReportAsync(Id, null, default))?.Content,
        var (from, to) => await Periods.ReportAsync(Id, ReportWords.DemandMonth(from), ReportWords.DemandMonth(to), default),
    };

    private string Address(MatrixKind kind, MatrixOrder order, MatrixShade shade) => Links.ChapterMatrix(Id, kind, _content!.Period.First, _content.Period.Last, order, shade);

    private void Ask((string From, string To) months) =>
        Navigation.NavigateTo($"/chapters/{Id}/matrix/{Kind.ToString().ToLowerInvariant()}?from={Uri.EscapeDataString(months.From)}&to={Uri.EscapeDataString(months.To)}" + (Order == MatrixOrder.Most ? "&order=most" : "") + (Shade == MatrixShade.Gaps ? "&shade=gaps" : ""));

    private static string Written(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string Noun(MatrixKind kind) => ReportWords.Short(kind).ToLowerInvariant();
}
