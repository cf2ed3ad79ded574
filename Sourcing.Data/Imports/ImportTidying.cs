using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Imports;

/// <summary>
/// Removes uploaded files that have served: of imports that are over after <see cref="KeptDays"/> days, of imports that nobody finished
/// after <see cref="OpenDays"/> (they are called off), and what an upload that broke off left behind, after a day.
/// </summary>
public sealed class ImportTidying(Database database, ImportFolder folder) : IRegularWork
{
    /// <summary>Days that the file of an import which is over is kept.</summary>
    public const int KeptDays = 90;

    /// <summary>Days after its upload that an import may stay open.</summary>
    public const int OpenDays = 30;

    /// <inheritdoc/>
    public string Name => "import_files";

    /// <inheritdoc/>
    public string Title => "Remove uploaded files that have served";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromHours(6);

    /// <inheritdoc/>
    public async Task<string> RunAsync(CancellationToken ct)
    {
        var off = await CallOffAsync(ct);
        var removed = 0;
        foreach (var names in folder.Names().Chunk(500))
        {
            removed += await RemoveAsync(names, ct);
        }

        return $"Removed {removed:N0} files and called off {off:N0} imports that nobody finished.";
    }

    private Task<int> CallOffAsync(CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var last = (await db.NowAsync(token)).AddDays(-OpenDays);
            var open = await db.ImportRuns.Where(r => r.CreatedAt < last
                && (r.Status == ImportStatus.Uploaded || r.Status == ImportStatus.Matching || r.Status == ImportStatus.Ready || r.Status == ImportStatus.Failed)).OrderBy(r => r.CreatedAt).Take(200).ToListAsync(token);
            foreach (var run in open)
            {
                run.Cancel();
                await db.SaveChangesAsync(token);
                await ImportService.ForgetAsync(db, folder, run.Id, token);
                await db.AnnounceAsync(ImportService.Topic, run.Id, token);
            }

            return open.Count;
        }, ct);

    private async Task<int> RemoveAsync(string[] names, CancellationToken ct)
    {
        var (kept, now) = await database.ReadAsync(
            async (db, token) =>
            {
                var now = await db.NowAsync(token);
                var last = now.AddDays(-KeptDays);
                var rows = await db.ImportFiles.Where(f => names.Contains(f.StoredName)).Join(db.ImportRuns, f => f.RunId, r => r.Id, (f, r) => new { f.StoredName, Served = r.Status == ImportStatus.Cancelled
                    || (r.Status == ImportStatus.Done && r.CommittedAt < last) || (r.Status == ImportStatus.Undone && r.UndoneAt < last) }).ToListAsync(token);
                return (rows.ToDictionary(r => r.StoredName, r => !r.Served), now);
            }, ct);
        var removed = 0;
        foreach (var name in names)
        {
            if (kept.TryGetValue(name, out var needed) ? !needed : folder.ChangedAt(name) < now.UtcDateTime.AddDays(-1))
            {
                folder.Remove(name);
                removed++;
            }
        }

        return removed;
    }
}
