using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Sales;

namespace Sourcing.Benchmarks;

/// <summary>
/// Notes at scale, at the services that the pages call: the form opened and saved, my day, search and a team's week, as a representative
/// with an equal share of all customers and notes. The aim: the form open and saved in 300 ms among 100,000 customers and 5 million notes.
/// </summary>
internal static class NoteBenchmark
{
    private const int Reps = 100;
    private const int Times = 40;
    private const int Part = 500_000;

    public static async Task<int> RunAsync(int customers, int notes)
    {
        await using var sandbox = await Sandbox.StartAsync();
        var clock = Stopwatch.StartNew();
        var (rep, manager) = await FillAsync(sandbox, customers, notes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{customers:N0} customers and {notes:N0} notes of {Reps} representatives, made in {clock.Elapsed.TotalSeconds:0} s; {Times} times each\n\n| what | p50 ms | p95 ms |\n| --- | --- | --- |"));
        var ct = CancellationToken.None;
        await using (var scope = sandbox.Scope())
        {
            var services = scope.ServiceProvider;
            services.GetRequiredService<CurrentUser>().Become(rep);
            var (queries, service, list) = (services.GetRequiredService<NoteQueries>(), services.GetRequiredService<NoteService>(), services.GetRequiredService<NoteList>());
            var own = (await queries.NewAsync(null, null, null, ct)).Recent[0];
            await MeasureAsync("the form opened", _ => queries.NewAsync(null, null, null, ct));
            await MeasureAsync("the form opened about a customer", _ => queries.NewAsync(own.Id, null, null, ct));
            await MeasureAsync("a customer found by letters", i => queries.FindCustomersAsync($"Brinwell {i}", 8, ct));
            await MeasureAsync("a note saved", i => service.SaveAsync(new() { CustomerId = own.Id, Body = $"Wants the navy lot {i} days earlier.", NextAction = "Send dates", NextActionOn = new DateOnly(2100, 1, 1) }, ct));
            await MeasureAsync("my day", _ => services.GetRequiredService<MyDayQueries>().ForAsync(ct));
            await MeasureAsync("the count in the navigation", _ => services.GetRequiredService<MyDayQueries>().CountAsync(ct));
            await MeasureAsync("a customer's notes, first page", _ => queries.TimelineAsync(own.Id, null, 30, ct));
            await MeasureAsync("notes searched by a rare word", i => queries.SearchAsync($"lot {1000 + i}", 6, ct));
            await MeasureAsync("notes searched by a word of one in ten", _ => queries.SearchAsync("swatches", 6, ct));
            await MeasureAsync("the list of notes, first page", _ => list.PageAsync(new ListRequest(), ct));
        }

        await using var above = sandbox.Scope();
        above.ServiceProvider.GetRequiredService<CurrentUser>().Become(manager);
        await MeasureAsync($"a week of all {Reps} representatives", _ => above.ServiceProvider.GetRequiredService<ActivityQueries>().WeekAsync(null, ct), times: 20);
        await MeasureAsync("silent customers of all, first page", _ => above.ServiceProvider.GetRequiredService<SilentCustomerList>().PageAsync(new ListRequest(), ct), times: 20);
        return 0;
    }

    private static async Task<(UserIdentity Rep, UserIdentity Manager)> FillAsync(Sandbox sandbox, int customers, int notes)
    {
        var manager = await PersonAsync(sandbox, "Trial manager", Role.SalesManager);
        var rep = await PersonAsync(sandbox, "Trial representative", Role.SalesRep);
        await sandbox.SqlAsync(
            """
            insert into users (id, full_name, email, user_name, normalized_email, normalized_user_name, time_zone_id, culture_name, notify_by_email, single_keys, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            select gen_random_uuid(), 'Representative ' || i, i || '@example.test', i || '@example.test', i || '@EXAMPLE.TEST', i || '@EXAMPLE.TEST', 'UTC', 'en-GB', true, true, true, false, false, true, 0 from generate_series(2, $1) i
            """, Reps);
        await sandbox.SqlAsync("insert into user_roles (user_id, role_id) select u.id, r.id from users u, roles r where u.full_name like 'Representative %' and r.name = 'SalesRep'");
        await sandbox.SqlAsync("update sales_reps set manager_id = $1 where id <> $1", manager.Id);
        await sandbox.SqlAsync("alter table customers disable trigger user; alter table customer_contacts disable trigger user; alter table sales_notes disable trigger user");
        await sandbox.SqlAsync("create table bench_reps as select id, row_number() over (order by (id = '" + rep.Id + "') desc, id) - 1 as place from sales_reps where manager_id is not null");
        await sandbox.SqlAsync(
            """
            insert into customers (id, number, name, tier, sales_rep_id, email, phone, website, address, country, currency, payment_terms, tax_id, about, is_active)
            select gen_random_uuid(), 'C-' || lpad(i::text, 7, '0'), (array['Brinwell', 'Halvrik', 'Pellier', 'Tidewell', 'Ostrella'])[1 + i % 5] || ' ' || i, (array['a', 'b', 'c', 'prospect'])[1 + i % 4],
                r.id, '', '+49 555 0100', '', '', 'DE', 'EUR', '', '', '', true
            from generate_series(0, $1 - 1) i join bench_reps r on r.place = i % (select count(*) from bench_reps)
            """, customers);
        await sandbox.SqlAsync("create table bench_customers as select id, sales_rep_id, row_number() over (order by number) - 1 as place from customers; create index on bench_customers (place)");
        await sandbox.SqlAsync(
            "insert into customer_contacts (id, customer_id, name, role, email, phone, is_main) select gen_random_uuid(), id, 'Nadia Ferre', 'Purchasing', '', '+49 555 0199', true from customers");
        // In parts: all at once would run into the statement's time.
        for (var from = 0; from < notes; from += Part)
        {
            await sandbox.SqlAsync(
                """
                insert into sales_notes (id, customer_id, sales_rep_id, kind, body, occurred_at, duration_seconds, next_action, next_action_on, first_due_on, done_at)
                select gen_random_uuid(), c.id, c.sales_rep_id, (array['call', 'email', 'meeting', 'visit', 'task'])[1 + i % 5],
                    'Asked about lot ' || i || case when i % 10 = 0 then ' and swatches' else ' and the delivery' end, now() - make_interval(mins => (i::bigint * 7919 % 788400)::int), case when i % 5 = 0 then 480 end,
                    case when i % 3 = 0 then 'Send dates' else '' end, case when i % 3 = 0 then current_date - (i::bigint * 7919 % 540)::int end, case when i % 3 = 0 then current_date - (i::bigint * 7919 % 540)::int end,
                    case when i % 3 = 0 and i % 1000 <> 0 then now() - make_interval(days => (i::bigint * 7919 % 540)::int) end
                from generate_series($1, $2) i join bench_customers c on c.place = (i::bigint * 104729) % (select count(*) from bench_customers)
                """, from, Math.Min(notes, from + Part) - 1);
        }
        await sandbox.SqlAsync("alter table customers enable trigger user; alter table customer_contacts enable trigger user; alter table sales_notes enable trigger user");
        await sandbox.SqlAsync(
            "insert into last_contacts (customer_id, sales_rep_id, occurred_at) select customer_id, sales_rep_id, max(occurred_at) from sales_notes where kind <> 'task' group by customer_id, sales_rep_id");
        await sandbox.SqlAsync("vacuum analyze");
        return (rep, manager);
    }

    internal static async Task<UserIdentity> PersonAsync(Sandbox sandbox, string name, Role role)
    {
        var person = new UserIdentity(
            Guid.CreateVersion7(), name, new HashSet<Role> { role }, null, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), TimeZoneInfo.Utc, CultureInfo.GetCultureInfo("en-GB"));
        await sandbox.SqlAsync(
            """
            insert into users (id, full_name, email, user_name, normalized_email, normalized_user_name, time_zone_id, culture_name, notify_by_email, single_keys, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            values ($1, $2, $3, $3, upper($3), upper($3), 'UTC', 'en-GB', true, true, true, false, false, true, 0)
            """, person.Id, name, $"{person.Id}@example.test");
        await sandbox.SqlAsync("insert into user_roles (user_id, role_id) select $1, id from roles where name = $2", person.Id, role.ToString());
        await sandbox.SqlAsync(
            "insert into app.sessions (id, token_hash, user_id, user_name, access, expires_at) values ($1, sha256(convert_to($2, 'UTF8')), $3, $4, 'rep', now() + interval '1 day')",
            Guid.CreateVersion7(), person.SessionToken, person.Id, name);
        return person;
    }

    internal static async Task MeasureAsync<T>(string what, Func<int, Task<T>> act, int times = Times)
    {
        await act(0);
        var taken = new List<double>();
        for (var i = 1; i <= times; i++)
        {
            var clock = Stopwatch.StartNew();
            await act(i);
            taken.Add(clock.Elapsed.TotalMilliseconds);
        }

        taken.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {taken[taken.Count / 2]:0.0} | {taken[(int)(taken.Count * 0.95)]:0.0} |"));
    }
}
