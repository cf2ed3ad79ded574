using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Catalog.Merging;
using Sourcing.Data.Common;
using Sourcing.Web.Catalog;
using Sourcing.Web.Suppliers;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Catalog;

public sealed class MergePagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_preview_says_what_comes_along_what_differs_and_which_one_stays()
    {
        var world = await MergeWorld.MakeAsync(database);
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var page = new PageContext(scope);
        var navigation = page.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo(Links.MergeParts(world.Keep, world.Gone));
        var cut = page.Render<PartMergePage>();
        cut.WaitForAssertion(() => Assert.Contains($"Merge {world.GoneNumber} into {world.KeepNumber}", cut.Find("h1").TextContent, StringComparison.Ordinal));
        Assert.Contains("Order lines", cut.Find("[aria-label='What comes along']").TextContent, StringComparison.Ordinal);
        Assert.Contains("Gauge", cut.Find("[aria-label='What differs']").TextContent, StringComparison.Ordinal);
        Assert.Contains("cannot be undone", cut.Find("[aria-label='Worth knowing']").TextContent, StringComparison.Ordinal);
        Assert.Equal(Links.MergeParts(world.Gone, world.Keep), cut.FindAll("a").Single(a => a.TextContent.Trim().EndsWith("Swap", StringComparison.Ordinal)).GetAttribute("href"));
        Assert.Contains(cut.FindAll("button"), b => b.TextContent.Contains("Merge parts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_stands_in_the_way_is_said_in_place_of_the_button()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var (a, b) = (await scope.PartAsync(await scope.UnitAsync(CatalogMaker.Code("u"))), await scope.PartAsync(await scope.UnitAsync(CatalogMaker.Code("u"))));
        await using var page = new PageContext(scope);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.MergeParts(a, b));
        var cut = page.Render<PartMergePage>();
        cut.WaitForAssertion(() => Assert.Contains("would mean other quantities", cut.Find(".notice.hue-red").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(cut.FindAll("button"), x => x.TextContent.Contains("Merge parts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_old_address_leads_to_the_part_that_stays_with_a_word_and_both_histories()
    {
        var world = await MergeWorld.MakeAsync(database);
        await using var scope = await database.AsAsync(Role.Buyer);
        await world.MergeAsync(scope);
        await using var page = new PageContext(scope);
        var navigation = page.Services.GetRequiredService<NavigationManager>();
        var old = page.Render<PartPage>(p => p.Add(x => x.Id, world.Gone));
        old.WaitForAssertion(() => Assert.EndsWith($"{Links.Part(world.Keep)}?merged={world.Gone}", navigation.Uri, StringComparison.Ordinal));
        var cut = page.Render<PartPage>(p => p.Add(x => x.Id, world.Keep).Add(x => x.Tab, "history"));
        cut.WaitForAssertion(() => Assert.Contains($"{world.GoneNumber} Combed cotton yarn Ne 24/1 was merged into this part", cut.Markup, StringComparison.Ordinal));
        cut.WaitForAssertion(() => Assert.Contains($"Show the history of {world.GoneNumber}", cut.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sales_is_led_on_too_and_told_of_a_part_that_is_not_there()
    {
        var world = await MergeWorld.MakeAsync(database);
        await using (var buyer = await database.AsAsync(Role.Buyer))
        {
            await world.MergeAsync(buyer);
        }

        await using var scope = await database.AsAsync(Role.SalesRep);
        Assert.Equal((world.Keep, "somebody"), await scope.Get<PartMergeQueries>().LeadsToAsync(world.Gone, _ct) is { } lead ? (lead.KeptId, lead.By) : default);
        await using var page = new PageContext(scope);
        var cut = page.Render<PartPage>(p => p.Add(x => x.Id, Guid.CreateVersion7()));
        cut.WaitForAssertion(() => Assert.Contains("There is no such part", cut.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Suppliers_are_compared_the_same_way()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var (a, b) = (await scope.SupplierAsync("Airmesh Filters", f => f.Email = "sales@airmesh.example.test"), await scope.SupplierAsync("Airmesh Filter", f => f.Phone = "+00 555 7"));
        await using var page = new PageContext(scope);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.MergeSuppliers(a, b));
        var cut = page.Render<SupplierMergePage>();
        cut.WaitForAssertion(() => Assert.Contains("Merge Airmesh Filter into Airmesh Filters", cut.Find("h1").TextContent, StringComparison.Ordinal));
        Assert.Contains("+00 555 7", cut.Find("[aria-label='What differs']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Likely_duplicates_lead_to_their_comparison()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var unit = await scope.UnitAsync(CatalogMaker.Code("u"));
        var tag = CatalogMaker.Code("pg");
        var (a, b) = (await scope.PartAsync(unit, $"{tag}-1"), await scope.PartAsync(unit, $"{tag} 1"));
        await using var page = new PageContext(scope);
        var cut = page.Render<PartDuplicatesPage>();
        cut.WaitForAssertion(() => Assert.Contains(cut.FindAll("a"), x => x.GetAttribute("href") == Links.MergeParts(a, b)));
        Assert.Contains("Same number", cut.Markup, StringComparison.Ordinal);
    }
}
