using Sourcing.Data.Chapters;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Chapters.Reports;

/// <summary>
/// Ada, Bo and Petra, who leads, at two completed meetings of last month; Bo and Petra met a year ago. This month's meetings are called off, so that no month rolls in.
/// Ada gave Bo two referrals and got one, met him, and is thanked for 500. Bo was absent once.
/// </summary>
internal sealed record StandingWorld(ChapterWorld World, DateOnly LongAgo)
{
    public static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    public Guid Chapter => World.Chapter;

    public static async Task<StandingWorld> MakeAsync(TestDatabase database)
    {
        var ct = TestContext.Current.CancellationToken;
        var world = await Make.ChapterWorldAsync(database);
        var (ada, bo, petra) = (world.Ada, world.Bo, world.LeaderMember);
        await using var scope = database.As(world.Leader);
        var service = scope.Get<MeetingService>();
        for (var back = 0; back < 3; back++)
        {
            await service.CallOffAsync(await MeetingAsync(database, world, Today.AddDays(-back)), true, ct);
        }

        var lastMonth = new DateOnly(Today.Year, Today.Month, 1).AddMonths(-1);
        DateOnly[] days = [Today.AddYears(-1), lastMonth.AddDays(5), lastMonth.AddDays(12)];
        var meetings = new List<Guid>();
        foreach (var day in days)
        {
            await service.PlanAsync(new() { ChapterId = world.Chapter, From = day, Until = day, Weekday = MeetingService.WeekdayOf(day) }, ct);
            meetings.Add(await MeetingAsync(database, world, day));
        }

        async Task SlipAsync(SlipKind kind, int meeting, Guid from, Guid to, decimal? amount = null) => await scope.Get<SlipService>().EnterAsync(
            new() { ChapterId = world.Chapter, Kind = kind, MeetingId = meetings[meeting], FromId = from, ToId = to, Tier = 1, Amount = amount }, ct);
        await SlipAsync(SlipKind.OneToOne, 0, bo, petra);
        await SlipAsync(SlipKind.Referral, 1, ada, bo);
        await SlipAsync(SlipKind.Referral, 1, ada, bo);
        await SlipAsync(SlipKind.Referral, 2, bo, ada);
        await SlipAsync(SlipKind.OneToOne, 1, ada, bo);
        await SlipAsync(SlipKind.ClosedBusiness, 2, petra, ada, 500);
        for (var i = 0; i < meetings.Count; i++)
        {
            await service.EnterAsync(meetings[i], [new(ada, AttendanceCode.Present), new(bo, i == 2 ? AttendanceCode.Absent : AttendanceCode.Present), new(petra, AttendanceCode.Present)], ct);
            await service.CompleteAsync(meetings[i], ct);
        }

        return new(world, days[0]);
    }

    private static Task<Guid> MeetingAsync(TestDatabase database, ChapterWorld world, DateOnly day) =>
        database.ScalarAsync<Guid>("select id from meetings where chapter_id = $1 and held_on = $2", world.Chapter, day);
}
