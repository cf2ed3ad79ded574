using Sourcing.Data.Common;
using static Sourcing.Data.Imports.Kinds.KindSql;

namespace Sourcing.Data.Imports.Kinds;

/// <summary>Sales that happened. A line has no number of its own: it is known again by its document and content, and counted where a document has the same line twice.</summary>
internal static class SalesKind
{
    public static readonly ImportKind Kind = new()
    {
        Key = "sales", Title = "Sales history", Icon = "receipt_long", Permission = Permission.PlanningWrite,
        Text = "One row for each line of an invoice. What was imported before is known again, so that lists may overlap.",
        Fields =
        [
            new("document", "Document", FieldType.Code, "invoice", "invoiceno", "invoicenumber", "documentno") { Required = true, MaxLength = 80 },
            new("day", "Invoice date", FieldType.Date, "invoicedate", "date", "salesdate") { Required = true },
            new("customer", "Customer", FieldType.Text, "customername", "soldto") { MaxLength = 200 },
            new("part", "Part number", FieldType.Code, "fstyle", "style", "styleno", "styleid", "sku", "skuid", "part", "item") { Required = true, MaxLength = 80, IsId = true, Names = NameKind.Part, Found = true, Hint = "A style that is known by another number here is asked once, and then remembered." },
            new("quantity", "Quantity", FieldType.Number, "ydsordered", "qty", "quantity", "shipped", "invoicedqty") { Required = true, Decimals = 6, Min = -1_000_000_000, Max = 1_000_000_000, Hint = "Below 0 for what came back." },
            new("unit", "Unit", FieldType.Code, "uom", "unitofmeasure") { MaxLength = 20, Hint = "Left empty: the part's own." },
            new("unit_price", "Unit price", FieldType.Number, "price", "unitprice") { Min = 0, Max = 1_000_000_000 },
            new("line_price", "Line price", FieldType.Number, "lineprice", "linetotal", "amount", "value", "total") { Decimals = 2, Hint = "Kept as it is; where it is missing, quantity times price." },
            new("currency", "Currency", FieldType.Currency, "curr"),
            new("region", "Region", FieldType.Text, "area", "state") { MaxLength = 80 },
            new("segment", "Segment", FieldType.Text, "customersegment", "class") { MaxLength = 80 },
        ],
        Derived = PlanSql.UnitColumns,
        Prepare = [PlanSql.FindUnit(), PlanSql.FindFactor()],
        Checks =
        [
            PlanSql.NoPart("part"), PlanSql.NoUnit(), PlanSql.NoFactor(),
            new("quantity", [], "select s.row, 'The quantity is 0' as message, 'Nothing was sold: take the row out, or correct it.' as hint, null::text as use from {stage} s where {live} and s.quantity = 0"),
            new("line_price", ["unit_price", "line_price"],
                """
                select s.row, 'Line price and unit price differ: ' || trim_scale(s.quantity) || ' × ' || trim_scale(s.unit_price) || ' is ' || round(s.quantity * s.unit_price, 2) as message,
                    'Confirm the line price or correct it. Up to 1 % is taken as rounding.' as hint, round(s.quantity * s.unit_price, 2)::text as use
                from {stage} s where {live} and not s.confirmed and abs(s.quantity * s.unit_price - s.line_price) > greatest(1, abs(s.line_price) / 100)
                """, Unusual: true),
        ],
        Before = "select app.ensure_months('public.sales_history', min(s.day), max(s.day)) from {stage} s where s.state = 'o'",
        Targets =
        [
            new("sales_history", "sale", "sales",
                $"""
                select l.*, row_number() over (partition by l.document, l.part_id, l.time, l.sold, l.price, l.buyer order by l.row) as n from (
                    select s.*, s.day::timestamp at time zone 'UTC' as time, round(s.quantity * s.factor, 6) as sold, round(s.unit_price / s.factor, 4) as price, coalesce(s.customer, '') as buyer,
                        coalesce(s.line_price, round(s.quantity * s.unit_price, 2)) as total from {Good}
                ) l
                """, "",
                """
                left join lateral (
                    select h.* from (
                        select h.*, row_number() over (order by h.id) as n from sales_history h
                        where h.part_id = x.part_id and h.time = x.time and h.document = x.document and h.quantity = x.sold and h.unit_price is not distinct from x.price and h.customer = x.buyer
                    ) h where h.n = x.n
                ) t on true
                """,
                [
                    new("time", "x.time", []), new("part_id", "x.part_id", []), new("quantity", "x.sold::numeric(18,6)", []), new("unit_price", "x.price::numeric(18,4)", []), new("total_value", "x.total::numeric(18,2)", []),
                    new("currency", "x.currency", []), new("customer", "x.buyer", []), new("region", "coalesce(x.region, '')", []), new("customer_segment", "coalesce(x.segment, '')", []), new("document", "x.document", []), new("import_run_id", "{run}", []),
                ]),
        ],
    };

    public static readonly IReadOnlyList<ImportMapping> Mappings =
    [
        new("sales", "Invoices by style", new()
        {
            Columns = new() { ["document"] = "Document", ["day"] = "Invoice Date", ["customer"] = "Customer", ["part"] = "fStyle#", ["quantity"] = "Yds_ordered", ["unit"] = "UOM", ["unit_price"] = "Unit Price", ["line_price"] = "Line Price" },
            Constants = new() { ["currency"] = "USD" }, OthersByName = true, Dates = Reading.DateOrder.MonthFirst,
        }),
    ];
}
