using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Operations;
using Sourcing.Web.Shared;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Shared;

public sealed class DataListTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_address_holds_filters_order_page_and_columns()
    {
        await using var scope = await RatesAsync();
        using var page = Page(scope);
        var list = Render(page, scope, "/rates?f.currency=USD&sort=-day&size=10&columns=currency,day&density=normal");
        list.WaitForAssertion(() => Assert.Equal(10, list.FindAll("tbody tr").Count));
        Assert.All(list.FindAll("tbody tr"), r => Assert.Contains("USD", r.TextContent, StringComparison.Ordinal));
        Assert.Equal("descending", list.FindAll("thead th")[1].GetAttribute("aria-sort"));
        Assert.Equal(2, list.FindAll("thead th").Count);
        Assert.Contains("roomy", list.Find(".list").ClassName, StringComparison.Ordinal);
        Assert.Contains("1–10 of 30", list.Find(".list-foot").TextContent, StringComparison.Ordinal);
        Assert.Contains("/export/rates.csv?sort=-day&f.currency=USD&size=10&columns=currency,day", (await ExportsAsync(list))[1], StringComparison.Ordinal);

        await list.InvokeAsync(() => list.Find("[aria-label='Next page']").ClickAsync(new()));
        list.WaitForAssertion(() => Assert.Contains("11–20 of 30", list.Find(".list-foot").TextContent, StringComparison.Ordinal));
        await list.InvokeAsync(() => list.Find("[aria-label='Previous page']").ClickAsync(new()));
        list.WaitForAssertion(() => Assert.Contains("1–10 of 30", list.Find(".list-foot").TextContent, StringComparison.Ordinal));
        Assert.Contains("f.currency=USD", Address(page), StringComparison.Ordinal);
        Assert.DoesNotContain("after=", Address(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_click_on_a_head_sorts_and_another_turns_it_round()
    {
        await using var scope = await RatesAsync();
        using var page = Page(scope);
        var list = Render(page, scope, "/rates?view=table");
        list.WaitForElement("tbody tr");
        await list.InvokeAsync(() => list.FindAll("thead button")[2].ClickAsync(new()));
        Assert.EndsWith("/rates?view=table&sort=rate", Address(page), StringComparison.Ordinal);
        list.WaitForAssertion(() => Assert.Equal("ascending", list.FindAll("thead th")[2].GetAttribute("aria-sort")));
        await list.InvokeAsync(() => list.FindAll("thead button")[2].ClickAsync(new()));
        Assert.EndsWith("/rates?view=table&sort=-rate", Address(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_the_list_does_not_know_is_refused_in_words()
    {
        await using var scope = await RatesAsync();
        using var page = Page(scope);
        var list = Render(page, scope, "/rates?f.colour=red");
        list.WaitForAssertion(() => Assert.Contains("The list has no column \"colour\"", list.Find(".notice").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_saved_view_is_a_tab_with_its_count_and_a_private_one_is_its_owners()
    {
        await using var scope = await RatesAsync();
        var shared = await SaveAsync(scope, "Dollars", "f.currency=USD", shared: true);
        await SaveAsync(scope, "Mine", "f.currency=CHF", shared: false);
        await using var other = await database.AsAsync(Role.Planner);
        using var page = Page(other);
        var list = Render(page, other, $"/rates?f.currency=USD&saved={shared}");
        list.WaitForAssertion(() => Assert.Equal(["All60", "Dollars30"], list.FindAll(".list-views .tab").Select(t => t.TextContent)));
        Assert.Equal("page", list.FindAll(".list-views .tab")[1].GetAttribute("aria-current"));
        await Assert.ThrowsAsync<MissingException>(() => other.Get<SavedViewService>().DeleteAsync(shared, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Selected_rows_are_handed_to_the_bulk_bar()
    {
        await using var scope = await RatesAsync();
        using var page = Page(scope);
        var list = Render(page, scope, "/rates?size=5", bulk: true);
        list.WaitForElement("tbody tr");
        await list.InvokeAsync(() => list.FindAll("tbody input")[0].ChangeAsync(true));
        await list.InvokeAsync(() => list.FindAll("tbody input")[3].ChangeAsync(true));
        Assert.Contains("2 selected", list.Find(".bulk").TextContent, StringComparison.Ordinal);
        Assert.Contains("ids:2", list.Find(".bulk").TextContent, StringComparison.Ordinal);
        await list.InvokeAsync(() => list.Find(".bulk [aria-label='Clear selection']").ClickAsync(new()));
        Assert.Empty(list.FindAll(".bulk"));
    }

    [Fact]
    public async Task A_list_of_another_role_is_denied_to_views_and_exports_alike()
    {
        await using var scope = await database.AsAsync(Role.SalesRep);
        var ct = TestContext.Current.CancellationToken;
        var source = new RateList(scope.Get<Database>(), scope.User);
        await Assert.ThrowsAsync<DeniedException>(() => source.PageAsync(new(), ct));
        await Assert.ThrowsAsync<DeniedException>(() => source.CountsAsync([""], ct));
        await Assert.ThrowsAsync<DeniedException>(() => source.ExportAsync(new(), [], _ => ValueTask.CompletedTask, ct));
    }

    [Fact]
    public async Task An_export_has_every_row_and_the_currency_beside_its_amount()
    {
        await using var scope = await RatesAsync();
        var source = new RateList(scope.Get<Database>(), scope.User);
        var rows = new List<IReadOnlyList<object?>>();
        await source.ExportAsync(new ListRequest().With("currency", "USD"), ["day", "rate"], r => { rows.Add(r); return ValueTask.CompletedTask; }, TestContext.Current.CancellationToken);
        Assert.Equal(["Day", "Rate", "Rate, currency"], source.Heads(["day", "rate"]));
        Assert.Equal(30, rows.Count);
        Assert.All(rows, r => Assert.Equal("USD", r[2]));
    }

    [Fact]
    public async Task A_list_that_is_left_while_it_loads_ends_quietly()
    {
        await using var scope = await RatesAsync();
        using var page = Page(scope);
        await using var connection = await database.Sources.Migrator.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var locking = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var take = new Npgsql.NpgsqlCommand("lock table exchange_rates in access exclusive mode", connection);
        await take.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var list = Render(page, scope, "/rates?size=5").Instance;
        var waiting = list.ReloadAsync();
        await page.DisposeComponentsAsync();
        await waiting;
        await locking.RollbackAsync(TestContext.Current.CancellationToken);

        // What somebody else changed may be heard a moment after the page went.
        await list.ReloadAsync();
        Assert.False(page.Renderer.UnhandledException.IsCompleted);
    }

    [Fact]
    public async Task Another_page_s_address_is_not_read_as_the_list_s_own()
    {
        await using var scope = await RatesAsync();
        using var page = Page(scope);
        var list = Render(page, scope, "/rates?f.currency=USD&size=5");
        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll(".list-foot")));
        database.Queries.Reset();
        page.Services.GetRequiredService<NavigationManager>().NavigateTo("/orders?f.status=open");
        Assert.Equal(0, database.Queries.Count);
        Assert.Equal(5, list.FindAll("tbody tr").Count);
    }

    [Fact]
    public async Task The_next_record_of_the_list_is_a_key_away_also_beyond_the_page()
    {
        await using var scope = await RatesAsync();
        using var page = Page(scope);
        var list = Render(page, scope, "/rates?f.currency=USD&sort=-day&size=5");
        list.WaitForElement("tbody tr");
        var hrefs = list.FindAll("a.row-link").Select(a => a.GetAttribute("href")!).ToArray();

        await GoAsync(page, hrefs[1], "alt+left", "/history");
        Assert.EndsWith(hrefs[0] + "/history", Address(page), StringComparison.Ordinal);
        await GoAsync(page, hrefs[4], "alt+right", "");
        var sixth = new Uri(Address(page)).AbsolutePath;
        Assert.DoesNotContain(sixth, hrefs);
        await GoAsync(page, sixth, "alt+left", "");
        Assert.EndsWith(hrefs[4], Address(page), StringComparison.Ordinal);

        var first = page.Render<NextInList>(p => p.Add(n => n.Href, hrefs[0]));
        Assert.True(first.Find("[data-key='alt+left']").HasAttribute("disabled"));
        Assert.Empty(page.Render<NextInList>(p => p.Add(n => n.Href, "/rates/another")).Markup.Trim());
        Assert.Equal("/rates?f.currency=USD&sort=-day&size=5", page.Services.GetRequiredService<ListTrails>().AsLeft("/rates"));
    }

    private static async Task GoAsync(PageContext page, string from, string key, string suffix)
    {
        var next = page.Render<NextInList>(p => p.Add(n => n.Href, from).Add(n => n.Suffix, suffix));
        await next.InvokeAsync(() => next.Find($"[data-key='{key}']").ClickAsync(new()));
    }

    private static async Task<string[]> ExportsAsync(IRenderedComponent<DataList<RateRow>> list)
    {
        await list.InvokeAsync(() => list.FindAll(".list-tools button").Single(b => b.TextContent.Contains("Export", StringComparison.Ordinal)).ClickAsync(new()));
        var links = list.FindAll(".list-tools a").Select(a => a.GetAttribute("href")!).ToArray();
        await list.InvokeAsync(() => list.Find(".popup-veil").ClickAsync(new()));
        return links;
    }

    // Clicks are made on the page's own thread: counts of views may arrive between finding a button and pressing it.
    // The test's list is not one of the app's.
    private static PageContext Page(TestScope scope) =>
        new(scope, new SavedViewQueries(scope.Get<Database>(), scope.User, [new RateList(scope.Get<Database>(), scope.User)]));

    private static string Address(PageContext page) => page.Services.GetRequiredService<NavigationManager>().Uri;

    private static Task<Guid> SaveAsync(TestScope scope, string name, string query, bool shared) => scope.Get<Database>().WriteAsync(
        async (db, ct) =>
        {
            // The test's list is not one of the app's, so the view is made without the service's look at its permission.
            var view = new SavedView(scope.User.Id, "rates", name, query, shared);
            db.Add(view);
            await db.SaveChangesAsync(ct);
            return view.Id;
        },
        TestContext.Current.CancellationToken);

    private static IRenderedComponent<DataList<RateRow>> Render(PageContext page, TestScope scope, string address, bool bulk = false)
    {
        var source = new RateList(scope.Get<Database>(), scope.User);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return page.Render<DataList<RateRow>>(p =>
        {
            p.Add(l => l.Source, source).Add(l => l.Link, r => $"/rates/{r.Id}");
            if (bulk)
            {
                p.Add<IReadOnlyList<Guid>>(l => l.Bulk, ids => $"ids:{ids.Count}");
            }
        });
    }

    private async Task<TestScope> RatesAsync()
    {
        var scope = await database.AsAsync(Role.Buyer);
        if (await database.ScalarAsync<long>("select count(*) from exchange_rates where currency in ('USD', 'CHF') and day < '2021-01-01'") == 0)
        {
            await scope.Get<Database>().WriteAsync(
                async (db, ct) =>
                {
                    for (var i = 0; i < 60; i++)
                    {
                        db.Add(new ExchangeRate(i % 2 == 0 ? "USD" : "CHF", new DateOnly(2020, 1, 1).AddDays(i), 1 + (i / 100m)));
                    }

                    await db.SaveChangesAsync(ct);
                },
                TestContext.Current.CancellationToken);
        }

        return scope;
    }

    public sealed record RateRow
    {
        public Guid Id { get; init; }

        public string Currency { get; init; } = "";

        public DateOnly Day { get; init; }

        public decimal Rate { get; init; }
    }

    private sealed class RateList(Database database, CurrentUser user) : ListSource<RateRow>(database, user)
    {
        private static readonly ListShape<RateRow> Columns = new ListShape<RateRow>("rates", "Rates", r => r.Id)
            .Add(r => r.Currency, "Currency", FieldKind.Choice, choices: [new("USD", "USD"), new("CHF", "CHF")])
            .Add(r => r.Day, "Day", FieldKind.Date)
            .Add(r => r.Rate, "Rate", FieldKind.Money, currency: r => r.Currency)
            .OrderedBy("day");

        public override ListShape<RateRow> Shape => Columns;

        public override Permission Permission => Permission.OrdersRead;

        protected override IQueryable<RateRow> Rows(SourcingDb db, string search) => db.ExchangeRates
            .Where(r => r.Day < new DateOnly(2021, 1, 1))
            .Select(r => new RateRow { Id = r.Id, Currency = r.Currency, Day = r.Day, Rate = r.Rate });
    }
}
