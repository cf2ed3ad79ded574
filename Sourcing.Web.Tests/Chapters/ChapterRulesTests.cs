using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Common;

namespace Sourcing.Web.Tests.Chapters;

/// <summary>What the entities of the room refuse, without a database.</summary>
public sealed class ChapterRulesTests
{
    private static readonly Guid Chapter = Guid.CreateVersion7();
    private static readonly Guid Meeting = Guid.CreateVersion7();
    private static readonly DateOnly Day = new(2026, 3, 5);

    [Theory]
    [InlineData("  Ada   Lindqvist ", "ada lindqvist")]
    [InlineData("Dr. Ada Lindqvist", "ada lindqvist")]
    [InlineData("Mrs ADA LINDQVIST", "ada lindqvist")]
    [InlineData("Karl Osei Jr.", "karl osei")]
    [InlineData("Karl Osei, III", "karl osei")]
    [InlineData("Prof Dr Karl Osei", "dr karl osei")]
    [InlineData("Nil\u00e9", "nil\u00e9")]
    [InlineData("Nile\u0301", "nil\u00e9")]
    [InlineData("Dr", "dr")]
    [InlineData("", "")]
    public void Names_are_compared_by_a_key_that_spelling_habits_do_not_change(string name, string key) => Assert.Equal(key, NameKey.Of(name));

    [Fact]
    public void Accents_stay_in_the_key() => Assert.NotEqual(NameKey.Of("Jos\u00e9 Faro"), NameKey.Of("Jose Faro"));

    [Theory]
    [InlineData("Ha", "Norrholm", 4, "EUR", "Europe/Berlin", "Name")]
    [InlineData("  H  ", "Norrholm", 4, "EUR", "Europe/Berlin", "Name")]
    [InlineData("Harbour", " ", 4, "EUR", "Europe/Berlin", "Location")]
    [InlineData("Harbour", "Norrholm", 8, "EUR", "Europe/Berlin", "MeetingDay")]
    [InlineData("Harbour", "Norrholm", 4, "XXQ", "Europe/Berlin", "Currency")]
    [InlineData("Harbour", "Norrholm", 4, "EUR", "Mars/Olympus", "TimeZone")]
    public void A_chapter_refuses_what_is_not_whole(string name, string location, int day, string currency, string zone, string field)
    {
        var refusal = Assert.Throws<RefusedException>(() => new Chapter(new(name, location) { MeetingDay = day, Currency = currency, TimeZone = zone }));
        Assert.Equal(field, Assert.Single(refusal.Errors).Field);
    }

    [Fact]
    public void A_member_is_active_from_the_day_of_joining_until_before_the_day_of_leaving_each_time()
    {
        var member = new Member(Chapter, new("Ada", "Lindqvist"));
        member.Join(new(2025, 1, 9));
        Assert.Throws<RefusedException>(() => member.Join(new(2025, 6, 1)));
        Assert.Throws<RefusedException>(() => member.Leave(new(2025, 1, 9)));
        member.Leave(new(2025, 7, 1));
        Assert.Throws<RefusedException>(() => member.Leave(new(2025, 8, 1)));
        Assert.Throws<RefusedException>(() => member.Join(new(2025, 6, 30)));
        member.Join(new(2025, 7, 1));
        member.Leave(new(2025, 9, 1));
        member.Join(new(2026, 1, 8));
        foreach (var (day, active) in new[]
        {
            (new DateOnly(2025, 1, 8), false), (new(2025, 1, 9), true), (new(2025, 6, 30), true), (new(2025, 7, 1), true), (new(2025, 8, 31), true), (new(2025, 9, 1), false), (new(2026, 1, 7), false), (new(2026, 1, 8), true),
        })
        {
            Assert.Equal(active, member.IsActiveOn(day));
        }
    }

    [Fact]
    public void A_substitute_has_a_name_and_only_a_substitute()
    {
        var meeting = new Meeting(Chapter, Day);
        var member = Guid.CreateVersion7();
        Assert.Equal("Substitute", Assert.Single(Assert.Throws<RefusedException>(() => meeting.Enter([(member, AttendanceCode.Substitute, " ", false)])).Errors).Field);
        meeting.Enter([(member, AttendanceCode.Substitute, " Nils  Berg ", true)]);
        var entry = Assert.Single(meeting.Attendances);
        Assert.Equal(("Nils Berg", true), (entry.Substitute, entry.LeftEarly));
        meeting.Enter([(member, AttendanceCode.Absent, "Nils Berg", true)]);
        Assert.Equal(("", false), (entry.Substitute, entry.LeftEarly));
        Assert.Single(meeting.Enter([(member, null, "", false)]));
        Assert.Empty(meeting.Attendances);
    }

