using Sourcing.Data.Common;
using static Sourcing.Data.Imports.Kinds.KindSql;

namespace Sourcing.Data.Imports.Kinds;

/// <summary>Lists of materials: parts with what they are made of, their cost, and the price of the supplier that is named.</summary>
internal static class MaterialKind
{
    // What the list says goes in place of the specification of the same name; the others stay as they are.
    private const string Specifications = """
        coalesce((select jsonb_agg(e.value order by e.ordinality) from jsonb_array_elements(coalesce(t.specifications, '[]'::jsonb)) with ordinality e where lower(e.value ->> 'name') <> all (n.names)), '[]'::jsonb) || n.rows
        """;

    private const string Named = """
        cross join lateral (
            select coalesce(array_agg(lower(f.name)), '{}'::text[]) as names, coalesce(jsonb_agg(jsonb_build_object('name', f.name, 'kind', 'text', 'value', f.value) order by f.place), '[]'::jsonb) as rows
            from (values (1, 'Blend', x.blend), (2, 'Type', x.material_type), (3, 'Color', x.color)) f (place, name, value) where f.value is not null
        ) n
        """;

    public static readonly ImportKind Kind = new()
    {
        Key = "materials", Title = "Materials", Icon = "texture", Permission = Permission.PlanningWrite, RowNoun = "materials",
        Text = "One row for each bought material, with its blend, type and color, what it costs and who sells it. What the catalog lacks is added.",
        Fields =
        [
            new("part", "Material number", FieldType.Code, "desc", "descno", "materialid", "material", "yarnid", "part", "partno", "item") { Required = true, MaxLength = 50, IsId = true, Names = NameKind.Part, Found = true },
            new("name", "Name", FieldType.Text, "description", "materialname", "yarn") { Hint = "Left empty: a new material is called by its number." },
            new("supplier", "Supplier", FieldType.Text, "vendor", "suppliername", "supplierid") { Names = NameKind.Supplier, Found = true, Hint = "Code or name. Its price is kept where the row has a cost." },
            new("blend", "Blend", FieldType.Text, "composition", "content") { MaxLength = 500 },
            new("material_type", "Type", FieldType.Text, "type", "yarntype", "materialtype") { MaxLength = 500 },
            new("color", "Color", FieldType.Text, "colour") { MaxLength = 500 },
            new("category", "Class", FieldType.Code, "materialclass", "category", "group", "productgroup") { MaxLength = 120, Hint = "Code or name of a category. Left empty: a material keeps the one it has." },
            new("unit", "Unit", FieldType.Code, "uom", "unitofmeasure") { Required = true, MaxLength = 20, Hint = "Of the cost, and the unit in which a new material is kept." },
            new("cost", "Cost per unit", FieldType.Number, "costpound", "costperpound", "unitcost", "price") { Min = 0, Max = 1_000_000_000, Hint = "0 is no cost." },
            new("currency", "Currency", FieldType.Currency, "curr") { Hint = "Of the cost. Left empty: EUR." },
        ],
        Derived = [.. PlanSql.UnitColumns, ("standard", "numeric")],
        Prepare =
        [
            PlanSql.FindUnit(), "update {stage} s set factor = 1 where s.part_id is null", PlanSql.FindFactor(),
            $"update {{stage}} s set standard = case when s.cost > 0 then s.cost / nullif(s.factor, 0) / {PlanSql.Rate("s.currency")} end",
        ],
        Checks =
        [
            PlanSql.NoUnit(), PlanSql.NoFactor(), NoCategory("category"),
            new("part", [],
                """
                select s.row, 'Same material as row ' || d.first as message, 'Keep one of the two: mend this row, or take it out.' as hint, null::text as use
                from {stage} s join (select coalesce(s.part_id::text, lower(s.part)) as part, min(s.row) as first from {stage} s where {live} and s.part is not null group by 1 having count(*) > 1) d
                    on d.part = coalesce(s.part_id::text, lower(s.part)) and s.row > d.first where {live}
                """),
            PlanSql.NoSupplier("supplier", "'No supplier “' || left(s.supplier, 80) || '”: the material comes without its price'", unusual: true),
            PlanSql.NoRate("cost"),
        ],
        Targets =
        [
            new("parts", "material", "materials", $"select * from {Good}", CategoryOf, "left join parts t on t.id = x.part_id " + Named,
                [
                    new("number", "x.part", []), new("name", "left(x.name, 255)", ["name"], "x.part"), new("type", "'raw_material'", []), new("category_id", "c.id", ["category"]), new("unit_id", "x.unit_id", []), new("specifications", Specifications, ["blend", "material_type", "color"], "'[]'::jsonb"),
                    new("standard_cost", "round(x.standard, 4)::numeric(18,4)", ["cost"]), new("is_critical", "false", []), new("popularity", "0", []), new("quote_count", "0", []), new("order_count", "0", []),
                ]),
            new("supplier_parts", "price", "prices", $"select s.*, coalesce(s.part_id, (select p.id from parts p where p.number = s.part and p.deleted_at is null)) as material_id from {Good} and s.supplier_id is not null and s.cost > 0",
                "join suppliers sup on sup.id = x.supplier_id", "left join supplier_parts t on t.supplier_id = x.supplier_id and t.part_id = x.material_id and t.deleted_at is null",
                [
                    new("supplier_id", "x.supplier_id", []), new("part_id", "x.material_id", []), new("unit_cost", "round(x.cost / x.factor, 4)::numeric(18,4)", ["cost"]), new("currency", "coalesce(x.currency, 'EUR')", ["cost", "currency"]),
                    new("lead_time_days", "coalesce(sup.default_lead_time_days, 0)", []), new("preferred", "false", []),
                ]) { Needs = ["supplier"] },
        ],
    };

    public static readonly IReadOnlyList<ImportMapping> Mappings =
    [
        new("materials", "Yarns by pound", new()
        {
            Columns = new() { ["part"] = "Desc#", ["supplier"] = "Supplier", ["name"] = "Description", ["blend"] = "Blend", ["material_type"] = "Type", ["color"] = "Color", ["cost"] = "Cost_Pound" },
            Constants = new() { ["unit"] = "lb", ["currency"] = "USD" }, OthersByName = true,
        }),
    ];
}
