using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Web.Catalog;
using Sourcing.Web.Orders;
using Sourcing.Web.Rfqs;
using Sourcing.Web.Security;
using Sourcing.Web.Suppliers;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Layout;

/// <summary>
/// A page is drawn whenever something happens around it, also between two things that it reads. What it has by then must be enough for
/// what it draws: each of these is drawn again and again until it stands.
/// </summary>
public sealed class DrawnWhileReadingTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Pages_of_a_part_and_a_supplier()
    {
        var world = await Make.OrderWorldAsync(database);
        await StandsAsync<PartPage>(world.PartId);
        await StandsAsync<PartEditPage>(world.PartId);
        await StandsAsync<SupplierPage>(world.SupplierId);
        await StandsAsync<SupplierEditPage>(world.SupplierId);
    }

    [Fact]
    public async Task Pages_of_an_RFQ()
    {
        var rfq = await Make.OpenRfqAsync(database);
        await StandsAsync<RfqPage>(rfq.Id);
        await StandsAsync<RfqPage>(rfq.Id, ("Tab", "suppliers"));
        await StandsAsync<ComparisonPage>(rfq.Id);
        await StandsAsync<RfqEditPage>((await Make.DraftRfqAsync(database)).Id);
        var quote = await Make.SubmittedQuoteAsync(database, rfq);
        await StandsAsync<SupplierQuotePage>(("RfqId", rfq.Id), ("SupplierId", quote.SupplierId));
        await StandsAsync<EnterQuotePage>(("RfqId", rfq.Id), ("SupplierId", quote.SupplierId));
    }

    [Fact]
    public async Task Pages_of_an_order()
    {
        var world = await Make.OrderWorldAsync(database);
        await StandsAsync<OrderPage>((await Make.PlacedOrderAsync(database, world)).Id);
        await StandsAsync<OrderEditPage>((await Make.PlacedOrderAsync(database, world, Sourcing.Data.Orders.OrderStatus.Draft)).Id);
    }

    [Fact]
    public async Task The_page_of_a_user()
    {
        var user = await database.UserAsync(null, [Role.Buyer]);
        await StandsAsync<UserPage>(user.Id);
        await StandsAsync<UserPage>(user.Id, ("Tab", "devices"));
        await StandsAsync<UserPage>(user.Id, ("Tab", "changes"));
    }

    private Task StandsAsync<TPage>(Guid id, params (string Name, object Value)[] more)
        where TPage : IComponent => StandsAsync<TPage>([("Id", id), .. more]);

    private async Task StandsAsync<TPage>(params (string Name, object Value)[] parameters)
        where TPage : IComponent
    {
        await using var scope = await database.AsAsync(Role.Admin);
        await using var page = new PageContext(scope);
        var query = parameters.Where(p => p.Name == "Tab").Select(p => $"?tab={p.Value}").SingleOrDefault();
        page.Services.GetRequiredService<NavigationManager>().NavigateTo("/page" + query);
        var cut = page.Render<TPage>(p =>
        {
            foreach (var (name, value) in parameters.Where(p => p.Value is Guid || typeof(TPage) == typeof(RfqPage)))
            {
                p.TryAdd(name, value);
            }
        });
        while (cut.FindAll("h1").Count == 0 || cut.FindAll(".skeleton").Count > 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            cut.Render();
            await Task.Yield();
        }

        Assert.DoesNotContain("There is no such", cut.Markup, StringComparison.Ordinal);
    }
}
