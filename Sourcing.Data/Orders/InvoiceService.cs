using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Orders;

/// <summary>Suppliers' invoices: entered against an order, compared with it and with what came, approved by another person where they differ, or refused.</summary>
public sealed class InvoiceService(Database database, CurrentUser user)
{
    /// <summary>A form with what was received and not invoiced yet, at the ordered prices: what the invoice should say.</summary>
    public Task<InvoiceForm> OpenAsync(Guid orderId, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.ReadAsync(
            async (db, token) =>
            {
                var order = await db.Orders.AsNoTracking().Include(o => o.Lines).SingleOrDefaultAsync(o => o.Id == orderId, token) ?? throw new MissingException("order");
                order.DemandInvoiceable();
                var supplier = await db.Suppliers.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(s => s.Id == order.SupplierId).Select(s => s.Name).SingleAsync(token);
                return new InvoiceForm
                {
                    Id = order.Id, Order = order.Number, Supplier = supplier, Currency = order.Currency, TaxRate = order.TaxRate,
                    InvoiceDate = Days.Today(await db.NowAsync(token), user.Identity.TimeZone),
                    Lines = [.. order.Lines.Where(l => !l.IsCancelled).OrderBy(l => l.LineNo).Select(l => new InvoiceLineForm
                    {
                        LineId = l.Id, LineNo = l.LineNo, PartNumber = l.PartNumber, SupplierPartNumber = l.SupplierPartNumber, Description = l.Description, Unit = l.Unit,
                        Ordered = l.Quantity, Received = l.ReceivedQuantity, Invoiced = l.InvoicedQuantity, OrderedPrice = l.UnitPrice, UnitPrice = OrderForm.Plain(l.UnitPrice),
                        Quantity = l.ReceivedQuantity > l.InvoicedQuantity ? OrderForm.Plain(l.ReceivedQuantity - l.InvoicedQuantity) : null,
                    })],
                };
            },
            ct);
    }

