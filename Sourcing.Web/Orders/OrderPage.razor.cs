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

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>deliveries, documents or history; null for the lines.</summary>
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
            (_order, _panel) = (null, OrderPanel.None);
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

    private void OpenPanel(OrderPanel panel) => _panel = panel;

    private async Task CloseAsync(bool changed)
    {
        _panel = OrderPanel.None;
        if (changed)
        {
            await LoadAsync();
        }
    }
}
