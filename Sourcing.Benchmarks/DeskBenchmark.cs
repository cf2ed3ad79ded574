using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Benchmarks;

/// <summary>
/// The desk at scale, through the services that the pages call: lists and search over many parts and suppliers, the comparison of
/// 200 lines and 15 suppliers, the board, and the whole RFQ cycle. Figures are milliseconds at the service, with their ratio to the
/// plainest statement this database can answer, measured in the same run.
/// </summary>
internal static class DeskBenchmark
{
    private const int Times = 60;

    public static async Task<int> RunAsync(int count)
    {
        await using var sandbox = await Sandbox.StartAsync();
        await FillAsync(sandbox, count);
        await using var scope = sandbox.Scope();
        var services = scope.ServiceProvider;
        var ct = CancellationToken.None;
        var database = services.GetRequiredService<Database>();
        Console.WriteLine($"{count:N0} parts and suppliers, {Times} times each\n\n| what | p50 ms | p95 ms | to a bare statement |\n| --- | --- | --- | --- |");
        var bare = await MeasureAsync("a transaction with one bare statement", null, i => database.ReadAsync((db, token) => db.NowAsync(token), ct));
        var parts = services.GetRequiredService<PartList>();
        var suppliers = services.GetRequiredService<SupplierList>();
        await MeasureAsync("parts, first page", bare, i => parts.PageAsync(new ListRequest(), ct));
        await MeasureAsync("parts, sorted by name", bare, i => parts.PageAsync(new ListRequest { Sort = "name", Descending = i % 2 == 0 }, ct));
        await MeasureAsync("parts, critical ones sorted by number", bare, i => parts.PageAsync(new ListRequest { Sort = "number" }.With("isCritical", "yes"), ct));
        var deep = new ListRequest { Sort = "number" };
        for (var i = 0; i < 40; i++)
        {
            deep = deep with { After = (await parts.PageAsync(deep with { Size = 200 }, ct)).Next };
        }

        await MeasureAsync("parts, page 160 of 50", bare, i => parts.PageAsync(deep, ct));
        await MeasureAsync("parts, list searched", bare, i => parts.PageAsync(new ListRequest { Search = $"yarn {i * 37}" }, ct));
        await MeasureAsync("suppliers, first page", bare, i => suppliers.PageAsync(new ListRequest(), ct));
        await MeasureAsync("suppliers, list searched", bare, i => suppliers.PageAsync(new ListRequest { Search = $"Firm {i * 53}" }, ct));
        var orders = services.GetRequiredService<OrderList>();
        await MeasureAsync("orders, first page", bare, i => orders.PageAsync(new ListRequest(), ct));
        await MeasureAsync("orders, late ones", bare, i => orders.PageAsync(new ListRequest().With("isLate", "yes"), ct));
        await MeasureAsync("orders, list searched", bare, i => orders.PageAsync(new ListRequest { Search = $"PO-2020-{i * 911 % count:0000000}" }, ct));
        var find = services.GetRequiredService<PartQueries>();
        var figures = services.GetRequiredService<SupplierFigureQueries>();
        var firms = (await suppliers.PageAsync(new ListRequest { Size = 200 }, ct)).Rows;
        await MeasureAsync("a supplier's figures of twelve months", bare, i => figures.ReadAsync(firms[i].Id, ct));
        await MeasureAsync("late lines, first page", bare, i => services.GetRequiredService<LateLineList>().PageAsync(new ListRequest(), ct));
        await MeasureAsync("late lines by supplier and week", bare, i => services.GetRequiredService<LateLineQueries>().OverviewAsync(ct));
        await MeasureAsync("today, everybody's", bare, i => services.GetRequiredService<Sourcing.Data.Operations.TodayQueries>().ForAsync(everybody: true, ct));
        var some = (await parts.PageAsync(new ListRequest { Size = 200 }, ct)).Rows;
        await MeasureAsync("a part's price history", bare, i => find.PriceHistoryAsync(some[i].Id, ct));
        await MeasureAsync("a part by its number", bare, i => find.ByNumberAsync($"P-{i * 911 % count:0000000}", ct));
        await MeasureAsync("a part by a number without its signs", bare, i => find.FindAsync($"p{i * 911 % count:0000000}", 8, ct));
        await MeasureAsync("parts by words", bare, i => find.FindAsync($"cotton yarn {i}", 8, ct));
        await ComparisonAsync(sandbox, services, bare);
        await CycleAsync(sandbox, services);
        await ScorecardsAsync(services);
        var board = services.GetRequiredService<RfqQueries>();
        await FillBoardAsync(sandbox, count);
        await MeasureAsync($"the board among {count:N0} RFQs", bare, i => board.BoardAsync(new BoardFilter(), ct));
        await MeasureAsync("the board, filtered by text", bare, i => board.BoardAsync(new BoardFilter(Text: $"Stock {i}"), ct));
        return 0;
    }