    /// <summary>
    /// Enters an invoice, once per form, and compares it. Refuses a number that this supplier has used already, and a printed total that lines,
    /// freight and tax do not come to. Where it differs, everybody who may approve it hears of it.
    /// </summary>
    public Task<Guid> EnterAsync(InvoiceForm form, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var order = await db.OrderAsync(form.Id, null, token);
                await DemandNewAsync(db, order.SupplierId, form.Number, token);
                var now = await db.NowAsync(token);
                if (form.InvoiceDate > Days.Today(now, user.Identity.TimeZone).AddDays(1))
                {
                    throw new RefusedException(nameof(form.InvoiceDate), "The invoice is dated in the future. Check the date.");
                }

                var invoice = Invoice.Enter(
                    order, form.Number, form.InvoiceDate!.Value, form.DueOn, new(form.Freight, form.Tax, form.Total!.Value),
                    [.. form.Lines.Where(l => l.Quantity > 0).Select(l => new InvoiceLineDraft(l.LineId, l.Quantity!.Value, l.UnitPrice!.Value))], form.Note, user.Id, now);
                var others = await db.InvoicesAsync(order.Id, token);
                db.Add(invoice);
                InvoiceDesk.Compare(order, [.. others, invoice], (await OrderSettingsService.OfAsync(db, token)).Tolerances);
                if (invoice.Status == InvoiceStatus.Waiting && invoice.Match != InvoiceMatch.NotReceived)
                {
                    await TellApproversAsync(db, order, invoice, now, token);
                }

                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
                return invoice.Id;
            },
            ct);
    }

    /// <summary>Lets an invoice be paid in spite of what differs: within the approver's limit, with a reason, and never by who entered it.</summary>
    public Task<Guid> ApproveAsync(InvoiceAct act, CancellationToken ct) => ActAsync(Permission.OrdersApprove, act, async (db, order, invoice, now, token) =>
    {
        var person = await db.People.SingleAsync(p => p.Id == user.Id, token);
        invoice.Approve(new(person.Id, person.FullName, person.ApprovalLimit), await InBaseAsync(db, invoice, now, token), act.Reason, now);
        await db.NotifyAsync([invoice.EnteredBy, order.BuyerId], $"{person.FullName} approved invoice {invoice.Number} of {order.Number}: {invoice.ApprovalReason}", Page(order), "approval", token);
    }, ct);

    /// <summary>Sends an invoice back, with a reason that the supplier gets by mail. Its number is free for a corrected one.</summary>
    public Task<Guid> RefuseAsync(InvoiceAct act, CancellationToken ct) => ActAsync(Permission.OrdersWrite, act, async (db, order, invoice, now, token) =>
    {
        invoice.Refuse(user.Id, act.Reason, now);
        var text = $"We cannot pay your invoice {invoice.Number} to {order.Number}: {invoice.RefuseReason} Please send a corrected one.";
        await db.TellSupplierAsync(order, $"Your invoice {invoice.Number} to {order.Number}", text, text, token);
        await db.NotifyAsync([invoice.EnteredBy], $"{user.Identity.Name} refused invoice {invoice.Number} of {order.Number}: {invoice.RefuseReason}", Page(order), "block", token);
    }, ct);

    /// <summary>Removes an invoice that was entered by mistake; refused once something of it is paid. The history keeps it.</summary>
    public Task<Guid> RemoveAsync(InvoiceAct act, CancellationToken ct) => ActAsync(Permission.OrdersWrite, act, (db, order, invoice, now, token) =>
    {
        invoice.DemandRemovable();
        // Without its lines: they stay below it.
        foreach (var line in invoice.Lines)
        {
            db.Entry(line).State = EntityState.Detached;
        }

        db.Remove(invoice);
        return Task.CompletedTask;
    }, ct);

    /// <summary>Brings a removed invoice back and compares it anew. Refused where its number was entered again since.</summary>
    public Task RestoreAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.WriteAsync(
            async (db, token) =>
            {
                var gone = await db.Invoices.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(i => i.Id == id && i.DeletedAt != null).Select(i => new { i.OrderId, i.SupplierId, i.Number }).SingleOrDefaultAsync(token)
                    ?? throw new MissingException("removed invoice");
                var order = await db.OrderAsync(gone.OrderId, null, token);
                await DemandNewAsync(db, gone.SupplierId, gone.Number, token);
                await db.Database.ExecuteSqlAsync($"update invoices set deleted_at = null, deleted_by = null where id = {id}", token);
                await InvoiceDesk.CompareAllAsync(db, order, token);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
            },
            ct);
    }

    /// <summary>Compares the order's invoices anew: after the tolerances or the order changed.</summary>
    public Task<Guid> CompareAsync(InvoiceAct act, CancellationToken ct) => ActAsync(Permission.OrdersWrite, act, (_, _, _, _, _) => Task.CompletedTask, ct);

    internal static async Task<IReadOnlyList<InvoiceView>> ViewsAsync(SourcingDb db, Order order, Guid viewer, decimal? limit, CancellationToken ct)
    {
        var invoices = await db.Invoices.AsNoTracking().Include(i => i.Lines).Where(i => i.OrderId == order.Id).OrderByDescending(i => i.EnteredAt).ThenBy(i => i.Id).Take(200).ToListAsync(ct);
        if (invoices.Count == 0)
        {
            return [];
        }

        var ids = invoices.SelectMany(i => new Guid?[] { i.EnteredBy, i.DecidedBy }).OfType<Guid>().Distinct().ToList();
        var people = await db.People.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.FullName, ct);
        var rates = await CurrencyConversion.LoadAsync(db, [order.Currency], ct);
        var today = DateOnly.FromDateTime((await db.NowAsync(ct)).UtcDateTime);
        var lines = order.Lines.ToDictionary(l => l.Id);
        return
        [
            .. invoices.Select(i => new InvoiceView(
                i.Id, i.OrderId, i.Number, i.Currency, i.InvoiceDate, i.DueOn, i.Subtotal, i.Freight, i.Tax, i.Total, i.Paid, i.Match, i.Status,
                i.Findings.Split('\n', StringSplitOptions.RemoveEmptyEntries), i.Note, people.GetValueOrDefault(i.EnteredBy, ""), i.EnteredAt,
                i.DecidedBy is { } by ? people.GetValueOrDefault(by, "") : "", i.DecidedAt, i.ApprovalReason, i.RefuseReason, i.EnteredBy == viewer,
                rates.TryConvert(i.Total, i.Currency, CurrencyConversion.Base, today) is { } worth && Order.IsWithin(limit, worth.Amount),
                [.. i.Lines.Select(l => (Own: l, Of: lines[l.OrderLineId])).OrderBy(l => l.Of.LineNo).Select(l => new InvoiceLineView(
                    l.Of.LineNo, l.Of.Description, l.Of.Unit, l.Own.Quantity, l.Own.UnitPrice, l.Own.Amount, l.Of.Quantity, l.Of.ReceivedQuantity, l.Of.UnitPrice, l.Own.Match, l.Own.Finding))])),
        ];
    }

    private static string Page(Order order) => $"/orders/{order.Id}?tab=invoices";

    private static async Task DemandNewAsync(SourcingDb db, Guid supplierId, string number, CancellationToken ct)
    {
        var key = Invoice.KeyOf(number);
        var same = await db.Invoices.Where(i => i.SupplierId == supplierId && i.NumberKey == key && i.Status != InvoiceStatus.Refused)
            .Select(i => new { i.Number, i.InvoiceDate, Order = db.Orders.Where(o => o.Id == i.OrderId).Select(o => o.Number).FirstOrDefault() }).FirstOrDefaultAsync(ct);
        if (same is not null)
        {
            throw new RefusedException(nameof(InvoiceForm.Number), $"Invoice {same.Number} of this supplier, dated {Days.Text(same.InvoiceDate)}, is entered already for {same.Order}. If that one was wrong, refuse or remove it first.");
        }
    }

    private async Task TellApproversAsync(SourcingDb db, Order order, Invoice invoice, DateTimeOffset now, CancellationToken ct)
    {
        var able = await db.ApproversAsync(user.Id, await InBaseAsync(db, invoice, now, ct), ct);
        await db.NotifyAsync(able, $"Invoice {invoice.Number} of {order.Number}, {invoice.Currency} {invoice.Total:#,0.00}, differs from the order and waits for approval.", Page(order), "receipt_long", ct);
    }

    private Task<Guid> ActAsync(Permission permission, InvoiceAct act, Func<SourcingDb, Order, Invoice, DateTimeOffset, CancellationToken, Task> move, CancellationToken ct)
    {
        user.Demand(permission);
        FormShape.Demand(act);
        return database.WriteOnceAsync(
            act.FormKey,
            async (db, token) =>
            {
                var orderId = await db.Invoices.Where(i => i.Id == act.Id).Select(i => (Guid?)i.OrderId).SingleOrDefaultAsync(token) ?? throw new MissingException("invoice");
                var order = await db.OrderAsync(orderId, null, token);
                var invoices = await db.InvoicesAsync(order.Id, token);
                var invoice = invoices.SingleOrDefault(i => i.Id == act.Id) ?? throw new MissingException("invoice");
                await move(db, order, invoice, await db.NowAsync(token), token);
                InvoiceDesk.Compare(order, [.. invoices.Where(i => db.Entry(i).State != EntityState.Deleted)], (await OrderSettingsService.OfAsync(db, token)).Tolerances);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
                return invoice.Id;
            },
            ct);
    }

    private static async Task<decimal> InBaseAsync(SourcingDb db, Invoice invoice, DateTimeOffset now, CancellationToken ct) =>
        (await CurrencyConversion.LoadAsync(db, [invoice.Currency], ct)).Convert(invoice.Total, invoice.Currency, CurrencyConversion.Base, DateOnly.FromDateTime(now.UtcDateTime)).Amount;
}
