using Bunit;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Portal;
using Sourcing.Web.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

/// <summary>An RFQ that is held and goes on, deadlines that move with a reason, and reminders at the moments that the settings name.</summary>
public sealed class PauseTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_it_is_paused_the_server_takes_no_answer_and_suppliers_know_why_and_it_goes_on_until_a_later_deadline()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2);
        var made = await Make.SubmittedQuoteAsync(database, rfq);
        await using var buyer = database.As(rfq.Buyer);
        var service = buyer.Get<RfqService>();
        await service.PauseAsync(new() { Id = rfq.Id, Reason = "The drawing is being revised." }, _ct);
        Assert.Contains("is paused", (await Assert.ThrowsAsync<RefusedException>(() => Make.SubmittedQuoteAsync(database, rfq, as_: made.Supplier))).Message, StringComparison.Ordinal);
        Assert.Contains("is paused", (await Assert.ThrowsAsync<RefusedException>(() => Make.DraftQuoteAsync(database, rfq, 1))).Message, StringComparison.Ordinal);
        Assert.Equal(2L, await MailsAsync(rfq, "%is paused%", "%The drawing is being revised.%"));
        await using var supplier = database.As(made.Supplier);
        var fault = await Assert.ThrowsAsync<RefusedException>(() => supplier.Get<Database>().WriteAsync(
            (db, ct) => Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(db.Database, "update quotes set notes = 'by hand'", ct), _ct));
        Assert.Contains("no longer open for quotes", fault.Message, StringComparison.Ordinal);
        await using (var page = new PageContext(supplier))
        {
            var cut = page.Render<PortalRfqPage>(p => p.Add(r => r.Id, rfq.Id));
            cut.WaitForAssertion(() => Assert.Contains("Reason: The drawing is being revised.", cut.Markup, StringComparison.Ordinal));
            Assert.DoesNotContain("Revise quote", cut.Markup, StringComparison.Ordinal);
        }

        // The board keeps it in sight, and the job lets it be when its deadline passes.
        Assert.Contains((await buyer.Get<RfqQueries>().BoardAsync(new(BuyerId: rfq.Buyer.Id), _ct)).Lanes.Single(l => l.Status == RfqStatus.Open).Cards, c => c.Id == rfq.Id && c.Status == RfqStatus.Paused);
        await Make.PassDeadlineAsync(database, rfq.Id);
        await using var system = await database.AsAsync(Role.Admin);
        await system.Get<RfqDeadlineService>().RunAsync(_ct);
        Assert.Equal("paused", await StatusAsync(rfq));

        Assert.Contains("has passed", (await Assert.ThrowsAsync<RefusedException>(() => service.ResumeAsync(new() { Id = rfq.Id, Deadline = new(2020, 1, 1), DeadlineTimeZone = "UTC" }, _ct))).Message, StringComparison.Ordinal);
        await service.ResumeAsync(new() { Id = rfq.Id, Deadline = new(2099, 7, 1, 12, 0, 0), DeadlineTimeZone = "Europe/Berlin" }, _ct);
        Assert.Equal("open", await StatusAsync(rfq));
        Assert.Equal(2L, await MailsAsync(rfq, "%goes on, until Wed 1 Jul 2099, 12:00 (Europe/Berlin)", "%"));
        await Make.SubmittedQuoteAsync(database, rfq, as_: made.Supplier, price: 3);
        Assert.Equal(2, await database.ScalarAsync<int>("select revision from quotes where id = $1", made.Id));
    }

    [Fact]
    public async Task Pausing_needs_an_open_RFQ_and_a_reason_and_the_deadline_that_was_told_does_not_come_nearer()
    {
        var (open, closed) = (await Make.OpenRfqAsync(database), await Make.ClosedRfqAsync(database));
        await using var buyer = await database.AsAsync(Role.Buyer);
        var service = buyer.Get<RfqService>();
        async Task<string> RefusalAsync(Func<Task> act) => (await Assert.ThrowsAnyAsync<RefusedException>(act)).Message;
        Assert.Contains("Only an open RFQ can be paused", await RefusalAsync(() => service.PauseAsync(new() { Id = closed.Id, Reason = "x" }, _ct)), StringComparison.Ordinal);
        Assert.Contains("Say why it is paused", await RefusalAsync(() => service.PauseAsync(new() { Id = open.Id }, _ct)), StringComparison.Ordinal);
        Assert.Contains("only a paused one can be resumed", await RefusalAsync(() => service.ResumeAsync(new() { Id = open.Id, Deadline = new(2099, 1, 1) }, _ct)), StringComparison.Ordinal);
        await service.PauseAsync(new() { Id = open.Id, Reason = "Wait" }, _ct);
        var sooner = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(2);
        Assert.Contains("told a later deadline", await RefusalAsync(() => service.ResumeAsync(new() { Id = open.Id, Deadline = sooner, DeadlineTimeZone = "UTC" }, _ct)), StringComparison.Ordinal);
        Assert.Contains("Resume it", await RefusalAsync(() => service.ExtendDeadlineAsync(new() { Id = open.Id, Deadline = new(2099, 1, 1), Reason = "x" }, _ct)), StringComparison.Ordinal);
        await service.CloseAsync(new() { Id = open.Id }, _ct);
        Assert.Equal("closed", await StatusAsync(open));
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await Assert.ThrowsAsync<DeniedException>(() => reader.Get<RfqService>().PauseAsync(new() { Id = open.Id, Reason = "x" }, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => reader.Get<RfqService>().ResumeAsync(new() { Id = open.Id, Deadline = new(2099, 1, 1) }, _ct));
    }

    [Fact]
    public async Task A_deadline_moves_with_a_reason_that_everybody_reads_and_the_history_keeps()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await using var buyer = database.As(rfq.Buyer);
        var service = buyer.Get<RfqService>();
        var without = await Assert.ThrowsAsync<RefusedException>(() => service.ExtendDeadlineAsync(new() { Id = rfq.Id, Deadline = new(2099, 1, 1) }, _ct));
        Assert.Equal(["Reason"], without.Errors.Select(e => e.Field));
        await service.ExtendDeadlineAsync(new() { Id = rfq.Id, Deadline = new(2099, 1, 1), Reason = "A holiday lies before it." }, _ct);
        Assert.Equal(1L, await MailsAsync(rfq, "%new deadline%", "%A holiday lies before it.%"));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from audit_entries where record_id = $1 and new_values ->> 'deadline_reason' = 'A holiday lies before it.'", rfq.Id));
        await using var supplier = await database.AsAsync(rfq.Suppliers[0], Role.Supplier);
        await using var page = new PageContext(supplier);
        var cut = page.Render<PortalRfqPage>(p => p.Add(r => r.Id, rfq.Id));
        cut.WaitForAssertion(() => Assert.Contains("A holiday lies before it.", cut.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_silent_are_reminded_once_at_each_moment_that_the_settings_name()
    {
        await database.SqlAsync("update company_settings set reminder_hours = '72, 24'");
        var made = await Make.OpenRfqAsync(database, suppliers: 1, open: TimeSpan.FromHours(71));
        await database.SqlAsync("update rfq_invitations set invited_at = now() - interval '5 days' where rfq_id = $1", made.Id);
        await RunTwiceAsync();
        Assert.Equal(1, await RemindersAsync(made));
        // A day before, again once; the earlier reminder was long ago by then.
        await database.SqlAsync("update rfqs set deadline = now() + interval '20 hours' where id = $1", made.Id);
        await database.SqlAsync("update rfq_invitations set last_reminded_at = now() - interval '30 hours' where rfq_id = $1", made.Id);
        await RunTwiceAsync();
        Assert.Equal(2, await RemindersAsync(made));
        await database.SqlAsync("update company_settings set reminder_hours = ''");
        await database.SqlAsync("update rfq_invitations set last_reminded_at = null where rfq_id = $1", made.Id);
        await RunTwiceAsync();
        Assert.Equal(2, await RemindersAsync(made));
    }

    [Theory]
    [InlineData("72, 24", "72, 24")]
    [InlineData("24;24 48", "24, 48")]
    [InlineData("", "")]
    [InlineData("two days", null)]
    [InlineData("0", null)]
    [InlineData("400", null)]
    [InlineData("1,2,3,4,5", null)]
    public void Reminder_hours_are_a_short_list_of_hours(string typed, string? expected)
    {
        if (expected is null)
        {
            Assert.Contains("whole hours from 1 to 336", Assert.Throws<RefusedException>(() => Data.Operations.CompanySettings.Hours(typed)).Message, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(expected, string.Join(", ", Data.Operations.CompanySettings.Hours(typed)));
    }

    [Fact]
    public async Task A_paused_RFQ_offers_to_resume_with_the_time_of_the_pause_added()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await using var buyer = database.As(rfq.Buyer);
        await buyer.Get<RfqService>().PauseAsync(new() { Id = rfq.Id, Reason = "Wait for the laboratory." }, _ct);
        await using var page = new PageContext(buyer);
        var cut = page.Render<RfqPage>(p => p.Add(r => r.Id, rfq.Id));
        cut.WaitForAssertion(() => Assert.Contains("Resume RFQ", cut.Markup, StringComparison.Ordinal));
        Assert.Contains("Wait for the laboratory.", cut.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Extend deadline", cut.Markup, StringComparison.Ordinal);
    }

    private async Task RunTwiceAsync()
    {
        await using var system = await database.AsAsync(Role.Admin);
        await system.Get<RfqDeadlineService>().RunAsync(_ct);
        await system.Get<RfqDeadlineService>().RunAsync(_ct);
    }

    private Task<int> RemindersAsync(MadeRfq rfq) => database.ScalarAsync<int>("select reminder_count from rfq_invitations where rfq_id = $1", rfq.Id);

    private Task<string> StatusAsync(MadeRfq rfq) => database.ScalarAsync<string>("select status::text from rfqs where id = $1", rfq.Id);

    private Task<long> MailsAsync(MadeRfq rfq, string subject, string text) =>
        database.ScalarAsync<long>("select count(*) from outbox_messages where entity_id = $1 and subject like $2 and body like $3", rfq.Id, subject, text);
}
