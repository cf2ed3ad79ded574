using Microsoft.AspNetCore.Components;
using Sourcing.Data.Suppliers;
using Sourcing.Data.Suppliers.Scorecards;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Suppliers;

/// <summary>The score of a supplier, its trend, each criterion, and the very lines behind a figure.</summary>
public sealed partial class SupplierScorecard
{
    private const int TrendPeriods = 12;

    private SupplierScorecardView? _view;
    private KpiEvents? _events;
    private bool _read;
    private (Guid, DateOnly?, string?, string?) _asked;

    [Parameter, EditorRequired]
    public SupplierDetails Supplier { get; set; } = null!;

    /// <summary>Null for those who may not see RFQs and orders.</summary>
    [Parameter]
    public SupplierFigures? Figures { get; set; }

    /// <summary>First day of the period to show; null for the last one.</summary>
    [Parameter]
    public DateOnly? Period { get; set; }

    /// <summary>The criterion whose lines are shown; null for the first with any.</summary>
    [Parameter]
    public string? Criterion { get; set; }

    /// <summary>Which of the criterion's KPIs; null for the first.</summary>
    [Parameter]
    public string? KpiCode { get; set; }

    /// <summary>Shows lines too that cost nothing.</summary>
    [Parameter]
    public bool All { get; set; }

    [Inject]
    private ScorecardQueries Queries { get; set; } = null!;

    [Inject]
    private ScorecardService Scorecards { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    private ScorecardPeriod? Shown => _view is { Periods.Count: > 0 } view ? view.Periods.FirstOrDefault(p => p.Start == Period) ?? view.Periods[^1] : null;

    private int At => _view!.Periods.ToList().IndexOf(Shown!);

    private ScorecardPeriod? Before => Neighbour(-1);

    private List<ScorecardPeriod> Trend => [.. _view!.Periods.Take(At + 1).TakeLast(TrendPeriods)];

    private CriterionScore? Open => Shown?.Criteria.FirstOrDefault(c => c.Name == Criterion) ?? Shown?.Criteria.FirstOrDefault(c => c.Score is not null);

    private IReadOnlyList<string>? OpenCodes => Open is { } open ? RuleOf(open)?.Formula.Codes : null;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_asked != (Supplier.Id, Period, Criterion, KpiCode) || !_read)
        {
            _asked = (Supplier.Id, Period, Criterion, KpiCode);
            await ReloadAsync();
        }
    }

    private async Task ReloadAsync()
    {
        var view = await Queries.OfSupplierAsync(Supplier.Id, default);
        _view = view;
        _events = null;
        if (view is not null && Shown is { } shown && OpenCodes is { } codes)
        {
            _events = await Queries.EventsAsync(Supplier.Id, codes.FirstOrDefault(c => c == KpiCode) ?? codes[0], shown.Start, shown.End, default);
        }

        _read = true;
    }

    private async Task RecomputeAsync()
    {
        await Scorecards.QueueAsync(default);
        Toasts.Done("Scores of all suppliers are being recomputed. This page follows by itself.");
    }

    private CriterionRule? RuleOf(CriterionScore criterion) => _view!.Rules.Criteria.FirstOrDefault(c => c.Name == criterion.Name);

    private ScorecardPeriod? Neighbour(int step) => At + step is var at && at >= 0 && at < _view!.Periods.Count ? _view.Periods[at] : null;

    private decimal? ChangeOf(CriterionScore criterion) => criterion.Score - Before?.Criteria.FirstOrDefault(c => c.Name == criterion.Name)?.Score;

    private List<decimal> TrendOf(CriterionScore criterion) => [.. Trend.Select(p => p.Criteria.FirstOrDefault(c => c.Name == criterion.Name)?.Score).OfType<decimal>()];

    private string Address(DateOnly period, string? criterion, string? kpi) => Links.SupplierScorecard(Supplier.Id, period, criterion, kpi);

    private string Standings(SupplierScorecardView view) =>
        string.Join(" · ", view.Rules.Standings.OrderByDescending(s => s.From).Select(s => $"{s.Name}: {ScorecardWords.Range(Format, view.Rules.Standings, s)}{(s.Effect == StandingEffect.None ? "" : ", " + ScorecardWords.Within(s.Effect))}"));

    private static string ChangeClass(decimal change) => change switch { > 0.05m => "text-green", < -0.05m => "text-red", _ => "" };
}
