using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Operations;

/// <summary>What people meet in an open page when their session, their role or their patience ends.</summary>
public sealed partial class FaultJourneys(App app)
{
    [Fact]
    public async Task A_session_that_expires_under_an_open_form_leads_to_sign_in_and_back_and_nothing_typed_is_lost()
    {
        var user = await app.UserAsync("Expiring Buyer", Role.Buyer);
        await using var visitor = await app.SignInAsync(user, "/suppliers/new");
        var code = Code();
        await FillAsync(visitor, "Code", code);
        await FillAsync(visitor, "Name", $"Expired {code}");
        // The words that meet the end: the server never hears them.
        await visitor.Page.Locator("[data-field=Address] textarea").FillAsync("Quay 7");
        await app.ExecuteAsync("update app.sessions set expires_at = now() - interval '1 second' where user_id = $1", user.Id);
        await ForgetAsync(user);
        await visitor.Page.Locator("[data-field=Address] textarea").PressAsync("Tab");
        await visitor.Page.WaitForURLAsync(new Regex("/account/sign-in\\?returnUrl=%2Fsuppliers%2Fnew"));

        await visitor.SignInAsync(user.Email!, DemoAccounts.Password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Bring it back" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("[data-field=Code] input")).ToHaveValueAsync(code);
        await Assertions.Expect(visitor.Page.Locator("[data-field=Address] textarea")).ToHaveValueAsync("Quay 7");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save supplier" }).ClickAsync();
        await visitor.Page.WaitForURLAsync(Saved());
        Assert.Equal("Quay 7", await ScalarAsync<string>("select address from suppliers where code = $1", code));
    }

    [Fact]
    public async Task A_role_taken_away_from_an_open_page_denies_the_next_click_writes_nothing_and_is_recorded()
    {
        var user = await app.UserAsync("Demoted Buyer", Role.Buyer);
        await using var visitor = await app.SignInAsync(user, "/suppliers/new");
        visitor.ExpectedFaults.Add("403");
        var code = Code();
        await FillAsync(visitor, "Code", code);
        await FillAsync(visitor, "Name", $"Demoted {code}");
        await app.ExecuteAsync("update user_roles set role_id = (select id from roles where name = 'ReadOnly') where user_id = $1", user.Id);
        await ForgetAsync(user);
        // The page may go by itself before the click: any event is the next one.
        await visitor.Page.EvaluateAsync("() => setTimeout(() => document.querySelector('button[type=submit]')?.click(), 0)");
        await visitor.Page.WaitForURLAsync(new Regex("/account/sign-in"));
        Assert.Equal(0L, await ScalarAsync<long>("select count(*) from suppliers where code = $1", code));
        Assert.Equal(1L, await ScalarAsync<long>("select count(*) from audit_entries where table_name = 'user_roles' and action = 'update' and record_id = $1", user.Id));
        await visitor.Page.GetByLabel("E-mail").First.FillAsync(user.Email!);
        await visitor.Page.GetByLabel("Password").First.FillAsync(DemoAccounts.Password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByText("not for your role")).Not.ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_ninth_page_of_one_person_is_told_so_and_others_go_on()
    {
        var user = await app.UserAsync("Many Tabs", Role.Buyer);
        await using var visitor = await app.SignInAsync(user, "/suppliers");
        var tabs = new List<IPage>();
        while (tabs.Count < 7)
        {
            tabs.Add(await visitor.Page.Context.NewPageAsync());
            await tabs[^1].GotoAsync("/suppliers");
            await Assertions.Expect(tabs[^1].Locator("h1")).ToHaveTextAsync("Suppliers");
        }

        var ninth = await visitor.Page.Context.NewPageAsync();
        await ninth.GotoAsync("/suppliers");
        await Assertions.Expect(ninth.Locator("h1")).ToHaveTextAsync("Too many pages are open");
        await using (var other = await app.SignInAsync(await app.UserAsync("Unharmed", Role.Buyer), "/suppliers"))
        {
            await Assertions.Expect(other.Page.Locator("h1")).ToHaveTextAsync("Suppliers");
        }

        await tabs[0].CloseAsync();
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Suppliers");
        await ninth.GetByRole(AriaRole.Link, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(ninth.Locator("h1").First).Not.ToHaveTextAsync("Too many pages are open");
    }

    [Fact]
    public async Task A_double_click_on_save_makes_one_record()
    {
        await using var visitor = await app.SignInAsync(await app.UserAsync("Hasty Buyer", Role.Buyer), "/suppliers/new");
        var code = Code();
        await FillAsync(visitor, "Code", code);
        await FillAsync(visitor, "Name", $"Twice {code}");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save supplier" }).DblClickAsync();
        await visitor.Page.WaitForURLAsync(Saved());
        Assert.Equal(1L, await ScalarAsync<long>("select count(*) from suppliers where code = $1", code));
    }

    [GeneratedRegex("/suppliers/[0-9a-f-]{36}$")]
    private static partial Regex Saved();

    private static string Code() => $"F{Guid.CreateVersion7().ToString("N")[^8..].ToUpperInvariant()}";

    private static async Task FillAsync(Visitor visitor, string field, string text)
    {
        await visitor.Page.Locator($"[data-field={field}] input").FillAsync(text);
        await visitor.Page.Locator($"[data-field={field}] input").PressAsync("Tab");
        // The server has heard it when the draft holds it.
        await visitor.Page.WaitForFunctionAsync("text => Object.values(sessionStorage).some(draft => draft.includes(text))", text);
    }

    // Ends no session, and so does nothing but forget the answer about them that may be a second old.
    private Task ForgetAsync(AppUser user) => app.Services.GetRequiredService<Sessions>().EndAsync(user.Id, Guid.Empty, TestContext.Current.CancellationToken);

    private async Task<T> ScalarAsync<T>(string sql, object value)
    {
        await using var command = app.Services.GetRequiredService<DataSources>().Migrator.CreateCommand(sql);
        command.Parameters.Add(new() { Value = value });
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
