using Sourcing.Data.Common;
using static Sourcing.Data.Imports.Kinds.KindSql;

namespace Sourcing.Data.Imports.Kinds;

/// <summary>
/// What was bought in another system: one wide file with a row for each order line, out of which come units, categories, suppliers,
/// parts, RFQ numbers, orders, lines, shipments and receipts. What is missing in the catalog is made; what is there is used.
/// </summary>
internal static class OrderHistoryKind
{
    private const string CategoryCode = "left(upper(trim(both '-' from regexp_replace(app.plain(s.category), '[^[:alnum:]]+', '-', 'g'))), 40)";

    // The part of a row: by our number where the file has one, else by its name.
    private const string Part = """
        left join parts pb on pb.number = x.part and pb.deleted_at is null
        left join (select name, (array_agg(id order by id))[1] as id from parts where deleted_at is null group by name) pn on x.part is null and pn.name = x.item collate "C"
        left join parts p on p.id = coalesce(pb.id, pn.id)
        """;

    private const string Order = "left join orders o on o.number = x.order_number and o.deleted_at is null";

    // A row's number among the lines of its order: as the file says, else by its place.
    private const string Line = """
        select s.*, coalesce(s.line_no, row_number() over (partition by s.order_number order by s.row))::int as no,
            coalesce(s.unit_price, round(s.line_value / s.quantity, 4))::numeric(18,4) as price, coalesce(s.line_value, round(s.quantity * s.unit_price, 2))::numeric(18,2) as amount
        from {stage} s where s.state = 'o'
        """;

    private static readonly IReadOnlyList<RowCheck> Checks =
    [
        .. new[] { SeveralSuppliers("supplier") },
        new("supplier", [],
            """
            select s.row, 'This order has another supplier in row ' || d.row as message, 'An order has one supplier: “' || left(d.supplier, 80) || '” there. Mend one of the two, or add a rule for the spelling.' as hint, d.supplier as use
            from {stage} s join (select distinct on (s.order_number) s.order_number, s.supplier, s.row from {stage} s where {live} and s.supplier is not null order by s.order_number, s.row) d on d.order_number = s.order_number
            where {live} and app.plain(s.supplier) <> app.plain(d.supplier)
            """),
        new("supplier", [],
            """
            select s.row, 'Looks like “' || left(d.name, 80) || '”, spelled another way' as message, 'Use that name if it is the same company, or confirm that it is another.' as hint, d.name as use
            from {stage} s join (
                select supplier, first_value(supplier) over (partition by app.compact(supplier) order by n desc, supplier) as name
                from (select s.supplier, count(*) as n from {stage} s where {live} and s.supplier is not null group by 1) c
            ) d on d.supplier = s.supplier and app.plain(d.name) <> app.plain(d.supplier) where {live} and not s.confirmed
            """, Unusual: true),
        new("rfq", ["rfq"],
            """
            select s.row, 'This order has another RFQ in row ' || d.row as message, 'An order comes from one RFQ: ' || d.rfq || ' there. Mend one of the two.' as hint, d.rfq as use
            from {stage} s join (select distinct on (s.order_number) s.order_number, s.rfq, s.row from {stage} s where {live} and s.rfq is not null order by s.order_number, s.row) d on d.order_number = s.order_number
            where {live} and s.rfq <> d.rfq
            """),
        new("currency", [],
            """
            select s.row, 'This order is in ' || d.currency || ' in row ' || d.row as message, 'An order has one currency. Mend one of the two.' as hint, d.currency as use
            from {stage} s join (select distinct on (s.order_number) s.order_number, s.currency, s.row from {stage} s where {live} and s.currency is not null order by s.order_number, s.row) d on d.order_number = s.order_number
            where {live} and s.currency <> d.currency
            """),
        new("order_number", [],
            """
            select s.row, 'Order ' || s.order_number || ' was made here and not imported' as message, 'Change it on its page, or correct the number.' as hint, null::text as use
            from {stage} s join orders o on o.number = s.order_number and o.deleted_at is null and o.source <> 'import' where {live}
            """),
        new("supplier", [],
            """
            select s.row, 'Order ' || s.order_number || ' is here with another supplier' as message, 'It went to ' || p.name || '. Correct the supplier or the order number.' as hint, p.name as use
            from {stage} s join orders o on o.number = s.order_number and o.deleted_at is null and o.source = 'import' join suppliers p on p.id = o.supplier_id
            where {live} and p.code <> s.supplier and p.plain_name <> app.plain(s.supplier)
            """),
        Repeated("line_no", "Same order and line", "order_number", "coalesce(s.line_no, -s.row)"),
        new("unit_price", [], "select s.row, 'Price is missing' as message, 'Enter a unit price, or the value of the line.' as hint, null::text as use from {stage} s where {live} and s.unit_price is null and s.line_value is null and s.own is null"),
        new("line_value", ["unit_price", "line_value"],
            """
            select s.row, 'Value and price differ: ' || trim_scale(s.quantity) || ' × ' || trim_scale(s.unit_price) || ' is ' || round(s.quantity * s.unit_price, 2) as message,
                'Confirm the value or correct it. Up to 1 % is taken as rounding of the price.' as hint, round(s.quantity * s.unit_price, 2)::text as use
            from {stage} s where {live} and not s.confirmed and abs(s.quantity * s.unit_price - s.line_value) > greatest(1, s.line_value / 100)
            """, Unusual: true),
        new("freight", ["line_no"],
            """
            select s.row, 'Names row ' || s.refers || ', which is not in the file' as message, 'The value stands in that row. Add it, or enter the value here.' as hint, null::text as use
            from {stage} s where {live} and s.refers is not null and not exists (select from {stage} r where r.line_no::text = s.refers)
            """),
    ];

