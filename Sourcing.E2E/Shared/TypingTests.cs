using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Shared;

/// <summary>Fields that answer while somebody types: no letter is lost, however fast it came, and the answer is to the whole of it.</summary>
public sealed class TypingTests(App app)
{
    private const string Buyer = "mira.holsten@example.test";

    // From as fast as the browser takes keys to just slower than the pause after which the server is asked.
    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(270)]
    public async Task A_picker_keeps_every_letter_and_offers_what_the_whole_text_finds(int pause)
    {
        await using var buyer = await app.SignInAsync(Buyer);
        await buyer.OpenAsync("/orders/new");
        var field = buyer.Page.GetByRole(AriaRole.Combobox, new() { Name = "Supplier" });
        await field.PressSequentiallyAsync("orvane texti", new() { Delay = pause });
        await Assertions.Expect(field).ToHaveValueAsync("orvane texti");
        await Assertions.Expect(buyer.Page.Locator("ul.typeahead-list [role=option]").First).ToContainTextAsync("Orvane Textiles");
        await Assertions.Expect(field).ToHaveValueAsync("orvane texti");
        await field.PressAsync("Enter");
        await Assertions.Expect(field).ToHaveValueAsync(new Regex(@"^Orvane Textiles \("));
    }

    [Fact]
    public async Task A_number_and_Enter_at_once_as_from_a_scanner_take_the_part()
    {
        await using var buyer = await app.SignInAsync(Buyer);
        await buyer.OpenAsync("/orders/new");
        var field = buyer.Page.GetByRole(AriaRole.Combobox, new() { Name = "Part of line 1" });
        await field.PressSequentiallyAsync("OIL-20826");
        await field.PressAsync("Enter");
        await Assertions.Expect(buyer.Page.GetByLabel("Description of line 1")).ToHaveValueAsync(new Regex("oil"));
        await Assertions.Expect(field).ToHaveValueAsync("OIL-20826");
        Assert.EndsWith("/orders/new", buyer.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/orders", "kesmira ipli", "Kesmira Iplik")]
    [InlineData("/suppliers", "kesmira ipli", "Kesmira Iplik")]
    [InlineData("/rfqs", "kesmira ipli", null)]
    public async Task A_search_keeps_every_letter_while_its_list_is_read_again(string path, string text, string? found)
    {
        await using var buyer = await app.SignInAsync(Buyer);
        await buyer.OpenAsync(path);
        var field = buyer.Page.GetByRole(AriaRole.Searchbox).First;
        // Slow enough that the list is asked for in between, fast enough that letters come while it answers.
        await field.PressSequentiallyAsync(text[..4], new() { Delay = 265 });
        await field.PressSequentiallyAsync(text[4..]);
        await Assertions.Expect(buyer.Page).ToHaveURLAsync(new Regex("q=kesmira(%20|\\+)ipli"));
        await Assertions.Expect(field).ToHaveValueAsync(text);
        if (found is not null)
        {
            await Assertions.Expect(buyer.Page.Locator("table[data-list] tbody tr").First).ToContainTextAsync(found);
        }
    }

    // Before each letter is looked at the session is asked for, and nothing may overtake a letter that waits for the answer.
    [Theory]
    [InlineData("/orders")]
    [InlineData("/rfqs")]
    public async Task Letters_that_wait_for_a_slow_database_arrive_whole_and_in_their_order(string path)
    {
        var user = await app.UserAsync("Patient Buyer", Role.Buyer);
        await using var buyer = await app.SignInAsync(user, path);
        var field = buyer.Page.GetByRole(AriaRole.Searchbox).First;
        // Short enough after one another that the page is drawn anew while the next letters wait.
        foreach (var part in new[] { "kes", "mira", " ipli" })
        {
            await app.Services.GetRequiredService<Sessions>().EndAsync(user.Id, Guid.Empty, TestContext.Current.CancellationToken);
            await using var connection = await app.Services.GetRequiredService<DataSources>().Migrator.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var slow = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using (var hold = new NpgsqlCommand("lock table app.sessions in access exclusive mode", connection))
            {
                await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }

            await field.PressSequentiallyAsync(part);
            await slow.RollbackAsync(TestContext.Current.CancellationToken);
        }

        await Assertions.Expect(buyer.Page).ToHaveURLAsync(new Regex("q=kesmira(%20|\\+)ipli"));
        await Assertions.Expect(field).ToHaveValueAsync("kesmira ipli");
    }

    [Fact]
    public async Task A_page_is_announced_by_its_title_but_never_takes_the_focus_from_a_field()
    {
        await using var buyer = await app.SignInAsync(Buyer);
        await buyer.OpenAsync("/orders");
        await buyer.Page.GetByRole(AriaRole.Link, new() { Name = "Suppliers" }).First.ClickAsync();
        await Assertions.Expect(buyer.Page.GetByRole(AriaRole.Heading, new() { Name = "Suppliers", Level = 1 })).ToBeFocusedAsync();
        var field = buyer.Page.GetByRole(AriaRole.Searchbox);
        await field.PressSequentiallyAsync("orv");
        // As on a slow line: the word that a page was opened comes after the first letters.
        await buyer.Page.EvaluateAsync("() => window.sourcing.focusTitle()");
        await buyer.Page.Keyboard.TypeAsync("ane");
        await Assertions.Expect(field).ToHaveValueAsync("orvane");
    }

    [Fact]
    public async Task Clearing_the_filters_empties_the_search_and_going_back_fills_it()
    {
        await using var buyer = await app.SignInAsync(Buyer);
        await buyer.OpenAsync("/orders?q=nothing-like-this");
        var field = buyer.Page.GetByRole(AriaRole.Searchbox);
        await Assertions.Expect(field).ToHaveValueAsync("nothing-like-this");
        await buyer.Page.GetByRole(AriaRole.Button, new() { Name = "Clear filters" }).ClickAsync();
        await Assertions.Expect(field).ToHaveValueAsync("");
        await buyer.Page.GoBackAsync();
        await Assertions.Expect(field).ToHaveValueAsync("nothing-like-this");
    }

    [Fact]
    public async Task The_palette_keeps_every_letter()
    {
        await using var buyer = await app.SignInAsync(Buyer);
        await buyer.OpenAsync("/orders");
        await buyer.Page.Keyboard.PressAsync("Control+k");
        var field = buyer.Page.Locator("[data-palette]");
        await field.PressSequentiallyAsync("orvane texti");
        await Assertions.Expect(buyer.Page.Locator(".palette-item").First).ToContainTextAsync("Orvane Textiles");
        await Assertions.Expect(field).ToHaveValueAsync("orvane texti");
    }
}
