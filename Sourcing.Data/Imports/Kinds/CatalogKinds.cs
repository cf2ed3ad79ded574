using Sourcing.Data.Common;
using static Sourcing.Data.Imports.Kinds.KindSql;

namespace Sourcing.Data.Imports.Kinds;

/// <summary>Units, categories, parts and their other numbers.</summary>
internal static class CatalogKinds
{
    public static readonly ImportKind Units = new()
    {
        Key = "units", Title = "Units", Text = "One row for each unit of measure.", Icon = "straighten", Permission = Permission.PartsWrite,
        Fields =
        [
            new("code", "Code", FieldType.Code, "unit", "unitcode", "abbreviation", "symbol") { Required = true, MaxLength = 20 },
            new("name", "Name", FieldType.Text, "unitname", "description") { MaxLength = 60 },
            new("dimension", "Dimension", FieldType.Choice, "kind", "type", "measures") { Required = true, Choices = ["mass", "length", "area", "volume", "count", "time", "package"] },
            new("factor", "Factor", FieldType.Number, "factortobase", "conversion", "conversionfactor") { Min = 0, Above = true, Decimals = 12, Max = 999_999_999_999m, Hint = "How many of the dimension's base (kg, m, m², l, piece, day) one unit is. 1 where left empty for packages." },
        ],
        Checks =
        [
            Repeated("code", "Same code", "code"),
            new("factor", ["dimension"], "select s.row, 'Factor is missing' as message, 'Say how many of the base one unit is; only packages need none.' as hint, null::text as use from {stage} s where {live} and s.factor is null and s.dimension <> 'package' and s.own is null"),
        ],
        Targets =
        [
            new("units", "unit", "units", $"select * from {Good}", "", "left join units t on t.code = x.code and t.deleted_at is null",
            [
                new("code", "x.code", []), new("name", "x.name", ["name"], "x.code"), new("dimension", "x.dimension", ["dimension"]),
                new("factor", "case when x.dimension = 'package' then 1 else x.factor end::numeric(24,12)", ["factor", "dimension"]),
            ]),
        ],
    };

    public static readonly ImportKind Categories = new()
    {
        Key = "categories", Title = "Categories", Text = "One row for each category of parts; a parent may stand in the same file.", Icon = "account_tree", Permission = Permission.PartsWrite,
        Fields =
        [
            new("code", "Code", FieldType.Code, "category", "categorycode", "number", "id") { Required = true, MaxLength = 40 },
            new("name", "Name", FieldType.Text, "categoryname", "title", "description") { Required = true, MaxLength = 120 },
            new("parent", "Parent", FieldType.Code, "parentcode", "parentcategory", "above", "parentid") { MaxLength = 40, Hint = "The code of the category above." },
        ],
        Checks =
        [
            Repeated("code", "Same code", "code"),
            new("parent", ["parent"], "select s.row, 'A category cannot be above itself' as message, 'Name another parent, or leave it empty.' as hint, null::text as use from {stage} s where {live} and s.parent = s.code"),
            new("parent", ["parent"],
                """
                select s.row, 'No category with the code “' || s.parent || '”' as message, 'Add it to the file, or correct the code.' as hint, null::text as use
                from {stage} s where {live} and s.parent is not null and not exists (select from part_categories p where p.code = s.parent and p.deleted_at is null)
                    and not exists (select from {stage} f where f.code = s.parent and f.state = 'o')
                """),
            new("parent", ["parent"],
                """
                with recursive up as (
                    select s.row, s.code, s.parent, 1 as steps from {stage} s where {live} and s.parent is not null
                    union all
                    select up.row, up.code, f.parent, up.steps + 1 from up join {stage} f on f.code = up.parent where up.steps < 50 and f.parent is not null and up.parent <> up.code
                )
                select up.row, 'The category would be above itself' as message, 'The parents of this row lead back to it. Correct one of them.' as hint, null::text as use from up where up.parent = up.code and up.steps > 1
                """),
        ],
        Targets =
        [
            new("part_categories", "category", "categories", $"select * from {Good}",
                "left join part_categories pt on pt.code = x.parent and pt.deleted_at is null left join {stage} px on pt.id is null and px.code = x.parent and px.state = 'o'",
                "left join part_categories t on t.code = x.code and t.deleted_at is null",
                [new("code", "x.code", []), new("name", "x.name", ["name"]), new("parent_id", "coalesce(pt.id, case when px.row is not null then {id:px.row} end)", ["parent"])]),
        ],
    };

