using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Suppliers;
using Sourcing.Data.Suppliers.Scorecards;
using Sourcing.Web.Suppliers;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Suppliers.Scorecards;

public sealed class ScorecardPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_scorecard_tells_score_standing_few_data_and_the_lines_that_cost()
    {
        var due = await Make.LastMonthAsync(database);
        var supplier = await Make.BareSupplierAsync(database, "Watched Mills");
        await Make.DeliveriesAsync(database, supplier, false, new MadeDelivery(100, due, (60, 0, 0), (40, 0, 7)), new MadeDelivery(100, due, (100, 0, -1)));
        var form = Make.Template();
        form.SmallSample = 5;
        await Make.ActiveTemplateAsync(database, form);
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var page = new PageContext(scope);
        var cut = page.Render<SupplierPage>(p => p.Add(x => x.Id, supplier).Add(x => x.Tab, "scorecard"));
        cut.WaitForElement(".score-figure");
        Assert.Contains("Few data: 2", cut.Markup, StringComparison.Ordinal);
        Assert.Contains("160 of 200 kg", cut.Markup, StringComparison.Ordinal);
        Assert.Contains("40\u00a0kg 7 d late", cut.Markup, StringComparison.Ordinal);
        Assert.Contains("1 that cost nothing are not shown", cut.Markup, StringComparison.Ordinal);
        Assert.Contains(cut.FindAll("button"), b => b.TextContent.Contains("Recompute scores", StringComparison.Ordinal));
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.Supplier(supplier, "scorecard") + "?all=true");
        cut.WaitForAssertion(() => Assert.Equal(2, cut.FindAll("table.compact tbody tr").Count));
    }

    [Fact]
    public async Task Both_blocks_are_shown_and_a_reader_has_no_acts()
    {
        var due = await Make.LastMonthAsync(database);
        var supplier = await Make.BareSupplierAsync(database, "Barred Mills");
        await Make.DeliveriesAsync(database, supplier, false, new MadeDelivery(100, due));
        await Make.ActiveTemplateAsync(database);
        await using var buyer = await database.AsAsync(Role.Buyer);
        await buyer.Get<SupplierService>().BlockAsync(
            new() { Id = supplier, Version = (await buyer.Get<SupplierQueries>().DetailsAsync(supplier, _ct))!.Version, BlockedFor = SupplierBlock.Order, Reason = "Fraud." }, _ct);
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await using var page = new PageContext(reader);
        var cut = page.Render<SupplierPage>(p => p.Add(x => x.Id, supplier).Add(x => x.Tab, "scorecard"));
        cut.WaitForElement(".score-figure");
        Assert.Contains("By a person: blocked for orders. By its standing: blocked for RFQs.", cut.Markup, StringComparison.Ordinal);
        Assert.Contains("Not invited to RFQs", cut.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(cut.FindAll("button"), b => b.TextContent.Contains("Recompute", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_template_is_written_refused_in_its_row_and_saved()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var page = new PageContext(scope);
        var cut = page.Render<ScorecardTemplateEditPage>();
        cut.WaitForElement("form.form");
        var name = $"Written {Guid.CreateVersion7().ToString("N")[^6..]}";
        await cut.Find("[data-field=Name] input").ChangeAsync(name);
        await cut.FindAll(".row-criterion [data-field=Formula] input")[0].ChangeAsync("otif +");
        await cut.Find("form.form").SubmitAsync();
        cut.WaitForAssertion(() => Assert.Contains("ends where a KPI", cut.Find(".row-criterion .field-error").TextContent, StringComparison.Ordinal));
        await cut.FindAll(".row-criterion [data-field=Formula] input")[0].ChangeAsync("otif × fill_rate");
        await cut.Find("form.form").SubmitAsync();
        var navigation = page.Services.GetRequiredService<NavigationManager>();
        cut.WaitForAssertion(() => Assert.Contains("/suppliers/scorecards/templates/0", navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from scorecard_criteria c join scorecard_templates t on t.id = c.template_id where t.name = $1 and c.formula = 'otif × fill_rate'", name));
    }

    [Fact]
    public async Task A_draft_shows_its_back_test_and_can_be_activated_only_then()
    {
        var due = await Make.LastMonthAsync(database);
        var supplier = await Make.BareSupplierAsync(database, "Would be barred");
        await Make.DeliveriesAsync(database, supplier, false, new MadeDelivery(100, due));
        await using var scope = await database.AsAsync(Role.Buyer);
        var id = await scope.Get<ScorecardTemplateService>().SaveAsync(Make.Template(), _ct);
        await using var page = new PageContext(scope);
        var cut = page.Render<ScorecardTemplatePage>(p => p.Add(x => x.Id, id));
        cut.WaitForElement("h1");
        Assert.DoesNotContain(cut.FindAll("button"), b => b.TextContent.Contains("Activate template", StringComparison.Ordinal));
        await cut.PressAsync("Back-test");
        cut.WaitForAssertion(() => Assert.Contains("Would be barred", cut.Markup, StringComparison.Ordinal));
        Assert.Contains("C, blocked", cut.Markup, StringComparison.Ordinal);
        Assert.Contains(cut.FindAll("button"), b => b.TextContent.Contains("Activate template", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Suppliers_stand_side_by_side_with_scores_and_figures()
    {
        var due = await Make.LastMonthAsync(database);
        var (one, two) = (await Make.BareSupplierAsync(database, "Side One"), await Make.BareSupplierAsync(database, "Side Two"));
        await Make.DeliveriesAsync(database, one, false, new MadeDelivery(100, due, (100, 0, 0)));
        await Make.DeliveriesAsync(database, two, false, new MadeDelivery(100, due, (50, 0, 0)));
        await Make.ActiveTemplateAsync(database);
        await using var scope = await database.AsAsync(Role.ReadOnly);
        await using var page = new PageContext(scope);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.CompareScorecards([one, two]));
        var cut = page.Render<ScorecardComparePage>();
        cut.WaitForElement(".matrix");
        Assert.Equal(["Side One", "Side Two"], cut.FindAll(".matrix thead a:not(.btn)").Select(a => a.TextContent));
        Assert.Equal("100.0", cut.Find(".matrix tbody td.best").ChildNodes[0].TextContent);
        Assert.Contains("50.0\u202f%", cut.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_compares_and_awards_sees_the_standing_and_is_warned()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2, lines: 1);
        await Make.SubmittedQuoteAsync(database, rfq, 0, 3);
        await Make.SubmittedQuoteAsync(database, rfq, 1, 4);
        await database.SqlAsync("update suppliers set standing = 'C', standing_score = 45, standing_effect = 'warn' where id = $1", rfq.Suppliers[0]);
        await database.SqlAsync("update rfqs set status = 'evaluating', closed_at = now() where id = $1", rfq.Id);
        await using var scope = await database.AsAsync(Role.Buyer);
        await using var page = new PageContext(scope);
        var cut = page.Render<Sourcing.Web.Rfqs.ComparisonPage>(p => p.Add(x => x.Id, rfq.Id));
        cut.WaitForElement("table.comparison");
        Assert.Contains("C · 45", cut.Find("table.comparison thead").TextContent, StringComparison.Ordinal);
        cut.WaitForAssertion(() => Assert.Contains("stands at C", cut.Find("aside.award").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_ranking_begins_with_the_best()
    {
        var due = await Make.LastMonthAsync(database);
        var (low, high) = (await Make.BareSupplierAsync(database, "Ranked low"), await Make.BareSupplierAsync(database, "Ranked high"));
        await Make.DeliveriesAsync(database, low, false, new MadeDelivery(100, due, (70, 0, 0)));
        await Make.DeliveriesAsync(database, high, false, new MadeDelivery(100, due, (100, 0, 0)));
        await Make.ActiveTemplateAsync(database);
        await using var scope = await database.AsAsync(Role.ReadOnly);
        var rows = (await scope.Get<ScorecardList>().PageAsync(new() { Search = "Ranked" }, _ct)).Rows;
        Assert.Equal([("Ranked high", 100m, "A"), ("Ranked low", 70m, "B")], rows.Select(r => (r.Name, r.Score!.Value, r.Standing!)));
        Assert.All(rows, r => Assert.Null(r.Change));
    }
}
