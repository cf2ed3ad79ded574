using System.Net;
using System.Text;
using Sourcing.Data.Common;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Layout;

/// <summary>The rows of a list as a file, over HTTP as a browser asks for it.</summary>
public sealed class ExportTests(WebApp app) : IClassFixture<WebApp>
{
    private const string Formula = "=HYPERLINK(\"http://evil.example\",\"Ring\")";

    [Fact]
    public async Task A_csv_holds_what_the_list_shows_and_cells_that_look_like_formulas_are_harmless()
    {
        await PartsAsync();
        var buyer = await app.SignInAsync(await app.UserAsync(Role.Buyer));
        var answer = await buyer.GetAsync("/export/parts.csv?f.isCritical=yes&q=export&sort=-number&columns=number,name");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Matches(@"^parts-\d{4}-\d\d-\d\d\.csv$", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        var lines = (await answer.TextAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Number,Name", "EXPORT-2,Export plain", "EXPORT-1,\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"Ring\"\")\""], lines);
    }

    [Fact]
    public async Task An_xlsx_holds_the_same_rows_as_text_and_no_formula()
    {
        await PartsAsync();
        var buyer = await app.SignInAsync(await app.UserAsync(Role.Buyer));
        var answer = await buyer.GetAsync("/export/parts.xlsx?f.isCritical=yes&q=export&columns=number,name");
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answer.Content.Headers.ContentType!.MediaType);
        await using var content = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using var zip = new System.IO.Compression.ZipArchive(content);
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open(), Encoding.UTF8);
        var xml = await sheet.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("EXPORT-1", xml, StringComparison.Ordinal);
        Assert.Contains("EXPORT-2", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("EXPORT-3", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("<f>", xml, StringComparison.Ordinal);
        Assert.DoesNotContain(">=HYPERLINK", xml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_others_is_refused_and_a_question_that_it_does_not_know_is_answered_in_words()
    {
        await PartsAsync();
        var sales = await app.SignInAsync(await app.UserAsync(Role.SalesRep));
        var denied = await sales.GetAsync("/export/suppliers.csv");
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.DoesNotContain(",", await denied.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await sales.GetAsync("/export/parts.csv?columns=number")).StatusCode);

        var wrong = await sales.GetAsync("/export/parts.csv?f.colour=red");
        Assert.Equal((HttpStatusCode.BadRequest, true), (wrong.StatusCode, (await wrong.TextAsync()).Contains("no column \"colour\"", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.NotFound, (await sales.GetAsync("/export/sessions.csv")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await app.Visit().GetAsync("/export/parts.csv")).StatusCode);
    }

    private async Task PartsAsync()
    {
        await using var command = app.Sources.Migrator.CreateCommand(
            """
            insert into units (id, code, name, dimension, factor) values ('01900000-0000-7000-8000-00000000e001', 'ex', 'Export unit', 'count', 1) on conflict do nothing;
            insert into parts (id, number, name, description, type, unit_id, is_critical, popularity, quote_count, order_count)
            select ('01900000-0000-7000-8000-00000000e10' || i)::uuid, 'EXPORT-' || i, case i when 1 then '$' else 'Export plain' end, '', 'component', '01900000-0000-7000-8000-00000000e001', i < 3, 0, 0, 0
            from generate_series(1, 3) i on conflict do nothing;
            """.Replace("$", Formula, StringComparison.Ordinal));
        await command.ExecuteNonQueryAsync();
    }
}