    private static readonly IReadOnlyList<ImportTarget> Targets =
    [
        new("units", "unit", "units", $"select s.unit, min(s.row) as row from {Good} group by 1", "", "left join units t on t.code = x.unit and t.deleted_at is null",
            [new("code", "x.unit", []), new("name", "x.unit", []), new("dimension", "'package'", []), new("factor", "1", [])]),
        new("part_categories", "category", "categories", $"select {CategoryCode} as code, min(s.category) as name, min(s.row) as row from {Good} and s.category is not null group by 1", "",
            "left join part_categories t on t.code = x.code and t.deleted_at is null", [new("code", "x.code", []), new("name", "left(x.name, 120)", [])]) { Needs = ["category"] },
        new("suppliers", "supplier", "suppliers",
            """
            select g.*, case when exists (select from suppliers p where p.code = g.base and p.deleted_at is null) or row_number() over (partition by g.base order by g.row) > 1 then g.base || '-' || g.row else g.base end as code
            from (
                select (array_agg(s.supplier order by s.row))[1] as name, (array_agg(s.currency order by s.row))[1] as currency, min(s.row) as row, coalesce(nullif(upper(left(app.compact(min(s.supplier)), 36)), ''), 'SUPPLIER') as base
                from {stage} s where s.state = 'o' group by app.plain(s.supplier)
            ) g
            """,
            "",
            """
            left join suppliers tc on tc.code = x.name and tc.deleted_at is null
            left join suppliers tn on tc.id is null and tn.plain_name = app.plain(x.name) and tn.deleted_at is null
            left join suppliers t on t.id = coalesce(tc.id, tn.id)
            """,
            [
                new("code", "x.code", []), new("name", "x.name", []), new("currency", "x.currency", []), new("risk_level", "'low'", []), new("is_active", "true", []), new("blocked_for", "'none'", []),
            ]),
        new("parts", "part", "parts",
            """
            select g.*, coalesce(g.part, 'P-' || lpad(((select coalesce(max(substring(number from '^P-([0-9]{1,8})$')::int), 0) from parts) + row_number() over (partition by g.part is null order by g.row))::text, 5, '0')) as new_number
            from (
                select s.part, coalesce(case when s.part is null then s.item end, (array_agg(s.item order by s.row))[1]) as item, min(s.row) as row, (array_agg(s.unit order by s.row))[1] as unit,
                    (array_agg(s.category order by s.row))[1] as category, count(distinct s.order_number) as orders
                from {stage} s where s.state = 'o' group by s.part, case when s.part is null then s.item end
            ) g
            """,
            $"left join units u on u.code = x.unit and u.deleted_at is null left join part_categories c on c.code = {CategoryCode.Replace("s.category", "x.category", StringComparison.Ordinal)} and c.deleted_at is null",
            """
            left join parts tb on tb.number = x.part and tb.deleted_at is null
            left join (select name, (array_agg(id order by id))[1] as id from parts where deleted_at is null group by name) tn on x.part is null and tn.name = x.item collate "C"
            left join parts t on t.id = coalesce(tb.id, tn.id)
            """,
            [
                new("number", "x.new_number", []), new("name", "left(x.item, 255)", []), new("type", "'finished_good'", []), new("category_id", "c.id", []), new("unit_id", "u.id", []),
                new("is_critical", "false", []), new("popularity", "0", []), new("quote_count", "0", []), new("order_count", "x.orders", []),
            ]),
        new("rfqs", "RFQ", "RFQs",
            $"select s.rfq, min(s.row) as row, min(s.rfq_date) as asked, min(coalesce(s.rfq_date, s.order_date, s.due_date, s.delivered_date)) as deadline, max(s.delivered_date) as delivered, (array_agg(s.currency order by s.row))[1] as currency, min(coalesce(s.ship_to, '')) as place from {Good} and s.rfq is not null group by 1",
            "", "left join rfqs t on t.number = x.rfq",
            [
                new("number", "x.rfq", []), new("title", "'Price request ' || x.rfq", []), new("status", "'completed'", []), new("deadline", "coalesce(x.deadline, current_date)::timestamp at time zone 'UTC'", []),
                new("deadline_time_zone", "'UTC'", []), new("currency", "x.currency", []), new("sealed", "false", []), new("round", "1", []), new("delivery_place", "left(x.place, 200)", []),
                new("buyer_id", "{user}", []), new("source", "'import'", []), new("issued_at", "x.asked::timestamp at time zone 'UTC'", []), new("completed_at", "x.delivered::timestamp at time zone 'UTC'", []),
            ]) { Needs = ["rfq"] },
        OrderTarget,
        ShipmentTarget,
        new("order_lines", "order line", "order lines", Line, Part + " " + Order + " left join units u on u.code = x.unit and u.deleted_at is null", "left join order_lines t on t.order_id = o.id and t.line_no = x.no",
            [
                new("order_id", "o.id", []), new("line_no", "x.no", []), new("part_id", "p.id", ["part", "item"]), new("part_number", "left(p.number, 50)", [], "''"), new("description", "left(x.item, 500)", ["item"]),
                new("quantity", "x.quantity::numeric(18,4)", ["quantity"]), new("unit_id", "u.id", []), new("unit", "x.unit", ["unit"]), new("unit_price", "x.price", ["unit_price", "line_value"]), new("amount", "x.amount", ["unit_price", "line_value", "quantity"]),
                new("promised_date", "x.due_date", ["due_date"]), new("received_quantity", "case when x.delivered_date is not null then x.quantity::numeric(18,4) end", ["delivered_date", "quantity"], "0"),
                new("rejected_quantity", "0", []), new("invoiced_quantity", "0", []), new("import_run_id", "{run}", []),
            ]),
        new("receipts", "receipt", "receipts", $"select * from ({Line}) l where l.delivered_date is not null", Order + " left join order_lines l on l.order_id = o.id and l.line_no = x.no",
            "left join lateral (select r.* from receipts r where r.order_line_id = l.id and r.deleted_at is null and r.import_run_id is not null order by r.id limit 1) t on true",
            [
                new("order_id", "o.id", []), new("order_line_id", "l.id", []), new("quantity", "x.quantity::numeric(18,4)", ["quantity"]), new("rejected_quantity", "0", []),
                new("received_at", "x.delivered_date::timestamp at time zone 'UTC'", ["delivered_date"]), new("import_run_id", "{run}", []),
            ]) { Needs = ["delivered_date"] },
    ];

