using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>A what-if beside the cycle that it varies: what it costs, what it changes, and how a material fares both ways.</summary>
public sealed partial class WhatIfPage
{
    private static readonly (string Title, Func<PlanSummary, decimal?> Pick, Func<decimal?, Formats, string> Show, int Better)[] Figures =
    [
        ("Cost of orders, EUR", s => s.Cost, (v, f) => f.Number(v, 0, 0), -1),
        ("Orders", s => s.Orders, (v, f) => f.Number(v), 0),
        ("Late orders", s => s.LateOrders, (v, f) => f.Number(v), -1),
        ("Mean stock value, EUR", s => s.StockValue, (v, f) => f.Number(v, 0, 0), -1),
        ("Needs met in time", s => s.Service, (v, f) => f.Percent(v), 1),
        ("Recommendations", s => s.Recommendations, (v, f) => f.Number(v), 0),
        ("Messages", s => s.Messages, (v, f) => f.Number(v), -1),
        ("Left out of the plan", s => s.BlockingIssues, (v, f) => f.Number(v), -1),
    ];

    private CycleDetails? _cycle;
    private SideBySide? _side;
    private CycleComparison? _changes;
    private string? _refusal;
    private bool _missing;
    private int _others;
    private (Guid Id, bool All)? _read;
    private PromoteForm _promote = new();

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The other what-ifs of the base stand beside it.</summary>
    [SupplyParameterFromQuery]
    private bool All { get; set; }

    /// <summary>The material of the chart; null for the first that changes.</summary>
    [SupplyParameterFromQuery]
    private Guid? Part { get; set; }

    [Inject]
    private CycleQueries Cycles { get; set; } = null!;

    [Inject]
    private WhatIfQueries WhatIfs { get; set; } = null!;

    [Inject]
    private PlanExplanationQueries Explanations { get; set; } = null!;

    [Inject]
    private WhatIfService Service { get; set; } = null!;

    [Inject]
    private PlanningService Planning { get; set; } = null!;

    [Inject]
    private Dialogs Dialogs { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private StockBothWays? Chosen { get; set; }

    private Guid? Material => Part ?? (_changes is { Changes: [var first, ..] } ? first.PartId : null);

    private int Shown => Math.Min(Chosen!.Buckets.Count, 26);

    private bool Finished => _cycle!.Row.Status is CycleStatus.Completed or CycleStatus.CompletedWithErrors;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read != (Id, All))
        {
            if (_read?.Id != Id)
            {
                (_cycle, _side, _changes, Chosen, _promote) = (null, null, null, null, new());
            }

            _read = (Id, All);
            await LoadAsync();
        }

        await ChooseAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            _cycle = await Cycles.DetailsAsync(Id, default);
            if (_cycle.Row.Kind != CycleKind.WhatIf)
            {
                throw new MissingException("what-if");
            }
        }
        catch (MissingException)
        {
            _missing = true;
            return;
        }

        if (!Finished || _cycle.Row.BaseCycleId is not { } from)
        {
            return;
        }

        // The head stands meanwhile: both plans may have to be worked out again.
        StateHasChanged();
        try
        {
            _side = await WhatIfs.SideBySideAsync(from, All ? null : [Id], default);
            _changes = await Cycles.CompareAsync(from, Id, new(Take: 60), default);
            _others = (await WhatIfs.ListAsync(default)).Count(w => w.BaseCycleId == from && w.Id != Id);
            await ChooseAsync();
        }
        catch (RefusedException refusal) when (refusal is not DeniedException)
        {
            _refusal = refusal.Message;
        }
    }

    private async Task ChooseAsync()
    {
        if (_side is not null && Material is { } part && Chosen?.PartId != part)
        {
            Chosen = await Explanations.BothWaysAsync(Id, _side.Base.Cycle.Id, part, default);
        }
    }

    private async Task PromoteAsync()
    {
        if (await Dialogs.ConfirmAsync(
            $"Make {_cycle!.Row.Number} real",
            "A live plan of today’s figures is run with these changes, and its recommendations count. Prices, lead times and suppliers stay as they are entered, so the next plan goes by them again.",
            "Run the plan with these changes"))
        {
            _promote.Id = Id;
            await Service.PromoteAsync(_promote, default);
            _promote = new();
            Navigation.NavigateTo(Links.Planning);
        }
    }

    private async Task RemoveAsync()
    {
        if (await Dialogs.ConfirmAsync($"Remove {_cycle!.Row.Number}", "The question and its answer are gone. Nothing real changes.", "Remove what-if", danger: true))
        {
            await Service.RemoveAsync(Id, default);
            Toasts.Done($"{_cycle.Row.Number} removed");
            Navigation.NavigateTo(Links.WhatIfs);
        }
    }

    private async Task CancelAsync()
    {
        await Planning.CancelAsync(Id, default);
        await LoadAsync();
    }

    private static string Tint(decimal? difference, int better) => difference is null or 0 || better == 0 ? "" : Math.Sign(difference.Value) == better ? "text-green" : "text-red";

    private string Difference(decimal? difference, string title) => difference is null ? Formats.Nothing : difference == 0 ? "0"
        : title == "Needs met in time" ? $"{Format.Difference(difference * 100)}\u202fpp" : Format.Difference(difference, 0);
}