    private static async Task FillAsync(Sandbox sandbox, int count)
    {
        await sandbox.SqlAsync("insert into units (id, code, name, dimension, factor) values (gen_random_uuid(), 'kg', 'Kilogram', 'mass', 1) on conflict do nothing");
        await sandbox.SqlAsync("alter table parts disable trigger user; alter table suppliers disable trigger user; alter table rfqs disable trigger user");
        await sandbox.SqlAsync(
            """
            insert into parts (id, number, name, description, type, unit_id, is_critical, specifications, features, popularity, quote_count, order_count)
            select gen_random_uuid(), 'P-' || lpad(i::text, 7, '0'), (array['Combed cotton yarn', 'Reactive dye', 'Deep groove bearing', 'Shaft seal', 'Carton'])[1 + i % 5] || ' ' || i, '',
                'raw_material', (select id from units where code = 'kg'), i % 9 = 0, '[]', '{}', 0, 0, 0
            from generate_series(0, $1 - 1) i
            """, count);
        await sandbox.SqlAsync(
            """
            insert into suppliers (id, code, name, category, region, country, contact_name, email, phone, website, address, risk_level, is_active, blocked_for, capabilities, materials, processes, features, payment_terms, currency, incoterm, tax_id, notes)
            select gen_random_uuid(), 'S-' || lpad(i::text, 7, '0'), 'Firm ' || i || (array[' Textiles', ' Chemie', ' Bearings'])[1 + i % 3], '', '', 'DE', '', 's' || i || '@example.test', '', '', '', 'low', true, 'none', '[]', '[]', '[]', '{}', '30 days net', 'EUR', 'DAP', '', ''
            from generate_series(0, $1 - 1) i
            """, count);
        await FillPricesAsync(sandbox, count);
        await sandbox.SqlAsync("alter table parts enable trigger user; alter table suppliers enable trigger user; alter table rfqs enable trigger user");
        await sandbox.SqlAsync("vacuum analyze");
    }

