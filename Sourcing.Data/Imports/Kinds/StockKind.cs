using Sourcing.Data.Common;
using static Sourcing.Data.Imports.Kinds.KindSql;

namespace Sourcing.Data.Imports.Kinds;

/// <summary>
/// Stock lists. What is on hand is the balance before orders and allocations; the planning balance, which holds both already, is only
/// a check. The ledger gets the difference, so that a part's movements always sum to what is on hand.
/// </summary>
internal static class StockKind
{
    private const string Computed = "s.beginning + coalesce(s.received, 0) - abs(coalesce(s.consumed, 0)) + coalesce(s.adjustments, 0)";

    // A part's rows together.
    private const string Parts = """
        select s.part_id, min(s.row) as row, sum(s.hand) as hand, sum(s.held) as held, sum(s.coming) as coming, min(s.expected) filter (where s.coming > 0) as expected, max(s.counted) as counted, max(s.cost) as cost
        from {stage} s where s.state = 'o' group by 1
        """;

    // The reservation that the last stock list left; it gives way to this one's.
    private const string Last = "r.part_id = x.part_id and r.import_run_id is not null and r.reference like 'Stock list %' and r.deleted_at is null";

    private static readonly IReadOnlyList<RowCheck> Checks =
    [
        PlanSql.NoPart("part"), PlanSql.NoUnit(), PlanSql.NoFactor(),
        new("on_hand", [], "select s.row, 'No balance' as message, 'Enter what is on hand, or take the row out.' as hint, null::text as use from {stage} s where {live} and s.own is null and s.on_hand is null and s.theoretical is null and s.beginning is null"),
        new("part", [],
            """
            select s.row, 'Repeats row ' || d.first || ': the two are added up' as message, 'Confirm that both are meant, or take this row out.' as hint, null::text as use
            from {stage} s join (select s.part_id, min(s.row) as first from {stage} s where {live} and s.part_id is not null group by 1 having count(*) > 1) d on d.part_id = s.part_id and s.row > d.first where {live} and not s.confirmed
            """, Unusual: true),
        new("theoretical", ["theoretical", "beginning"],
            $$"""
            select s.row, 'The balance is ' || trim_scale(s.theoretical) || ', but beginning, received, consumed and adjustments make ' || trim_scale({{Computed}}) as message, 'Confirm the balance or correct it.' as hint, trim_scale({{Computed}})::text as use
            from {stage} s where {live} and not s.confirmed and s.on_hand is null and abs(s.theoretical - ({{Computed}})) > greatest(0.01, abs(s.theoretical) / 10000)
            """, Unusual: true),
        new("planning", ["planning"],
            $$"""
            select s.row, 'The planning balance is ' || trim_scale(s.planning) || ', but stock, orders and allocations make ' || trim_scale(b.stock + coalesce(s.on_order, 0) - abs(coalesce(s.allocated, 0))) as message,
                'It is a check only and not imported. Confirm the row, or correct what is wrong.' as hint, null::text as use
            from {stage} s cross join lateral (select coalesce(s.on_hand, s.theoretical, {{Computed}}) as stock) b
            where {live} and not s.confirmed and abs(s.planning - (b.stock + coalesce(s.on_order, 0) - abs(coalesce(s.allocated, 0)))) > greatest(0.01, abs(s.planning) / 10000)
                and abs(s.planning - (b.stock + coalesce(s.misc, 0) + coalesce(s.on_order, 0) - abs(coalesce(s.allocated, 0)))) > greatest(0.01, abs(s.planning) / 10000)
            """, Unusual: true),
        new("on_order", ["on_order"], "select s.row, 'On order is ' || trim_scale(s.on_order) as message, 'Nothing can be on order below 0. Correct it, or confirm: it counts as nothing.' as hint, '0' as use from {stage} s where {live} and not s.confirmed and s.on_order < 0", Unusual: true),
        PlanSql.NoRate("unit_cost"),
    ];

