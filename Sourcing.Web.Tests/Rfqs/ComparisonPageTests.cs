using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class ComparisonPageTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Words = "Kesmira delivers without certificates at the moment.";

    private readonly CancellationToken _ct = Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_awards_second_reads_who_was_first_and_keeps_choice_and_words()
    {
        var rfq = await QuotedAsync();
        await using var mira = await database.AsAsync(Role.Buyer);
        await using var ana = await database.AsAsync(Role.Buyer);
        await using var page = new PageContext(mira);
        var cut = await OpenAsync(page, rfq);
        await ChooseDearerAsync(cut);
        await cut.TypeAsync("textarea", Words);

        await AwardAsync(ana, rfq);
        await cut.PressAsync("Award 2 suppliers");
        cut.WaitForAssertion(() => Assert.Contains($"{ana.User.Identity.Name} awarded this RFQ", cut.Markup, StringComparison.Ordinal));
        Assert.Contains(ana.User.Identity.Name, Assert.Single(page.Toasts.Open, t => t.Refusal).Text, StringComparison.Ordinal);
        Assert.Equal(Words, cut.Find("textarea.kept-words").TextContent);
        Assert.Contains("Nothing was done with your choice", cut.Markup, StringComparison.Ordinal);
        // The award stands in the table; the own choice is one tick away.
        Assert.Empty(cut.FindAll("tbody tr:first-child td:nth-child(2).chosen"));
        await cut.InvokeAsync(() => cut.Find(".kept input[type=checkbox]").ChangeAsync(new() { Value = true }));
        Assert.Single(cut.FindAll("tbody tr:first-child td:nth-child(2).chosen"));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from award_decisions where rfq_id = $1", rfq.Id));
    }

    [Fact]
    public async Task An_award_of_another_that_comes_while_choosing_shows_by_itself_and_keeps_the_choice()
    {
        var rfq = await QuotedAsync();
        await using var mira = await database.AsAsync(Role.Buyer);
        await using var ana = await database.AsAsync(Role.Buyer);
        await using var page = new PageContext(mira);
        var cut = await OpenAsync(page, rfq);
        await ChooseDearerAsync(cut);
        await cut.TypeAsync("textarea", Words);
        await AwardAsync(ana, rfq);
        await cut.InvokeAsync(() => cut.FindComponent<Sourcing.Web.Shared.LiveTopic>().Instance.Changed.InvokeAsync(default!));
        cut.WaitForAssertion(() => Assert.Equal(Words, cut.Find("textarea.kept-words").TextContent));
        await cut.PressAsync("Let it go");
        Assert.Empty(cut.FindAll(".kept"));
        Assert.Contains("Awarded by", cut.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_looked_sees_the_award_and_nothing_kept()
    {
        var rfq = await QuotedAsync();
        await using var mira = await database.AsAsync(Role.Buyer);
        await using var ana = await database.AsAsync(Role.Buyer);
        await using var page = new PageContext(mira);
        var cut = await OpenAsync(page, rfq);
        await AwardAsync(ana, rfq);
        await cut.InvokeAsync(() => cut.FindComponent<Sourcing.Web.Shared.LiveTopic>().Instance.Changed.InvokeAsync(default!));
        cut.WaitForAssertion(() => Assert.Contains("Awarded by", cut.Markup, StringComparison.Ordinal));
        Assert.Empty(cut.FindAll(".kept"));
    }

    [Fact]
    public async Task Above_the_own_limit_the_panel_says_so_before_anything_is_pressed()
    {
        var rfq = await QuotedAsync();
        await using var buyer = await database.AsAsync(Role.Buyer);
        await database.SqlAsync("update users set approval_limit = 500 where id = $1", buyer.User.Id);
        await using var page = new PageContext(buyer);
        var cut = await OpenAsync(page, rfq);
        Assert.Contains("Above your limit of EUR\u00a0500", cut.Find(".award").TextContent, StringComparison.Ordinal);
        await database.SqlAsync("update users set approval_limit = 500000 where id = $1", buyer.User.Id);
        await using var again = new PageContext(buyer);
        Assert.DoesNotContain("Above your limit", (await OpenAsync(again, rfq)).Find(".award").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Landed_cost_is_compared_among_those_who_price_every_line()
    {
        var rfq = await QuotedAsync();
        await using var buyer = await database.AsAsync(Role.Buyer);
        await using var page = new PageContext(buyer);
        var landed = (await OpenAsync(page, rfq)).FindAll("tr.landed td");
        // 300 kg at 3.50 and 50 of freight against 3.10: 12.2 % more; the third prices one line of two.
        Assert.Contains("+12.2", landed[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("lowest for all lines", landed[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("1 of 2 lines", landed[2].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quoted_price_is_placed_among_those_paid()
    {
        var rfq = await QuotedAsync();
        var world = await Make.OrderWorldAsync(database);
        foreach (var paid in (decimal[])[3.00m, 3.10m, 3.40m, 3.60m])
        {
            var form = Make.OrderForm(world);
            form.Lines[0].UnitPrice = paid;
            await Make.PlacedOrderAsync(database, world, OrderStatus.Issued, form);
        }

        await database.SqlAsync("update rfq_lines set part_id = $2 where id = $1", rfq.Lines[0], world.PartId);
        await using var buyer = await database.AsAsync(Role.Buyer);
        await using var page = new PageContext(buyer);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"/rfqs/{rfq.Id}/comparison?show=paid");
        var cells = (await OpenAsync(page, rfq)).FindAll("tbody tr:first-child td");
        // 3.50: three of four are lower. 3.10: one lower, one equal: 1.5 of 4 is 37.5, to the even 38. 2.90: lower than all.
        Assert.Equal(["percentile 75", "percentile 38", "below all paid"], cells.Select(c => c.QuerySelector("small")!.TextContent.Split('·')[0].Trim()));
        // The middle half goes from 3.075 (3.00 + 0.75 × 0.10) to 3.45 (3.40 + 0.25 × 0.20).
        Assert.Equal(["high", "amid", "low"], cells.Select(c => c.QuerySelector("svg.place circle")!.ClassName));
        Assert.Contains("percentile 75 of 4 orders in 24 months", cells[0].TextContent, StringComparison.Ordinal);
        var second = (await OpenAsync(page, rfq)).FindAll("tbody tr:nth-child(2) td");
        Assert.Equal("never ordered", second[0].QuerySelector("small")!.TextContent.Split('·')[0].Trim());
        Assert.Null(second[0].QuerySelector("svg"));
    }

    // Two lines, 100 and 200 kg: at 3.50 and 3.10 whole, and the first line alone at 2.90.
    private async Task<MadeRfq> QuotedAsync()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 3, lines: 2);
        await Make.SubmittedQuoteAsync(database, rfq, 0, 3.50m);
        await Make.SubmittedQuoteAsync(database, rfq, 1, 3.10m);
        await Make.SubmittedQuoteAsync(database, rfq, 2, 2.90m, form => (form.Lines[1].Outcome, form.Lines[1].UnitPrice, form.Lines[1].NoQuoteReason) = (QuoteLineOutcome.NoQuote, null, NoQuoteReason.CapacityFull));
        await database.SqlAsync("update rfqs set status = 'evaluating', closed_at = now() where id = $1", rfq.Id);
        return rfq;
    }

    private async Task AwardAsync(TestScope scope, MadeRfq rfq)
    {
        var view = await scope.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct);
        await scope.Get<AwardService>().AwardAsync(
            new()
            {
                Id = rfq.Id, Version = view.Version, Scenario = AwardScenarioKind.CheapestPerLine,
                Choices = [.. view.CheapestPerLine.Choices.Select(c => new AwardFormLine { RfqLineId = c.RfqLineId, QuoteLineId = c.QuoteLineId, Quantity = c.Quantity })],
            },
            _ct);
    }

    // The first line to the dearest of its offers.
    private static Task ChooseDearerAsync(IRenderedComponent<ComparisonPage> cut) => cut.InvokeAsync(() => cut.Find("tbody tr:first-child td:nth-child(2) button.offer").ClickAsync(new()));

    private static async Task<IRenderedComponent<ComparisonPage>> OpenAsync(PageContext page, MadeRfq rfq)
    {
        var cut = page.Render<ComparisonPage>(p => p.Add(c => c.Id, rfq.Id));
        cut.WaitForElement("table.comparison");
        return cut;
    }
}
