using Microsoft.AspNetCore.Components;
using Sourcing.Data.Catalog;
using Sourcing.Data.Catalog.Merging;
using Sourcing.Data.Common;
using Sourcing.Data.Suppliers;
using Sourcing.Data.Suppliers.Merging;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Suppliers;

/// <summary>One supplier: who it is, what it sells, what is going on with it.</summary>
public sealed partial class SupplierPage
{
    private SupplierDetails? _supplier;
    private SupplierFigures? _figures;
    private MergedInto? _cameFrom;
    private IReadOnlyList<MergeView> _merges = [];
    private bool _missing;
    private Guid _read;

    /// <summary>Key of the supplier.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The open tab; null for the overview.</summary>
    [Parameter]
    public string? Tab { get; set; }

    /// <summary>First day of the scorecard's period.</summary>
    [SupplyParameterFromQuery]
    public DateOnly? Period { get; set; }

    /// <summary>The criterion of the scorecard whose lines are shown.</summary>
    [SupplyParameterFromQuery]
    public string? Criterion { get; set; }

    /// <summary>Which of its KPIs.</summary>
    [SupplyParameterFromQuery(Name = "kpi")]
    public string? KpiCode { get; set; }

    /// <summary>Lines too that cost nothing.</summary>
    [SupplyParameterFromQuery]
    public bool All { get; set; }

    /// <summary>The supplier whose old address led here.</summary>
    [SupplyParameterFromQuery(Name = "merged")]
    public Guid? Merged { get; set; }

    [Inject]
    private SupplierMergeQueries Merging { get; set; } = null!;

    [Inject]
    private SupplierQueries Queries { get; set; } = null!;

    [Inject]
    private SupplierFigureQueries Figures { get; set; } = null!;

    [Inject]
    private SupplierService Suppliers { get; set; } = null!;

    [Inject]
    private PriceList Prices { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private Dialogs Dialogs { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    // What a person did: the standing's block is not theirs to change here.
    private SupplierBlock Manual => _supplier!.StandingBlock == SupplierBlock.None ? _supplier.BlockedFor : _supplier.ManualBlock;

    private string Place => string.Join(", ", new[] { Formats.Country(_supplier!.Country), _supplier.Region }.Where(t => t.Length > 0));

    // The filter stands in the address, so that the list's export holds the same rows.
    private string PricesLink => $"{Links.Supplier(Id, "prices")}?f.supplierCode={Uri.EscapeDataString(_supplier!.Code)}";

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read != Id)
        {
            _read = Id;
            await ReadAsync();
        }

        if (Tab == "history" && _supplier is not null && User.May(Permission.HistoryRead))
        {
            _merges = await Merging.OfAsync(Id, default);
        }

        // Clearing the filters clears this one too: it belongs to the page and comes back.
        if (Tab == "prices" && _supplier is not null && !new Uri(Navigation.Uri).Query.Contains("f.supplierCode=", StringComparison.Ordinal))
        {
            Navigation.NavigateTo(PricesLink, replace: true);
        }
    }

    private async Task ReadAsync()
    {
        var supplier = await Queries.DetailsAsync(Id, default);
        if (supplier is null || supplier.DeletedAt is not null)
        {
            // An old address, in a mail or a bookmark: it leads to what the supplier is now.
            if (await Merging.LeadsToAsync(Id, default) is { } lead)
            {
                Navigation.NavigateTo((Tab is null ? Links.Supplier(lead.KeptId) : Links.Supplier(lead.KeptId, Tab)) + $"?merged={Id}", replace: true);
                return;
            }
        }

        _cameFrom = Merged is { } from ? await Merging.LeadsToAsync(from, default) : null;
        _figures = supplier is not null && User.May(Permission.RfqsRead) && User.May(Permission.OrdersRead) ? await Figures.ReadAsync(Id, default) : null;
        (_supplier, _missing) = (supplier, supplier is null);
        Prices.SupplierId = Id;
    }

    private async Task BlockAsync()
    {
        var form = new BlockForm { Id = Id, Version = _supplier!.Version, Reason = (_supplier.StandingBlock == SupplierBlock.None ? _supplier.BlockReason : _supplier.ManualBlockReason) ?? "" };
        form.BlockedFor = Manual == SupplierBlock.None ? SupplierBlock.Rfq : Manual;
        if (await Dialogs.OpenAsync<BlockDialog>($"{(Manual == SupplierBlock.None ? "Block" : "Change the block of")} {_supplier.Name}", new() { ["Form"] = form, ["Blocked"] = Manual != SupplierBlock.None }, 480) is true)
        {
            await ReadAsync();
        }
    }

    private async Task ToggleActiveAsync()
    {
        await Suppliers.SetActiveAsync([Id], !_supplier!.IsActive, default);
        await ReadAsync();
        Toasts.Done($"{_supplier!.Name} is {(_supplier.IsActive ? "active" : "inactive")} now");
    }

    private async Task DeleteAsync()
    {
        await Suppliers.DeleteAsync([Id], default);
        await ReadAsync();
        Toasts.Done($"{_supplier?.Name} deleted", async () => await InvokeAsync(RestoreAsync));
    }

    private async Task RestoreAsync()
    {
        await Suppliers.RestoreAsync([Id], default);
        await ReadAsync();
        StateHasChanged();
    }
}
