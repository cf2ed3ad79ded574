using Sourcing.Data.Common;
using static Sourcing.Data.Imports.Kinds.KindSql;

namespace Sourcing.Data.Imports.Kinds;

/// <summary>Bills of materials: by share of the parent's mass, or by quantity. Nothing is rounded or filled up; what is odd is asked.</summary>
internal static class BomKind
{
    // A share above 1 cannot be a fraction; rounding may bring a sum of fractions a little above it.
    private const string Scale = "coalesce(s.scale, (select case when max(m.share) > 1.5 then 'percent' else 'fraction' end from {stage} m where m.state <> 'a'))";

    private static readonly IReadOnlyList<string> Prepare =
    [
        PlanSql.FindUnit(), PlanSql.FindFactor("component_id"),
        $"update {{stage}} s set per = coalesce(s.quantity, case when {Scale} = 'percent' then s.share / 100 else s.share end)",
        """
        update {stage} s set total = d.total, pair = d.pair, first = d.first
        from (
            select s.row, sum(s.per) filter (where s.quantity is null) over (partition by s.parent_id) as total,
                sum(s.per) over (partition by s.parent_id, s.component_id) as pair, min(s.row) over (partition by s.parent_id, s.component_id) as first
            from {stage} s where {live} and s.own is null and s.parent_id is not null and s.component_id is not null
        ) d where d.row = s.row
        """,
    ];

