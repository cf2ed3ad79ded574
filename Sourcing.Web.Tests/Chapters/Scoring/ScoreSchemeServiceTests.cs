using System.Text.Json;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Chapters.Reports;
using Sourcing.Data.Chapters.Scoring;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Chapters.Reports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Scoring;

/// <summary>Schemes as data: what a database begins with, copies, versions, who is scored by what from when on.</summary>
public sealed class ScoreSchemeServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_begins_with_the_listed_schemes_and_Global_2025_as_the_standard()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var board = (await admin.Get<ScoreSchemeQueries>().BoardAsync(null, _ct))!;
        var listed = board.Schemes.Where(s => s.ChapterId is null && s.Activated.Length == 0).ToDictionary(s => s.Scheme.Key, s => s.Scheme);
        foreach (var scheme in Schemes.All)
        {
            var kept = listed[scheme.Key];
            Assert.Equal((scheme.Name, scheme.Version, scheme.Bands), (kept.Name, kept.Version, kept.Bands));
            Assert.Equal(JsonSerializer.Serialize(scheme.Rules), JsonSerializer.Serialize(kept.Rules));
        }

        Assert.Equal((new DateOnly(2000, 1, 1), "Global 2025 v1"), board.Choices.Where(c => c.ChapterId is null).Select(c => (c.FromMonth, c.Title)).Last());
    }

    [Fact]
    public async Task A_chapters_own_scheme_scores_from_its_month_on_and_months_before_keep_theirs()
    {
        var world = await Make.ChapterWorldAsync(database);
        var draft = await SchemeWorld.DraftAsync(database, world.Leader, world.Chapter);
        await using var leader = database.As(world.Leader);
        var reports = leader.Get<ChapterReportQueries>();
        Assert.Equal("Global 2025", (await reports.ReportAsync(world.Chapter, SchemeWorld.Running, _ct))!.Lights.Scheme.Name);
        await SchemeWorld.UseAsync(database, world.Leader, draft, world.Chapter, SchemeWorld.Running);

        var now = (await reports.ReportAsync(world.Chapter, SchemeWorld.Running, _ct))!.Lights;
        Assert.Equal((draft, "Our own", 25m), (now.SchemeId, now.Scheme.Name, now.Scheme.Rules[3].Most));
        Assert.Equal("Global 2025", (await reports.ReportAsync(world.Chapter, SchemeWorld.Running.AddMonths(-1), _ct))!.Lights.Scheme.Name);
        Assert.Equal(draft, (await leader.Get<MemberStandingQueries>().OfAsync(world.Ada, _ct))!.SchemeId);
        var board = (await leader.Get<ScoreSchemeQueries>().BoardAsync(world.Chapter, _ct))!;
        Assert.Equal(("Our own", true), (board.InForce!.Scheme.Name, board.InForce.IsChosen));
        Assert.Equal(SchemeStatus.Active, board.Schemes.Single(s => s.ChapterId == world.Chapter).Status);

        // Another choice for the same month takes its place.
        await SchemeWorld.UseAsync(database, world.Leader, await SchemeWorld.NetworkAsync(database, "taiwan"), world.Chapter, SchemeWorld.Running);
        Assert.Equal("Taiwan, six items", (await reports.ReportAsync(world.Chapter, SchemeWorld.Running, _ct))!.Lights.Scheme.Name);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from chapter_scheme_choices where chapter_id = $1", world.Chapter));
    }

    [Fact]
    public async Task An_active_version_is_never_changed_whoever_asks_and_a_change_is_a_new_version()
    {
        var world = await Make.ChapterWorldAsync(database);
        var first = await SchemeWorld.DraftAsync(database, world.Leader, world.Chapter);
        await using var leader = database.As(world.Leader);
        var form = await leader.Get<ScoreSchemeQueries>().FormAsync(first, _ct);
        await SchemeWorld.UseAsync(database, world.Leader, first, world.Chapter, SchemeWorld.Running);
        Assert.Contains("Make a new version", (await Assert.ThrowsAsync<RefusedException>(() => leader.Get<ScoreSchemeService>().SaveAsync(form, _ct))).Message, StringComparison.Ordinal);
        Assert.Contains("Make a new version", (await Assert.ThrowsAsync<RefusedException>(() => leader.Get<ScoreSchemeService>().DiscardAsync(first, _ct))).Message, StringComparison.Ordinal);
        foreach (var sql in new[] { "update score_schemes set green = 60 where id = $1", "update score_schemes set status = 'draft', activated_at = null where id = $1", "delete from score_schemes where id = $1" })
        {
            Assert.Contains("Make a new version", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => database.SqlAsync(sql, first))).MessageText, StringComparison.Ordinal);
        }

        var key = Guid.CreateVersion7();
        var second = await leader.Get<ScoreSchemeService>().NextVersionAsync(key, first, _ct);
        Assert.Equal(second, await leader.Get<ScoreSchemeService>().NextVersionAsync(key, first, _ct));
        Assert.Contains("Version 2 of Our own is a draft already", (await Assert.ThrowsAsync<RefusedException>(() => leader.Get<ScoreSchemeService>().NextVersionAsync(Guid.CreateVersion7(), first, _ct))).Message, StringComparison.Ordinal);
        var row = (await leader.Get<ScoreSchemeQueries>().DetailsAsync(second, _ct))!.Row;
        Assert.Equal(("Our own v2", SchemeStatus.Draft), (row.Title, row.Status));
        await leader.Get<ScoreSchemeService>().DiscardAsync(second, _ct);
        Assert.Null(await leader.Get<ScoreSchemeQueries>().DetailsAsync(second, _ct));

        await leader.Get<ScoreSchemeService>().RetireAsync(first, _ct);
        Assert.Contains("retired", (await Assert.ThrowsAsync<RefusedException>(() => SchemeWorld.UseAsync(database, world.Leader, first, world.Chapter, SchemeWorld.Running.AddMonths(1)))).Message, StringComparison.Ordinal);
        // It stays in force where it was chosen.
        Assert.Equal("Our own", (await leader.Get<ChapterReportQueries>().ReportAsync(world.Chapter, SchemeWorld.Running, _ct))!.Lights.Scheme.Name);
    }

    [Fact]
    public async Task Faults_are_named_at_their_fields_and_nothing_is_saved()
    {
        var world = await Make.ChapterWorldAsync(database);
        var draft = await SchemeWorld.DraftAsync(database, world.Leader, world.Chapter);
        await using var leader = database.As(world.Leader);
        var form = await leader.Get<ScoreSchemeQueries>().FormAsync(draft, _ct);
        form.Rules[0].Steps[1].Points = 10;
        form.Rules[0].Steps[0].Threshold = 101;
        form.Green = 500;
        form.Rules.Add(new() { Measure = Measure.Visitors });
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => leader.Get<ScoreSchemeService>().SaveAsync(form, _ct));
        Assert.Equal(["Green", "Rules[0].Steps[0].Points", "Rules[0].Steps[0].Threshold", "Rules[7].Measure", "Rules[7].Steps"], refusal.Errors.Select(e => e.Field).Order(StringComparer.Ordinal));

        form = await leader.Get<ScoreSchemeQueries>().FormAsync(draft, _ct);
        Assert.Equal(70, form.Green);
        form.Rules[0].Steps[0].Points = null;
        refusal = await Assert.ThrowsAsync<RefusedException>(() => leader.Get<ScoreSchemeService>().SaveAsync(form, _ct));
        Assert.Equal([new FieldError("Rules[0].Steps[0].Points", "Type the points.")], refusal.Errors);
        Assert.Contains("already", (await Assert.ThrowsAsync<RefusedException>(() => SchemeWorld.DraftAsync(database, world.Leader, world.Chapter, "our OWN"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaders_choose_from_the_running_month_on_admins_earlier_and_nobody_where_points_are_kept()
    {
        var made = await StandingWorld.MakeAsync(database);
        var world = made.World;
        var (last, taiwan) = (SchemeWorld.Running.AddMonths(-1), await SchemeWorld.NetworkAsync(database, "taiwan"));
        Assert.Contains("running month", (await Assert.ThrowsAsync<RefusedException>(() => SchemeWorld.UseAsync(database, world.Leader, taiwan, world.Chapter, last))).Message, StringComparison.Ordinal);
        Assert.Contains("Choose a month from", (await Assert.ThrowsAsync<RefusedException>(() => SchemeWorld.UseAsync(database, world.Leader, taiwan, world.Chapter, SchemeWorld.Running.AddMonths(30)))).Message, StringComparison.Ordinal);
        await using (var leader = database.As(world.Leader))
        {
            Assert.Contains("not a month", (await Assert.ThrowsAsync<RefusedException>(() => leader.Get<ScoreSchemeService>().UseAsync(new() { SchemeId = taiwan, ChapterId = world.Chapter, FromMonth = "soon" }, _ct))).Message, StringComparison.Ordinal);
        }

        await SchemeWorld.UseAsync(database, world.Admin, taiwan, world.Chapter, last);
        await SchemeWorld.StoreAsync(database, world.Leader, world.Chapter, last);
        var global = await SchemeWorld.NetworkAsync(database);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => SchemeWorld.UseAsync(database, world.Admin, global, world.Chapter, last));
        Assert.Contains("are kept as they were given", refusal.Message, StringComparison.Ordinal);
        await SchemeWorld.UseAsync(database, world.Leader, global, world.Chapter, SchemeWorld.Running);
    }

    [Fact]
    public async Task The_networks_schemes_are_an_admins_and_the_standard_holds_where_nothing_is_chosen()
    {
        var (world, other) = (await Make.ChapterWorldAsync(database), await Make.ChapterWorldAsync(database));
        await SchemeWorld.UseAsync(database, other.Leader, await SchemeWorld.NetworkAsync(database, "legacy"), other.Chapter, SchemeWorld.Running);
        await using var admin = database.As(world.Admin);
        var (queries, service) = (admin.Get<ScoreSchemeQueries>(), admin.Get<ScoreSchemeService>());
        var draft = await service.CopyAsync(new() { FromId = await SchemeWorld.NetworkAsync(database, "hong-kong"), Name = $"Region {Guid.CreateVersion7():N}" }, _ct);
        var legacy = await SchemeWorld.NetworkAsync(database, "legacy");
        await using (var leader = database.As(world.Leader))
        {
            // Of a draft of the network nobody else knows, and a leader writes nothing of the network.
            Assert.Null(await leader.Get<ScoreSchemeQueries>().DetailsAsync(draft, _ct));
            await Assert.ThrowsAsync<DeniedException>(() => leader.Get<ScoreSchemeService>().CopyAsync(new() { FromId = legacy, Name = "Mine for all" }, _ct));
            await Assert.ThrowsAsync<DeniedException>(() => leader.Get<ScoreSchemeService>().RetireAsync(legacy, _ct));
            await Assert.ThrowsAsync<DeniedException>(() => leader.Get<ScoreSchemeService>().UseAsync(new() { SchemeId = legacy, FromMonth = SchemeWorld.Month(SchemeWorld.Running) }, _ct));
        }

        await service.PublishAsync(draft, _ct);
        var from = SchemeWorld.Running.AddMonths(2);
        await SchemeWorld.UseAsync(database, world.Admin, draft, null, from);
        Assert.Contains("standard", (await Assert.ThrowsAsync<RefusedException>(() => service.RetireAsync(draft, _ct))).Message, StringComparison.Ordinal);
        var name = (await queries.DetailsAsync(draft, _ct))!.Row.Scheme.Name;
        var inForce = await admin.Get<Database>().ReadAsync(async (db, ct) =>
        {
            var found = new List<string>();
            foreach (var (chapter, month) in new[] { (world.Chapter, from.AddMonths(-1)), (world.Chapter, from), (other.Chapter, from) })
            {
                found.Add((await ChapterSchemes.SchemeInForceAsync(db, chapter, month, ct)).Scheme.Name);
            }

            return found;
        }, _ct);
        Assert.Equal(["Global 2025", name, "Legacy, seven items"], inForce);
        await SchemeWorld.UseAsync(database, world.Admin, await SchemeWorld.NetworkAsync(database), null, from);
    }

    [Fact]
    public async Task Every_seat_reads_and_writes_what_is_its_own_and_nothing_more()
    {
        var (world, other) = (await Make.ChapterWorldAsync(database), await Make.ChapterWorldAsync(database));
        var (draft, used) = (await SchemeWorld.DraftAsync(database, world.Leader, world.Chapter), await SchemeWorld.DraftAsync(database, world.Leader, world.Chapter, "Used"));
        await SchemeWorld.UseAsync(database, world.Leader, used, world.Chapter, SchemeWorld.Running);
        await using (var committee = database.As(world.Committee))
        {
            Assert.Equal("Our own", (await committee.Get<ScoreSchemeQueries>().DetailsAsync(draft, _ct))!.Row.Scheme.Name);
            Assert.False((await committee.Get<ScoreSchemeQueries>().DetailsAsync(draft, _ct))!.Row.Writes);
        }

        await using (var member = database.As(world.Member))
        {
            var board = (await member.Get<ScoreSchemeQueries>().BoardAsync(world.Chapter, _ct))!;
            // What scores them, and what did or would without a choice; neither drafts nor what others could choose.
            Assert.Equal(["Global 2025 v1", "Used v1"], board.Schemes.Select(s => s.Title).Order());
            Assert.NotNull(await member.Get<ScoreSchemeQueries>().DetailsAsync(used, _ct));
            Assert.Null(await member.Get<ScoreSchemeQueries>().DetailsAsync(draft, _ct));
        }

        foreach (var person in new[] { world.Host, world.Viewer })
        {
            await using var scope = database.As(person);
            Assert.Null(await scope.Get<ScoreSchemeQueries>().BoardAsync(world.Chapter, _ct));
            Assert.Null(await scope.Get<ScoreSchemeQueries>().BoardAsync(null, _ct));
            Assert.Null(await scope.Get<ScoreSchemeQueries>().DetailsAsync(used, _ct));
        }

        foreach (var person in new[] { world.Committee, world.Member, world.Viewer, world.Host })
        {
            await using var scope = database.As(person);
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<ScoreSchemeService>().DiscardAsync(draft, _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<ScoreSchemeService>().CopyAsync(new() { FromId = used, ChapterId = world.Chapter, Name = "Mine" }, _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<ScoreSchemeQueries>().FormAsync(draft, _ct));
        }

        var network = await SchemeWorld.NetworkAsync(database);
        await using (var leader = database.As(other.Leader))
        {
            Assert.Null(await leader.Get<ScoreSchemeQueries>().DetailsAsync(used, _ct));
            await Assert.ThrowsAsync<MissingException>(() => leader.Get<ScoreSchemeService>().RetireAsync(used, _ct));
            await Assert.ThrowsAsync<MissingException>(() => leader.Get<ScoreSchemeService>().UseAsync(new() { SchemeId = used, ChapterId = other.Chapter, FromMonth = SchemeWorld.Month(SchemeWorld.Running) }, _ct));
            await Assert.ThrowsAsync<MissingException>(() => leader.Get<ScoreSchemeService>().CopyAsync(new() { FromId = network, ChapterId = world.Chapter, Name = "Theirs" }, _ct));
        }

        await using var buyer = await database.AsAsync(Role.Buyer);
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<ScoreSchemeQueries>().BoardAsync(null, _ct));
    }

    [Fact]
    public async Task A_viewers_report_prints_the_rules_in_force()
    {
        var world = await Make.ChapterWorldAsync(database);
        await SchemeWorld.UseAsync(database, world.Leader, await SchemeWorld.NetworkAsync(database, "taiwan"), world.Chapter, SchemeWorld.Running);
        await using var viewer = database.As(world.Viewer);
        Assert.Equal("Taiwan, six items", (await viewer.Get<ChapterReportQueries>().ReportAsync(world.Chapter, SchemeWorld.Running, _ct))!.Lights.Scheme.Name);
    }
}
