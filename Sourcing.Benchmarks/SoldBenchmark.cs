using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Operations;
using Sourcing.Data.Sales;

namespace Sourcing.Benchmarks;

/// <summary>The list of sold orders, as a representative with one order in forty and as the manager of all: first page, late ones, a search, the dashboard.</summary>
internal static class SoldBenchmark
{
    public static async Task<int> RunAsync(int orders)
    {
        await using var sandbox = await Sandbox.StartAsync();
        await CommissionBenchmark.FillAsync(sandbox, orders);
        var manager = await NoteBenchmark.PersonAsync(sandbox, "Trial manager", Role.SalesManager);
        var rep = await NoteBenchmark.PersonAsync(sandbox, "Trial representative", Role.SalesRep);
        await sandbox.SqlAsync("update sales_reps set manager_id = $1 where id <> $1", manager.Id);
        await sandbox.SqlAsync("alter table customers disable trigger user; alter table order_sales disable trigger user");
        await sandbox.SqlAsync("update customers set sales_rep_id = $1 where sales_rep_id = (select id from users where user_name = 'r5')", rep.Id);
        await sandbox.SqlAsync("update order_sales set sales_rep_id = $1 where sales_rep_id = (select id from users where user_name = 'r5')", rep.Id);
        await sandbox.SqlAsync("alter table customers enable trigger user; alter table order_sales enable trigger user");
        await sandbox.SqlAsync("analyze");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{orders:N0} sold orders of 40 representatives\n\n| what | p50 ms | p95 ms |\n| --- | --- | --- |"));
        foreach (var (who, person) in new[] { ("a representative", rep), ("the manager of all", manager) })
        {
            await using var scope = sandbox.Scope();
            var services = scope.ServiceProvider;
            services.GetRequiredService<CurrentUser>().Become(person);
            var list = services.GetRequiredService<SoldOrderList>();
            await NoteBenchmark.MeasureAsync($"sold orders, first page, {who}", _ => list.PageAsync(new ListRequest(), CancellationToken.None), 20);
            await NoteBenchmark.MeasureAsync($"those that are late, {who}", _ => list.PageAsync(new ListRequest().With("isLate", "yes"), CancellationToken.None), 20);
            await NoteBenchmark.MeasureAsync($"those of a customer by name, {who}", i => list.PageAsync(new ListRequest { Search = $"Customer {100 + i}" }, CancellationToken.None), 20);
            await NoteBenchmark.MeasureAsync($"search over everything by an order’s number, {who}", i => services.GetRequiredService<SearchQueries>().FindAsync($"PO-00{1000 + i}", 6, CancellationToken.None), 20);
            await NoteBenchmark.MeasureAsync($"the dashboard, {who}", _ => services.GetRequiredService<SalesFigureQueries>().ReadAsync(null, CancellationToken.None), 20);
        }

        return 0;
    }
}
