using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using ExcelDataReader;
using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Files;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Reports;

/// <summary>The monthly report as a spreadsheet, read back.</summary>
public sealed class ReportBookTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_has_a_sheet_for_each_part_and_their_figures_are_those_of_the_report()
    {
        var made = await ReportWorld.MakeAsync(database);
        var sheets = Read(await BookAsync(made.World.Leader, made));
        Assert.Equal(["Summary", "Referrals", "One-to-ones", "Combination", "Closed business", "Lights", "PALMS", "Inactive", "Comparison", "Charts"], sheets.Keys);
        Assert.Equal(
            [
                "Referrals – Period 03/2025 – 03/2025", "One-to-ones – Period 03/2025 – 03/2025", "Combination – Period 03/2025 – 03/2025", "Closed business, EUR – Period 03/2025 – 03/2025", "Lights – Period 10/2024 – 03/2025",
                "PALMS – Period 03/2025 – 03/2025", "Inactive – Period 03/2025 – 03/2025", "Comparison with 02/2025 – 02/2025 – Period 03/2025 – 03/2025", "Charts – Period 03/2025 – 03/2025",
            ],
            sheets.Values.Skip(1).Select(s => s[0][0]));
        Assert.EndsWith(" – Period 03/2025 – 03/2025", sheets["Summary"][0][0], StringComparison.Ordinal);
        Assert.Equal(["Gave to", "Ada Lindqvist", "Bo Castell", "Cleo Weyn", "Petra Almq", "To members", "Different receivers", "To outside", "Given, tier 1", "Given, tier 2"], sheets["Referrals"][1]);
        Assert.Equal("Ada Lindqvist||2|0|0|2|1|1|2|1", Line(sheets["Referrals"][2]));
        Assert.Equal("Received from members|0|2|0|1|3", Line(sheets["Referrals"][6]));
        Assert.Equal("Ada Lindqvist||1|1|0|2|2|0|2", Line(sheets["One-to-ones"][2]));
        Assert.Equal("Ada Lindqvist||3|1|0|1|1|0|1", Line(sheets["Combination"][2]));
        Assert.Equal("Bo Castell|1250|0|1250|1|1|1250|1250", Line(sheets["Closed business"][3]));
        Assert.Equal("Chapter|1750.5|0|1750.5|2|4|875.25|437.625", Line(sheets["Closed business"][6]));
        Assert.Equal("Ada Lindqvist|51|Yellow|100|≥ 95 gives 10|1|≥ 1 gives 20", Line(sheets["Lights"][2].Take(7)));
        // Bo came once of twice, gave one and received one of each tier, met Ada.
        Assert.Equal("Bo Castell|1|1|0|0|0|1|0|1|1|0|0|1|1250|0|50|50", Line(sheets["PALMS"][3]));
        Assert.Equal("Total|3|1|1|1|1|3|1|2|1|1|0|4|1750.5|0", Line(sheets["PALMS"][6].Take(15)));
        Assert.Equal("Nobody who was on the roster has left.", Line(sheets["Inactive"][2]));
        Assert.Equal(["Pairs with nothing in either direction: 3", "Ada Lindqvist|1|Petra Almq", "Bo Castell|1|Cleo Weyn", "Cleo Weyn|2|Bo Castell, Petra Almq", "Petra Almq|2|Ada Lindqvist, Cleo Weyn"], sheets["Inactive"].Skip(4).Select(Line));
        // Of the three who are in both months. Ada had neither with both others in February, and both with Bo in March.
        Assert.Equal(["Ada Lindqvist|1|0|0|1|3|0|3|2|-1|2", "Bo Castell|0|1|1|0|1|1|0|1|-1|1", "Petra Almq|2|0|0|0|0|0|0|2|0|0"], sheets["Comparison"].Skip(2).Take(3).Select(Line));
        Assert.Equal("Whole roster of each|||||4|1|3", Line(sheets["Comparison"][6]));
        Assert.Equal(["10/2024|0|0|0||0", "02/2025|1|0|1000|100|0"], new[] { sheets["Charts"][2], sheets["Charts"][6] }.Select(Line));
    }

    [Fact]
    public async Task Charts_are_drawn_from_the_figures_on_their_sheet_and_lights_are_among_them_for_whoever_reads_all_points()
    {
        var made = await ReportWorld.MakeAsync(database);
        foreach (var (person, charts) in new[] { (made.World.Leader, 6), (made.World.Member, 5) })
        {
            await using var file = await BookAsync(person, made);
            using var document = SpreadsheetDocument.Open(file, isEditable: false);
            var drawing = Assert.Single(document.WorkbookPart!.WorksheetParts, p => p.DrawingsPart is not null).DrawingsPart!;
            Assert.Equal(charts, drawing.ChartParts.Count());
            var months = drawing.ChartParts.Select(c => c.ChartSpace!).Single(c => c.InnerText.Contains("Referrals and one-to-ones by month", StringComparison.Ordinal));
            Assert.Contains("'Charts'!$B$3:$B$8", months.InnerText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_rise_in_neither_is_red()
    {
        var made = await ReportWorld.MakeAsync(database);
        await using (var leader = database.As(made.World.Leader))
        {
            await made.SlipAsync(leader, SlipKind.OneToOne, 27, made.World.Bo, made.World.LeaderMember, month: 2);
        }

        // Petra met Bo in February and nobody in March, when he gave to her: neither rises from one to two.
        await using var file = await BookAsync(made.World.Leader, made);
        Assert.Contains("Petra Almq|2|0|0|0|0|0|0|1|1|-1", Read(file)["Comparison"].Select(Line));
        file.Position = 0;
        using var document = SpreadsheetDocument.Open(file, isEditable: false);
        var sheet = ((WorksheetPart)document.WorkbookPart!.GetPartById("rId9")).Worksheet;
        var row = sheet!.Descendants<DocumentFormat.OpenXml.Spreadsheet.Row>().Single(r => r.InnerText.StartsWith("Petra Almq", StringComparison.Ordinal));
        var formats = document.WorkbookPart.WorkbookStylesPart!.Stylesheet!;
        var looks = formats.CellFormats!.Elements<DocumentFormat.OpenXml.Spreadsheet.CellFormat>().ToList();
        var fonts = formats.Fonts!.Elements<DocumentFormat.OpenXml.Spreadsheet.Font>().ToList();
        string? Colour(int cell) => fonts[(int)(looks[(int)(row.Elements<DocumentFormat.OpenXml.Spreadsheet.Cell>().ElementAt(cell).StyleIndex?.Value ?? 0)].FontId?.Value ?? 0)].Color?.Rgb?.Value;
        Assert.Equal(("FFA61D24", (string?)null), (Colour(9), Colour(10)));
    }

    [Fact]
    public async Task Several_months_have_blocks_of_counts_and_tell_who_left_with_their_last_month()
    {
        var made = await ReportWorld.MakeAsync(database);
        await database.SqlAsync("update membership_terms set left_on = '2025-03-01' where member_id = $1", made.World.Bo);
        await using var leader = database.As(made.World.Leader);
        var report = (await leader.Get<ChapterPeriodQueries>().ReportAsync(made.Chapter, new(2025, 2, 1), ReportWorld.March, _ct))!;
        await using var file = new MemoryStream();
        SheetBook.Write(file, ChapterReportBook.Sheets(report), "EUR");
        var sheets = Read(file);
        Assert.Equal("Referrals – Period 02/2025 – 03/2025", sheets["Referrals"][0][0]);
        Assert.Equal(["02/2025 neither", "02/2025 one-to-one", "02/2025 referral", "02/2025 both", "03/2025 neither", "03/2025 one-to-one", "03/2025 referral", "03/2025 both"], sheets["Combination"][1].Skip(9));
        // Bo in February: a referral to Ada, nothing with Petra. In March he was no member, and his block is empty; what Ada gave him then is outside.
        Assert.Equal("Bo Castell|2||0|0|2|0|1|0|1|0|1|0", Line(sheets["Combination"][3]));
        Assert.Equal("Ada Lindqvist||0|0|0|0|0|3|2|1", Line(sheets["Referrals"][2]));
        Assert.Equal("Bo Castell|02/2025|1|2|1|0|0|0", Line(sheets["Inactive"][2]));
    }

    [Fact]
    public async Task The_summary_explains_totals_and_ranks()
    {
        var made = await ReportWorld.MakeAsync(database);
        var rows = Read(await BookAsync(made.World.Committee, made))["Summary"].Select(Line).ToList();
        Assert.Contains(rows, r => r.StartsWith("Combination: 0 neither, 1 one-to-one only", StringComparison.Ordinal));
        Assert.Contains(rows, r => r.StartsWith("Equal values share a rank", StringComparison.Ordinal));
        Assert.Contains("Referrals|4|1", rows);
        Assert.Contains("Closed business|1750.5|1000", rows);
        Assert.Contains("Members at the end|4", rows);
        Assert.Contains("Slips at meetings not completed, in no figure|1", rows);
        Assert.Equal(["Top 5", "Bottom 5", "All members"], rows.Where(r => r.EndsWith("|Rank|Overall|Referrals|Tier|One-to-ones|Tier|Closed business|Tier", StringComparison.Ordinal)).Select(r => r.Split('|')[0]));
        // Ada: 3 of 4 referrals 3, 2 of 4 one-to-ones 2, 500.50 of 1,750.50 1.14. Bo: 1, 1, 2.86. Cleo: one one-to-one, 1.
        Assert.StartsWith("Ada Lindqvist|1|6.14", rows[rows.FindIndex(r => r.StartsWith("Top 5", StringComparison.Ordinal)) + 1], StringComparison.Ordinal);
        Assert.StartsWith("Petra Almq|4|0|", rows[rows.FindIndex(r => r.StartsWith("Bottom 5", StringComparison.Ordinal)) + 1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_is_valid_stays_in_view_at_B3_writes_the_currency_and_runs_nothing()
    {
        var made = await ReportWorld.MakeAsync(database, f => f.Currency = "SEK");
        await database.SqlAsync("update members set first_name = '=1+1', last_name = '@Castell' where id = $1", made.World.Bo);
        await using var file = await BookAsync(made.World.Leader, made);
        using (var document = SpreadsheetDocument.Open(file, isEditable: false))
        {
            Assert.Empty(new OpenXmlValidator().Validate(document, _ct).Select(e => $"{e.Path?.XPath}: {e.Description}"));
            Assert.All(document.WorkbookPart!.WorksheetParts, part =>
            {
                using var reader = new StreamReader(part.GetStream(), Encoding.UTF8);
                var xml = reader.ReadToEnd();
                Assert.Contains("topLeftCell=\"B3\"", xml, StringComparison.Ordinal);
                Assert.DoesNotContain("<f>", xml, StringComparison.Ordinal);
            });
            Assert.Equal("#,##0.00\\ \"SEK\"", document.WorkbookPart.WorkbookStylesPart!.Stylesheet!.NumberingFormats!.Elements<DocumentFormat.OpenXml.Spreadsheet.NumberingFormat>().Single().FormatCode!.Value);
        }

        Assert.Contains("'=1+1 @Castell", Read(file)["Referrals"].Select(r => r[0]));
    }

    [Fact]
    public async Task Whoever_may_not_read_others_points_gets_a_file_without_them()
    {
        var made = await ReportWorld.MakeAsync(database);
        var own = Read(await BookAsync(made.World.Member, made));
        Assert.Equal("Ada Lindqvist", own["Lights"][2][0]);
        Assert.DoesNotContain(own["Lights"], r => r.Contains("Bo Castell"));
        // What everybody may count stands there; how others attended does not.
        Assert.Equal(["Ada Lindqvist|2|0|0|0|0|2|1|0|0|1|0|2|500.5|0|100|100", "Bo Castell||||||1|0|1|1|0|0|1|1250|0"], own["PALMS"].Skip(2).Take(2).Select(Line));
        var viewers = Read(await BookAsync(made.World.Viewer, made));
        Assert.StartsWith("Points are for each member", viewers["Lights"][2][0], StringComparison.Ordinal);
        Assert.Contains(viewers["PALMS"], r => r[0].StartsWith("How somebody attended", StringComparison.Ordinal));
        Assert.Equal("Ada Lindqvist||||||2|1|0|0|1|0|2|500.5|0", Line(viewers["PALMS"][2]));
        Assert.Equal("Ada Lindqvist||2|0|0|2|1|1|2|1", Line(viewers["Referrals"][2]));
    }

    private async Task<MemoryStream> BookAsync(UserIdentity person, ReportWorld made)
    {
        await using var scope = database.As(person);
        var report = (await scope.Get<ChapterReportQueries>().ReportAsync(made.Chapter, ReportWorld.March, _ct))!;
        var file = new MemoryStream();
        SheetBook.Write(file, ChapterReportBook.Sheets(report.Content), report.Rights.Currency);
        file.Position = 0;
        return file;
    }

    private static Dictionary<string, List<string[]>> Read(MemoryStream file)
    {
        // The reader asks for it also where the file is not in it.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        file.Position = 0;
        using var reader = ExcelReaderFactory.CreateReader(file, new() { LeaveOpen = true });
        var sheets = new Dictionary<string, List<string[]>>();
        do
        {
            var rows = sheets[reader.Name] = [];
            while (reader.Read())
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture) ?? "")]);
            }
        }
        while (reader.NextResult());
        return sheets;
    }

    private static string Line(IEnumerable<string> cells) => string.Join('|', cells).TrimEnd('|');
}

