using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Importing;

/// <summary>An upload that is being worked on, by one person at a time.</summary>
internal sealed class ImportWork
{
    private readonly SourcingDb _db;

    private ImportWork(SourcingDb db, ImportBatch batch, ChapterRights rights, List<RowIssue> issues) => (_db, Batch, Rights, Issues) = (db, batch, rights, issues);

    public ImportBatch Batch { get; }

    public ChapterRights Rights { get; }

    public List<RowIssue> Issues { get; }

    /// <summary>Opens it for a change: of imports of one chapter, one comes after the other. Refuses whoever does not lead.</summary>
    public static async Task<ImportWork> OpenAsync(SourcingDb db, CurrentUser user, Guid batchId, CancellationToken ct)
    {
        var chapter = await db.ChapterImportBatches.Where(b => b.Id == batchId).Select(b => (Guid?)b.ChapterId).SingleOrDefaultAsync(ct) ?? throw new MissingException("import");
        var rights = await Seats.DemandLeadAsync(db, user, chapter, ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('chapter imports ' || {chapter}::text, 0))", ct);
        var batch = await db.ChapterImportBatches.SingleAsync(b => b.Id == batchId, ct);
        return new(db, batch, rights, await db.ChapterRowIssues.Where(i => i.BatchId == batchId).ToListAsync(ct));
    }

    /// <summary>Reads the kept file with the answers as they are now.</summary>
    public async Task<ImportReading> ReadAsync(CancellationToken ct)
    {
        var packed = await _db.ChapterImportFiles.Where(f => f.Id == Batch.Id).Select(f => f.Content).SingleAsync(ct);
        return await ImportReader.ReadAsync(_db, Rights, Batch, Batch.FileName, ImportReader.Unpack(packed), null, Issues, ct);
    }

    /// <summary>Keeps what was found: new findings come, those that another answer settled go, and answers stay.</summary>
    public async Task KeepAsync(ImportReading reading, CancellationToken ct)
    {
        Batch.Found(reading.Period, reading.Scope, ChapterImportService.RowsOf(reading));
        var found = reading.Issues.DistinctBy(RowIssue.KeyOf).ToDictionary(RowIssue.KeyOf);
        var known = Issues.Select(i => i.Key).ToHashSet();
        var gone = Issues.Where(i => i.Answer is null && !found.ContainsKey(i.Key)).ToList();
        _db.RemoveRange(gone);
        Issues.RemoveAll(gone.Contains);
        var added = found.Where(f => !known.Contains(f.Key)).Select(f => new RowIssue(Batch, f.Value)).ToList();
        await _db.SaveChangesAsync(ct);
        await _db.InsertManyAsync(added, ct);
        Issues.AddRange(added);
    }

    /// <summary>Refuses as long as something is open.</summary>
    public void DemandReady(ImportReading reading, ApplyForm form)
    {
        if (reading.Issues.FirstOrDefault(i => i.Effect == IssueEffect.Reject) is { } no)
        {
            throw new RefusedException($"{no.Message} {no.Fix}");
        }

        if (reading.Earlier?.Id != form.Replaces)
        {
            throw new RefusedException("Somebody else imported or took back a report of the same period since this page was shown. Look at what changes now, then apply again.");
        }

        var open = Issues.Where(i => i.Status == IssueStatus.Open).OrderBy(i => i.Code).ThenBy(i => i.Row).ToList();
        var questions = open.Where(i => i.Effect is IssueEffect.Ask or IssueEffect.Assign).ToList();
        if (questions.Count > 0)
        {
            throw new RefusedException($"{ImportWords.Count(questions.Count, "question is", "questions are")} open. The first: {questions[0].Message} {questions[0].Fix}");
        }

        if (open.FirstOrDefault(i => i.Effect == IssueEffect.Confirm) is { } unconfirmed)
        {
            throw new RefusedException($"{unconfirmed.Message} {unconfirmed.Fix}");
        }

        var errors = open.Where(i => i.Effect == IssueEffect.RowError).Select(i => i.Row).Distinct().Count();
        if (errors > 0 && !form.LeaveErrorsOut)
        {
            throw new RefusedException($"{ImportWords.Count(errors, "row has an error", "rows have errors")}. Say that {(errors == 1 ? "it stays" : "they stay")} out, or mend the file and upload it again.");
        }
    }
}

/// <summary>What closing a month asks of imports.</summary>
internal static class ChapterImportFacts
{
    /// <summary>Findings nobody settled, of uploads that are in or wait, whose period touches a month: for several months at once, by their first days.</summary>
    public static async Task<Func<DateOnly, int>> OpenIssuesAsync(SourcingDb db, Guid chapterId, CancellationToken ct)
    {
        var open = await db.ChapterImportBatches.Where(b => b.ChapterId == chapterId && (b.Status == BatchStatus.Staged || b.Status == BatchStatus.Applied) && b.PeriodFirst != null && b.PeriodLast != null)
            .Select(b => new { b.PeriodFirst, b.PeriodLast, Count = db.ChapterRowIssues.Count(i => i.BatchId == b.Id && i.Status == IssueStatus.Open) }).Where(b => b.Count > 0).ToListAsync(ct);
        return month => open.Where(b => b.PeriodFirst < month.AddMonths(1) && b.PeriodLast >= month).Sum(b => b.Count);
    }

    /// <summary>SHA-256 of the files that are in and touch a month, in hexadecimal, in the order in which they came in.</summary>
    public static async Task<IReadOnlyList<string>> HashesAsync(SourcingDb db, Guid chapterId, DateOnly month, CancellationToken ct) =>
        await Touching(db, chapterId, month).Where(b => b.Status == BatchStatus.Applied).OrderBy(b => b.AppliedAt).ThenBy(b => b.Id).Select(b => b.Sha256).ToListAsync(ct);

    private static IQueryable<ImportBatch> Touching(SourcingDb db, Guid chapterId, DateOnly month)
    {
        var (first, last) = (new DateOnly(month.Year, month.Month, 1), new DateOnly(month.Year, month.Month, 1).AddMonths(1).AddDays(-1));
        return db.ChapterImportBatches.Where(b => b.ChapterId == chapterId && b.PeriodFirst <= last && b.PeriodLast >= first);
    }
}
