using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Imports.Kinds;
using Sourcing.Data.Imports.Reading;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Imports;

/// <summary>What a person does with an import, from the upload to the undo. The long parts are queued: see <see cref="ImportWork"/>.</summary>
public sealed class ImportService(Database database, CurrentUser user, ImportFolder folder, JobRunService jobs, UploadLimit limit)
{
    /// <summary>The topic under which pages hear that an import has moved on.</summary>
    public const string Topic = "import_runs";

    /// <summary>Takes a file: finds out what it is, reads it once, and proposes how its columns match.</summary>
    /// <param name="formKey">Made when the page opened.</param>
    /// <param name="kind">Key of the kind.</param>
    /// <param name="fileName">As the user calls it; a path is cut off.</param>
    /// <returns>The import.</returns>
    /// <exception cref="RefusedException">It is no table, is mislabelled, too large or broken: the file is gone again.</exception>
    public async Task<Guid> UploadAsync(Guid formKey, string kind, string fileName, Stream content, CancellationToken ct)
    {
        user.Demand(Permission.ImportsRun);
        var wanted = ImportKinds.Get(kind);
        user.Demand(wanted.Permission);
        limit.Demand(user);
        var name = CleanName(fileName);
        var file = await folder.ReceiveAsync(content, ReadingLimits.FileBytes, ct);
        var kept = false;
        try
        {
            var profile = await Task.Run(() => FileProfile.Read(folder.PathOf(file.Name), TableFile.Inspect(folder.PathOf(file.Name), name), ct), ct);
            var id = await database.WriteOnceAsync(formKey, async (db, token) =>
            {
                var run = new ImportRun(await db.NextNumberAsync("IMP", token), wanted, name, file.Size, file.Sha256, profile.Rows, user.Id, user.Identity.Name);
                run.Match(await ProposeAsync(db, wanted, profile, token));
                db.ImportRuns.Add(run);
                await db.SaveChangesAsync(token);
                db.ImportFiles.Add(new(run.Id, file.Name, profile));
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync(Topic, run.Id, token);
                return run.Id;
            }, ct);
            kept = await database.ReadAsync((db, token) => db.ImportFiles.AnyAsync(f => f.RunId == id && f.StoredName == file.Name, token), ct);
            return id;
        }
        finally
        {
            if (!kept)
            {
                folder.Remove(file.Name);
            }
        }
    }

    /// <summary>Sets how columns become fields.</summary>
    public Task MatchAsync(Guid id, uint version, MappingDefinition mapping, CancellationToken ct) => ChangeAsync(id, async (db, run, token) =>
    {
        db.Entry(run).Property(r => r.Version).OriginalValue = version;
        var profile = await db.ImportFiles.Where(f => f.RunId == id).Select(f => f.Profile).SingleAsync(token);
        DemandSound(ImportKinds.Get(run.Kind), mapping, profile);
        run.Match(mapping);
    }, ct);

    /// <summary>Reads another sheet of the spreadsheet.</summary>
    public async Task ChooseSheetAsync(Guid id, string sheet, CancellationToken ct)
    {
        user.Demand(Permission.ImportsRun);
        var file = await database.ReadAsync((db, token) => db.ImportFiles.AsNoTracking().SingleOrDefaultAsync(f => f.RunId == id, token), ct) ?? throw new MissingException("import");
        var path = folder.PathOf(file.StoredName);
        await ReadAnewAsync(id, await Task.Run(() => FileProfile.Read(path, TableFile.WithHead(path, file.Profile.Shape with { Sheet = sheet }), ct), ct), ct);
    }

    /// <summary>Says where the heads of the columns stand: some lists have a title above them, or heads of several rows.</summary>
    /// <param name="row">The first row of the heads, as a spreadsheet numbers it; 1 to 1,000.</param>
    /// <param name="rows">How many rows they take: 1 to 3.</param>
    /// <exception cref="RefusedException">There is no such row, or nothing below it.</exception>
    public async Task ChooseHeadAsync(Guid id, int row, int rows, CancellationToken ct)
    {
        user.Demand(Permission.ImportsRun);
        if (row is < 1 or > 1000 || rows is < 1 or > 3)
        {
            throw new RefusedException("head", "The heads begin in row 1 to 1,000 and take 1 to 3 rows.");
        }

        var file = await database.ReadAsync((db, token) => db.ImportFiles.AsNoTracking().SingleOrDefaultAsync(f => f.RunId == id, token), ct) ?? throw new MissingException("import");
        var shape = file.Profile.Shape with { HeadRow = row, HeadRows = rows };
        await ReadAnewAsync(id, await Task.Run(() => FileProfile.Read(folder.PathOf(file.StoredName), shape, ct), ct), ct);
    }

