using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Planning;

/// <summary>Reads stock.</summary>
public sealed class StockQueries(Database database, CurrentUser user, TimeProvider time)
{
    /// <summary>Lines of the ledger on one page.</summary>
    public const int LedgerPage = 50;

    /// <summary>Open order lines that are shown.</summary>
    public const int MostOrders = 50;

    /// <summary>Days that the chart goes through.</summary>
    public const int MostPoints = 366;

    /// <summary>Everything on a part's stock but its ledger. Refuses a part that is not there.</summary>
    public Task<StockDetails> DetailsAsync(Guid partId, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var part = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => p.Id == partId)
                    .Select(p => new { p.Number, p.Name, p.Type, p.IsCritical, p.UnitId, Unit = p.Unit.Code, p.StandardCost, Deleted = p.DeletedAt != null }).SingleOrDefaultAsync(token)
                    ?? throw new MissingException("part");
                var stock = await db.Inventory.AsNoTracking().SingleOrDefaultAsync(i => i.PartId == partId, token);
                var units = await db.UnitConversionAsync(token);
                var living = (await db.Units.OrderBy(u => u.Dimension).ThenBy(u => u.Code).Select(u => new { u.Id, u.Code }).ToListAsync(token)).ToDictionary(u => u.Id, u => u.Code);
                var partUnits = (await db.PartUnitsAsync([partId], token))[partId];
                var orders = await OrdersAsync(db, partId, units, partUnits, token);
                var onOrder = await db.OnOrder().Where(o => o.PartId == partId).Select(o => (decimal?)o.Quantity).SingleOrDefaultAsync(token) ?? stock?.OpenPoQuantity ?? 0;
                var (onHand, allocated) = (stock?.OnHand ?? 0, stock?.Allocated ?? 0);
                return new StockDetails(
                    partId, part.Number, part.Name, part.Type, part.IsCritical, part.UnitId, part.Unit, stock is not null, part.Type != PartType.Service && !part.Deleted, onHand, allocated, onOrder,
                    stock?.SafetyStock, stock?.ReorderPoint, StateOf(stock, onOrder), onHand * part.StandardCost, stock?.CountedAt)
                {
                    Orders = orders,
                    Reservations = await db.Reservations.Where(r => r.PartId == partId).OrderBy(r => r.NeededOn ?? DateOnly.MinValue).ThenBy(r => r.CreatedAt).ThenBy(r => r.Id).Take(500)
                        .Select(r => new ReservationView(r.Id, r.Quantity, r.NeededOn, r.Reference, db.People.Where(p => p.Id == r.ReservedBy).Select(p => p.FullName).FirstOrDefault(), r.CreatedAt, r.Version))
                        .ToListAsync(token),
                    Units = [.. living.Select(u => (u.Key, u.Value, Factor: units.FactorOrNull(u.Key, part.UnitId, partUnits))).Where(u => u.Factor is not null)
                        .OrderByDescending(u => u.Key == part.UnitId).Select(u => new StockUnit(u.Key, u.Value, u.Factor!.Value))],
                    Points = await PointsAsync(db, partId, token),
                };
            }, ct);
    }

    /// <summary>A page of a part's ledger, newest first.</summary>
    /// <param name="after">The last line of the page before; null for the newest.</param>
    public Task<StockLedger> LedgerAsync(Guid partId, Guid? after, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var movements = db.StockMovements.Where(m => m.PartId == partId);
                if (after is { } id)
                {
                    var at = await movements.Where(m => m.Id == id).Select(m => (DateTimeOffset?)m.At).SingleOrDefaultAsync(token)
                        ?? throw new RefusedException("The address points to a page that is not there. Start again from the newest movements.");
                    movements = movements.Where(m => m.At <= at && (m.At < at || m.Id < id));
                }

                var rows = await (
                    from m in movements
                    join r in db.Receipts.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on m.ReceiptId equals r.Id into receipts
                    from r in receipts.DefaultIfEmpty()
                    join o in db.Orders.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on r.OrderId equals o.Id into orders
                    from o in orders.DefaultIfEmpty()
                    join p in db.People on m.By equals p.Id into people
                    from p in people.DefaultIfEmpty()
                    orderby m.At descending, m.Id descending
                    select new StockMovementView(m.Id, m.Kind, m.Quantity, m.Balance, m.Reason, m.At, p.FullName, (Guid?)o.Id, o.Number, m.ImportRunId))
                    .Take(LedgerPage + 1).ToListAsync(token);
                return rows.Count <= LedgerPage ? new StockLedger(rows, null) : new([.. rows.Take(LedgerPage)], rows[LedgerPage - 1].Id);
            }, ct);
    }

    /// <summary>In short, for a part's own page. A part without stock comes with zeros.</summary>
    public Task<StockBrief> BriefAsync(Guid partId, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), user.Identity.TimeZone).DateTime);
        return database.ReadAsync(
            async (db, token) =>
            {
                var stock = await db.Inventory.AsNoTracking().SingleOrDefaultAsync(i => i.PartId == partId, token);
                var unit = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => p.Id == partId).Select(p => p.Unit.Code).SingleOrDefaultAsync(token) ?? throw new MissingException("part");
                var onOrder = await db.OnOrder().Where(o => o.PartId == partId).Select(o => (decimal?)o.Quantity).SingleOrDefaultAsync(token) ?? stock?.OpenPoQuantity ?? 0;
                var components = await db.BomLines.CountAsync(l => l.ParentPartId == partId && l.ValidFrom <= today && (l.ValidTo == null || l.ValidTo >= today), token);
                var usedIn = await db.BomLines.Where(l => l.ComponentPartId == partId && l.ParentPart.DeletedAt == null && (l.ValidTo == null || l.ValidTo >= today)).Select(l => l.ParentPartId).Distinct().CountAsync(token);
                return new StockBrief(
                    stock is not null, stock?.OnHand ?? 0, (stock?.OnHand ?? 0) - (stock?.Allocated ?? 0), onOrder, stock?.SafetyStock, StateOf(stock, onOrder), unit, stock?.CountedAt, components, usedIn);
            }, ct);
    }

    private string StateOf(Inventory? stock, decimal onOrder) => stock is null
        ? StockState.Fine
        : StockState.Of(stock.OnHand, stock.Allocated, onOrder, stock.SafetyStock, stock.ReorderPoint, stock.CountedAt ?? stock.CreatedAt, time.GetUtcNow().AddYears(-1));

    private static async Task<IReadOnlyList<StockOrderView>> OrdersAsync(SourcingDb db, Guid partId, UnitConversion units, PartUnits part, CancellationToken ct)
    {
        var lines = await (
            from l in db.OrderLines
            join o in db.Orders on l.OrderId equals o.Id
            join s in db.Suppliers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on o.SupplierId equals s.Id
            where l.PartId == partId && OrderStates.Open.Contains(o.Status) && l.Quantity > l.ReceivedQuantity
            orderby l.PromisedDate ?? l.NeedBy ?? DateOnly.MaxValue, o.Number, l.LineNo
            select new { o.Id, o.Number, l.LineNo, Supplier = s.Name, Open = l.Quantity - l.ReceivedQuantity, l.UnitId, l.Unit, Due = l.PromisedDate ?? l.NeedBy })
            .Take(MostOrders).ToListAsync(ct);
        return [.. lines.Select(l => new StockOrderView(
            l.Id, l.Number, l.LineNo, l.Supplier, units.FactorOrNull(l.UnitId, part.UnitId, part) * l.Open, l.Open, l.Unit, l.Due))];
    }

    private async Task<IReadOnlyList<StockPoint>> PointsAsync(SourcingDb db, Guid partId, CancellationToken ct)
    {
        var zone = user.Identity.TimeZone.Id;
        var days = await db.Database.SqlQuery<DayEnd>(
            $"""
            select e.day as "Day", e.balance as "OnHand" from (
                select distinct on (d.day) d.day, d.balance
                from (select (m.at at time zone {zone})::date as day, m.at, m.id, m.balance from stock_movements m where m.part_id = {partId}) d
                order by d.day desc, d.at desc, d.id desc limit {MostPoints}) e
            order by e.day
            """).ToListAsync(ct);
        return [.. days.Select(d => new StockPoint(d.Day, d.OnHand))];
    }

    private sealed class DayEnd
    {
        public DateOnly Day { get; set; }

        public decimal OnHand { get; set; }
    }
}
