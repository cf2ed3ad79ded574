using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Planning;

/// <summary>
/// Acts on stock. Every change is a line of the ledger, so that the sum of a part's movements is what is on hand, and the sum of its
/// reservations what is allocated.
/// </summary>
public sealed class StockService(Database database, CurrentUser user)
{
    /// <summary>
    /// Takes a count, in any unit that converts to the part's. Where it agrees with the ledger only the day is kept. A part that has no stock
    /// so far gets one. Refuses a count below 0 and a unit that does not convert, naming both; a ledger that moved since the form opened is a conflict.
    /// </summary>
    /// <returns>The part's key.</returns>
    public Task<Guid> CountAsync(StockCountForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var part = await db.StockedPartAsync(form.PartId!.Value, token);
            var counted = await db.InOwnUnitAsync(part, form.Counted!.Value, form.UnitId!.Value, nameof(form.Counted), token);
            var stock = (await db.HeldStockAsync([part.Id], token))[part.Id];
            DemandUnmoved(stock, form.OnHand);
            var reason = await ReasonAsync(db, form.Reason, form.Counted.Value, form.UnitId.Value, part, token);
            if (stock.Count(counted, string.IsNullOrWhiteSpace(form.Reason) ? "" : reason, await db.ClockAsync(token), user.Id) is { } movement)
            {
                db.Add(movement);
            }

            return await SaveAsync(db, part.Id, token);
        }, ct);
    }

    /// <summary>
    /// Issues, takes back or corrects. An issue may take the stock below 0, because what left has left; lists and plans say so then. An issue
    /// for a reservation makes that smaller, and ends it where it takes all. A correction of a ledger that moved since the form opened is a conflict.
    /// </summary>
    /// <returns>The part's key.</returns>
    public Task<Guid> MoveAsync(StockMoveForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var part = await db.StockedPartAsync(form.PartId, token);
            var quantity = await db.InOwnUnitAsync(part, form.Quantity!.Value, form.UnitId!.Value, nameof(form.Quantity), token);
            var stock = (await db.HeldStockAsync([part.Id], token))[part.Id];
            var kind = form.Act switch { StockAct.Issue => StockMovementKind.Issue, StockAct.Return => StockMovementKind.Return, _ => StockMovementKind.Adjustment };
            if (kind == StockMovementKind.Adjustment)
            {
                DemandUnmoved(stock, form.OnHand);
            }

            var reason = await ReasonAsync(db, form.Reason, form.Quantity.Value, form.UnitId.Value, part, token);
            db.Add(stock.Move(kind, form.Act is StockAct.Issue or StockAct.TakeAway ? -quantity : quantity, reason, await db.ClockAsync(token), user.Id));
            if (kind == StockMovementKind.Issue && form.ReservationId is { } reserved)
            {
                await TakeReservedAsync(db, stock, reserved, quantity, token);
            }

            return await SaveAsync(db, part.Id, token);
        }, ct);
    }

    /// <summary>Promises stock to something, or changes what is promised. More than is there may be reserved: the rest has to come.</summary>
    /// <returns>The reservation's key.</returns>
    public Task<Guid> ReserveAsync(ReservationForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var part = await db.StockedPartAsync(form.PartId, token);
            var quantity = await db.InOwnUnitAsync(part, form.Quantity!.Value, form.UnitId!.Value, nameof(form.Quantity), token);
            var stock = (await db.HeldStockAsync([part.Id], token))[part.Id];
            Reservation reservation;
            if (form.Id is { } id)
            {
                reservation = await db.Reservations.SingleOrDefaultAsync(r => r.Id == id && r.PartId == part.Id, token) ?? throw new MissingException("reservation");
                db.Entry(reservation).Property(r => r.Version).OriginalValue = form.Version;
                reservation.Change(quantity, form.NeededOn, form.Reference);
            }
            else
            {
                reservation = new Reservation(part.Id, quantity, form.NeededOn, form.Reference, user.Id);
                db.Add(reservation);
            }

            await db.AllocateAsync(stock, token);
            await SaveAsync(db, part.Id, token);
            return reservation.Id;
        }, ct);
    }

    /// <summary>Ends a reservation: its stock is free again. Refuses one that is over.</summary>
    public Task ReleaseAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var partId = await db.Reservations.Where(r => r.Id == id).Select(r => (Guid?)r.PartId).SingleOrDefaultAsync(token) ?? throw new MissingException("reservation");
            var stock = (await db.HeldStockAsync([partId], token))[partId];
            db.Remove(await db.Reservations.SingleOrDefaultAsync(r => r.Id == id, token) ?? throw new MissingException("reservation"));
            await db.AllocateAsync(stock, token);
            await SaveAsync(db, partId, token);
        }, ct);
    }

    /// <summary>
    /// Moves the stock of a receipt that could not move when it came, because its unit did not convert. Refuses while it still does not,
    /// one that has moved already, and one that was taken back.
    /// </summary>
    public Task MoveReceiptAsync(Guid receiptId, CancellationToken ct)
    {
        user.Demand(Permission.PlanningWrite);
        return database.WriteAsync(async (db, token) =>
        {
            var orderId = await db.Receipts.Where(r => r.Id == receiptId).Select(r => (Guid?)r.OrderId).SingleOrDefaultAsync(token) ?? throw new MissingException("receipt");
            // Whoever takes the receipt back holds the order as well.
            await db.Database.ExecuteSqlAsync($"select from orders where id = {orderId} for update", token);
            var receipt = await db.Receipts.SingleOrDefaultAsync(r => r.Id == receiptId, token) ?? throw new MissingException("receipt");
            var line = await db.OrderLines.SingleAsync(l => l.Id == receipt.OrderLineId, token);
            var number = await db.Orders.Where(o => o.Id == orderId).Select(o => o.Number).SingleAsync(token);
            if (await db.StockMovements.AnyAsync(m => m.ReceiptId == receiptId, token))
            {
                throw new RefusedException($"The stock of this receipt of {number} has moved already. Reload the page to see it.");
            }

            var left = await StockOfReceipts.MoveAsync(db, number, [(line, receipt)], token);
            if (left.Count > 0)
            {
                throw new RefusedException($"{left[0].Why} Add the conversion on the part's page first.");
            }

            await db.SaveChangesAsync(token);
        }, ct);
    }

    private async Task TakeReservedAsync(SourcingDb db, Inventory stock, Guid reservationId, decimal quantity, CancellationToken ct)
    {
        var reservation = await db.Reservations.SingleOrDefaultAsync(r => r.Id == reservationId && r.PartId == stock.PartId, ct)
            ?? throw new RefusedException(nameof(StockMoveForm.ReservationId), "This reservation is over. Choose another, or issue without one.");
        if (reservation.Quantity > quantity)
        {
            reservation.Change(reservation.Quantity - quantity, reservation.NeededOn, reservation.Reference);
        }
        else
        {
            db.Remove(reservation);
        }

        await db.AllocateAsync(stock, ct);
    }

    // What was typed in another unit stands beside what it came to.
    private static async Task<string> ReasonAsync(SourcingDb db, string reason, decimal quantity, Guid unitId, StockedPart part, CancellationToken ct)
    {
        if (unitId == part.UnitId)
        {
            return reason.Trim();
        }

        var said = $"{StockQuantity.Text(quantity)} {await db.Units.Where(u => u.Id == unitId).Select(u => u.Code).SingleOrDefaultAsync(ct)}";
        return string.IsNullOrWhiteSpace(reason) ? said : $"{reason.Trim()}, {said}";
    }

    private static void DemandUnmoved(Inventory stock, decimal seen)
    {
        if (stock.OnHand != seen)
        {
            throw new ConflictException();
        }
    }

    private static async Task<Guid> SaveAsync(SourcingDb db, Guid partId, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await db.AnnounceAsync("inventory", partId, ct);
        return partId;
    }
}
