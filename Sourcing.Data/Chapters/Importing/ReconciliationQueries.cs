using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Importing;

/// <summary>A cell that does not agree, with the member's name as it is now.</summary>
public sealed record ReconciledCell(int? Row, Guid Member, string Name, SummaryColumn Column, decimal? Reported, decimal? Reckoned, decimal Difference);

/// <summary>Slips and marks of a chapter held against the attendance summary of the network.</summary>
/// <param name="Month">The first day of the month that was asked for.</param>
/// <param name="File">The summary; empty where none is in for the month, and then everything else is empty too.</param>
/// <param name="Period">The days that the summary covers.</param>
/// <param name="Meetings">Completed meetings in these days: nothing else is reckoned.</param>
/// <param name="Lines">Lines of the summary.</param>
/// <param name="Agreeing">Cells that agree.</param>
/// <param name="Columns">The sum reported and the sum reckoned, over the lines of the summary.</param>
/// <param name="Skipped">Lines of the file that are nobody's: totals, visitors. Shown, and held against nothing.</param>
public sealed record ReconciliationView(
    ChapterRights Rights, DateOnly Month, Guid? BatchId, string File, Period? Period, int Meetings, int Lines, int Agreeing, IReadOnlyList<ReconciledCell> Cells,
    IReadOnlyDictionary<SummaryColumn, (decimal Reported, decimal Reckoned)> Columns, IReadOnlyList<SkippedRow> Skipped);

/// <summary>Reads the reconciliation of a month: for those who lead the chapter and for the committee.</summary>
public sealed class ReconciliationQueries(Database database, CurrentUser user)
{
    /// <summary>
    /// The month's summary against slips and marks, cell by cell; null where it is not the asker's to see. A summary of the month alone is taken before one that covers more; its own days are
    /// reckoned then.
    /// </summary>
    /// <param name="month">Any day of it.</param>
    public Task<ReconciliationView?> MonthAsync(Guid chapterId, DateOnly month, CancellationToken ct)
    {
        user.Demand(Permission.ChaptersRead);
        return database.ReadMomentAsync<ReconciliationView?>(
            async (db, token) =>
            {
                if (await Seats.FindAsync(db, user, chapterId, token) is not { Looks: true } rights)
                {
                    return null;
                }

                var (first, last) = (new DateOnly(month.Year, month.Month, 1), new DateOnly(month.Year, month.Month, 1).AddMonths(1).AddDays(-1));
                var batches = await db.ChapterImportBatches.AsNoTracking()
                    .Where(b => b.ChapterId == chapterId && b.Kind == ReportKind.PalmsSummary && b.Status == BatchStatus.Applied && b.PeriodFirst <= last && b.PeriodLast >= first).ToListAsync(token);
                // The one whose days lie nearest to the month's own.
                var batch = batches.OrderBy(b => Math.Abs(b.PeriodFirst!.Value.DayNumber - first.DayNumber) + Math.Abs(b.PeriodLast!.Value.DayNumber - last.DayNumber)).ThenByDescending(b => b.AppliedAt).FirstOrDefault();
                return batch is null ? new(rights, first, null, "", null, 0, 0, 0, [], new Dictionary<SummaryColumn, (decimal, decimal)>(), []) : await OfAsync(db, rights, first, batch, token);
            }, ct);
    }

    private static async Task<ReconciliationView> OfAsync(SourcingDb db, ChapterRights rights, DateOnly month, ImportBatch batch, CancellationToken ct)
    {
        var period = batch.Period!.Value;
        var lines = (await db.ChapterReportedLines.Where(l => l.BatchId == batch.Id).AsNoTracking().ToListAsync(ct)).Select(l => new ReportedLine(l.Row, l.MemberId, ReportedJson.Read(l.Figures))).ToList();
        var facts = await ReportFacts.ReadAsync(db, rights.ChapterId, rights.Currency, period, ct);
        var figures = PeriodFigures.Of(facts.Ledger, period);
        var found = Reconciliation.Of(figures, lines);
        var names = await db.MemberNames.Where(n => n.ChapterId == rights.ChapterId).ToDictionaryAsync(n => n.Id, n => n.FullName, ct);
        var packed = await db.ChapterImportFiles.Where(f => f.Id == batch.Id).Select(f => f.Content).SingleAsync(ct);
        var skipped = ReportFile.Read(ImportReader.Unpack(packed), batch.FileName, new() { Expected = batch.Kind, Chosen = period }).Skipped;
        return new(
            rights, month, batch.Id, batch.FileName, period, figures.Counted.Meetings.Count, lines.Count, found.Agreeing,
            [.. found.Disagreements.Select(d => new ReconciledCell(d.Row, d.Person, names.GetValueOrDefault(d.Person, d.Name), d.Column, d.Reported, d.Reckoned, d.Difference))], found.Columns, skipped);
    }
}
