using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Orders;

/// <summary>
/// Change orders, for people inside. What raises the total above the buyer's limit waits for a second person, as an order does; then the supplier
/// acknowledges or refuses it, and only then the order's figures change. Where the supplier has agreed already, it holds at once.
/// </summary>
public sealed class OrderChangeService(Database database, CurrentUser user)
{
    /// <summary>A form with the order's lines as they stand. Refuses an order that cannot be changed, and one of which a change is under way.</summary>
    public Task<OrderChangeForm> OpenAsync(Guid orderId, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.ReadAsync(
            async (db, token) =>
            {
                var order = await db.Orders.AsNoTracking().Include(o => o.Lines).SingleOrDefaultAsync(o => o.Id == orderId, token) ?? throw new MissingException("order");
                order.DemandChangeable();
                await DemandNoneOpenAsync(db, orderId, token);
                return new OrderChangeForm
                {
                    Id = order.Id, Version = order.Version, Number = order.Number, Currency = order.Currency, Subtotal = order.Subtotal,
                    Lines = [.. order.Lines.Where(l => !l.IsCancelled).OrderBy(l => l.LineNo).Select(l => new OrderChangeLineForm
                    {
                        LineId = l.Id, LineNo = l.LineNo, PartId = l.PartId, PartNumber = l.PartNumber, Description = l.Description, UnitId = l.UnitId, Unit = l.Unit,
                        Received = l.ReceivedQuantity, OldQuantity = OrderForm.Plain(l.Quantity), OldUnitPrice = OrderForm.Plain(l.UnitPrice), OldDate = l.DueDate,
                        Quantity = OrderForm.Plain(l.Quantity), UnitPrice = OrderForm.Plain(l.UnitPrice), Date = l.DueDate,
                    })],
                };
            },
            ct);
    }

