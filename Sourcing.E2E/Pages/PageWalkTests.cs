using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data.Common;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Pages;

/// <summary>Every page as people open it: it shows itself, the console stays silent, axe finds nothing serious, light and dark, wide and narrow.</summary>
public sealed class PageWalkTests(App app)
{
    private static readonly string[] Inside =
    [
        "/rfqs", "/rfqs?view=table", "/rfqs/new", "/rfqs/{open}", "/rfqs/{open}/suppliers", "/rfqs/{evaluating}/comparison", "/rfqs/{awarded}/comparison", "/rfqs/{open}/files",
        "/rfqs/{open}/history", "/rfqs/{draft}/edit", "/orders", "/orders/new", "/orders/{order}", "/approvals", "/suppliers", "/suppliers/new", "/suppliers/{supplier}", "/suppliers/{supplier}/edit",
        "/parts", "/parts/new", "/parts/{part}", "/parts/{part}/prices", "/parts/{part}/edit", "/imports", "/imports/new", "/account/manage",
    ];

    private static readonly string[] Administration =
        ["/admin/users", "/admin/outbox", "/admin/history", "/admin/jobs", "/admin/database", "/admin/settings"];

    private static readonly string[] Portal = ["/portal", "/portal/orders", "/portal/rfqs/{asked}", "/portal/rfqs/{asked}/quote"];

    private static readonly System.Text.RegularExpressions.Regex Broken = new("There is no such|went wrong|not for your role", System.Text.RegularExpressions.RegexOptions.IgnoreCase);

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    public Task A_buyer_finds_every_page_in_order(int width, bool dark) => WalkAsync("mira.holsten@example.test", Inside, width, dark);

    [Theory]
    [InlineData(1440, false)]
    [InlineData(390, true)]
    public Task An_admin_finds_every_page_in_order(int width, bool dark) => WalkAsync("sven.adarsson@example.test", Administration, width, dark);

    [Theory]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    public Task A_supplier_finds_every_page_in_order(int width, bool dark) => WalkAsync("rui.tavora@example.test", Portal, width, dark);

    [Theory]
    [InlineData("jonas.reker@example.test", "/rfqs/new")]
    [InlineData("ines.morvan@example.test", "/orders/new")]
    [InlineData("lene.vossen@example.test", "/rfqs")]
    [InlineData("rui.tavora@example.test", "/parts")]
    [InlineData("mira.holsten@example.test", "/admin/users")]
    [InlineData("petra.almqvist@example.test", "/suppliers")]
    public async Task A_page_of_others_says_so_and_shows_nothing(string email, string path)
    {
        await using var visitor = await app.SignInAsync(email);
        visitor.ExpectedFaults.Add("403");
        await visitor.Page.GotoAsync(path);
        await Assertions.Expect(visitor.Page.GetByText("not for your role")).Not.ToHaveCountAsync(0);
        await Assertions.Expect(visitor.Page.Locator("table.grid, .board, form")).ToHaveCountAsync(0);
    }

    private async Task WalkAsync(string email, string[] paths, int width, bool dark)
    {
        await using var visitor = await app.SignInAsync(email, width, dark);
        var findings = new List<string>();
        foreach (var path in paths)
        {
            var address = await FilledAsync(path);
            await visitor.OpenAsync(address);
            if (await visitor.Page.Locator("h1").CountAsync() != 1 || await visitor.Page.GetByText(Broken).CountAsync() > 0)
            {
                findings.Add($"{address} does not show itself: {await visitor.Page.Locator("main").First.InnerTextAsync()}");
            }

            if (await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))
            {
                findings.Add($"{address} scrolls sideways at {width}");
            }

            findings.AddRange(await visitor.AccessibilityFindingsAsync());
        }

        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
    }

    /// <summary>Puts the key of a record of the demo company where the path names its kind.</summary>
    private async Task<string> FilledAsync(string path)
    {
        foreach (var (kind, sql) in new[]
        {
            ("{open}", "select id from rfqs where status = 'open' order by number limit 1"),
            ("{evaluating}", "select r.id from rfqs r where status = 'evaluating' order by (select count(*) from quotes q where q.rfq_id = r.id) desc limit 1"),
            ("{awarded}", "select id from rfqs where status = 'awarded' order by number limit 1"),
            ("{draft}", "select id from rfqs where status = 'draft' order by number limit 1"),
            ("{order}", "select id from orders where status = 'issued' or status = 'acknowledged' order by number desc limit 1"),
            ("{supplier}", "select id from suppliers where name = 'Orvane Textiles'"),
            ("{part}", "select part_id from order_lines group by part_id order by count(*) desc limit 1"),
            ("{asked}", "select r.id from rfqs r join rfq_invitations i on i.rfq_id = r.id join suppliers s on s.id = i.supplier_id where s.name = 'Orvane Textiles' and r.status = 'open' order by r.number limit 1"),
        })
        {
            if (path.Contains(kind, StringComparison.Ordinal))
            {
                await using var command = app.Services.GetRequiredService<DataSources>().Migrator.CreateCommand(sql);
                return path.Replace(kind, (await command.ExecuteScalarAsync())?.ToString() ?? throw new InvalidOperationException($"The demo company has no {kind}."), StringComparison.Ordinal);
            }
        }

        return path;
    }
}