    [Fact]
    public void A_meeting_is_completed_when_everybody_has_a_code_and_the_day_has_come()
    {
        var meeting = new Meeting(Chapter, Day);
        Assert.Contains("Ada, Bo, Cy, Di and 1 more", Assert.Throws<RefusedException>(() => meeting.Complete(Day, ["Ada", "Bo", "Cy", "Di", "Ed"])).Message, StringComparison.Ordinal);
        Assert.Throws<RefusedException>(() => meeting.Complete(Day.AddDays(-1), []));
        meeting.Complete(Day, []);
        Assert.Throws<RefusedException>(() => meeting.Complete(Day, []));
        Assert.Throws<RefusedException>(() => meeting.Enter([]));
        meeting.Reopen();
        Assert.Equal(MeetingStatus.Draft, meeting.Status);
        Assert.Throws<RefusedException>(() => meeting.CallOff(true, 1));
        meeting.CallOff(true, 0);
        Assert.False(meeting.TakesEntries);
        meeting.Reopen();
        Assert.Equal(MeetingStatus.Planned, meeting.Status);
        Assert.Throws<RefusedException>(meeting.Reopen);
    }

    [Fact]
    public void A_slip_goes_between_two_people_of_whom_one_is_a_member()
    {
        var (ada, bo, one, two) = (Party.Home(Guid.CreateVersion7()), Party.Home(Guid.CreateVersion7()), Party.Outside(Guid.CreateVersion7()), Party.Outside(Guid.CreateVersion7()));
        foreach (var (from, to) in new[] { (ada, ada), (one, two), (default, ada), (ada, default), (new Party(Guid.CreateVersion7(), Guid.CreateVersion7()), ada) })
        {
            Assert.Throws<RefusedException>(() => new Referral(Chapter, Meeting, from, to, 1, ""));
            Assert.Throws<RefusedException>(() => new OneToOne(Chapter, Meeting, from, to, "", ""));
        }

        Assert.Throws<RefusedException>(() => new Referral(Chapter, Meeting, ada, bo, 3, ""));
        Assert.Equal(one.ExternalId, new Referral(Chapter, Meeting, one, bo, 2, "").GiverExternalId);
        Assert.Equal(two.ExternalId, new OneToOne(Chapter, Meeting, ada, two, "", "").PartnerExternalId);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(10.005, 1)]
    [InlineData(10, 4)]
    [InlineData(1e12, 1)]
    public void Closed_business_has_an_amount_and_a_tier(double amount, int tier) =>
        Assert.Throws<RefusedException>(() => new ClosedBusiness(Chapter, Meeting, Party.Home(Guid.CreateVersion7()), (decimal)amount, "EUR", tier, true, ""));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1000)]
    [InlineData(0.125)]
    public void Credits_are_above_zero(double credits) => Assert.Throws<RefusedException>(() => new EducationUnit(Chapter, Meeting, Guid.CreateVersion7(), (decimal)credits, ""));

    [Fact]
    public void A_slip_is_removed_with_a_reason()
    {
        var slip = new Referral(Chapter, Meeting, Party.Home(Guid.CreateVersion7()), Party.Home(Guid.CreateVersion7()), 1, "");
        Assert.Throws<RefusedException>(() => slip.Remove("  "));
        slip.Remove("Entered twice");
        Assert.Equal("Entered twice", slip.RemovedBecause);
    }

    [Theory]
    [InlineData(9, 1, 2, 3, 0.8)] // (9 + 1 + 2) / (9 + 1 + 2 + 3) = 12 / 15
    [InlineData(0, 0, 0, 4, 0.0)]
    public void Attendance_is_the_share_of_those_expected_who_came_or_were_stood_in_for(int present, int late, int substituted, int absent, double share) =>
        Assert.Equal((decimal)share, MonthFigures.AttendanceOf(present, late, substituted, absent));

    [Fact]
    public void Attendance_of_nobody_is_nothing() => Assert.Null(MonthFigures.AttendanceOf(0, 0, 0, 0));
}