    /// <summary>
    /// Writes a change order, once per form: sent to the supplier, or first to a second person where the total rises above the buyer's limit. With
    /// <see cref="OrderChangeForm.AgreedHow"/> it holds at once, as far as the limit goes.
    /// </summary>
    /// <returns>The change's key.</returns>
    public Task<Guid> ProposeAsync(OrderChangeForm form, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        form.Lines.RemoveAll(l => l.IsBlank());
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var order = await db.OrderAsync(form.Id, form.Version, token);
                await DemandNoneOpenAsync(db, order.Id, token);
                var number = (await db.OrderChanges.Where(c => c.OrderId == order.Id).MaxAsync(c => (int?)c.Number, token) ?? 0) + 1;
                var now = await db.NowAsync(token);
                var change = OrderChange.Propose(order, number, form.Reason, await DraftsAsync(db, form, token), user.Id, now);
                db.Add(change);
                var worth = await InBaseAsync(db, order, change.NewTotal, now, token);
                var limit = await db.People.Where(p => p.Id == user.Id).Select(p => p.ApprovalLimit).SingleAsync(token);
                // What does not cost more was approved with the order.
                var free = change.NewTotal <= change.OldTotal || Order.IsWithin(limit, worth);
                if (free)
                {
                    change.Send(null, now);
                }
                else if (form.AgreedHow.Trim().Length > 0)
                {
                    throw new RefusedException(nameof(form.AgreedHow), $"The order would come to {CurrencyConversion.Base} {worth:#,0.00}, above your limit of {CurrencyConversion.Base} {limit:#,0.00}. Leave this empty: another person approves it first, and then it can be marked as agreed.");
                }

                await db.SaveChangesAsync(token);
                await AgreementUses.DemandWithinAsync(db, order, token);
                await TellAsync(db, order, change, form.AgreedHow.Trim(), worth, now, token);
                return change.Id;
            },
            ct);
    }

    /// <summary>Approves a change that waits, within the approver's limit and never by who proposed it; then it goes to the supplier.</summary>
    public Task<Guid> ApproveAsync(OrderChangeAct act, CancellationToken ct) => ActAsync(Permission.OrdersApprove, act, async (db, order, change, now, token) =>
    {
        var person = await db.People.SingleAsync(p => p.Id == user.Id, token);
        var worth = await InBaseAsync(db, order, change.NewTotal, now, token);
        if (!Order.IsWithin(person.ApprovalLimit, worth))
        {
            throw new RefusedException($"With the change the order comes to {CurrencyConversion.Base} {worth:#,0.00} and your approval limit is {CurrencyConversion.Base} {person.ApprovalLimit:#,0.00}. Ask somebody with a higher limit to approve it.");
        }

        order.DemandChangeable();
        change.Send(person.Id, now);
        await db.SendChangeAsync(order, change, (await CompanyService.OfAsync(db, token)).Name, token);
        await db.NotifyAsync([change.ProposedBy], $"{person.FullName} approved change {change.Number} of {order.Number}. It is with the supplier.", $"/orders/{order.Id}?tab=changes", "approval", token);
    }, ct);

    /// <summary>Sends a change that waits back to its buyer, with a reason.</summary>
    public Task<Guid> DeclineAsync(OrderChangeAct act, CancellationToken ct) => ActAsync(Permission.OrdersApprove, act, async (db, order, change, now, token) =>
    {
        change.Decline(user.Id, act.Note, now);
        await db.NotifyAsync([change.ProposedBy], $"{user.Identity.Name} declined change {change.Number} of {order.Number}: {change.DeclineReason}", $"/orders/{order.Id}?tab=changes", "block", token);
    }, ct);

    /// <summary>Takes a change back that nobody has decided; a supplier who has it is told.</summary>
    public Task<Guid> WithdrawAsync(OrderChangeAct act, CancellationToken ct) => ActAsync(Permission.OrdersWrite, act, async (db, order, change, now, token) =>
    {
        var wasSent = change.Status == OrderChangeStatus.Sent;
        change.Withdraw(user.Id, now);
        if (wasSent)
        {
            var text = $"Change {change.Number} of {order.Number} was withdrawn. The order stands as it was.";
            await db.TellSupplierAsync(order, $"Change {change.Number} of {order.Number} is withdrawn", text, text, token);
        }
    }, ct);

    /// <summary>The supplier agreed by other means than the portal: the order changes now. Say who agreed and how.</summary>
    public Task<Guid> AcknowledgeAsync(OrderChangeAct act, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        FormShape.Demand(act);
        return database.WriteOnceAsync(
            act.FormKey,
            async (db, token) =>
            {
                var change = await db.OrderChanges.Include(c => c.Lines).SingleOrDefaultAsync(c => c.Id == act.Id, token) ?? throw new MissingException("change");
                await HoldAsync(db, change, act.Note, await db.NowAsync(token), token);
                return change.Id;
            },
            ct);
    }

    internal static async Task<IReadOnlyList<OrderChangeView>> ViewsAsync(
        SourcingDb db, Guid orderId, string currency, Guid viewer, decimal? limit, CancellationToken ct)
    {
        var changes = await db.OrderChanges.AsNoTracking().Include(c => c.Lines).Where(c => c.OrderId == orderId).OrderByDescending(c => c.Number).Take(200).ToListAsync(ct);
        if (changes.Count == 0)
        {
            return [];
        }

        var ids = changes.SelectMany(c => new Guid?[] { c.ProposedBy, c.ApprovedBy }).OfType<Guid>().Distinct().ToList();
        var people = await db.People.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.FullName, ct);
        var rates = await CurrencyConversion.LoadAsync(db, [currency], ct);
        var today = DateOnly.FromDateTime((await db.NowAsync(ct)).UtcDateTime);
        return
        [
            .. changes.Select(c => new OrderChangeView(
                c.Id, c.Number, c.Status, c.Reason, c.OldTotal, c.NewTotal, people.GetValueOrDefault(c.ProposedBy, ""), c.ProposedAt,
                c.ApprovedBy is { } by ? people.GetValueOrDefault(by, "") : "", c.SentAt, c.DecidedAt, c.DecisionNote, c.DeclineReason, c.ProposedBy == viewer,
                rates.TryConvert(c.NewTotal, currency, CurrencyConversion.Base, today) is { } worth && Order.IsWithin(limit, worth.Amount),
                [.. c.Lines.OrderBy(l => l.LineNo).Select(View)])),
        ];
    }

    internal static OrderChangeLineView View(OrderChangeLine l) =>
        new(l.LineNo, l.Kind, l.PartNumber, l.Description, l.Unit, l.OldQuantity, l.NewQuantity, l.OldUnitPrice, l.NewUnitPrice, l.OldDate, l.NewDate);

    private async Task TellAsync(SourcingDb db, Order order, OrderChange change, string agreedHow, decimal worth, DateTimeOffset now, CancellationToken ct)
    {
        if (change.Status == OrderChangeStatus.WaitsForApproval)
        {
            await db.TellChangeApproversAsync(order, change, user.Identity.Name, worth, ct);
        }
        else if (agreedHow.Length > 0)
        {
            await HoldAsync(db, change, agreedHow, now, ct);
            return;
        }
        else
        {
            await db.SendChangeAsync(order, change, (await CompanyService.OfAsync(db, ct)).Name, ct);
        }

        await db.SaveChangesAsync(ct);
        await db.AnnounceAsync("orders", order.Id, ct);
    }

    // The function changes order and lines behind the context's back, so the order is read again for what follows.
    private async Task HoldAsync(SourcingDb db, OrderChange change, string note, DateTimeOffset now, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select app.apply_order_change({change.Id})", ct);
        change.Acknowledge(user.Id, note, now);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        var order = await db.OrderAsync(change.OrderId, null, ct);
        await AgreementUses.DemandWithinAsync(db, order, ct);
        await InvoiceDesk.CompareAllAsync(db, order, ct);
        var text = $"Change {change.Number} of {order.Number} holds, as agreed: {change.DecisionNote}. The order now comes to {order.Currency} {order.Total:#,0.00}.";
        await db.TellSupplierAsync(order, $"Change {change.Number} of {order.Number} holds", text, text, ct);
        await db.SaveChangesAsync(ct);
        await db.AnnounceAsync("orders", order.Id, ct);
    }

    private Task<Guid> ActAsync(Permission permission, OrderChangeAct act, Func<SourcingDb, Order, OrderChange, DateTimeOffset, CancellationToken, Task> move, CancellationToken ct)
    {
        user.Demand(permission);
        FormShape.Demand(act);
        return database.WriteOnceAsync(
            act.FormKey,
            async (db, token) =>
            {
                var orderId = await db.OrderChanges.Where(c => c.Id == act.Id).Select(c => (Guid?)c.OrderId).SingleOrDefaultAsync(token) ?? throw new MissingException("change");
                var order = await db.OrderAsync(orderId, null, token);
                var change = await db.OrderChanges.Include(c => c.Lines).SingleAsync(c => c.Id == act.Id, token);
                await move(db, order, change, await db.NowAsync(token), token);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
                return change.Id;
            },
            ct);
    }

    private static async Task DemandNoneOpenAsync(SourcingDb db, Guid orderId, CancellationToken ct)
    {
        var open = await db.OrderChanges.Where(c => c.OrderId == orderId && (c.Status == OrderChangeStatus.WaitsForApproval || c.Status == OrderChangeStatus.Sent))
            .Select(c => (int?)c.Number).SingleOrDefaultAsync(ct);
        if (open is not null)
        {
            throw new RefusedException($"Change {open} of this order is under way. Wait until it is decided, or withdraw it first.");
        }
    }

    private static async Task<List<OrderChangeDraft>> DraftsAsync(SourcingDb db, OrderChangeForm form, CancellationToken ct)
    {
        var unitIds = form.Lines.Where(l => l.LineId is null).Select(l => l.UnitId!.Value).Distinct().ToList();
        var units = await db.Units.Where(u => unitIds.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Code, ct);
        var partIds = form.Lines.Where(l => l.LineId is null).Select(l => l.PartId).OfType<Guid>().Distinct().ToList();
        var parts = await db.Parts.Where(p => partIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Number, ct);
        var drafts = new List<OrderChangeDraft>();
        for (var i = 0; i < form.Lines.Count; i++)
        {
            var line = form.Lines[i];
            if (line.LineId is not null)
            {
                drafts.Add(new(line.LineId, line.Cancel, line.Quantity ?? 0, line.UnitPrice ?? 0, line.Date));
                continue;
            }

            if (!units.TryGetValue(line.UnitId!.Value, out var unit) || (line.PartId is { } id && !parts.ContainsKey(id)))
            {
                throw new RefusedException($"Lines[{i}].Description", $"Added line {i + 1}: its part or unit was deleted. Choose another.");
            }

            drafts.Add(new(null, false, line.Quantity!.Value, line.UnitPrice!.Value, line.Date, new(
                null, line.PartId, line.PartId is { } part ? parts[part] : "", "", line.Description, line.Quantity.Value, line.UnitId.Value, unit, line.UnitPrice.Value, line.Date, line.Date)));
        }

        return drafts;
    }

    private static async Task<decimal> InBaseAsync(SourcingDb db, Order order, decimal total, DateTimeOffset now, CancellationToken ct) =>
        (await CurrencyConversion.LoadAsync(db, [order.Currency], ct)).Convert(total, order.Currency, CurrencyConversion.Base, DateOnly.FromDateTime(now.UtcDateTime)).Amount;
}
