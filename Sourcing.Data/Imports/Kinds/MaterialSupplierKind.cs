using Sourcing.Data.Common;
using static Sourcing.Data.Imports.Kinds.KindSql;

namespace Sourcing.Data.Imports.Kinds;

/// <summary>Suppliers with their lead times and minimum orders, in general or for each material. In which unit the lead times are is never guessed.</summary>
internal static class MaterialSupplierKind
{
    private const string Removed = "s.type ~* '^\\s*(remove|inactive)'";

    private static readonly IReadOnlyList<RowCheck> Checks =
    [
        PlanSql.NoPart("part"),
        PlanSql.NoSupplier("supplier") with { Sql = PlanSql.NoSupplier("supplier").Sql + " and (s.name is null or s.part is not null)" },
        PlanSql.NoUnit(),
        new("unit", [],
            """
            select s.row, 'No conversion from ' || u.code || ' to ' || pu.code || ' for ' || p.number as message, 'Say on the part''s page how many ' || pu.code || ' one ' || u.code || ' is, then check again.' as hint, null::text as use
            from {stage} s join units u on u.id = s.unit_id join parts p on p.id = s.part_id join units pu on pu.id = p.unit_id where {live} and s.factor is null
            """),
        new("currency", [], "select s.row, 'Currency is missing' as message, 'A new supplier needs one: say it for all rows under Match columns, or here.' as hint, null::text as use from {stage} s where {live} and s.own is null and s.supplier_id is null and s.name is not null and s.part is null and s.currency is null"),
        new("price", [],
            """
            select s.row, 'Price is missing' as message, 'The supplier has none for this material here. Enter one above 0.' as hint, null::text as use
            from {stage} s where {live} and s.own is null and s.part_id is not null and s.supplier_id is not null and coalesce(s.price, 0) = 0
                and not exists (select from supplier_parts t where t.supplier_id = s.supplier_id and t.part_id = s.part_id and t.deleted_at is null)
            """),
        new("lead_time", ["lead_time"], "select s.row, 'The lead time is ' || s.days || ' days' as message, 'At most 1,000 days are kept. Correct it, or say in which unit it is.' as hint, null::text as use from {stage} s where {live} and s.days > 1000"),
        new("supplier", [],
            """
            select s.row, 'Same supplier and material as row ' || d.first as message, 'Keep one of the two: mend this row, or take it out.' as hint, null::text as use
            from {stage} s join (
                select coalesce(s.supplier_id::text, lower(s.supplier)) as supplier, coalesce(s.part, '') as part, min(s.row) as first from {stage} s where {live} and s.supplier is not null group by 1, 2 having count(*) > 1
            ) d on d.supplier = coalesce(s.supplier_id::text, lower(s.supplier)) and d.part = coalesce(s.part, '') and s.row > d.first where {live}
            """),
        new("type", ["type"],
            $$"""
            select s.row, s.name || ' becomes inactive' as message, 'The list says “' || s.type || '”, but orders to it are open here. Confirm, or correct the word.' as hint, null::text as use
            from {stage} s where {live} and not s.confirmed and {{Removed}} and exists (select from orders o where o.supplier_id = s.supplier_id and o.deleted_at is null and o.status in ('issued', 'acknowledged', 'in_production', 'shipped', 'partially_received'))
            """, Unusual: true),
    ];

    private static readonly IReadOnlyList<ImportTarget> Targets =
    [
        new("suppliers", "supplier", "suppliers", $"select s.*, {Removed} as removed from {Good} and s.part is null", "", "left join suppliers t on t.id = x.supplier_id",
            [
                new("code", "x.supplier", []), new("name", "x.name", []), new("currency", "x.currency", []), new("default_lead_time_days", "x.days", ["lead_time"]), new("risk_level", "'low'", []), new("blocked_for", "'none'", []),
                new("is_active", "case when x.removed then false end", ["type"], "true"), new("category", "case when not x.removed then left(x.type, 80) end", ["type"], "''"),
            ]),
        // A minimum that holds for all that a supplier sells is kept with each of its prices that has none of its own.
        new("supplier_parts", "minimum order", "minimum orders",
            $"""
            select s.row, p.id as price_id, s.moq, coalesce(s.unit_id, m.unit_id) as moq_unit, row_number() over (order by s.row, p.id) as key
            from {"{stage}"} s join supplier_parts p on p.supplier_id = s.supplier_id and p.deleted_at is null join parts m on m.id = p.part_id
            where s.state = 'o' and s.moq > 0 and s.part is null and (p.moq_quantity is null or (p.moq_quantity = s.moq::numeric(18,4) and p.moq_unit_id = coalesce(s.unit_id, m.unit_id)))
                and not exists (select from {"{stage}"} o where o.part is not null and o.state = 'o')
            """, "", "left join supplier_parts t on t.id = x.price_id",
            [new("moq_quantity", "x.moq::numeric(18,4)", ["moq"]), new("moq_unit_id", "x.moq_unit", ["moq"])]) { Key = "x.key", Needs = ["moq"] },
        new("supplier_parts", "price", "prices", $"select s.* from {Good} and s.part_id is not null", "join suppliers sup on sup.id = x.supplier_id join parts p on p.id = x.part_id",
            "left join supplier_parts t on t.supplier_id = x.supplier_id and t.part_id = x.part_id and t.deleted_at is null",
            [
                new("supplier_id", "x.supplier_id", []), new("part_id", "x.part_id", []), new("unit_cost", "case when x.price > 0 then round(x.price / x.factor, 4)::numeric(18,4) end", ["price"]), new("currency", "case when x.price > 0 then x.currency end", ["currency"], "sup.currency"),
                new("lead_time_days", "x.days", ["lead_time"], "coalesce(sup.default_lead_time_days, 0)"), new("moq_quantity", "nullif(x.moq, 0)::numeric(18,4)", ["moq"]), new("moq_unit_id", "case when x.moq > 0 then coalesce(x.unit_id, p.unit_id) end", ["moq"]),
                new("reliability_score", "x.reliability::numeric(18,4)", ["reliability"]), new("ordering_cost", "x.ordering_cost::numeric(18,4)", ["ordering_cost"], "100"), new("holding_cost_rate", "x.holding_rate::numeric(18,4)", ["holding_rate"], "0.25"), new("preferred", "false", []),
            ]) { Needs = ["part"] },
    ];

