using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sourcing.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Sourcing.E2E.Journeys;

/// <summary>A sales manager runs commissions, approves, makes payable, pays and exports; the statement of last month stays as it was.</summary>
public sealed class CommissionJourneyTests(App app)
{
    [Fact]
    public async Task A_run_is_reviewed_approved_paid_and_exported_and_last_month_s_statement_stays()
    {
        await using var manager = await app.SignInAsync("katja.brandt@example.test");
        var page = manager.Page;
        var before = await StatementAsync(manager);
        Assert.Contains("Lene Vossen", before, StringComparison.Ordinal);

        await manager.OpenAsync("/commissions/review");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run commissions" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Run commissions" }).ClickAsync();
        await Expect(page.GetByText(new Regex(@"CR-\d{4}-\d+ wrote "))).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Approve all pending" }).ClickAsync();
        await Expect(page.GetByText(new Regex(@"^\d+ lines? approved$"))).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make all approved payable" }).ClickAsync();
        await Expect(page.GetByText(new Regex(@"^\d+ lines? made payable$"))).ToBeVisibleAsync();
        await PayAsync(page, "SEPA journey 1");
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Payouts" }).GetByText("SEPA journey 1")).ToBeVisibleAsync();

        // The same payment again is refused in words, and what was typed stays.
        await PayAsync(page, "SEPA journey 1");
        await Expect(page.GetByRole(AriaRole.Dialog).GetByText(new Regex("A payout of this period has this reference")).First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByLabel("Reference")).ToHaveValueAsync("SEPA journey 1");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close without saving" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Menuitem, new() { Name = "CSV" }).Or(page.GetByRole(AriaRole.Link, new() { Name = "CSV" })).First.ClickAsync());
        var exported = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Contains("Lene Vossen", exported, StringComparison.Ordinal);
        Assert.Contains("paid", exported, StringComparison.OrdinalIgnoreCase);

        Assert.Equal(before, await StatementAsync(manager));

        // Whoever earned it reads that it is paid, and neither decides nor pays.
        await using var rep = await app.SignInAsync("lene.vossen@example.test", 390);
        await rep.OpenAsync("/commissions?f.state=paid");
        await Expect(rep.Page.GetByRole(AriaRole.Link, new() { Name = "PO-" }).First).ToBeVisibleAsync();
        await Expect(rep.Page.GetByRole(AriaRole.Link, new() { Name = "Review and payout" })).ToHaveCountAsync(0);
    }

    private static async Task PayAsync(IPage page, string reference)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Pay out" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Reference").FillAsync(reference);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Mark as paid" }).ClickAsync();
    }

    /// <summary>All that the statement of Lene Vossen as of the end of last month says, as printed.</summary>
    private static async Task<string> StatementAsync(Visitor visitor)
    {
        var month = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddMonths(-1);
        var asOf = new DateOnly(month.Year, month.Month, DateTime.DaysInMonth(month.Year, month.Month)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await visitor.OpenAsync($"/commissions/statement?asOf={asOf}");
        await visitor.Page.GetByLabel("Representative").SelectOptionAsync("Lene Vossen");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Commissions of Lene Vossen");
        return await visitor.Page.GetByRole(AriaRole.Main).InnerTextAsync();
    }
}
