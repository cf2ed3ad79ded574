using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data.Common;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Orders;

/// <summary>An order from the first line to the last payment, as the people concerned go it: desk, second signature, supplier's portal, gate.</summary>
public sealed class OrderJourneys(App app)
{
    private const string Buyer = "tarek.olsson@example.test";
    private const string Approver = "ana.pinheda@example.test";
    private const string Supplier = "rui.tavora@example.test";

    [Fact]
    public async Task An_order_written_by_hand_is_approved_issued_shipped_received_in_parts_and_closed()
    {
        await using var buyer = await app.SignInAsync(Buyer);
        var order = await WriteAsync(buyer, quantity: "4000", price: "5.00", needed: 40, promised: 30);
        var number = await ScalarAsync("select number from orders where id = $1", order);
        var page = buyer.Page;

        // Above his limit: somebody else signs.
        await Assertions.Expect(page.GetByText("your limit is EUR 10,000: another person approves it")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for approval" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You asked for approval")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve order" })).ToHaveCountAsync(0);
        await using (var approver = await app.SignInAsync(Approver))
        {
            await approver.OpenAsync("/approvals");
            await approver.Page.GetByRole(AriaRole.Link, new() { Name = number }).First.ClickAsync();
            await approver.Page.GetByRole(AriaRole.Button, new() { Name = "Approve order" }).ClickAsync();
            await StateAsync(approver, "Approved");
        }

        // What the other one did stands on the open page by itself.
        await StateAsync(buyer, "Approved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Issue order" }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(panel.GetByLabel("Mail to")).ToHaveValueAsync("sales@orvanetextiles.example.test");
        await panel.GetByLabel("Message").FillAsync("Please confirm by Friday.");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Issue order" }).ClickAsync();
        await Assertions.Expect(panel).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await StateAsync(buyer, "Issued");
        Assert.Equal("sales@orvanetextiles.example.test with its PDF", await ScalarAsync(
            "select m.recipient || ' with its ' || case when substr(a.content, 1, 4) = '%PDF'::bytea then 'PDF' else '?' end from outbox_messages m join attachments a on a.id = m.attachment_id where m.entity_id = $1", order));
        Assert.Equal("%PDF", await PdfAsync(page));

        // The supplier, on the telephone.
        await using var supplier = await app.SignInAsync(Supplier, 390);
        await supplier.OpenAsync("/portal/orders");
        await supplier.Page.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await supplier.Page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge order" }).ClickAsync();
        await StateAsync(supplier, "Acknowledged");
        await supplier.Page.GetByRole(AriaRole.Button, new() { Name = "Other date for line 10" }).ClickAsync();
        await supplier.Page.GetByLabel("New date").FillAsync(Day(44));
        await supplier.Page.GetByLabel("Reason").FillAsync("The spinning frame is down until Thursday.");
        await supplier.Page.GetByRole(AriaRole.Button, new() { Name = "Propose date" }).ClickAsync();
        await Assertions.Expect(supplier.Page.GetByText("The buyer has not answered yet.")).ToBeVisibleAsync();

        // The buyer's page shows it without a reload; accepted, it is late before it is late.
        var proposal = page.GetByRole(AriaRole.Region, new() { Name = "New date for line 10" });
        await Assertions.Expect(proposal).ToContainTextAsync("The spinning frame is down until Thursday.");
        await proposal.GetByRole(AriaRole.Button, new() { Name = "Accept date" }).ClickAsync();
        await Assertions.Expect(proposal).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("1 line is promised for after the need.")).ToBeVisibleAsync();
        await Assertions.Expect(supplier.Page.GetByText("Accepted.")).ToBeVisibleAsync();
        await supplier.Page.GetByRole(AriaRole.Button, new() { Name = "Mark as shipped" }).ClickAsync();
        await supplier.Page.GetByLabel("Carrier").FillAsync("Nordfracht");
        await supplier.Page.GetByLabel("Tracking number").FillAsync("NF-77120");
        await supplier.Page.GetByRole(AriaRole.Button, new() { Name = "Record shipment" }).ClickAsync();
        await StateAsync(supplier, "Shipped");
        await StateAsync(buyer, "Shipped");

