using System.Globalization;
using System.Security;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Importing;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Files;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Demo;

/// <summary>
/// Two imports of Harbour, made by its leader through the same service that people use: last month's attendance summary, which is in and agrees with slips and attendance but for three
/// figures, and a slips audit of this month that waits, with a name that nobody knows.
/// </summary>
internal sealed class DemoImports(IServiceProvider services)
{
    private readonly Database _database = services.GetRequiredService<Database>();
    private readonly ChapterImportService _imports = services.GetRequiredService<ChapterImportService>();

    /// <summary>Makes both, in the name of whoever acts: a leader of the chapter.</summary>
    public async Task MakeAsync(CancellationToken ct)
    {
        var user = services.GetRequiredService<CurrentUser>();
        var chapter = await _database.ReadAsync((db, token) => db.Chapters.Where(c => c.Name == "Harbour").Select(c => c.Id).SingleAsync(token), ct);
        var (month, people, summary) = await _database.ReadAsync(async (db, token) =>
        {
            var rights = await Seats.RightsAsync(db, user, chapter, token);
            var first = new DateOnly(rights.Today.Year, rights.Today.Month, 1);
            var last = Period.Month(first.AddMonths(-1).Year, first.AddMonths(-1).Month);
            var figures = PeriodFigures.Of((await ReportFacts.ReadAsync(db, chapter, rights.Currency, last, token)).Ledger, last);
            return (first, figures.Counted.Roster.Select(p => p.Name).ToList(), Summary(figures, last));
        }, ct);
        if (people.Count < 6)
        {
            return;
        }

        var batch = await _imports.UploadAsync(Guid.CreateVersion7(), chapter, null, $"attendance_summary_{month:yyyy-MM-dd}.xlsx", new MemoryStream(summary), ct);
        var version = await _database.ReadAsync((db, token) => db.ChapterImportBatches.Where(b => b.Id == batch).Select(b => b.Version).SingleAsync(token), ct);
        await _imports.ApplyAsync(new() { BatchId = batch, Version = version }, ct);
        await _imports.UploadAsync(Guid.CreateVersion7(), chapter, null, $"slips_audit_{month:yyyy-MM}.xls", new MemoryStream(Slips(people, month)), ct);
    }

    private static byte[] Summary(PeriodFigures figures, Period period)
    {
        var file = new MemoryStream();
        using (var sheet = SheetWriter.Xlsx(file, "Report", TimeZoneInfo.Utc))
        {
            sheet.Head(["First Name", "Last Name", "P", "A", "L", "M", "S", "RGI", "RGO", "RRI", "RRO", "V", "T", "1-2-1", "TYFCB", "CEU", "Chapter", "From", "To"]);
            for (var i = 0; i < figures.Counted.Roster.Count; i++)
            {
                var name = figures.Counted.Roster[i].Name;
                var at = name.LastIndexOf(' ');
                var row = new List<object?> { name[..at], name[(at + 1)..] };
                // What a portal tells differs here and there: one attendance, one referral, one visitor.
                row.AddRange(Enum.GetValues<SummaryColumn>().Select(c => (object?)(Reconciliation.Value(figures, i, c) + ((i, c) is (2, SummaryColumn.Present) or (5, SummaryColumn.ReferralsGivenOutside) or (0, SummaryColumn.Visitors) ? 1 : 0))));
                sheet.Row([.. row, "Harbour", period.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), period.Last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)]);
            }
        }

        return file.ToArray();
    }

    private static byte[] Slips(List<string> people, DateOnly month)
    {
        var rows = new List<string[]>
        {
            new[] { "Slips Audit Report" }, new[] { "Chapter:", "Harbour" }, new[] { "From:", month.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "To:", month.AddMonths(1).AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
            new[] { "From", "To", "Slip Type", "Inside/Outside", "TYFCB Amount", "CEU Credits", "Detail" },
        };
        for (var i = 0; i < 18; i++)
        {
            var (from, to) = (people[i % people.Count], people[((i * 5) + 3) % people.Count]);
            rows.Add((i % 6) switch
            {
                0 or 1 => [from, to, "Referral", i % 4 == 0 ? "Inside" : "Outside", "", "", ""],
                2 => [from, to, "One-to-One", "", "", "", ""],
                3 => ["", to, "TYFCB", "Inside", FormattableString.Invariant($"{(i * 137) + 250}.00"), "", ""],
                4 => [from, "", "CEU", "", "", "1.5", "Selling by listening"],
                _ => [from, "*Ines Faro", "Referral", "Outside", "", "", "Hillside"],
            });
        }

        rows.Add([people[1], people[2], "Referral", "Inside", "", "", ""]);
        rows.Add(["Adelheid Lindquist-Moor", people[3], "Referral", "Inside", "", "", ""]);
        rows.Add([people[4], "Adelheid Lindquist-Moor", "One-to-One", "", "", "", ""]);
        return Xml(rows);
    }

    // SpreadsheetML of 2003, as the network's portal writes it: bold marks people of other chapters.
    private static byte[] Xml(List<string[]> rows)
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?>\r<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\r")
            .Append("<Styles><Style ss:ID=\"b\"><Font ss:Bold=\"1\"/></Style></Styles>\r<Worksheet ss:Name=\"Report\">\r<Table>\r");
        foreach (var row in rows)
        {
            text.Append("<Row>");
            foreach (var cell in row)
            {
                text.Append(cell.StartsWith('*') ? "<Cell ss:StyleID=\"b\">" : "<Cell>").Append("<Data ss:Type=\"String\">").Append(SecurityElement.Escape(cell.TrimStart('*'))).Append("</Data></Cell>");
            }

            text.Append("</Row>\r");
        }

        return Encoding.UTF8.GetBytes(text.Append("</Table></Worksheet></Workbook>").ToString());
    }
}
