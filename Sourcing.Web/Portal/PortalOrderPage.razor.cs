using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Portal;

/// <summary>One order as its supplier sees it, with what they may answer.</summary>
public sealed partial class PortalOrderPage
{
    private OrderDetails? _order;
    private bool _missing;
    private bool _shipping;
    private ShipmentView? _shipment;
    private DateProposalForm? _proposal;
    private OrderLineView? _line;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private SupplierOrderService Orders { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => _order?.Id == Id ? Task.CompletedTask : LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            _order = await Orders.DetailsAsync(Id, CancellationToken.None);
        }
        catch (MissingException)
        {
            (_order, _missing) = (null, true);
        }
    }

    private async Task RunAsync(Func<Guid, CancellationToken, Task> act)
    {
        await act(Id, CancellationToken.None);
        Toasts.Done("Thank you. The buyer is told.");
        await LoadAsync();
    }

    private void Propose(OrderLineView line) => (_line, _proposal) = (line, new() { Id = Id, LineId = line.Id, Date = line.DueDate });

    private async Task ProposeAsync()
    {
        await Orders.ProposeDateAsync(_proposal!, CancellationToken.None);
        _proposal = null;
        Toasts.Done("Date proposed. You hear when the buyer has answered.");
        await LoadAsync();
    }

    private EventCallback<ShipmentView> CorrectShipment => EventCallback.Factory.Create<ShipmentView>(this, shipment => (_shipping, _shipment) = (true, shipment));

    private Task ShipAsync(ShipForm form) => form.ShipmentId is null ? Orders.ShipAsync(form, CancellationToken.None) : Orders.CorrectShipmentAsync(form, CancellationToken.None);

    private async Task ShippedAsync(bool changed)
    {
        _shipping = false;
        if (changed)
        {
            await LoadAsync();
        }
    }
}
