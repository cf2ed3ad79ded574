using System.Globalization;
using Microsoft.AspNetCore.Components;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs.Savings;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Rfqs;

/// <summary>What needs a buyer today, and how spend and savings go. Whose it is stands in the address.</summary>
public sealed partial class TodayPage
{
    private const string Base = PartQueries.BaseCurrency;

    private TodayView? _today;
    private SavingsOverview? _savings;
    private bool _everybody;
    private bool? _asked;

    /// <summary>all; else one's own.</summary>
    [SupplyParameterFromQuery(Name = "of")]
    public string? Of { get; set; }

    [Inject]
    private TodayQueries Queries { get; set; } = null!;

    [Inject]
    private SavingsQueries Savings { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    // Who buys nothing looks at everybody's.
    private bool Everybody => Of == "all" || (Of is null && !User.May(Permission.RfqsWrite));

    private IReadOnlyList<ViewSwitch.Option> Whose => [new("Mine", Links.Today + "?of=mine", !Everybody), new("Everybody's", Links.Today + "?of=all", Everybody)];

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_asked != Everybody)
        {
            _asked = Everybody;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var everybody = Everybody;
        var month = new DateOnly(Format.Today.Year, Format.Today.Month, 1);
        var savings = await Savings.OverviewAsync(new(month.AddMonths(-11), Format.Today), CancellationToken.None);
        var today = await Queries.ForAsync(everybody, CancellationToken.None);
        if (everybody == Everybody)
        {
            (_savings, _everybody, _today) = (savings, everybody, today);
        }
    }

    private static string MonthName(DateOnly month) => month.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    private static string OrdersOf(DateOnly month) => string.Create(CultureInfo.InvariantCulture, $"{Links.Orders}?f.orderedAt={month:yyyy-MM-dd}..{month.AddMonths(1).AddDays(-1):yyyy-MM-dd}");

    private static string SavedIn(SavingsSum month)
    {
        var first = DateOnly.ParseExact(month.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Links.AwardedLines(first, first.AddMonths(1).AddDays(-1));
    }

    private string Whole(decimal value) => Format.Number(value, 0, 0);
}
