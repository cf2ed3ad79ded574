using System.Text;
using System.Text.RegularExpressions;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Pages;

/// <summary>The monthly report of a chapter, each matrix of it, and two periods beside each other, in both themes and widths.</summary>
public sealed class ChapterReportWalkTests(App app) : PageWalk(app)
{
    private static readonly string[] Reports =
    [
        "/chapters/{chapter}/report", "/chapters/{chapter}/report?matrix=onetoones", "/chapters/{chapter}/report?matrix=both", "/chapters/{chapter}/compare", "/chapters/{chapter}/compare?what=business",
        "/chapters/{chapter}/months", "/chapters/{months}", "/chapters/{chapter}/matrix/referrals", "/chapters/{chapter}/matrix/onetoones?order=most", "/chapters/{chapter}/matrix/both?shade=gaps", "/chapters/{chapter}/matrix/business",
        "/chapters/compare", "/chapters/members/{member}/sheet",
    ];

    private static readonly string[] Closed = ["/chapters/{chapter}/report/{closed}", "/chapters/{chapter}/report/{closed}?revision=0", "/chapters/{chapter}/months/{closed}"];

    private static readonly string[] Papers = ["/chapters/{chapter}/absences", "/chapters/meetings/{due}/paper", "/chapters/meetings/{held}/paper"];

    [Theory]
    [InlineData("petra.almqvist@example.test")]
    [InlineData("ada.lindqvist@example.test")]
    public Task Every_matrix_of_the_last_month_shows_itself(string email) => WalkAsync(email, Reports);

    [Fact]
    public Task A_closed_month_shows_its_report_and_its_closings() => WalkAsync("petra.almqvist@example.test", Closed);

    [Fact]
    public Task Whoever_looks_after_the_chapter_finds_what_is_printed() => WalkAsync("petra.almqvist@example.test", Papers);

    [Fact]
    public Task An_admin_compares_chapters() => WalkAsync("sven.adarsson@example.test", ["/chapters/compare", "/chapters/compare?by=business&region=North", "/chapters/compare?size=largest&day=4"]);

    [Theory]
    [InlineData("/chapters/{chapter}/report", 1)]
    [InlineData("/chapters/{months}", 1)]
    [InlineData("/chapters/{chapter}/matrix/both", 1)]
    [InlineData("/chapters/members/{member}/sheet", 1)]
    [InlineData("/chapters/{chapter}/absences", 1)]
    [InlineData("/chapters/meetings/{due}/paper", 2)]
    public async Task What_is_printed_fits_its_pages_of_A4_across(string path, int pages)
    {
        await using var visitor = await App.SignInAsync("petra.almqvist@example.test", 1440);
        await visitor.OpenAsync(await FilledAsync(path));
        await visitor.Page.Locator("h1").WaitForAsync();
        var file = Encoding.Latin1.GetString(await visitor.Page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true }));
        Assert.Equal(pages, Regex.Count(file, @"/Type\s*/Page\b(?!s)"));
        Assert.Matches(@"/MediaBox\s*\[\s*0\s+0\s+84[12]", file);
    }
}
