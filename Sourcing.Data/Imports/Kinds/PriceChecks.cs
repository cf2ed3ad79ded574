using static Sourcing.Data.Imports.Kinds.KindSql;

namespace Sourcing.Data.Imports.Kinds;

/// <summary>What a list of supplier prices is held against, and how it becomes prices with breaks.</summary>
internal static class PriceChecks
{
    // How many of the part's unit one unit of the row is: by dimension, or as the part says. {0} and {1}: part and unit.
    private const string Factor = """
        left join parts p on p.number = x.part and p.deleted_at is null
        left join units pu on pu.id = p.unit_id
        left join units ru on ru.code = coalesce(x.unit, pu.code) and ru.deleted_at is null
        left join part_unit_conversions pc on pc.part_id = p.id and pc.unit_id = ru.id and pc.deleted_at is null
        cross join lateral (select case when ru.id = pu.id then 1 when pc.id is not null then pc.factor
            when ru.dimension = pu.dimension and ru.dimension <> 'package' then ru.factor / pu.factor end as factor) f
        """;

    private static readonly string Converted = $"select x.*, p.id as part_id, f.factor from (select * from {Good}) x {Factor}";

    public static readonly IReadOnlyList<RowCheck> All =
    [
        NoPart("part"),
        .. NoSupplier("supplier"),
        NoUnit("unit"),
        new("unit", ["unit"],
            $$"""
            select x.row, 'No conversion from ' || x.unit || ' to ' || pu.code || ' for this part' as message, 'Say on the part''s page how many ' || pu.code || ' a ' || x.unit || ' holds, then check again.' as hint, null::text as use
            from (select * from {stage} s where {live} and s.unit is not null) x {{Factor}} where p.id is not null and ru.id is not null and f.factor is null
            """),
        Repeated("from_quantity", "Same part, supplier and quantity", "part", "app.plain(s.supplier)", "coalesce(s.from_quantity, 0)"),
        new("currency", [],
            """
            select s.row, 'The other rows of this price are in ' || d.currency as message, 'A price with its breaks has one currency.' as hint, d.currency as use
            from {stage} s join (
                select s.part, app.plain(s.supplier) as supplier, mode() within group (order by s.currency) as currency from {stage} s where {live} and s.currency is not null group by 1, 2 having count(distinct s.currency) > 1
            ) d on d.part = s.part and d.supplier = app.plain(s.supplier) where {live} and s.currency <> d.currency
            """),
        new("valid_to", ["valid_from", "valid_to"], "select s.row, 'The price ends before it begins' as message, 'Correct one of the two days.' as hint, null::text as use from {stage} s where {live} and s.valid_to < s.valid_from"),
        new("from_quantity", ["from_quantity", "moq"], "select s.row, 'The price begins below the minimum order' as message, 'Nobody could buy at it: raise the quantity or lower the minimum.' as hint, trim_scale(s.moq)::text as use from {stage} s where {live} and s.from_quantity < s.moq"),
        new("unit_price", [],
            $$"""
            select x.row, case when x.unit_price > t.unit_cost then trim_scale(round(x.unit_price / t.unit_cost / f.factor, 1)) || ' times the last price of ' else 'Far below the last price of ' end || trim_scale(round(t.unit_cost * f.factor, 4)) as message,
                'Confirm the price or correct it.' as hint, null::text as use
            from (select * from {stage} s where {live} and not s.confirmed) x {{Factor}}
            {{Supplier("x.supplier")}}
            join supplier_parts t on t.supplier_id = sup.id and t.part_id = p.id and t.currency = x.currency and t.deleted_at is null
            where t.unit_cost > 0 and f.factor > 0 and (x.unit_price / f.factor >= 5 * t.unit_cost or x.unit_price / f.factor <= t.unit_cost / 5)
                and not exists (select from price_breaks b where b.supplier_part_id = t.id and b.deleted_at is null and b.minimum_quantity = x.from_quantity * f.factor and b.unit_cost between x.unit_price / f.factor / 5 and x.unit_price / f.factor * 5)
            """, Unusual: true),
    ];

    public static readonly IReadOnlyList<ImportTarget> Targets =
    [
        new("supplier_parts", "price", "prices",
            $"select distinct on (c.part, app.plain(c.supplier)) c.* from ({Converted}) c order by c.part, app.plain(c.supplier), c.from_quantity nulls first, c.row",
            Supplier("x.supplier") + " left join units mu on mu.code = coalesce(x.unit, '') and mu.deleted_at is null left join parts mp on mp.id = x.part_id",
            "left join supplier_parts t on t.supplier_id = sup.id and t.part_id = x.part_id and t.deleted_at is null",
            [
                new("supplier_id", "sup.id", []), new("part_id", "x.part_id", []), new("supplier_part_number", "x.supplier_number", ["supplier_number"]),
                new("unit_cost", "round(x.unit_price / x.factor, 4)::numeric(18,4)", ["unit_price"]), new("currency", "x.currency", ["currency"]),
                new("moq_quantity", "x.moq::numeric(18,4)", ["moq"]), new("moq_unit_id", "case when x.moq is not null then coalesce(mu.id, mp.unit_id) end", ["moq"]),
                new("order_multiple", "(x.order_multiple * x.factor)::numeric(18,4)", ["order_multiple"]), new("lead_time_days", "x.lead_time", ["lead_time"], "coalesce(sup.default_lead_time_days, 0)"),
                new("contract_quantity_limit", "(x.contract_limit * x.factor)::numeric(18,4)", ["contract_limit"]), new("preferred", "x.preferred", ["preferred"], "false"),
                new("valid_from", "x.valid_from", ["valid_from"]), new("valid_to", "x.valid_to", ["valid_to"]),
            ]),
        new("price_breaks", "price break", "price breaks",
            $"select c.* from ({Converted}) c where c.from_quantity is not null",
            Supplier("x.supplier") + " left join supplier_parts sp on sp.supplier_id = sup.id and sp.part_id = x.part_id and sp.deleted_at is null",
            "left join price_breaks t on t.supplier_part_id = sp.id and t.minimum_quantity = (x.from_quantity * x.factor)::numeric(18,4) and t.deleted_at is null",
            [
                new("supplier_part_id", "sp.id", []), new("minimum_quantity", "(x.from_quantity * x.factor)::numeric(18,4)", []),
                new("unit_cost", "round(x.unit_price / x.factor, 4)::numeric(18,4)", ["unit_price"]),
            ]) { Needs = ["from_quantity"] },
    ];
}
