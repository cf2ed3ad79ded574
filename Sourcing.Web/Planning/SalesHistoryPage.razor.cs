using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>Sales of a span by time, region, segment, part and customer. Its whole question is in the address.</summary>
public sealed partial class SalesHistoryPage
{
    private const string Base = PartQueries.BaseCurrency;

    private SalesOverview? _sales;
    private SalesQuestion? _asked;
    private string? _refusal;
    private bool _loading;
    private IReadOnlyList<string> _regions = [];
    private IReadOnlyList<string> _segments = [];

    [SupplyParameterFromQuery(Name = "from")]
    public string? FromText { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? ToText { get; set; }

    /// <summary>week; else months.</summary>
    [SupplyParameterFromQuery(Name = "step")]
    public string? StepText { get; set; }

    [SupplyParameterFromQuery(Name = "part")]
    public string? PartText { get; set; }

    [SupplyParameterFromQuery(Name = "region")]
    public string? RegionText { get; set; }

    [SupplyParameterFromQuery(Name = "segment")]
    public string? SegmentText { get; set; }

    [SupplyParameterFromQuery(Name = "customer")]
    public string? CustomerText { get; set; }

    /// <summary>quantity, of one part; else value.</summary>
    [SupplyParameterFromQuery(Name = "measure")]
    public string? MeasureText { get; set; }

    [Inject]
    private SalesQueries Queries { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private SalesQuestion Question
    {
        get
        {
            var to = Day(ToText) ?? Format.Today;
            return new(
                Day(FromText) ?? new DateOnly(to.Year, to.Month, 1).AddMonths(-11), to, StepText == "week" ? SalesStep.Week : SalesStep.Month, Guid.TryParse(PartText, out var part) ? part : null, RegionText ?? "",
                SegmentText ?? "", CustomerText ?? "");
        }
    }

    private bool ByQuantity => MeasureText == "quantity" && _sales?.Unit is not null;

    private string Measure => ByQuantity ? _sales!.Unit! : Base;

    private string StepWord => Question.Step == SalesStep.Week ? "week" : "month";

    private string Meaning =>
        $"Sales by {StepWord} in {Measure}, from {_sales!.Steps[0].Text} to {_sales.Steps[^1].Text}: between {Written(_sales.Steps.Min(MeasureOf))} and {Written(_sales.Steps.Max(MeasureOf))}";

    private IReadOnlyList<ViewSwitch.Option> Spans
    {
        get
        {
            var today = Format.Today;
            return [.. new[] { (3, "3 months"), (12, "1 year"), (24, "2 years"), (60, "5 years") }.Select(s =>
            {
                var from = new DateOnly(today.Year, today.Month, 1).AddMonths(1 - s.Item1);
                return new ViewSwitch.Option(s.Item2, Address(from: Iso(from), to: Iso(today)), Question.From == from && Question.To == today);
            })];
        }
    }

    private IReadOnlyList<ViewSwitch.Option> Steps =>
        [new("Months", Address(step: ""), Question.Step == SalesStep.Month), new("Weeks", Address(step: "week"), Question.Step == SalesStep.Week)];

    private IReadOnlyList<ViewSwitch.Option> Measures => [new("Value", Address(measure: ""), !ByQuantity), new("Quantity", Address(measure: "quantity"), ByQuantity)];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() => (_regions, _segments) = await Queries.ChoicesAsync(CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var question = Question;
        if (question == _asked)
        {
            return;
        }

        (_asked, _loading) = (question, true);
        try
        {
            var sales = await Queries.OverviewAsync(question, CancellationToken.None);
            if (question == _asked)
            {
                (_sales, _refusal) = (sales, null);
            }
        }
        catch (RefusedException refusal) when (refusal is not DeniedException)
        {
            _refusal = question == _asked ? refusal.Message : _refusal;
        }

        // An older answer that comes after the newest one does not begin the waiting anew.
        _loading &= question != _asked;
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private decimal MeasureOf(SalesSum sum) => ByQuantity ? sum.Quantity : sum.Value ?? 0;

    private string Written(decimal value) => Format.Number(value, 0, 0);

    private IReadOnlyList<BarTable.Bar> Bars(IReadOnlyList<SalesSum> sums, Func<SalesSum, string> behind) =>
        [.. sums.OrderByDescending(MeasureOf).Select(s => new BarTable.Bar(s.Text, MeasureOf(s), Written(MeasureOf(s)), s.Key.Length == 0 ? null : behind(s)))];

    /// <summary>The list of the sales behind a figure, with the page's own filters.</summary>
    private string Behind(DateOnly? from = null, DateOnly? to = null, string? part = null, string? region = null, string? segment = null, string? customer = null)
    {
        var q = Question;
        return Links.SalesOf(from ?? q.From, to ?? q.To, part ?? _sales?.PartNumber, region ?? q.Region, segment ?? q.Segment, customer ?? q.Customer);
    }

    private string BehindStep(SalesSum step)
    {
        var first = DateOnly.ParseExact(step.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var last = Question.Step == SalesStep.Week ? first.AddDays(6) : first.AddMonths(1).AddDays(-1);
        return Behind(first < Question.From ? Question.From : first, last > Question.To ? Question.To : last);
    }

    // A null keeps what the address has; an empty text takes it out.
    private string Address(
        string? from = null, string? to = null, string? step = null, string? part = null, string? region = null, string? segment = null, string? customer = null, string? measure = null)
    {
        var query = new (string Key, string? Value)[]
        {
            ("from", from ?? FromText), ("to", to ?? ToText), ("step", step ?? StepText), ("part", part ?? PartText), ("region", region ?? RegionText), ("segment", segment ?? SegmentText),
            ("customer", customer ?? CustomerText), ("measure", measure ?? MeasureText),
        };
        return QueryHelpers.AddQueryString(Links.SalesHistory, query.Where(q => !string.IsNullOrEmpty(q.Value)).ToDictionary(q => q.Key, q => q.Value));
    }

    private Task GoAsync(string? from = null, string? to = null, string? part = null, string? region = null, string? segment = null, string? customer = null)
    {
        Navigation.NavigateTo(Address(from, to, null, part, region, segment, customer));
        return Task.CompletedTask;
    }
}