/// <summary>The file over HTTP, as a browser asks for it.</summary>
public sealed class ReportBookEndpointTests(WebApp app) : IClassFixture<WebApp>
{
    [Fact]
    public async Task It_is_for_whoever_may_read_the_report_and_a_month_that_is_none_is_told()
    {
        var chapter = Guid.CreateVersion7();
        await using (var command = app.Sources.Migrator.CreateCommand(
            "insert into chapters (id, name, location, meeting_day, meeting_time, time_zone, currency, region, points_shared, is_active) values ($1, 'Harbour', 'Norrholm', 4, '07:00', 'UTC', 'EUR', '', false, true)"))
        {
            command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = chapter });
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var admin = await app.SignInAsync(app.Admin);
        var answer = await admin.GetAsync($"/chapters/{chapter}/report/2025-03.xlsx");
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Harbour 2025-03.xlsx", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        foreach (var (month, told) in new[] { ("2025-13", "Write it like 2026-10"), ("1999-01", "Choose a month between") })
        {
            var wrong = await admin.GetAsync($"/chapters/{chapter}/report/{month}.xlsx");
            Assert.Equal((System.Net.HttpStatusCode.BadRequest, true), (wrong.StatusCode, (await wrong.TextAsync()).Contains(told, StringComparison.Ordinal)));
        }

