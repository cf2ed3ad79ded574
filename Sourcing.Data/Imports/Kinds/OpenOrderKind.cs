using Sourcing.Data.Common;
using static Sourcing.Data.Imports.Kinds.KindSql;

namespace Sourcing.Data.Imports.Kinds;

/// <summary>
/// Orders that are on their way: a list with quantity and balance, or a grid with a column for each week. What an order has at hand in
/// neither any more has come: the line is closed. Which day goods came such lists do not say; nothing is made of it.
/// </summary>
internal static class OpenOrderKind
{
    private const string Price = "coalesce(s.price, round(s.total / nullif(s.quantity, 0), 4), (select sp.unit_cost * s.factor from supplier_parts sp where sp.supplier_id = s.supplier_id and sp.part_id = s.part_id and sp.deleted_at is null and sp.currency = s.currency))";

    // The cells of a grid. A minus is owed or came ahead, as the person said; what came ahead is taken off the weeks that follow.
    private static readonly string Cells = $$"""
        select c.row, c.day, greatest(0, least(c.positive, sum(c.positive) over (partition by c.row order by c.no) + c.negative)) as open
        from (
            select s.row, g.no, g.day, greatest(q.quantity, 0) as positive, sum(least(q.quantity, 0)) over (partition by s.row) as negative
            from {stage} s cross join lateral {{PlanSql.Cells("weeks")}} cross join lateral (select case when s.minus = 'still_owed' then abs(g.quantity) else g.quantity end as quantity) q
            where s.state = 'o' and s.weeks is not null
        ) c
        """;

    // Each line of the file with the line that it is here, and the lines here that the file has no more.
    private static readonly string Lines = $$"""
        with wanted as materialized (
            select s.row, s.number, s.part_id, false as grid, coalesce(s.quoted, s.requested) as promised, s.requested as need_by, s.quantity, greatest(coalesce(s.balance, s.quantity), 0) as open,
                row_number() over (partition by s.number, s.part_id order by s.row) as n from {{Good}} and s.weeks is null
            union all
            select min(s.row), s.number, s.part_id, true, c.day, null, sum(c.open), sum(c.open), 1 from ({{Cells}}) c join {stage} s on s.row = c.row where c.open > 0 group by s.number, s.part_id, c.day
        ), here as materialized (
            select l.id, o.number, l.part_id, l.promised_date, l.quantity, l.received_quantity, row_number() over (partition by l.order_id, l.part_id order by l.line_no) as n,
                row_number() over (partition by l.order_id, l.part_id, l.promised_date order by l.line_no) as same_day
            from order_lines l join orders o on o.id = l.order_id where o.deleted_at is null and o.source = 'import' and o.status <> 'cancelled' and o.number in (select s.number from {{Good}})
        ), met as materialized (
            select w.*, h.id as line_id, h.quantity as had, h.received_quantity as got
            from wanted w left join here h on h.number = w.number and h.part_id = w.part_id and case when w.grid then h.promised_date is not distinct from w.promised and h.same_day = 1 else h.n = w.n end
        ), listed as (
            select m.row, m.number, m.part_id, m.promised, m.need_by, m.line_id,
                case when m.grid then greatest(m.had, coalesce(m.got, 0) + m.open) else m.quantity end as quantity,
                case when m.grid then greatest(m.had, coalesce(m.got, 0) + m.open) - m.open else greatest(m.quantity - m.open, 0) end as received,
                b.most + row_number() over (partition by m.number order by m.row, m.promised) as no
            from met m cross join lateral (select coalesce(max(l.line_no), 0) as most from order_lines l join orders o on o.id = l.order_id where o.number = m.number and o.deleted_at is null) b
            union all
            select f.row, h.number, h.part_id, h.promised_date, null, h.id, h.quantity, h.quantity, null
            from here h join (select s.number, s.part_id, min(s.row) as row from {{Good}} group by 1, 2) f on f.number = h.number and f.part_id = h.part_id
            where not exists (select from met m where m.line_id = h.id)
        )
        select r.*, s.unit_id, s.supplier_id, round({{Price}}, 4) as price, row_number() over (order by r.row, r.promised, r.line_id) as key from listed r join {stage} s on s.row = r.row
        """;