    private static ImportTarget OrderTarget => new("orders", "order", "orders",
        $"""
        select s.order_number, min(s.row) as row, (array_agg(s.supplier order by s.row))[1] as supplier, max(s.rfq) as rfq, (array_agg(s.currency order by s.row))[1] as currency, max(s.incoterm) as incoterm, max(s.ship_to) as ship_to,
            min(s.order_date) as ordered, coalesce(min(s.order_date), min(s.rfq_date), min(least(s.due_date, s.delivered_date)), current_date) as issued from {Good} group by 1
        """,
        Supplier("x.supplier") + " left join rfqs r on r.number = x.rfq", "left join orders t on t.number = x.order_number and t.deleted_at is null",
        [
            new("number", "x.order_number", []), new("external_number", "x.order_number", []), new("source", "'import'", []), new("supplier_id", "sup.id", []), new("rfq_id", "r.id", ["rfq"]), new("buyer_id", "{user}", []),
            new("status", "'issued'", []), new("payment_status", "'unpaid'", []), new("currency", "x.currency", []), new("subtotal", "0", []), new("freight", "0", []), new("approved_total", "0", []), new("invoiced_total", "0", []), new("revision", "0", []), new("tax_rate", "0", []), new("tax", "0", []), new("total", "0", []),
            new("incoterm", "x.incoterm", ["incoterm"], "''"), new("ship_to", "x.ship_to", ["ship_to"], "''"), new("is_at_risk", "false", []), new("received_share", "0", []),
            new("issued_at", "x.ordered::timestamp at time zone 'UTC'", ["order_date"], "x.issued::timestamp at time zone 'UTC'"), new("import_run_id", "{run}", []),
        ]);

