using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Orders;

/// <summary>An order that an award makes: one per supplier.</summary>
/// <param name="QuoteId">The quote that won; null when lines of several were awarded.</param>
/// <param name="ApprovedBy">Who decided the award, or gave the second signature where it was above the buyer's limit.</param>
public sealed record AwardedOrder(
    Guid RfqId, Guid? QuoteId, Guid SupplierId, Guid BuyerId, Guid ApprovedBy, string Currency, OrderTerms Terms, IReadOnlyList<OrderLineDraft> Lines);

/// <summary>A draft that planning makes: one per supplier, in its terms.</summary>
/// <param name="Reason">For people inside: what it came from.</param>
public sealed record PlannedPurchase(Guid SupplierId, string Currency, OrderTerms Terms, IReadOnlyList<OrderLineDraft> Lines, string Reason);

/// <summary>Makes orders, changes and deletes drafts.</summary>
public sealed class OrderService(Database database, CurrentUser user)
{
    /// <summary>
    /// The door for awards: adds an approved order to the caller's context and transaction, and saves nothing. Call it once per
    /// supplier, then save once. The award was within a limit or approved, so the order needs no second approval; a buyer issues it.
    /// </summary>
    public async Task<Order> AddFromAward(SourcingDb db, AwardedOrder award, CancellationToken ct)
    {
        user.Demand(Permission.RfqsAward);
        var order = Order.FromAward(
            await db.NextNumberAsync("PO", ct), award.SupplierId, award.Currency, award.BuyerId, award.RfqId, award.QuoteId, award.Terms, award.Lines, award.ApprovedBy, await db.NowAsync(ct));
        db.Add(order);
        await db.AnnounceAsync("orders", order.Id, ct);
        return order;
    }

    /// <summary>
    /// The door for planning: adds a draft to the caller's context and transaction, and saves nothing. It needs no right to write orders,
    /// since a draft binds nobody: whoever may approves and issues it. The caller has checked supplier, prices and quantities.
    /// </summary>
    /// <returns>The order; its lines stand in the order of those given.</returns>
    public async Task<Order> AddFromPlanning(SourcingDb db, PlannedPurchase purchase, CancellationToken ct)
    {
        user.Demand(Permission.PlanningAccept);
        var order = Order.Draft(await db.NextNumberAsync("PO", ct), purchase.SupplierId, purchase.Currency, user.Id, user.Id);
        order.Edit(purchase.SupplierId, purchase.Currency, purchase.Terms, purchase.Lines);
        order.Internal.Note = purchase.Reason;
        db.Add(order);
        await db.AnnounceAsync("orders", order.Id, ct);
        return order;
    }

