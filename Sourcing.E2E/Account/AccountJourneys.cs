using Microsoft.Playwright;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Account;

public sealed class AccountJourneys(App app)
{
    [Fact]
    public async Task A_passkey_is_added_to_the_account_and_signs_in_without_a_password()
    {
        await using var visitor = await app.VisitAsync();
        var page = visitor.Page;
        // A passkey belongs to a name, never to a number.
        var site = app.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal).Replace("[::1]", "localhost", StringComparison.Ordinal);
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });

        await page.GotoAsync($"{site}/account/sign-in?returnUrl=%2Faccount%2Fmanage%2Fpasskeys");
        await page.Locator("button[value='jonas.reker@example.test']").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The passkey is added.")).ToBeVisibleAsync();
        await page.GetByLabel("Name of the passkey").FillAsync("Desk key");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The passkey is called Desk key now.")).ToBeVisibleAsync();

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"{site}/account/sign-in?returnUrl=%2Faccount%2Fmanage%2Fpasskeys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Passkeys" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("No passkey yet.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Somebody_whom_an_admin_signs_out_is_led_to_sign_in_and_back_at_the_next_click()
    {
        // Of their own, because it ends every session of theirs.
        var user = await app.UserAsync("Two Devices", Role.Admin);
        await using var person = await app.SignInAsync(user, "/admin/users?q=mira");
        await using var admin = await app.SignInAsync(user, "/admin/users");
        await admin.Page.GotoAsync("/account/manage/sessions");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out all other devices" }).ClickAsync();
        await Assertions.Expect(admin.Page.GetByText("All other devices are signed out.")).ToBeVisibleAsync();

        // Within a second of the database's word at the next event, within half a minute without one.
        await Assertions.Expect(person.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/sign-in\\?returnUrl=%2Fadmin%2Fusers%3Fq%3Dmira"), new() { Timeout = 60_000 });
        await person.SignInAsync(user.Email!, DemoAccounts.Password);
        Assert.EndsWith("/admin/users?q=mira", person.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_invites_somebody_and_gives_them_other_rights()
    {
        await using var admin = await app.SignInAsync("sven.adarsson@example.test");
        var page = admin.Page;
        await admin.OpenAsync("/admin/users");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite user" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("E-mail").FillAsync("nina.comer@example.test");
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Nina Comer");
        await dialog.GetByLabel("Planner").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send invitation" }).ClickAsync();
        await Assertions.Expect(page.GetByText("An invitation is on its way to nina.comer@example.test.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Nina Comer" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nina Comer" })).ToBeVisibleAsync();
        await page.GetByLabel("Read only").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save rights" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The rights of Nina Comer are saved.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Users" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Planner, Read only" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Pages_of_accounts_have_no_serious_finding(int width, bool dark)
    {
        await using var stranger = await app.VisitAsync(width, dark);
        foreach (var path in new[] { "/account/sign-in", "/account/forgot-password", "/account/reset-password", "/account/accept-invitation", "/q/none" })
        {
            await stranger.Page.GotoAsync(path);
            await Look(stranger, path, width, dark);
        }

        await using var admin = await app.SignInAsync("sven.adarsson@example.test", width, dark);
        foreach (var path in new[] { "/account/manage", "/account/manage/password", "/account/manage/authenticator", "/account/manage/passkeys", "/account/manage/sessions" })
        {
            await admin.Page.GotoAsync(path);
            await Look(admin, path, width, dark);
        }

        foreach (var path in new[] { "/admin/users", "/admin/rights" })
        {
            await admin.OpenAsync(path);
            await Look(admin, path, width, dark);
        }

        await admin.OpenAsync("/admin/users?q=ana");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Ana Pinheda" }).First.ClickAsync();
        await Assertions.Expect(admin.Page.GetByRole(AriaRole.Heading, new() { Name = "Ana Pinheda" })).ToBeVisibleAsync();
        await Look(admin, "/admin/users/one", width, dark);
    }

    // SCREENSHOTS names a folder for those who want to see what was looked at.
    private static async Task Look(Visitor visitor, string path, int width, bool dark)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
        {
            await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{path.Trim('/').Replace('/', '-')}-{width}-{(dark ? "dark" : "light")}.png") });
        }

        var findings = await visitor.AccessibilityFindingsAsync();
        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
    }
}
