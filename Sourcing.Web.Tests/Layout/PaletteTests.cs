using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Layout;
using Sourcing.Web.Tests.Catalog;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Layout;

public sealed class PaletteTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("6204-2RS", "6204 2r", "6204-2R")]
    [InlineData("6204-2RS", "62042RS", "6204-2RS")]
    [InlineData("Deep groove", "groove", "groove")]
    [InlineData("Deep groove", "x", "")]
    [InlineData("Deep groove", "", "")]
    public void The_typed_letters_are_found_whatever_stands_between_them(string title, string typed, string marked)
    {
        var (from, to) = PaletteMatch.Find(title, typed);
        Assert.Equal(marked, title[from..to]);
    }

    [Fact]
    public async Task It_finds_parts_rfqs_and_suppliers_by_number_and_by_name()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var unit = await scope.UnitAsync(CatalogMaker.Code("u"));
        var part = await scope.PartAsync(unit, "QX-7781-2RS", "Deep groove ball bearing");
        var rfq = await Make.OpenRfqAsync(database);
        var search = scope.Get<SearchQueries>();

        Assert.Equal(part, (await search.FindAsync("qx7781 2rs", 5, Ct))[0].Id);
        Assert.Contains(await search.FindAsync("groove bear", 5, Ct), f => f.Id == part && !f.ByNumber);
        var byNumber = (await search.FindAsync(rfq.Number.Replace('-', ' '), 5, Ct))[0];
        Assert.Equal((SearchKind.Rfq, rfq.Id, true), (byNumber.Kind, byNumber.Id, byNumber.ByNumber));
        Assert.Contains(await search.FindAsync($"Supplier 1 of {rfq.Number}", 5, Ct), f => f.Kind == SearchKind.Supplier && f.Id == rfq.Suppliers[0]);
        Assert.Empty(await search.FindAsync("%", 5, Ct));
        Assert.Empty(await search.FindAsync("q", 5, Ct));
    }

    [Fact]
    public async Task It_finds_orders_by_number_and_by_supplier_for_those_who_may_see_orders()
    {
        var world = await Make.OrderWorldAsync(database);
        var order = await Make.PlacedOrderAsync(database, world);
        await using var planner = await database.AsAsync(Role.Planner);
        var found = (await planner.Get<SearchQueries>().FindAsync(order.Number.ToLowerInvariant().Replace('-', ' '), 5, Ct))[0];
        Assert.Equal((SearchKind.Order, order.Id, order.Number, true), (found.Kind, found.Id, found.Number, found.ByNumber));
        Assert.Contains(await planner.Get<SearchQueries>().FindAsync(order.Supplier, 5, Ct), f => f.Kind == SearchKind.Order && f.Id == order.Id);

        using var page = new PageContext(planner);
        var palette = page.Render<CommandPalette>();
        await palette.InvokeAsync(palette.Instance.Open);
        await palette.InvokeAsync(() => palette.Find("[role=combobox]").InputAsync(new ChangeEventArgs { Value = order.Number }));
        palette.WaitForAssertion(() => Assert.Contains(palette.FindAll("[role=group]").Single(g => g.GetAttribute("aria-label") == "Orders").QuerySelectorAll("[role=option]"), o => o.TextContent.Contains(order.Number, StringComparison.Ordinal)));

        await using var sales = await database.AsAsync(Role.SalesRep);
        Assert.DoesNotContain(await sales.Get<SearchQueries>().FindAsync(order.Number, 5, Ct), f => f.Kind == SearchKind.Order);
    }

    [Fact]
    public async Task It_finds_only_what_the_person_may_see()
    {
        var rfq = await Make.OpenRfqAsync(database);
        await using (var buyer = await database.AsAsync(Role.Buyer))
        {
            await buyer.PartAsync(await buyer.UnitAsync(CatalogMaker.Code("u")), "Supplier part 1", "Supplier 1 of all");
        }

        await using var sales = await database.AsAsync(Role.SalesRep);
        Assert.All(await sales.Get<SearchQueries>().FindAsync("supplier 1", 10, Ct), f => Assert.Equal(SearchKind.Part, f.Kind));
        await using var supplier = await database.AsAsync(rfq.Suppliers[0], Role.Supplier);
        Assert.Empty(await supplier.Get<SearchQueries>().FindAsync(rfq.Number, 10, Ct));
    }

    [Fact]
    public async Task Arrows_move_enter_opens_and_commands_follow_permissions()
    {
        await using var scope = await database.AsAsync(Role.ReadOnly);
        using var page = new PageContext(scope);
        var palette = page.Render<CommandPalette>();
        await palette.InvokeAsync(palette.Instance.Open);
        Assert.DoesNotContain(palette.FindAll("[role=option]"), o => o.TextContent.Contains("New RFQ", StringComparison.Ordinal));
        var input = palette.Find("[role=combobox]");
        Assert.Equal("palette-0", input.GetAttribute("aria-activedescendant"));
        await input.KeyDownAsync(new KeyboardEventArgs { Key = "ArrowDown" });
        Assert.Equal("true", palette.Find("#palette-1").GetAttribute("aria-selected"));
        await input.KeyDownAsync(new KeyboardEventArgs { Key = "ArrowUp" });
        await input.KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });
        Assert.EndsWith(Links.Today, page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Empty(palette.FindAll("[role=combobox]"));
    }
}
