using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Chapters.Scoring;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Chapters.Reports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Scoring;

/// <summary>Alerts by a chapter's own rules, notes of the committee, and the chapter's own lights.</summary>
public sealed class ChapterRulesAndNotesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alerts_follow_the_rules_that_the_chapter_set()
    {
        var world = (await StandingWorld.MakeAsync(database)).World;
        await using var leader = database.As(world.Leader);
        var hints = (await leader.Get<ChapterHintQueries>().HintsAsync(world.Chapter, _ct))!;
        Assert.Equal((AlertRules.Common, true), (hints.Rules, hints.SetsRules));
        Assert.Equal([("Bo Castell", AlertLevel.FirstLetter)], hints.Alerts.Select(a => (a.Person.Name, a.Level)));

        var form = await leader.Get<ChapterAlertQueries>().FormAsync(world.Chapter, _ct);
        form.ReviewAbsences = 2;
        form.WarnsBefore = true;
        await leader.Get<ChapterAlertService>().SaveAsync(form, _ct);
        hints = (await leader.Get<ChapterHintQueries>().HintsAsync(world.Chapter, _ct))!;
        Assert.Equal([("Bo Castell", AlertLevel.Imminent)], hints.Alerts.Select(a => (a.Person.Name, a.Level)));
        await using (var committee = database.As(world.Committee))
        {
            Assert.Equal((2, false), ((await committee.Get<ChapterHintQueries>().HintsAsync(world.Chapter, _ct))!.Rules.ReviewAbsences, (await committee.Get<ChapterHintQueries>().HintsAsync(world.Chapter, _ct))!.SetsRules));
        }

        // Somebody else was faster; and figures that make no sense.
        var (stale, fresh) = (await leader.Get<ChapterAlertQueries>().FormAsync(world.Chapter, _ct), await leader.Get<ChapterAlertQueries>().FormAsync(world.Chapter, _ct));
        fresh.ReviewAbsences = 3;
        await leader.Get<ChapterAlertService>().SaveAsync(fresh, _ct);
        stale.ReviewAbsences = 5;
        await Assert.ThrowsAsync<ConflictException>(() => leader.Get<ChapterAlertService>().SaveAsync(stale, _ct));
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => leader.Get<ChapterAlertService>().SaveAsync(new() { ChapterId = world.Chapter, ReviewAbsences = 0, ReviewSubstitutes = 51 }, _ct));
        Assert.Equal(["ReviewAbsences", "ReviewSubstitutes"], refusal.Errors.Select(e => e.Field));
        foreach (var person in new[] { world.Committee, world.Member, world.Viewer, world.Host })
        {
            await using var scope = database.As(person);
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<ChapterAlertService>().SaveAsync(new() { ChapterId = world.Chapter, ReviewAbsences = 4 }, _ct));
        }

        var other = await Make.ChapterWorldAsync(database);
        await using var elsewhere = database.As(other.Leader);
        await Assert.ThrowsAsync<MissingException>(() => elsewhere.Get<ChapterAlertService>().SaveAsync(new() { ChapterId = world.Chapter, ReviewAbsences = 4 }, _ct));
    }

    [Fact]
    public async Task Committee_and_leaders_write_and_read_notes_and_nobody_else()
    {
        var (world, other) = (await Make.ChapterWorldAsync(database), await Make.ChapterWorldAsync(database));
        foreach (var (person, text) in new[] { (world.Committee, "Spoke about attendance."), (world.Leader, "Will find a substitute in May.") })
        {
            await using var scope = database.As(person);
            var form = new CommitteeNoteForm { MemberId = world.Ada, Text = text };
            // A second click is the same note.
            Assert.Equal(await scope.Get<CommitteeNoteService>().AddAsync(form, _ct), await scope.Get<CommitteeNoteService>().AddAsync(form, _ct));
        }

        foreach (var person in new[] { world.Committee, world.Leader, world.Admin })
        {
            await using var scope = database.As(person);
            var notes = (await scope.Get<CommitteeNoteQueries>().ListAsync(world.Ada, _ct))!;
            Assert.Equal([("Will find a substitute in May.", world.Leader.Name), ("Spoke about attendance.", world.Committee.Name)], notes.Select(n => (n.Text, n.Author)));
            Assert.True(TimeProvider.System.GetUtcNow() - notes[0].WrittenAt < TimeSpan.FromHours(2));
        }

        foreach (var person in new[] { world.Member, world.Viewer, world.Host, other.Leader, other.Committee })
        {
            await using var scope = database.As(person);
            Assert.Null(await scope.Get<CommitteeNoteQueries>().ListAsync(world.Ada, _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CommitteeNoteService>().AddAsync(new() { MemberId = world.Ada, Text = "x" }, _ct));
        }

        await using var committee = database.As(world.Committee);
        Assert.Equal("Text", Assert.Single((await Assert.ThrowsAsync<RefusedException>(() => committee.Get<CommitteeNoteService>().AddAsync(new() { MemberId = world.Ada, Text = "  " }, _ct))).Errors).Field);
        await using var buyer = await database.AsAsync(Role.Buyer);
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<CommitteeNoteQueries>().ListAsync(world.Ada, _ct));
    }

    [Fact]
    public async Task A_chapters_lights_are_whole_for_whoever_belongs_to_it()
    {
        var world = (await StandingWorld.MakeAsync(database)).World;
        // Vera came twice and joined at last, Nils once: 3 visits, 2 first ones, 1 who joined.
        foreach (var (name, outcome, back) in new[] { ("vera holt", "joined", 0), ("vera holt", "joined", 1), ("nils berg", "open", 0) })
        {
            await database.SqlAsync(
                "insert into visitors (id, chapter_id, meeting_id, inviter_id, name, name_key, company, profession, kind, outcome, note, removed_because) select gen_random_uuid(), chapter_id, id, $2, $3, $3, '', '', 'visitor', $4, '', '' from meetings where chapter_id = $1 and status = 'completed' order by held_on desc offset $5 limit 1",
                world.Chapter, world.Bo, name, outcome, back);
        }

        foreach (var person in new[] { world.Leader, world.Committee, world.Member })
        {
            await using var scope = database.As(person);
            var board = (await scope.Get<ChapterLightQueries>().LightsAsync(world.Chapter, _ct))!;
            var lights = board.Lights.Lights.ToDictionary(l => l.Measure);
            Assert.Equal(2, board.Meetings);
            Assert.Equal((3m, 0m, 0m), (lights[ChapterMeasure.Size].Value!.Value, lights[ChapterMeasure.Size].Points, lights[ChapterMeasure.Growth].Value!.Value));
            // 3 referrals ÷ 3 members ÷ 2 meetings; 1 of 6 was absent; 3 visits at 2 meetings; 1 of 2 first-time visitors joined.
            Assert.Equal((0.5m, 0m), (lights[ChapterMeasure.Referrals].Value!.Value, lights[ChapterMeasure.Referrals].Points));
            Assert.Equal((16.67m, 0m), (Reckon.Round(lights[ChapterMeasure.Absence].Value!.Value, 2), lights[ChapterMeasure.Absence].Points));
            Assert.Equal((1.5m, 5m), (lights[ChapterMeasure.Visitors].Value!.Value, lights[ChapterMeasure.Visitors].Points));
            Assert.Equal((50m, 15m), (lights[ChapterMeasure.Conversion].Value!.Value, lights[ChapterMeasure.Conversion].Points));
            Assert.Equal((100m, 15m), (lights[ChapterMeasure.Retention].Value!.Value, lights[ChapterMeasure.Retention].Points));
        }

        foreach (var person in new[] { world.Viewer, world.Host })
        {
            await using var scope = database.As(person);
            Assert.Null(await scope.Get<ChapterLightQueries>().LightsAsync(world.Chapter, _ct));
        }
    }
}
