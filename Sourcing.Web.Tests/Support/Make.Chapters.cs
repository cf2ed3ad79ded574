using Npgsql;
using Sourcing.Data.Chapters;
using Sourcing.Data.Common;

namespace Sourcing.Web.Tests.Support;

/// <summary>A chapter with somebody in every seat, meetings around today, and three members: the leader, Ada (who signs in) and Bo (who does not).</summary>
public sealed record ChapterWorld(
    UserIdentity Admin, UserIdentity Leader, UserIdentity Committee, UserIdentity Host, UserIdentity Member, UserIdentity Viewer, Guid Chapter, Guid LeaderMember, Guid Ada, Guid Bo, Guid Meeting)
{
    /// <summary>Everybody with a seat.</summary>
    public IEnumerable<UserIdentity> Seated => [Leader, Committee, Host, Member, Viewer];
}

public static partial class Make
{
    /// <summary>A chapter of its own, met every day of the last week.</summary>
    public static async Task<ChapterWorld> ChapterWorldAsync(TestDatabase database, Action<ChapterForm>? more = null)
    {
        var admin = await database.UserAsync(null, [Role.Admin]);
        var people = new List<UserIdentity>();
        foreach (var role in new[] { Role.ChapterLeader, Role.ChapterMember, Role.ChapterMember, Role.ChapterMember, Role.ChapterMember })
        {
            people.Add(await database.UserAsync(null, [role]));
        }

        await using var scope = database.As(admin);
        var form = new ChapterForm { Name = $"Harbour {Guid.CreateVersion7():N}", Location = "Norrholm", TimeZone = "UTC" };
        more?.Invoke(form);
        var chapter = await scope.Get<ChapterService>().SaveAsync(form, Ct);
        ChapterOffice[] offices = [ChapterOffice.Leader, ChapterOffice.Committee, ChapterOffice.Host, ChapterOffice.Member, ChapterOffice.Viewer];
        for (var i = 0; i < people.Count; i++)
        {
            await scope.Get<SeatService>().GiveAsync(new() { ChapterId = chapter, Email = $"{people[i].Id}@example.test", Office = offices[i] }, Ct);
        }

        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var leader = await MemberAsync(database, admin, chapter, "Petra", "Almq", m => m.Account = $"{people[0].Id}@example.test");
        var ada = await MemberAsync(database, admin, chapter, "Ada", "Lindqvist", m => (m.Account, m.Email, m.Phone) = ($"{people[3].Id}@example.test", "ada@lind.example", "+00 555 1"));
        var bo = await MemberAsync(database, admin, chapter, "Bo", "Castell", m => m.Email = "bo@castell.example");
        for (var back = 0; back < 3; back++)
        {
            await scope.Get<MeetingService>().PlanAsync(new() { ChapterId = chapter, From = today.AddDays(-back), Until = today.AddDays(-back), Weekday = MeetingService.WeekdayOf(today.AddDays(-back)) }, Ct);
        }

        var meeting = await database.ScalarAsync<Guid>("select id from meetings where chapter_id = $1 and held_on = $2", chapter, today);
        return new(admin, people[0], people[1], people[2], people[3], people[4], chapter, leader, ada, bo, meeting);
    }

    /// <summary>Asks or changes by SQL on a person's own login, in a transaction that is not kept.</summary>
    /// <typeparam name="T">int: how many rows a statement changed; else what it gives.</typeparam>
    public static async Task<T> AsAsync<T>(this TestDatabase database, UserIdentity person, string sql)
    {
        await using var connection = await database.Sources.For(person.Access).OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using (var begin = new NpgsqlCommand("select app.begin($1)", connection) { Parameters = { new() { Value = person.SessionToken } } })
        {
            await begin.ExecuteNonQueryAsync(Ct);
        }

        await using var command = new NpgsqlCommand(sql, connection);
        return typeof(T) == typeof(int) ? (T)(object)await command.ExecuteNonQueryAsync(Ct) : (T)(await command.ExecuteScalarAsync(Ct))!;
    }

    /// <summary>A member who joined two years ago.</summary>
    public static async Task<Guid> MemberAsync(TestDatabase database, UserIdentity by, Guid chapter, string first, string last, Action<MemberForm>? more = null)
    {
        await using var scope = database.As(by);
        var form = new MemberForm { ChapterId = chapter, FirstName = first, LastName = last, Business = $"{last} Works", JoinedOn = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddYears(-2) };
        more?.Invoke(form);
        return await scope.Get<MemberService>().SaveAsync(form, Ct);
    }

    /// <summary>Completes today's meeting with all three members present.</summary>
    public static async Task CompletedAsync(TestDatabase database, ChapterWorld world)
    {
        await using var scope = database.As(world.Leader);
        var service = scope.Get<MeetingService>();
        await service.EnterAsync(world.Meeting, [new(world.Ada, AttendanceCode.Present), new(world.Bo, AttendanceCode.Present), new(world.LeaderMember, AttendanceCode.Present)], Ct);
        await service.CompleteAsync(world.Meeting, Ct);
    }

    /// <summary>One slip of every kind, entered by the leader: Bo gives to the leader, meets them, is thanked (the leader writes it for Ada), learns, praises the leader, and brings a visitor.</summary>
    public static async Task<IReadOnlyDictionary<SlipKind, Guid>> SlipsOfBoAsync(TestDatabase database, ChapterWorld world)
    {
        await using var scope = database.As(world.Leader);
        var slips = new Dictionary<SlipKind, Guid>();
        foreach (var (kind, to) in new[] { (SlipKind.Referral, world.LeaderMember), (SlipKind.OneToOne, world.LeaderMember), (SlipKind.ClosedBusiness, world.Bo), (SlipKind.Education, world.Bo), (SlipKind.Testimonial, world.LeaderMember) })
        {
            slips[kind] = await scope.Get<SlipService>().EnterAsync(new()
            {
                ChapterId = world.Chapter, Kind = kind, FromId = kind == SlipKind.ClosedBusiness ? world.Ada : world.Bo, ToId = to, Amount = 1250, Credits = 1.5m, Note = $"Of Bo {kind}", MeetingId = world.Meeting,
            }, Ct);
        }

        await scope.Get<VisitorService>().SaveAsync(new() { ChapterId = world.Chapter, MeetingId = world.Meeting, Name = "Vera Holt", InviterId = world.Bo }, Ct);
        slips[SlipKind.Visitor] = await database.ScalarAsync<Guid>("select id from visitors where chapter_id = $1", world.Chapter);
        return slips;
    }
}