    public static readonly ImportKind Kind = new()
    {
        Key = "material_suppliers", Title = "Suppliers of materials", Icon = "factory", Permission = Permission.PlanningWrite, RowNoun = "rows",
        Text = "One row for each supplier, with lead time and minimum order; or for each material of a supplier, with its price too.",
        Fields =
        [
            new("part", "Material number", FieldType.Code, "materialid", "material", "desc", "descno", "part", "partno") { MaxLength = 80, IsId = true, Names = NameKind.Part, Found = true, Hint = "Left out: the row is about the supplier as a whole." },
            new("supplier", "Supplier", FieldType.Code, "supplierid", "suppliercode", "vendorid") { Required = true, MaxLength = 50, IsId = true, Names = NameKind.Supplier, Found = true, Hint = "Code or name." },
            new("name", "Supplier's name", FieldType.Text, "supplier", "suppliername", "vendor") { Hint = "A supplier that is not known becomes one." },
            new("price", "Price", FieldType.Number, "costperunit", "unitcost", "cost", "unitprice") { Min = 0, Max = 1_000_000_000, Hint = "0 is no price." },
            new("currency", "Currency", FieldType.Currency, "curr") { Hint = "Left empty: the supplier's own." },
            new("lead_time", "Lead time", FieldType.Number, "leadtime", "leadtimedays", "lt") { Min = 0, Max = 1000, Decimals = 2 },
            new("lead_unit", "Lead time is in", FieldType.Choice, "leadtimeunit") { Choices = ["days", "weeks"], ColumnRequired = true, Hint = "Lists do not say it: 6 can be days or weeks." },
            new("moq", "Minimum order", FieldType.Number, "moq", "minimumorder", "moqamount") { Min = 0, Max = 1_000_000_000, Hint = "0 is none. In a row about the supplier as a whole it goes to those of its prices that have none." },
            new("unit", "Unit", FieldType.Code, "uom", "moqunit", "unitofmeasure") { MaxLength = 20, Hint = "Of price and minimum order. Left empty: the part's own." },
            new("reliability", "Reliability", FieldType.Number, "reliabilityscore") { Min = 0, Max = 1, Hint = "0 to 1." },
            new("ordering_cost", "Cost of an order", FieldType.Number, "orderingcost") { Min = 0, Max = 1_000_000_000, Hint = "In EUR. Left empty: 100." },
            new("holding_rate", "Holding cost", FieldType.Number, "holdingcostrate", "holdingcost") { Min = 0, Max = 10, Hint = "A year, as a share of the value. Left empty: 0.25." },
            new("type", "Type", FieldType.Text, "suppliertype", "category") { MaxLength = 200, Hint = "“Remove” makes the supplier inactive; other words become its category." },
        ],
        Derived = [.. PlanSql.UnitColumns, ("days", "int")],
        Prepare =
        [
            "update {stage} s set supplier_id = f.id from (select d.name, app.named('supplier', d.name) as id from (select distinct s.name from {stage} s where s.supplier_id is null and s.name is not null) d) f where s.name = f.name and s.supplier_id is null and f.id is not null",
            PlanSql.FindUnit(), PlanSql.FindFactor(),
            "update {stage} s set days = round(s.lead_time * case s.lead_unit when 'weeks' then 7 else 1 end)::int",
        ],
        Checks = Checks, Targets = Targets,
    };

    private static readonly List<CellRule> Rules =
        [.. new[] { "lead_time", "moq" }.SelectMany(field => new[] { "N/A", "TBD", "Remove", "?" }.Select(word => new CellRule(field, RuleTest.Is, word, RuleAction.Empty)))];

    public static readonly IReadOnlyList<ImportMapping> Mappings =
    [
        new("material_suppliers", "Suppliers with lead time and minimum", new() { Columns = new() { ["supplier"] = "Supplier_ID", ["name"] = "Supplier", ["lead_time"] = "Lead_time", ["moq"] = "MOQ", ["type"] = "Type" }, Rules = Rules }),
        new("material_suppliers", "Materials by supplier", new()
        {
            Columns = new()
            {
                ["part"] = "material_id", ["supplier"] = "supplier_id", ["price"] = "cost_per_unit", ["lead_time"] = "lead_time_days", ["moq"] = "moq", ["reliability"] = "reliability_score", ["ordering_cost"] = "ordering_cost", ["holding_rate"] = "holding_cost_rate",
            },
            Constants = new() { ["lead_unit"] = "days" }, OthersByName = true,
        }),
    ];
}
