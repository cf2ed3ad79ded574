using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Orders;

/// <summary>Blanket agreements: written, extended, ended, and called off.</summary>
public sealed class AgreementService(Database database, CurrentUser user)
{
    /// <summary>An agreement as a form; a new one for a year from today when <paramref name="id"/> is null.</summary>
    public Task<AgreementForm> OpenAsync(Guid? id, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.ReadAsync(
            async (db, token) =>
            {
                if (id is null)
                {
                    var today = Days.Today(await db.NowAsync(token), user.Identity.TimeZone);
                    return new AgreementForm { ValidFrom = today, ValidTo = today.AddYears(1).AddDays(-1), Lines = [new()] };
                }

                var agreement = await db.Agreements.AsNoTracking().Include(a => a.Lines).ThenInclude(l => l.Breaks).SingleOrDefaultAsync(a => a.Id == id, token) ?? throw new MissingException("agreement");
                return Form(agreement);
            },
            ct);
    }

    /// <summary>Saves a new agreement or a changed one, once per form. What is called off already bounds what may change.</summary>
    public Task<Guid> SaveAsync(AgreementForm form, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        form.Lines.RemoveAll(l => l.IsBlank());
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                await OrderService.DemandSupplierAsync(db, form.SupplierId!.Value, token);
                var agreement = form.Id is { } id
                    ? await LoadAsync(db, id, form.Version, token)
                    : new Agreement(await db.NextNumberAsync("BA", token), form.SupplierId.Value, form.Currency, user.Id);
                var used = form.Id is { } known ? await db.AgreementUseAsync(known, token) : AgreementUse.None;
                var terms = new AgreementTerms(form.Title, form.ValidFrom!.Value, form.ValidTo!.Value, form.MostValue, form.PaymentTerms, form.Incoterm, form.Note);
                agreement.Edit(form.SupplierId.Value, form.Currency, terms, await DraftsAsync(db, form, token), used);
                if (form.Id is null)
                {
                    db.Add(agreement);
                }

                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("agreements", agreement.Id, token);
                return agreement.Id;
            },
            ct);
    }

    /// <summary>Deletes an agreement of which nothing counts as called off; it can be restored.</summary>
    public Task DeleteAsync(OrderAct act, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.WriteAsync(
            async (db, token) =>
            {
                await AgreementUses.LockAsync(db, act.Id, token);
                // Without its lines: they stay below it, and come back with it.
                var agreement = await db.Agreements.SingleOrDefaultAsync(a => a.Id == act.Id, token) ?? throw new MissingException("agreement");
                db.Entry(agreement).Property(a => a.Version).OriginalValue = act.Version;
                if (await db.OrderLines.AnyAsync(l => db.AgreementLines.Any(a => a.Id == l.AgreementLineId && a.AgreementId == act.Id) && db.Orders.Any(o => o.Id == l.OrderId), token))
                {
                    throw new RefusedException($"{agreement.Number} was called off, so it stays. End it to call off no more.");
                }

                db.Remove(agreement);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("agreements", agreement.Id, token);
            },
            ct);
    }

    /// <summary>Ends an agreement before its last day, with a reason; what was called off stays.</summary>
    public Task<Guid> EndAsync(ReasonForm form, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var agreement = await LoadAsync(db, form.Id, form.Version, token);
                agreement.End(form.Reason, await db.NowAsync(token));
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("agreements", agreement.Id, token);
                return agreement.Id;
            },
            ct);
    }

    /// <summary>
    /// Calls off so many, once per form: a line at the agreed price for that quantity, in this person's open draft under the agreement or in a new
    /// one, which is approved and issued as every order. Refuses what is beyond the agreement or outside its days.
    /// </summary>
    /// <returns>The order's key.</returns>
    public Task<Guid> CallOffAsync(CallOffForm form, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var agreementId = await db.AgreementLines.Where(l => l.Id == form.LineId).Select(l => (Guid?)l.AgreementId).SingleOrDefaultAsync(token) ?? throw new MissingException("line of the agreement");
                await AgreementUses.LockAsync(db, agreementId, token);
                var agreement = await db.Agreements.AsNoTracking().Include(a => a.Lines).ThenInclude(l => l.Breaks).SingleOrDefaultAsync(a => a.Id == agreementId, token) ?? throw new MissingException("agreement");
                agreement.DemandValid(Days.Today(await db.NowAsync(token), user.Identity.TimeZone));
                await OrderService.DemandSupplierAsync(db, agreement.SupplierId, token);
                var order = await DraftUnderAsync(db, agreement, token);
                var line = agreement.Lines.Single(l => l.Id == form.LineId);
                var quantity = Math.Round(form.Quantity!.Value, 4);
                order.Edit(
                    order.SupplierId, order.Currency, new(order.PaymentTerms, order.Incoterm, order.ShipTo, order.Freight, order.TaxRate, order.Note),
                    [
                        .. order.Lines.Select(OrderReading.Draft),
                        new(null, line.PartId, line.PartNumber, line.SupplierPartNumber, line.Description, quantity, line.UnitId, line.Unit, line.PriceAt(quantity), form.NeedBy, null, null, line.Id),
                    ]);
                await db.SaveChangesAsync(token);
                await AgreementUses.DemandWithinAsync(db, order, token);
                await db.AnnounceAsync("orders", order.Id, token);
                await db.AnnounceAsync("agreements", agreement.Id, token);
                return order.Id;
            },
            ct);
    }

    // A draft that waits for approval is left alone: it is being decided as it stands.
    private async Task<Order> DraftUnderAsync(SourcingDb db, Agreement agreement, CancellationToken ct)
    {
        var lines = agreement.Lines.Select(l => (Guid?)l.Id).ToList();
        var open = await db.Orders
            .Where(o => o.Status == OrderStatus.Draft && o.BuyerId == user.Id && o.SupplierId == agreement.SupplierId && o.Currency == agreement.Currency
                && o.Lines.Any() && o.Lines.All(l => lines.Contains(l.AgreementLineId)) && o.Lines.Count < OrderForm.MostLines
                && !db.OrderInternals.Any(i => i.Id == o.Id && i.ApprovalRequestedAt != null))
            .OrderByDescending(o => o.OrderedAt).Select(o => (Guid?)o.Id).FirstOrDefaultAsync(ct);
        if (open is { } id)
        {
            return await db.OrderAsync(id, null, ct);
        }

        var order = Order.Draft(await db.NextNumberAsync("PO", ct), agreement.SupplierId, agreement.Currency, user.Id, user.Id);
        order.StartUnder(agreement.PaymentTerms, agreement.Incoterm, $"Called off under our agreement {agreement.Number}.");
        db.Add(order);
        return order;
    }

    private static async Task<Agreement> LoadAsync(SourcingDb db, Guid id, uint version, CancellationToken ct)
    {
        await AgreementUses.LockAsync(db, id, ct);
        var agreement = await db.Agreements.Include(a => a.Lines).ThenInclude(l => l.Breaks).SingleOrDefaultAsync(a => a.Id == id, ct) ?? throw new MissingException("agreement");
        if (agreement.Version != version)
        {
            throw new ConflictException();
        }

        db.Entry(agreement).Property(a => a.Title).IsModified = true;
        return agreement;
    }

    private static async Task<List<AgreementLineDraft>> DraftsAsync(SourcingDb db, AgreementForm form, CancellationToken ct)
    {
        var unitIds = form.Lines.Select(l => l.UnitId!.Value).Distinct().ToList();
        var units = await db.Units.Where(u => unitIds.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Code, ct);
        var partIds = form.Lines.Select(l => l.PartId).OfType<Guid>().Distinct().ToList();
        var parts = await db.Parts.Where(p => partIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Number, ct);
        var drafts = new List<AgreementLineDraft>();
        for (var i = 0; i < form.Lines.Count; i++)
        {
            var line = form.Lines[i];
            if (!units.TryGetValue(line.UnitId!.Value, out var unit) || (line.PartId is { } id && !parts.ContainsKey(id)))
            {
                throw new RefusedException($"Lines[{i}].Description", $"Line {i + 1}: its part or unit was deleted. Choose another.");
            }

            drafts.Add(new(
                line.Id, line.PartId, line.PartId is { } part ? parts[part] : "", line.SupplierPartNumber, line.Description, line.UnitId.Value, unit, line.UnitPrice!.Value, line.MostQuantity, line.ReadBreaks()!));
        }

        return drafts;
    }

    private static AgreementForm Form(Agreement agreement) => new()
    {
        Id = agreement.Id, Version = agreement.Version, Number = agreement.Number, Title = agreement.Title, SupplierId = agreement.SupplierId, Currency = agreement.Currency,
        ValidFrom = agreement.ValidFrom, ValidTo = agreement.ValidTo, MostValue = agreement.MostValue, PaymentTerms = agreement.PaymentTerms, Incoterm = agreement.Incoterm, Note = agreement.Note,
        Lines = [.. agreement.Lines.OrderBy(l => l.LineNo).Select(l => new AgreementLineForm
        {
            Id = l.Id, PartId = l.PartId, PartNumber = l.PartNumber, SupplierPartNumber = l.SupplierPartNumber, Description = l.Description, UnitId = l.UnitId,
            UnitPrice = OrderForm.Plain(l.UnitPrice), MostQuantity = l.MostQuantity is { } most ? OrderForm.Plain(most) : null,
            Breaks = string.Join("; ", l.Breaks.OrderBy(b => b.MinimumQuantity).Select(b => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{OrderForm.Plain(b.MinimumQuantity)}: {OrderForm.Plain(b.UnitPrice)}"))),
        })],
    };
}
