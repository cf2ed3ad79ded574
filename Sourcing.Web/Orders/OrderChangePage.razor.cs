using Microsoft.AspNetCore.Components;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Orders;

/// <summary>Writes a change order.</summary>
public sealed partial class OrderChangePage
{
    private OrderChangeForm? _form;
    private bool _missing;
    private string? _refusal;
    private IReadOnlyList<UnitChoice> _units = [];

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private OrderChangeService Changes { get; set; } = null!;

    [Inject]
    private OrderQueries Orders { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private Formats Format { get; set; } = null!;

    private decimal Difference => _form!.Lines.Sum(l => l.Amount()) - _form.Subtotal;

    private string Changed => _form!.Lines.Count(l => l.Differs()) switch { 0 => "Nothing is different yet.", 1 => "1 line changes.", var count => $"{count} lines change." };

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_form?.Id == Id)
        {
            return;
        }

        try
        {
            _units = await Orders.UnitsAsync(CancellationToken.None);
            _form = await Changes.OpenAsync(Id, CancellationToken.None);
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

    private static void Choose(OrderChangeLineForm line, PartHit? part)
    {
        if (part is not null)
        {
            (line.PartNumber, line.Description, line.UnitId) = (part.Number, part.Name, part.UnitId);
        }
    }

    private async Task SaveAsync()
    {
        var now = _form!.AgreedHow.Trim().Length > 0;
        await Changes.ProposeAsync(_form, CancellationToken.None);
        var order = await Orders.DetailsAsync(Id, CancellationToken.None);
        Toasts.Done(now ? $"{order.Number} is changed" : order.Changes[0].Status == OrderChangeStatus.WaitsForApproval
            ? "The change is above your limit and waits for approval" : $"Change {order.Changes[0].Number} is with {order.Supplier}");
        Navigation.NavigateTo(Links.Order(Id, "changes"));
    }
}
