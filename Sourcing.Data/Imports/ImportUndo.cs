using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Imports.Kinds;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Data.Imports;

/// <summary>Takes an import out again: what it made goes, what it changed becomes what it was. Refused as soon as something depends on it.</summary>
internal sealed class ImportUndo(SourcingDb db, ImportRun run, ImportKind kind)
{
    /// <summary>Refuses, naming what depends: records that refer to the imported ones, files attached to them, changes made since.</summary>
    public async Task DemandNothingDependsAsync(CancellationToken ct)
    {
        var reasons = new List<string>();
        foreach (var table in kind.Targets.Select(t => t.Table).Distinct())
        {
            reasons.AddRange(await ReferencesAsync(table, ct));
        }

        // Rows that a merge brought to another part lie among its own now: what they add up to is reckoned for both.
        foreach (var table in kind.Targets.Select(t => t.Table).Distinct().Where(t => t is "stock_movements" or "forecasts" or "sales_history"))
        {
#pragma warning disable EF1002 // Names out of the list above.
            var merges = (await db.Database.SqlQueryRaw<long>(
                $"select count(*) as \"Value\" from merges m where m.kind = 'part' and m.created_at > {{1}} and exists (select from {table} r where r.part_id = m.kept_id and r.id between app.first_id({{0}}) and app.last_id({{0}}))",
                run.Id, run.CommittedAt!.Value).ToListAsync(ct))[0];
#pragma warning restore EF1002
            if (merges > 0)
            {
                reasons.Add($"{merges:N0} merges of its parts");
            }
        }

        var files = await CountAsync($"select count(*) as \"Value\" from attachments where owner_id between app.first_id({run.Id}) and app.last_id({run.Id}) and deleted_at is null", ct);
        if (files > 0)
        {
            reasons.Add($"{files:N0} attached files");
        }

        var since = await CountAsync(
            $"""
            select count(distinct record_id) as "Value" from audit_entries where at >= {run.CommittedAt} and table_name <> 'import_runs' and action <> 'batch'
                and (record_id between app.first_id({run.Id}) and app.last_id({run.Id}) or record_id in (select record_id from import_changes where run_id = {run.Id}))
                and not coalesce(table_name = 'suppliers' and new_values - {DerivedFigures.Columns} = jsonb_build_object() and new_values ?| {DerivedFigures.Columns}, false)
            """, ct);
        if (since > 0)
        {
            reasons.Add($"changes made since to {since:N0} of its records");
        }

        var later = await db.Database.SqlQuery<string>(
            $"""
            select distinct r.number as "Value" from import_changes c join import_runs r on r.id = c.run_id
            where r.status = 'done' and r.committed_at > {run.CommittedAt} and (c.record_id between app.first_id({run.Id}) and app.last_id({run.Id}) or c.record_id in (select record_id from import_changes where run_id = {run.Id}))
            order by 1
            """).ToListAsync(ct);
        if (later.Count > 0)
        {
            reasons.Add($"later imports that changed its records ({string.Join(", ", later)})");
        }

        if (reasons.Count > 0)
        {
            throw new RefusedException($"The import cannot be undone, because something depends on it: {string.Join(", ", reasons)}. Undo or remove these first.");
        }
    }

    /// <summary>Takes out of one table what the import made, and puts back what it changed.</summary>
    public async Task<(long Removed, long Restored)> TakeOutAsync(string table, CancellationToken ct)
    {
        var columns = await db.Database.SqlQuery<string>(
            $"select distinct k as \"Value\" from import_changes c, jsonb_object_keys(c.old_values) k where c.run_id = {run.Id} and c.table_name = {table}").ToListAsync(ct);
        var restored = 0L;
        if (columns.Count > 0)
        {
            var set = string.Join(", ", columns.Select(c => $"\"{c}\" = o.\"{c}\""));
#pragma warning disable EF1002 // Names out of the catalogue and of our own statements.
            restored = await db.Database.ExecuteSqlRawAsync(
                $"update {table} t set {set} from import_changes c, jsonb_populate_record(null::{table}, c.old_values) o where c.run_id = {{0}} and c.table_name = {{1}} and t.id = c.record_id",
                [run.Id, table], ct);
#pragma warning restore EF1002
        }

        var removed = await CountAsync($"select app.undo_rows({table}, app.first_id({run.Id}), app.last_id({run.Id})) as \"Value\"", ct);
        return (removed, restored);
    }

    // Every foreign key that points to the table, save from records of the same import. A partition's are those of its whole, which alone may be read.
    private async Task<IReadOnlyList<string>> ReferencesAsync(string table, CancellationToken ct)
    {
        var keys = await db.Database.SqlQuery<Reference>(
            $"""
            select f.relname as "TableName", a.attname as "ColumnName", exists (select from pg_attribute i where i.attrelid = f.oid and i.attname = 'id' and i.atttypid = 'uuid'::regtype) as "HasId"
            from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_attribute a on a.attrelid = f.oid and a.attnum = k.conkey[1]
            where k.contype = 'f' and k.confrelid = ('public.' || {table})::regclass and cardinality(k.conkey) = 1 and not f.relispartition
                and f.relname <> all ({DerivedFigures.Tables}) order by 1, 2
            """).ToListAsync(ct);
        var found = new List<string>();
        foreach (var key in keys)
        {
            var own = key.HasId ? "and r.id not between app.first_id({0}) and app.last_id({0})" : "";
#pragma warning disable EF1002 // Names out of the catalogue.
            var count = (await db.Database.SqlQueryRaw<long>(
                $"select count(*) as \"Value\" from {key.TableName} r where r.{key.ColumnName} between app.first_id({{0}}) and app.last_id({{0}}) {own}", run.Id).ToListAsync(ct))[0];
#pragma warning restore EF1002
            if (count > 0)
            {
                found.Add($"{count:N0} {key.TableName.Replace('_', ' ')} refer to its {table.Replace('_', ' ')}");
            }
        }

        return found;
    }

    private async Task<long> CountAsync(FormattableString sql, CancellationToken ct) => (await db.Database.SqlQuery<long>(sql).ToListAsync(ct))[0];

    private sealed record Reference(string TableName, string ColumnName, bool HasId);
}