    private async Task ReadAnewAsync(Guid id, FileProfile profile, CancellationToken ct)
    {
        await ChangeAsync(id, async (db, run, token) =>
        {
            run.Match(await ProposeAsync(db, ImportKinds.Get(run.Kind), profile, token));
            db.Entry(run).Property(r => r.Rows).CurrentValue = profile.Rows;
            db.Entry(await db.ImportFiles.SingleAsync(f => f.RunId == id, token)).Property(f => f.Profile).CurrentValue = profile;
        }, ct);
    }

    /// <summary>Queues the check of every row. Nothing is written yet.</summary>
    public Task CheckAsync(Guid id, CancellationToken ct) => ChangeAsync(id, async (db, run, token) =>
    {
        var kind = ImportKinds.Get(run.Kind);
        run.Check(kind);
        if (kind.Fields.Where(f => f.Type == FieldType.Periods && run.Mapping.Has(f.Key)).ToList() is { Count: > 0 } grids)
        {
            // Which weeks they are has to be clear before a job begins.
            var profile = await db.ImportFiles.Where(f => f.RunId == id).Select(f => f.Profile).SingleAsync(token);
            grids.ForEach(g => _ = new PeriodParser(g, run.Mapping, profile, DateOnly.FromDateTime(run.CreatedAt.UtcDateTime)));
        }

        await db.SaveChangesAsync(token);
        await jobs.QueueAsync(db, ImportWork.JobKind, $"Check {run.FileName}", id, token);
    }, ct);

    /// <summary>Queues the writing of the rows that are ready.</summary>
    public Task CommitAsync(Guid id, CancellationToken ct) => ChangeAsync(id, async (db, run, token) =>
    {
        run.Commit();
        await db.SaveChangesAsync(token);
        await jobs.QueueAsync(db, ImportWork.JobKind, $"Import {run.FileName}", id, token);
    }, ct);

    /// <summary>Queues the undo of everything that the import wrote.</summary>
    public Task UndoAsync(Guid id, CancellationToken ct) => ChangeAsync(id, async (db, run, token) =>
    {
        run.Undo();
        await db.SaveChangesAsync(token);
        await jobs.QueueAsync(db, ImportWork.JobKind, $"Undo {run.Number}", id, token);
    }, ct);

    /// <summary>Calls an import off; one that a job works on stops within seconds and leaves nothing behind.</summary>
    public async Task CancelAsync(Guid id, CancellationToken ct)
    {
        var running = await database.ReadAsync(
            async (db, token) =>
            {
                var run = await db.ImportRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, token) ?? throw new MissingException("import");
                return !run.IsRunning ? null
                    : await db.JobRuns.Where(j => j.SubjectId == id && (j.Status == JobStatus.Running || j.Status == JobStatus.Waiting)).OrderByDescending(j => j.CreatedAt).Select(j => new { j.Id, j.Status }).FirstOrDefaultAsync(token);
            }, ct);
        if (running is not null)
        {
            user.Demand(Permission.ImportsRun);
            await jobs.CancelAsync(running.Id, ct);
            if (running.Status == JobStatus.Running)
            {
                return;
            }
        }