    private static readonly IReadOnlyList<ImportTarget> Targets =
    [
        new("stock_movements", "stock movement", "stock movements",
            $"select p.*, m.before from ({Parts}) p cross join lateral (select coalesce(sum(l.quantity), 0) as before from stock_movements l where l.part_id = p.part_id) m where p.hand <> m.before",
            "", "left join stock_movements t on false",
            [
                new("part_id", "x.part_id", []), new("kind", "'import'", []), new("quantity", "x.hand - x.before", []), new("balance", "x.hand", []), new("reason", "'Stock list {number}'", []),
                new("at", "now()", []), new("by", "{user}", []), new("import_run_id", "{run}", []),
            ]),
        new("inventory", "stock", "stocks", Parts, "", "left join inventory t on t.part_id = x.part_id",
            [
                new("part_id", "x.part_id", []), new("on_hand", "x.hand", ["on_hand", "theoretical", "beginning"]), new("allocated", "0", []), new("open_po_quantity", "x.coming", ["on_order"], "0"),
                new("po_expected_date", "x.expected", ["expected"]), new("counted_at", "x.counted::timestamp at time zone 'UTC'", ["counted"]),
            ]),
        new("reservations", "reservation", "reservations", $"select x.* from ({Parts}) x where x.held > 0 or exists (select from reservations r where {Last})", "",
            $"left join lateral (select r.* from reservations r where {Last} order by r.id limit 1) t on true",
            [
                new("part_id", "x.part_id", []), new("quantity", "nullif(x.held, 0)", ["allocated"]), new("deleted_at", "case when x.held = 0 then now() end", ["allocated"]), new("reserved_by", "{user}", []),
                new("reference", "'Stock list {number}'", []) { Along = true }, new("import_run_id", "{run}", []) { Along = true },
            ]) { Needs = ["allocated"] },
        new("parts", "standard cost", "standard costs", $"select * from ({Parts}) p where p.cost > 0", "", "left join parts t on t.id = x.part_id", [new("standard_cost", "round(x.cost, 4)::numeric(18,4)", ["unit_cost"])]) { Needs = ["unit_cost"] },
    ];

