namespace Sourcing.Data.Imports.Kinds;

/// <summary>
/// Words that the kinds' statements share. In them <c>{stage}</c> is the staged file, <c>{id:row}</c> the key that a new record of
/// this target gets for that row, <c>{run}</c> the import and <c>{user}</c> the person who uploaded.
/// </summary>
internal static class KindSql
{
    /// <summary>Rows that nothing is wrong with.</summary>
    public const string Good = "{stage} s where s.state = 'o'";

    /// <summary>Joins a supplier as <c>sup</c> by code, else by name.</summary>
    public static string Supplier(string value) => $"""
        left join suppliers sc on sc.code = {value} and sc.deleted_at is null
        left join suppliers sn on sc.id is null and sn.plain_name = app.plain({value}) and sn.deleted_at is null
        left join suppliers sup on sup.id = coalesce(sc.id, sn.id)
        """;

    /// <summary>Finds the key of what a field names, once for each text.</summary>
    public static string FindNamed(ImportField field) => $$"""
        update {stage} s set {{field.Key}}_id = f.id
        from (select v.value, app.named('{{Common.Words.Snake($"{field.Names}")}}', v.value) as id from (select distinct s.{{field.Key}} as value from {stage} s) v) f
        where s.{{field.Key}} is not distinct from f.value and s.{{field.Key}}_id is distinct from f.id
        """;

    /// <summary>Puts the name or number in place of another name that somebody answered before; the text of the file stays in sight.</summary>
    public static string TakeKnownName(ImportField field)
    {
        var (kind, own) = field.Names == NameKind.Supplier
            ? ("supplier", "(select case when (select count(*) from suppliers o where o.plain_name = t.plain_name and o.deleted_at is null) = 1 then t.name else t.code end from suppliers t where t.id = a.target_id and t.deleted_at is null)")
            : ("part", "(select t.number from parts t where t.id = a.target_id and t.deleted_at is null)");
        return $$"""
            update {stage} s set {{field.Key}} = f.own, cells = coalesce(s.cells, jsonb_build_object()) || jsonb_build_object('{{field.Key}}', s.{{field.Key}})
            from (
                select v.value, {{own}} as own from (select distinct s.{{field.Key}} as value from {stage} s where s.{{field.Key}} is not null) v
                join name_aliases a on a.kind = '{{kind}}' and a.plain = app.plain(btrim(v.value)) where app.named_plainly('{{kind}}', v.value) is null
            ) f where s.{{field.Key}} = f.value and f.own is not null
            """;
    }

    /// <summary>The category that a row names by code or name, as c.</summary>
    public const string CategoryOf = """
        left join (select distinct on (code) code, id from (
            select code collate "C" as code, id, 1 as place from part_categories where deleted_at is null union all select name collate "C", id, 2 from part_categories where deleted_at is null) n order by code, place, id) c on c.code = x.category collate "C"
        """;

    /// <summary>No category has this code or name.</summary>
    public static RowCheck NoCategory(string field) => new(field, [field],
        $$"""
        select s.row, 'No category “' || s.{{field}} || '”' as message, 'Use the code or the name of a category, or import it first.' as hint, null::text as use
        from {stage} s where {live} and s.{{field}} is not null
            and not exists (select from part_categories c where c.code = s.{{field}} and c.deleted_at is null) and not exists (select from part_categories c where c.name = s.{{field}} collate "C" and c.deleted_at is null)
        """) { ByValue = true };

    /// <summary>No unit has this code.</summary>
    public static RowCheck NoUnit(string field) => new(field, [field],
        $$"""
        select s.row, 'No unit “' || s.{{field}} || '”' as message, 'Use one of the units of the catalog, or add it there first.' as hint,
            (select u.code from units u where u.deleted_at is null and (lower(u.code) = lower(s.{{field}}) or lower(u.name) = lower(s.{{field}}) collate "C") order by u.code limit 1) as use
        from {stage} s where {live} and s.{{field}} is not null
            and not exists (select from units u where u.code = s.{{field}} and u.deleted_at is null)
        """) { ByValue = true };