    private static readonly IReadOnlyList<RowCheck> Checks =
    [
        PlanSql.NoPart("part"), PlanSql.NoSupplier("supplier"), PlanSql.NoUnit(),
        new("unit", [],
            """
            select s.row, 'No conversion from ' || u.code || ' to ' || pu.code || ' for ' || p.number as message, 'Say on the part''s page how many ' || pu.code || ' one ' || u.code || ' is, then check again: the plan could not count the order.' as hint, null::text as use
            from {stage} s join units u on u.id = s.unit_id join parts p on p.id = s.part_id join units pu on pu.id = p.unit_id where {live} and s.factor is null
            """),
        new("quantity", [], "select s.row, 'Neither a quantity nor weeks' as message, 'Enter the quantity ordered, or choose the columns of the weeks.' as hint, null::text as use from {stage} s where {live} and s.own is null and s.quantity is null and s.weeks is null"),
        new("price", [], $"select s.row, 'Price is missing' as message, 'Enter one; the supplier has none for the part here in this currency.' as hint, null::text as use from {{stage}} s where {{live}} and s.own is null and s.supplier_id is not null and s.part_id is not null and {Price} is null"),
        new("balance", ["balance", "quantity"], "select s.row, 'The balance ' || trim_scale(s.balance) || ' is more than was ordered' as message, 'Correct one of the two.' as hint, trim_scale(s.quantity)::text as use from {stage} s where {live} and s.balance > s.quantity"),
        new("balance", ["balance"], "select s.row, 'The balance is ' || trim_scale(s.balance) as message, 'More came than was ordered. Confirm that nothing is open, or correct it.' as hint, '0' as use from {stage} s where {live} and not s.confirmed and s.balance < 0", Unusual: true),
        new("weeks", ["weeks"],
            $$"""
            select s.row, g.head || ' is ' || trim_scale(g.quantity) as message, 'Say under “A minus means” whether so much is still owed, or came ahead and is taken off the weeks that follow.' as hint, null::text as use
            from {stage} s cross join lateral {{PlanSql.Cells("weeks")}} where {live} and s.minus is null and g.quantity < 0
            """),
        new("weeks", ["weeks"],
            $$"""
            select s.row, 'No open quantity' as message, 'Every week is empty: what is here of the order is closed. Confirm it, or take the row out.' as hint, null::text as use
            from {stage} s where {live} and not s.confirmed and s.weeks is not null and not exists (select from {{PlanSql.Cells("weeks")}} where g.quantity <> 0)
            """, Unusual: true),
        .. new[] { ("supplier", "supplier_id", "(select n.name from suppliers n where n.id = d.value)", "supplier"), ("currency", "currency", "d.value", "currency") }.Select(c => new RowCheck(c.Item1, [],
            $$"""
            select s.row, 'This order has another {{c.Item4}} in row ' || d.row as message, 'An order has one: ' || {{c.Item3}} || ' there. Mend one of the two.' as hint, {{c.Item3}} as use
            from {stage} s join (select distinct on (s.number) s.number, s.{{c.Item2}} as value, s.row from {stage} s where {live} and s.{{c.Item2}} is not null order by s.number, s.row) d on d.number = s.number where {live} and s.{{c.Item2}} <> d.value
            """)),
        new("number", [],
            """
            select s.row, 'Order ' || s.number || ' was made here and not imported' as message, 'Change it on its page, or correct the number.' as hint, null::text as use
            from {stage} s join orders o on o.number = s.number and o.deleted_at is null and o.source <> 'import' where {live}
            """),
        new("supplier", [],
            """
            select s.row, 'Order ' || s.number || ' is here with another supplier' as message, 'It went to ' || p.name || '. Correct the supplier or the order number.' as hint, p.name as use
            from {stage} s join orders o on o.number = s.number and o.deleted_at is null and o.source = 'import' join suppliers p on p.id = o.supplier_id where {live} and o.supplier_id <> s.supplier_id
            """),
        new("number", [],
            """
            select s.row, 'Order ' || s.number || ' was cancelled here' as message, 'Take the row out, or correct the number: a list does not bring a cancelled order back.' as hint, null::text as use
            from {stage} s join orders o on o.number = s.number and o.deleted_at is null and o.source = 'import' and o.status = 'cancelled' where {live}
            """),
    ];

