using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Planning;

/// <summary>What is wrong with a stock, the worst first.</summary>
public enum StockProblemKind
{
    /// <summary>The ledger's sum is not what is on hand: something wrote past the ledger.</summary>
    LedgerDiffers,

    /// <summary>Goods came in, and stock did not move, because their unit does not convert.</summary>
    NotMoved,

    /// <summary>Ordered in a unit that does not convert: it is not counted as on order, and will not move stock when it comes.</summary>
    NoConversion,

    /// <summary>On hand is below 0.</summary>
    Negative,

    /// <summary>More is reserved than is there.</summary>
    OverReserved,

    /// <summary>Nobody ever counted it.</summary>
    NeverCounted,
}

/// <summary>One thing to mend.</summary>
/// <param name="Quantity">What is too little, too much or in doubt: in <paramref name="Unit"/>.</param>
/// <param name="OtherUnit">For a missing conversion: the part's own unit.</param>
/// <param name="OrderId">The order that it is about.</param>
/// <param name="ReceiptId">The receipt whose stock did not move.</param>
/// <param name="MayMove">The unit converts by now: the receipt can move.</param>
public sealed record StockProblem(
    StockProblemKind Kind, Guid PartId, string Number, string Name, decimal Quantity, string Unit, string? OtherUnit = null, Guid? OrderId = null, string? OrderNumber = null,
    Guid? ReceiptId = null, bool MayMove = false);

/// <summary>Finds what does not add up in stock: lists for people who mend it.</summary>
public sealed class StockQualityQueries(Database database, CurrentUser user)
{
    /// <summary>Of each kind at most so many.</summary>
    public const int MostOfAKind = 200;

    /// <summary>Everything that is to be mended, the worst kind first, each by number.</summary>
    public Task<IReadOnlyList<StockProblem>> ProblemsAsync(CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync<IReadOnlyList<StockProblem>>(
            async (db, token) => [.. await DifferingAsync(db, token), .. await NotMovedAsync(db, token), .. await WithoutConversionAsync(db, token), .. await OfStockAsync(db, token)], ct);
    }

    private static async Task<IEnumerable<StockProblem>> DifferingAsync(SourcingDb db, CancellationToken ct) =>
        (await db.Database.SqlQuery<Found>(
            $"""
            select i.part_id as "PartId", p.number as "Number", p.name as "Name", i.on_hand - coalesce(m.sum, 0) as "Quantity", u.code as "Unit",
                null::text as "OtherUnit", null::uuid as "OrderId", null::text as "OrderNumber", null::uuid as "ReceiptId", false as "MayMove"
            from inventory i join parts p on p.id = i.part_id join units u on u.id = p.unit_id
            left join (select part_id, sum(quantity) as sum from stock_movements group by part_id) m on m.part_id = i.part_id
            where i.on_hand <> coalesce(m.sum, 0) order by p.number limit {MostOfAKind}
            """).ToListAsync(ct)).Select(f => f.As(StockProblemKind.LedgerDiffers));

    // In another unit than the part's, since its stock is kept, and not covered by a count that came after.
    private static async Task<IEnumerable<StockProblem>> NotMovedAsync(SourcingDb db, CancellationToken ct) =>
        (await db.Database.SqlQuery<Found>(
            $"""
            select l.part_id as "PartId", p.number as "Number", p.name as "Name", r.quantity as "Quantity", l.unit as "Unit", u.code as "OtherUnit",
                o.id as "OrderId", o.number as "OrderNumber", r.id as "ReceiptId", app.own_factor(p.id, p.unit_id, l.unit_id) is not null as "MayMove"
            from receipts r join order_lines l on l.id = r.order_line_id join orders o on o.id = r.order_id
            join inventory i on i.part_id = l.part_id join parts p on p.id = l.part_id join units u on u.id = p.unit_id
            where r.deleted_at is null and r.quantity > 0 and r.import_run_id is null and p.type <> 'service' and l.unit_id <> p.unit_id
                and r.created_at >= i.created_at and (i.counted_at is null or i.counted_at < r.received_at)
                and not exists (select from stock_movements m where m.receipt_id = r.id)
            order by p.number, r.received_at, r.id limit {MostOfAKind}
            """).ToListAsync(ct)).Select(f => f.As(StockProblemKind.NotMoved));

    private static async Task<IEnumerable<StockProblem>> WithoutConversionAsync(SourcingDb db, CancellationToken ct) =>
        (await db.Database.SqlQuery<Found>(
            $"""
            select l.part_id as "PartId", p.number as "Number", p.name as "Name", l.quantity - l.received_quantity as "Quantity", l.unit as "Unit", u.code as "OtherUnit",
                o.id as "OrderId", o.number as "OrderNumber", null::uuid as "ReceiptId", false as "MayMove"
            from orders o join order_lines l on l.order_id = o.id join parts p on p.id = l.part_id join units u on u.id = p.unit_id
            where o.status in ('issued', 'acknowledged', 'in_production', 'shipped', 'partially_received') and o.deleted_at is null and l.quantity > l.received_quantity
                and p.deleted_at is null and p.type <> 'service' and l.unit_id <> p.unit_id and app.own_factor(p.id, p.unit_id, l.unit_id) is null
            order by p.number, o.number, l.line_no limit {MostOfAKind}
            """).ToListAsync(ct)).Select(f => f.As(StockProblemKind.NoConversion));

    private static async Task<IEnumerable<StockProblem>> OfStockAsync(SourcingDb db, CancellationToken ct)
    {
        var stocks = db.Inventory.OrderBy(i => i.Part.Number).ThenBy(i => i.Id);
        var negative = await stocks.Where(i => i.OnHand < 0).Take(MostOfAKind)
            .Select(i => new StockProblem(StockProblemKind.Negative, i.PartId, i.Part.Number, i.Part.Name, i.OnHand, i.Part.Unit.Code, null, null, null, null, false)).ToListAsync(ct);
        var over = await stocks.Where(i => i.Allocated > i.OnHand && i.Allocated > 0).Take(MostOfAKind)
            .Select(i => new StockProblem(StockProblemKind.OverReserved, i.PartId, i.Part.Number, i.Part.Name, i.Allocated - i.OnHand, i.Part.Unit.Code, null, null, null, null, false)).ToListAsync(ct);
        var never = await stocks.Where(i => i.CountedAt == null).Take(MostOfAKind)
            .Select(i => new StockProblem(StockProblemKind.NeverCounted, i.PartId, i.Part.Number, i.Part.Name, i.OnHand, i.Part.Unit.Code, null, null, null, null, false)).ToListAsync(ct);
        return negative.Concat(over).Concat(never);
    }

    private sealed class Found
    {
        public Guid PartId { get; set; }

        public string Number { get; set; } = "";

        public string Name { get; set; } = "";

        public decimal Quantity { get; set; }

        public string Unit { get; set; } = "";

        public string? OtherUnit { get; set; }

        public Guid? OrderId { get; set; }

        public string? OrderNumber { get; set; }

        public Guid? ReceiptId { get; set; }

        public bool MayMove { get; set; }

        public StockProblem As(StockProblemKind kind) => new(kind, PartId, Number, Name, Quantity, Unit, OtherUnit, OrderId, OrderNumber, ReceiptId, MayMove);
    }
}
