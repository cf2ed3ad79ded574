using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Imports.Kinds;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Imports;

/// <summary>
/// The long part of an import, outside any page: checking, writing and undoing. Each is one transaction, so that a restart in the
/// middle leaves nothing behind and the work is simply done again.
/// </summary>
public sealed class ImportWork(Database database, CurrentUser user, ImportFolder folder, JobRunService jobs) : IBackgroundWork
{
    /// <summary>The kind of its jobs.</summary>
    public const string JobKind = "import";

    private const int Minutes = 30;

    /// <inheritdoc/>
    public string Kind => JobKind;

    /// <inheritdoc/>
    public async Task<string> RunAsync(JobRunView run, JobProgress progress, CancellationToken ct)
    {
        var id = run.SubjectId ?? throw new MissingException("import");
        var state = new WorkState();
        using var working = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var telling = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var told = TellAsync(progress, state, working, telling.Token);
        try
        {
            return await WorkAsync(id, state, working.Token);
        }
        catch (OperationCanceledException) when (working.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            await CancelAsync(id, ct);
            throw;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or DatabaseAwayException))
        {
            await FailAsync(id, fault, ct);
            throw;
        }
        finally
        {
            await telling.CancelAsync();
            await told;
        }
    }

    /// <summary>Does what the run's state asks for.</summary>
    /// <returns>A sentence about the outcome.</returns>
    internal async Task<string> WorkAsync(Guid id, WorkState state, CancellationToken ct)
    {
        user.Demand(Permission.ImportsRun);
        return await StatusAsync(id, ct) switch
        {
            ImportStatus.Checking => await CheckAsync(id, state, ct),
            ImportStatus.Committing => await CommitAsync(id, state, ct),
            ImportStatus.Undoing => await UndoAsync(id, state, ct),
            _ => "Nothing was left to do.",
        };
    }

    private Task<string> CheckAsync(Guid id, WorkState state, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var (run, kind, stage) = await OpenAsync(db, id, token);
            var file = await db.ImportFiles.SingleAsync(f => f.RunId == id, token);
            var (rules, read) = await stage.FillAsync(folder.PathOf(file.StoredName), file.Profile, state, token);
            await RecheckAsync(run, stage, rules, read, state, token);
            await db.SaveChangesAsync(token);
            await db.AnnounceAsync(ImportService.Topic, id, token);
            return $"{run.ReadyRows:N0} of {run.Rows:N0} rows of {kind.Plural} are ready.";
        }, ct);

    /// <summary>Checks the staged rows anew and counts what they would do.</summary>
    /// <param name="rules">How often each rule applied, and</param>
    /// <param name="read">what was seen, when the stage was filled just now; null when it is older.</param>
    internal static async Task RecheckAsync(ImportRun run, ImportStage stage, IReadOnlyList<RuleCount>? rules, ReadValues? read, WorkState state, CancellationToken ct)
    {
        await stage.CheckAsync(read, state, ct);
        rules = rules is null ? null : [.. rules, .. await stage.NotesAsync(ct)];
        (state.Message, state.Part) = ("Comparing with what is there", 0.9f);
        var (counts, fresh, changed, unchanged) = await stage.CompareAsync(ct);
        var states = await stage.StatesAsync(ct);
        int Of(char s) => states.GetValueOrDefault(s);
        run.Checked(states.Values.Sum(), fresh, changed, unchanged, Of('x') + Of('w'), Of('w'), Of('a'), counts, rules);
    }

    private async Task<string> CommitAsync(Guid id, WorkState state, CancellationToken ct)
    {
        await RefillIfLostAsync(id, state, ct);
        return await database.WriteAsync(
            async (db, token) =>
            {
                var (run, kind, stage) = await OpenAsync(db, id, token);
                var sql = await stage.SqlAsync(token);
                // One import writes at a time: two that bring the same parts wait for each other instead of colliding.
                await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(7305809122002), set_config('app.import_run', {id.ToString()}, true)", token);
                await stage.ExecuteAsync(sql.Fill(kind.Before ?? ""), token);
                var counts = new List<ImportCount>();
                var aside = false;
                foreach (var target in sql.Targets)
                {
                    state.Message = $"Writing {target.Plural}";
                    var (count, owed) = await WriteAsync(stage, sql, target, run, state, token);
                    counts.Add(count);
                    aside |= owed;
                    await db.Database.ExecuteSqlAsync($"select app.audit_batch({target.Table}, {counts[^1].New}, {counts[^1].Changed})", token);
                }

                await DeriveAsync(kind, stage, sql, token);
                await db.Database.ExecuteSqlAsync($"select set_config('app.import_run', '', true), app.drop_stage({id})", token);
                run.Committed([.. counts.Zip(run.Counts, (done, seen) => done with { Unchanged = seen.Unchanged })], await db.NowAsync(token));
                await db.SaveChangesAsync(token);
                if (aside)
                {
                    await jobs.QueueAsync(db, IndexWork.JobKind, $"Make indexes for {run.FileName}", null, token);
                }

                await db.AnnounceAsync(ImportService.Topic, id, token);
                return $"{counts.Sum(c => c.New):N0} records are new and {counts.Sum(c => c.Changed):N0} changed: {Listed(counts)}.";
            }, ct);
    }

    private static async Task<(ImportCount Count, bool Aside)> WriteAsync(ImportStage stage, ImportSql sql, ImportTarget target, ImportRun run, WorkState state, CancellationToken ct)
    {
        var changed = sql.Update(target) is { } update ? await stage.ExecuteAsync(update, ct) : 0;
        if (!target.ByRow || run.NewRows < Many)
        {
            return (new(target.Table, target.Plural, await stage.ExecuteAsync(sql.Insert(target), ct), changed, 0), false);
        }

        var aside = await stage.BeginLoadAsync(target.Table, run.NewRows, ct);
        var (fresh, pages) = (0L, await stage.PagesAsync(ct));
        for (var from = 0L; from < pages; from += Slice)
        {
            fresh += await stage.ExecuteAsync(sql.Insert(target, $"(select * from {sql.Stage} where ctid >= '({from},0)' and ctid < '({from + Slice},0)')"), ct);
            (state.Part, state.Message) = ((float)from / pages, $"{fresh:N0} of {run.NewRows:N0} new {target.Plural} written");
        }

        state.Message = $"Proving the keys of {fresh:N0} {target.Plural}";
        await stage.EndLoadAsync(target.Table, ct);
        return (new(target.Table, target.Plural, fresh, changed, 0), aside);
    }

    // From so many new rows on it pays to prove keys and sort in words for all of them at once.
    private const int Many = 5_000;

    // Pages of the stage between two words of progress: 128 MB.
    private const int Slice = 16_384;

    private static async Task DeriveAsync(ImportKind kind, ImportStage stage, ImportSql sql, CancellationToken ct)
    {
        if (kind is { Touched: { } touched, Derive: { } derive })
        {
            await stage.ExecuteAsync(sql.Fill(touched), ct);
            await stage.ExecuteAsync(derive, ct);
        }
    }

    private Task<string> UndoAsync(Guid id, WorkState state, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var (run, kind, stage) = await OpenAsync(db, id, token);
            var sql = await stage.SqlAsync(token);
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(7305809122002), set_config('app.import_run', {id.ToString()}, true)", token);
            var undo = new ImportUndo(db, run, kind);
            await undo.DemandNothingDependsAsync(token);
            if (kind.Touched is { } touched)
            {
                await stage.ExecuteAsync(sql.Fill(touched), token);
            }

            var gone = 0L;
            foreach (var table in kind.Targets.Select(t => t.Table).Distinct().Reverse())
            {
                state.Message = $"Taking out {table.Replace('_', ' ')}";
                var (removed, restored) = await undo.TakeOutAsync(table, token);
                gone += removed + restored;
                await db.Database.ExecuteSqlAsync($"select app.audit_batch({table}, {-removed}, {restored})", token);
            }

            if (kind.Derive is { } derive)
            {
                await stage.ExecuteAsync(derive, token);
            }

            await db.Database.ExecuteSqlAsync($"select set_config('app.import_run', '', true)", token);
            run.UndoneNow(await db.NowAsync(token));
            await db.SaveChangesAsync(token);
            await db.AnnounceAsync(ImportService.Topic, id, token);
            return $"{gone:N0} records were taken out or put back.";
        }, ct);

    // An unlogged stage is empty after a crash of the server: the file is here, so it is read again.
    private Task RefillIfLostAsync(Guid id, WorkState state, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var (run, kind, stage) = await OpenAsync(db, id, token);
            if (await stage.IsWholeAsync(token))
            {
                return;
            }

            var file = await db.ImportFiles.SingleAsync(f => f.RunId == id, token);
            await db.ImportRuns.Where(r => r.Id == id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Status, ImportStatus.Checking), token);
            var (_, read) = await stage.FillAsync(folder.PathOf(file.StoredName), file.Profile, state, token);
            await stage.CheckAsync(read, state, token);
            await db.ImportRuns.Where(r => r.Id == id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Status, ImportStatus.Committing), token);
        }, ct);

    private static async Task<(ImportRun Run, ImportKind Kind, ImportStage Stage)> OpenAsync(SourcingDb db, Guid id, CancellationToken ct)
    {
        await db.AllowMinutesAsync(Minutes, ct);
        await db.Database.ExecuteSqlAsync($"select set_config('work_mem', '128MB', true), set_config('jit', 'off', true)", ct);
        var run = await db.ImportRuns.SingleOrDefaultAsync(r => r.Id == id, ct) ?? throw new MissingException("import");
        var kind = ImportKinds.Get(run.Kind);
        return (run, kind, new(db, run, kind));
    }

    private Task<ImportStatus> StatusAsync(Guid id, CancellationToken ct) => database.ReadAsync(
        async (db, token) => (await db.ImportRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, token) ?? throw new MissingException("import")).Status, ct);

    // Tells how far the work is, from beside it: a single statement may take minutes.
    private static async Task TellAsync(JobProgress progress, WorkState state, CancellationTokenSource working, CancellationToken ct)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
            while (await timer.WaitForNextTickAsync(ct))
            {
                await progress.TellAsync((decimal)Math.Clamp(state.Part, 0, 1), state.Message, ct);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            await working.CancelAsync();
        }
        catch (Exception fault) when (fault is OperationCanceledException or RefusedException or System.Data.Common.DbException)
        {
            // Progress is a courtesy: the work goes on without it.
        }
    }

    private Task CancelAsync(Guid id, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var run = await db.ImportRuns.SingleAsync(r => r.Id == id, token);
            if (run.Status == ImportStatus.Undoing)
            {
                run.Keep("The undo was cancelled: everything stands as it was imported.");
            }
            else
            {
                run.Cancel();
                await ImportService.ForgetAsync(db, folder, id, token);
            }

            await db.SaveChangesAsync(token);
            await db.AnnounceAsync(ImportService.Topic, id, token);
        }, ct);

    private Task FailAsync(Guid id, Exception fault, CancellationToken ct) => database.WriteAsync(
        async (db, token) =>
        {
            var run = await db.ImportRuns.SingleAsync(r => r.Id == id, token);
            var why = fault is RefusedException refusal ? refusal.Message
                : fault is Npgsql.PostgresException { SqlState: ['2', '3', ..] } ? "Something that the file refers to has changed since the check. Check the rows again."
                : "An unexpected error stopped it. Try again; if it fails again, tell an admin.";
            if (run.Status == ImportStatus.Undoing)
            {
                run.Keep(why);
            }
            else
            {
                run.Fail(why);
            }

            await db.SaveChangesAsync(token);
            await db.AnnounceAsync(ImportService.Topic, id, token);
        }, ct);

    private static string Listed(IEnumerable<ImportCount> counts) =>
        string.Join(", ", counts.Where(c => c.New + c.Changed > 0).Select(c => $"{c.New + c.Changed:N0} {c.Plural}").DefaultIfEmpty("nothing"));
}
