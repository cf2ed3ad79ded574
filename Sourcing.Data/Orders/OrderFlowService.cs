using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Orders;

/// <summary>Moves orders from state to state for people inside: approval, issue, what a supplier did by telephone, close, cancel.</summary>
public sealed class OrderFlowService(Database database, CurrentUser user)
{
    /// <summary>Asks people who may approve it for approval, and tells them.</summary>
    public Task RequestApprovalAsync(OrderAct act, CancellationToken ct) => ActAsync(Permission.OrdersWrite, act, async (db, order, now, token) =>
    {
        var total = await InBaseAsync(db, order, now, token);
        order.RequestApproval(user.Id, now);
        await db.TellApproversAsync(order, user.Identity.Name, total.Amount, total.Day, token);
    }, ct);

    /// <summary>
    /// Approves a draft. A buyer approves their own within their limit; above it another person does whose limit covers it, and
    /// never the one who asked. Limits are in the base currency, the total is converted by today's rate.
    /// </summary>
    public Task ApproveAsync(OrderAct act, CancellationToken ct) => ActAsync(Permission.OrdersApprove, act, ApproveAsync, ct);

    /// <summary>Approves each of these on its own, and says which were refused and why.</summary>
    public async Task<BulkOutcome> ApproveManyAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        user.Demand(Permission.OrdersApprove);
        var (done, refusals) = (0, new List<string>());
        foreach (var id in ids.Take(200))
        {
            var number = "";
            try
            {
                await database.WriteAsync(
                    async (db, token) =>
                    {
                        var order = await db.OrderAsync(id, null, token);
                        number = order.Number;
                        await ApproveAsync(db, order, await db.NowAsync(token), token);
                        await db.SaveChangesAsync(token);
                        await db.AnnounceAsync("orders", id, token);
                    },
                    ct);
                done++;
            }
            catch (RefusedException refusal)
            {
                refusals.Add($"{number}: {refusal.Message}");
            }
        }

