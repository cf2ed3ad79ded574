using Microsoft.EntityFrameworkCore;

namespace Sourcing.Data.Orders;

/// <summary>Compares the invoices of an order anew, in the transaction of whatever changed: another invoice, goods that came, a change of the order.</summary>
internal static class InvoiceDesk
{
    /// <summary>The invoices of an order as they were entered, the refused among them.</summary>
    public static Task<List<Invoice>> InvoicesAsync(this SourcingDb db, Guid orderId, CancellationToken ct) =>
        db.Invoices.Include(i => i.Lines).Where(i => i.OrderId == orderId).OrderBy(i => i.EnteredAt).ThenBy(i => i.Id).ToListAsync(ct);

    /// <summary>Loads and compares; an order without invoices costs one query.</summary>
    /// <param name="order">Tracked, with lines, receipts and payments.</param>
    public static async Task CompareAllAsync(SourcingDb db, Order order, CancellationToken ct)
    {
        var invoices = await db.InvoicesAsync(order.Id, ct);
        if (invoices.Count > 0)
        {
            Compare(order, invoices, (await OrderSettingsService.OfAsync(db, ct)).Tolerances);
        }
    }

    /// <summary>Each against what those before it ask for; then the order learns its sums.</summary>
    public static void Compare(Order order, IReadOnlyCollection<Invoice> invoices, MatchTolerances tolerances)
    {
        var before = new Dictionary<Guid, decimal>();
        var freight = 0m;
        foreach (var invoice in invoices.Where(i => i.Status != InvoiceStatus.Refused))
        {
            invoice.Compare(order, before, freight, tolerances);
            freight += invoice.Freight;
            foreach (var line in invoice.Lines)
            {
                before[line.OrderLineId] = before.GetValueOrDefault(line.OrderLineId) + line.Quantity;
            }
        }

        order.TakeInvoices(invoices);
    }
}

/// <summary>An invoice that waits for goods matches by itself when they come, and waits again when a receipt is taken back.</summary>
internal sealed class InvoicesFollowReceipts : IFollowsReceipts
{
    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<Guid, string>> ForeseeAsync(SourcingDb db, IReadOnlyList<OrderLine> lines, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string>());

    /// <inheritdoc/>
    public Task ReceivedAsync(SourcingDb db, Order order, IReadOnlyList<Receipt> receipts, CancellationToken ct) => InvoiceDesk.CompareAllAsync(db, order, ct);

    /// <inheritdoc/>
    public Task TakenBackAsync(SourcingDb db, Order order, Receipt receipt, CancellationToken ct) => InvoiceDesk.CompareAllAsync(db, order, ct);
}
