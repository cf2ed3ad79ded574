using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Sales.Commissions;
using Sourcing.Web.Sales.Commissions;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Sales.Commissions;

public sealed class CommissionPagesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_shows_its_arithmetic_and_its_earner_may_question_it()
    {
        var scene = await SceneAsync();
        var line = Assert.Single(await Make.LinesOfAsync(database, scene, scene.Anna.Id));
        await using var scope = database.As(scene.Anna);
        await using var page = new PageContext(scope);
        var cut = page.Render<CommissionPage>(p => p.Add(x => x.Id, line.Id));
        cut.WaitForElement(".arithmetic");
        Assert.Contains("5 % of EUR 1,000.00: EUR 50.00.", cut.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(cut.FindAll("button"), b => b.TextContent.Contains("Approve line", StringComparison.Ordinal));
        await cut.PressAsync("Question line");
        await cut.InvokeAsync(() => cut.Find("[data-field=Question] textarea").InputAsync(new ChangeEventArgs { Value = "Freight was promised to count." }));
        await cut.InvokeAsync(() => cut.Find("form.form").SubmitAsync());
        cut.WaitForAssertion(() => Assert.Contains("Freight was promised to count.", cut.Find(".prose").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_of_another_is_not_there()
    {
        var scene = await SceneAsync();
        var line = Assert.Single(await Make.LinesOfAsync(database, scene, scene.Anna.Id));
        await using var scope = database.As(scene.Ben);
        await using var page = new PageContext(scope);
        var cut = page.Render<CommissionPage>(p => p.Add(x => x.Id, line.Id));
        cut.WaitForAssertion(() => Assert.Contains("commission", cut.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("50.00", cut.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_approves_makes_payable_and_pays_on_the_review_page()
    {
        var scene = await SceneAsync();
        await using var scope = database.As(scene.Manager);
        await using var page = new PageContext(scope);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.CommissionReview(scene.Month, scene.Month.AddMonths(1)));
        var cut = page.Render<CommissionReviewPage>();
        cut.WaitForAssertion(() => Assert.Contains(scene.Anna.Name, cut.Markup, StringComparison.Ordinal));
        await cut.PressAsync("Approve all pending");
        await cut.PressAsync("Make all approved payable");
        await cut.PressAsync("Pay out");
        await cut.InvokeAsync(() => cut.Find("form.form").SubmitAsync());
        cut.WaitForAssertion(() => Assert.Contains("Give the reference", cut.Find(".field-error").TextContent, StringComparison.Ordinal));
        await cut.TypeAsync("[data-field=Reference] input", $"SEPA {scene.Anna.Id:N}");
        await cut.InvokeAsync(() => cut.Find("form.form").SubmitAsync());
        cut.WaitForAssertion(() => Assert.Contains($"SEPA {scene.Anna.Id:N}", cut.Markup, StringComparison.Ordinal));
        Assert.Equal("paid", await database.ScalarAsync<string>("select s.state from commission_standings s join commissions c on c.id = s.commission_id where c.sales_rep_id = $1", scene.Anna.Id));
    }

    [Fact]
    public async Task A_run_is_started_from_the_review_page()
    {
        var scene = await Make.CommissionSceneAsync(database);
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await using var scope = database.As(scene.Admin);
        await using var page = new PageContext(scope);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.CommissionReview(scene.Month, scene.Month.AddMonths(1)));
        var cut = page.Render<CommissionReviewPage>();
        cut.WaitForElement("#review-from");
        await cut.InvokeAsync(() => cut.FindAll("button").First(b => b.TextContent.Trim().EndsWith("Run commissions", StringComparison.Ordinal)).ClickAsync(new()));
        await cut.InvokeAsync(() => cut.Find("form.form").SubmitAsync());
        cut.WaitForAssertion(() => Assert.Contains(scene.Anna.Name, cut.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_statement_shows_ones_own_totals_and_lines()
    {
        var scene = await SceneAsync();
        await using var scope = database.As(scene.Anna);
        await using var page = new PageContext(scope);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(Links.CommissionStatement(scene.Anna.Id, scene.Month));
        var cut = page.Render<CommissionStatementPage>();
        cut.WaitForAssertion(() => Assert.Contains("50.00", cut.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(scene.Ben.Name, cut.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_is_written_refused_in_its_row_tried_and_activated()
    {
        var scene = await SceneAsync();
        await using var scope = database.As(scene.Admin);
        await using var page = new PageContext(scope);
        var cut = page.Render<CommissionPlanEditPage>();
        cut.WaitForElement("form.form");
        var name = $"Written {Guid.CreateVersion7().ToString("N")[^6..]}";
        await cut.TypeAsync("[data-field=Name] input", name);
        await cut.TypeAsync("[data-field=Accelerator] input", "0.5");
        await cut.InvokeAsync(() => cut.Find("form.form").SubmitAsync());
        cut.WaitForAssertion(() => Assert.Contains("above 1", cut.Find("[data-field=Accelerator] .field-error").TextContent, StringComparison.Ordinal));
        await cut.TypeAsync("[data-field=Accelerator] input", "1.5");
        await cut.InvokeAsync(() => cut.Find("form.form").SubmitAsync());
        var navigation = page.Services.GetRequiredService<NavigationManager>();
        cut.WaitForAssertion(() => Assert.Contains("/commissions/plans/0", navigation.Uri, StringComparison.Ordinal));
        var id = await database.ScalarAsync<Guid>("select id from commission_plans where name = $1", name);
        var plan = page.Render<CommissionPlanPage>(p => p.Add(x => x.Id, id));
        plan.WaitForAssertion(() => Assert.Contains("1.5 times the rate", plan.Markup, StringComparison.Ordinal));
        await plan.PressAsync("Try on past orders");
        plan.WaitForAssertion(() => Assert.Contains("In force", plan.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_and_the_plans_show_what_there_is()
    {
        var scene = await SceneAsync();
        await using var scope = database.As(scene.Manager);
        await using var page = new PageContext(scope);
        var list = page.Render<CommissionsPage>();
        list.WaitForAssertion(() => Assert.Contains(scene.Anna.Name, list.Markup, StringComparison.Ordinal));
        var plans = page.Render<CommissionPlansPage>();
        plans.WaitForAssertion(() => Assert.Contains("Version 1 since", plans.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_export_has_a_total_per_person_and_currency()
    {
        var scene = await SceneAsync();
        await Make.DecideAllAsync(database, scene, scene.Anna.Id, CommissionState.Approved, CommissionState.Payable);
        await using var scope = database.As(scene.Manager);
        var rows = new List<IReadOnlyList<object?>>();
        await scope.Get<CommissionQueries>().ExportAsync(scene.Month, scene.Month.AddMonths(1), rows.Add, _ct);
        Assert.Equal(2, rows.Count);
        Assert.All(rows, r => Assert.Equal(CommissionQueries.ExportHeads.Count, r.Count));
        Assert.Equal(("Total", 50m, "EUR"), (rows[1][2], rows[1][7], rows[1][8]));
    }

    private async Task<CommissionScene> SceneAsync()
    {
        var scene = await Make.CommissionSceneAsync(database);
        await Make.SoldOrderAsync(database, scene, 1_000, scene.Month);
        await Make.CommissionRunAsync(database, scene.Admin);
        return scene;
    }
}