    public static readonly ImportKind Parts = new()
    {
        Key = "parts", Title = "Parts", Text = "One row for each part.", Icon = "category", Permission = Permission.PartsWrite,
        Fields =
        [
            new("number", "Part number", FieldType.Code, "number", "partno", "part", "sku", "item", "itemnumber", "itemno", "material", "materialnumber", "article", "articlenumber", "code") { Required = true, MaxLength = 50 },
            new("name", "Name", FieldType.Text, "partname", "title", "shortdescription", "itemname", "designation", "shorttext") { Required = true },
            new("description", "Description", FieldType.Text, "longdescription", "details", "text", "longtext") { MaxLength = 4000 },
            new("type", "Type", FieldType.Choice, "parttype", "kind", "itemtype", "materialtype") { Required = true, Choices = ["raw_material", "component", "finished_good", "packaging", "service"] },
            new("category", "Category", FieldType.Code, "partcategory", "group", "productgroup", "categorycode", "commodity") { MaxLength = 120, Hint = "Code or name of a category." },
            new("unit", "Unit", FieldType.Code, "uom", "unitofmeasure", "baseunit", "stockunit") { Required = true, MaxLength = 20 },
            new("hs_code", "HS code", FieldType.Code, "hscode", "hs", "tariff", "customscode", "commoditycode") { MaxLength = 15 },
            new("standard_cost", "Standard cost", FieldType.Number, "cost", "unitcost", "standardprice", "price", "stdcost") { Min = 0, Hint = "In EUR for one unit." },
            new("shelf_life_days", "Shelf life (days)", FieldType.Whole, "shelflife", "shelflifedays") { Min = 1, Max = 100_000 },
            new("is_critical", "Critical", FieldType.Flag, "iscritical", "criticalpart", "keypart"),
        ],
        Checks =
        [
            Repeated("number", "Same part number", "number"),
            NoUnit("unit"),
            NoCategory("category"),
            new("hs_code", ["hs_code"], "select s.row, '“' || s.hs_code || '” is not an HS code' as message, 'Enter 4 to 12 digits; dots are allowed.' as hint, null::text as use from {stage} s where {live} and s.hs_code !~ '^[0-9](\\.?[0-9]){3,11}$'") { ByValue = true },
        ],
        Targets =
        [
            new("parts", "part", "parts", $"select * from {Good}",
                "left join units u on u.code = x.unit and u.deleted_at is null " + CategoryOf,
                "left join parts t on t.number = x.number and t.deleted_at is null",
                [
                    new("number", "x.number", []), new("name", "x.name", ["name"]), new("description", "x.description", ["description"], "''"), new("type", "x.type", ["type"]),
                    new("category_id", "c.id", ["category"]), new("unit_id", "u.id", ["unit"]), new("hs_code", "x.hs_code", ["hs_code"]), new("standard_cost", "x.standard_cost::numeric(18,4)", ["standard_cost"]),
                    new("shelf_life_days", "x.shelf_life_days", ["shelf_life_days"]), new("is_critical", "x.is_critical", ["is_critical"], "false"),
                    new("popularity", "0", []), new("quote_count", "0", []), new("order_count", "0", []),
                ]) { ByRow = true },
        ],
    };

    // Successors of the file and of the catalog together: none may lead back to where it began.
    private const string SuccessorLoop = """
        with recursive named as (
            select s.row, p.id as part_id, o.id as next_id, p.number || ' → ' || o.number as way
            from {stage} s join parts p on p.number = s.part and p.deleted_at is null join parts o on o.number = s.number and o.deleted_at is null and o.id <> p.id
            where {live} and s.kind = 'replaced_by'
        ), step as (
            select n.part_id, n.next_id from named n
            union
            select r.part_id, r.other_part_id from part_cross_references r where r.kind = 'replaced_by' and r.other_part_id is not null and r.deleted_at is null and exists (select from named)
        ), walk as (
            select n.row, n.part_id as start, n.next_id as at, n.way, array[n.part_id, n.next_id] as seen from named n
            union all
            select w.row, w.start, n.next_id, w.way || ' → ' || q.number, w.seen || n.next_id
            from walk w join step n on n.part_id = w.at join parts q on q.id = n.next_id
            where w.at <> w.start and cardinality(w.seen) < 50 and (n.next_id = w.start or n.next_id <> all (w.seen))
        )
        select distinct on (w.row) w.row, 'The part would follow itself: ' || left(w.way, 200) as message, 'Name another successor, or take this row out.' as hint, null::text as use
        from walk w where w.at = w.start order by w.row, cardinality(w.seen)
        """;

    public static readonly ImportKind CrossReferences = new()
    {
        Key = "cross_references", Title = "Cross-references", Text = "One row for each number under which somebody else knows a part.", Icon = "swap_horiz", Permission = Permission.PartsWrite,
        Fields =
        [
            new("part", "Part number", FieldType.Code, "part", "partno", "ourpart", "ournumber", "item", "sku", "material") { Required = true, MaxLength = 50, Names = NameKind.Part },
            new("kind", "Kind", FieldType.Choice, "type", "referencetype", "relation") { Required = true, Choices = ["manufacturer", "supplier", "customer", "equivalent", "replaced_by", "former_number"] },
            new("party", "Whose", FieldType.Text, "party", "partyname", "maker", "manufacturer", "company", "owner") { MaxLength = 120, Hint = "The maker, supplier or customer." },
            new("number", "Their number", FieldType.Code, "number", "referencenumber", "crossreference", "theirpart", "manufacturerpartnumber", "mpn", "reference") { Required = true, MaxLength = 80 },
        ],
        Checks =
        [
            NoPart("part"),
            new("party", ["kind"], "select s.row, 'Whose number it is, is missing' as message, 'Name the ' || s.kind || '.' as hint, null::text as use from {stage} s where {live} and s.party is null and s.kind in ('manufacturer', 'supplier', 'customer') and s.own is null"),
            new("number", ["part", "kind"], SuccessorLoop),
            Repeated("number", "Same part, kind, party and number", "part", "kind", "coalesce(s.party, '')", "number"),
        ],
        Targets =
        [
            new("part_cross_references", "cross-reference", "cross-references", $"select * from {Good}",
                """
                left join parts p on p.number = x.part and p.deleted_at is null
                left join parts o on x.kind in ('equivalent', 'replaced_by') and o.number = x.number and o.deleted_at is null and o.id <> p.id
                """,
                "left join part_cross_references t on t.part_id = p.id and t.kind = x.kind and t.party_name = coalesce(x.party, '') and t.number = x.number and t.deleted_at is null",
                [
                    new("part_id", "p.id", []), new("kind", "x.kind", []), new("party_name", "coalesce(x.party, '')", []), new("number", "x.number", []),
                    new("other_part_id", "o.id", ["kind"]),
                ]) { ByRow = true },
        ],
    };
}