    private static readonly IReadOnlyList<RowCheck> Checks =
    [
        PlanSql.NoPart("parent"), PlanSql.NoPart("component"),
        new("component", [], "select s.row, 'A part cannot be made of itself' as message, 'Correct one of the two numbers, or take the row out.' as hint, null::text as use from {stage} s where {live} and s.parent_id = s.component_id"),
        new("share", [], "select s.row, 'Neither share nor quantity' as message, 'Enter one of them, or take the row out.' as hint, null::text as use from {stage} s where {live} and s.per is null and s.own is null"),
        new("share", ["share"], "select s.row, 'The share is ' || trim_scale(s.per * 100) || ' %' as message, 'A share is at most 100 %. Correct it, or say under Match columns how shares are written.' as hint, null::text as use from {stage} s where {live} and s.quantity is null and s.per > 1"),
        new("share", ["share"],
            $$"""
            select s.row, 'The shares of ' || s.parent || ' sum to ' || trim_scale(round(s.total * 100, 4)) || ' where others sum to about 100' as message,
                'Say under Match columns whether shares are written as percent or as fractions.' as hint, null::text as use
            from {stage} s where {live} and s.scale is null and s.quantity is null and {{Scale}} = 'percent' and s.total <= 0.0102
            """),
        PlanSql.NoUnit() with { Sql = PlanSql.NoUnit().Sql + " and s.quantity is not null" },
        new("component", [],
            """
            select s.row, 'Repeats row ' || s.first || ' in another unit' as message, 'Write both in one unit, or take one of them out.' as hint, null::text as use
            from {stage} s join {stage} f on f.row = s.first where {live} and s.row > s.first and (f.unit_id is distinct from s.unit_id or (f.quantity is null) <> (s.quantity is null)) and (s.quantity is not null or f.quantity is not null)
            """),
        new("component", [],
            """
            select s.row, 'Repeats row ' || s.first || ': the two are summed to ' || trim_scale(s.pair) as message, 'Confirm that both are meant, or take this row out.' as hint, null::text as use
            from {stage} s where {live} and not s.confirmed and s.row > s.first
            """, Unusual: true),
        new("share", ["share"], "select s.row, 'With the row that it repeats the share is ' || trim_scale(s.pair * 100) || ' %' as message, 'Take one of the two out.' as hint, null::text as use from {stage} s where {live} and s.quantity is null and s.pair > 1 and s.per <= 1"),
        new("share", ["share"],
            """
            select s.row, 'Shares sum to ' || trim_scale(round(s.total, 6)) as message,
                'All rows of ' || s.parent || ' together; it should be 1. Correct a share, or confirm: it is planned as it stands, never filled up or rounded.' as hint, null::text as use
            from {stage} s where {live} and not s.confirmed and s.quantity is null and s.per <= 1 and abs(s.total - 1) > 0.001
            """, Unusual: true),
        new("unit", [],
            """
            select s.row, 'No conversion from ' || u.code || ' to ' || pu.code || ' for ' || p.number as message, 'Say on the part''s page how many ' || pu.code || ' one ' || u.code || ' is, or confirm: the plan leaves the component out until it is said.' as hint, null::text as use
            from {stage} s join units u on u.id = s.unit_id join parts p on p.id = s.component_id join units pu on pu.id = p.unit_id where {live} and not s.confirmed and s.quantity is not null and s.factor is null
            """, Unusual: true),
        new("parent", ["share"],
            """
            select s.row, p.number || ' is kept in ' || u.code || ', which is no weight' as message, 'Shares are of weight. Say on the part''s page what one ' || u.code || ' weighs, or confirm: the plan leaves the bill out until it is said.' as hint, null::text as use
            from {stage} s join parts p on p.id = s.parent_id join units u on u.id = p.unit_id
            where {live} and not s.confirmed and s.quantity is null and u.dimension <> 'mass'
                and not exists (select from part_unit_conversions c join units m on m.id = c.unit_id where c.part_id = p.id and c.deleted_at is null and m.dimension = 'mass')
            """, Unusual: true),
        new("parent", [],
            """
            select s.row, 'Here ' || s.parent || ' also contains ' || o.others as message, 'The file does not name it, and it stays. Remove it on the part''s page if it is gone, or confirm.' as hint, null::text as use
            from {stage} s join (
                select f.parent_id, f.row, string_agg(p.number, ', ' order by p.number) as others
                from (select s.parent_id, min(s.row) as row from {stage} s where {live} and s.parent_id is not null group by 1) f
                join bom_lines b on b.parent_part_id = f.parent_id and b.deleted_at is null and coalesce(b.valid_to, current_date) >= current_date join parts p on p.id = b.component_part_id
                where not exists (select from {stage} c where c.parent_id = f.parent_id and c.component_id = b.component_part_id and c.state <> 'a') group by 1, 2
            ) o on o.row = s.row where {live} and not s.confirmed
            """, Unusual: true),
        // Only what is both made and used can close a circle: most of a file is passed over.
        new("component", [],
            """
            with recursive edges as materialized (
                select distinct s.parent_id as p, s.component_id as c from {stage} s where {live} and s.parent_id is not null and s.component_id is not null
                union select b.parent_part_id, b.component_part_id from bom_lines b where b.deleted_at is null
            ), inner_edges as materialized (
                select e.* from edges e where exists (select from edges d where d.p = e.c) and exists (select from edges u where u.c = e.p)
            ), up as (
                select i.p, i.c from inner_edges i union select up.p, i.c from up join inner_edges i on i.p = up.c
            )
            select s.row, s.component || ' is made of ' || s.parent || ' in turn' as message, 'Confirm only if it is so: the plan reports the circle and leaves its parts out.' as hint, null::text as use
            from {stage} s join up on up.p = s.component_id and up.c = s.parent_id where {live} and not s.confirmed and s.parent_id <> s.component_id
            """, Unusual: true),
    ];

    private static readonly IReadOnlyList<ImportTarget> Targets =
    [
        new("bills_of_materials", "bill of materials", "bills of materials", $"select s.parent_id, min(s.row) as row from {Good} group by 1", "",
            "left join bills_of_materials t on t.part_id = x.parent_id", [new("part_id", "x.parent_id", []), new("yield", "1", []), new("is_phantom", "false", [])]),
        new("bom_lines", "component", "components",
            """
            select g.*, 10 * row_number() over (partition by g.parent_id order by g.row) as place from (
                select s.parent_id, s.component_id, min(s.row) as row, sum(s.per) as per, bool_and(s.quantity is null) as is_share, (array_agg(coalesce(s.unit_id, c.unit_id) order by s.row))[1] as unit_id, max(s.scrap) as scrap
                from {stage} s join parts c on c.id = s.component_id where s.state = 'o' group by 1, 2
            ) g
            """,
            "",
            """
            left join lateral (
                select b.* from bom_lines b where b.parent_part_id = x.parent_id and b.component_part_id = x.component_id and b.deleted_at is null
                order by (b.valid_from <= current_date and coalesce(b.valid_to, current_date) >= current_date) desc, b.valid_from limit 1
            ) t on true
            """,
            [
                new("parent_part_id", "x.parent_id", []), new("component_part_id", "x.component_id", []), new("quantity_per", "x.per::numeric(18,6)", ["share", "quantity"]),
                new("unit_id", "case when not x.is_share then x.unit_id end", ["quantity"]), new("is_share", "x.is_share", ["share", "quantity"]), new("scrap_rate", "x.scrap::numeric(9,6)", ["scrap"], "0"),
                new("valid_from", "date '2000-01-01'", []), new("position", "x.place", []), new("import_run_id", "{run}", []) { Along = true },
            ]),
    ];