    /// <summary>Two list prices a part, one of them in dollars, as many orders as parts with five lines each over five years, and a dollar rate for each of those days.</summary>
    private static async Task FillPricesAsync(Sandbox sandbox, int count)
    {
        const string Tables = "supplier_parts orders order_lines order_internals exchange_rates";
        foreach (var table in Tables.Split(' '))
        {
            await sandbox.SqlAsync($"alter table {table} disable trigger user");
        }

        await sandbox.SqlAsync("create table bench_parts as select id, row_number() over (order by number) - 1 as i from parts; create table bench_firms as select id, row_number() over (order by code) - 1 as i from suppliers; "
            + "create index on bench_parts (i); create index on bench_firms (i)");
        await sandbox.SqlAsync("insert into exchange_rates (id, currency, day, rate) select gen_random_uuid(), 'USD', current_date - d, 1.05 + (d % 90) * 0.001 from generate_series(0, 1800) d");
        await sandbox.SqlAsync(
            """
            insert into supplier_parts (id, supplier_id, part_id, unit_cost, currency, lead_time_days, preferred, valid_from)
            select gen_random_uuid(), f.id, p.id, 3 + (p.i % 70) * 0.1, case n when 0 then 'EUR' else 'USD' end, 21, n = 0, current_date - 200
            from bench_parts p cross join generate_series(0, 1) n join bench_firms f on f.i = (p.i * 7 + n * 13) % $1
            """, count);
        await sandbox.SqlAsync(
            """
            insert into orders (id, number, source, supplier_id, buyer_id, status, payment_status, currency, subtotal, freight, tax_rate, tax, total, payment_terms, incoterm, ship_to, note, promised_date, due_date,
                is_at_risk, received_share, contact_name, contact_email, supplier_email, issued_at, close_reason, reopen_reason, cancel_reason)
            select gen_random_uuid(), 'PO-2020-' || lpad(n::text, 7, '0'), 'manual', f.id, $2, case when n % 40 = 0 then 'issued' else 'closed' end, 'unpaid', 'EUR', 2000, 0, 0, 0, 2000, '30 days net', 'DAP', '', '',
                (now() - n * interval '26 minutes')::date + 21, case when n % 40 = 0 then (now() - n * interval '26 minutes')::date + 21 end,
                false, case when n % 40 = 0 then 0 else 1 end, '', '', '', now() - n * interval '26 minutes', '', '', ''
            from generate_series(1, $1) n join bench_firms f on f.i = n * 11 % $1
            """, count, sandbox.User.Id);
        await sandbox.SqlAsync("insert into order_internals (id, created_by, note, decline_reason) select id, buyer_id, '', '' from orders");
        await sandbox.SqlAsync(
            """
            insert into order_lines (id, order_id, line_no, part_id, part_number, supplier_part_number, description, quantity, unit_id, unit, unit_price, amount, promised_date, received_quantity, rejected_quantity)
            select gen_random_uuid(), o.id, n * 10, p.id, '', '', 'Yarn', 100, (select id from units where code = 'kg'), 'kg', 4, 400, o.promised_date, case o.status when 'closed' then 100 else 0 end, 0
            from (select id, promised_date, status, row_number() over (order by number) as i from orders) o cross join generate_series(1, 5) n join bench_parts p on p.i = (o.i * 5 + n * 101) % $1
            """, count);
        await sandbox.SqlAsync("drop table bench_parts; drop table bench_firms");
        foreach (var table in Tables.Split(' '))
        {
            await sandbox.SqlAsync($"alter table {table} enable trigger user");
        }
    }

    /// <summary>The run of the regular job: every period of every supplier, on the last five years of orders.</summary>
    private static async Task ScorecardsAsync(IServiceProvider services)
    {
        await ScmsScorecards.ActivateAsync(services, new()
        {
            Name = "Deliveries by quarter", Period = ScorePeriod.Quarter, Decay = 0.7m, SmallSample = 5,
            Criteria = [new() { Name = "On time", Weight = 60, Formula = Kpis.OnTimeLines, ZeroAt = 0.5m, FullAt = 1 }, new() { Name = "On time in full", Weight = 40, Formula = Kpis.OnTimeInFull, ZeroAt = 0.5m, FullAt = 1 }],
            Standings = [new() { Name = "Poor", From = 0, Effect = StandingEffect.Warn }, new() { Name = "Good", From = 60 }],
        });
        for (var run = 1; run <= 2; run++)
        {
            var watch = Stopwatch.StartNew();
            var outcome = await services.GetRequiredService<ScorecardService>().RecomputeAsync(null, CancellationToken.None);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| scorecards, run {run}: {outcome.Scored:N0} suppliers, {outcome.Scorecards:N0} scores, {outcome.Kpis:N0} KPIs | {watch.Elapsed.TotalMilliseconds:0.0} | | |"));
        }
    }

