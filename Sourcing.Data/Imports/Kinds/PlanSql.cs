namespace Sourcing.Data.Imports.Kinds;

/// <summary>
/// Words that the statements of the planners' kinds share. What a row names stands in the stage as a key already (see
/// <see cref="KindSql.FindNamed"/>), its unit as <c>unit_id</c>, and as <c>factor</c> how many of the part's own unit one of it is.
/// </summary>
internal static class PlanSql
{
    /// <summary>The columns of the stage that <see cref="FindUnit"/> and <see cref="FindFactor"/> fill.</summary>
    public static readonly IReadOnlyList<(string Name, string Type)> UnitColumns = [("unit_id", "uuid"), ("factor", "numeric")];

    /// <summary>A week grid as rows of <c>g</c>: no, head, day (null for past due), word, quantity.</summary>
    public static string Cells(string field, string alias = "g") =>
        $"jsonb_to_recordset(s.{field}::jsonb) {alias} (no int, head text, day date, word text, quantity numeric)";

    /// <summary>The unit of a field: by its code, else by code or name in any case, with or without a plural's s. Null where it is not known.</summary>
    public static string FindUnit(string field = "unit") => $$"""
        update {stage} s set {{field}}_id = f.id
        from (
            select v.value, (
                select u.id from units u
                where u.deleted_at is null and (u.code = v.value or lower(u.code) collate "C" in (v.plain, v.single) or lower(u.name) collate "C" in (v.plain, v.single))
                order by u.code = v.value desc, lower(u.code) collate "C" = v.plain desc, u.code limit 1
            ) as id
            from (select d.value, lower(btrim(d.value)) collate "C" as plain, rtrim(lower(btrim(d.value)), '.s') collate "C" as single from (select distinct s.{{field}} as value from {stage} s) d) v
        ) f
        where s.{{field}} is not distinct from f.value and s.{{field}}_id is distinct from f.id
        """;

    /// <summary>How many of the part's own unit one of the row's unit is; 1 where the row has none. Null where nothing says so: never a guess.</summary>
    public static string FindFactor(string part = "part_id", string unit = "unit", string into = "factor") => $$"""
        update {stage} s set {{into}} = f.factor
        from (
            select d.part, d.unit, d.word, case when d.word is null then 1 when d.unit is not null then app.unit_factor(d.part, d.unit, p.unit_id) end as factor
            from (select distinct s.{{part}} as part, s.{{unit}}_id as unit, s.{{unit}} as word from {stage} s where s.{{part}} is not null) d join parts p on p.id = d.part
        ) f
        where s.{{part}} = f.part and s.{{unit}}_id is not distinct from f.unit and s.{{unit}} is not distinct from f.word and s.{{into}} is distinct from f.factor
        """;

    /// <summary>No part has this number, and nobody said which one it is; the nearest is named.</summary>
    public static RowCheck NoPart(string field) => new(field, [field],
        $$"""
        select s.row, 'No part with this number' as message,
            case when n.near is null then 'Type the number of the part that is meant, and it will be known from now on; or import it first, among parts or materials.'
                else 'Nearest: ' || n.near || ' (' || n.name || '). An answer is kept for later files.' end as hint, n.near as use
        from {stage} s join (
            select d.value, p.number as near, left(p.name, 60) as name
            from (
                select value, row_number() over (order by value) as n from (select distinct s.{{field}} as value from {stage} s where {live} and s.{{field}} is not null and s.{{field}}_id is null) v
            ) d left join lateral (
                select p.number, p.name from parts p
                where d.n <= 100 and p.deleted_at is null and app.compact(p.number) collate "C" % app.compact(d.value)
                order by similarity(app.compact(p.number), app.compact(d.value)) desc, p.number limit 1
            ) p on true
        ) n on n.value = s.{{field}} where {live} and s.{{field}}_id is null
        """);

    /// <summary>No supplier has this code or name, or several have; nobody said which one it is. The nearest is named.</summary>
    /// <param name="message">What is said, over <c>s</c>.</param>
    public static RowCheck NoSupplier(string field, string message = "'No supplier with this code or name'", bool unusual = false) => new(field, [field],
        $$"""
        select s.row, {{message}} as message,
            case when n.several is not null then 'Several have this name. Say which by its code: ' || n.several || '.'
                when n.near is null then 'Type the name of the supplier that is meant, and it will be known from now on; or import the supplier first.'
                else 'Nearest: ' || n.near || '. An answer is kept for later files.' end as hint, n.near as use
        from {stage} s join (
            select d.value, p.name as near, (select string_agg(o.code, ', ' order by o.code) from suppliers o where o.plain_name = app.plain(btrim(d.value)) and o.deleted_at is null having count(*) > 1) as several
            from (
                select value, row_number() over (order by value) as n from (select distinct s.{{field}} as value from {stage} s where {live} and s.{{field}} is not null and s.{{field}}_id is null) v
            ) d left join lateral (
                select p.name from suppliers p where d.n <= 100 and p.deleted_at is null and (p.plain_name % app.plain(d.value) or app.compact(d.value) like app.compact(p.name) || '%' collate "C")
                order by similarity(p.plain_name, app.plain(d.value)) desc, p.name limit 1
            ) p on true
        ) n on n.value = s.{{field}} where {live} and s.{{field}}_id is null {{(unusual ? "and not s.confirmed" : "")}}
        """, unusual);

    /// <summary>The unit is not in the catalog.</summary>
    public static RowCheck NoUnit(string field = "unit") => new(field, [],
        $$"""
        select s.row, 'No unit “' || s.{{field}} || '”' as message, 'Use one of the units of the catalog, or add it there first.' as hint, null::text as use
        from {stage} s where {live} and s.{{field}} is not null and s.{{field}}_id is null
        """);

    /// <summary>The part does not say what the unit holds.</summary>
    public static RowCheck NoFactor(string part = "part", string unit = "unit", string factor = "factor") => new(unit, [],
        $$"""
        select s.row, 'No conversion from ' || u.code || ' to ' || pu.code || ' for ' || p.number as message,
            'Say on the part''s page how many ' || pu.code || ' one ' || u.code || ' is, then check again. Until then the row stays out.' as hint, null::text as use
        from {stage} s join units u on u.id = s.{{unit}}_id join parts p on p.id = s.{{part}}_id join units pu on pu.id = p.unit_id where {live} and s.{{factor}} is null
        """);

    /// <summary>What one of a currency is in the base currency's terms: the last rate, as prices are compared elsewhere. Null where none is known.</summary>
    public static string Rate(string currency) => $"""
        case when {currency} is null or {currency} = 'EUR' then 1::numeric else (select e.rate from exchange_rates e where e.currency = {currency} and e.day <= current_date order by e.day desc limit 1) end
        """;

    /// <summary>A cost in a currency without a rate cannot become a standard cost.</summary>
    public static RowCheck NoRate(string cost) => new(cost, [cost, "currency"],
        $$"""
        select s.row, 'No exchange rate for ' || s.currency as message, 'Standard costs are kept in EUR. Enter a rate under Settings and check again, or confirm that the cost is left out.' as hint, null::text as use
        from {stage} s where {live} and not s.confirmed and s.{{cost}} > 0 and s.currency <> 'EUR' and not exists (select from exchange_rates e where e.currency = s.currency and e.day <= current_date)
        """, Unusual: true);
}
