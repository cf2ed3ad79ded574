using Microsoft.AspNetCore.Components;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Catalog;

/// <summary>One part: what it is, who sells it, what it cost.</summary>
public sealed partial class PartPage
{
    private PartDetails? _part;
    private IReadOnlyList<SupplierPriceView>? _prices;
    private PriceHistory? _history;
    private bool _missing;
    private Guid _read;

    /// <summary>Key of the part.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The open tab; null for the overview.</summary>
    [Parameter]
    public string? Tab { get; set; }

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
    }

    private async Task ReadAsync()
    {
        var part = await Queries.DetailsAsync(Id, default);
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
