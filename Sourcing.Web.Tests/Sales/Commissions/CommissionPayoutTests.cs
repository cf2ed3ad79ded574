using Bunit;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Sales;
using Sourcing.Data.Sales.Commissions;
using Sourcing.Web.Sales.Commissions;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Sales.Commissions;

/// <summary>Payouts, statements, questions and shares on the real database.</summary>
public sealed class CommissionPayoutTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_twenty_payouts_at_once_one_pays_and_the_others_say_why_not()
    {
        var scene = await PayableAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            await using var scope = database.As(scene.Manager);
            try
            {
                await scope.Get<CommissionReviewService>().PayAsync(Payout(scene, $"SEPA-{i}"), _ct);
                return "";
            }
            catch (RefusedException refusal)
            {
                return refusal.Message;
            }
        }));
        Assert.Single(outcomes, o => o.Length == 0);
        Assert.All(outcomes.Where(o => o.Length > 0), o => Assert.Contains("paid already", o, StringComparison.Ordinal));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from commission_events e join commissions c on c.id = e.commission_id where e.state = 'paid' and c.sales_rep_id = $1", scene.Anna.Id));
    }

    [Fact]
    public async Task Nothing_is_paid_twice_and_a_reference_counts_once_in_a_period()
    {
        var scene = await PayableAsync();
        await using var scope = database.As(scene.Manager);
        var review = scope.Get<CommissionReviewService>();
        var form = Payout(scene, "SEPA-1");
        var payout = await review.PayAsync(form, _ct);
        // The same click again gives the same payout.
        Assert.Equal(payout, await review.PayAsync(form, _ct));
        Assert.Contains("has this reference", (await Assert.ThrowsAsync<RefusedException>(() => review.PayAsync(Payout(scene, "SEPA-1"), _ct))).Message, StringComparison.Ordinal);
        Assert.Contains("paid already", (await Assert.ThrowsAsync<RefusedException>(() => review.PayAsync(Payout(scene, "SEPA-2"), _ct))).Message, StringComparison.Ordinal);
        var line = Assert.Single(await Make.LinesOfAsync(database, scene, scene.Anna.Id));
        foreach (var step in new[] { 3, 4 })
        {
            await Assert.ThrowsAsync<RefusedException>(() => Make.SqlAsAsync(database, scene.Manager,
                "insert into commission_events (id, commission_id, step, state, done_by, reason, payout_id) values (gen_random_uuid(), @p0, @p1, 'paid', @p2, '', @p3)", line.Id, step, scene.Manager.Id, payout));
        }
    }

    [Fact]
    public async Task One_line_that_cannot_be_decided_on_refuses_all()
    {
        var scene = await Make.CommissionSceneAsync(database);
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await Make.SoldOrderAsync(database, scene, 2_000, scene.Month);
        await Make.CommissionRunAsync(database, scene.Admin);
        var lines = await Make.LinesOfAsync(database, scene, scene.Anna.Id);
        await using var scope = database.As(scene.Manager);
        var review = scope.Get<CommissionReviewService>();
        await review.DecideAsync(new() { Lines = [lines[0].Id] }, _ct);
        await Assert.ThrowsAsync<RefusedException>(() => review.DecideAsync(new() { Lines = [.. lines.Select(l => l.Id)] }, _ct));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from commission_events e join commissions c on c.id = e.commission_id where c.sales_rep_id = $1", scene.Anna.Id));
    }

    [Fact]
    public async Task Somebody_who_owes_waits_for_a_later_payout_and_in_the_end_lines_statements_and_payouts_come_to_the_same()
    {
        var scene = await Make.CommissionSceneAsync(database, f => f.Rules = [new() { Shape = RateShape.Marginal, Tiers = [new() { Percent = 3.3m }, new() { From = 1_000, Percent = 5.7m }] }]);
        var random = new Random(4711);
        await using var scope = database.As(scene.Admin);
        var (review, queries, disputes) = (scope.Get<CommissionReviewService>(), scope.Get<CommissionQueries>(), scope.Get<CommissionDisputeService>());
        for (var round = 0; round < 6; round++)
        {
            for (var i = 0; i < 4; i++)
            {
                var day = scene.Month.AddDays(random.Next(0, 28));
                var cancelled = random.Next(3) == 0;
                var order = await Make.SoldOrderAsync(database, scene, random.Next(1, 200_000) / 100m, day, o =>
                {
                    if (cancelled)
                    {
                        o.Cancel("Not needed any more.", new(day.AddDays(2), new TimeOnly(12, 0), TimeSpan.Zero));
                    }
                });
                if (i % 2 == 0)
                {
                    await disputes.DivideAsync(new() { OrderId = order, Shares = [new() { RepId = scene.Anna.Id, Percent = 66.67m }, new() { RepId = scene.Ben.Id, Percent = 33.33m }] }, _ct);
                }
            }

            await Make.CommissionRunAsync(database, scene.Admin);
            foreach (var state in new[] { CommissionState.Approved, CommissionState.Payable })
            {
                await review.DecideAsync(new() { State = state }, _ct);
            }

            await review.PayAsync(new() { From = scene.Month, Until = scene.Month.AddMonths(3), Reference = $"R{round} {scene.Month}", PaidOn = scene.Today }, _ct);
        }

        foreach (var rep in new[] { scene.Anna.Id, scene.Ben.Id })
        {
            var lines = (await Make.LinesOfAsync(database, scene, rep)).Sum(l => l.Amount);
            var statement = Assert.Single((await queries.StatementAsync(rep, scene.Month.AddYears(-1), scene.Today, _ct)).Totals);
            var paid = await database.ScalarAsync<decimal>("select sum(c.amount) from commissions c join commission_events e on e.commission_id = c.id and e.payout_id is not null where c.sales_rep_id = $1", rep);
            Assert.Equal((lines, lines), (statement.Earned, statement.Paid));
            Assert.Equal(lines, paid);
        }
    }

    [Fact]
    public async Task A_statement_of_an_earlier_day_says_the_same_whatever_was_written_since()
    {
        var scene = await Make.CommissionSceneAsync(database);
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await Make.CommissionRunAsync(database, scene.Admin);
        // A line and its approval as they would stand had the run been ten days ago.
        var earlier = Guid.CreateVersion7();
        await database.SqlAsync(
            """
            insert into commissions (id, run_id, sales_rep_id, kind, event_key, plan_id, plan_version_id, period_start, earned_on, base_amount, amount, currency, tier, bases, arithmetic, created_at)
            select $2, run_id, sales_rep_id, 'bonus', 'earlier', plan_id, plan_version_id, period_start, earned_on, 0, 7.5, currency, '', '{}', arithmetic, now() - interval '10 days' from commissions where sales_rep_id = $1
            """, scene.Anna.Id, earlier);
        await database.SqlAsync("insert into commission_events (id, commission_id, step, state, done_by, reason, created_at) values (gen_random_uuid(), $1, 1, 'approved', $2, '', now() - interval '9 days')", earlier, scene.Admin.Id);
        var asOf = DateOnly.FromDateTime(await database.ScalarAsync<DateTime>("select now() at time zone 'utc'")).AddDays(-5);
        await using var scope = database.As(scene.Anna);
        var before = await scope.Get<CommissionQueries>().StatementAsync(scene.Anna.Id, scene.Month.AddYears(-1), asOf, _ct);
        await Make.DecideAllAsync(database, scene, scene.Anna.Id, CommissionState.Payable);
        var after = await scope.Get<CommissionQueries>().StatementAsync(scene.Anna.Id, scene.Month.AddYears(-1), asOf, _ct);
        Assert.Equal((7.5m, 7.5m, CommissionState.Approved), (before.Totals.Single().Earned, before.Totals.Single().Approved, before.Lines.Single().State));
        Assert.Equal(before.Totals, after.Totals);
        Assert.Equal(before.Lines, after.Lines);
    }

    [Fact]
    public async Task A_question_is_asked_by_its_earner_answered_by_another_and_corrected_by_a_new_line()
    {
        var scene = await Make.CommissionSceneAsync(database);
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await Make.CommissionRunAsync(database, scene.Admin);
        var line = Assert.Single(await Make.LinesOfAsync(database, scene, scene.Anna.Id));
        await using var anna = database.As(scene.Anna);
        await using var manager = database.As(scene.Manager);
        await Assert.ThrowsAsync<RefusedException>(() => manager.Get<CommissionDisputeService>().AskAsync(new() { CommissionId = line.Id, Question = "Why?" }, _ct));
        await anna.Get<CommissionDisputeService>().AskAsync(new() { CommissionId = line.Id, Question = "Freight was promised to count." }, _ct);
        Assert.Contains("already", (await Assert.ThrowsAsync<RefusedException>(() => anna.Get<CommissionDisputeService>().AskAsync(new() { CommissionId = line.Id, Question = "Again" }, _ct))).Message, StringComparison.Ordinal);
        var open = Assert.Single(await manager.Get<CommissionQueries>().OpenDisputesAsync(_ct));
        await manager.Get<CommissionDisputeService>().AnswerAsync(new() { Id = open.Id, Version = open.Version, Answer = "It was.", Correction = 2.5m }, _ct);
        var lines = await Make.LinesOfAsync(database, scene, scene.Anna.Id);
        Assert.Equal([(CommissionKind.Order, 50m), (CommissionKind.Correction, 2.5m)], lines.Select(l => (l.Kind, l.Amount)));
        Assert.Contains("It was.", (await anna.Get<CommissionQueries>().LineAsync(lines[1].Id, _ct))!.Words[0], StringComparison.Ordinal);
        Assert.Equal(DisputeStatus.Corrected, Assert.Single((await anna.Get<CommissionQueries>().LineAsync(line.Id, _ct))!.Disputes).Status);
        Assert.Equal(0, await Make.CommissionRunAsync(database, scene.Admin));
    }

    [Fact]
    public async Task Shares_sum_to_100_in_the_form_and_in_the_database()
    {
        var scene = await Make.CommissionSceneAsync(database);
        var order = await Make.SoldOrderAsync(database, scene, 100.01m, scene.Month);
        await using var scope = database.As(scene.Manager);
        var service = scope.Get<CommissionDisputeService>();
        Assert.Contains("sum to 90", (await Assert.ThrowsAsync<RefusedException>(() => service.DivideAsync(
            new() { OrderId = order, Shares = [new() { RepId = scene.Anna.Id, Percent = 60 }, new() { RepId = scene.Ben.Id, Percent = 30 }] }, _ct))).Message, StringComparison.Ordinal);
        Assert.Contains("sum to 60", (await Assert.ThrowsAsync<RefusedException>(() => Make.SqlAsAsync(database, scene.Manager,
            "insert into order_shares (id, order_id, sales_rep_id, percent) values (gen_random_uuid(), @p0, @p1, 60)", order, scene.Anna.Id))).Message, StringComparison.Ordinal);
        await service.DivideAsync(new() { OrderId = order, Shares = [new() { RepId = scene.Anna.Id, Percent = 50 }, new() { RepId = scene.Ben.Id, Percent = 50 }] }, _ct);
        await Make.CommissionRunAsync(database, scene.Admin);
        Assert.Equal(100.01m, (await Make.LinesOfAsync(database, scene, scene.Anna.Id)).Concat(await Make.LinesOfAsync(database, scene, scene.Ben.Id)).Sum(l => l.BaseAmount));
    }

    [Fact]
    public async Task Who_has_a_share_of_another_s_order_reads_its_number_and_does_not_open_it()
    {
        var scene = await Make.CommissionSceneAsync(database);
        var order = await Make.SoldOrderAsync(database, scene, 100m, scene.Month);
        var number = await database.ScalarAsync<string>("select number from orders where id = $1", order);
        await using var manager = database.As(scene.Manager);
        await manager.Get<CommissionDisputeService>().DivideAsync(new() { OrderId = order, Shares = [new() { RepId = scene.Anna.Id, Percent = 50 }, new() { RepId = scene.Ben.Id, Percent = 50 }] }, _ct);
        await Make.CommissionRunAsync(database, scene.Admin);
        foreach (var (who, opens) in new[] { (scene.Anna, true), (scene.Ben, false) })
        {
            await using var scope = database.As(who);
            var line = Assert.Single((await scope.Get<CommissionList>().PageAsync(new ListRequest { Search = number! }, _ct)).Rows);
            Assert.Equal((number, opens), (line.Order, line.SeesOrder));
            Assert.Equal(opens, await scope.Get<CustomerOrderQueries>().DetailsAsync(order, _ct) is not null);
            await using var page = new PageContext(scope);
            var cut = page.Render<CommissionPage>(p => p.Add(x => x.Id, line.Id));
            cut.WaitForElement(".arithmetic");
            Assert.Contains(number!, cut.Find("h1").TextContent, StringComparison.Ordinal);
            Assert.Equal(opens, cut.FindAll($"a[href='{Links.CustomerOrder(order)}']").Count == 1);
        }
    }

    [Fact]
    public async Task Versions_and_assignments_never_overlap_and_an_active_version_never_changes()
    {
        var scene = await Make.CommissionSceneAsync(database);
        await using var scope = database.As(scene.Admin);
        var (plans, queries) = (scope.Get<CommissionPlanService>(), scope.Get<CommissionPlanQueries>());
        var id = scene.PlanId;
        var draft = await plans.DraftAsync(id, scene.Month.AddYears(-1), Guid.CreateVersion7(), _ct);
        var plan = (await queries.PlanAsync(id, _ct))!;
        Assert.Contains("overlap", (await Assert.ThrowsAsync<RefusedException>(() => plans.ActivateAsync(id, draft, plan.Version, _ct))).Message, StringComparison.Ordinal);
        var form = await queries.FormAsync(id, draft, _ct);
        form.ValidFrom = scene.Month.AddMonths(1);
        form.Rules[0].Tiers[0].Percent = -1;
        Assert.Contains("0 to 100", (await Assert.ThrowsAsync<RefusedException>(() => plans.SaveAsync(form, _ct))).Message, StringComparison.Ordinal);
        form.Rules[0].Tiers[0].Percent = 6;
        await plans.SaveAsync(form, _ct);
        // What it would have paid: 1,000 · 5 % = 50 by what is in force, 60 by the draft.
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        Assert.Equal((50m, 60m, 10m), (await plans.TryAsync(id, draft, scene.Month, scene.Today, _ct)).Where(r => r.RepId == scene.Anna.Id).Select(r => (r.Now, r.Then, r.Difference)).Single());
        await plans.ActivateAsync(id, draft, (await queries.PlanAsync(id, _ct))!.Version, _ct);
        Assert.Equal(scene.Month.AddMonths(1), (await queries.PlanAsync(id, _ct))!.Versions.Single(v => v.Terms.Number == 1).Terms.ValidUntil);
        Assert.Contains("active", (await Assert.ThrowsAsync<RefusedException>(() => queries.FormAsync(id, draft, _ct))).Message, StringComparison.Ordinal);
        Assert.Contains("is active", (await Assert.ThrowsAsync<RefusedException>(() => Make.SqlAsAsync(database, scene.Admin, "update commission_plan_versions set cap = 1 where id = @p0", draft))).Message, StringComparison.Ordinal);
        Assert.Contains("overlap", (await Assert.ThrowsAsync<RefusedException>(() => Make.SqlAsAsync(database, scene.Admin, "update commission_plan_versions set valid_until = null where plan_id = @p0", id))).Message, StringComparison.Ordinal);
        Assert.Contains("overlaps", (await Assert.ThrowsAsync<RefusedException>(() => plans.AssignAsync(new() { PlanId = id, RepId = scene.Anna.Id, From = scene.Today }, _ct))).Message, StringComparison.Ordinal);
    }

    private async Task<CommissionScene> PayableAsync()
    {
        var scene = await Make.CommissionSceneAsync(database);
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await Make.CommissionRunAsync(database, scene.Admin);
        await Make.DecideAllAsync(database, scene, scene.Anna.Id, CommissionState.Approved, CommissionState.Payable);
        return scene;
    }

    private static PayoutForm Payout(CommissionScene scene, string reference) => new() { From = scene.Month, Until = scene.Month.AddMonths(1), Reference = $"{reference} {scene.Anna.Id:N}", PaidOn = scene.Today };
}
