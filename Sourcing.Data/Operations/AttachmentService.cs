using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Sourcing.Data.Common;
using DbContextTransactionExtensions = Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions;

namespace Sourcing.Data.Operations;

/// <summary>A file as listed.</summary>
/// <param name="FromSupplier">A supplier sent it.</param>
/// <param name="MayRemove">This person may remove it.</param>
public sealed record AttachmentRow(
    Guid Id, string FileName, string MediaType, long Size, bool VisibleToSupplier, bool FromSupplier, DateTimeOffset CreatedAt, bool MayRemove);

/// <summary>A file on its way out. Dispose it.</summary>
public sealed record AttachmentFile(string FileName, string MediaType, TemporaryFile File) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => File.DisposeAsync();
}

/// <summary>
/// Files of records. The permission is that of the record's kind (<see cref="RecordKinds"/>); a supplier sees what is marked for
/// them on records that row-level security shows them, and what they sent themselves.
/// </summary>
public sealed class AttachmentService(Database database, CurrentUser user, UploadLimit limit)
{
    /// <summary>Bytes.</summary>
    public const long LargestFile = 25 * 1024 * 1024;

    private Guid? Supplier => user.Identity.SupplierId;

    /// <summary>The files of a record, the latest first; at most 500.</summary>
    public Task<IReadOnlyList<AttachmentRow>> ListAsync(string ownerType, Guid ownerId, CancellationToken ct)
    {
        var kind = DemandRead(ownerType);
        var mayWrite = user.May(kind.Write);
        return database.ReadAsync<IReadOnlyList<AttachmentRow>>(
            async (db, token) => await db.Attachments.Where(a => a.OwnerType == ownerType && a.OwnerId == ownerId)
                .OrderByDescending(a => a.CreatedAt).ThenByDescending(a => a.Id).Take(500)
                .Select(a => new AttachmentRow(
                    a.Id, a.FileName, a.MediaType, a.Size, a.VisibleToSupplier, a.SupplierId != null, a.CreatedAt, mayWrite || (Supplier != null && a.SupplierId == Supplier)))
                .ToListAsync(token),
            ct);
    }

    /// <summary>
    /// Takes a file: cut at <see cref="LargestFile"/>, recognised by its content, kept with its hash.
    /// Refuses what is too large, mislabelled, an archive, a program or markup, in words.
    /// </summary>
    /// <param name="fileName">As claimed; paths are dropped.</param>
    /// <param name="content">Read once, never as a whole into memory.</param>
    public async Task<Guid> AddAsync(string ownerType, Guid ownerId, string fileName, Stream content, bool visibleToSupplier, CancellationToken ct)
    {
        DemandWrite(ownerType);
        limit.Demand(user);
        var name = FileKinds.SafeName(fileName);
        await using var file = await TemporaryFile.ReceiveAsync(content, LargestFile, ct);
        var kind = await FileKinds.RecogniseAsync(name, file.Content, ct);
        return await database.WriteAsync(
            async (db, token) =>
            {
                await DemandOwnerAsync(db, ownerType, ownerId, token);
                var same = await db.Attachments.AnyAsync(a => a.OwnerType == ownerType && a.OwnerId == ownerId && a.Sha256 == file.Sha256 && a.FileName == name, token);
                if (same)
                {
                    throw new RefusedException($"{name} is attached here already, with the same content.");
                }

                var attachment = new Attachment(ownerType, ownerId, name, kind.MediaType, file.Size, file.Sha256, visibleToSupplier || Supplier is not null, Supplier);
                db.Add(attachment);
                await db.SaveChangesAsync(token);
                await FillAsync(db, attachment.Id, file, token);
                await db.AnnounceAsync("attachments", ownerId, token);
                return attachment.Id;
            },
            ct);
    }

    /// <summary>The file's content, for sending.</summary>
    public async Task<AttachmentFile> OpenAsync(Guid id, CancellationToken ct)
    {
        var (row, file) = await database.ReadAsync(
            async (db, token) =>
            {
                var row = await db.Attachments.Where(a => a.Id == id).Select(a => new { a.OwnerType, a.FileName, a.MediaType }).SingleOrDefaultAsync(token)
                    ?? throw new MissingException("file");
                DemandRead(row.OwnerType);
                return (row, await SpoolAsync(db, id, token));
            },
            ct);
        return new(row.FileName, row.MediaType, file);
    }

    /// <summary>Marks it for suppliers, or hides it from them.</summary>
    public Task ShowToSupplierAsync(Guid id, bool visible, CancellationToken ct) => ChangeAsync(id, (db, attachment) =>
    {
        user.Demand(RecordKinds.Of(attachment.OwnerType).Write);
        attachment.ShowToSupplier(visible);
    }, ct);