    public static readonly ImportKind Kind = new()
    {
        Key = "bom", Title = "Bills of materials", Icon = "account_tree", Permission = Permission.PlanningWrite, RowNoun = "components",
        Text = "One row for each component of a part that is made: its share of the weight, or a quantity with its unit.",
        Fields =
        [
            new("parent", "Made part", FieldType.Code, "style", "styleno", "styleid", "skuid", "sku", "parent", "parentpart", "product", "fstyle", "madeof") { Required = true, MaxLength = 80, IsId = true, Names = NameKind.Part, Found = true, Hint = "Style, SKU or half-finished part." },
            new("component", "Component", FieldType.Code, "desc", "descno", "yarnid", "yarn", "materialid", "material", "componentpart", "child") { Required = true, MaxLength = 80, IsId = true, Names = NameKind.Part, Found = true },
            new("share", "Share", FieldType.Number, "bompercentage", "percentage", "percent", "pct") { Min = 0, Above = true, Max = 1000, Decimals = 8, Hint = "Of the made part's weight." },
            new("scale", "Shares are written as", FieldType.Choice) { Choices = ["percent", "fraction"], Hint = "35 or 0.35. Left empty: as the file's largest share shows; what was found is said in the check." },
            new("quantity", "Quantity per unit", FieldType.Number, "qtyperunit", "qtyper", "quantityper", "quantityperunit", "qty", "usage") { Min = 0, Above = true, Max = 1_000_000_000, Decimals = 6, Hint = "In one of the made part's unit. Where a row has both, the quantity holds." },
            new("unit", "Unit", FieldType.Code, "uom", "unitofmeasure") { MaxLength = 20, Hint = "Of the quantity. Left empty: the component's own." },
            new("scrap", "Scrap", FieldType.Number, "scraprate", "waste", "loss") { Min = 0, Max = 0.999999m, Decimals = 6, Hint = "Lost in use, 0 to under 1." },
        ],
        Derived = [.. PlanSql.UnitColumns, ("per", "numeric"), ("total", "numeric"), ("pair", "numeric"), ("first", "int")],
        Prepare = Prepare,
        Notes =
        [
            $$"""
            select case when {{Scale.Replace("s.scale", "min(s.scale)", StringComparison.Ordinal)}} = 'percent' then 'Shares are read as percent: the largest is ' || trim_scale(max(s.share)) else 'Shares are read as fractions of 1: the largest is ' || trim_scale(max(s.share)) end, count(s.share)
            from {stage} s where {live} having count(s.share) > 0
            """,
        ],
        Checks = Checks, Targets = Targets,
    };

    public static readonly IReadOnlyList<ImportMapping> Mappings =
    [
        new("bom", "Styles and yarns by share (Style#, Desc#)", new() { Columns = new() { ["parent"] = "Style#", ["component"] = "Desc#", ["share"] = "BOM_Percentage", ["unit"] = "unit" } }),
        new("bom", "Styles and yarns by share (Style_ID, Yarn_ID)", new() { Columns = new() { ["parent"] = "Style_ID", ["component"] = "Yarn_ID", ["share"] = "BOM_Percentage", ["unit"] = "unit" } }),
        new("bom", "SKUs and materials by quantity", new() { Columns = new() { ["parent"] = "sku_id", ["component"] = "material_id", ["quantity"] = "qty_per_unit", ["unit"] = "unit" }, OthersByName = true }),
    ];
}