    private static readonly IReadOnlyList<ImportTarget> Targets =
    [
        new("orders", "order", "orders",
            $"select s.number, min(s.row) as row, (array_agg(s.supplier_id order by s.row))[1] as supplier_id, (array_agg(s.currency order by s.row))[1] as currency, min(s.ordered) as ordered from {Good} and (s.weeks is null or exists (select from {PlanSql.Cells("weeks")} where g.quantity <> 0) or exists (select from orders o where o.number = s.number and o.deleted_at is null)) group by 1",
            "", "left join orders t on t.number = x.number and t.deleted_at is null",
            [
                new("number", "x.number", []), new("external_number", "x.number", []), new("source", "'import'", []), new("supplier_id", "x.supplier_id", []), new("buyer_id", "{user}", []), new("status", "'issued'", []), new("payment_status", "'unpaid'", []),
                new("currency", "x.currency", []), new("subtotal", "0", []), new("freight", "0", []), new("approved_total", "0", []), new("invoiced_total", "0", []), new("revision", "0", []), new("tax_rate", "0", []), new("tax", "0", []), new("total", "0", []), new("is_at_risk", "false", []), new("received_share", "0", []),
                new("issued_at", "x.ordered::timestamp at time zone 'UTC'", ["ordered"], "now()"), new("import_run_id", "{run}", []),
            ]),
        new("order_lines", "order line", "order lines", Lines,
            "left join orders o on o.number = x.number and o.deleted_at is null join parts p on p.id = x.part_id join units u on u.id = coalesce(x.unit_id, p.unit_id)", "left join order_lines t on t.id = x.line_id",
            [
                new("order_id", "o.id", []), new("line_no", "x.no", []), new("part_id", "x.part_id", []), new("part_number", "left(p.number, 50)", []), new("description", "left(p.name, 500)", []), new("unit_id", "u.id", []), new("unit", "u.code", []),
                new("quantity", "x.quantity::numeric(18,4)", ["quantity", "weeks"]), new("unit_price", "x.price::numeric(18,4)", ["price", "total"], "x.price::numeric(18,4)"),
                new("amount", "round(x.quantity::numeric(18,4) * x.price, 2)::numeric(18,2)", ["quantity", "weeks", "price", "total"]), new("promised_date", "x.promised", ["quoted", "requested", "weeks"]), new("need_by", "x.need_by", ["requested"]),
                new("received_quantity", "x.received::numeric(18,4)", ["quantity", "balance", "weeks"], "0"), new("rejected_quantity", "0", []), new("invoiced_quantity", "0", []), new("import_run_id", "{run}", []) { Along = true },
            ]) { Key = "x.key" },
        // What an order has received is the sum of its receipts: here of one, for what the list says in all.
        new("receipts", "receipt", "receipts",
            $"""
            select l.*, r.own, greatest(l.received - r.others, 0)::numeric(18,4) as came from ({Lines}) l cross join lateral (
                select (array_agg(r.id) filter (where r.import_run_id is not null))[1] as own, coalesce(sum(r.quantity) filter (where r.import_run_id is null), 0) as others from receipts r where r.order_line_id = l.line_id and r.deleted_at is null
            ) r where l.received > r.others or r.own is not null
            """,
            "left join order_lines ol on ol.id = x.line_id", "left join receipts t on t.id = x.own",
            [
                new("order_id", "ol.order_id", []), new("order_line_id", "ol.id", []), new("quantity", "nullif(x.came, 0)", ["quantity", "balance", "weeks"]), new("deleted_at", "case when x.came = 0 then now() end", ["quantity", "balance", "weeks"]),
                new("rejected_quantity", "0", []), new("received_at", "coalesce(least(x.promised, current_date), current_date)::timestamp at time zone 'UTC'", []),
                new("note", "'Received by the day of {number}; the list does not say which day.'", []), new("import_run_id", "{run}", []) { Along = true },
            ]) { Key = "x.key" },
    ];

