using Sourcing.Data.Chapters;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Reports;

/// <summary>
/// Four members in March 2025: Ada, Bo, Cleo (who joined on the 10th, brought by Ada) and Petra, who leads. Meetings on 27 February, 6 and 13 March are completed, the 20th is
/// a holiday, the 27th is planned and has a slip that does not count.
/// </summary>
internal sealed record ReportWorld(ChapterWorld World, Guid Cleo, IReadOnlyDictionary<DateOnly, Guid> Meetings)
{
    public static readonly DateOnly March = new(2025, 3, 1);

    public static readonly DateOnly Planned = new(2025, 3, 27);

    private static readonly DateOnly[] Days = [new(2025, 2, 27), new(2025, 3, 6), new(2025, 3, 13), new(2025, 3, 20), Planned];

    public Guid Chapter => World.Chapter;

    public static async Task<ReportWorld> MakeAsync(TestDatabase database, Action<ChapterForm>? more = null)
    {
        var ct = TestContext.Current.CancellationToken;
        var world = await Make.ChapterWorldAsync(database, more);
        await database.SqlAsync("update membership_terms set joined_on = '2020-01-01' where chapter_id = $1", world.Chapter);
        var cleo = await Make.MemberAsync(database, world.Leader, world.Chapter, "Cleo", "Weyn", m => (m.JoinedOn, m.SponsorId) = (new(2025, 3, 10), world.Ada));
        await using var scope = database.As(world.Leader);
        var meetings = new Dictionary<DateOnly, Guid>();
        foreach (var day in Days)
        {
            await scope.Get<MeetingService>().PlanAsync(new() { ChapterId = world.Chapter, From = day, Until = day, Weekday = MeetingService.WeekdayOf(day) }, ct);
            meetings[day] = await database.ScalarAsync<Guid>("select id from meetings where chapter_id = $1 and held_on = $2", world.Chapter, day);
        }

        var made = new ReportWorld(world, cleo, meetings);
        await made.TellAsync(scope, ct);
        await made.AttendAsync(scope, ct);
        return made;
    }

    public Task<Guid> SlipAsync(TestScope scope, SlipKind kind, int day, Guid from, Guid? to, decimal worth = 0, int month = 3, int tier = 1) => scope.Get<SlipService>().EnterAsync(new()
    {
        ChapterId = Chapter, Kind = kind, MeetingId = Meetings[new(2025, month, day)], FromId = from, ToId = to, Tier = tier, Amount = worth > 0 ? worth : null, ExternalName = to is null ? "Ines Faro" : "", ExternalChapter = to is null ? "Hillside" : "",
    }, TestContext.Current.CancellationToken);

    /// <summary>Completes what is planned: everybody was there on the 27th. The month can be closed then.</summary>
    public async Task FinishAsync(TestScope scope)
    {
        var ct = TestContext.Current.CancellationToken;
        var service = scope.Get<MeetingService>();
        await service.EnterAsync(Meetings[Planned], [.. new[] { World.Ada, World.Bo, World.LeaderMember, Cleo }.Select(m => new AttendanceEntry(m, AttendanceCode.Present))], ct);
        await service.CompleteAsync(Meetings[Planned], ct);
    }

    private async Task TellAsync(TestScope scope, CancellationToken ct)
    {
        var (ada, bo, petra) = (World.Ada, World.Bo, World.LeaderMember);
        await SlipAsync(scope, SlipKind.Referral, 6, ada, bo);
        await SlipAsync(scope, SlipKind.Referral, 6, ada, bo, tier: 2);
        await SlipAsync(scope, SlipKind.Referral, 13, bo, petra);
        await SlipAsync(scope, SlipKind.Referral, 13, ada, null);
        await SlipAsync(scope, SlipKind.Referral, 27, ada, petra);
        await SlipAsync(scope, SlipKind.Referral, 27, bo, ada, month: 2);
        await SlipAsync(scope, SlipKind.OneToOne, 6, ada, bo);
        await SlipAsync(scope, SlipKind.OneToOne, 13, ada, Cleo);
        await SlipAsync(scope, SlipKind.ClosedBusiness, 13, petra, bo, 1250);
        await SlipAsync(scope, SlipKind.ClosedBusiness, 6, petra, ada, 500.50m);
        await SlipAsync(scope, SlipKind.ClosedBusiness, 27, bo, petra, 1000, month: 2);
        foreach (var (name, kind) in new[] { ("Vera Holt", VisitorKind.Visitor), ("Nils Berg", VisitorKind.Substitute) })
        {
            await scope.Get<VisitorService>().SaveAsync(new() { ChapterId = Chapter, MeetingId = Meetings[new(2025, 3, 13)], Name = name, InviterId = ada, Kind = kind }, ct);
        }
    }

    private async Task AttendAsync(TestScope scope, CancellationToken ct)
    {
        var (ada, bo, petra) = (World.Ada, World.Bo, World.LeaderMember);
        var service = scope.Get<MeetingService>();
        await service.EnterAsync(Meetings[Days[0]], [new(ada, AttendanceCode.Present), new(bo, AttendanceCode.Present), new(petra, AttendanceCode.Present)], ct);
        await service.EnterAsync(Meetings[Days[1]], [new(ada, AttendanceCode.Present), new(bo, AttendanceCode.Absent), new(petra, AttendanceCode.Late)], ct);
        await service.EnterAsync(Meetings[Days[2]], [new(ada, AttendanceCode.Present), new(bo, AttendanceCode.Present), new(petra, AttendanceCode.Medical), new(Cleo, AttendanceCode.Substitute, "Nils Berg")], ct);
        foreach (var day in Days[..3])
        {
            await service.CompleteAsync(Meetings[day], ct);
        }

        await service.CallOffAsync(Meetings[Days[3]], true, ct);
    }
}
