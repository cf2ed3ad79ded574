using Microsoft.Playwright;
using Sourcing.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Sourcing.E2E.Journeys;

/// <summary>A representative at a telephone's width asks for an RFQ on behalf of a customer, and a buyer takes it over.</summary>
public sealed class SalesJourneyTests(App app)
{
    [Fact]
    public async Task A_wish_of_a_customer_becomes_an_RFQ_and_the_representative_hears_of_it()
    {
        await using var rep = await app.SignInAsync("katja.brandt@example.test", 390);
        await rep.OpenAsync("/customers/new");
        await rep.Page.GetByLabel("Name", new() { Exact = true }).First.FillAsync("Journey Knitwear");
        await rep.Page.GetByRole(AriaRole.Button, new() { Name = "Save customer" }).ClickAsync();
        await Expect(rep.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Journey Knitwear");
        await rep.Page.GetByRole(AriaRole.Link, new() { Name = "Ask for an RFQ" }).ClickAsync();
        await Expect(rep.Page.GetByRole(AriaRole.Combobox, new() { Name = "Customer" })).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^Journey Knitwear"));
        await rep.Page.GetByLabel("What the customer wants").FillAsync("Undyed yarn for the autumn");
        var line = rep.Page.GetByRole(AriaRole.Group, new() { Name = "Line 1" });
        await line.GetByLabel("What is wanted").FillAsync("Undyed cotton yarn");
        await line.GetByLabel("Quantity").FillAsync("250");
        await line.GetByLabel("Unit").SelectOptionAsync("kg");
        await rep.Page.GetByRole(AriaRole.Button, new() { Name = "Send request" }).ClickAsync();
        await Expect(rep.Page.GetByText("Undyed cotton yarn")).ToBeVisibleAsync();
        var address = rep.Page.Url;

        await using var buyer = await app.SignInAsync("tarek.olsson@example.test");
        await buyer.OpenAsync(new Uri(address).AbsolutePath);
        await buyer.Page.GetByRole(AriaRole.Button, new() { Name = "Make an RFQ of it" }).ClickAsync();
        await Expect(buyer.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/rfqs/[0-9a-f-]+/edit$"));
        await buyer.OpenAsync(new Uri(buyer.Page.Url).AbsolutePath.Replace("/edit", "", StringComparison.Ordinal));
        await Expect(buyer.Page.GetByRole(AriaRole.Link, new() { Name = "Journey Knitwear" })).ToBeVisibleAsync();

        await rep.OpenAsync(new Uri(address).AbsolutePath);
        await Expect(rep.Page.GetByText("Tarek Olsson took it over")).ToBeVisibleAsync();

        // From there she reads how far it is, and finds it again behind the chart of her pipeline.
        await rep.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^RFQ-") }).ClickAsync();
        await Expect(rep.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Undyed yarn for the autumn");
        await Expect(rep.Page.Locator(".steps .here")).ToContainTextAsync("Prepared");
        await Expect(rep.Page.GetByText("No supplier has been asked yet.")).ToBeVisibleAsync();
        var rfq = new Uri(rep.Page.Url).AbsolutePath;
        await rep.OpenAsync("/sales");
        await rep.Page.GetByRole(AriaRole.Link, new() { Name = "Draft", Exact = true }).ClickAsync();
        await Expect(rep.Page.Locator($".list-phone a[href='{rfq}']")).ToBeVisibleAsync();
        // A month of what was sold opens its orders, and an order says what the customer pays.
        await rep.OpenAsync("/sales");
        await rep.Page.GetByText("Figures by month").ClickAsync();
        await rep.Page.Locator("details.figures a").First.ClickAsync();
        await Expect(rep.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sales/orders\\?f\\.day="));
        await rep.Page.Locator(".list-phone a").First.ClickAsync();
        await Expect(rep.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^PO-"));
        await Expect(rep.Page.GetByText("Customer pays").First).ToBeVisibleAsync();

        // Somebody else's customer is nobody's business: neither the page nor the list nor the search knows it.
        await using var other = await app.SignInAsync("lene.vossen@example.test", 390);
        await other.OpenAsync("/customers?q=Journey");
        await Expect(other.Page.GetByText("Journey Knitwear")).ToHaveCountAsync(0);
        await other.OpenAsync(new Uri(address).AbsolutePath);
        await Expect(other.Page.GetByText("There is no such request")).ToBeVisibleAsync();
        await other.OpenAsync(rfq);
        await Expect(other.Page.GetByText("There is no such RFQ")).ToBeVisibleAsync();
    }
}