    /// <summary>Removes it; it can be restored. A supplier removes only what they sent.</summary>
    public Task RemoveAsync(Guid id, CancellationToken ct) => ChangeAsync(id, (db, attachment) =>
    {
        DemandWrite(attachment.OwnerType);
        if (Supplier is not null && attachment.SupplierId != Supplier)
        {
            throw new RefusedException($"{attachment.FileName} came from the buyer. Ask them to remove it.");
        }

        db.Remove(attachment);
    }, ct);

    /// <summary>Brings back a removed file: for those who may write its record.</summary>
    public Task RestoreAsync(Guid id, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var owner = await db.Attachments.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(a => a.Id == id && a.DeletedAt != null)
                .Select(a => new { a.OwnerType, a.OwnerId }).SingleOrDefaultAsync(token) ?? throw new MissingException("removed file");
            user.Demand(RecordKinds.Of(owner.OwnerType).Write);
            await db.Database.ExecuteSqlAsync($"update attachments set deleted_at = null, deleted_by = null where id = {id}", token);
            await db.AnnounceAsync("attachments", owner.OwnerId, token);
        },
        ct);

    private Task ChangeAsync(Guid id, Action<SourcingDb, Attachment> change, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            // Without the content: an update sends only what changed.
            var attachment = await db.Attachments.FromSql($"""
                select id, owner_type, owner_id, file_name, media_type, size, sha256, ''::bytea as content, visible_to_supplier, supplier_id,
                    created_at, updated_at, deleted_at, deleted_by from attachments
                """).SingleOrDefaultAsync(a => a.Id == id, token) ?? throw new MissingException("file");
            change(db, attachment);
            await DemandOpenAsync(db, attachment.OwnerType, attachment.OwnerId, token);
            await db.SaveChangesAsync(token);
            await db.AnnounceAsync("attachments", attachment.OwnerId, token);
        },
        ct);

    private RecordKind DemandRead(string ownerType)
    {
        var kind = RecordKinds.Of(ownerType);
        user.Demand(Supplier is not null && kind.Portal ? Permission.PortalUse : kind.Read);
        return kind;
    }

    private void DemandWrite(string ownerType) =>
        user.Demand(Supplier is not null && ownerType is "quotes" or "orders" or "shipments" ? Permission.PortalUse : RecordKinds.Of(ownerType).Write);

    // Through row-level security: a record that is not theirs is not there.
    private async Task DemandOwnerAsync(SourcingDb db, string ownerType, Guid ownerId, CancellationToken ct)
    {
        var kind = RecordKinds.Of(ownerType);
        var sql = $"select exists (select from {kind.Table} where id = {{0}}) as \"Value\"";
        if (!await db.Database.SqlQueryRaw<bool>(sql, ownerId).SingleAsync(ct))
        {
            throw new MissingException(kind.Word);
        }

        await DemandOpenAsync(db, ownerType, ownerId, ct);
    }

    // The server's clock decides for files as it does for prices; the policy says the same once more.
    private async Task DemandOpenAsync(SourcingDb db, string ownerType, Guid ownerId, CancellationToken ct)
    {
        if (Supplier is null)
        {
            return;
        }

        if (ownerType is "orders" or "shipments")
        {
            if (!await db.Orders.AnyAsync(o => (o.Id == ownerId || o.Shipments.Any(s => s.Id == ownerId)) && o.Status != Orders.OrderStatus.Closed && o.Status != Orders.OrderStatus.Cancelled, ct))
            {
                throw new RefusedException("The order is closed or cancelled, so its files can no longer be changed. Write to the buyer if one is missing or wrong.");
            }

            return;
        }

        var (now, quoteId) = (await db.NowAsync(ct), ownerId);
        if (!await db.Quotes.AnyAsync(q => q.Id == quoteId && db.Rfqs.Any(r => r.Id == q.RfqId && r.Status == Rfqs.RfqStatus.Open && r.Deadline > now), ct))
        {
            throw new RefusedException("The request is closed, so the files of the quote can no longer be changed. Write to the buyer if one is missing or wrong.");
        }
    }

    private static async Task FillAsync(SourcingDb db, Guid id, TemporaryFile file, CancellationToken ct)
    {
        file.Content.Position = 0;
        await using var command = Command(db, "update attachments set content = $1 where id = $2");
        command.Parameters.Add(new() { Value = file.Content, NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<TemporaryFile> SpoolAsync(SourcingDb db, Guid id, CancellationToken ct)
    {
        await using var command = Command(db, "select content from attachments where id = $1");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SequentialAccess, ct);
        await reader.ReadAsync(ct);
        await using var content = await reader.GetStreamAsync(0, ct);
        return await TemporaryFile.ReceiveAsync(content, long.MaxValue, ct);
    }

    private static NpgsqlCommand Command(SourcingDb db, string sql) =>
        new(sql, (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)DbContextTransactionExtensions.GetDbTransaction(db.Database.CurrentTransaction!));
}
