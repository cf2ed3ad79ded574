using Bunit;
using Sourcing.Data.Chapters;
using Sourcing.Data.Common;
using Sourcing.Web.Chapters;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters;

/// <summary>People outside a chapter: listed, renamed, made one of two.</summary>
public sealed class OutsidePeopleTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_become_one_with_the_slips_of_both_and_removed_ones_too()
    {
        var (world, ines, inez) = await TwoAsync();
        await using var leader = database.As(world.Leader);
        var people = await leader.Get<ExternalQueries>().ListAsync(world.Chapter, _ct);
        Assert.Equal([("Ines Faro", "Hillside", 2), ("Inez Faro", "", 4)], people.Select(p => (p.Name, p.Chapter, p.Slips)));
        await leader.Get<ExternalService>().MergeAsync(ines, inez, _ct);
        var one = Assert.Single(await leader.Get<ExternalQueries>().ListAsync(world.Chapter, _ct));
        Assert.Equal((ines, 6), (one.Id, one.Slips));
        // The history holds who went.
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from audit_entries where record_id = $1 and action = 'delete' and old_values ->> 'name' = 'Inez Faro'", inez));
    }

    [Fact]
    public async Task Every_column_that_points_at_somebody_outside_moves_when_two_become_one() => Assert.Equal(
        "closed_business.thanked_external_id, one_to_ones.initiator_external_id, one_to_ones.partner_external_id, referrals.giver_external_id, referrals.receiver_external_id, testimonials.about_external_id",
        await database.ScalarAsync<string>(
            """
            select string_agg(c.conrelid::regclass || '.' || a.attname, ', ' order by c.conrelid::regclass::text, a.attname) from pg_constraint c
            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey) and a.attname <> 'chapter_id' where c.contype = 'f' and c.confrelid = 'external_parties'::regclass
            """));

    [Fact]
    public async Task A_name_is_changed_and_one_that_stands_already_is_refused_as_is_one_that_changed_meanwhile()
    {
        var (world, ines, inez) = await TwoAsync();
        await using var leader = database.As(world.Leader);
        var service = leader.Get<ExternalService>();
        var form = new ExternalForm { Id = inez, OldName = "Inez Faro", Name = "INES  faro", Chapter = "hillside" };
        Assert.Contains("in the list already", (await Assert.ThrowsAsync<RefusedException>(() => service.RenameAsync(form, _ct))).Message, StringComparison.Ordinal);
        await service.RenameAsync(new() { Id = inez, OldName = "Inez Faro", Name = "Inez Faro-Lund" }, _ct);
        Assert.Contains("Inez Faro-Lund meanwhile", (await Assert.ThrowsAsync<RefusedException>(() => service.RenameAsync(new() { Id = inez, OldName = "Inez Faro", Name = "Other" }, _ct))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => service.RenameAsync(new() { Id = ines, OldName = "Ines Faro", OldChapter = "Hillside", Name = "  " }, _ct));
        await Assert.ThrowsAsync<RefusedException>(() => service.MergeAsync(ines, ines, _ct));
    }

    [Fact]
    public async Task Only_a_leader_of_the_chapter_lists_renames_and_merges()
    {
        var (world, ines, inez) = await TwoAsync();
        var (other, foreign, _) = await TwoAsync();
        foreach (var person in new[] { other.Leader, world.Committee, world.Member, world.Host, world.Viewer })
        {
            await using var scope = database.As(person);
            await Assert.ThrowsAnyAsync<RefusedException>(() => scope.Get<ExternalQueries>().ListAsync(world.Chapter, _ct));
            await Assert.ThrowsAnyAsync<RefusedException>(() => scope.Get<ExternalService>().MergeAsync(ines, inez, _ct));
            await Assert.ThrowsAnyAsync<RefusedException>(() => scope.Get<ExternalService>().RenameAsync(new() { Id = ines, OldName = "Ines Faro", OldChapter = "Hillside", Name = "Other" }, _ct));
        }

        await using var admin = database.As(world.Admin);
        Assert.Contains("different chapters", (await Assert.ThrowsAsync<RefusedException>(() => admin.Get<ExternalService>().MergeAsync(ines, foreign, _ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_page_two_are_chosen_and_the_one_with_more_slips_is_offered_to_stay()
    {
        var (world, ines, inez) = await TwoAsync();
        await using var leader = database.As(world.Leader);
        await using var pages = new PageContext(leader);
        var page = pages.Render<OutsidePeoplePage>(p => p.Add(x => x.Id, world.Chapter));
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
        Assert.True(page.Find(".actions button").HasAttribute("disabled"));
        await page.Find("input[aria-label='Choose Ines Faro']").ChangeAsync(new() { Value = true });
        await page.Find("input[aria-label='Choose Inez Faro']").ChangeAsync(new() { Value = true });
        Assert.False(page.Find(".actions button").HasAttribute("disabled"));

        var rows = await leader.Get<ExternalQueries>().ListAsync(world.Chapter, _ct);
        var dialog = pages.Render<MergeOutsideDialog>(p => p.Add(x => x.First, rows[0]).Add(x => x.Second, rows[1]));
        await dialog.FindAll("button").Single(b => b.TextContent.Contains("Make one person", StringComparison.Ordinal)).ClickAsync(new());
        Assert.Equal(inez, Assert.Single(await leader.Get<ExternalQueries>().ListAsync(world.Chapter, _ct)).Id);
        Assert.NotEqual(ines, inez);
    }

    // Ines of Hillside on two slips, Inez of none on four, one of them removed.
    private async Task<(ChapterWorld World, Guid Ines, Guid Inez)> TwoAsync()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var leader = database.As(world.Leader);
        var slips = leader.Get<SlipService>();
        async Task<Guid> EnterAsync(SlipKind kind, string name, string chapter, bool from = false) => await slips.EnterAsync(
            new() { ChapterId = world.Chapter, Kind = kind, FromId = world.Ada, ExternalName = name, ExternalChapter = chapter, FromOutside = from, Amount = kind == SlipKind.ClosedBusiness ? 10 : null, MeetingId = world.Meeting }, _ct);
        await EnterAsync(SlipKind.Referral, "Ines Faro", "Hillside");
        await EnterAsync(SlipKind.OneToOne, "Ines Faro", "Hillside", from: true);
        await EnterAsync(SlipKind.ClosedBusiness, "Inez Faro", "");
        await EnterAsync(SlipKind.OneToOne, "Inez Faro", "");
        await EnterAsync(SlipKind.Testimonial, "Inez Faro", "");
        var removed = await EnterAsync(SlipKind.Referral, "Inez Faro", "", from: true);
        await slips.RemoveAsync(new() { Kind = SlipKind.Referral, Id = removed, Reason = "Entered twice" }, _ct);
        return (world, await IdAsync("Ines Faro"), await IdAsync("Inez Faro"));

        Task<Guid> IdAsync(string name) => database.ScalarAsync<Guid>("select id from external_parties where chapter_id = $1 and name = $2", world.Chapter, name);
    }
}
