using Sourcing.E2E.Support;

namespace Sourcing.E2E.Pages;

/// <summary>Schemes of the network and of a chapter, a draft as it is changed and tried, and what a member could reach, in both themes and widths.</summary>
public sealed class ChapterSchemeWalkTests(App app) : PageWalk(app)
{
    private static readonly string[] Leading =
        ["/chapters/{hillside}/schemes", "/chapters/schemes/{own_scheme}", "/chapters/schemes/{draft_scheme}", "/chapters/schemes/{draft_scheme}/edit", "/chapters/schemes/{draft_scheme}/test", "/chapters/schemes/{scheme}/test?months=3"];

    [Fact]
    public Task A_leader_finds_every_page_of_schemes_in_order() => WalkAsync("finn.okoye@example.test", Leading);

    [Fact]
    public Task A_member_finds_the_scheme_and_what_they_could_reach() => WalkAsync(
        "ada.lindqvist@example.test", ["/chapters/{chapter}/schemes", "/chapters/schemes/{scheme}", "/chapters/members/{member}/points"]);

    [Fact]
    public Task An_admin_finds_the_networks_schemes() => WalkAsync("sven.adarsson@example.test", ["/chapters/schemes", "/chapters/schemes/{scheme}"]);
}
