using System.Globalization;
using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Sales.Commissions;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Sales.Commissions;

/// <summary>Commissions of a period by representative, and the acts of a payout.</summary>
public sealed partial class CommissionReviewPage
{
    private IReadOnlyList<RepTotals>? _totals;
    private IReadOnlyList<DisputeView> _disputes = [];
    private IReadOnlyList<PayoutRow> _payouts = [];
    private IReadOnlyList<RunRow> _runs = [];
    private CommissionRunForm? _run;
    private PayoutForm? _payout;
    private DateOnly _from;
    private DateOnly _until;
    private string? _read;

    /// <summary>First day on which lines were earned; the first of last month when not said.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    /// <summary>The first day no more; the first of next month when not said.</summary>
    [SupplyParameterFromQuery]
    public string? Until { get; set; }

    [Inject]
    private CommissionQueries Queries { get; set; } = null!;

    [Inject]
    private CommissionReviewService Review { get; set; } = null!;

    [Inject]
    private CommissionRunService Runs { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read == $"{From} {Until}")
        {
            return;
        }

        _read = $"{From} {Until}";
        var month = new DateOnly(Format.Today.Year, Format.Today.Month, 1);
        (_from, _until) = (Parse(From) ?? month.AddMonths(-1), Parse(Until) ?? month.AddMonths(1));
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var totals = await Queries.TotalsAsync(_from, _until, default);
        var disputes = await Queries.OpenDisputesAsync(default);
        var payouts = await Queries.PayoutsAsync(default);
        var runs = await Queries.RunsAsync(default);
        (_disputes, _payouts, _runs, _totals) = (disputes, payouts, runs, totals);
    }

    private void OpenRun() => _run = new() { Through = Format.Today };

    private void OpenPayout() => _payout = new() { From = _from, Until = _until, PaidOn = Format.Today };

    private async Task RunAsync()
    {
        await Runs.RunAsync(_run!, default);
        await ReadAsync();
        _run = null;
        Toasts.Done($"{_runs[0].Number} wrote {Format.Number(_runs[0].Lines)} {(_runs[0].Lines == 1 ? "line" : "lines")}");
    }

    private async Task DecideAsync(Guid? rep, CommissionState state)
    {
        var count = await Review.DecideAsync(new() { RepId = rep, From = _from, Until = _until, State = state }, default);
        await ReadAsync();
        Toasts.Done($"{Format.Number(count)} {(count == 1 ? "line" : "lines")} {(state == CommissionState.Approved ? "approved" : "made payable")}");
    }

    private async Task PayAsync()
    {
        await Review.PayAsync(_payout!, default);
        await ReadAsync();
        Toasts.Done($"{_payout!.Reference} recorded as paid");
        _payout = null;
    }

    // Nothing is a dash, so that what is there stands out.
    private string Some(decimal amount, string currency) => amount == 0 ? Formats.Nothing : Format.Money(amount, currency);

    private static string Shown(decimal amount) => amount == 0 ? "at-none" : "at-line";

    private void Go(DateOnly from, DateOnly until) => Navigation.NavigateTo(Links.CommissionReview(from, until));

    private static DateOnly? Parse(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static DateOnly Day(ChangeEventArgs e, DateOnly otherwise) => Parse(e.Value?.ToString()) ?? otherwise;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
