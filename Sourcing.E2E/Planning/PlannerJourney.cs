using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Planning;

/// <summary>The planner's whole way: from files over a plan, its reasons and a what-if to an RFQ, an order, goods in stock, and a plan that is content.</summary>
[Collection("Plans")] // A live plan overtakes what the one before proposed: those who run one take turns.
public sealed class PlannerJourney(App app)
{
    private const string Planner = "jonas.reker@example.test";
    private const string Buyer = "mira.holsten@example.test";

    private readonly JourneyGoods _goods = new();

    [Fact]
    public async Task From_files_over_a_plan_and_an_RFQ_to_goods_in_stock_and_nothing_more_to_order()
    {
        await using var buyer = await app.SignInAsync(Buyer);
        await using var planner = await app.SignInAsync(Planner);
        await ImportAsync(buyer, _goods.Parts);
        foreach (var file in _goods.Planned)
        {
            await ImportAsync(planner, file);
        }

        await PlanAsync(planner);
        var yarn = await FindYarnAsync(planner);
        await ReadWhyAsync(planner, yarn);
        await SupposeSlownessAsync(planner, yarn);
        await AcceptMoreAsync(planner, yarn);
        var rfq = await TurnIntoRfqAsync(planner);
        await SendAsync(buyer, rfq);
        await EnterQuoteAsync(buyer);
        await AwardAsync(buyer);
        await OrderAsync(buyer);
        await ReceiveAsync(buyer);
        await SeeGoodsAsync(planner, yarn);
        await PlanAsync(planner);
        await SeeContentAsync(planner, yarn);
    }