        var period = await admin.GetAsync($"/chapters/{chapter}/report/2025-01/2025-03.xlsx");
        Assert.Equal((System.Net.HttpStatusCode.OK, "Harbour 2025-01 to 2025-03.xlsx"), (period.StatusCode, period.Content.Headers.ContentDisposition!.FileName!.Trim('"')));
        var backwards = await admin.GetAsync($"/chapters/{chapter}/report/2025-03/2025-01.xlsx");
        Assert.Equal((System.Net.HttpStatusCode.BadRequest, true), (backwards.StatusCode, (await backwards.TextAsync()).Contains("not before the first", StringComparison.Ordinal)));
        var stranger = await app.SignInAsync(await app.UserAsync(Role.ChapterLeader));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await stranger.GetAsync($"/chapters/{chapter}/report/2025-03.xlsx")).StatusCode);
        foreach (var role in new[] { Role.Buyer, Role.Planner })
        {
            var denied = await app.SignInAsync(await app.UserAsync(role));
            var refused = await denied.GetAsync($"/chapters/{chapter}/report/2025-03.xlsx");
            Assert.NotEqual(System.Net.HttpStatusCode.OK, refused.StatusCode);
            Assert.NotEqual("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", refused.Content.Headers.ContentType?.MediaType);
        }

        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await app.Visit().GetAsync($"/chapters/{chapter}/report/2025-03.xlsx")).StatusCode);
    }
}
