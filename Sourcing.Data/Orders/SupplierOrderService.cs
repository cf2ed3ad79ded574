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
            async (db, token) =>
            {
                var order = await db.SupplierOrderAsync(id, token);
                return OrderReading.Details(order, "", new Dictionary<Guid, string>()) with { Changes = await ChangesAsync(db, id, token), OwnInvoices = await InvoicesAsync(db, id, token) };
            },
            ct);
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

    /// <summary>Corrects a shipment that is under way, once per form; the buyer hears of another day.</summary>
    public Task<Guid> CorrectShipmentAsync(ShipForm form, CancellationToken ct) => OnceAsync(form, form.Id, async (db, order, now, token) =>
    {
        var shipment = order.Shipments.SingleOrDefault(s => s.Id == form.ShipmentId) ?? throw new MissingException("shipment");
        var before = shipment.Eta;
        shipment.Correct(form.Carrier, form.TrackingNumber, form.Mode, form.Eta);
        if (shipment.Eta != before)
        {
            await db.TellBuyerAsync(order, $"{await NameAsync(db, order, token)} now expects a shipment of {order.Number} to arrive {(shipment.Eta is { } eta ? "on " + Days.Text(eta) : "on a day that is not known")}.", "local_shipping", token);
        }

        return shipment.Id;
    }, ct);

    /// <summary>Acknowledges a change order, so that the order stands as changed, or refuses it with a reason. Once per form; the buyer is told.</summary>
    public Task<Guid> AnswerChangeAsync(OrderChangeAct act, bool accept, CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        FormShape.Demand(act);
        return database.WriteOnceAsync(
            act.FormKey,
            async (db, token) =>
            {
                var change = await db.OrderChanges.Where(c => c.Id == act.Id).Select(c => new { c.OrderId, c.Number }).SingleOrDefaultAsync(token) ?? throw new MissingException("change");
                // The supplier's login cannot write prices and quantities: a function of the database does it, from what the buyer wrote.
                await db.Database.ExecuteSqlAsync($"select app.answer_order_change({act.Id}, {accept}, {act.Note})", token);
                var order = await db.SupplierOrderAsync(change.OrderId, token);
                var name = await NameAsync(db, order, token);
                await db.TellBuyerAsync(
                    order, accept ? $"{name} acknowledged change {change.Number} of {order.Number}.{(act.Note.Trim().Length > 0 ? " " + act.Note.Trim() : "")}" : $"{name} refused change {change.Number} of {order.Number}: {act.Note.Trim()}",
                    accept ? "task_alt" : "block", token);
                await db.AnnounceAsync("orders", order.Id, token);
                return act.Id;
            },
            ct);
    }

    /// <summary>The supplier's invoices, the latest first, at most 500.</summary>
    public Task<IReadOnlyList<SupplierInvoiceView>> InvoicesAsync(CancellationToken ct)
    {
        user.Demand(Permission.PortalUse);
        return database.ReadAsync((db, token) => InvoicesAsync(db, null, token), ct);
    }

    // Only the columns that a supplier's login may read.
    private static async Task<IReadOnlyList<OrderChangeView>> ChangesAsync(SourcingDb db, Guid orderId, CancellationToken ct)
    {
        var changes = await db.OrderChanges.Where(c => c.OrderId == orderId).OrderByDescending(c => c.Number).Take(200)
            .Select(c => new { c.Id, c.Number, c.Status, c.Reason, c.OldTotal, c.NewTotal, c.SentAt, c.DecidedAt, c.DecisionNote }).ToListAsync(ct);
        var ids = changes.Select(c => c.Id).ToList();
        var lines = (await db.OrderChangeLines.AsNoTracking().Where(l => ids.Contains(l.ChangeId)).OrderBy(l => l.LineNo).ToListAsync(ct)).ToLookup(l => l.ChangeId, OrderChangeService.View);
        return
        [
            .. changes.Select(c => new OrderChangeView(
                c.Id, c.Number, c.Status, c.Reason, c.OldTotal, c.NewTotal, "", null, "", c.SentAt, c.DecidedAt, c.DecisionNote, "", false, false, [.. lines[c.Id]])),
        ];
    }

    private static async Task<IReadOnlyList<SupplierInvoiceView>> InvoicesAsync(SourcingDb db, Guid? orderId, CancellationToken ct) =>
        await db.Invoices.Where(i => orderId == null || i.OrderId == orderId).OrderByDescending(i => i.EnteredAt).ThenBy(i => i.Id).Take(500)
            .Select(i => new SupplierInvoiceView(
                i.Id, i.OrderId, db.Orders.Where(o => o.Id == i.OrderId).Select(o => o.Number).FirstOrDefault() ?? "", i.Number, i.Currency, i.InvoiceDate, i.DueOn, i.Total, i.Paid, i.Status, i.RefuseReason))
            .ToListAsync(ct);

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