        return new(done, refusals);
    }

    /// <summary>Sends a draft that waits for approval back to its buyer, with a reason.</summary>
    public Task DeclineApprovalAsync(ReasonForm form, CancellationToken ct) => ReasonAsync(Permission.OrdersApprove, form, async (db, order, now, token) =>
    {
        var asked = order.Internal.ApprovalRequestedBy;
        order.DeclineApproval(user.Id, form.Reason);
        await db.NotifyAsync([order.BuyerId, asked ?? Guid.Empty], $"{user.Identity.Name} declined {order.Number}: {order.Internal.DeclineReason}", $"/orders/{order.Id}", "block", token);
    }, ct);

    /// <summary>An approved order back to draft, to be changed.</summary>
    public Task BackToDraftAsync(OrderAct act, CancellationToken ct) => ActAsync(Permission.OrdersWrite, act, (_, order, _, _) => { order.BackToDraft(); return Task.CompletedTask; }, ct);

    /// <summary>
    /// Issues an approved order: keeps the printed document with it, mails it to the supplier, and from here on shows it in the
    /// portal. Refuses a supplier that was blocked meanwhile, and a document of another version than the one that is issued. Whoever issues what a
    /// planner made looks after it from then on.
    /// </summary>
    /// <param name="pdf">The purchase order printed from the version that the form names; null to issue without.</param>
    public Task<Guid> IssueAsync(IssueForm form, byte[]? pdf, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var order = await db.OrderAsync(form.Id, form.Version, token);
                await OrderService.DemandSupplierAsync(db, order.SupplierId, token);
                var buyer = await db.People.SingleOrDefaultAsync(p => p.Id == order.BuyerId, token);
                if (buyer?.May(Permission.OrdersWrite) != true)
                {
                    order.HandTo(user.Id);
                    buyer = await db.People.SingleAsync(p => p.Id == user.Id, token);
                }

                order.Issue(buyer.FullName, buyer.Email, form.Email ?? "", await db.NowAsync(token));
                Attachment? document = null;
                if (pdf is not null)
                {
                    document = new Attachment("orders", order.Id, $"{order.Number}.pdf", "application/pdf", pdf, visibleToSupplier: true);
                    db.Add(document);
                }

                await db.SendAsync(order, (await CompanyService.OfAsync(db, token)).Name, form.Message.Trim(), document?.Id, token);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
                return order.Id;
            },
            ct);
    }

    /// <summary>The supplier acknowledged by other means than the portal.</summary>
    public Task AcknowledgeAsync(OrderAct act, CancellationToken ct) => ActAsync(Permission.OrdersWrite, act, (_, order, now, _) => { order.Acknowledge(now); return Task.CompletedTask; }, ct);

    /// <summary>The supplier says that production has begun.</summary>
    public Task StartProductionAsync(OrderAct act, CancellationToken ct) =>
        ActAsync(Permission.OrdersWrite, act, (_, order, now, _) => { order.StartProduction(now); return Task.CompletedTask; }, ct);

    /// <summary>The supplier says that goods have left.</summary>
    public Task<Guid> ShipAsync(ShipForm form, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var order = await db.OrderAsync(form.Id, null, token);
                var now = await db.NowAsync(token);
                var shipment = order.Ship(form.Carrier, form.TrackingNumber, form.Mode, form.Eta, Days.Moment(form.ShippedOn!.Value, now, user.Identity.TimeZone), now);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
                return shipment.Id;
            },
            ct);
    }

    /// <summary>Corrects a shipment that is under way: another carrier, a tracking number that came later, another day.</summary>
    public Task<Guid> CorrectShipmentAsync(ShipForm form, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) => await ShipmentAsync(db, form.Id, form.ShipmentId, s => s.Correct(form.Carrier, form.TrackingNumber, form.Mode, form.Eta), token), ct);
    }

    /// <summary>A shipment has arrived on a day; its goods are received by lines.</summary>
    public Task DeliverAsync(Guid orderId, Guid shipmentId, DateOnly day, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.WriteAsync(
            async (db, token) =>
            {
                var now = await db.NowAsync(token);
                await ShipmentAsync(db, orderId, shipmentId, s => s.Deliver(Days.Moment(day, now, user.Identity.TimeZone), now), token);
            },
            ct);
    }

    private static async Task<Guid> ShipmentAsync(SourcingDb db, Guid orderId, Guid? shipmentId, Action<Shipment> change, CancellationToken ct)
    {
        var order = await db.OrderAsync(orderId, null, ct);
        change(order.Shipments.SingleOrDefault(s => s.Id == shipmentId) ?? throw new MissingException("shipment"));
        await db.SaveChangesAsync(ct);
        await db.AnnounceAsync("orders", order.Id, ct);
        return shipmentId!.Value;
    }

    /// <summary>The buyer's answer to a proposed date; the supplier is told.</summary>
    public Task<Guid> DecideDateAsync(DateDecisionForm form, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var order = await db.OrderAsync(form.Id, null, token);
                var change = order.DecideDate(form.ChangeId, form.Accept, form.Note, user.Id, await db.NowAsync(token));
                var line = order.Lines.Single(l => l.Id == change.OrderLineId);
                var sentence = $"{order.Number}, line {line.LineNo}: {Days.Text(change.ProposedDate)} was {(form.Accept ? "accepted" : "declined")}{(change.DecisionNote.Length > 0 ? $": {change.DecisionNote}" : "")}.";
                await db.TellSupplierAsync(order, $"{order.Number}: your new date was {(form.Accept ? "accepted" : "declined")}", sentence, sentence, token);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
                return change.Id;
            },
            ct);
    }

    /// <summary>Closes a received order; a partly received one with a reason.</summary>
    public Task CloseAsync(ReasonForm form, CancellationToken ct) => ReasonAsync(Permission.OrdersWrite, form, async (db, order, now, token) =>
    {
        var isShort = order.Status == OrderStatus.PartiallyReceived;
        order.Close(form.Reason, now);
        await WithdrawChangeAsync(db, order, now, token);
        if (isShort)
        {
            var text = $"{order.Number} was closed before everything had come: {order.CloseReason} Please send nothing more on it.";
            await db.TellSupplierAsync(order, $"{order.Number} is closed", text, text, token);
        }
    }, ct);

    /// <summary>Reopens a closed order with a reason; a supplier that was told to send nothing more is told that the rest is expected again.</summary>
    public Task ReopenAsync(ReasonForm form, CancellationToken ct) => ReasonAsync(Permission.OrdersWrite, form, async (db, order, now, token) =>
    {
        var wasShort = order.CloseReason.Length > 0;
        order.Reopen(form.Reason);
        await db.SaveChangesAsync(token);
        await AgreementUses.DemandWithinAsync(db, order, token);
        if (wasShort)
        {
            var text = $"{order.Number} is open again, and what has not come is expected: {order.ReopenReason}";
            await db.TellSupplierAsync(order, $"{order.Number} is open again", text, text, token);
        }
    }, ct);

    /// <summary>Cancels with a reason; a supplier that has the order is told.</summary>
    public Task CancelAsync(ReasonForm form, CancellationToken ct) => ReasonAsync(Permission.OrdersWrite, form, async (db, order, now, token) =>
    {
        order.Cancel(form.Reason, now);
        await WithdrawChangeAsync(db, order, now, token);
        if (order.IssuedAt is not null)
        {
            var text = $"{order.Number} was cancelled: {order.CancelReason}";
            await db.TellSupplierAsync(order, $"{order.Number} is cancelled", text, text, token);
        }
    }, ct);

    // A change of an order that is over waits for nobody any more.
    private async Task WithdrawChangeAsync(SourcingDb db, Order order, DateTimeOffset now, CancellationToken ct)
    {
        var change = await db.OrderChanges.SingleOrDefaultAsync(c => c.OrderId == order.Id && (c.Status == OrderChangeStatus.WaitsForApproval || c.Status == OrderChangeStatus.Sent), ct);
        change?.Withdraw(user.Id, now);
    }

    private async Task ApproveAsync(SourcingDb db, Order order, DateTimeOffset now, CancellationToken ct)
    {
        var person = await db.People.SingleAsync(p => p.Id == user.Id, ct);
        var total = await InBaseAsync(db, order, now, ct);
        order.Approve(new(person.Id, person.FullName, person.ApprovalLimit), total.Amount, now, total.Day);
        await db.NotifyAsync([order.BuyerId], $"{person.FullName} approved {order.Number}.", $"/orders/{order.Id}", "approval", ct);
    }

    /// <summary>What the order comes to in the currency of limits, by today's rate; the day is null within that currency.</summary>
    private static async Task<(decimal Amount, DateOnly? Day)> InBaseAsync(SourcingDb db, Order order, DateTimeOffset now, CancellationToken ct)
    {
        var rates = await CurrencyConversion.LoadAsync(db, [order.Currency], ct);
        var total = rates.Convert(order.Total, order.Currency, CurrencyConversion.Base, DateOnly.FromDateTime(now.UtcDateTime));
        return (total.Amount, order.Currency == CurrencyConversion.Base ? null : total.Day);
    }

    private Task ActAsync(Permission permission, OrderAct act, Func<SourcingDb, Order, DateTimeOffset, CancellationToken, Task> move, CancellationToken ct)
    {
        user.Demand(permission);
        return database.WriteAsync(
            async (db, token) =>
            {
                var order = await db.OrderAsync(act.Id, act.Version, token);
                await move(db, order, await db.NowAsync(token), token);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
            },
            ct);
    }

    private Task ReasonAsync(Permission permission, ReasonForm form, Func<SourcingDb, Order, DateTimeOffset, CancellationToken, Task> move, CancellationToken ct)
    {
        user.Demand(permission);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var order = await db.OrderAsync(form.Id, form.Version, token);
                await move(db, order, await db.NowAsync(token), token);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
                return order.Id;
            },
            ct);
    }
}
