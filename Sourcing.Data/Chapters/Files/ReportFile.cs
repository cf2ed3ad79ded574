using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Files;

/// <summary>
/// Reads an exported report: what it is by its content, which period, who is meant, and what is wrong. Nothing is written, and the same bytes in the same context
/// give the same reading.
/// </summary>
public static class ReportFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="content">Its bytes: 50 MB at most.</param>
    /// <param name="name">As uploaded: shown with issues, and searched for the day of the export.</param>
    public static ReadReport Read(byte[] content, string name, ReportContext context)
    {
        var issues = new IssueList(name);
        try
        {
            return Read(SheetFile.Read(content), content, name, context, issues);
        }
        catch (FileRejectedException refusal)
        {
            issues.Add(refusal.Code, refusal.Message, refusal.Fix);
            return new() { File = name, Issues = issues.All };
        }
    }

    private static ReadReport Read(Sheet sheet, byte[] content, string name, ReportContext context, IssueList issues)
    {
        if (ReportShape.Find(sheet, context.Expected, issues) is not { } shape)
        {
            return new() { File = name, Container = sheet.Container, Issues = issues.All };
        }

        var rows = sheet.Rows.Count - shape.HeadAt - 1;
        if (rows > FileLimits.Rows)
        {
            throw SheetBuilder.TooLong();
        }

        if (rows == 0)
        {
            throw new FileRejectedException(IssueCode.FileEmpty, $"The {ReportShape.Words(shape.Kind)} has heads and no rows.", "Export it again, for a period with meetings.");
        }

        if (!sheet.HasStyles && shape.Kind is ReportKind.SlipsAudit or ReportKind.SlipsAuditHeaded)
        {
            issues.Add(IssueCode.BoldLost, "Text files lose the bold print that marks people of other chapters: an unknown name with a detail is taken for external.", "Upload the spreadsheet as exported, if it is still there.");
        }

        var head = ReportHead.Read(sheet, shape);
        CheckChapter(head, context, issues);
        var period = HasPeriod(shape.Kind) ? PeriodFinder.Find(head, name, context, issues) : null;
        CheckClosed([.. period?.Period?.Months.Select(m => m.First) ?? []], context, issues);
        var stamp = FileStamp.Of(content, shape.Kind, period?.Period);
        if (context.Known.Contains(stamp))
        {
            issues.Add(IssueCode.DuplicateFile, "This very file is in already, for the same period.", "There is nothing to do. To replace what it brought, upload a newer export.");
        }

        var report = new ReadReport { File = name, Kind = shape.Kind, Container = sheet.Container, Period = period, Stamp = stamp, Chapter = head.Chapter, Title = head.Title };
        return (issues.IsRejected ? report : Rows(report, sheet, shape, context, issues)) with { Issues = issues.All };
    }

    private static ReadReport Rows(ReadReport report, Sheet sheet, ReportShape shape, ReportContext context, IssueList issues)
    {
        var palms = new PalmsReader(sheet, shape, context.Names, issues);
        var people = new PeopleReader(sheet, shape, context.Names, issues);
        switch (shape.Kind)
        {
            case ReportKind.SlipsAudit or ReportKind.SlipsAuditHeaded:
                var slips = new SlipReader(sheet, shape, context.Names, issues);
                slips.Read(report.Period?.Period);
                return report with { Slips = slips.Slips, Skipped = slips.Skipped };
            case ReportKind.PalmsSummary:
                return report with { Summary = palms.ReadSummary(), Skipped = palms.Skipped };
            case ReportKind.PalmsAttendance:
                // Without a period the columns have no year: they are read when it has been chosen.
                return report.Period?.Period is { } period ? report with { Marks = palms.ReadMarks(period, context.MeetingWeekday), Skipped = palms.Skipped } : report;
            case ReportKind.RegionSummary:
                return report with { Region = people.ReadRegion(), Skipped = people.Skipped };
            case ReportKind.Sponsors:
                return report with { Sponsors = people.ReadSponsors(), Skipped = people.Skipped };
            default:
                var visitors = people.ReadVisitors(context.MeetingWeekday, context.Chosen);
                CheckClosed([.. visitors.Select(v => v.Date)], context, issues);
                return issues.IsRejected ? report : report with { Visitors = visitors, Skipped = people.Skipped };
        }
    }

    private static bool HasPeriod(ReportKind kind) => kind is ReportKind.SlipsAudit or ReportKind.SlipsAuditHeaded or ReportKind.PalmsSummary or ReportKind.PalmsAttendance;

    private static void CheckChapter(ReportHead head, ReportContext context, IssueList issues)
    {
        if (head.Chapter.Length > 0 && context.Chapter.Length > 0 && NameKey.Plain(head.Chapter) != NameKey.Plain(context.Chapter))
        {
            issues.Add(IssueCode.ChapterMismatch, $"The report is of chapter “{head.Chapter}”, and you are importing into “{context.Chapter}”.", "Confirm that it is the same chapter, or change to the other one.", value: head.Chapter);
        }
    }

    private static void CheckClosed(IReadOnlyList<DateOnly> days, ReportContext context, IssueList issues)
    {
        var closed = days.Select(d => new DateOnly(d.Year, d.Month, 1)).Distinct().Where(context.ClosedMonths.Contains).Order().ToList();
        if (closed.Count > 0)
        {
            var months = string.Join(", ", closed.Select(m => Reckoning.Period.Month(m.Year, m.Month).Title));
            issues.Add(IssueCode.PeriodClosed, $"The report of {months} is closed.", "Reopen it with a reason, or choose another period.", value: months);
        }
    }
}
