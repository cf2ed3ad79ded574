using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data.Common;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Pages;

/// <summary>Every page as people open it: it shows itself, the console stays silent, axe finds nothing serious, light and dark, wide and narrow.</summary>
public sealed class PageWalkTests(App app) : PageWalk(app)
{
    private static readonly string[] Administration =
    [
        "/admin/users", "/admin/users/{user}", "/admin/users/{user}?tab=devices", "/admin/users/{user}?tab=changes", "/admin/rights", "/admin/outbox", "/admin/outbox/{mail}", "/admin/history",
        "/admin/history/{part}", "/admin/deleted", "/admin/jobs", "/admin/database", "/admin/settings", "/admin/settings/rates", "/admin/settings/orders", "/admin/settings/mail",
    ];

    private static readonly string[] Notes = ["/my-day", "/notes", "/notes?q=navy", "/notes/new", "/notes/{note}", "/notes/{note}/edit", "/sales/silent"];

    private static readonly string[] Portal = ["/portal", "/portal/orders", "/portal/agreements", "/portal/rfqs/{asked}", "/portal/rfqs/{asked}/quote", "/portal/rfqs/{quoted}/revisions"];

    [Fact]
    public Task An_admin_finds_every_page_in_order() => WalkAsync("sven.adarsson@example.test", Administration);

    [Fact]
    public Task A_supplier_finds_every_page_in_order() => WalkAsync("rui.tavora@example.test", Portal);

    [Fact]
    public Task Whoever_sells_finds_every_page_of_notes_in_order() => WalkAsync("lene.vossen@example.test", Notes, narrow: 360);

    [Fact]
    public Task A_manager_sees_what_a_team_does() => WalkAsync("katja.brandt@example.test", ["/my-day", "/sales/activity", "/sales/activity?week=2026-01-05"]);

    [Theory]
    [InlineData("mira.holsten@example.test", 1440, 360)]
    [InlineData("jonas.reker@example.test", 1440, 390)]
    [InlineData("ines.morvan@example.test", 2560, 390)]
    [InlineData("lene.vossen@example.test", 1440, 390)]
    [InlineData("petra.almqvist@example.test", 1440, 390)]
    [InlineData("rui.tavora@example.test", 1920, 390)]
    [InlineData("sven.adarsson@example.test", 1440, 360)]
    public Task The_start_of_every_role_shows_itself(string email, int wide, int narrow) => WalkAsync(email, ["/"], wide, narrow);

    [Fact]
    public async Task A_start_on_the_only_chapter_shows_no_other_page_on_its_way()
    {
        await using var leader = await App.SignInAsync("petra.almqvist@example.test");
        await leader.Page.AddInitScriptAsync("""
            new MutationObserver(() => { if (/There is no such/.test(document.body?.innerText)) sessionStorage.setItem('untrue', document.body.innerText); })
                .observe(document, { childList: true, subtree: true, characterData: true });
            """);
        await leader.OpenAsync("/");
        await Assertions.Expect(leader.Page.GetByRole(AriaRole.Heading, new() { Name = "Harbour", Exact = true })).ToBeVisibleAsync();
        Assert.Null(await leader.Page.EvaluateAsync<string?>("sessionStorage.getItem('untrue')"));
    }

    [Theory]
    [InlineData(1440, false)]
    [InlineData(390, true)]
    public async Task What_opens_over_a_page_has_no_serious_finding(int width, bool dark)
    {
        await using var buyer = await App.SignInAsync("mira.holsten@example.test", width, dark);
        var findings = new List<string>();
        await buyer.OpenAsync("/parts");
        await buyer.Page.Locator(".top-search").ClickAsync();
        await buyer.Page.Locator("[data-palette]").FillAsync("6204");
        await Assertions.Expect(buyer.Page.GetByRole(AriaRole.Option).First).ToContainTextAsync("6204");
        findings.AddRange(await buyer.FindingsAsync());
        await buyer.Page.Keyboard.PressAsync("Escape");
        await buyer.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Notifications") }).ClickAsync();
        await Assertions.Expect(buyer.Page.Locator(".bell-head")).ToBeVisibleAsync();
        findings.AddRange(await buyer.FindingsAsync());
        await buyer.Page.Keyboard.PressAsync("Escape");
        await buyer.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(buyer.Page.Locator("dl.keys")).ToHaveCountAsync(width < 768 ? 0 : 1);
        findings.AddRange(await buyer.FindingsAsync());
        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
    }

    [Fact]
    public async Task The_walk_sees_what_is_wrong_with_a_page()
    {
        await using var buyer = await App.SignInAsync("mira.holsten@example.test");
        await buyer.OpenAsync("/account/manage");
        Assert.Empty(await buyer.FindingsAsync());
        await buyer.Page.EvaluateAsync("document.querySelector('main').insertAdjacentHTML('beforeend', '<h1>Again</h1><button></button><div style=\"width: 4000px\">Wide</div>')");
        Assert.Collection(
            await buyer.FindingsAsync(),
            heading => Assert.EndsWith("has not one heading", heading, StringComparison.Ordinal),
            wide => Assert.EndsWith("scrolls sideways at 1440", wide, StringComparison.Ordinal),
            button => Assert.EndsWith("button-name (critical): <button></button>", button, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_walk_sees_what_cannot_be_read_in_the_other_theme_alone()
    {
        await using var buyer = await App.SignInAsync("mira.holsten@example.test");
        await buyer.OpenAsync("/account/manage");
        await buyer.Page.EvaluateAsync("document.querySelector('main').insertAdjacentHTML('beforeend', '<p style=\"color: #222\">Ink</p>')");
        Assert.Empty(await buyer.FindingsAsync());
        var dark = Assert.Single(await buyer.OtherThemeFindingsAsync());
        Assert.StartsWith("dark: ", dark, StringComparison.Ordinal);
        Assert.EndsWith("color-contrast (serious): <p style=\"color: #222\">Ink</p>", dark, StringComparison.Ordinal);
        Assert.Empty(await buyer.OtherThemeFindingsAsync());
    }

    [Fact]
    public async Task An_address_that_no_page_has_says_so_in_the_shell()
    {
        await using var buyer = await App.SignInAsync("mira.holsten@example.test");
        buyer.ExpectedFaults.Add("404");
        await buyer.OpenAsync("/nothing-here");
        await Assertions.Expect(buyer.Page.GetByText("There is no such page")).ToBeVisibleAsync();
        Assert.Empty(await buyer.FindingsAsync());
    }

    [Theory]
    [InlineData("jonas.reker@example.test", "/rfqs/new")]
    [InlineData("ines.morvan@example.test", "/orders/new")]
    [InlineData("lene.vossen@example.test", "/rfqs")]
    [InlineData("rui.tavora@example.test", "/parts")]
    [InlineData("mira.holsten@example.test", "/admin/users")]
    [InlineData("petra.almqvist@example.test", "/suppliers")]
    public async Task A_page_of_others_says_so_and_shows_nothing(string email, string path)
    {
        await using var visitor = await App.SignInAsync(email);
        visitor.ExpectedFaults.Add("403");
        await visitor.Page.GotoAsync(path);
        await Assertions.Expect(visitor.Page.GetByText("not for your role")).Not.ToHaveCountAsync(0);
        await Assertions.Expect(visitor.Page.Locator("table.grid, .board, form")).ToHaveCountAsync(0);
    }
}
