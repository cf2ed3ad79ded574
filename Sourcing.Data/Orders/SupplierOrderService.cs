using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Orders;

/// <summary>
/// A supplier's own orders in the portal: see them, acknowledge, propose other dates, say that goods have left. Row-level
/// security shows issued orders of that supplier alone, and lets these columns alone be written.
/// </summary>
public sealed class SupplierOrderService(Database database, CurrentUser user)
{
    /// <summary>The latest orders, at most 500; those that wait for the supplier first.</summary>
    public Task<IReadOnlyList<SupplierOrderRow>> ListAsync(CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        return database.ReadAsync<IReadOnlyList<SupplierOrderRow>>(
            async (db, token) => await db.Orders
                .OrderBy(o => o.Status == OrderStatus.Issued ? 0 : 1).ThenByDescending(o => o.OrderedAt).ThenBy(o => o.Id).Take(500)
                .Select(o => new SupplierOrderRow(o.Id, o.Number, o.Status, o.Currency, o.Total, o.IssuedAt, o.DueDate, o.ReceivedShare, o.Lines.Count))
                .ToListAsync(token),
            ct);
    }

    /// <summary>One order as its supplier sees it.</summary>
    public Task<OrderDetails> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        return database.ReadAsync(
            async (db, token) => OrderReading.Details(await db.SupplierOrderAsync(id, token), "", new Dictionary<Guid, string>()), ct);
    }

    /// <summary>Takes the order as it stands.</summary>
    public Task AcknowledgeAsync(Guid id, CancellationToken ct) => ActAsync(id, async (db, order, now, token) =>
    {
        order.Acknowledge(now);
        await db.TellBuyerAsync(order, $"{await NameAsync(db, order, token)} acknowledged {order.Number}.", "task_alt", token);
    }, ct);

    /// <summary>Says that production has begun.</summary>
    public Task StartProductionAsync(Guid id, CancellationToken ct) => ActAsync(id, async (db, order, now, token) =>
    {
        order.StartProduction(now);
        await db.TellBuyerAsync(order, $"{await NameAsync(db, order, token)} started production of {order.Number}.", "precision_manufacturing", token);
    }, ct);

    /// <summary>Proposes another date for a line, once per form.</summary>
    public Task<Guid> ProposeDateAsync(DateProposalForm form, CancellationToken ct) => OnceAsync(form, form.Id, async (db, order, now, token) =>
    {
        var change = order.ProposeDate(form.LineId, form.Date!.Value, form.Reason, user.Id, now);
        var line = order.Lines.Single(l => l.Id == form.LineId);
        await db.TellBuyerAsync(order, $"{await NameAsync(db, order, token)} proposes {Days.Text(change.ProposedDate)} for {order.Number}, line {line.LineNo}: {change.Reason}", "event_busy", token);
        return change.Id;
    }, ct);

    /// <summary>Says that goods have left, once per form.</summary>
    public Task<Guid> ShipAsync(ShipForm form, CancellationToken ct) => OnceAsync(form, form.Id, async (db, order, now, token) =>
    {
        var shipment = order.Ship(form.Carrier, form.TrackingNumber, form.Mode, form.Eta, Days.Moment(form.ShippedOn!.Value, now, user.Identity.TimeZone), now);
        await db.TellBuyerAsync(order, $"{await NameAsync(db, order, token)} shipped {order.Number} with {shipment.Carrier}{(shipment.TrackingNumber.Length > 0 ? $", {shipment.TrackingNumber}" : "")}.", "local_shipping", token);
        return shipment.Id;
    }, ct);

    private Task ActAsync(Guid id, Func<SourcingDb, Order, DateTimeOffset, CancellationToken, Task> act, CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        return database.WriteAsync(
            async (db, token) =>
            {
                var order = await db.SupplierOrderAsync(id, token);
                await act(db, order, await db.NowAsync(token), token);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
            },
            ct);
    }

    private Task<Guid> OnceAsync(IForm form, Guid id, Func<SourcingDb, Order, DateTimeOffset, CancellationToken, Task<Guid>> act, CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var order = await db.SupplierOrderAsync(id, token);
                var result = await act(db, order, await db.NowAsync(token), token);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
                return result;
            },
            ct);
    }

    private static Task<string> NameAsync(SourcingDb db, Order order, CancellationToken ct) => db.Suppliers.Where(s => s.Id == order.SupplierId).Select(s => s.Name).SingleAsync(ct);
}

/// <summary>An order in the supplier's list.</summary>
public sealed record SupplierOrderRow(
    Guid Id, string Number, OrderStatus Status, string Currency, decimal Total, DateTimeOffset? IssuedAt, DateOnly? DueDate, decimal ReceivedShare, int Lines);
