using Microsoft.AspNetCore.Components;
using Sourcing.Data.Catalog;
using Sourcing.Data.Catalog.Merging;
using Sourcing.Data.Common;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Catalog;

/// <summary>One part: what it is, who sells it, what it cost.</summary>
public sealed partial class PartPage
{
    private PartDetails? _part;
    private IReadOnlyList<SupplierPriceView>? _prices;
    private PriceHistory? _history;
    private MergedInto? _cameFrom;
    private IReadOnlyList<MergeView> _merges = [];
    private bool _missing;
    private Guid _read;

    /// <summary>Key of the part.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The open tab; null for the overview.</summary>
    [Parameter]
    public string? Tab { get; set; }

    /// <summary>The part whose old address led here.</summary>
    [SupplyParameterFromQuery(Name = "merged")]
    public Guid? Merged { get; set; }

    [Inject]
    private PartMergeQueries Merging { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private PartQueries Queries { get; set; } = null!;

    [Inject]
    private PartService Parts { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    private bool MaySeePrices => User.May(Permission.SuppliersRead);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // Another tab of the same part needs nothing new.
        if (_read != Id)
        {
            _read = Id;
            await ReadAsync();
        }

        if (Tab == "history" && _part is not null && User.May(Permission.HistoryRead))
        {
            _merges = await Merging.OfAsync(Id, default);
        }
    }

    private async Task ReadAsync()
    {
        var part = await Queries.DetailsAsync(Id, default);
        if (part?.DeletedAt is not null || part is null)
        {
            // An old address, in a mail or a bookmark: it leads to what the part is now.
            if (await Merging.LeadsToAsync(Id, default) is { } lead)
            {
                Navigation.NavigateTo((Tab is null ? Links.Part(lead.KeptId) : Links.Part(lead.KeptId, Tab)) + $"?merged={Id}", replace: true);
                return;
            }
        }

        _cameFrom = Merged is { } from ? await Merging.LeadsToAsync(from, default) : null;
        if (part is not null && MaySeePrices)
        {
            (_prices, _history) = (await Queries.PricesAsync(Id, default), await Queries.PriceHistoryAsync(Id, default));
        }

        (_part, _missing) = (part, part is null);
    }

    private async Task DeleteAsync()
    {
        await Parts.DeleteAsync([Id], default);
        await ReadAsync();
        Toasts.Done($"{_part?.Number} deleted", async () => await InvokeAsync(RestoreAsync));
    }

    private async Task RestoreAsync()
    {
        await Parts.RestoreAsync([Id], default);
        await ReadAsync();
        StateHasChanged();
    }
}
