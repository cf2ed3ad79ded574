using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Operations;

/// <summary>A deleted record in the list.</summary>
public sealed record DeletedRow
{
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public string TableName { get; init; } = "";
    public DateTimeOffset DeletedAt { get; init; }
    public string DeletedBy { get; init; } = "";
}

/// <summary>What was deleted and can be brought back, over all kinds of records that this person may write.</summary>
public sealed class DeletedRecordList(Database database, CurrentUser user) : ListSource<DeletedRow>(database, user)
{
    // What people know a record by, the best first.
    private static readonly string[] Naming = ["Number", "Code", "Name", "Title", "FileName", "Subject", "FirstName", "LastName"];

    private const string Nothing =
        "select null::uuid as \"Id\", '' as \"Name\", '' as \"TableName\", null::timestamptz as \"DeletedAt\", '' as \"DeletedBy\" where false";

    private static readonly ListShape<DeletedRow> Columns = new ListShape<DeletedRow>("deleted", "Deleted records", r => r.Id)
        .Add(r => r.Name, "Record", FieldKind.Text)
        .Add(r => r.TableName, "Kind", FieldKind.Choice, choices: [.. RecordKinds.All.Select(k => new Choice(k.Table, char.ToUpperInvariant(k.Word[0]) + k.Word[1..]))])
        .Add(r => r.DeletedAt, "Deleted", FieldKind.Moment)
        .Add(r => r.DeletedBy, "By", FieldKind.Text)
        .OrderedBy("deletedAt", descending: true);

    /// <inheritdoc/>
    public override ListShape<DeletedRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.HistoryRead;

    /// <inheritdoc/>
    protected override IQueryable<DeletedRow> Rows(SourcingDb db, string search)
    {
        var parts = SoftDeleted(db).Where(e => RecordKinds.Find(e.GetTableName()!) is { } kind && User.May(kind.Write)).Select(Select).ToList();
        var sql = parts.Count == 0 ? Nothing : string.Join(" union all ", parts);
        var rows = db.Database.SqlQueryRaw<DeletedRow>(sql);
        var pattern = $"%{search}%";
        return search.Length == 0 ? rows : rows.Where(r => EF.Functions.ILike(r.Name, pattern));
    }

    internal static IEnumerable<IEntityType> SoftDeleted(SourcingDb db) =>
        db.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(ISoftDeleted)) && e.GetTableName() is not null && e.GetViewName() is null);

    private static string Select(IEntityType entity)
    {
        var columns = Naming.Select(entity.FindProperty).OfType<IProperty>().Take(2).Select(p => $"nullif({p.GetColumnName()}::text, '')").ToList();
        return Select(entity.GetTableName()!, columns.Count == 0 ? "id::text" : $"concat_ws(' · ', {string.Join(", ", columns)})")
            // What became one with another does not come back.
            + (entity.FindProperty("MergedInto") is null ? "" : " and r.merged_into is null");
    }

    // Names come from the model, never from data.
    private static string Select(string table, string name) =>
        $"""
        select r.id as "Id", {name} as "Name", '{table}' as "TableName", r.deleted_at as "DeletedAt",
            coalesce((select p.full_name from people p where p.id = r.deleted_by), '') as "DeletedBy"
        from {table} r where r.deleted_at is not null
        """;
}

/// <summary>A room's own way to bring back a deleted record, where more belongs to it than clearing two columns.</summary>
public interface IRestoresRecords
{
    /// <summary>The table whose records it brings back.</summary>
    string Table { get; }

    /// <summary>Brings one back, or refuses with a reason.</summary>
    Task RestoreAsync(Guid id, CancellationToken ct);
}

/// <summary>Brings deleted records back, with what was deleted in the same act.</summary>
public sealed class RestoreService(Database database, CurrentUser user, IEnumerable<IRestoresRecords> rooms)
{
    /// <summary>Brings a record back. Refuses where a live record stands in its place.</summary>
    /// <param name="table">A table of <see cref="RecordKinds"/>.</param>
    public Task RestoreAsync(string table, Guid id, CancellationToken ct)
    {
        var kind = RecordKinds.Find(table) ?? throw new MissingException("record");
        user.Demand(kind.Write);
        return rooms.FirstOrDefault(r => r.Table == table) is { } room ? room.RestoreAsync(id, ct) : database.WriteAsync(
            async (db, token) =>
            {
                var entity = DeletedRecordList.SoftDeleted(db).FirstOrDefault(e => e.GetTableName() == table) ?? throw new MissingException(kind.Word);
                var find = $"select deleted_at as \"Value\" from {table} where id = {{0}} and deleted_at is not null for update";
                var moments = await db.Database.SqlQueryRaw<DateTimeOffset>(find, id).ToListAsync(token);
                if (moments.Count == 0)
                {
                    throw new MissingException($"deleted {kind.Word}");
                }

                await RestoreAsync(db, entity, "id", id, moments[0], token);
                await db.AnnounceAsync(table, id, token);
            },
            ct);
    }

    private static async Task RestoreAsync(SourcingDb db, IEntityType entity, string column, Guid key, DateTimeOffset at, CancellationToken ct)
    {
        var table = entity.GetTableName()!;
        List<Guid> ids;
        try
        {
            var sql = $"update {table} set deleted_at = null, deleted_by = null where {column} = {{0}} and deleted_at = {{1}} returning id as \"Value\"";
            ids = await db.Database.SqlQueryRaw<Guid>(sql, key, at).ToListAsync(ct);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            var word = RecordKinds.Find(table)?.Word ?? "record";
            throw new RefusedException($"Another {word} has taken the place of this one: the same number, code or name is in use. Rename or delete that one first, then restore this.", fault);
        }

        foreach (var child in entity.GetReferencingForeignKeys().Where(k => k.Properties.Count == 1 && DeletedRecordList.SoftDeleted(db).Contains(k.DeclaringEntityType)))
        {
            foreach (var id in ids)
            {
                await RestoreAsync(db, child.DeclaringEntityType, child.Properties[0].GetColumnName(), id, at, ct);
            }
        }
    }
}
