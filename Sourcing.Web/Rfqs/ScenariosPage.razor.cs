using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Rfqs.Awarding;

namespace Sourcing.Web.Rfqs;

/// <summary>Award scenarios side by side, and one of them in full. Which is open stands in the address.</summary>
public sealed partial class ScenariosPage
{
    private ScenarioBoard? _board;
    private RfqDetails? _head;
    private bool _missing;
    private ScenarioForm? _form;
    private SavingsBaseline _baseline = SavingsBaseline.LastPaid;
    private IReadOnlyList<FlipPrice> _flips = [];
    private bool _atOnce = true;
    private (Guid Scenario, DateTimeOffset At)? _flipsOf;

    [Parameter] public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "open")] private Guid? OpenQuery { get; set; }

    [Inject] private RfqQueries Rfqs { get; set; } = null!;

    private bool MayAward => User.May(Permission.RfqsAward) && _board!.View.Award is null or { Status: AwardStatus.Declined }
        && _board.View.Status is RfqStatus.Closed or RfqStatus.Evaluating;

    private bool MayChange => User.May(Permission.RfqsAward) && _board!.View.Award is null or { Status: AwardStatus.Declined }
        && _board.View.Status is RfqStatus.Open or RfqStatus.Paused or RfqStatus.Closed or RfqStatus.Evaluating;

    private ScenarioView? Open => _board?.Scenarios.FirstOrDefault(s => s.Id == OpenQuery)
        ?? _board?.Scenarios.FirstOrDefault(s => s.Awarded) ?? _board?.Scenarios.OrderBy(s => s.Result.Solution.OpenLines.Count).ThenBy(s => s.Result.Solution.Landed).FirstOrDefault();

    protected override async Task OnParametersSetAsync()
    {
        if (_board?.View.RfqId != Id && !_missing)
        {
            await LoadAsync();
        }
        else
        {
            await FlipsAsync();
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            var board = await Queries.ForAsync(Id, CancellationToken.None);
            (_head, _board) = (await Rfqs.DetailsAsync(Id, CancellationToken.None), board);
        }
        catch (MissingException)
        {
            _missing = true;
            return;
        }

        await FlipsAsync();
    }

    // Flip prices come after the page: they are the longer work.
    private async Task FlipsAsync()
    {
        if (Open is not { } open)
        {
            return;
        }

        // Of scenarios that quotes have left behind nothing can be said.
        if (_flipsOf != (open.Id, open.CalculatedAt))
        {
            (_flipsOf, _flips) = ((open.Id, open.CalculatedAt), []);
            var atOnce = FlipPrices.AtOnce(_board!.Problem, open.Rules);
            var flips = open.Stale || !atOnce ? [] : await Queries.FlipsAsync(open.Id, null, CancellationToken.None);
            if (_flipsOf == (open.Id, open.CalculatedAt))
            {
                (_atOnce, _flips) = (atOnce, flips);
            }
        }
    }

    private async Task FindAsync(Guid lineId)
    {
        var open = Open!;
        var found = await Queries.FlipsAsync(open.Id, lineId, CancellationToken.None);
        _flips = [.. _flips.Where(f => f.LineId != lineId), .. found];
    }

    private void Edit(ScenarioView? scenario)
    {
        var form = ScenarioForm.Of(Id, scenario?.Rules ?? new());
        foreach (var supplier in _board!.Problem.Suppliers.Where(s => form.Limits.TrueForAll(l => l.SupplierId != s.SupplierId)))
        {
            form.Limits.Add(new() { SupplierId = supplier.SupplierId });
        }

        _form = form with { Id = scenario?.Id, Version = scenario?.Version ?? 0, Name = scenario?.Name ?? "" };
    }

    private async Task SaveAsync(ScenarioForm form)
    {
        var id = await Service.SaveAsync(form, CancellationToken.None);
        _form = null;
        await LoadAsync();
        Navigation.NavigateTo(Links.Scenarios(Id, id), replace: true);
        Toasts.Done($"{form.Name.Trim()} is worked out and saved.");
    }

    private async Task UsualAsync()
    {
        foreach (var (name, rules) in Usual)
        {
            await Service.SaveAsync(ScenarioForm.Of(Id, rules) with { Name = name }, CancellationToken.None);
        }

        await LoadAsync();
        Toasts.Done("Four scenarios are worked out and saved.");
    }

    private static IEnumerable<(string Name, AwardRules Rules)> Usual =>
    [
        ("Lowest landed cost", new()), ("At most two suppliers", new() { MostSuppliers = 2 }),
        ("Incumbents stay", new() { IncumbentThreshold = 0.05m }), ("Weighted score", new() { Score = new() }),
    ];

    private async Task AgainAsync(ScenarioView scenario)
    {
        await Service.WorkOutAgainAsync(new() { Id = scenario.Id, Version = scenario.Version }, CancellationToken.None);
        await LoadAsync();
        Toasts.Done($"{scenario.Name} is worked out with the quotes of now.");
    }

    private async Task DeleteAsync(ScenarioView scenario)
    {
        if (await Dialogs.ConfirmAsync($"Delete {scenario.Name}", "The rules and what they came to are gone for good.", "Delete scenario", danger: true))
        {
            await Service.DeleteAsync(new() { Id = scenario.Id, Version = scenario.Version }, CancellationToken.None);
            await LoadAsync();
            Toasts.Done($"{scenario.Name} is deleted.");
        }
    }
}
