using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Web.Layout;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>One material as its planner sees it: the plan, what it is made of, what is proposed and for whom.</summary>
public sealed partial class MaterialPage
{
    private MaterialPlan? _plan;
    private MaterialExplained? _explained;
    private string? _refusal;
    private bool _missing;
    private (Guid Part, Guid? Cycle) _read;

    /// <summary>Key of the part.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The open tab; null for the plan.</summary>
    [Parameter]
    public string? Tab { get; set; }

    /// <summary>A cycle or what-if other than the last.</summary>
    [SupplyParameterFromQuery]
    public Guid? Cycle { get; set; }

    [Inject]
    private MaterialPlanQueries Queries { get; set; } = null!;

    [Inject]
    private PlanExplanationQueries Explanations { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    private IReadOnlyList<Crumb> Trail => _plan?.Cycle is { } cycle
        ? [new("Planning", Links.Planning), cycle.Kind == CycleKind.Live ? new($"Cycle {cycle.Number}", Links.PlanningCycle(cycle.Id)) : new($"What-if {cycle.Number}", Links.WhatIf(cycle.Id))]
        : [new("Planning", Links.Planning)];

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // Another tab of the same plan needs nothing new.
        if (_read != (Id, Cycle))
        {
            _read = (Id, Cycle);
            (_plan, _explained, _refusal) = (null, null, null);
            await ReloadAsync();
        }
    }

    private async Task ReloadAsync()
    {
        var asked = _read;
        var plan = await Queries.PlanAsync(Id, Cycle, default);
        if (asked != _read)
        {
            return;
        }

        var again = plan?.Cycle?.Id != _plan?.Cycle?.Id;
        (_plan, _missing) = (plan, plan is null);
        if (again && plan is { Cycle: { } cycle, Buckets.Count: > 0 })
        {
            // The table stands meanwhile: a plan that nobody looked at lately is reckoned again for this.
            StateHasChanged();
            await ExplainAsync(cycle.Id, asked);
        }
    }

    private async Task ExplainAsync(Guid cycle, (Guid, Guid?) asked)
    {
        try
        {
            var explained = await Explanations.MaterialAsync(cycle, Id, default);
            if (asked == _read)
            {
                (_explained, _refusal) = (explained, null);
            }
        }
        catch (RefusedException refusal) when (refusal is not DeniedException)
        {
            _refusal = refusal.Message;
        }
    }
}
