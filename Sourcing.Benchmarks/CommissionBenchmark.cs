using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Sales.Commissions;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Benchmarks;

/// <summary>
/// A run of commissions over many orders, through the service that the page calls: 40 representatives in four teams on a plan with retroactive tiers,
/// accelerator, bonuses and clawback, their four managers with an override. One order in ten is divided, one in fifty cancelled within the window.
/// </summary>
internal static class CommissionBenchmark
{
    private const int Reps = 40;

    public static async Task RunAsync(int orders)
    {
        await using var sandbox = await Sandbox.StartAsync();
        await FillAsync(sandbox, orders);
        await using var scope = sandbox.Scope();
        await PlansAsync(scope.ServiceProvider);
        await sandbox.SqlAsync("analyze");
        Console.WriteLine($"{orders.ToString("N0", CultureInfo.InvariantCulture)} orders of {Reps} representatives\n\n| what | s | cores here | cores in the server | lines |\n| --- | ---: | ---: | ---: | ---: |");
        await TimeAsync(sandbox, "the first run, everything new", () => RunAsync(scope.ServiceProvider));
        await TimeAsync(sandbox, "a second run, nothing new", () => RunAsync(scope.ServiceProvider));
        var review = scope.ServiceProvider.GetRequiredService<CommissionReviewService>();
        await TimeAsync(sandbox, "approve all", () => review.DecideAsync(new(), CancellationToken.None));
        await TimeAsync(sandbox, "make all payable", () => review.DecideAsync(new() { State = CommissionState.Payable }, CancellationToken.None));
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await TimeAsync(sandbox, "pay all out", () => review.PayAsync(new() { From = today.AddYears(-3), Until = today.AddDays(1), Reference = "SEPA 1", PaidOn = today }, CancellationToken.None));
        var queries = scope.ServiceProvider.GetRequiredService<CommissionQueries>();
        await TimeAsync(sandbox, "the review by representative", () => queries.TotalsAsync(today.AddYears(-3), today, CancellationToken.None));
        await TimeAsync(sandbox, "the first page of the ledger", () => scope.ServiceProvider.GetRequiredService<CommissionList>().PageAsync(new(), CancellationToken.None));
        Console.WriteLine($"\nThe process used {(Process.GetCurrentProcess().PeakWorkingSet64 / 1_048_576).ToString("N0", CultureInfo.InvariantCulture)} MB at most.");
    }

