using Sourcing.E2E.Support;

namespace Sourcing.E2E.Pages;

/// <summary>The monthly report of a chapter, each matrix of it, and two periods beside each other, in both themes and widths.</summary>
public sealed class ChapterReportWalkTests(App app) : PageWalk(app)
{
    private static readonly string[] Reports =
    [
        "/chapters/{chapter}/report", "/chapters/{chapter}/report?matrix=onetoones", "/chapters/{chapter}/report?matrix=both", "/chapters/{chapter}/compare", "/chapters/{chapter}/compare?what=business",
        "/chapters/{chapter}/months",
    ];

    private static readonly string[] Closed = ["/chapters/{chapter}/report/{closed}", "/chapters/{chapter}/report/{closed}?revision=0", "/chapters/{chapter}/months/{closed}"];

    [Theory]
    [InlineData("petra.almqvist@example.test", false)]
    [InlineData("petra.almqvist@example.test", true)]
    [InlineData("ada.lindqvist@example.test", false)]
    public Task Every_matrix_of_the_last_month_shows_itself(string email, bool dark) => WalkAsync(email, Reports, 1440, dark, narrowToo: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_closed_month_shows_its_report_and_its_closings(bool dark) => WalkAsync("petra.almqvist@example.test", Closed, 1440, dark, narrowToo: true);
}