    // Written before the lines, so that it counts what is new alone: the lines that are there have brought their freight already.
    private static ImportTarget ShipmentTarget => new("shipments", "shipment", "shipments",
        $"""
        select x.order_number, x.tracking, min(x.row) as row, max(x.mode) as mode, min(x.due_date) as due, max(x.delivered_date) as delivered, min(coalesce(x.delivered_date, x.due_date, x.order_date, current_date)) as shipped,
            nullif(sum(x.weight), 0) as weight, sum(x.freight) as freight
        from (select l.*, coalesce(l.shipment, '') as tracking from ({Line}) l) x {Order}
        where (x.shipment is not null or x.weight is not null or x.freight is not null or x.mode is not null)
            and not exists (select from order_lines ol where ol.order_id = o.id and ol.line_no = x.no) group by 1, 2
        """,
        Order, "left join shipments t on t.order_id = o.id and t.tracking_number = x.tracking and t.import_run_id is not null",
        [
            new("order_id", "o.id", []), new("tracking_number", "x.tracking", []), new("mode", "x.mode", []), new("shipped_at", "x.shipped::timestamp at time zone 'UTC'", []), new("eta", "x.due", []),
            new("delivered_at", "x.delivered::timestamp at time zone 'UTC'", []), new("weight_kg", "(coalesce(t.weight_kg, 0) + x.weight)::numeric(18,4)", ["weight"]), new("freight_cost", "(coalesce(t.freight_cost, 0) + x.freight)::numeric(18,2)", ["freight"]),
            new("import_run_id", "{run}", []),
        ]);

    // The orders of what the run wrote.
    internal const string Touched = """
        create temp table import_touched on commit drop as
        select l.order_id as id from order_lines l where l.id between {first} and {last}
        union select l.order_id from import_changes c join order_lines l on l.id = c.record_id where c.run_id = {run} and c.table_name = 'order_lines'
        union select r.order_id from import_changes c join receipts r on r.id = c.record_id where c.run_id = {run} and c.table_name = 'receipts'
        """;

    // The same as the order's own derivation from lines and receipts; freight is the sum of the shipments'.
    internal const string Derive = """
        update orders o set subtotal = d.subtotal, freight = d.freight, tax = round((d.subtotal + d.freight) * o.tax_rate / 100, 2),
            total = d.subtotal + d.freight + round((d.subtotal + d.freight) * o.tax_rate / 100, 2),
            received_share = d.share, promised_date = coalesce(d.promised_open, d.promised), due_date = d.due, received_at = case when d.open = 0 then d.received_at end, closed_at = case when d.open = 0 then d.received_at end,
            status = case when d.open = 0 then 'closed' when d.received > 0 then 'partially_received' else 'issued' end
        from (
            select l.order_id, sum(l.amount) as subtotal, coalesce(max(s.freight), 0) as freight,
                count(*) filter (where l.received_quantity < l.quantity) as open, sum(l.received_quantity) as received,
                max(l.promised_date) filter (where l.received_quantity < l.quantity) as promised_open, max(l.promised_date) as promised, min(coalesce(l.promised_date, l.need_by)) filter (where l.received_quantity < l.quantity) as due,
                max(r.received_at) as received_at,
                case when sum(l.quantity * l.unit_price) > 0 then trunc(sum(least(l.received_quantity, l.quantity) * l.unit_price) / sum(l.quantity * l.unit_price), 4)
                    else trunc(count(*) filter (where l.received_quantity >= l.quantity)::numeric / count(*), 4) end as share
            from order_lines l
            left join (select order_id, sum(freight_cost) as freight from shipments where order_id in (select id from import_touched) group by order_id) s on s.order_id = l.order_id
            left join (select order_id, max(received_at) as received_at from receipts where deleted_at is null and order_id in (select id from import_touched) group by order_id) r on r.order_id = l.order_id
            where l.order_id in (select id from import_touched) group by l.order_id
        ) d where o.id = d.order_id and o.source = 'import'
        """;

