using Microsoft.AspNetCore.Components;
using Sourcing.Data.Sales.Commissions;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Sales.Commissions;

/// <summary>One plan: what its versions say, what a draft would have paid, and who is paid by it.</summary>
public sealed partial class CommissionPlanPage
{
    private PlanDetails? _plan;
    private IReadOnlyList<RepChoice> _reps = [];
    private AssignForm? _assign;
    private bool _missing;
    private Guid _read;

    /// <summary>Key of the plan.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private CommissionPlanQueries Queries { get; set; } = null!;

    [Inject]
    private CommissionQueries Commissions { get; set; } = null!;

    [Inject]
    private CommissionPlanService Plans { get; set; } = null!;

    [Inject]
    private Dialogs Dialogs { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private PlanVersionDetails? Draft => _plan!.Versions.FirstOrDefault(v => v.Status == PlanVersionStatus.Draft);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read != Id)
        {
            _read = Id;
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        var plan = await Queries.PlanAsync(Id, default);
        var reps = await Commissions.RepsAsync(default);
        (_reps, _plan, _missing) = (reps, plan, plan is null);
    }

    private async Task NewVersionAsync()
    {
        // From the next period on, which most changes are for; the editor lets it be another day.
        var start = Sourcing.Data.Suppliers.Scorecards.ScorePeriods.StartOf(_plan!.Period, Format.Today);
        var draft = await Plans.DraftAsync(Id, Sourcing.Data.Suppliers.Scorecards.ScorePeriods.Add(_plan.Period, start, 1), Guid.CreateVersion7(), default);
        Navigation.NavigateTo(Links.EditCommissionPlan(Id, draft));
    }

    private async Task ActivateAsync()
    {
        var draft = Draft!;
        if (await Dialogs.ConfirmAsync(
            $"Activate version {draft.Terms.Number}", $"From {Format.Date(draft.Terms.ValidFrom)} on it counts, and the version before it ends there. It cannot be changed then; a further version can follow.", "Activate version"))
        {
            await Plans.ActivateAsync(Id, draft.Id, _plan!.Version, default);
            await ReadAsync();
            Toasts.Done($"Version {draft.Terms.Number} activated");
        }
    }

    private async Task DiscardAsync()
    {
        await Plans.DiscardAsync(Id, Draft!.Id, _plan!.Version, default);
        await ReadAsync();
        Toasts.Done("Draft discarded");
    }

    private async Task AssignAsync()
    {
        await Plans.AssignAsync(_assign!, default);
        await ReadAsync();
        _assign = null;
        Toasts.Done("Representative added");
    }

    private async Task EndAsync(AssignmentRow assignment)
    {
        var until = new DateOnly(Format.Today.Year, Format.Today.Month, 1).AddMonths(1);
        if (await Dialogs.ConfirmAsync($"End the plan of {assignment.Rep}", $"Events from {Format.Date(until)} on earn nothing by this plan any more.", "End plan"))
        {
            await Plans.EndAsync(assignment.Id, until, default);
            await ReadAsync();
            Toasts.Done("Plan ended");
        }
    }
}