    private static async Task FillBoardAsync(Sandbox sandbox, int count)
    {
        await sandbox.SqlAsync("alter table rfqs disable trigger user");
        await sandbox.SqlAsync(
            """
            insert into rfqs (id, number, title, description, status, deadline, deadline_time_zone, currency, sealed, round, delivery_place, payment_terms, buyer_id, source)
            select gen_random_uuid(), 'RFQ-2020-' || lpad(i::text, 7, '0'), 'Stock ' || i, '', (array['draft', 'open', 'closed', 'evaluating', 'awarded', 'completed', 'cancelled'])[1 + i % 7],
                now() + (i % 900) * interval '1 hour', 'UTC', 'EUR', false, 1, '', '', $1, 'manual'
            from generate_series(1, $2) i
            """, sandbox.User.Id, count);
        await sandbox.SqlAsync("alter table rfqs enable trigger user");
        await sandbox.SqlAsync("vacuum analyze rfqs");
    }

    private static async Task ComparisonAsync(Sandbox sandbox, IServiceProvider services, double bare)
    {
        var rfq = await OpenAsync(sandbox, services, lines: 200, suppliers: 15);
        foreach (var supplier in rfq.Suppliers)
        {
            await QuoteAsync(sandbox, rfq.Id, supplier);
        }

        var comparison = services.GetRequiredService<ComparisonQueries>();
        await MeasureAsync("comparison, 200 lines and 15 suppliers", bare, i => comparison.ForAsync(rfq.Id, CancellationToken.None));
    }

    /// <summary>Twenty lines, five suppliers, a hundred prices, the award and its orders: ten times, phase by phase.</summary>
    private static async Task CycleAsync(Sandbox sandbox, IServiceProvider services)
    {
        var phases = new Dictionary<string, List<double>>();
        async Task<T> TimeAsync<T>(string phase, Func<Task<T>> work)
        {
            var watch = Stopwatch.StartNew();
            var result = await work();
            if (!phases.TryGetValue(phase, out var times))
            {
                phases[phase] = times = [];
            }

            times.Add(watch.Elapsed.TotalMilliseconds);
            return result;
        }

        var rfqs = services.GetRequiredService<RfqService>();
        for (var round = 0; round < 10; round++)
        {
            var rfq = await TimeAsync("write, invite and open", () => OpenAsync(sandbox, services, 20, 5));
            await TimeAsync("five quotes of twenty prices", async () =>
            {
                foreach (var supplier in rfq.Suppliers)
                {
                    await QuoteAsync(sandbox, rfq.Id, supplier);
                }

                return true;
            });
            await TimeAsync("close", async () => await rfqs.CloseAsync(new() { Id = rfq.Id, Version = await VersionAsync(services, rfq.Id) }, CancellationToken.None));
            var view = await TimeAsync("compare", () => services.GetRequiredService<ComparisonQueries>().ForAsync(rfq.Id, CancellationToken.None));
            await TimeAsync("award and make the orders", () => services.GetRequiredService<AwardService>().AwardAsync(
                new()
                {
                    Id = rfq.Id, Version = view.Version, Scenario = AwardScenarioKind.CheapestPerLine,
                    Choices = [.. view.CheapestPerLine.Choices.Select(c => new AwardFormLine { RfqLineId = c.RfqLineId, QuoteLineId = c.QuoteLineId, Quantity = c.Quantity })],
                }, CancellationToken.None));
        }

        Console.WriteLine("\n| the RFQ cycle, 20 lines and 5 suppliers | p50 ms | p95 ms |\n| --- | --- | --- |");
        foreach (var (phase, times) in phases)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {phase} | {At(times, 0.5):0.0} | {At(times, 0.95):0.0} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| the whole | {At([.. Enumerable.Range(0, 10).Select(i => phases.Values.Sum(p => p[i]))], 0.5):0.0} | |\n\n| what | p50 ms | p95 ms | to a bare statement |\n| --- | --- | --- | --- |"));
    }

