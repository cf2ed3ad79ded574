using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Suppliers;
using Sourcing.Web.Suppliers;
using Sourcing.Web.Tests.Catalog;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Suppliers;

public sealed class SupplierPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_contact_is_marked_in_its_row_and_nothing_is_lost()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var page = new PageContext(scope);
        var cut = page.Render<SupplierEditPage>();
        cut.WaitForElement("form.form");
        var code = CatalogMaker.Code("S-");
        await cut.Find("[data-field=Code] input").ChangeAsync(code);
        await cut.Find("[data-field=Name] input").ChangeAsync("Orvane Textiles");
        await cut.FindAll("button").First(b => b.TextContent.Contains("Add contact", StringComparison.Ordinal)).ClickAsync();
        await cut.WaitForElement(".row-contact [data-field=Name] input").ChangeAsync("Rui Tavora");
        await cut.Find("form.form").SubmitAsync();
        cut.WaitForAssertion(() => Assert.Contains("Rui Tavora is to receive RFQs but has no e-mail address", cut.Find(".row-contact [data-field=Email] .field-error").TextContent, StringComparison.Ordinal));
        await cut.Find(".row-contact [data-field=Email] input").ChangeAsync("rui@orvane.example.test");
        await cut.Find("form.form").SubmitAsync();
        var navigation = page.Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>();
        cut.WaitForAssertion(() => Assert.Contains("/suppliers/0", navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from supplier_contacts c join suppliers s on s.id = c.supplier_id where s.code = $1", code));
    }

    [Fact]
    public async Task A_blocked_supplier_says_so_and_why_on_every_tab()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        var id = await scope.SupplierAsync("Halted GmbH");
        var version = (await scope.Get<SupplierQueries>().DetailsAsync(id, _ct))!.Version;
        await scope.Get<SupplierService>().BlockAsync(new() { Id = id, Version = version, BlockedFor = SupplierBlock.Order, Reason = "Certificate ran out." }, _ct);
        await using var page = new PageContext(scope);
        var cut = page.Render<SupplierPage>(p => p.Add(x => x.Id, id));
        foreach (var tab in new[] { null, "rfqs", "orders", "prices", "history" })
        {
            cut.Render(p => p.Add(x => x.Tab, tab));
            cut.WaitForAssertion(() => Assert.Contains("Certificate ran out.", cut.Markup, StringComparison.Ordinal));
            Assert.Contains("Blocked for orders", cut.Markup, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Readers_see_no_acts()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        var id = await buyer.SupplierAsync("Seen Ltd");
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var page = new PageContext(reader);
        var cut = page.Render<SupplierPage>(p => p.Add(x => x.Id, id));
        cut.WaitForAssertion(() => Assert.Contains("Seen Ltd", cut.Find("h1").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(cut.FindAll("a, button"), b => b.TextContent.Contains("Edit", StringComparison.Ordinal) || b.TextContent.Contains("Block", StringComparison.Ordinal));
    }
}