    public static readonly ImportKind Kind = new()
    {
        Key = "order_history", Title = "Order history", Icon = "history", Permission = Permission.OrdersWrite, RowNoun = "order lines",
        Text = "One row for each line of an order from another system, with its supplier, part, prices and deliveries. What the catalog lacks is added to it.",
        Fields =
        [
            new("order_number", "Order number", FieldType.Code, "ponumber", "posonumber", "poso", "po", "purchaseorder", "order", "orderno") { Required = true, MaxLength = 40 },
            new("line_no", "Line number", FieldType.Whole, "line", "lineno", "position", "item", "id") { Min = 1, Max = 2_000_000_000, Hint = "Makes a line known again when the file comes again in part. Left out: the rows of an order are counted." },
            new("rfq", "RFQ number", FieldType.Code, "rfqnumber", "pq", "quoterequest", "rfqno") { MaxLength = 20 },
            new("rfq_date", "RFQ sent", FieldType.Date, "rfqdate", "pqfirstsenttoclientdate"),
            new("supplier", "Supplier", FieldType.Text, "vendor", "suppliername", "vendorname") { Required = true, Names = NameKind.Supplier, Hint = "Code or name; a name that is not known becomes a supplier." },
            new("part", "Part number", FieldType.Code, "partno", "sku", "itemnumber", "materialnumber") { MaxLength = 50, Names = NameKind.Part, Hint = "Left out: a part is found by its description." },
            new("item", "Item description", FieldType.Text, "description", "itemdescription", "partname", "product") { Required = true, MaxLength = 255 },
            new("category", "Category", FieldType.Text, "productgroup", "group", "partcategory") { MaxLength = 120 },
            new("quantity", "Quantity", FieldType.Number, "qty", "lineitemquantity", "orderedquantity", "orderquantity") { Required = true, Min = 0, Above = true, Max = 1_000_000_000 },
            new("unit", "Unit", FieldType.Code, "uom", "unitofmeasure") { Required = true, MaxLength = 20, Hint = "A unit that is not known becomes a package." },
            new("unit_price", "Unit price", FieldType.Number, "price", "packprice", "netprice") { Min = 0, Max = 1_000_000_000 },
            new("line_value", "Line value", FieldType.Number, "value", "amount", "lineitemvalue", "linetotal", "total") { Min = 0, Max = 1_000_000_000_000, Decimals = 2, Hint = "Kept as it is; the unit price may be rounded." },
            new("currency", "Currency", FieldType.Currency, "curr") { Required = true },
            new("order_date", "Order sent", FieldType.Date, "orderdate", "posenttovendordate", "podate"),
            new("due_date", "Promised", FieldType.Date, "scheduleddeliverydate", "promiseddate", "duedate", "scheduled"),
            new("delivered_date", "Delivered", FieldType.Date, "deliveredtoclientdate", "delivereddate", "receiptdate", "received", "goodsreceipt"),
            new("shipment", "Shipment", FieldType.Code, "asndn", "asn", "trackingnumber", "deliverynote", "deliverynumber") { MaxLength = 120 },
            new("mode", "Mode", FieldType.Choice, "shipmentmode", "transportmode") { Choices = ["truck", "rail", "ocean", "air", "air_charter", "courier"] },
            new("weight", "Weight (kg)", FieldType.Number, "weight", "weightkilograms", "weightkg", "grossweight") { Min = 0 },
            new("freight", "Freight", FieldType.Number, "freightcost", "freightcostusd", "shippingcost") { Min = 0, Max = 1_000_000_000_000, Decimals = 2 },
            new("incoterm", "Incoterm", FieldType.Text, "vendorincoterm", "incoterms", "deliveryterms") { MaxLength = 80 },
            new("ship_to", "Ship to", FieldType.Text, "country", "destination", "deliveryplace") { MaxLength = 200 },
        ],
        Checks = Checks,
        Targets = Targets,
        Touched = Touched,
        Derive = Derive,
    };
}