    /// <summary>
    /// Saves a new order or a changed draft, once per form. Refuses a supplier that is blocked or inactive, and quantities that the
    /// supplier does not sell unless the form says that it agreed. Rows in which nothing was typed are dropped from the form.
    /// </summary>
    /// <returns>The order's key.</returns>
    public Task<Guid> SaveAsync(OrderForm form, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        FormShape.Demand(form);
        form.Lines.RemoveAll(l => l.IsBlank());
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                await DemandSupplierAsync(db, form.SupplierId!.Value, token);
                var order = form.Id is { } id
                    ? await db.OrderAsync(id, form.Version, token)
                    : Order.Draft(await db.NextNumberAsync("PO", token), form.SupplierId.Value, form.Currency, user.Id, user.Id);
                var terms = new OrderTerms(form.PaymentTerms, form.Incoterm, form.ShipTo, form.Freight, form.TaxRate, form.Note);
                order.Edit(form.SupplierId.Value, form.Currency, terms, await LinesAsync(db, form, token));
                order.Internal.Note = form.InternalNote.Trim();
                if (form.Id is null)
                {
                    db.Add(order);
                }

                await db.SaveChangesAsync(token);
                await AgreementUses.DemandWithinAsync(db, order, token);
                await db.AnnounceAsync("orders", order.Id, token);
                return order.Id;
            },
            ct);
    }

    /// <summary>Deletes a draft; it can be restored.</summary>
    public Task DeleteAsync(OrderAct act, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.WriteAsync(
            async (db, token) =>
            {
                // Without its lines: they stay below it, and come back with it.
                var order = await db.Orders.SingleOrDefaultAsync(o => o.Id == act.Id, token) ?? throw new MissingException("order");
                db.Entry(order).Property(o => o.Version).OriginalValue = act.Version;
                order.DemandDeletable();
                db.Remove(order);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
            },
            ct);
    }

    /// <summary>Brings a deleted draft back. Refused where its number was taken since.</summary>
    public Task RestoreAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.WriteAsync(
            async (db, token) =>
            {
                var order = await db.Orders.IgnoreQueryFilters([SourcingDb.LiveRows]).SingleOrDefaultAsync(o => o.Id == id && o.DeletedAt != null, token)
                    ?? throw new MissingException("deleted order");
                order.Restore();
                await db.SaveChangesAsync(token);
                await AgreementUses.DemandWithinAsync(db, await db.OrderAsync(id, null, token), token);
                await db.AnnounceAsync("orders", id, token);
            },
            ct);
    }

    internal static async Task DemandSupplierAsync(SourcingDb db, Guid supplierId, CancellationToken ct)
    {
        var supplier = await db.Suppliers.Where(s => s.Id == supplierId).Select(s => new { s.Name, s.IsActive, s.BlockedFor, s.BlockReason }).SingleOrDefaultAsync(ct)
            ?? throw new RefusedException(nameof(OrderForm.SupplierId), "This supplier was deleted. Choose another.");
        if (supplier.BlockedFor == SupplierBlock.Order)
        {
            throw new RefusedException(nameof(OrderForm.SupplierId), $"{supplier.Name} is blocked for orders: {supplier.BlockReason} Choose another supplier, or lift the block on the supplier's page.");
        }

        if (!supplier.IsActive)
        {
            throw new RefusedException(nameof(OrderForm.SupplierId), $"{supplier.Name} is not active. Choose another supplier, or make this one active on its page.");
        }
    }

    private static async Task<IReadOnlyList<OrderLineDraft>> LinesAsync(SourcingDb db, OrderForm form, CancellationToken ct)
    {
        var day = DateOnly.FromDateTime((await db.NowAsync(ct)).UtcDateTime);
        var partIds = form.Lines.Select(l => l.PartId).OfType<Guid>().Distinct().ToList();
        var offers = await db.OffersAsync(form.SupplierId!.Value, partIds, form.Currency, day, ct);
        var unitIds = form.Lines.Select(l => l.UnitId!.Value).Distinct().ToList();
        var units = await db.Units.Where(u => unitIds.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Code, ct);
        var errors = new List<FieldError>();
        var lines = new List<OrderLineDraft>(form.Lines.Count);
        for (var i = 0; i < form.Lines.Count; i++)
        {
            var line = form.Lines[i];
            var offer = line.PartId is { } partId ? offers.GetValueOrDefault(partId) : null;
            if (line.PartId is not null && offer is null)
            {
                errors.Add(new($"Lines[{i}].Description", $"Line {i + 1}: the part was deleted. Choose another, or clear the part and describe the goods."));
            }

            if (!units.TryGetValue(line.UnitId!.Value, out var unit))
            {
                errors.Add(new($"Lines[{i}].UnitId", $"Line {i + 1}: the unit was deleted. Choose another."));
            }

            if (!form.QuantitiesAgreed && offer?.QuantityFault(line.Quantity!.Value, line.UnitId.Value) is { } fault)
            {
                errors.Add(new($"Lines[{i}].Quantity", $"Line {i + 1}: {fault}"));
            }

            lines.Add(new(
                line.Id, line.PartId, offer?.PartNumber ?? line.PartNumber, line.SupplierPartNumber, line.Description, line.Quantity!.Value, line.UnitId.Value, unit ?? "", line.UnitPrice!.Value,
                line.NeedBy, line.PromisedDate));
        }

        return errors.Count == 0 ? lines : throw new RefusedException(errors);
    }
}
