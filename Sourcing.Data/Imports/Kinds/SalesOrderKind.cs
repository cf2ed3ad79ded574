using Sourcing.Data.Common;
using static Sourcing.Data.Imports.Kinds.KindSql;

namespace Sourcing.Data.Imports.Kinds;

/// <summary>What customers have ordered. Several units may stand in one column; quantities and prices are turned into the part's own, or the row stays out and says why.</summary>
internal static class SalesOrderKind
{
    private const string Shipped = "coalesce(s.shipped, s.quantity - s.balance, 0)";

    private static readonly ImportField[] Fields =
    [
        new("number", "Order number", FieldType.Code, "so", "sono", "sonumber", "salesorder", "salesordernumber", "order", "orderno") { Required = true, MaxLength = 40, IsId = true },
        new("line_no", "Line number", FieldType.Whole, "line", "lineno", "position") { Min = 1, Max = 2_000_000_000, Hint = "Left out: the rows of an order with the same part are counted." },
        new("part", "Part number", FieldType.Code, "style", "styleno", "fstyle", "styleid", "sku", "skuid", "part", "item", "product") { Required = true, MaxLength = 80, IsId = true, Names = NameKind.Part, Found = true },
        new("customer", "Customer", FieldType.Text, "customername", "soldto") { MaxLength = 200 },
        new("status", "Status", FieldType.Text, "orderstatus", "linestatus") { MaxLength = 80, Hint = "How each word is read is said in the check." },
        new("on_hold", "On hold", FieldType.Flag, "onhold", "hold"),
        new("quantity", "Ordered", FieldType.Number, "orderedqty", "qty", "quantityordered", "qtyordered") { Required = true, Min = 0, Above = true, Max = 1_000_000_000, Decimals = 6 },
        new("shipped", "Shipped", FieldType.Number, "pickedshipped", "shippedqty", "picked", "qtyshipped") { Min = 0, Max = 1_000_000_000, Decimals = 6 },
        new("balance", "Balance", FieldType.Number, "open", "openqty", "remaining") { Decimals = 6, Hint = "A check where shipped is there; else shipped is what is not in it." },
        new("unit", "Unit", FieldType.Code, "uom", "unitofmeasure") { MaxLength = 20, Hint = "Left empty: the part's own." },
        new("unit_price", "Unit price", FieldType.Number, "price") { Min = 0, Max = 1_000_000_000 },
        new("price_unit", "Unit of the price", FieldType.Code, "priceunit", "priceuom") { MaxLength = 20, BracketOf = "unit_price", Hint = "Left out: what stands in brackets behind the price, else the row's unit." },
        new("currency", "Currency", FieldType.Currency, "curr"),
        new("ship_on", "Ships on", FieldType.Date, "shipdate", "requesteddate", "duedate", "deliverydate") { Hint = "Left empty: the plan reads it as today, and says so." },
    ];

    private static readonly IReadOnlyList<RowCheck> Checks =
    [
        PlanSql.NoPart("part"), PlanSql.NoUnit(), PlanSql.NoUnit("price_unit"), PlanSql.NoFactor(), PlanSql.NoFactor(unit: "price_unit", factor: "price_factor"),
        new("line_no", ["line_no"],
            """
            select s.row, 'Same order and line as row ' || d.first as message, 'Keep one of the two: mend this row, or take it out.' as hint, null::text as use
            from {stage} s join (select s.number, s.line_no, min(s.row) as first from {stage} s where {live} and s.line_no is not null group by 1, 2 having count(*) > 1) d on d.number = s.number and d.line_no = s.line_no and s.row > d.first where {live}
            """),
        new("balance", ["balance", "shipped"],
            """
            select s.row, 'The balance is ' || trim_scale(s.balance) || ', but ordered less shipped is ' || trim_scale(s.quantity - s.shipped) as message, 'Confirm that what is ordered and shipped holds, or correct it.' as hint, trim_scale(s.quantity - s.shipped)::text as use
            from {stage} s where {live} and not s.confirmed and abs(s.quantity - s.shipped - s.balance) > greatest(0.01, s.quantity / 1000) and not (s.balance = 0 and s.shipped >= s.quantity)
            """, Unusual: true),
        new("shipped", [],
            $"select s.row, 'More is open than was ordered' as message, 'Correct the balance or what was ordered.' as hint, null::text as use from {{stage}} s where {{live}} and s.own is null and {Shipped} < 0"),
    ];

