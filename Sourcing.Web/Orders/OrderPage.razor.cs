using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Orders;

/// <summary>Which panel stands open beside an order.</summary>
public enum OrderPanel
{
    None,
    Issue,
    Receive,
    Ship,
    Pay,
    Refund,
    Cancel,
    CloseShort,
    Reopen,
    DeclineApproval,
}

/// <summary>One order: lines, deliveries, documents, history, and what can be done with it now.</summary>
public sealed partial class OrderPage
{
    private OrderDetails? _order;
    private bool _missing;
    private OrderPanel _panel;
    private Guid? _invoice;
    private ShipmentView? _shipment;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>deliveries, changes, invoices, documents or history; null for the lines.</summary>
    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    [Inject]
    private OrderQueries Orders { get; set; } = null!;

    [Inject]
    private OrderFlowService Flow { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_order?.Id != Id)
        {
            (_order, _panel, _invoice, _shipment) = (null, OrderPanel.None, null, null);
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            _order = await Orders.DetailsAsync(Id, CancellationToken.None);
            _missing = false;
        }
        catch (MissingException)
        {
            (_order, _missing) = (null, true);
        }
    }

    private void OpenPanel(OrderPanel panel) => (_panel, _invoice, _shipment) = (panel, null, null);

    private void PayInvoice(Guid invoice) => (_panel, _invoice) = (OrderPanel.Pay, invoice);

    private EventCallback<ShipmentView> CorrectShipment => EventCallback.Factory.Create<ShipmentView>(this, shipment => (_panel, _shipment) = (OrderPanel.Ship, shipment));

    private Task ShipAsync(ShipForm form) => form.ShipmentId is null ? Flow.ShipAsync(form, CancellationToken.None) : Flow.CorrectShipmentAsync(form, CancellationToken.None);

    private async Task CloseAsync(bool changed)
    {
        _panel = OrderPanel.None;
        if (changed)
        {
            await LoadAsync();
        }
    }
}
