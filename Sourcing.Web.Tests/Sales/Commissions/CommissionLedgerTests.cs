using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Sales.Commissions;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Sales.Commissions;

/// <summary>The ledger on the real database: what a run writes, who sees it, who may decide, and that nothing in it changes.</summary>
public sealed class CommissionLedgerTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_writes_what_is_missing_and_a_second_one_nothing()
    {
        var scene = await Make.CommissionSceneAsync(database, f => (f.Base, f.Event) = (CommissionBase.PaidAmount, EarningEvent.Paid));
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month, o => o.Pay(400, scene.Month.AddDays(9), "Transfer", ""));
        await Make.CommissionRunAsync(database, scene.Manager);
        var line = Assert.Single(await Make.LinesOfAsync(database, scene, scene.Anna.Id));
        // 400 of 1,000 is paid: 400 · 5 % = 20
        Assert.Equal((CommissionKind.Order, 400m, 20m, 5m, scene.Month.AddDays(9)), (line.Kind, line.BaseAmount, line.Amount, line.Rate, line.EarnedOn));
        Assert.Equal(0, await Make.CommissionRunAsync(database, scene.Admin));
    }

    [Fact]
    public async Task A_reassigned_customer_s_orders_belong_to_whoever_was_responsible_when_they_were_issued()
    {
        var scene = await Make.CommissionSceneAsync(database);
        var moved = scene.Month.AddDays(10);
        await Make.SoldOrderAsync(database, scene, 1_000, moved.AddDays(-1));
        await Make.SoldOrderAsync(database, scene, 2_000, moved);
        await using (var scope = database.As(scene.Admin))
        {
            await scope.Get<Database>().WriteAsync(async (db, ct) =>
            {
                var customer = await db.Customers.Include(c => c.Responsibilities).SingleAsync(c => c.Id == scene.CustomerId, ct);
                customer.Assign(scene.Ben.Id, moved, scene.Admin.Id);
                await db.SaveChangesAsync(ct);
            }, _ct);
        }

        await Make.CommissionRunAsync(database, scene.Admin);
        // 1,000 · 5 % = 50 before, 2,000 · 5 % = 100 from the day on
        Assert.Equal(50, Assert.Single(await Make.LinesOfAsync(database, scene, scene.Anna.Id)).Amount);
        Assert.Equal(100, Assert.Single(await Make.LinesOfAsync(database, scene, scene.Ben.Id)).Amount);
    }

    [Fact]
    public async Task A_cancelled_order_is_taken_back_by_a_new_line_and_what_was_there_stays()
    {
        var scene = await Make.CommissionSceneAsync(database);
        var order = await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await Make.CommissionRunAsync(database, scene.Admin);
        await using (var scope = database.As(scene.Admin))
        {
            await scope.Get<Database>().WriteAsync(async (db, ct) =>
            {
                var found = await db.Orders.SingleAsync(o => o.Id == order, ct);
                found.Cancel("Not needed any more.", new(scene.Month.AddDays(5), new TimeOnly(12, 0), TimeSpan.Zero));
                await db.SaveChangesAsync(ct);
            }, _ct);
        }

        Assert.Equal(1, await Make.CommissionRunAsync(database, scene.Admin));
        var lines = await Make.LinesOfAsync(database, scene, scene.Anna.Id);
        Assert.Equal([(CommissionKind.Order, 50m), (CommissionKind.Clawback, -50m)], lines.Select(l => (l.Kind, l.Amount)));
        Assert.Equal(lines[0].Id, lines[1].SourceId);
        Assert.Equal(0, await Make.CommissionRunAsync(database, scene.Admin));
    }

    [Fact]
    public async Task A_representative_sees_their_own_a_manager_their_tree_and_nobody_else_anything()
    {
        var scene = await Make.CommissionSceneAsync(database);
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await Make.CommissionRunAsync(database, scene.Admin);
        var line = Assert.Single(await Make.LinesOfAsync(database, scene, scene.Anna.Id));
        foreach (var (who, sees) in new[] { (scene.Anna, true), (scene.Manager, true), (scene.Admin, true), (scene.Ben, false), (scene.Other, false) })
        {
            await using var scope = database.As(who);
            Assert.Equal(sees, await scope.Get<CommissionQueries>().LineAsync(line.Id, _ct) is not null);
            var page = await scope.Get<CommissionList>().PageAsync(new ListRequest(), _ct);
            Assert.Equal(sees, page.Rows.Any(r => r.Id == line.Id));
            Assert.Equal(sees, (await scope.Get<CommissionQueries>().TotalsAsync(scene.Month, scene.Month.AddMonths(1), _ct)).Any(t => t.RepId == scene.Anna.Id));
            var exported = new List<object?>();
            await scope.Get<CommissionList>().ExportAsync(new ListRequest(), [], row => { exported.AddRange(row); return ValueTask.CompletedTask; }, _ct);
            Assert.Equal(sees, exported.Contains(1_000m));
        }

        await using var ben = database.As(scene.Ben);
        await Assert.ThrowsAsync<MissingException>(() => ben.Get<CommissionQueries>().StatementAsync(scene.Anna.Id, scene.Month, scene.Today, _ct));
    }

    [Theory]
    [InlineData(Role.Buyer)]
    [InlineData(Role.Planner)]
    [InlineData(Role.ReadOnly)]
    public async Task Those_inside_who_do_not_sell_see_no_row_of_any_table_even_in_the_database(Role role)
    {
        var scene = await Make.CommissionSceneAsync(database);
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await Make.CommissionRunAsync(database, scene.Admin);
        await Make.DecideAllAsync(database, scene, scene.Anna.Id, CommissionState.Approved);
        await using var scope = await database.AsAsync(role);
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CommissionQueries>().RepsAsync(_ct));
        var seen = await scope.Get<Database>().ReadAsync(
            (db, ct) => db.Database.SqlQuery<int>($"""
                select ((select count(*) from commissions) + (select count(*) from commission_events) + (select count(*) from commission_plans) + (select count(*) from commission_plan_versions)
                    + (select count(*) from commission_assignments) + (select count(*) from commission_runs) + (select count(*) from commission_payouts) + (select count(*) from commission_disputes)
                    + (select count(*) from order_shares) + (select count(*) from commission_standings))::int as "Value"
                """).SingleAsync(ct), _ct);
        Assert.Equal(0, seen);
        await Assert.ThrowsAsync<RefusedException>(() => scope.Get<Database>().ReadAsync((db, ct) => db.Database.SqlQuery<Guid>($"select id as \"Value\" from app.commission_orders('2000-01-01')").ToListAsync(ct), _ct));
    }

    [Theory]
    [InlineData("orders('2000-01-01')")]
    [InlineData("lines(array[]::uuid[])")]
    [InlineData("receipts(array[]::uuid[])")]
    [InlineData("payments(array[]::uuid[])")]
    [InlineData("shares(array[]::uuid[])")]
    [InlineData("people()")]
    [InlineData("quotas('2000-01-01')")]
    [InlineData("ledger('2000-01-01')")]
    public async Task What_a_run_looks_at_is_the_system_s_alone_and_no_manager_reads_it(string function)
    {
        var scene = await Make.CommissionSceneAsync(database);
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await Make.CommissionRunAsync(database, scene.Manager);
        foreach (var who in new[] { scene.Manager, scene.Admin })
        {
            Assert.IsType<RefusedException>(await Record.ExceptionAsync(() => Make.SqlAsAsync(database, who, $"select * from app.commission_{function}")), exactMatch: false);
        }
    }

    [Fact]
    public async Task A_manager_puts_no_line_under_a_run_and_makes_none_but_by_running()
    {
        var scene = await Make.CommissionSceneAsync(database);
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await Make.CommissionRunAsync(database, scene.Manager);
        var line = Assert.Single(await Make.LinesOfAsync(database, scene, scene.Anna.Id));
        const string copy = "insert into commissions (id, run_id, sales_rep_id, kind, event_key, plan_id, plan_version_id, period_start, earned_on, base_amount, amount, currency, tier, bases, arithmetic) "
            + "select gen_random_uuid(), {0}, sales_rep_id, kind, 'more', plan_id, plan_version_id, period_start, earned_on, 0, 999, currency, '', bases, arithmetic from commissions where id = @p0";
        await Assert.ThrowsAsync<RefusedException>(() => Make.SqlAsAsync(database, scene.Manager, string.Format(System.Globalization.CultureInfo.InvariantCulture, copy, "run_id"), line.Id));
        await Assert.ThrowsAsync<RefusedException>(() => Make.SqlAsAsync(database, scene.Manager,
            "insert into commission_runs (id, number, since, through, run_by, orders, lines) values (gen_random_uuid(), 'CR-1', '2026-01-01', '2026-01-02', @p0, 0, 0)", scene.Manager.Id));
        // A correction of a line in one's tree is what a manager may add.
        Assert.Equal(1, await Make.SqlAsAsync(database, scene.Manager, string.Format(System.Globalization.CultureInfo.InvariantCulture, copy, "null"), line.Id));
        Assert.Equal(scene.Manager.Id, await database.ScalarAsync<Guid>("select r.run_by from commission_runs r join commissions c on c.run_id = r.id where c.id = $1", line.Id));
    }

    [Fact]
    public async Task A_representative_runs_nothing_and_adds_nothing_to_the_ledger()
    {
        var scene = await Make.CommissionSceneAsync(database);
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await Make.CommissionRunAsync(database, scene.Admin);
        await using var scope = database.As(scene.Anna);
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CommissionRunService>().RunAsync(new() { Through = scene.Today }, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<CommissionReviewService>().DecideAsync(new(), _ct));
        var line = Assert.Single(await Make.LinesOfAsync(database, scene, scene.Anna.Id));
        await Assert.ThrowsAsync<RefusedException>(() => Make.SqlAsAsync(database, scene.Anna,
            "insert into commissions (id, run_id, sales_rep_id, kind, event_key, plan_id, plan_version_id, period_start, earned_on, base_amount, amount, currency, tier, bases, arithmetic) "
            + "select gen_random_uuid(), run_id, sales_rep_id, kind, 'more', plan_id, plan_version_id, period_start, earned_on, 0, 999, currency, '', bases, arithmetic from commissions where id = @p0", line.Id));
        await Assert.ThrowsAsync<RefusedException>(() => Make.SqlAsAsync(database, scene.Ben,
            "insert into commission_events (id, commission_id, step, state, done_by, reason) values (gen_random_uuid(), @p0, 1, 'approved', @p1, '')", line.Id, scene.Ben.Id));
    }

    [Fact]
    public async Task Nothing_in_the_ledger_is_changed_or_deleted_by_any_login()
    {
        var scene = await Make.CommissionSceneAsync(database);
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await Make.CommissionRunAsync(database, scene.Admin);
        await Make.DecideAllAsync(database, scene, scene.Anna.Id, CommissionState.Approved);
        foreach (var login in DataSources.Logins.Where(l => l != "migrator"))
        {
            foreach (var table in new[] { "commissions", "commission_events", "commission_payouts", "commission_runs" })
            {
                Assert.False(await database.ScalarAsync<bool>("select has_table_privilege($1, $2, 'update') or has_any_column_privilege($1, $2, 'update') or has_table_privilege($1, $2, 'delete') or has_table_privilege($1, $2, 'truncate')", "sourcing_" + login, table), $"{login} may change {table}.");
            }
        }

        // Not even the login that passes every policy.
        foreach (var sql in new[] { "update commissions set amount = 1", "delete from commissions", "update commission_events set state = 'approved'", "delete from commission_events", "truncate commission_events", "update commission_runs set lines = 0" })
        {
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => database.SqlAsync(sql));
            Assert.Contains("only added to", refusal.MessageText, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("run_id", "run")]
    [InlineData("sales_rep_id", "representative")]
    [InlineData("plan_id", "active version of its plan")]
    [InlineData("plan_version_id", "active version of its plan")]
    [InlineData("order_id", "order of a customer")]
    [InlineData("source_id", "line of the same order")]
    public async Task A_line_that_points_at_nothing_is_refused_whoever_writes_it(string column, string what)
    {
        var scene = await Make.CommissionSceneAsync(database);
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await Make.CommissionRunAsync(database, scene.Manager);
        var line = Assert.Single(await Make.LinesOfAsync(database, scene, scene.Anna.Id));
        string[] pointing = ["run_id", "sales_rep_id", "order_id", "plan_id", "plan_version_id", "source_id"];
        Task CopyAsync(string lost) => database.SqlAsync(
            $"insert into commissions (id, {string.Join(", ", pointing)}, kind, event_key, period_start, earned_on, base_amount, amount, currency, tier, bases, arithmetic) "
            + $"select gen_random_uuid(), {string.Join(", ", pointing.Select(p => p == lost ? "gen_random_uuid()" : p))}, kind, 'more', period_start, earned_on, 0, 1, currency, '', bases, arithmetic from commissions where id = $1", line.Id);
        var fault = await Assert.ThrowsAsync<PostgresException>(() => CopyAsync(column));
        Assert.Equal((PostgresErrorCodes.ForeignKeyViolation, $"A line of commissions names a {what} that is not there."), (fault.SqlState, fault.MessageText));
        // With everything in its place it is taken.
        await CopyAsync("");
    }

    [Fact]
    public async Task A_line_rests_on_a_line_of_its_own_order_alone()
    {
        var scene = await Make.CommissionSceneAsync(database);
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await Make.SoldOrderAsync(database, scene, 2_000, scene.Month);
        await Make.CommissionRunAsync(database, scene.Manager);
        var lines = await Make.LinesOfAsync(database, scene, scene.Anna.Id);
        Assert.Equal(2, lines.Count);
        Task RestAsync(Guid on) => database.SqlAsync(
            "insert into commissions (id, run_id, sales_rep_id, order_id, plan_id, plan_version_id, source_id, kind, event_key, period_start, earned_on, base_amount, amount, currency, tier, bases, arithmetic) "
            + "select gen_random_uuid(), run_id, sales_rep_id, order_id, plan_id, plan_version_id, $2, kind, 'more', period_start, earned_on, 0, 1, currency, '', bases, arithmetic from commissions where id = $1", lines[0].Id, on);
        var fault = await Assert.ThrowsAsync<PostgresException>(() => RestAsync(lines[1].Id));
        Assert.Equal("A line of commissions names a line of the same order that is not there.", fault.MessageText);
        await RestAsync(lines[0].Id);
    }

    [Fact]
    public async Task What_lines_point_at_is_taken_away_by_no_login_and_keeps_its_key()
    {
        foreach (var login in DataSources.Logins.Where(l => l != "migrator"))
        {
            foreach (var table in new[] { "sales_reps", "order_sales", "commissions", "commission_runs", "commission_plans" })
            {
                Assert.False(await database.ScalarAsync<bool>("select has_table_privilege($1, $2, 'delete, truncate')", "sourcing_" + login, table), $"{login} may delete {table}: see decision 0032.");
            }
        }

        var scene = await Make.CommissionSceneAsync(database);
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        // An order that was sold is held by its sale, the sale and the representative keep their keys, the active version stays; even for the login that passes every policy.
        foreach (var sql in new[]
        {
            "delete from orders where id in (select id from order_sales)", "update order_sales set id = gen_random_uuid()", "update sales_reps set id = gen_random_uuid()", "delete from commission_plan_versions where status = 'active'",
        })
        {
            Assert.Contains((await Assert.ThrowsAsync<PostgresException>(() => database.SqlAsync(sql))).SqlState, new[] { PostgresErrorCodes.ForeignKeyViolation, "42501", PostgresErrorCodes.RaiseException });
        }
    }

    [Fact]
    public async Task Nobody_approves_makes_payable_or_rejects_their_own()
    {
        var scene = await Make.CommissionSceneAsync(database, f => (f.OverridePercent, f.OverrideReach) = (10, OverrideReach.WholeTree));
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await Make.CommissionRunAsync(database, scene.Manager);
        // 50 for Anna, 10 % of it for her manager
        var own = Assert.Single(await Make.LinesOfAsync(database, scene, scene.Manager.Id));
        Assert.Equal((CommissionKind.Override, 5m), (own.Kind, own.Amount));
        await using var manager = database.As(scene.Manager);
        var review = manager.Get<CommissionReviewService>();
        foreach (var form in new DecideForm[] { new() { Lines = [own.Id] }, new() { Lines = [own.Id], State = CommissionState.Rejected, Reason = "No." } })
        {
            Assert.Contains("your own", (await Assert.ThrowsAsync<RefusedException>(() => review.DecideAsync(form, _ct))).Message, StringComparison.Ordinal);
        }

        Assert.Contains("your own", (await Assert.ThrowsAsync<RefusedException>(() => Make.SqlAsAsync(database, scene.Manager,
            "insert into commission_events (id, commission_id, step, state, done_by, reason) values (gen_random_uuid(), @p0, 1, 'approved', @p1, '')", own.Id, scene.Manager.Id))).Message, StringComparison.Ordinal);
        // In the name of another neither.
        await Assert.ThrowsAsync<RefusedException>(() => Make.SqlAsAsync(database, scene.Manager,
            "insert into commission_events (id, commission_id, step, state, done_by, reason) values (gen_random_uuid(), @p0, 1, 'approved', @p1, '')", own.Id, scene.Admin.Id));
        // Nor does a manager of other people, whose tree it is not in.
        await using var elsewhere = await database.AsAsync(Role.SalesManager);
        var stranger = elsewhere.Get<CurrentUser>().Identity;
        var hers = Assert.Single(await Make.LinesOfAsync(database, scene, scene.Anna.Id));
        await Assert.ThrowsAsync<RefusedException>(() => Make.SqlAsAsync(database, stranger,
            "insert into commission_events (id, commission_id, step, state, done_by, reason) values (gen_random_uuid(), @p0, 1, 'approved', @p1, '')", hers.Id, stranger.Id));
        // All of the period: hers, and not his own.
        Assert.Equal(1, await review.DecideAsync(new(), _ct));
    }

    [Fact]
    public async Task A_rejected_line_says_why_stays_and_takes_the_override_back_with_the_next_run()
    {
        var scene = await Make.CommissionSceneAsync(database, f => (f.OverridePercent, f.OverrideReach) = (10, OverrideReach.WholeTree));
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await Make.CommissionRunAsync(database, scene.Admin);
        var line = Assert.Single(await Make.LinesOfAsync(database, scene, scene.Anna.Id));
        await using var manager = database.As(scene.Manager);
        var review = manager.Get<CommissionReviewService>();
        Assert.Contains("Say why", (await Assert.ThrowsAsync<RefusedException>(() => review.DecideAsync(new() { Lines = [line.Id], State = CommissionState.Rejected }, _ct))).Message, StringComparison.Ordinal);
        await review.DecideAsync(new() { Lines = [line.Id], State = CommissionState.Rejected, Reason = "A sample order." }, _ct);
        var details = (await manager.Get<CommissionQueries>().LineAsync(line.Id, _ct))!;
        Assert.Equal((CommissionState.Rejected, "A sample order."), (details.Line.State, Assert.Single(details.Steps).Reason));
        await Assert.ThrowsAsync<RefusedException>(() => review.DecideAsync(new() { Lines = [line.Id] }, _ct));
        Assert.Equal(1, await Make.CommissionRunAsync(database, scene.Admin));
        Assert.Equal([5m, -5m], (await Make.LinesOfAsync(database, scene, scene.Manager.Id)).Select(l => l.Amount));
        Assert.Equal(0, await Make.CommissionRunAsync(database, scene.Admin));
    }
}
