using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Rfqs;

/// <summary>A file that goes out with a line.</summary>
/// <param name="Size">Bytes.</param>
public sealed record AskedFile(Guid Id, string Name, long Size);

/// <summary>How many files an RFQ has, with those of its lines.</summary>
/// <param name="Shown">Suppliers see these.</param>
/// <param name="Inside">These stay inside.</param>
public sealed record RfqFileCount(int Shown, int Inside)
{
    /// <summary>Both together.</summary>
    public int All => Shown + Inside;
}

/// <summary>The files of an RFQ and of its lines.</summary>
internal static class RfqFiles
{
    private const string OfRfq = "rfqs";
    private const string OfLine = "rfq_lines";

    /// <summary>Files of the RFQ and its lines, from inside: not those that suppliers sent.</summary>
    public static IQueryable<Attachment> Of(SourcingDb db, Guid rfqId) =>
        db.Attachments.Where(a => a.OwnerType == OfRfq && a.OwnerId == rfqId).Concat(OfLines(db, rfqId)).Where(a => a.SupplierId == null);

    /// <summary>Files of an RFQ's lines: by the index of each line, however many files there are.</summary>
    public static IQueryable<Attachment> OfLines(SourcingDb db, Guid rfqId) =>
        from l in db.RfqLines
        where l.RfqId == rfqId
        from a in db.Attachments
        where a.OwnerType == OfLine && a.OwnerId == l.Id
        select a;

    /// <summary>What suppliers may download, by line.</summary>
    public static async Task<ILookup<Guid, AskedFile>> ShownAsync(SourcingDb db, Guid rfqId, CancellationToken ct)
    {
        var files = await OfLines(db, rfqId).Where(a => a.VisibleToSupplier && a.SupplierId == null)
            .OrderBy(a => a.FileName).ThenBy(a => a.Id).Take(2000).Select(a => new { a.OwnerId, File = new AskedFile(a.Id, a.FileName, a.Size) }).ToListAsync(ct);
        return files.ToLookup(f => f.OwnerId, f => f.File);
    }

    /// <summary>Gives a copy the files of its source, to the same lines by their place. The contents never leave the database.</summary>
    public static async Task CopyAsync(SourcingDb db, Rfq source, Rfq copy, CancellationToken ct)
    {
        var owners = source.Lines.Zip(copy.Lines, (from, to) => (From: from.Id, To: to.Id)).Append((From: source.Id, To: copy.Id)).ToDictionary(o => o.From, o => o.To);
        var files = await Of(db, source.Id).OrderBy(a => a.CreatedAt).ThenBy(a => a.Id)
            .Select(a => new { a.Id, a.OwnerType, a.OwnerId, a.FileName, a.MediaType, a.Size, a.Sha256, a.VisibleToSupplier }).ToListAsync(ct);
        var copies = files.ConvertAll(f => (f.Id, Copy: new Attachment(f.OwnerType, owners[f.OwnerId], f.FileName, f.MediaType, f.Size, f.Sha256, f.VisibleToSupplier, null)));
        db.AddRange(copies.Select(c => c.Copy));
        await db.SaveChangesAsync(ct);
        foreach (var (from, to) in copies)
        {
            await db.Database.ExecuteSqlAsync($"update attachments set content = (select f.content from attachments f where f.id = {from}) where id = {to.Id}", ct);
        }
    }

    /// <summary>Removes what belongs to lines that have left their draft; it can be restored.</summary>
    public static async Task DropAsync(SourcingDb db, IReadOnlyCollection<Guid> lines, Guid by, DateTimeOffset now, CancellationToken ct)
    {
        if (lines.Count > 0)
        {
            var ids = lines.ToArray();
            await db.Database.ExecuteSqlAsync(
                $"update attachments set deleted_at = {now}, deleted_by = {by} where owner_type = {OfLine} and owner_id = any ({ids}) and deleted_at is null", ct);
        }
    }
}