    public static readonly ImportKind Kind = new()
    {
        Key = "open_orders", Title = "Open orders", Icon = "local_shipping", Permission = Permission.PlanningWrite, RowNoun = "order lines",
        Text = "One row for each part of an order that is on its way: with quantity and balance, or with a column for each week.",
        Fields =
        [
            new("number", "Order number", FieldType.Code, "po", "pono", "ponumber", "purchaseorder", "order", "orderno") { Required = true, MaxLength = 40, IsId = true },
            new("status", "Status", FieldType.Text, "postatus", "orderstatus") { MaxLength = 80, Hint = "For rules: rows of cancelled orders are set aside." },
            new("part", "Part number", FieldType.Code, "desc", "descno", "materialid", "material", "part", "partno", "item", "yarnid", "yarn") { Required = true, MaxLength = 80, IsId = true, Names = NameKind.Part, Found = true },
            new("supplier", "Supplier", FieldType.Text, "purchasedfrom", "vendor", "suppliername", "supplierid") { Required = true, Names = NameKind.Supplier, Found = true, Hint = "Code or name; another spelling is asked once, and then remembered." },
            new("ordered", "Ordered on", FieldType.Date, "ordered", "podate", "orderdate"),
            new("requested", "Requested for", FieldType.Date, "requested", "requesteddate", "needby"),
            new("quoted", "Promised for", FieldType.Date, "quoted", "promised", "promiseddate", "confirmed") { Hint = "Left empty: as requested." },
            new("quantity", "Quantity", FieldType.Number, "qty", "orderedqty") { Min = 0, Above = true, Max = 1_000_000_000 },
            new("balance", "Balance", FieldType.Number, "open", "openqty", "balancedue") { Min = -1_000_000_000, Max = 1_000_000_000, Hint = "Still to come; what is not in it has been received. Left empty: all." },
            new("weeks", "Open by week", FieldType.Periods, "") { Max = 1_000_000_000, Min = -1_000_000_000, Hint = "Each cell becomes a line that is promised for its day. “Unscheduled or past due” has no day, “Later” is the week after the last." },
            new("minus", "A minus means", FieldType.Choice) { Choices = ["still_owed", "received_ahead"], Hint = "In the columns of the weeks. Asked for as soon as there is one." },
            new("price", "Unit price", FieldType.Number, "lb", "priceperlb", "unitprice", "cost") { Min = 0, Max = 1_000_000_000, Hint = "Left empty: total by quantity, else the supplier's price here." },
            new("total", "Total", FieldType.Number, "amount", "value", "totalvalue") { Min = 0, Max = 1_000_000_000_000, Decimals = 2 },
            new("unit", "Unit", FieldType.Code, "uom", "unitofmeasure") { MaxLength = 20, Hint = "Of quantity and price. Left empty: the part's own." },
            new("currency", "Currency", FieldType.Currency, "curr") { Required = true },
        ],
        Derived = PlanSql.UnitColumns,
        Prepare = [PlanSql.FindUnit(), PlanSql.FindFactor()],
        Notes =
        [
            "select 'Open orders of earlier lists that this one does not name: they stay open', count(*) from orders o where o.source = 'import' and o.deleted_at is null and o.status in ('issued', 'partially_received') and not exists (select from {stage} s where s.number = o.number) having count(*) > 0",
        ],
        Checks = Checks, Targets = Targets, Touched = OrderHistoryKind.Touched, Derive = OrderHistoryKind.Derive,
    };

    private static readonly List<CellRule> Cancelled = [new("status", RuleTest.Contains, "cancel", RuleAction.SetRowAside), new("status", RuleTest.Contains, "void", RuleAction.SetRowAside)];

    public static readonly IReadOnlyList<ImportMapping> Mappings =
    [
        new("open_orders", "Purchase orders by pound", new()
        {
            Columns = new()
            {
                ["number"] = "PO#", ["status"] = "Status", ["part"] = "Desc#", ["ordered"] = "Ordered", ["requested"] = "Requested", ["quoted"] = "Quoted", ["quantity"] = "Qty", ["balance"] = "Balance", ["supplier"] = "Supplier", ["price"] = "$/lb", ["total"] = "Total $",
            },
            Constants = new() { ["unit"] = "lb", ["currency"] = "USD" }, Rules = Cancelled, Dates = Reading.DateOrder.MonthFirst,
        }),
        new("open_orders", "Open orders by week", new()
        {
            Columns = new() { ["number"] = "PO #", ["ordered"] = "PO Date", ["supplier"] = "Purchased From", ["part"] = "Desc", ["price"] = "Price", ["weeks"] = Reading.PeriodHead.GroupName("") },
            Constants = new() { ["unit"] = "lb", ["currency"] = "USD" }, Dates = Reading.DateOrder.MonthFirst,
        }),
    ];
}
