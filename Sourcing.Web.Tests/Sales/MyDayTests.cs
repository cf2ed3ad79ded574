using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Sales;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Sales;

/// <summary>A representative's day and a team's week, by a clock that stands still: Friday 20 November 2026, noon.</summary>
public sealed class MyDayTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset Now = MadePlan.Clock.GetUtcNow();
    private static readonly DateOnly Today = new(2026, 11, 20);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Actions_stand_under_overdue_today_and_this_week_and_what_is_done_or_later_under_none()
    {
        var world = await Make.NoteWorldAsync(database);
        await ActionAsync(world, "Older", -3);
        await ActionAsync(world, "Yesterday", -1);
        await ActionAsync(world, "Without a time", 0);
        await ActionAsync(world, "At ten", 0, time: new(10, 0));
        await ActionAsync(world, "Done", 0, then: n => n.Finish(Now));
        await ActionAsync(world, "Tomorrow", 1);
        await ActionAsync(world, "In a week", 7);
        await ActionAsync(world, "Later", 8);
        var day = await DayAsync(world.Rep);
        Assert.Equal(["Older", "Yesterday"], day.Overdue.Rows.Select(a => a.Text));
        Assert.Equal(["At ten", "Without a time"], day.DueToday.Rows.Select(a => a.Text));
        Assert.Equal(["Tomorrow", "In a week"], day.Coming.Rows.Select(a => a.Text));
        Assert.Equal((4, world.Customer, "+49 555 0199", "Nadia Ferre"), (day.ToDo, day.Overdue.Rows[0].Customer, day.Overdue.Rows[0].Phone, day.Overdue.Rows[0].Contact));
        // The manager's day is the manager's own.
        Assert.Equal((0, true), ((await DayAsync(world.Manager)).ToDo, (await DayAsync(world.Manager)).Leads));
        Assert.Equal(0, (await DayAsync(world.Other)).ToDo);
    }

    [Fact]
    public async Task Visits_count_from_Monday_on()
    {
        var world = await Make.NoteWorldAsync(database);
        var monday = new DateTimeOffset(2026, 11, 16, 0, 30, 0, TimeSpan.Zero);
        await Make.NoteAsync(database, world.Rep, new(world.CustomerId, NoteKind.Visit, "On Monday", monday), Now);
        await Make.NoteAsync(database, world.Rep, new(world.CustomerId, NoteKind.Visit, "On Sunday", monday.AddHours(-1)), Now);
        await Make.NoteAsync(database, world.Rep, new(world.CustomerId, NoteKind.Call, "No visit", monday), Now);
        Assert.Equal(1, (await DayAsync(world.Rep)).Visits);
    }

    [Fact]
    public async Task A_customer_is_silent_after_the_days_of_its_tier_counted_from_the_last_contact_that_is_no_task()
    {
        var world = await Make.NoteWorldAsync(database);
        var atLimit = (await Make.CustomerOfAsync(database, world.Rep.Id, CustomerTier.A)).Customer;
        var tasked = (await Make.CustomerOfAsync(database, world.Rep.Id, CustomerTier.B)).Customer;
        var fresh = (await Make.CustomerOfAsync(database, world.Rep.Id, CustomerTier.Prospect, Today.AddDays(-30))).Customer;
        var never = (await Make.CustomerOfAsync(database, world.Rep.Id, CustomerTier.Prospect, Today.AddDays(-31))).Customer;
        await ContactAsync(world.Rep, world.CustomerId, 34);
        await ContactAsync(world.Rep, atLimit.Id, 21);
        await ContactAsync(world.Rep, tasked.Id, 51);
        await Make.NoteAsync(database, world.Rep, new(tasked.Id, NoteKind.Task, "Call them", Now.AddDays(-1)) { NextActionOn = Today.AddDays(20) }, Now);
        var silent = (await DayAsync(world.Rep)).Silent;
        Assert.Equal([(world.CustomerId, 34, 21), (tasked.Id, 51, 45), (never.Id, 31, 30)], silent.Rows.Select(s => (s.Id, s.SilentDays, s.AllowedDays)));
        Assert.DoesNotContain(silent.Rows, s => s.Id == fresh.Id || s.Id == atLimit.Id);
        Assert.Null(silent.Rows[2].LastContact);
        await using var manager = database.As(world.Manager);
        var list = new SilentCustomerList(manager.Get<Database>(), manager.User, MadePlan.Clock);
        Assert.Equal(3, (await list.PageAsync(new Sourcing.Data.Common.Lists.ListRequest().With("representative", world.Rep.Name), _ct)).Count);
    }

    [Fact]
    public async Task The_last_contact_follows_notes_as_they_are_written_changed_deleted_and_moved()
    {
        var world = await Make.NoteWorldAsync(database);
        var second = (await Make.CustomerOfAsync(database, world.Rep.Id, CustomerTier.A)).Customer;
        await ContactAsync(world.Rep, world.CustomerId, 30);
        Assert.Equal((30, null), (await SinceAsync(world.CustomerId), await SinceAsync(second.Id)));
        await ContactAsync(world.Rep, world.CustomerId, 10);
        await ContactAsync(world.Rep, world.CustomerId, 20);
        Assert.Equal(10, await SinceAsync(world.CustomerId));
        var newest = await database.ScalarAsync<Guid>("select id from sales_notes where customer_id = $1 order by occurred_at desc limit 1", world.CustomerId);
        // A task is none; deleted it is none; of another customer it is that one's.
        await database.SqlAsync("update sales_notes set kind = 'task' where id = $1", newest);
        Assert.Equal(20, await SinceAsync(world.CustomerId));
        await database.SqlAsync("update sales_notes set kind = 'call', deleted_at = now() where id = $1", newest);
        Assert.Equal(20, await SinceAsync(world.CustomerId));
        await database.SqlAsync("update sales_notes set deleted_at = null where id = $1", newest);
        Assert.Equal(10, await SinceAsync(world.CustomerId));
        await database.SqlAsync("update sales_notes set customer_id = $2 where id = $1", newest, second.Id);
        Assert.Equal((20, 10), (await SinceAsync(world.CustomerId), await SinceAsync(second.Id)));
        await database.SqlAsync("update sales_notes set deleted_at = now() where customer_id = $1", world.CustomerId);
        Assert.Null(await SinceAsync(world.CustomerId));
        // Of a colleague's notes nobody hears whom they are not for.
        await using var other = database.As(world.Other);
        Assert.Equal(0, await other.Get<Database>().ReadAsync((db, ct) => db.LastContacts.CountAsync(l => l.CustomerId == second.Id, ct), _ct));
    }

    // Days since the last contact, as the manager reads it; null for none.
    private async Task<int?> SinceAsync(Guid customer) => await database.ScalarAsync<object>("select max(occurred_at) from last_contacts where customer_id = $1", customer) is DateTime at ? (int)(Now.UtcDateTime - at).TotalDays : null;

    [Fact]
    public async Task A_day_is_read_in_a_fixed_number_of_statements()
    {
        var world = await Make.NoteWorldAsync(database);
        await ActionAsync(world, "One", 0);
        database.Queries.Reset();
        await DayAsync(world.Rep);
        var few = database.Queries.Count;
        for (var i = 0; i < 12; i++)
        {
            await ActionAsync(world, $"More {i}", (i % 3) - 1);
            await Make.CustomerOfAsync(database, world.Rep.Id, CustomerTier.C);
        }

        database.Queries.Reset();
        await DayAsync(world.Rep);
        Assert.Equal(few, database.Queries.Count);
        Assert.True(few <= 14, $"{few} statements");
    }

    [Fact]
    public async Task The_navigation_counts_what_is_overdue_and_of_today()
    {
        var world = await Make.NoteWorldAsync(database);
        var today = DateOnly.FromDateTime(database.Clock.GetUtcNow().UtcDateTime);
        foreach (var days in (int[])[-1, 0, 1])
        {
            await Make.NoteAsync(database, world.Rep, new(world.CustomerId, NoteKind.Call, "Spoke", Now.AddDays(-9)) { NextAction = "Act", NextActionOn = today.AddDays(days) }, Now);
        }

        await using var rep = database.As(world.Rep);
        Assert.Equal(2, (await rep.Get<NavQueries>().CountAsync(_ct)).ToDo);
        Assert.Equal(Links.MyDay, Links.Start(rep.User));
        await using var manager = database.As(world.Manager);
        Assert.Equal((0, Links.MyDay), ((await manager.Get<NavQueries>().CountAsync(_ct)).ToDo, Links.Start(manager.User)));
    }

    [Fact]
    public async Task A_week_adds_up_what_each_representative_did()
    {
        var world = await Make.NoteWorldAsync(database);
        var monday = new DateTimeOffset(2026, 11, 9, 9, 0, 0, TimeSpan.Zero);
        await Make.NoteAsync(database, world.Rep, new(world.CustomerId, NoteKind.Call, "One", monday) { DurationSeconds = 600 }, Now);
        await Make.NoteAsync(database, world.Rep, new(world.CustomerId, NoteKind.Call, "Two", monday.AddDays(6)) { DurationSeconds = 900 }, Now);
        await Make.NoteAsync(database, world.Rep, new(world.CustomerId, NoteKind.Visit, "Three", monday.AddDays(1)), Now);
        await Make.NoteAsync(database, world.Rep, new(world.CustomerId, NoteKind.Email, "The week after", monday.AddDays(7)), Now);
        await ActionAsync(world, "In time", -8, then: n => n.Finish(monday.AddDays(3)));
        await ActionAsync(world, "Late", -10, then: n => n.Finish(monday.AddDays(3)));
        await ActionAsync(world, "Open", -1);
        await using var manager = database.As(world.Manager);
        var view = await new ActivityQueries(manager.Get<Database>(), manager.User, MadePlan.Clock).WeekAsync(new(2026, 11, 12), _ct);
        var row = view.Rows.Single(r => r.RepId == world.Rep.Id);
        // The actions come from calls of the week too.
        Assert.Equal((new DateOnly(2026, 11, 9), 25, 1, 0, 2, 1, 1), (view.Monday, row.Minutes, row.Visits, row.Emails, row.Done, row.DoneLate, row.OpenLate));
        Assert.Equal(row.Calls + row.Visits, row.Notes);
        Assert.Equal((12, row.Notes, new DateOnly(2026, 11, 9)), (view.Weeks.Count, view.Weeks[^1].Contacts, view.Weeks[^1].Monday));
    }

    private Task<Guid> ActionAsync(NoteWorld world, string action, int days, TimeOnly? time = null, Action<SalesNote>? then = null) => Make.NoteAsync(
        database, world.Rep, new(world.CustomerId, NoteKind.Call, "Spoke", Now.AddDays(-9)) { NextAction = action, NextActionOn = Today.AddDays(days), NextActionTime = time, ContactId = world.ContactId }, Now, then);

    private Task<Guid> ContactAsync(UserIdentity rep, Guid customer, int daysAgo) => Make.NoteAsync(database, rep, new(customer, NoteKind.Call, "Spoke", Now.AddDays(-daysAgo)), Now);

    private async Task<MyDayView> DayAsync(UserIdentity person)
    {
        await using var scope = database.As(person);
        return await new MyDayQueries(scope.Get<Database>(), scope.User, MadePlan.Clock).ForAsync(_ct);
    }
}
