using Microsoft.AspNetCore.Components;
using Radzen;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Web.Layout;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Orders;

/// <summary>Writes a new order, or changes a draft.</summary>
public sealed partial class OrderEditPage
{
    // The usual ones first; any other code of the order itself is added to them.
    private static readonly string[] Usual = ["EUR", "USD", "GBP", "CHF", "CNY", "JPY", "INR", "TRY", "PLN", "CZK", "SEK", "DKK", "NOK"];

    private OrderForm? _form;
    private bool _missing;
    private string? _refusal;
    private IReadOnlyList<SupplierChoice> _suppliers = [];
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

    private IReadOnlyList<Crumb> Trail => [new("Orders", Links.Orders), .. Id is { } id ? new Crumb[] { new("Order", Links.Order(id)) } : []];

    private IEnumerable<string> Currencies => Usual.Append(_form!.Currency).Where(c => c.Length == 3).Distinct();

    private decimal Total
    {
        get
        {
            var net = _form!.Lines.Sum(l => Order.Cents(l.Quantity * l.UnitPrice)) + _form.Freight;
            return net + Order.Cents(net * _form.TaxRate / 100);
        }
    }

    private string? SupplierHint => _suppliers.FirstOrDefault(s => s.Id == _form!.SupplierId) is { MayOrder: false } barred
        ? $"{barred.Name} cannot be ordered from: {barred.BlockReason ?? "it is not active."}"
        : null;

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
            _suppliers = _form.SupplierId is { } chosen ? [await Orders.SupplierAsync(chosen, CancellationToken.None)] : [];
            await LoadOffersAsync();
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

    private async Task LoadSuppliersAsync(LoadDataArgs args)
    {
        var found = await Orders.SuppliersAsync(args.Filter ?? "", CancellationToken.None);
        var chosen = _suppliers.FirstOrDefault(s => s.Id == _form!.SupplierId);
        _suppliers = chosen is null || found.Any(s => s.Id == chosen.Id) ? found : [chosen, .. found];
    }

    private async Task ChooseSupplierAsync(Guid? id)
    {
        _form!.SupplierId = id;
        if (_suppliers.FirstOrDefault(s => s.Id == id) is { } supplier)
        {
            (_form.Currency, _form.PaymentTerms, _form.Incoterm) = (supplier.Currency, supplier.PaymentTerms, supplier.Incoterm);
        }

        await LoadOffersAsync();
    }

    private async Task ChooseCurrencyAsync(string currency)
    {
        _form!.Currency = currency;
        await LoadOffersAsync();
    }

    private async Task PartChosenAsync(OrderLineForm line)
    {
        await LoadOffersAsync();
        if (line.PartId is { } id && _offers.TryGetValue(id, out var offer))
        {
            (line.PartNumber, line.SupplierPartNumber, line.UnitId) = (offer.PartNumber, offer.SupplierPartNumber, offer.UnitId);
            if (line.Quantity == 0)
            {
                line.Quantity = offer.Minimum ?? 0;
            }

            line.UnitPrice = offer.PriceAt(line.Quantity, offer.UnitId) ?? line.UnitPrice;
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
        // Rows in which nothing was typed do not count.
        if (_form!.Lines.Count > 1)
        {
            _form.Lines.RemoveAll(l => l.IsBlank());
        }

        var id = await Service.SaveAsync(_form, CancellationToken.None);
        Toasts.Done(Id is null ? "Draft saved" : "Order saved");
        Navigation.NavigateTo(Links.Order(id));
    }
}
