using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Importing;

/// <summary>Reads a chapter's imports: for those who lead it and for the committee.</summary>
public sealed class ChapterImportQueries(Database database, CurrentUser user)
{
    /// <summary>Imports that a list shows, at most.</summary>
    public const int Most = 200;

    /// <summary>Lines of each change that a preview shows, at most.</summary>
    public const int MostLines = 200;

    /// <summary>Findings that a page shows, at most; the download has all.</summary>
    public const int MostIssues = 300;

    /// <summary>The imports of a chapter, the last first; null where they are not the asker's to see.</summary>
    public Task<IReadOnlyList<BatchRow>?> ListAsync(Guid chapterId, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync<IReadOnlyList<BatchRow>?>(
            async (db, token) => await Seats.FindAsync(db, user, chapterId, token) is not { Looks: true } ? null
                : await RowsAsync(db, db.ChapterImportBatches.Where(b => b.ChapterId == chapterId && b.Status != BatchStatus.Discarded).OrderByDescending(b => b.CreatedAt).ThenByDescending(b => b.Id).Take(Most), token), ct);
    }

    /// <summary>An import with what is open and what applying would do now; null where it is not the asker's to see.</summary>
    public Task<BatchDetails?> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<BatchDetails?>(
            async (db, token) =>
            {
                var batch = await db.ChapterImportBatches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, token);
                if (batch is null || await Seats.FindAsync(db, user, batch.ChapterId, token) is not { Looks: true } rights)
                {
                    return null;
                }

                var row = (await RowsAsync(db, db.ChapterImportBatches.Where(b => b.Id == id), token))[0];
                var issues = await db.ChapterRowIssues.AsNoTracking().Where(i => i.BatchId == id).OrderBy(i => i.Row).ThenBy(i => i.Id).ToListAsync(token);
                var people = await db.Members.Where(m => m.ChapterId == batch.ChapterId).OrderBy(m => m.LastName).ThenBy(m => m.FirstName).ThenBy(m => m.Id)
                    .Select(m => new PersonChoice(m.Id, (m.FirstName + " " + m.LastName).Trim())).ToListAsync(token);
                return batch.Status == BatchStatus.Staged ? await StagedAsync(db, rights, batch, row, issues, people, token) : await OverAsync(db, rights, batch, row, issues, people, token);
            }, ct);
    }

    /// <summary>Every finding of an import with its file, row, column, value and fix, for a download. Refuses whoever neither leads nor is of the committee.</summary>
    public Task<(string File, IReadOnlyList<IssueRow> Issues)> IssuesAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadAsync<(string, IReadOnlyList<IssueRow>)>(
            async (db, token) =>
            {
                var batch = await db.ChapterImportBatches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, token) ?? throw new MissingException("import");
                if (await Seats.FindAsync(db, user, batch.ChapterId, token) is not { Looks: true })
                {
                    throw new MissingException("import");
                }

                var people = await db.Members.Where(m => m.ChapterId == batch.ChapterId).Select(m => new PersonChoice(m.Id, (m.FirstName + " " + m.LastName).Trim())).ToListAsync(token);
                var issues = await db.ChapterRowIssues.AsNoTracking().Where(i => i.BatchId == id).OrderBy(i => i.Row).ThenBy(i => i.Id).ToListAsync(token);
                return (batch.FileName, [.. issues.Select(i => RowOf(i, people))]);
            }, ct);
    }

    private static async Task<BatchDetails> StagedAsync(SourcingDb db, ChapterRights rights, ImportBatch batch, BatchRow row, List<RowIssue> issues, List<PersonChoice> people, CancellationToken ct)
    {
        var packed = await db.ChapterImportFiles.Where(f => f.Id == batch.Id).Select(f => f.Content).SingleAsync(ct);
        var reading = await ImportReader.ReadAsync(db, rights, batch, batch.FileName, ImportReader.Unpack(packed), null, issues, ct);
        var known = issues.Select(i => i.Key).ToHashSet();
        var asksPeriod = reading.Issues.Any(i => i.Effect == IssueEffect.Ask && i.Row is null);
        // Without a period there is nothing to say yet about what changes.
        var plan = asksPeriod || reading.Report.IsRejected ? null : await ImportPlanner.PlanAsync(db, reading, batch, ct);
        var earlier = reading.Earlier is { } e ? (await RowsAsync(db, db.ChapterImportBatches.Where(b => b.Id == e.Id), ct))[0] : null;
        return new(
            rights, row, batch.Version, reading.Report.Title, reading.Report.Container switch { SheetContainer.Xml => "spreadsheet (XML)", SheetContainer.Xlsx => "XLSX", _ => "text" },
            [.. reading.Issues.Where(i => i.Effect == IssueEffect.Reject).Select(i => $"{i.Message} {i.Fix}")], asksPeriod, reading.Report.Period?.Suggestions ?? [], Names(issues, people), Shown(issues, people),
            ErrorRows(issues), plan is null ? null : PreviewOf(plan, reading), earlier, reading.Issues.Any(i => !known.Contains(RowIssue.KeyOf(i))) || issues.Any(i => i.Answer is null && reading.Issues.All(r => RowIssue.KeyOf(r) != i.Key)),
            people, reading.Report.Skipped);
    }

    private static async Task<BatchDetails> OverAsync(SourcingDb db, ChapterRights rights, ImportBatch batch, BatchRow row, List<RowIssue> issues, List<PersonChoice> people, CancellationToken ct)
    {
        var replaced = batch.ReplacesId is { } id ? (await RowsAsync(db, db.ChapterImportBatches.Where(b => b.Id == id), ct)) is [var before, ..] ? before : null : null;
        return new(rights, row, batch.Version, "", "", [], false, [], Names(issues, people), Shown(issues, people), ErrorRows(issues), null, replaced, false, people, []);
    }

    private static int ErrorRows(List<RowIssue> issues) => issues.Where(i => i is { Effect: IssueEffect.RowError, Status: IssueStatus.Open }).Select(i => i.Row).Distinct().Count();

    private static List<NameQuestion> Names(List<RowIssue> issues, List<PersonChoice> people) =>
        [.. issues.Where(i => i.Effect == IssueEffect.Assign).GroupBy(i => NameKey.Of(i.Value)).Select(g => new NameQuestion(
            g.First().Value, g.First().Code, [.. g.Select(i => i.Row ?? 0).Distinct()],
            g.First().Code == IssueCode.NameAmbiguous ? [.. people.Where(p => NameKey.Plain(p.Name) == NameKey.Plain(g.First().Value))] : [],
            g.Any(i => i.Status == IssueStatus.Open) ? "" : AnswerOf(g.First(), people), [.. g.Select(i => i.Id)]))
            .OrderBy(n => !n.IsOpen).ThenByDescending(n => n.Rows.Count).ThenBy(n => n.Name, StringComparer.CurrentCulture)];

    private static List<IssueRow> Shown(List<RowIssue> issues, List<PersonChoice> people) =>
        [.. issues.Where(i => i.Effect is not (IssueEffect.Assign or IssueEffect.Reject)).OrderBy(i => i.Status != IssueStatus.Open).ThenBy(i => i.Row).Take(MostIssues).Select(i => RowOf(i, people))];

    private static IssueRow RowOf(RowIssue i, List<PersonChoice> people) => new(i.Id, i.Code, i.Effect, i.Row, i.Column, i.Value, i.Message, i.Fix, i.Status, AnswerOf(i, people));

    private static string AnswerOf(RowIssue issue, List<PersonChoice> people) => IssueAnswer.Of(issue.Answer) switch
    {
        { Kind: AnswerKind.Member } a => people.FirstOrDefault(p => p.Id == a.Member)?.Name ?? "A former member",
        { Kind: AnswerKind.NewMember } a => $"New member {a.First} {a.Last}".Trim(),
        { Kind: AnswerKind.External } a => a.Chapter.Length > 0 ? $"Outside, {a.Chapter}" : "Outside the chapter",
        { Kind: AnswerKind.Yes } => "Confirmed",
        { Kind: AnswerKind.LeaveOut } => "Left out",
        _ => "",
    };

    private static ImportPreview PreviewOf(ImportPlan plan, ImportReading reading)
    {
        var lines = new (PreviewChange Change, IReadOnlyList<PlanLine> Lines)[]
        {
            (PreviewChange.New, plan.Diff.Added), (PreviewChange.Gone, plan.Diff.Removed), (PreviewChange.Differs, plan.Differing), (PreviewChange.There, plan.There), (PreviewChange.Same, plan.Diff.Unchanged),
        };
        var made = reading.Report.Kind == ReportKind.RegionSummary ? [] : reading.Answers.NewMembers.Select(a => $"{a.First} {a.Last}".Trim());
        return new(
            lines.ToDictionary(l => l.Change, l => l.Lines.Count), [.. lines.SelectMany(l => l.Lines.Take(MostLines).Select(x => new PreviewRow(l.Change, x.Row, x.What, x.First, x.Second, x.Detail)))],
            plan.Target is { } target ? new(target.Meeting ?? Guid.Empty, target.Day) : null, plan.Target?.Options ?? [], plan.NewMeetings, plan.Completed, [.. made], plan.Notes);
    }

    private static async Task<IReadOnlyList<BatchRow>> RowsAsync(SourcingDb db, IQueryable<ImportBatch> batches, CancellationToken ct) => await batches.AsNoTracking().Select(b => new BatchRow(
        b.Id, b.Kind, b.FileName, b.Status, b.PeriodFirst == null ? null : new Reckoning.Period(b.PeriodFirst.Value, b.PeriodLast!.Value), b.Rows, b.Taken, b.LeftOut,
        db.ChapterRowIssues.Count(i => i.BatchId == b.Id && i.Status == IssueStatus.Open), db.People.Where(p => p.Id == b.UploadedBy).Select(p => p.FullName).FirstOrDefault() ?? "", b.CreatedAt, b.AppliedAt, b.EndedAt)).ToListAsync(ct);
}
