using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Shared;

/// <summary>Every key that the help lists does what the help says.</summary>
public sealed class KeyTests(App app)
{
    private const string Buyer = "mira.holsten@example.test";

    [Theory]
    [InlineData("t", "/today")]
    [InlineData("r", "/rfqs")]
    [InlineData("o", "/orders")]
    [InlineData("p", "/parts")]
    [InlineData("s", "/suppliers")]
    [InlineData("a", "/approvals")]
    [InlineData("i", "/imports")]
    public async Task G_and_a_letter_go_to_a_place(string letter, string path)
    {
        await using var buyer = await app.SignInAsync(Buyer);
        await buyer.OpenAsync(path == "/parts" ? "/orders" : "/parts");
        await buyer.Page.Keyboard.PressAsync("g");
        await buyer.Page.Keyboard.PressAsync(letter);
        await Assertions.Expect(buyer.Page).ToHaveURLAsync(app.Address + path);
    }

    [Fact]
    public async Task In_a_list_rows_are_walked_selected_and_opened_without_a_mouse()
    {
        await using var buyer = await app.SignInAsync(Buyer);
        var page = buyer.Page;
        await buyer.OpenAsync("/parts?sort=number");
        var links = page.Locator("table[data-list] a.row-link");
        await Assertions.Expect(links.First).ToBeVisibleAsync();
        var (first, second) = (await links.Nth(0).GetAttributeAsync("href"), await links.Nth(1).GetAttributeAsync("href"));
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(links.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(links.Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator(".bulk-count")).ToHaveTextAsync("1 selected");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator(".bulk")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("k");
        await Assertions.Expect(links.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(app.Address + first);

        // The next record of the list, its neighbour on the same tab, and the same again after a reload.
        await Assertions.Expect(page.Locator("[data-key='alt+right']")).ToBeEnabledAsync();
        await page.Keyboard.PressAsync("Alt+ArrowRight");
        await Assertions.Expect(page).ToHaveURLAsync(app.Address + second);
        // Its own tab: the address changes before the page does.
        await page.Locator($"a[href='{second}/price-history']").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(app.Address + second + "/price-history");
        await page.Keyboard.PressAsync("Alt+ArrowLeft");
        await Assertions.Expect(page).ToHaveURLAsync(app.Address + first + "/price-history");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("[data-key='alt+right']")).ToBeEnabledAsync();
        await page.Keyboard.PressAsync("Alt+ArrowRight");
        await Assertions.Expect(page).ToHaveURLAsync(app.Address + second + "/price-history");
    }

    [Theory]
    [InlineData("/suppliers")]
    [InlineData("/orders")]
    [InlineData("/rfqs?view=table")]
    public async Task Every_kind_of_record_leads_to_the_next_one_and_back_to_the_list_as_it_was(string path)
    {
        await using var buyer = await app.SignInAsync(Buyer);
        var page = buyer.Page;
        var address = path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "size=20";
        await buyer.OpenAsync(address);
        var links = page.Locator("table[data-list] a.row-link");
        var second = await links.Nth(1).GetAttributeAsync("href");
        await links.First.ClickAsync();
        await Assertions.Expect(page.Locator("[data-key='alt+right']")).ToBeEnabledAsync();
        await page.Keyboard.PressAsync("Alt+ArrowRight");
        await Assertions.Expect(page).ToHaveURLAsync(app.Address + second);
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Breadcrumb" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(app.Address + address);
    }

    [Fact]
    public async Task Slash_searches_n_begins_e_edits_ctrl_s_saves_and_question_mark_helps()
    {
        await using var buyer = await app.SignInAsync(Buyer);
        var page = buyer.Page;
        await buyer.OpenAsync("/suppliers");
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        // While somebody types, a letter is a letter.
        await page.Keyboard.TypeAsync("nex");
        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("nex");
        await buyer.OpenAsync("/suppliers");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("dl.keys")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dl.keys")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(page).ToHaveURLAsync(app.Address + "/suppliers/new");

        await buyer.OpenAsync("/suppliers?q=Kesmira");
        await page.GetByRole(AriaRole.Link, new() { Name = "SUP-0302" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Edit supplier" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("e");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/edit$"));
        await page.GetByLabel("Region").FillAsync("Marmara");
        await page.Keyboard.PressAsync("Control+s");
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("saved");
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync("Marmara");
    }

    // The library hears the key only once the server has told it of the dialog, which is shown before that.
    [Fact]
    public async Task Escape_closes_a_dialog_that_has_only_just_come()
    {
        await using var buyer = await app.SignInAsync(Buyer);
        await buyer.OpenAsync("/suppliers");
        await buyer.Page.EvaluateAsync("() => { window.Radzen.openDialog = () => {}; }");
        await buyer.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(buyer.Page.Locator("dl.keys")).ToBeVisibleAsync();
        await buyer.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(buyer.Page.Locator("dl.keys")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_typed_right_after_ctrl_k_is_not_lost_and_runs_no_other_key()
    {
        await using var buyer = await app.SignInAsync(Buyer);
        var page = buyer.Page;
        await buyer.OpenAsync("/parts");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("n 6204-2rs");
        await Assertions.Expect(page.Locator("[data-palette]")).ToHaveValueAsync("n 6204-2rs");
        await page.Locator("[data-palette]").FillAsync("6204-2rs");
        await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { NameRegex = new("Show price history of 6204-2RS") })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("6204-2RS");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync("6204-2RS");
    }
}