    /// <summary>No part has this number; names the nearest.</summary>
    public static RowCheck NoPart(string field) => new(field, [field],
        $$"""
        select s.row, 'No part with this number' as message,
            case when n.near is null then 'Correct the number, or import the part first.' else 'Nearest: ' || n.near || ' (' || n.name || ').' end as hint, n.near as use
        from {stage} s join (
            select d.value, p.number as near, left(p.name, 60) as name
            from (
                select value, row_number() over (order by value) as n from (select distinct s.{{field}} as value from {stage} s where {live}) v
                where value is not null and not exists (select from parts p where p.number = v.value and p.deleted_at is null)
            ) d left join lateral (
                select p.number, p.name from parts p
                where d.n <= 100 and p.deleted_at is null and app.compact(p.number) collate "C" % app.compact(d.value)
                order by similarity(app.compact(p.number), app.compact(d.value)) desc, p.number limit 1
            ) p on true
        ) n on n.value = s.{{field}} where {live}
        """) { ByValue = true };

    /// <summary>No supplier has this code or name, or several have this name.</summary>
    public static IReadOnlyList<RowCheck> NoSupplier(string field) =>
    [
        new(field, [field],
            $$"""
            select s.row, 'No supplier with this code or name' as message,
                case when n.near is null then 'Correct it, or import the supplier first.' else 'Nearest: ' || n.near || '.' end as hint, n.near as use
            from {stage} s join (
                select d.value, p.name as near
                from (
                    select value, row_number() over (order by value) as n from (select distinct s.{{field}} as value from {stage} s where {live}) v
                    where value is not null and not exists (select from suppliers p where p.code = v.value and p.deleted_at is null)
                        and not exists (select from suppliers p where p.plain_name = app.plain(v.value) and p.deleted_at is null)
                ) d left join lateral (
                    select p.name from suppliers p where d.n <= 100 and p.deleted_at is null and p.plain_name % app.plain(d.value)
                    order by similarity(p.plain_name, app.plain(d.value)) desc, p.name limit 1
                ) p on true
            ) n on n.value = s.{{field}} where {live}
            """),
        SeveralSuppliers(field),
    ];

    /// <summary>A name that several suppliers have.</summary>
    public static RowCheck SeveralSuppliers(string field) => new(field, [field],
        $$"""
        select s.row, 'Several suppliers have this name' as message, 'Say which by its code: ' || n.codes || '.' as hint, null::text as use
        from {stage} s join (
            select p.plain_name, string_agg(p.code, ', ' order by p.code) as codes from suppliers p where p.deleted_at is null group by 1 having count(*) > 1
        ) n on n.plain_name = app.plain(s.{{field}})
        where {live} and not exists (select from suppliers p where p.code = s.{{field}} and p.deleted_at is null)
        """);

    /// <summary>The same key in an earlier row.</summary>
    /// <param name="what">"Same number", said of the later row.</param>
    public static RowCheck Repeated(string field, string what, params string[] keys)
    {
        var joined = string.Join(" and ", keys.Select(k => $"d.{Name(k)} = {Value(k)}"));
        var grouped = string.Join(", ", keys.Select(k => $"{Value(k)} as {Name(k)}"));
        var places = string.Join(", ", Enumerable.Range(1, keys.Length));
        return new(field, [],
            $$"""
            select s.row, '{{what}} as row ' || d.first as message, 'Keep one of the two: mend this row, or take it out.' as hint, null::text as use
            from {stage} s join (
                select {{grouped}}, min(s.row) as first from {stage} s where {live} group by {{places}} having count(*) > 1
            ) d on {{joined}} and s.row > d.first where {live}
            """)
        {
            Keys = keys.All(k => k.All(c => char.IsAsciiLetter(c) || c == '_')) ? keys : [],
        };

        static string Name(string key) => new([.. key.Where(char.IsAsciiLetter)]);
        static string Value(string key) => key.Contains('(', StringComparison.Ordinal) ? key : "s." + key;
    }
}
