using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Chapters;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Web.Chapters;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters;

/// <summary>Slips that are changed, taken out and brought back, and people outside who stand on them.</summary>
public sealed class SlipChangeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_leader_changes_every_kind_and_its_history_tells_who_changed_what()
    {
        var world = await Make.ChapterWorldAsync(database);
        var slips = await Make.SlipsOfBoAsync(database, world);
        await using var leader = database.As(world.Leader);
        var (queries, service) = (leader.Get<SlipChangeQueries>(), leader.Get<SlipChangeService>());
        await ChangeAsync(SlipKind.Referral, f => (f.ToId, f.Tier, f.Note) = (world.Ada, 2, "To Ada"));
        await ChangeAsync(SlipKind.OneToOne, f => (f.ToId, f.ExternalName, f.ExternalChapter, f.Place) = (null, "Ines Faro", "Hillside", "Café"));
        await ChangeAsync(SlipKind.ClosedBusiness, f => (f.ToId, f.Amount, f.Tier) = (world.Ada, 99.50m, 3));
        await ChangeAsync(SlipKind.Education, f => (f.FromId, f.Credits, f.IsTraining) = (world.Ada, 4, true));
        await ChangeAsync(SlipKind.Testimonial, f => (f.FromId, f.ToId) = (world.Ada, null));
        Assert.Equal((world.Ada, 2), (await database.ScalarAsync<Guid>("select receiver_id from referrals where id = $1", slips[SlipKind.Referral]), await database.ScalarAsync<int>("select tier from referrals where id = $1", slips[SlipKind.Referral])));
        Assert.Equal("Ines Faro", await database.ScalarAsync<string>("select x.name from one_to_ones o join external_parties x on x.id = o.partner_external_id where o.id = $1 and o.partner_id is null", slips[SlipKind.OneToOne]));
        Assert.Equal(99.50m, await database.ScalarAsync<decimal>("select amount from closed_business where id = $1 and thanked_id = $2", slips[SlipKind.ClosedBusiness], world.Ada));
        Assert.Equal(4m, await database.ScalarAsync<decimal>("select credits from education_units where id = $1 and member_id = $2 and is_training", slips[SlipKind.Education], world.Ada));

        Assert.Equal(world.Ada, await database.ScalarAsync<Guid>("select speaker_id from testimonials where id = $1 and about_id is null and about_external_id is null", slips[SlipKind.Testimonial]));

        var events = (await queries.DetailsAsync(slips[SlipKind.Referral], _ct))!.Events;
        Assert.Equal(["changed", "entered"], events.Select(e => e.Deed));
        Assert.Equal([("To", "Petra Almq", "Ada Lindqvist"), ("Tier", "1", "2"), ("Note", "Of Bo Referral", "To Ada")], events[0].Fields.Select(f => (f.Field, f.Before, f.After)));
        Assert.Equal(world.Leader.Name, events[0].Actor);

        async Task ChangeAsync(SlipKind kind, Action<SlipForm> change)
        {
            var details = (await queries.DetailsAsync(slips[kind], _ct))!;
            Assert.True(details.MayChange);
            change(details.Form);
            await service.ChangeAsync(details.Form, _ct);
        }
    }

    [Fact]
    public async Task Whoever_entered_it_changes_it_within_a_day_and_never_whose_it_is()
    {
        var world = await Make.ChapterWorldAsync(database);
        await using var ada = database.As(world.Member);
        var (queries, service) = (ada.Get<SlipChangeQueries>(), ada.Get<SlipChangeService>());
        var id = await ada.Get<SlipService>().EnterAsync(new() { ChapterId = world.Chapter, Kind = SlipKind.Referral, ToId = world.Bo }, _ct);
        var own = (await queries.DetailsAsync(id, _ct))!;
        Assert.Equal((true, true, 0), (own.MayChange, own.IsOwn, own.Events.Count));
        (own.Form.ToId, own.Form.Tier) = (world.LeaderMember, 2);
        await service.ChangeAsync(own.Form, _ct);
        Assert.Equal(world.LeaderMember, await database.ScalarAsync<Guid>("select receiver_id from referrals where id = $1", id));

        var stolen = (await queries.DetailsAsync(id, _ct))!.Form;
        stolen.FromId = world.Bo;
        Assert.Contains("their own slips", (await Assert.ThrowsAsync<RefusedException>(() => service.ChangeAsync(stolen, _ct))).Message, StringComparison.Ordinal);
        // The one who receives reads it and does not change it.
        await database.SqlAsync("update referrals set giver_id = $2, receiver_id = $3 where id = $1", id, world.Bo, world.Ada);
        var others = (await queries.DetailsAsync(id, _ct))!;
        Assert.False(others.MayChange);
        await Assert.ThrowsAsync<RefusedException>(() => service.ChangeAsync(others.Form, _ct));
        await database.SqlAsync("update referrals set giver_id = $2, receiver_id = $3, created_at = now() - interval '25 hours' where id = $1", id, world.Ada, world.Bo);
        var late = (await queries.DetailsAsync(id, _ct))!;
        Assert.False(late.MayChange);
        Assert.Contains("Within a day", (await Assert.ThrowsAsync<RefusedException>(() => service.ChangeAsync(late.Form, _ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_form_is_a_conflict_and_nobody_else_changes_or_reads_a_slip()
    {
        var (world, other) = (await Make.ChapterWorldAsync(database), await Make.ChapterWorldAsync(database));
        var slips = await Make.SlipsOfBoAsync(database, world);
        await using var leader = database.As(world.Leader);
        var stale = (await leader.Get<SlipChangeQueries>().DetailsAsync(slips[SlipKind.Referral], _ct))!.Form;
        await leader.Get<SlipService>().MoveAsync(slips[SlipKind.Referral], ReferralStatus.Closed, _ct);
        stale.Note = "Written meanwhile";
        await Assert.ThrowsAsync<ConflictException>(() => leader.Get<SlipChangeService>().ChangeAsync(stale, _ct));
        foreach (var person in new[] { other.Leader, world.Member, world.Host, world.Viewer })
        {
            await using var scope = database.As(person);
            Assert.Null(await scope.Get<SlipChangeQueries>().DetailsAsync(slips[SlipKind.OneToOne], _ct));
            var form = new SlipForm { Id = slips[SlipKind.OneToOne], Kind = SlipKind.OneToOne, ChapterId = world.Chapter, FromId = world.Bo, ToId = world.Ada };
            await Assert.ThrowsAsync<MissingException>(() => scope.Get<SlipChangeService>().ChangeAsync(form, _ct));
        }

        await using var committee = database.As(world.Committee);
        var read = (await committee.Get<SlipChangeQueries>().DetailsAsync(slips[SlipKind.OneToOne], _ct))!;
        Assert.Equal((false, 1), (read.MayChange, read.Events.Count));
        await Assert.ThrowsAsync<RefusedException>(() => committee.Get<SlipChangeService>().ChangeAsync(read.Form, _ct));
    }

    [Fact]
    public async Task The_form_keeps_what_was_typed_when_it_is_refused_and_saves_what_is_right()
    {
        var world = await Make.ChapterWorldAsync(database);
        var slips = await Make.SlipsOfBoAsync(database, world);
        await using var leader = database.As(world.Leader);
        await using var pages = new PageContext(leader);
        var page = pages.Render<SlipPage>(p => p.Add(x => x.Id, slips[SlipKind.OneToOne]));
        page.WaitForElement("[data-field=Note] textarea");
        Assert.Contains("entered it", page.Find(".slip-events").TextContent, StringComparison.Ordinal);
        await page.Find("[data-field=Note] textarea").ChangeAsync(new() { Value = "About windows" });
        await page.Find("[data-field=ToId] select").ChangeAsync(new() { Value = world.Bo.ToString() });
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("goes from one person to another", page.Find("form").TextContent, StringComparison.Ordinal));
        Assert.Equal("About windows", page.Find("[data-field=Note] textarea").GetAttribute("value"));
        await page.Find("[data-field=ToId] select").ChangeAsync(new() { Value = world.Ada.ToString() });
        await page.Find("form").SubmitAsync();
        var navigation = pages.Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => Assert.EndsWith("/slips", navigation.Uri, StringComparison.Ordinal));
        Assert.Equal("About windows", await database.ScalarAsync<string>("select note from one_to_ones where id = $1 and partner_id = $2", slips[SlipKind.OneToOne], world.Ada));
    }

    [Fact]
    public async Task Removed_slips_are_listed_with_their_reason_and_come_back()
    {
        var (world, other) = (await Make.ChapterWorldAsync(database), await Make.ChapterWorldAsync(database));
        var slips = await Make.SlipsOfBoAsync(database, world);
        await using var leader = database.As(world.Leader);
        foreach (var (kind, id) in slips.Where(s => s.Key != SlipKind.Visitor))
        {
            await leader.Get<SlipService>().RemoveAsync(new() { Kind = kind, Id = id, Reason = $"Twice {kind}" }, _ct);
        }

        await leader.Get<VisitorService>().RemoveAsync(slips[SlipKind.Visitor], "Did not come", _ct);
        await using var pages = new PageContext(leader);
        var page = pages.Render<RemovedSlipsPage>(p => p.Add(x => x.Id, world.Chapter));
        page.WaitForAssertion(() => Assert.Equal(6, page.FindAll("tbody tr").Count));
        Assert.Contains("Did not come", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        var row = page.FindAll("tbody tr").Single(r => r.TextContent.Contains("Twice Referral", StringComparison.Ordinal));
        Assert.Contains("Bo Castell", row.TextContent, StringComparison.Ordinal);
        Assert.Contains(world.Leader.Name, row.TextContent, StringComparison.Ordinal);
        await row.QuerySelector("button")!.ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal(5, page.FindAll("tbody tr").Count));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from referrals where id = $1 and deleted_at is null and removed_because = ''", slips[SlipKind.Referral]));

        foreach (var person in new[] { other.Leader, world.Committee, world.Member, world.Host, world.Viewer })
        {
            await using var scope = database.As(person);
            await Assert.ThrowsAnyAsync<RefusedException>(() => scope.Get<RemovedSlipQueries>().ListAsync(world.Chapter, _ct));
        }
    }

    [Fact]
    public async Task The_export_of_a_chapters_slips_holds_these_alone()
    {
        var (world, other) = (await Make.ChapterWorldAsync(database), await Make.ChapterWorldAsync(database));
        await Make.SlipsOfBoAsync(database, world);
        await Make.SlipsOfBoAsync(database, other);
        await using var admin = database.As(world.Admin);
        var list = admin.Get<SlipList>();
        list.Within = world.Chapter;
        var chapters = new HashSet<object?>();
        await list.ExportAsync(new ListRequest(), ["chapter"], row => { chapters.Add(row[0]); return ValueTask.CompletedTask; }, _ct);
        Assert.Equal(await database.ScalarAsync<string>("select name from chapters where id = $1", world.Chapter), Assert.Single(chapters));

        await using var leader = database.As(world.Leader);
        await using var pages = new PageContext(leader);
        var page = pages.Render<ChapterSlipsPage>(p => p.Add(x => x.Id, world.Chapter));
        page.WaitForAssertion(() => Assert.Equal(5, page.FindAll(".list-wide tbody tr").Count));
        await page.FindAll(".list-tools button").Single(b => b.TextContent.Contains("Export", StringComparison.Ordinal)).ClickAsync(new());
        page.WaitForAssertion(() => Assert.All(page.FindAll("a[href^='/export/']"), a => Assert.EndsWith($"&within={world.Chapter}", a.GetAttribute("href"), StringComparison.Ordinal)));
    }
}