        await ChangeAsync(id, async (db, run, token) =>
        {
            if (run.Status == ImportStatus.Undoing)
            {
                run.Keep("");
                return;
            }

            run.Cancel();
            await ForgetAsync(db, folder, id, token);
        }, ct);
    }

    /// <summary>Changes cells and checks again: a cell each, as typed.</summary>
    public Task MendAsync(Guid id, IReadOnlyList<Mend> mends, CancellationToken ct) => StageAsync(id, async (db, run, kind, stage, token) =>
    {
        foreach (var mend in mends)
        {
            if (mend.Text.Length > 4000)
            {
                throw new RefusedException(mend.Field, "At most 4,000 characters can be entered here.");
            }

            if (kind.Field(mend.Field).Names is { } names && await stage.TextAsync(mend.Field, mend.Row, token) is { } old)
            {
                await NameAliasService.LearnAsync(db, names, old, mend.Text, id, user.Identity.Name, token);
            }

            var texts = JsonSerializer.Serialize(new Dictionary<string, string> { [mend.Field] = mend.Text.Replace("\0", "", StringComparison.Ordinal) });
            await db.Database.ExecuteSqlAsync(
                $"insert into import_rows (run_id, row, mended) values ({id}, {mend.Row}, {texts}::jsonb) on conflict (run_id, row) do update set mended = import_rows.mended || excluded.mended", token);
            await stage.MendAsync(kind.Field(mend.Field), mend.Text, "s.row = $4", mend.Row, token);
        }
    }, ct);

    /// <summary>Reads a text as another wherever a cell of this field has it: kept as a rule of the import's mapping, shown with the others.</summary>
    public Task MendAlikeAsync(Guid id, string field, string text, string instead, CancellationToken ct) => StageAsync(id, async (db, run, kind, stage, token) =>
    {
        // An answer to an unknown name holds for every later file too, and the text stays as it stood.
        if (kind.Field(field).Names is { } names && await NameAliasService.LearnAsync(db, names, text, instead, id, user.Identity.Name, token))
        {
            return;
        }

        run.Learn(new(field, RuleTest.Is, text.Trim(), RuleAction.Take, instead.Trim()));
        var key = kind.Field(field).Key;
        await stage.MendAsync(kind.Field(key), instead, $"coalesce(s.cells ->> '{key}', s.\"{key}\"::text) = $4 and s.state in ('x', 'w')", text, token);
    }, ct);

    /// <summary>Says of rows that look unusual that they are right.</summary>
    public Task ConfirmAsync(Guid id, IReadOnlyList<int> rows, CancellationToken ct) => StageAsync(id, async (db, run, kind, stage, token) =>
    {
        await db.Database.ExecuteSqlAsync(
            $"insert into import_rows (run_id, row, confirmed) select {id}, r, true from unnest({rows.ToArray()}) r on conflict (run_id, row) do update set confirmed = true", token);
        await stage.ConfirmAsync(rows, token);
    }, ct);

    /// <summary>Says so of all rows that look unusual.</summary>
    public Task ConfirmAllAsync(Guid id, CancellationToken ct) => StageAsync(id, async (db, run, kind, stage, token) =>
    {
        var sql = await stage.SqlAsync(token);
        await stage.ExecuteAsync($"insert into import_rows (run_id, row, confirmed) select '{id}', s.row, true from {sql.Stage} s where s.state = 'w' on conflict (run_id, row) do update set confirmed = true", token);
        await stage.ExecuteAsync($"update {sql.Stage} set confirmed = true where state = 'w'", token);
    }, ct);

    /// <summary>Takes rows out, or puts them back.</summary>
    public Task TakeOutAsync(Guid id, IReadOnlyList<int> rows, bool takenOut, CancellationToken ct) => StageAsync(id, async (db, run, kind, stage, token) =>
    {
        await db.Database.ExecuteSqlAsync(
            $"insert into import_rows (run_id, row, taken_out) select {id}, r, {takenOut} from unnest({rows.ToArray()}) r on conflict (run_id, row) do update set taken_out = {takenOut}", token);
        await stage.SetAsideAsync(rows, takenOut, token);
    }, ct);

    /// <summary>Holds the rows against the tables once more: after a part, a unit or a conversion was added.</summary>
    public Task CheckAgainAsync(Guid id, CancellationToken ct) => StageAsync(id, (_, _, _, _, _) => Task.CompletedTask, ct);

    /// <summary>Keeps the mapping for the next file of this kind; one of the same name is replaced.</summary>
    public Task<Guid> SaveMappingAsync(SaveMappingForm form, CancellationToken ct)
    {
        user.Demand(Permission.ImportsRun);
        FormShape.Demand(form);
        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            var run = await db.ImportRuns.SingleOrDefaultAsync(r => r.Id == form.RunId, token) ?? throw new MissingException("import");
            var name = form.Name.Trim();
            if (ImportKinds.KnownMappings.Any(m => m.Kind == run.Kind && m.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                throw new RefusedException(nameof(form.Name), "A mapping that comes with the app has this name. Choose another.");
            }

            var mapping = await db.ImportMappings.SingleOrDefaultAsync(m => m.Kind == run.Kind && m.Name == name, token);
            if (mapping is null)
            {
                db.ImportMappings.Add(mapping = new(run.Kind, name, run.Mapping));
            }
            else
            {
                mapping.Replace(run.Mapping);
            }

            await db.SaveChangesAsync(token);
            return mapping.Id;
        }, ct);
    }

    /// <summary>Removes a saved mapping. Imports that used it keep their own copy.</summary>
    public Task RemoveMappingAsync(Guid mappingId, CancellationToken ct)
    {
        user.Demand(Permission.ImportsRun);
        return database.WriteAsync((db, token) => db.ImportMappings.Where(m => m.Id == mappingId).ExecuteDeleteAsync(token), ct);
    }

    /// <summary>Removes the stage and the file of an import that is over.</summary>
    internal static async Task ForgetAsync(SourcingDb db, ImportFolder folder, Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select app.drop_stage({id})", ct);
        if (await db.ImportFiles.Where(f => f.RunId == id).Select(f => f.StoredName).SingleOrDefaultAsync(ct) is { } name)
        {
            folder.Remove(name);
        }
    }

    private static async Task<MappingDefinition> ProposeAsync(SourcingDb db, ImportKind kind, FileProfile profile, CancellationToken ct)
    {
        var saved = await db.ImportMappings.AsNoTracking().Where(m => m.Kind == kind.Key).OrderByDescending(m => EF.Property<DateTimeOffset>(m, "UpdatedAt")).ToListAsync(ct);
        return saved.Concat(ImportKinds.KnownMappings.Where(m => m.Kind == kind.Key)).FirstOrDefault(m => ColumnMatcher.Fits(m.Definition, profile))?.Definition is { } known
            ? ColumnMatcher.Complete(known, kind, profile)
            : ColumnMatcher.Propose(kind, profile);
    }

    private static void DemandSound(ImportKind kind, MappingDefinition mapping, FileProfile profile)
    {
        var errors = new List<FieldError>();
        errors.AddRange(mapping.Columns.Where(c => !Knows(kind, profile, c.Key, c.Value)).Select(c => new FieldError(c.Key, $"The file has no column “{c.Value}”. Choose another.")));
        errors.AddRange(mapping.Columns.Keys.Concat(mapping.Constants.Keys).Concat(mapping.Rules.Select(r => r.Field)).Where(k => kind.Fields.All(f => f.Key != k)).Select(k => new FieldError(k, $"There is no field “{k}” here.")));
        if (errors.Count > 0)
        {
            throw new RefusedException(errors);
        }

        foreach (var rule in mapping.Rules)
        {
            if (rule.Pattern.Length is 0 or > 400 || rule.Value.Length > 400)
            {
                throw new RefusedException(rule.Field, "A rule compares with 1 to 400 characters.");
            }

            _ = rule.Test == RuleTest.Matches || rule.Action == RuleAction.InAnotherRow ? rule.Expression() : null;
            if (rule.Action == RuleAction.InAnotherRow && rule.Expression().GetGroupNumbers().Length < 2)
            {
                throw new RefusedException(rule.Field, "A rule that names another row needs the row's key in brackets, such as ID (\\d+).");
            }
        }
    }

    private static bool Knows(ImportKind kind, FileProfile profile, string key, string name) => kind.Fields.FirstOrDefault(f => f.Key == key)?.Type == FieldType.Periods
        ? profile.Groups.Any(g => g.Name == name)
        : profile.Columns.Any(c => c.Name == name);

    private static string CleanName(string fileName)
    {
        var name = new string([.. Path.GetFileName(fileName.Replace('\\', '/')).Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c is not (>= '\u202A' and <= '\u202E') and not (>= '\u2066' and <= '\u2069'))]).Trim();
        return name.Length == 0 ? throw new RefusedException("The file has no name. Give it one that ends in .csv, .xlsx or .xls.") : name.Length > 255 ? name[^255..] : name;
    }

    private Task ChangeAsync(Guid id, Func<SourcingDb, ImportRun, CancellationToken, Task> change, CancellationToken ct)
    {
        user.Demand(Permission.ImportsRun);
        return database.WriteAsync(async (db, token) =>
        {
            var run = await db.ImportRuns.SingleOrDefaultAsync(r => r.Id == id, token) ?? throw new MissingException("import");
            user.Demand(ImportKinds.Get(run.Kind).Permission);
            await change(db, run, token);
            await db.SaveChangesAsync(token);
            await db.AnnounceAsync(Topic, id, token);
        }, ct);
    }

    private Task StageAsync(Guid id, Func<SourcingDb, ImportRun, ImportKind, ImportStage, CancellationToken, Task> change, CancellationToken ct) => ChangeAsync(id, async (db, run, token) =>
    {
        run.DemandMendable();
        await db.AllowMinutesAsync(5, token);
        var kind = ImportKinds.Get(run.Kind);
        var stage = new ImportStage(db, run, kind);
        if (!await stage.IsWholeAsync(token))
        {
            throw new RefusedException("The server was restarted and has forgotten the rows that it read. Go back and check the file again; what you mended is kept.");
        }

        await change(db, run, kind, stage, token);
        await ImportWork.RecheckAsync(run, stage, null, null, new(), token);
    }, ct);
}
