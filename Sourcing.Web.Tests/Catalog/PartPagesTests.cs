using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Web.Catalog;
using Sourcing.Web.Shared;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Catalog;

public sealed class PartPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_part_keeps_what_was_typed_and_says_why_beside_the_field()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var unit = await scope.UnitAsync(CatalogMaker.Code("u"));
        var number = CatalogMaker.Code("P-");
        await scope.PartAsync(unit, number, "First of that number");
        await using var page = new PageContext(scope);
        var cut = page.Render<PartEditPage>();
        cut.WaitForElement("form.form");
        await cut.Find("[data-field=Number] input").ChangeAsync(number);
        await cut.Find("[data-field=Name] input").ChangeAsync("Second");
        await cut.Find("[data-field=UnitId] select").ChangeAsync(unit.ToString());
        cut.WaitForAssertion(() => Assert.Contains("may be in the catalog already", cut.Markup, StringComparison.Ordinal));
        await cut.Find("form.form").SubmitAsync();
        cut.WaitForAssertion(() => Assert.Contains("is taken by \"First of that number\"", cut.Find("[data-field=Number] .field-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("Second", cut.Find("[data-field=Name] input").GetAttribute("value"));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from parts where number = $1", number));
    }

    [Fact]
    public async Task A_saved_part_leads_to_its_page()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var unit = await scope.UnitAsync(CatalogMaker.Code("u"));
        var number = CatalogMaker.Code("P-");
        await using var page = new PageContext(scope);
        var cut = page.Render<PartEditPage>();
        cut.WaitForElement("form.form");
        await cut.Find("[data-field=Number] input").ChangeAsync(number);
        await cut.Find("[data-field=Name] input").ChangeAsync("New one");
        await cut.Find("[data-field=UnitId] select").ChangeAsync(unit.ToString());
        await cut.FindAll("button").First(b => b.TextContent.Contains("Add specification", StringComparison.Ordinal)).ClickAsync();
        await cut.WaitForElement(".row-spec [data-field=Name] input").ChangeAsync("Width");
        await cut.Find(".row-spec [data-field=Value] input").ChangeAsync("52");
        await cut.Find("form.form").SubmitAsync();
        var navigation = page.Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>();
        cut.WaitForAssertion(() => Assert.Contains("/parts/0", navigation.Uri, StringComparison.Ordinal));
        var part = await scope.Get<PartQueries>().ByNumberAsync(number, _ct);
        Assert.EndsWith(Links.Part(part!.Id), navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_prices_to_a_buyer_and_not_to_sales()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        var part = await buyer.PartAsync(await buyer.UnitAsync(CatalogMaker.Code("u")), name: "Shaft seal", more: f => f.Specifications.Add(new() { Name = "Bore", Kind = SpecificationKind.Number, Value = "35", Unit = "mm" }));
        await buyer.PriceAsync(await buyer.SupplierAsync(), part, 9.4m);
        await buyer.PriceAsync(await buyer.SupplierAsync("Orvane Textiles"), part, 8.92m, f => f.Breaks.Add(new() { MinimumQuantity = 100, UnitCost = 8.5m }));
        await using (var page = new PageContext(buyer))
        {
            page.JSInterop.Setup<Radzen.Blazor.Rendering.Rect>("Radzen.createChart", _ => true).SetResult(new() { Width = 800, Height = 280 });
            var cut = page.Render<PartPage>(p => p.Add(x => x.Id, part));
            cut.WaitForAssertion(() => Assert.Contains("Shaft seal", cut.Find("h1").TextContent, StringComparison.Ordinal));
            Assert.Contains("35\u00a0mm", cut.Markup, StringComparison.Ordinal);
            Assert.Contains(cut.FindAll("a"), a => a.TextContent.Contains("Edit part", StringComparison.Ordinal));
            cut.Render(p => p.Add(x => x.Tab, "prices"));
            cut.WaitForAssertion(() => Assert.Contains("Orvane Textiles", cut.Find("table").TextContent, StringComparison.Ordinal));
            Assert.Contains("from 100", cut.Find(".breaks").TextContent, StringComparison.Ordinal);
            cut.Render(p => p.Add(x => x.Tab, "price-history"));
            cut.WaitForAssertion(() => Assert.Contains("Median of 2", cut.Markup, StringComparison.Ordinal));
            Assert.Contains("2 prices from EUR\u00a08.92 to EUR\u00a09.40, median EUR\u00a09.16", cut.Find("[role=img]").GetAttribute("aria-label"), StringComparison.Ordinal);
        }

        await using var sales = await database.AsAsync(Role.SalesRep);
        await using var other = new PageContext(sales);
        var seen = other.Render<PartPage>(p => p.Add(x => x.Id, part));
        seen.WaitForAssertion(() => Assert.Contains("Shaft seal", seen.Find("h1").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(seen.FindAll("a"), a => a.TextContent.Contains("Edit part", StringComparison.Ordinal) || a.TextContent.Contains("rices", StringComparison.Ordinal));
        Assert.DoesNotContain("8.92", seen.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_is_not_there_is_said_so()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var page = new PageContext(scope);
        var cut = page.Render<PartPage>(p => p.Add(x => x.Id, Guid.CreateVersion7()));
        cut.WaitForAssertion(() => Assert.Contains("There is no such part", cut.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_picker_finds_by_a_loosely_typed_number_and_takes_by_keyboard()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var id = await scope.PartAsync(await scope.UnitAsync(CatalogMaker.Code("u")), "PICK-77/A", "Picked part");
        await using var page = new PageContext(scope);
        PartHit? chosen = null;
        var cut = page.Render<PartPicker>(p => p.Add(x => x.Chosen, (PartHit? part) => chosen = part));
        await cut.Find("input").InputAsync("pick77a");
        cut.WaitForElement("[role=option] .typeahead-code");
        await cut.Find("input").KeyDownAsync("Enter");
        cut.WaitForAssertion(() => Assert.Equal(id, chosen?.Id));
        Assert.Equal("PICK-77/A Picked part", cut.Find("input").GetAttribute("value"));
        cut.Render(p => p.Add(x => x.Value, id));
        await cut.Find(".typeahead-clear").ClickAsync();
        cut.WaitForAssertion(() => Assert.Null(chosen));
    }

    [Fact]
    public async Task The_list_shows_its_rows_and_acts_only_to_those_who_may()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        var number = CatalogMaker.Code("LIST-");
        await buyer.PartAsync(await buyer.UnitAsync(CatalogMaker.Code("u")), number, more: f => f.IsCritical = true);
        await using (var page = new PageContext(buyer))
        {
            var cut = page.Render<PartsPage>();
            cut.WaitForAssertion(() => Assert.Contains(number, cut.Find("table").TextContent, StringComparison.Ordinal));
            Assert.NotEmpty(cut.FindAll("tbody input[type=checkbox]"));
        }

        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var other = new PageContext(reader);
        var seen = other.Render<PartsPage>();
        seen.WaitForAssertion(() => Assert.Contains(number, seen.Find("table").TextContent, StringComparison.Ordinal));
        Assert.Empty(seen.FindAll("tbody input[type=checkbox]"));
        Assert.DoesNotContain("New part", seen.Markup, StringComparison.Ordinal);
    }
}
