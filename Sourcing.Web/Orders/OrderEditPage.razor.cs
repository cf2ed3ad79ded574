using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Web.Layout;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Orders;

/// <summary>Writes a new order, or changes a draft.</summary>
public sealed partial class OrderEditPage
{
    private OrderForm? _form;
    private bool _missing;
    private string? _refusal;
    private SupplierChoice? _supplier;
    private IReadOnlyList<UnitChoice> _units = [];
    private Dictionary<Guid, PartOffer> _offers = [];

    /// <summary>Null for a new order.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    /// <summary>For a new order: to whom.</summary>
    [SupplyParameterFromQuery]
    public Guid? Supplier { get; set; }

    [Inject]
    private OrderQueries Orders { get; set; } = null!;

    [Inject]
    private OrderService Service { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    private IReadOnlyList<Crumb> Trail => [new("Orders", Links.Orders), .. Id is { } id ? new Crumb[] { new(_form?.Number ?? "Order", Links.Order(id)) } : []];

    private decimal Total
    {
        get
        {
            var net = _form!.Lines.Sum(l => l.Amount()) + _form.Freight;
            return net + Order.Cents(net * _form.TaxRate / 100);
        }
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_form is not null && _form.Id == Id)
        {
            return;
        }

        try
        {
            _units = await Orders.UnitsAsync(CancellationToken.None);
            _form = await Orders.FormAsync(Id, Supplier, CancellationToken.None);
            await RestoredAsync();
        }
        catch (MissingException)
        {
            _missing = true;
        }
        catch (RefusedException refusal) when (refusal is not DeniedException)
        {
            _refusal = refusal.Message;
        }
    }

    // The supplier's own currency and terms are what is usually agreed with it.
    private async Task SupplierChosenAsync()
    {
        await RestoredAsync();
        if (_supplier is not null)
        {
            (_form!.Currency, _form.PaymentTerms, _form.Incoterm) = (_supplier.Currency, _supplier.PaymentTerms, _supplier.Incoterm);
            await LoadOffersAsync();
        }
    }

    private async Task RestoredAsync()
    {
        _supplier = _form!.SupplierId is { } chosen ? await Orders.SupplierAsync(chosen, CancellationToken.None) : null;
        await LoadOffersAsync();
    }

    private async Task PartChosenAsync(OrderLineForm line)
    {
        await LoadOffersAsync();
        if (line.PartId is { } id && _offers.TryGetValue(id, out var offer))
        {
            (line.PartNumber, line.SupplierPartNumber, line.UnitId) = (offer.PartNumber, offer.SupplierPartNumber, offer.UnitId);
            line.Quantity ??= offer.Minimum is { } least ? OrderForm.Plain(least) : null;
            line.UnitPrice = offer.PriceAt(line.Quantity ?? 0, offer.UnitId) is { } price ? OrderForm.Plain(price) : line.UnitPrice;
        }
    }

    private async Task LoadOffersAsync()
    {
        var parts = _form!.Lines.Select(l => l.PartId).OfType<Guid>().Distinct().ToList();
        _offers = _form.SupplierId is { } supplier && parts.Count > 0
            ? new(await Orders.OffersAsync(supplier, parts, _form.Currency, CancellationToken.None))
            : [];
    }

    private Task<OrderForm> ReloadAsync() => Orders.FormAsync(Id, null, CancellationToken.None);

    private async Task SaveAsync()
    {
        var id = await Service.SaveAsync(_form!, CancellationToken.None);
        Toasts.Done(Id is null ? "Draft saved" : "Order saved");
        Navigation.NavigateTo(Links.Order(id));
    }
}