        await ReceiveAsync(order);
        await StateAsync(buyer, "Received");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close order" }).ClickAsync();
        await StateAsync(buyer, "Closed");
        Assert.Equal("closed, 4000 accepted, 100 rejected in 2 receipts", await ScalarAsync(
            "select o.status || ', ' || round(sum(r.quantity)) || ' accepted, ' || round(sum(r.rejected_quantity)) || ' rejected in ' || count(*) || ' receipts' from orders o join receipts r on r.order_id = o.id where o.id = $1 group by o.status", order));
    }

    [Fact]
    public async Task A_payment_recorded_by_mistake_is_taken_back_and_a_closed_order_opened_again()
    {
        await using var buyer = await app.SignInAsync(Buyer);
        var order = await WriteAsync(buyer, quantity: "100", price: "5.00", needed: 20, promised: 10);
        var page = buyer.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve order" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Issue order" }).ClickAsync();
        await page.GetByLabel("Mail to").FillAsync("");
        await page.GetByLabel("Attach the purchase order as PDF").UncheckAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Issue order" }).ClickAsync();
        await StateAsync(buyer, "Issued");
        var payments = page.GetByRole(AriaRole.Region, new() { Name = "Payments" });

        await MoreAsync(page, "Record payment");
        await Assertions.Expect(page.GetByLabel("Amount", new() { Exact = true })).ToHaveValueAsync("500.00");
        await page.GetByLabel("Amount", new() { Exact = true }).FillAsync("5000");
        await page.Locator(".side-panel").GetByRole(AriaRole.Button, new() { Name = "Record payment" }).ClickAsync();
        await Assertions.Expect(page.GetByText("at most EUR 500.00, which is still owed").First).ToBeVisibleAsync();
        await page.GetByLabel("Amount", new() { Exact = true }).FillAsync("300");
        await page.Locator(".side-panel").GetByRole(AriaRole.Button, new() { Name = "Record payment" }).ClickAsync();
        await Assertions.Expect(payments).ToContainTextAsync("Partly paid");
        await payments.GetByRole(AriaRole.Button, new() { Name = "Take back payment of EUR" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Take back" }).ClickAsync();
        await Assertions.Expect(payments).ToContainTextAsync("Nothing is paid yet");

        await MoreAsync(page, "Record payment");
        await page.Locator(".side-panel").GetByRole(AriaRole.Button, new() { Name = "Record payment" }).ClickAsync();
        await Assertions.Expect(payments.Locator(".pill")).ToHaveTextAsync("Paid");
        await MoreAsync(page, "Record refund");
        await page.GetByLabel("Amount", new() { Exact = true }).FillAsync("120");
        await page.Locator(".side-panel").GetByRole(AriaRole.Button, new() { Name = "Record refund" }).ClickAsync();
        await Assertions.Expect(payments).ToContainTextAsync("−120.00");

        await page.GetByRole(AriaRole.Button, new() { Name = "Receive goods" }).ClickAsync();
        await Line(page).GetByLabel("Accepted").FillAsync("60");
        await page.GetByRole(AriaRole.Button, new() { Name = "Receive 1 line" }).ClickAsync();
        await StateAsync(buyer, "Partly received");
        await MoreAsync(page, "Close without the rest");
        await page.GetByLabel("Reason").FillAsync("The season is over.");
        await page.Locator(".side-panel").GetByRole(AriaRole.Button, new() { Name = "Close order" }).ClickAsync();
        await StateAsync(buyer, "Closed");
        // 60 of 100 were accepted, and more than those cost was paid.
        await Assertions.Expect(payments).ToContainTextAsync("To come back");
        await MoreAsync(page, "Reopen order");
        await page.Locator(".side-panel").GetByRole(AriaRole.Button, new() { Name = "Reopen order" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Say why the order is reopened").First).ToBeVisibleAsync();
        await page.GetByLabel("Reason").FillAsync("The rest is on its way after all.");
        await page.Locator(".side-panel").GetByRole(AriaRole.Button, new() { Name = "Reopen order" }).ClickAsync();
        await StateAsync(buyer, "Partly received");
        await Assertions.Expect(page.GetByText("The rest is on its way after all.")).ToBeVisibleAsync();
        Assert.Equal("partially_paid", await ScalarAsync("select payment_status from orders where id = $1", order));
    }

    /// <summary>At the gate, on a telephone: most of it with damaged goods, then the rest.</summary>
    private async Task ReceiveAsync(Guid order)
    {
        await using var gate = await app.SignInAsync(Buyer, 390);
        var page = gate.Page;
        await gate.OpenAsync($"/orders/{order}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Receive goods" }).ClickAsync();
        await Line(page).GetByLabel("Accepted").FillAsync("2500");
        await Line(page).GetByLabel("Rejected").FillAsync("100");
        await page.GetByRole(AriaRole.Button, new() { Name = "Receive 1 line" }).ClickAsync();
        await Assertions.Expect(page.GetByText("choose why 100 kg were rejected").First).ToBeVisibleAsync();
        await Assertions.Expect(Line(page).GetByLabel("Accepted")).ToHaveValueAsync("2500");
        await Line(page).GetByLabel("Why rejected").SelectOptionAsync("Damaged");
        await Line(page).GetByLabel("Note").FillAsync("Cones crushed on one pallet.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Receive 1 line" }).ClickAsync();
        await StateAsync(gate, "Partly received");
        await Assertions.Expect(page.GetByText("100 rejected")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Deliveries" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Damaged: Cones crushed on one pallet.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Receive goods" }).ClickAsync();
        await Assertions.Expect(Line(page).GetByLabel("Accepted")).ToHaveValueAsync("1500");
        await page.GetByRole(AriaRole.Button, new() { Name = "Receive 1 line" }).ClickAsync();
        await StateAsync(gate, "Received");
    }

    /// <summary>An order to Orvane Textiles with one line of yarn, saved as a draft.</summary>
    internal static async Task<Guid> WriteAsync(Visitor buyer, string quantity, string price, int needed, int promised)
    {
        await buyer.OpenAsync("/orders/new");
        var page = buyer.Page;
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Supplier" }).PressSequentiallyAsync("Orvane Text");
        await page.Locator("ul.typeahead-list [role=option]", new() { HasText = "Orvane Textiles" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Payment terms")).Not.ToHaveValueAsync("");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Part of line 1" }).PressSequentiallyAsync("combed cotton");
        await page.Locator("ul.typeahead-list [role=option]").First.ClickAsync();
        await Assertions.Expect(page.GetByLabel("Description of line 1")).ToHaveValueAsync(new Regex("ombed cotton"));
        await page.GetByLabel("Quantity of line 1").FillAsync(quantity);
        await page.GetByLabel("Unit price of line 1").FillAsync(price);
        await page.GetByLabel("Line 1 needed on").FillAsync(Day(needed));
        await page.GetByLabel("Line 1 promised for").FillAsync(Day(promised));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/orders/[0-9a-f-]{36}$"));
        await StateAsync(buyer, "Draft");
        return Guid.Parse(page.Url[^36..]);
    }

    internal static Task StateAsync(Visitor visitor, string state) => Assertions.Expect(visitor.Page.Locator(".page-title .pill").First).ToHaveTextAsync(state);

    /// <summary>The first line in the panel of a delivery.</summary>
    private static ILocator Line(IPage page) => page.GetByRole(AriaRole.Group, new() { NameRegex = new Regex("^10 ") });

    internal static async Task MoreAsync(IPage page, string item)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = item }).ClickAsync();
        await Assertions.Expect(page.Locator(".popup-panel")).ToHaveCountAsync(0);
    }

    private static async Task<string> PdfAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download PDF" }).ClickAsync(), new() { Timeout = 60_000 });
        await using var content = await download.CreateReadStreamAsync();
        var start = new byte[4];
        await content.ReadExactlyAsync(start);
        return System.Text.Encoding.ASCII.GetString(start);
    }

    private static string Day(int days) => TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<string> ScalarAsync(string sql, Guid id)
    {
        await using var command = app.Services.GetRequiredService<DataSources>().Migrator.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