    private static async Task ImportAsync(Visitor visitor, JourneyFile file)
    {
        var page = visitor.Page;
        await visitor.OpenAsync($"/imports/new?kind={file.Kind}");
        await visitor.ChooseFileAsync(new() { Name = file.Name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(string.Join('\n', file.Lines)) });
        var check = page.GetByRole(AriaRole.Button, new() { Name = $"Check {file.Rows}", Exact = true });
        await Assertions.Expect(check).ToBeEnabledAsync();
        foreach (var (field, answer) in file.Choices)
        {
            await page.GetByLabel($"{field} of all rows").SelectOptionAsync(answer);
        }

        foreach (var (field, answer) in file.Answers)
        {
            await page.GetByLabel($"{field} of all rows").FillAsync(answer);
        }

        await check.ClickAsync();
        // All of its rows, or the button is called otherwise.
        await page.GetByRole(AriaRole.Button, new() { Name = $"Import {file.Rows}", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo import" })).ToBeVisibleAsync();
        foreach (var (records, count) in file.Written)
        {
            var row = page.Locator("table tbody tr").Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = records, Exact = true }) });
            await Assertions.Expect(row.GetByRole(AriaRole.Cell).First).ToHaveTextAsync(count.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static async Task PlanAsync(Visitor planner)
    {
        await planner.OpenAsync("/planning");
        await planner.Page.GetByRole(AriaRole.Button, new() { Name = "Run plan" }).ClickAsync();
        await Assertions.Expect(planner.Page.Locator(".toast")).ToContainTextAsync("is finished", new() { Timeout = 120_000 });
    }

    /// <summary>By its number in the list of materials.</summary>
    private async Task<Guid> FindYarnAsync(Visitor planner)
    {
        var page = planner.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Materials", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync(_goods.Yarn);
        await Assertions.Expect(page.Locator("table[data-list] tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = _goods.Yarn }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/planning/materials/[0-9a-f-]{36}$"));
        return Guid.Parse(page.Url[^36..]);
    }

    /// <summary>What is proposed, why, and for whom: down to the customer's order and the forecast.</summary>
    private async Task ReadWhyAsync(Visitor planner, Guid yarn)
    {
        var page = planner.Page;
        await Assertions.Expect(page.Locator(".recommendation-quantity")).ToHaveTextAsync("240 kg");
        await Assertions.Expect(page.Locator(".recommendation-why")).ToContainTextAsync($"{_goods.Spinner} is the only supplier that qualifies, at EUR 4.10 per kg.");
        await Assertions.Expect(page.Locator(".recommendation-why")).ToContainTextAsync($"It is for {_goods.PoloName} (240 kg).");
        var needs = page.GetByRole(AriaRole.Region, new() { Name = "What needs it" });
        await Assertions.Expect(needs).ToContainTextAsync($"{_goods.SalesOrder} line 1 Brinwell Outfitters");
        await needs.GetByRole(AriaRole.Link, new() { Name = "Show tree" }).ClickAsync();

        var tree = page.GetByRole(AriaRole.Tree, new() { Name = $"Whose need {_goods.Yarn} covers" }).GetByRole(AriaRole.Treeitem);
        // One order for two deliveries of the mill: yarn, fabric, polo, and who wants it.
        await Assertions.Expect(tree).ToContainTextAsync(
        [
            $"Planned order of {_goods.YarnName}", _goods.FabricName, _goods.PoloName, $"{_goods.SalesOrder} line 1 Brinwell Outfitters", _goods.FabricName, _goods.PoloName, $"Forecast of {_goods.PoloName}",
        ]);
        await Assertions.Expect(tree.Nth(3)).ToContainTextAsync("400 pcs");
        await Assertions.Expect(tree.Nth(6)).ToContainTextAsync("200 pcs");
        await tree.Nth(6).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = _goods.PoloName, Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(Row(page, "Production plan 200 pcs")).ToBeVisibleAsync();
        await Assertions.Expect(Row(page, $"{_goods.SalesOrder} line 1 Brinwell Outfitters")).ToBeVisibleAsync();
        await planner.OpenAsync($"/planning/materials/{yarn}");
    }

    /// <summary>Seven weeks instead of two: nothing else is ordered, but it should have been ordered long ago.</summary>
    private async Task SupposeSlownessAsync(Visitor planner, Guid yarn)
    {
        var page = planner.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Try a what-if" }).ClickAsync();
        await page.GetByLabel("Question").FillAsync($"{_goods.Spinner} takes seven weeks");
        var change = page.GetByRole(AriaRole.Group, new() { Name = "Change 1" });
        await change.GetByLabel("Change", new() { Exact = true }).SelectOptionAsync("Lead time");
        await change.GetByLabel("For").SelectOptionAsync("A supplier");
        await change.GetByRole(AriaRole.Combobox, new() { Name = "Supplier" }).FillAsync(_goods.SpinnerCode);
        await page.Locator("ul.typeahead-list [role=option]").First.ClickAsync();
        await change.GetByLabel("How").SelectOptionAsync("becomes");
        await change.GetByLabel("Figure").FillAsync("49");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask what-if" }).ClickAsync();

        await Assertions.Expect(page.Locator("ol.changes")).ToHaveTextAsync($"Lead time of {_goods.Spinner} = 49 days");
        await Assertions.Expect(Row(page, "^Late orders").GetByRole(AriaRole.Cell).Last).ToHaveTextAsync("+1");
        var changed = page.GetByRole(AriaRole.Region, new() { Name = "Changed recommendations" });
        await Assertions.Expect(changed.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Changed orders, 1");
        var row = changed.GetByRole(AriaRole.Row).Filter(new() { HasText = _goods.Yarn });
        await Assertions.Expect(row).ToContainTextAsync("Lead time");
        await Assertions.Expect(row.GetByRole(AriaRole.Cell).Nth(2)).ToContainTextAsync("14 days, order by");
        await Assertions.Expect(row.GetByRole(AriaRole.Cell).Nth(3)).ToContainTextAsync("49 days, order by");
        await Assertions.Expect(row.Locator(".text-red")).ToContainTextAsync("order by");
        Assert.Empty(await planner.FindingsAsync());
        await planner.OpenAsync($"/planning/materials/{yarn}");
    }

    /// <summary>Another quantity, with what follows from it before it is taken.</summary>
    private static async Task AcceptMoreAsync(Visitor planner, Guid yarn)
    {
        var page = planner.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
        var follows = page.GetByRole(AriaRole.Region, new() { Name = "What follows" });
        await page.GetByLabel("Quantity").FillAsync("200");
        await Assertions.Expect(follows).ToContainTextAsync("EUR 820.00");
        await Assertions.Expect(follows).ToContainTextAsync("60 kg planned 100");
        await Assertions.Expect(follows).ToContainTextAsync("18 days");
        await Assertions.Expect(follows).Not.ToHaveAttributeAsync("aria-busy", "true");
        Assert.Empty(await planner.FindingsAsync());
        await page.GetByLabel("Quantity").FillAsync("250");
        await Assertions.Expect(follows).ToContainTextAsync("EUR 1,025.00");
        await Assertions.Expect(follows).ToContainTextAsync("beyond the plan");
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept as changed" }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Region, new() { Name = "Recommendation", Exact = true });
        await Assertions.Expect(panel.Locator(".pill").First).ToHaveTextAsync("Accepted");
        await Assertions.Expect(panel).ToContainTextAsync("The next plans count on it.");
        Assert.EndsWith(yarn.ToString(), page.Url, StringComparison.Ordinal);
    }

    /// <summary>A draft with the supplier chosen, which a planner may look at and not send.</summary>
    private async Task<string> TurnIntoRfqAsync(Visitor planner)
    {
        var page = planner.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Into an RFQ", Exact = true }).ClickAsync();
        var rfq = page.GetByRole(AriaRole.Region, new() { Name = "What came of it" }).GetByRole(AriaRole.Listitem);
        await Assertions.Expect(rfq).ToContainTextAsync("Draft");
        var number = await rfq.GetByRole(AriaRole.Link).InnerTextAsync();
        await rfq.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.Locator("table.rfq-lines tbody tr")).ToContainTextAsync([_goods.Yarn]);
        await Assertions.Expect(page.Locator("table.rfq-lines tbody tr")).ToContainTextAsync("250");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Suppliers 1") }).ClickAsync();
        await Assertions.Expect(page.Locator("table.invitations tbody tr")).ToContainTextAsync([_goods.Spinner]);
        await Assertions.Expect(page.Locator("table.invitations tbody tr")).ToContainTextAsync("Chosen");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Invite 1 supplier" })).ToHaveCountAsync(0);
        return number;
    }

    /// <summary>The desk hears of the draft, gives it a deadline and sends it.</summary>
    private static async Task SendAsync(Visitor buyer, string rfq)
    {
        var page = buyer.Page;
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Notifications") }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new($"Jonas Reker made the draft {rfq}") }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit draft" }).ClickAsync();
        await page.Locator("[data-field=Deadline] input").First.FillAsync(JourneyGoods.Later("ddd d MMM yyyy, HH:mm", 5));
        await page.Locator("[data-field=Deadline] input").First.PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite 1 supplier" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Invite 1 supplier" }).ClickAsync();
        await StateAsync(buyer, "Open");
        // Suppliers answer her, not the planner.
        await FactAsync(buyer, "Buyer", "Mira Holsten");
    }

    /// <summary>It came by mail: the buyer types it in.</summary>
    private async Task EnterQuoteAsync(Visitor buyer)
    {
        var page = buyer.Page;
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Suppliers 1") }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = $"Enter quote of {_goods.Spinner}" }).ClickAsync();
        await page.GetByLabel("Unit price of line 10").FillAsync("4.05");
        await page.GetByLabel("Unit price of line 10").PressAsync("Tab");
        await page.GetByLabel("Lead time in days", new() { Exact = true }).FillAsync("14");
        await page.GetByLabel("Valid until").FillAsync(JourneyGoods.Later("yyyy-MM-dd", 90));
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter quote" }).ClickAsync();
        await Assertions.Expect(page.GetByText("on the supplier's behalf")).ToBeVisibleAsync();
        await FactAsync(buyer, "Total", "EUR 1,012.50");
        await page.Locator(".facts").GetByRole(AriaRole.Link, new() { NameRegex = new("^RFQ-") }).ClickAsync();
    }

    private async Task AwardAsync(Visitor buyer)
    {
        var page = buyer.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Close now" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start evaluation" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new($@"^4\.05.*{_goods.Spinner}, chosen") })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Award 1 supplier" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The orders are made")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show the orders" }).ClickAsync();
        var orders = page.Locator("table.grid tbody tr");
        await Assertions.Expect(orders).ToHaveCountAsync(1);
        await Assertions.Expect(orders).ToContainTextAsync(_goods.Spinner);
        await orders.Locator("a.row-link").ClickAsync();
        await StateAsync(buyer, "Approved");
    }

    /// <summary>Nobody knows the supplier's address: it is sent by other means, and acknowledged by telephone.</summary>
    private static async Task OrderAsync(Visitor buyer)
    {
        var page = buyer.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Issue order" }).ClickAsync();
        await page.GetByLabel("Attach the purchase order as PDF").UncheckAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Issue order" }).ClickAsync();
        await StateAsync(buyer, "Issued");
        await page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark as acknowledged" }).ClickAsync();
        await StateAsync(buyer, "Acknowledged");
        await FactAsync(buyer, "Buyer", "Mira Holsten");
    }

    private static async Task ReceiveAsync(Visitor buyer)
    {
        var page = buyer.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Receive goods" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Accepted of line 10")).ToHaveValueAsync("250");
        await page.GetByRole(AriaRole.Button, new() { Name = "Receive 1 line" }).ClickAsync();
        await StateAsync(buyer, "Received");
    }

    /// <summary>The recommendation says what came of it, the ledger that it is there.</summary>
    private static async Task SeeGoodsAsync(Visitor planner, Guid yarn)
    {
        var page = planner.Page;
        await planner.OpenAsync($"/planning/materials/{yarn}");
        var came = page.GetByRole(AriaRole.Region, new() { Name = "What came of it" }).GetByRole(AriaRole.Listitem);
        await Assertions.Expect(came).ToContainTextAsync(["Awarded", "Received"]);
        var order = await came.Nth(1).GetByRole(AriaRole.Link).InnerTextAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Ledger", Exact = true }).ClickAsync();
        await Assertions.Expect(Row(page, $"Received \\+250 310 {order} line 10 Mira Holsten")).ToBeVisibleAsync();
        await Assertions.Expect(Row(page, "Imported \\+60 60 Stock list IMP-\\S+ Jonas Reker")).ToBeVisibleAsync();
        await planner.OpenAsync("/planning");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Entered since this plan" })).ToContainTextAsync("Run the plan again");
    }

    /// <summary>The next plan orders nothing of it, and says what covers the needs.</summary>
    private async Task SeeContentAsync(Visitor planner, Guid yarn)
    {
        var page = planner.Page;
        await planner.OpenAsync($"/planning/materials/{yarn}");
        await Assertions.Expect(page.GetByText("Nothing has to be ordered within the planned window.")).ToBeVisibleAsync();
        await FactAsync(planner, "On hand", "310 kg");
        await FactAsync(planner, "Cover", "beyond the horizon");
        // Ten kilograms were ordered on top.
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Exceptions" })).ToContainTextAsync("hold 10 kg more than the next 120 days");
        await page.GetByRole(AriaRole.Region, new() { Name = "What needs it" }).GetByRole(AriaRole.Link, new() { Name = "Show tree" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "What covers its need" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Treeitem)).ToContainTextAsync([$"Need of {_goods.Fabric}", "On hand", $"Need of {_goods.Fabric}", "On hand"]);
        await planner.OpenAsync($"/planning/recommendations?q={_goods.Yarn}");
        await Assertions.Expect(page.GetByText("Nothing matches")).ToBeVisibleAsync();
    }

    private static ILocator Row(IPage page, string name) => page.GetByRole(AriaRole.Row, new() { NameRegex = new(name) });

    private static Task FactAsync(Visitor visitor, string label, string fact) =>
        Assertions.Expect(visitor.Page.Locator(".facts .fact").Filter(new() { HasTextRegex = new($"^{label}") })).ToContainTextAsync(fact);

    private static Task StateAsync(Visitor visitor, string state) => Assertions.Expect(visitor.Page.Locator(".page-title .pill").First).ToHaveTextAsync(state);
}
