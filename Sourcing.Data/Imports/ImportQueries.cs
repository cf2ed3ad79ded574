using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Imports.Kinds;
using Sourcing.Data.Imports.Reading;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Imports;

/// <summary>Reads imports: where they stand, their staged rows, the mappings to choose from.</summary>
public sealed class ImportQueries(Database database, CurrentUser user, ImportFolder folder, JobRunService jobs)
{
    /// <summary>Most rows on one page of the check.</summary>
    public const int PageSize = 50;

    /// <summary>One import.</summary>
    public async Task<ImportDetails> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ImportsRun);
        var job = await jobs.LatestForAsync(id, ct);
        return await database.ReadAsync(
            async (db, token) =>
            {
                var run = await db.ImportRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, token) ?? throw new MissingException("import");
                var profile = await db.ImportFiles.Where(f => f.RunId == id).Select(f => f.Profile).SingleAsync(token);
                return new ImportDetails
                {
                    Id = run.Id, Version = run.Version, Number = run.Number, Kind = ImportKinds.Get(run.Kind), Status = run.Status, FileName = run.FileName, Size = run.Size, Profile = profile, Mapping = run.Mapping,
                    Rows = run.Rows, NewRows = run.NewRows, ChangedRows = run.ChangedRows, UnchangedRows = run.UnchangedRows, RejectedRows = run.RejectedRows, UnusualRows = run.UnusualRows, SetAsideRows = run.SetAsideRows,
                    Counts = run.Counts, RuleCounts = run.RuleCounts, Refusal = run.Refusal, UploadedByName = run.UploadedByName, CreatedAt = run.CreatedAt, CommittedAt = run.CommittedAt, UndoneAt = run.UndoneAt, Job = job,
                };
            }, ct);
    }

    /// <summary>A page of the staged rows, in the order of the file.</summary>
    /// <param name="after">The row after which to begin; 0 for the first page.</param>
    public Task<StagedRows> RowsAsync(Guid id, RowFilter filter, int after, CancellationToken ct)
    {
        user.Demand(Permission.ImportsRun);
        return database.ReadAsync(
            async (db, token) =>
            {
                var run = await db.ImportRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, token) ?? throw new MissingException("import");
                if (run.Status is not (ImportStatus.Ready or ImportStatus.Committing))
                {
                    return new StagedRows([], null, new Dictionary<(string, string), int>());
                }

                var stage = new ImportStage(db, run, ImportKinds.Get(run.Kind));
                if (!await stage.IsWholeAsync(token))
                {
                    throw new RefusedException("The server was restarted and has forgotten the rows that it read. Go back and check the file again; what you mended is kept.");
                }

                var rows = await stage.PageAsync(filter, after, PageSize + 1, token);
                var page = rows.Take(PageSize).ToList();
                return new(page, rows.Count > PageSize ? page[^1].Row : null, await stage.AlikeAsync(page, token));
            }, ct);
    }

    /// <summary>Saved mappings of a kind, those that fit the file first, then those that come with the app.</summary>
    public Task<IReadOnlyList<MappingChoice>> MappingsAsync(string kind, FileProfile profile, CancellationToken ct)
    {
        user.Demand(Permission.ImportsRun);
        return database.ReadAsync<IReadOnlyList<MappingChoice>>(
            async (db, token) =>
            {
                var saved = await db.ImportMappings.AsNoTracking().Where(m => m.Kind == kind).OrderBy(m => m.Name).ToListAsync(token);
                return [.. saved.Select(m => new MappingChoice(m.Id, m.Name, m.Definition, ColumnMatcher.Fits(m.Definition, profile)))
                    .Concat(ImportKinds.KnownMappings.Where(m => m.Kind == kind).Select(m => new MappingChoice(null, m.Name, ColumnMatcher.Complete(m.Definition, ImportKinds.Get(kind), profile), ColumnMatcher.Fits(m.Definition, profile))))
                    .OrderByDescending(m => m.Fits)];
            }, ct);
    }

    /// <summary>The rows that stay out, as they stand in the file with what was mended, and what is wrong with each: to be mended and uploaded again.</summary>
    /// <param name="write">Takes the heads first, then one row after another.</param>
    public async Task RejectedAsync(Guid id, Func<IReadOnlyList<string>, ValueTask> write, CancellationToken ct)
    {
        user.Demand(Permission.ImportsRun);
        var (run, file, rejected) = await NextRejectedAsync(id, 0, ct);
        using var reader = TableFile.Open(folder.PathOf(file.StoredName), file.Profile.Shape);
        HeadFinder.Pass(reader, file.Profile.Shape);
        var heads = file.Profile.Columns.Select(c => c.Name).ToList();
        await write([.. heads, "What is wrong"]);
        var places = run.Mapping.Columns.ToDictionary(c => c.Key, c => heads.IndexOf(c.Value));
        var grids = run.Mapping.Columns.Select(c => (c.Key, Group: file.Profile.Groups.FirstOrDefault(g => g.Name == c.Value))).Where(c => c.Group is not null)
            .ToDictionary(c => c.Key, c => c.Group!.Columns.ToDictionary(i => PeriodHead.Read(heads[i])!.Text, i => i, StringComparer.OrdinalIgnoreCase));
        // Both run through the rows in the same order: neither is held as a whole.
        while (rejected.Count > 0)
        {
            foreach (var row in rejected)
            {
                while (reader.Row < row.Row && reader.Read())
                {
                }

                await write(Mended(reader, row, places, grids, heads.Count));
            }

            (_, _, rejected) = await NextRejectedAsync(id, rejected[^1].Row, ct);
        }
    }

    private static string[] Mended(TableReader reader, RejectedRow row, Dictionary<string, int> places, Dictionary<string, Dictionary<string, int>> grids, int count)
    {
        var cells = new string[count + 1];
        for (var i = 0; i < count; i++)
        {
            cells[i] = reader.Cell(i).ToString();
        }

        foreach (var (at, text) in row.Mended.Where(m => grids.ContainsKey(m.Key)).SelectMany(m => PeriodParser.Split(m.Value).Select(p => (Column: grids[m.Key].GetValueOrDefault(p.Key, -1), p.Value))).Where(p => p.Column >= 0))
        {
            cells[at] = text;
        }

        foreach (var (field, text) in row.Mended.Where(m => places.GetValueOrDefault(m.Key, -1) >= 0))
        {
            cells[places[field]] = text;
        }

        cells[^1] = row.Wrong;
        return cells;
    }

    private Task<(ImportRun Run, ImportFile File, List<RejectedRow> Rows)> NextRejectedAsync(Guid id, int after, CancellationToken ct) => database.ReadAsync(
        async (db, token) =>
        {
            var run = await db.ImportRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, token) ?? throw new MissingException("import");
            var file = await db.ImportFiles.AsNoTracking().SingleAsync(f => f.RunId == id, token);
            var stage = new ImportStage(db, run, ImportKinds.Get(run.Kind));
            return run.Status is ImportStatus.Ready && await stage.IsWholeAsync(token)
                ? (run, file, await stage.RejectedAsync(after, 2000, token))
                : throw new RefusedException("Rows to mend can be downloaded between the check and the import. Check the file again.");
        }, ct);
}
