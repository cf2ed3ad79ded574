using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Sales;
using Sourcing.Web.Sales;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Sales;

public sealed class SalesPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_representative_adds_a_customer_and_reads_its_page()
    {
        var world = await Make.SalesWorldAsync(database);
        await using var scope = database.As(world.Rep);
        await using var pages = new PageContext(scope);
        var form = pages.Render<CustomerEditPage>();
        form.WaitForElement("form.form");
        Assert.Empty(form.FindAll("[data-field=SalesRepId]"));
        await form.Find("form.form").SubmitAsync();
        form.WaitForAssertion(() => Assert.Contains("Type the customer's name.", form.Find("[data-field=Name] .field-error").TextContent, StringComparison.Ordinal));
        await form.Find("[data-field=Name] input").ChangeAsync("Tidewell Linen");
        await form.Find("form.form").SubmitAsync();
        var navigation = pages.Services.GetRequiredService<NavigationManager>();
        form.WaitForAssertion(() => Assert.Contains("/customers/0", navigation.Uri, StringComparison.Ordinal));
        var id = Guid.Parse(new Uri(navigation.Uri).Segments[^1]);

        var page = pages.Render<CustomerPage>(p => p.Add(x => x.Id, id));
        page.WaitForAssertion(() => Assert.Equal("Tidewell Linen", page.Find("h1").TextContent.Trim()));
        Assert.Contains(world.Rep.Name, page.Markup, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains("Nothing yet", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Give to…", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_buyer_reads_a_customer_without_notes_and_finds_no_button_to_change_it()
    {
        var (world, orders) = (await Make.SalesWorldAsync(database), await Make.OrderWorldAsync(database));
        var customer = await Make.CustomerAsync(database, world.Rep, "Eskbury Knit");
        await Make.SoldOrderAsync(database, orders, customer, 900);
        await database.SqlAsync("insert into sales_notes (id, customer_id, sales_rep_id, kind, body, occurred_at, next_action) values ($1, $2, $3, 'call', 'Price is a secret', now(), '')", Guid.CreateVersion7(), customer, world.Rep.Id);
        await using var scope = database.As(orders.Buyer);
        await using var pages = new PageContext(scope);
        var page = pages.Render<CustomerPage>(p => p.Add(x => x.Id, customer));
        page.WaitForAssertion(() => Assert.Contains("EUR\u00a0900", page.Find(".timeline").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Notes", page.Find(".kinds").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll($"a[href='/customers/{customer}/edit']"));
        page.Render(p => p.Add(x => x.Tab, "orders"));
        page.WaitForAssertion(() => Assert.Contains("900", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_representative_opens_an_order_from_its_customer_and_another_finds_none_at_its_address()
    {
        var (world, orders) = (await Make.SalesWorldAsync(database), await Make.OrderWorldAsync(database));
        var customer = await Make.CustomerAsync(database, world.Rep, "Marlow Weavers");
        var order = await Make.SoldOrderAsync(database, orders, customer, 900);
        await using (var scope = database.As(world.Rep))
        {
            await using var pages = new PageContext(scope);
            var list = pages.Render<CustomerPage>(p => p.Add(x => x.Id, customer).Add(x => x.Tab, "orders"));
            list.WaitForElement($"tbody a[href='/sales/orders/{order}']");
            list.Render(p => p.Add(x => x.Tab, null));
            list.WaitForElement($".timeline a[href='/sales/orders/{order}']");
            var page = pages.Render<CustomerOrderPage>(p => p.Add(x => x.Id, order));
            page.WaitForAssertion(() => Assert.Contains("900", page.Find("dl.pairs dd").TextContent, StringComparison.Ordinal));
            Assert.NotEmpty(page.FindAll("table tbody tr"));
            // No supplier, and no button to act on it.
            Assert.Empty(page.FindAll("a[href^='/suppliers'], a[href^='/orders']"));
            list.Render(p => p.Add(x => x.Tab, "files"));
            list.WaitForElement(".attachments input[type=file]");
        }

        await using var other = database.As(world.Other);
        await using var strange = new PageContext(other);
        var missing = strange.Render<CustomerOrderPage>(p => p.Add(x => x.Id, order));
        missing.WaitForAssertion(() => Assert.Contains("There is no such order", missing.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_keeps_what_was_typed_when_it_is_refused_and_a_buyer_makes_an_RFQ_of_it()
    {
        var (world, orders) = (await Make.SalesWorldAsync(database), await Make.OrderWorldAsync(database));
        var customer = await Make.CustomerAsync(database, world.Rep);
        await using var scope = database.As(world.Rep);
        await using var pages = new PageContext(scope);
        var form = pages.Render<NewRequestPage>();
        form.WaitForElement("form.form");
        await form.Find("[data-field=Title] input").ChangeAsync("Navy lot");
        await form.Find("[data-field='Lines[0].Description'] input, .row-request [data-field=Description] input").ChangeAsync("Combed cotton");
        await form.Find("form.form").SubmitAsync();
        form.WaitForAssertion(() => Assert.Contains("Choose the customer.", form.Markup, StringComparison.Ordinal));
        Assert.Equal("Combed cotton", form.Find(".row-request [data-field=Description] input").GetAttribute("value"));

        var id = await scope.Get<RequestService>().AskAsync(new() { CustomerId = customer, Title = "Navy lot", Lines = [new() { Description = "Combed cotton", Quantity = 5, UnitId = orders.Kilogram }] }, _ct);
        await using var buyer = database.As(orders.Buyer);
        await using var desk = new PageContext(buyer);
        var page = desk.Render<RequestPage>(p => p.Add(x => x.Id, id));
        page.WaitForAssertion(() => Assert.Contains("Combed cotton", page.Markup, StringComparison.Ordinal));
        await page.FindAll("button").Single(b => b.TextContent.Contains("Make an RFQ of it", StringComparison.Ordinal)).ClickAsync();
        var navigation = desk.Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => Assert.Matches("/rfqs/[0-9a-f-]+/edit$", navigation.Uri));
    }

    [Fact]
    public async Task A_manager_sees_the_tree_and_sets_a_quota_that_the_figures_count_against()
    {
        var (world, orders) = (await Make.SalesWorldAsync(database), await Make.OrderWorldAsync(database));
        await Make.SoldOrderAsync(database, orders, await Make.CustomerAsync(database, world.Rep), 1200);
        await using var scope = database.As(world.Manager);
        await using var pages = new PageContext(scope);
        var team = pages.Render<TeamPage>();
        team.WaitForAssertion(() => Assert.Equal(2, team.FindAll("tbody tr").Count));
        var dialog = pages.Render<QuotaDialog>(p => p.Add(x => x.Form, new QuotaForm { SalesRepId = world.Rep.Id, PeriodStart = SalesArithmetic.QuarterOf(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)) }));
        await dialog.Find("[data-field=Amount] input").ChangeAsync("2400");
        await dialog.Find("form").SubmitAsync();
        var page = pages.Render<RepPage>(p => p.Add(x => x.Id, world.Rep.Id));
        page.WaitForAssertion(() => Assert.Contains("50", page.Find("tbody tr .pill").TextContent, StringComparison.Ordinal));
        var figures = pages.Render<SalesDashboardPage>();
        figures.WaitForAssertion(() => Assert.Contains("1,200", figures.Find(".sales-tiles").TextContent, StringComparison.Ordinal));
        Assert.Contains("2,400", figures.Find(".sales-tiles").TextContent, StringComparison.Ordinal);
        var own = pages.Render<RepPage>(p => p.Add(x => x.Id, world.Manager.Id));
        own.WaitForAssertion(() => Assert.Contains("No quota yet", own.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Set quota", own.Markup, StringComparison.Ordinal);
    }
}