    private static async Task<(Guid Id, List<Guid> Suppliers)> OpenAsync(Sandbox sandbox, IServiceProvider services, int lines, int suppliers)
    {
        var ct = CancellationToken.None;
        var (rfqs, find) = (services.GetRequiredService<RfqService>(), services.GetRequiredService<PartQueries>());
        var start = Random.Shared.Next(1000);
        var form = new RfqForm { Title = "Stock of the season", Deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(7), DeadlineTimeZone = "UTC" };
        for (var i = 0; i < lines; i++)
        {
            var part = (await find.ByNumberAsync($"P-{start + i:0000000}", ct))!;
            form.Lines.Add(new() { PartId = part.Id, Description = part.Name, Quantity = 100 + i, UnitId = part.UnitId, TargetPrice = 4 });
        }

        var id = await rfqs.SaveAsync(form, ct);
        var chosen = new List<Guid>();
        for (var i = 0; i < suppliers; i++)
        {
            chosen.Add(await sandbox.ScalarAsync<Guid>("select id from suppliers where code = $1", $"S-{start + i:0000000}"));
        }

        await services.GetRequiredService<InvitationService>().InviteAsync(new() { Id = id, Version = await VersionAsync(services, id), SupplierIds = chosen }, ct);
        await rfqs.OpenAsync(new() { Id = id, Version = await VersionAsync(services, id) }, ct);
        return (id, chosen);
    }

    private static async Task QuoteAsync(Sandbox sandbox, Guid rfqId, Guid supplierId)
    {
        await using var scope = sandbox.Scope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(await SupplierAsync(sandbox, supplierId));
        var sheet = await scope.ServiceProvider.GetRequiredService<QuoteQueries>().OwnAsync(rfqId, CancellationToken.None);
        var form = sheet.ToForm();
        (form.ValidUntil, form.LeadTimeDays, form.FreightCost) = (sheet.Rfq.DeadlineDay.AddDays(60), 21, 50);
        foreach (var line in form.Lines)
        {
            line.UnitPrice = 3 + decimal.Round((decimal)Random.Shared.NextDouble(), 2);
        }

        await scope.ServiceProvider.GetRequiredService<QuoteService>().SubmitAsync(form, CancellationToken.None);
    }

    private static async Task<UserIdentity> SupplierAsync(Sandbox sandbox, Guid supplierId)
    {
        var user = sandbox.User with
        {
            Id = Guid.CreateVersion7(), Name = "Supplier", Roles = new HashSet<Role> { Role.Supplier }, SupplierId = supplierId, SessionToken = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
        };
        await sandbox.SqlAsync(
            "insert into app.sessions (id, token_hash, user_id, user_name, access, supplier_id, expires_at) values ($1, sha256(convert_to($2, 'UTF8')), $3, $4, 'supplier', $5, now() + interval '1 day')",
            Guid.CreateVersion7(), user.SessionToken, user.Id, user.Name, supplierId);
        return user;
    }

    private static async Task<uint> VersionAsync(IServiceProvider services, Guid rfqId) =>
        (await services.GetRequiredService<RfqQueries>().DetailsAsync(rfqId, CancellationToken.None))!.Version;

    private static async Task<double> MeasureAsync<T>(string what, double? bare, Func<int, Task<T>> work)
    {
        for (var i = 0; i < 5; i++)
        {
            await work(i);
        }

        var times = new List<double>(Times);
        for (var i = 0; i < Times; i++)
        {
            var watch = Stopwatch.StartNew();
            await work(i);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        var middle = At(times, 0.5);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {middle:0.0} | {At(times, 0.95):0.0} | {(bare is { } one ? $"{middle / one:0.0}×" : "")} |"));
        return middle;
    }

    private static double At(List<double> times, double share) => times.Order().ElementAt(Math.Min(times.Count - 1, (int)(times.Count * share)));
}
