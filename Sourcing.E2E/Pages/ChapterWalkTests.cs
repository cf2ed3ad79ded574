using Sourcing.E2E.Support;

namespace Sourcing.E2E.Pages;

/// <summary>The pages of a chapter, in both themes and widths.</summary>
public sealed class ChapterWalkTests(App app) : PageWalk(app)
{
    private static readonly string[] Leading =
    [
        "/chapters", "/chapters/{chapter}", "/chapters/{chapter}/edit", "/chapters/{chapter}/members", "/chapters/{chapter}/members?left=true", "/chapters/{chapter}/members/new", "/chapters/{chapter}/members/deleted",
        "/chapters/members/{member}", "/chapters/members/{returned}", "/chapters/members/{member}/edit", "/chapters/{chapter}/meetings", "/chapters/meetings/{held}", "/chapters/meetings/{due}", "/chapters/{chapter}/slips", "/chapters/{chapter}/slips/new",
        "/chapters/{chapter}/visitors", "/chapters/{chapter}/seats", "/chapters/{chapter}/imports", "/chapters/{chapter}/imports/{staged}", "/chapters/{chapter}/imports/{imported}", "/chapters/{chapter}/reconcile/{reconciled}",
        "/chapters/slips/{slip}", "/chapters/{chapter}/slips/removed", "/chapters/{chapter}/outside",
    ];

    [Fact]
    public Task A_leader_finds_every_page_in_order() => WalkAsync("petra.almqvist@example.test", Leading);

    [Fact]
    public Task A_member_finds_what_is_theirs_in_order() => WalkAsync(
        "ada.lindqvist@example.test",
        ["/chapters", "/chapters/{chapter}/members", "/chapters/members/{member}", "/chapters/members/{returned}", "/chapters/{chapter}/meetings", "/chapters/meetings/{held}", "/chapters/{chapter}/slips", "/chapters/{chapter}/slips/new", "/chapters/slips/{own_slip}", "/chapters/{chapter}/visitors"]);

    [Fact]
    public Task An_admin_finds_all_chapters_in_order() => WalkAsync("sven.adarsson@example.test", ["/chapters", "/chapters/new", "/chapters/{chapter}"]);
}
