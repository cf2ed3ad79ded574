using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>A part's stock: what is there, what is promised and to come, and every movement that made it so.</summary>
public sealed partial class StockPage
{
    private StockDetails? _stock;
    private StockDetails? _acting;
    private StockLedger? _ledger;
    private ReservationView? _reservation;
    private (Guid Part, Guid? After) _read;
    private bool _missing;
    private Panels _open;

    private enum Panels
    {
        None,
        Count,
        Issue,
        Correct,
        Reserve,
    }

    [Parameter]
    public Guid PartId { get; set; }

    /// <summary>The movement after which the ledger goes on; null for the newest.</summary>
    [SupplyParameterFromQuery]
    public Guid? After { get; set; }

    [Inject]
    private StockQueries Queries { get; set; } = null!;

    [Inject]
    private StockService Service { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_read == (PartId, After) && (_stock is not null || _missing))
        {
            return;
        }

        if (_read.Part != PartId)
        {
            (_stock, _open) = (null, Panels.None);
        }

        _read = (PartId, After);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            (_stock, _ledger) = (await Queries.DetailsAsync(PartId, CancellationToken.None), await Queries.LedgerAsync(PartId, After, CancellationToken.None));
            _missing = false;
        }
        catch (MissingException)
        {
            (_stock, _missing) = (null, true);
        }
    }

    private string Quantity(decimal? quantity) => quantity is null ? Formats.Nothing : $"{Format.Number(quantity, 0, 6)}\u00a0{_stock!.Unit}";

    // The panel works on the stock as it was when it opened, whatever comes in meanwhile.
    private void Show(Panels panel, ReservationView? reservation = null) => (_open, _acting, _reservation) = (panel, _stock, reservation);

    private async Task CloseAsync(bool changed)
    {
        (_open, _reservation) = (Panels.None, null);
        if (changed)
        {
            await LoadAsync();
        }
    }

    private async Task ReleaseAsync(ReservationView row)
    {
        await Service.ReleaseAsync(row.Id, CancellationToken.None);
        await LoadAsync();
        Toasts.Done($"Reservation for {row.Reference} released", async () => await InvokeAsync(async () =>
        {
            await Service.ReserveAsync(new() { PartId = PartId, Quantity = row.Quantity, UnitId = _stock!.UnitId, NeededOn = row.NeededOn, Reference = row.Reference }, CancellationToken.None);
            await LoadAsync();
            StateHasChanged();
        }));
    }
}
