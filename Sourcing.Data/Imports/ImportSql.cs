using System.Globalization;
using System.Text.RegularExpressions;
using Sourcing.Data.Imports.Kinds;

namespace Sourcing.Data.Imports;

/// <summary>The statements of one import: what its kind says in general, for this run, this stage and the fields that are mapped.</summary>
/// <param name="needed">Names of text columns by table that may not be null and have no default: empty where a kind does not fill them.</param>
/// <param name="collated">Names of text columns by table: they are compared byte by byte, whatever order people want to see them in.</param>
internal sealed partial class ImportSql(ImportRun run, ImportKind kind, ILookup<string, string> collated, ILookup<string, string> needed)
{
    /// <summary>The stage's table.</summary>
    public string Stage { get; } = "staging.r_" + run.Id.ToString("N");

    /// <summary>The targets that this mapping fills.</summary>
    public IReadOnlyList<ImportTarget> Targets { get; } =
        [.. kind.Targets.Where(t => t.Needs.Length == 0 || t.Needs.Any(run.Mapping.Has))];

    /// <summary>The checks that make sense for this mapping.</summary>
    public IEnumerable<RowCheck> Checks => kind.Checks.Where(c => c.Needs.All(run.Mapping.Has));

    /// <summary>Puts this run into a statement of the kind.</summary>
    public string Fill(string sql, int target = 0, string? slice = null)
    {
        sql = IdOfRow().Replace(sql, m => $"('{run.Id.ToString()[..28]}' || lpad(to_hex({((long)target << 28).ToString(CultureInfo.InvariantCulture)}::bigint + {m.Groups[1].Value}), 8, '0'))::uuid");
        return sql.Replace("{stage}", slice ?? Stage, StringComparison.Ordinal)
            .Replace("{live}", "s.state <> 'a'", StringComparison.Ordinal)
            .Replace("{first}", $"app.first_id('{run.Id}')", StringComparison.Ordinal)
            .Replace("{last}", $"app.last_id('{run.Id}')", StringComparison.Ordinal)
            .Replace("{number}", run.Number, StringComparison.Ordinal)
            .Replace("{run}", $"'{run.Id}'::uuid", StringComparison.Ordinal)
            .Replace("{user}", $"'{run.UploadedBy}'::uuid", StringComparison.Ordinal);
    }

    /// <summary>Each record of a target with its row and 0 for new, 1 for changed, 2 for as it is.</summary>
    public string Compare(ImportTarget target) => Fill(
        $"""
        select {Index(target)} as target, x.row, case when t.id is null then 0 when {Differs(target)} then 1 else 2 end as rank
        from ({target.Source}) x {target.Joins} {target.Match}
        """,
        Index(target));

    /// <summary>Writes the records that are not there yet.</summary>
    /// <param name="slice">A part of the stage; null for all of it.</param>
    public string Insert(ImportTarget target, string? slice = null)
    {
        var columns = target.Columns.Select(c => (c.Name, Value: New(c))).Where(c => c.Value is not null).ToList();
        // What an earlier slice of this run wrote need not be looked at again.
        var own = slice is null ? "" : "and (t.id < {first} or t.id > {last})";
        columns.AddRange(needed[target.Table].Where(n => columns.All(c => c.Name != n)).Select(n => (n, (string?)"''")));
        return Fill(
            $$"""
            insert into {{target.Table}} (id, {{string.Join(", ", columns.Select(c => c.Name))}})
            select {{(Index(target) == 0 && target.Source == WholeRows ? "x.id" : $"{{id:{target.Key}}}")}}, {{string.Join(", ", columns.Select(c => c.Value))}}
            from ({{target.Source}}) x {{target.Joins}} {{target.Match}} {{own}} where t.id is null
            """,
            Index(target), slice);
    }

    /// <summary>Changes the records that differ, and keeps what they were. Null when nothing of it is mapped.</summary>
    public string? Update(ImportTarget target)
    {
        var columns = Mapped(target).ToList();
        if (columns.All(c => c.Along))
        {
            return null;
        }

        var values = columns.Select((c, i) => (c.Name, Sql: c.Sql, New: $"coalesce(d.v{i}, t.{c.Name})")).ToList();
        return Fill(
            $"""
            with d as materialized (
                select t.id, {string.Join(", ", values.Select((v, i) => $"{v.Sql} as v{i}"))}
                from ({target.Source}) x {target.Joins} {target.Match} where t.id is not null and ({Differs(target)})
            ), kept as (
                insert into import_changes (run_id, table_name, record_id, old_values, new_values)
                select {"{run}"}, '{target.Table}', t.id, jsonb_build_object({string.Join(", ", values.Select(v => $"'{v.Name}', t.{v.Name}"))}),
                    jsonb_build_object({string.Join(", ", values.Select(v => $"'{v.Name}', {v.New}"))})
                from d join {target.Table} t on t.id = d.id
            )
            update {target.Table} t set {string.Join(", ", values.Select(v => $"{v.Name} = {v.New}"))} from d where t.id = d.id
            """,
            Index(target));
    }

    private const string WholeRows = $"select * from {KindSql.Good}";

    private int Index(ImportTarget target) => Targets.ToList().IndexOf(target);

    private IEnumerable<TargetColumn> Mapped(ImportTarget target) => target.Columns.Where(c => c.Along || (!c.Once && c.Fields.Any(run.Mapping.Has)));

    private string? New(TargetColumn column) =>
        !column.Along && !column.Once && !column.Fields.Any(run.Mapping.Has) ? column.New : column.New is null ? column.Sql : $"coalesce({column.Sql}, {column.New})";

    private string Differs(ImportTarget target)
    {
        var parts = Mapped(target).Where(c => !c.Along).Select(c =>
            $"(({c.Sql}) is not null and t.{c.Name} is distinct from ({c.Sql}){(collated[target.Table].Contains(c.Name) ? " collate \"C\"" : "")})").ToList();
        return parts.Count == 0 ? "false" : string.Join(" or ", parts);
    }

    [GeneratedRegex(@"\{id:([^}]+)\}")]
    private static partial Regex IdOfRow();
}
