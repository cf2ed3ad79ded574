using System.Globalization;
using Microsoft.AspNetCore.Components;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs.Savings;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Rfqs;

/// <summary>What awards of a span have saved. Its whole question is in the address.</summary>
public sealed partial class SavingsPage
{
    private const string Base = PartQueries.BaseCurrency;

    private SavingsOverview? _savings;
    private SavingsQuestion? _asked;
    private string? _refusal;

    [SupplyParameterFromQuery(Name = "from")]
    public string? FromText { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? ToText { get; set; }

    [Inject]
    private SavingsQueries Queries { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private SavingsQuestion Question
    {
        get
        {
            var to = Day(ToText) ?? Format.Today;
            return new(Day(FromText) ?? new DateOnly(to.Year, to.Month, 1).AddMonths(-11), to);
        }
    }

    private string Meaning =>
        $"Saved by month in {Base}, from {_savings!.Months[0].Text} to {_savings.Months[^1].Text}: between {Written(_savings.Months.Min(m => m.Saved))} and {Written(_savings.Months.Max(m => m.Saved))}";

    private IReadOnlyList<ViewSwitch.Option> Spans
    {
        get
        {
            var today = Format.Today;
            var month = new DateOnly(today.Year, today.Month, 1);
            // In January the quarter is the year, in December the year is 12 months: what would say the same twice is said once.
            return [.. new[] { ("Quarter", new DateOnly(today.Year, (((today.Month - 1) / 3) * 3) + 1, 1)), ("This year", new DateOnly(today.Year, 1, 1)), ("1 year", month.AddMonths(-11)), ("5 years", month.AddMonths(-59)) }.DistinctBy(s => s.Item2)
                .Select(s => new ViewSwitch.Option(s.Item1, Address(Iso(s.Item2), Iso(today)), Question.From == s.Item2 && Question.To == today))];
        }
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var question = Question;
        if (question == _asked)
        {
            return;
        }

        _asked = question;
        try
        {
            var savings = await Queries.OverviewAsync(question, CancellationToken.None);
            // An older answer that comes after the newest one is none.
            (_savings, _refusal) = question == _asked ? (savings, null) : (_savings, _refusal);
        }
        catch (RefusedException refusal) when (refusal is not DeniedException)
        {
            _refusal = question == _asked ? refusal.Message : _refusal;
        }
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Address(string? from, string? to) => $"{Links.Savings}?from={from}&to={to}";

    private void Go(string address) => Navigation.NavigateTo(address);

    private string Written(decimal value) => Format.Number(value, 0, 0);

    private string Behind(string? buyer = null, string? category = null, string? supplier = null, string? baseline = null) =>
        Links.AwardedLines(Question.From, Question.To, buyer, category, supplier, baseline);

    private string BehindMonth(SavingsSum month)
    {
        var first = DateOnly.ParseExact(month.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var last = first.AddMonths(1).AddDays(-1);
        return Links.AwardedLines(first < Question.From ? Question.From : first, last > Question.To ? Question.To : last);
    }
}