    private static Task<Guid> RunAsync(IServiceProvider services) =>
        services.GetRequiredService<CommissionRunService>().RunAsync(new() { Through = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime) }, CancellationToken.None);

    private static async Task TimeAsync(Sandbox sandbox, string what, Func<Task> act)
    {
        var meter = await Meter.StartAsync(sandbox);
        await act();
        var cost = meter.Read();
        var lines = await sandbox.ScalarAsync<long>("select count(*) from commissions");
        Console.WriteLine($"| {what} | {Seconds(cost.Time)} | {Seconds(cost.Here)} | {Seconds(cost.Server)} | {lines.ToString("N0", CultureInfo.InvariantCulture)} |");
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static async Task PlansAsync(IServiceProvider services)
    {
        var (plans, queries) = (services.GetRequiredService<CommissionPlanService>(), services.GetRequiredService<CommissionPlanQueries>());
        var start = new DateOnly(TimeProvider.System.GetUtcNow().Year - 2, 1, 1);
        var people = (await services.GetRequiredService<CommissionQueries>().RepsAsync(CancellationToken.None)).ToList();
        foreach (var (name, managers) in new[] { ("Direct", false), ("Managers", true) })
        {
            var id = await plans.SaveAsync(new()
            {
                Name = name, Period = ScorePeriod.Quarter, ValidFrom = start, Event = EarningEvent.Issued, ClawbackDays = 90, Accelerator = 1.5m, Bonuses = [new() { AttainmentPercent = 100, Amount = 500 }],
                Rules = [new() { Shape = RateShape.Retroactive, Tiers = [new() { Percent = 2 }, new() { From = 200_000, Percent = 3 }, new() { From = 800_000, Percent = 4 }] }],
                OverridePercent = managers ? 10 : null, OverrideReach = OverrideReach.WholeTree,
            }, CancellationToken.None);
            var plan = (await queries.PlanAsync(id, CancellationToken.None))!;
            await plans.ActivateAsync(id, plan.Versions[0].Id, plan.Version, CancellationToken.None);
            foreach (var person in people.Where(p => p.Name.StartsWith("Manager", StringComparison.Ordinal) == managers))
            {
                await plans.AssignAsync(new() { PlanId = id, RepId = person.Id, From = start }, CancellationToken.None);
            }
        }
    }

    internal static async Task FillAsync(Sandbox sandbox, int orders)
    {
        await sandbox.SqlAsync("insert into roles (id, name, normalized_name) select gen_random_uuid(), 'Admin', 'ADMIN' where not exists (select from roles where name = 'Admin')");
        await sandbox.SqlAsync("insert into user_roles (user_id, role_id) select $1, id from roles where name = 'Admin' on conflict do nothing", sandbox.User.Id);
        // Another role ends the sessions of before; the trial goes on with its own.
        await sandbox.SqlAsync("update app.sessions set revoked_at = null");
        await sandbox.SqlAsync(
            """
            insert into users (id, full_name, email, user_name, normalized_email, normalized_user_name, time_zone_id, culture_name, notify_by_email, single_keys, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            select gen_random_uuid(), case when i <= 4 then 'Manager ' else 'Rep ' end || i, 'r' || i || '@example.test', 'r' || i, 'R' || i || '@EXAMPLE.TEST', 'R' || i, 'UTC', 'en-GB', true, true, true, false, false, true, 0
            from generate_series(1, $1 + 4) i
            """, Reps);
        await sandbox.SqlAsync("insert into sales_reps (id, is_active) select id, true from users where email like 'r%@example.test' on conflict do nothing");
        await sandbox.SqlAsync("create table bench_reps as select u.id, substr(u.user_name, 2)::int as i from users u where u.email ~ '^r[0-9]+@'");
        await sandbox.SqlAsync("update sales_reps r set manager_id = m.id from bench_reps b, bench_reps m where b.id = r.id and b.i > 4 and m.i = 1 + b.i % 4");
        await sandbox.SqlAsync("insert into units (id, code, name, dimension, factor) values (gen_random_uuid(), 'kg', 'Kilogram', 'mass', 1) on conflict do nothing");
        await sandbox.SqlAsync("alter table orders disable trigger user; alter table order_lines disable trigger user; alter table order_sales disable trigger user; alter table customers disable trigger user");
        await sandbox.SqlAsync(
            """
            insert into sales_quotas (id, sales_rep_id, period, period_start, period_end, amount, currency)
            select gen_random_uuid(), b.id, 'quarter', q::date, (q + interval '3 months')::date, 600000, 'EUR'
            from bench_reps b cross join generate_series(date_trunc('year', now()) - interval '1 year', now(), interval '3 months') q
            """);
        await sandbox.SqlAsync(
            """
            insert into customers (id, number, name, tier, sales_rep_id, email, phone, website, address, country, currency, payment_terms, tax_id, external_ids, about, is_active)
            select gen_random_uuid(), 'C-' || n, 'Customer ' || n, (array['a', 'b', 'c'])[1 + n % 3], b.id, '', '', '', '', '', 'EUR', '', '', '[]', '', true
            from generate_series(1, 2000) n join bench_reps b on b.i = 5 + n % $1
            """, Reps);
        await sandbox.SqlAsync(
            """
            insert into customer_responsibilities (id, customer_id, sales_rep_id, valid_from, changed_by)
            select gen_random_uuid(), id, sales_rep_id, '2020-01-01', $1 from customers
            """, sandbox.User.Id);
        await OrdersAsync(sandbox, orders);
        await sandbox.SqlAsync("alter table orders enable trigger user; alter table order_lines enable trigger user; alter table order_sales enable trigger user; alter table customers enable trigger user; drop table bench_reps");
    }

    private static async Task OrdersAsync(Sandbox sandbox, int orders)
    {
        await sandbox.SqlAsync(
            """
            insert into suppliers (id, code, name, category, region, country, contact_name, email, phone, website, address, risk_level, is_active, blocked_for, capabilities, materials, processes, features, payment_terms, currency, incoterm, tax_id, notes)
            values (gen_random_uuid(), 'S-1', 'One Mill', '', '', '', '', '', '', '', '', 'low', true, 'none', '[]', '[]', '[]', '{}', '', 'EUR', '', '', '')
            """);
        await sandbox.SqlAsync(
            """
            insert into orders (id, number, source, supplier_id, buyer_id, status, payment_status, currency, subtotal, freight, tax_rate, tax, total, payment_terms, incoterm, ship_to, note,
                is_at_risk, received_share, contact_name, contact_email, supplier_email, issued_at, cancelled_at, close_reason, reopen_reason, cancel_reason)
            select gen_random_uuid(), 'PO-' || lpad(n::text, 7, '0'), 'manual', (select id from suppliers limit 1), $2, case when n % 50 = 0 then 'cancelled' else 'issued' end, 'unpaid', 'EUR', a, 0, 0, 0, a, '', 'DAP', '', '',
                false, 0, '', '', '', at, case when n % 50 = 0 then at + interval '1 hour' end, '', '', case when n % 50 = 0 then 'Not needed.' else '' end
            from generate_series(1, $1) n cross join lateral (select 100 + (n * 7919 % 90000)::numeric / 100 as a, greatest(date_trunc('year', now()) - interval '11 months', now() - n * interval '5 minutes') as at) x
            """, orders, sandbox.User.Id);
        await sandbox.SqlAsync(
            """
            insert into order_lines (id, order_id, line_no, part_number, supplier_part_number, description, quantity, unit_id, unit, unit_price, amount, received_quantity, rejected_quantity)
            select gen_random_uuid(), id, 10, '', '', 'Yarn', 1, (select id from units where code = 'kg'), 'kg', subtotal, subtotal, 0, 0 from orders
            """);
        await sandbox.SqlAsync(
            """
            insert into order_sales (id, customer_id, sales_rep_id)
            select o.id, c.id, c.sales_rep_id from (select id, row_number() over (order by number) as i from orders) o
            join (select id, sales_rep_id, row_number() over (order by number) as i from customers) c on c.i = 1 + o.i % 2000
            """);
        await sandbox.SqlAsync(
            """
            insert into order_shares (id, order_id, sales_rep_id, percent)
            select gen_random_uuid(), s.id, p.rep, p.percent from (select s.*, row_number() over (order by id) as i from order_sales s) s
            cross join lateral (select s.sales_rep_id as rep, 66.67 as percent union all (select b.id, 33.33 from bench_reps b where b.i > 4 and b.id <> s.sales_rep_id order by b.i limit 1)) p where s.i % 10 = 0
            """);
    }
}
