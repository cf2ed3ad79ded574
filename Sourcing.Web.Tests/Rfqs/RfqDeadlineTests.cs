using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class RfqDeadlineTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_past_its_deadline_is_closed_once_and_the_buyer_told_and_the_rest_left_alone()
    {
        var buyer = await database.UserAsync(null, [Role.Buyer]);
        var (past, future, draft) = (await Make.OpenRfqAsync(database, buyer: buyer), await Make.OpenRfqAsync(database), await Make.DraftRfqAsync(database));
        await Make.PassDeadlineAsync(database, past.Id);
        await Make.PassDeadlineAsync(database, draft.Id);
        await using var system = await database.AsAsync(Role.Admin);
        await Task.WhenAll(system.Get<RfqDeadlineService>().RunAsync(_ct), system.Get<RfqDeadlineService>().RunAsync(_ct));
        Assert.Equal("closed", await StatusAsync(past.Id));
        Assert.Equal("open", await StatusAsync(future.Id));
        Assert.Equal("draft", await StatusAsync(draft.Id));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from notifications where user_id = $1", buyer.Id));
    }

    [Fact]
    public async Task The_silent_are_reminded_once_in_the_last_48_hours_and_not_on_the_day_of_their_invitation()
    {
        var made = await Make.OpenRfqAsync(database, suppliers: 2, open: TimeSpan.FromHours(47));
        await using var system = await database.AsAsync(Role.Admin);
        await system.Get<RfqDeadlineService>().RunAsync(_ct);
        Assert.Equal(0L, await RemindersAsync(made.Id));
        await database.SqlAsync("update rfq_invitations set invited_at = now() - interval '25 hours' where rfq_id = $1", made.Id);
        await database.SqlAsync("update rfq_invitations set status = 'quoted' where rfq_id = $1 and supplier_id = $2", made.Id, made.Suppliers[0]);
        await system.Get<RfqDeadlineService>().RunAsync(_ct);
        await system.Get<RfqDeadlineService>().RunAsync(_ct);
        Assert.Equal(1L, await RemindersAsync(made.Id));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from outbox_messages where entity_id = $1 and subject like 'Reminder%'", made.Id));
    }

    [Theory]
    [InlineData("2026-07-01 12:00", "Europe/Berlin", "2026-07-01T10:00Z")]
    [InlineData("2026-12-01 12:00", "Europe/Berlin", "2026-12-01T11:00Z")]
    [InlineData("2026-10-25 02:30", "Europe/Berlin", "2026-10-25T01:30Z")]
    [InlineData("2026-12-01 12:00", "Asia/Kolkata", "2026-12-01T06:30Z")]
    public void A_deadline_is_the_moment_of_its_zone_and_the_second_of_a_doubled_hour(string local, string zone, string utc)
    {
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        var moment = DeadlineMoment.Of(DateTime.Parse(local, invariant), zone);
        Assert.Equal(DateTimeOffset.Parse(utc, invariant), moment);
        Assert.Equal(DateTime.Parse(local, invariant), DeadlineMoment.Local(moment, zone));
    }

    [Theory]
    [InlineData("2026-03-29 02:30", "Europe/Berlin", "Deadline")]
    [InlineData("2026-03-29 12:30", "Europe/Atlantis", "DeadlineTimeZone")]
    public void An_hour_that_the_clocks_skip_and_a_zone_that_is_not_are_refused(string local, string zone, string field)
    {
        var refusal = Assert.Throws<RefusedException>(() => DeadlineMoment.Of(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), zone));
        Assert.Equal(field, Assert.Single(refusal.Errors).Field);
    }

    private Task<string> StatusAsync(Guid id) => database.ScalarAsync<string>("select status::text from rfqs where id = $1", id);

    private Task<long> RemindersAsync(Guid id) => database.ScalarAsync<long>("select sum(reminder_count)::bigint from rfq_invitations where rfq_id = $1", id);
}