    public static readonly ImportKind Kind = new()
    {
        Key = "stock", Title = "Stock", Icon = "inventory_2", Permission = Permission.PlanningWrite, RowNoun = "stocks",
        Text = "One row for each part: what is on hand, on order and allocated. The ledger gets the difference to what was known.",
        Fields =
        [
            new("part", "Part number", FieldType.Code, "desc", "descno", "materialid", "material", "part", "partno", "sku", "skuid", "item", "yarnid") { Required = true, MaxLength = 80, IsId = true, Names = NameKind.Part, Found = true },
            new("unit", "Unit", FieldType.Code, "uom", "unitofmeasure") { MaxLength = 20, Hint = "Of all quantities and of the cost. Left empty: the part's own." },
            new("on_hand", "On hand", FieldType.Number, "onhandqty", "onhandquantity", "stock", "qtyonhand", "quantity") { Decimals = 6, Hint = "Without what is on order and without taking off what is allocated." },
            new("beginning", "Beginning balance", FieldType.Number, "beginningbalance", "openingbalance") { Decimals = 6, Hint = "With received, consumed and adjustments: what is on hand where no balance says so." },
            new("received", "Received", FieldType.Number, "receipts") { Decimals = 6 },
            new("consumed", "Consumed", FieldType.Number, "issued", "used") { Decimals = 6, Hint = "Taken off, with or without a minus." },
            new("adjustments", "Adjustments", FieldType.Number, "adjustment") { Decimals = 6 },
            new("theoretical", "Theoretical balance", FieldType.Number, "theoreticalbalance", "bookbalance") { Decimals = 6, Hint = "What is on hand by the books." },
            new("misc", "Miscellaneous", FieldType.Number, "misc") { Decimals = 6, Hint = "Used in the check of the planning balance alone." },
            new("on_order", "On order", FieldType.Number, "onorder", "openpoqty", "openpoquantity", "openpo") { Decimals = 6, Hint = "Planned with only where the part has no open order lines of its own." },
            new("expected", "Expected on", FieldType.Date, "poexpecteddate", "expecteddate", "expected"),
            new("allocated", "Allocated", FieldType.Number, "reserved", "committed") { Decimals = 6, Hint = "Becomes one reservation, with or without a minus; the next stock list replaces it." },
            new("planning", "Planning balance", FieldType.Number, "planningbalance", "available") { Decimals = 6, Hint = "A check only: it holds the orders already." },
            new("counted", "Counted on", FieldType.Date, "reconciledate", "counteddate", "countdate"),
            new("unit_cost", "Unit cost", FieldType.Number, "costpound", "cost", "unitcost", "costperpound") { Min = 0, Hint = "Becomes the standard cost; 0 is none." },
            new("currency", "Currency", FieldType.Currency, "curr") { Hint = "Of the cost. Left empty: EUR." },
        ],
        Derived = [.. PlanSql.UnitColumns, ("hand", "numeric"), ("held", "numeric"), ("coming", "numeric"), ("cost", "numeric")],
        Prepare =
        [
            PlanSql.FindUnit(), PlanSql.FindFactor(),
            $"""
            update {"{stage}"} s set hand = round(coalesce(s.on_hand, s.theoretical, {Computed}) * s.factor, 6), held = round(abs(coalesce(s.allocated, 0)) * s.factor, 6),
                coming = round(greatest(coalesce(s.on_order, 0), 0) * s.factor, 6), cost = case when s.unit_cost > 0 then s.unit_cost / nullif(s.factor, 0) / {PlanSql.Rate("s.currency")} end
            """,
        ],
        Checks = Checks, Targets = Targets,
        Touched = """
            create temp table import_touched on commit drop as
            select part_id as id from stock_movements where id between {first} and {last} union select part_id from inventory where id between {first} and {last} union select part_id from reservations where id between {first} and {last}
            union select i.part_id from import_changes c join inventory i on i.id = c.record_id where c.run_id = {run} and c.table_name = 'inventory'
            union select r.part_id from import_changes c join reservations r on r.id = c.record_id where c.run_id = {run} and c.table_name = 'reservations'
            """,
        Derive = """
            update inventory i set on_hand = d.on_hand, allocated = d.allocated
            from (
                select x.id, coalesce((select sum(m.quantity) from stock_movements m where m.part_id = x.id), 0) as on_hand, coalesce((select sum(r.quantity) from reservations r where r.part_id = x.id and r.deleted_at is null), 0) as allocated
                from import_touched x
            ) d where i.part_id = d.id and (i.on_hand <> d.on_hand or i.allocated <> d.allocated)
            """,
    };

    public static readonly IReadOnlyList<ImportMapping> Mappings =
    [
        new("stock", "Yarn stock by pound", new()
        {
            Columns = new()
            {
                ["part"] = "Desc#", ["beginning"] = "Beginning Balance", ["received"] = "Received", ["consumed"] = "Consumed", ["adjustments"] = "Adjustments", ["theoretical"] = "Theoretical Balance", ["misc"] = "Misc",
                ["on_order"] = "On Order", ["allocated"] = "Allocated", ["planning"] = "Planning Balance", ["counted"] = "Reconcile Date", ["unit_cost"] = "Cost/Pound",
            },
            Constants = new() { ["unit"] = "lb", ["currency"] = "USD" }, Dates = Reading.DateOrder.MonthFirst,
        }),
        new("stock", "Materials on hand", new() { Columns = new() { ["part"] = "material_id", ["on_hand"] = "on_hand_qty", ["unit"] = "unit", ["on_order"] = "open_po_qty", ["expected"] = "po_expected_date" }, OthersByName = true }),
    ];
}