    public static readonly ImportKind Kind = new()
    {
        Key = "sales_orders", Title = "Sales orders", Icon = "shopping_bag", Permission = Permission.PlanningWrite, RowNoun = "order lines",
        Text = "One row for each line that a customer has ordered: firm demand of the plan.",
        Fields = [.. Fields.Select(f => f with { Markup = true })],
        Derived = [.. PlanSql.UnitColumns, ("price_unit_id", "uuid"), ("price_factor", "numeric"), ("word", "text")],
        Prepare =
        [
            PlanSql.FindUnit(), PlanSql.FindUnit("price_unit"), PlanSql.FindFactor(), PlanSql.FindFactor(unit: "price_unit", into: "price_factor"),
            "update {stage} s set price_factor = s.factor where s.price_unit is null",
            $$"""
            update {stage} s set word = case when s.status ~* 'cancel' then 'cancelled' when {{Shipped}} >= s.quantity or s.status ~* '^(closed|complete|invoiced)' then 'shipped'
                when coalesce(s.on_hold, false) or s.status ~* 'hold' then 'on_hold' else 'open' end
            """,
        ],
        Notes = ["select 'Status “' || s.status || '” is read as ' || replace(s.word, '_', ' '), count(*) from {stage} s where {live} and s.status is not null and not coalesce(s.on_hold, false) group by s.status, s.word order by 2 desc, 1 limit 20"],
        Checks = Checks,
        Targets =
        [
            new("sales_order_lines", "order line", "order lines",
                """
                select s.*, row_number() over (partition by s.number, s.part_id order by s.row) as n, coalesce(s.line_no, m.most + row_number() over (partition by s.number order by s.row))::int as no
                from {stage} s cross join lateral (select coalesce(max(l.line_no), 0) as most from sales_order_lines l where l.number = s.number and l.deleted_at is null) m where s.state = 'o'
                """, "",
                """
                left join lateral (
                    select l.* from (
                        select l.*, row_number() over (order by l.line_no) as n from sales_order_lines l where l.number = x.number and (x.line_no is not null or l.part_id = x.part_id) and l.deleted_at is null
                    ) l where case when x.line_no is not null then l.line_no = x.line_no else l.n = x.n end
                ) t on true
                """,
                [
                    new("number", "x.number", []), new("line_no", "x.no", []), new("part_id", "x.part_id", ["part"]), new("customer", "x.customer", ["customer"], "''"), new("quantity", "round(x.quantity * x.factor, 6)::numeric(18,6)", ["quantity"]),
                    new("shipped_quantity", $"round({Shipped.Replace("s.", "x.", StringComparison.Ordinal)} * x.factor, 6)::numeric(18,6)", ["shipped", "balance"], "0"),
                    new("unit_price", "round(x.unit_price / x.price_factor, 4)::numeric(18,4)", ["unit_price"]), new("currency", "case when x.unit_price is not null then x.currency end", ["currency"]), new("ship_on", "x.ship_on", ["ship_on"]),
                    new("status", "x.word", ["status", "on_hold", "shipped", "balance"], "'open'"), new("import_run_id", "{run}", []) { Along = true },
                ]),
        ],
    };

    public static readonly IReadOnlyList<ImportMapping> Mappings =
    [
        new("sales_orders", "Sales orders with units and holds", new()
        {
            Columns = new()
            {
                ["number"] = "SO #", ["status"] = "Status", ["on_hold"] = "On Hold", ["quantity"] = "Ordered", ["shipped"] = "Picked/Shipped", ["balance"] = "Balance", ["unit"] = "UOM", ["unit_price"] = "Unit Price", ["ship_on"] = "Ship Date",
            },
            Constants = new() { ["currency"] = "USD" }, OthersByName = true, Dates = Reading.DateOrder.MonthFirst,
        }),
    ];
}
