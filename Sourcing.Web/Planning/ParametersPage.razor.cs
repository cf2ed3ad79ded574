using Microsoft.AspNetCore.Components;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>What the plan goes by: as a whole, by class of material and by material.</summary>
public sealed partial class ParametersPage
{
    private ParametersDetails? _details;
    private IReadOnlyList<ParameterTarget>? _targets;
    private IReadOnlyList<CategoryRow> _categories = [];
    private string _unit = "units";
    private bool _missing;
    private (ParameterScope, Guid?)? _read;

    /// <summary>classes or materials: the list of those with parameters of their own.</summary>
    [SupplyParameterFromQuery]
    private string? Of { get; set; }

    [SupplyParameterFromQuery]
    private Guid? Category { get; set; }

    [SupplyParameterFromQuery]
    private Guid? Part { get; set; }

    [Inject]
    private ParameterQueries Queries { get; set; } = null!;

    [Inject]
    private ParameterService Service { get; set; } = null!;

    [Inject]
    private CatalogQueries Catalog { get; set; } = null!;

    [Inject]
    private PartQueries Parts { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private ParameterScope Shown => Part is not null || Of == "materials" ? ParameterScope.Part : Category is not null || Of == "classes" ? ParameterScope.Category : ParameterScope.Plan;

    private Guid? Target => Part ?? Category;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read == (Shown, Target))
        {
            return;
        }

        _read = (Shown, Target);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var asked = _read;
        if (_categories.Count == 0 && Shown == ParameterScope.Category)
        {
            _categories = await Catalog.CategoriesAsync(default);
        }

        ParametersDetails? details = null;
        _missing = false;
        try
        {
            details = Shown == ParameterScope.Plan || Target is not null ? await Queries.DetailsAsync(Shown, Target, default) : null;
        }
        catch (MissingException)
        {
            _missing = true;
        }

        var unit = Part is { } part && (await Parts.ByIdAsync([part], default)).SingleOrDefault() is { } hit ? hit.Unit : "units";
        var targets = await Queries.TargetsAsync(default);
        if (asked == _read)
        {
            (_details, _unit, _targets) = (details, unit, targets);
        }
    }

    private async Task SaveAsync()
    {
        await Service.SaveAsync(_details!.Form, default);
        Toasts.Done("Parameters saved. The next plan goes by them.");
        await LoadAsync();
    }

    private static string AddressOf(ParameterTarget target) =>
        target.Scope == ParameterScope.Part ? Links.PlanningParametersOf(target.TargetId!.Value) : $"{Links.PlanningParameters}?category={target.TargetId}";
}
