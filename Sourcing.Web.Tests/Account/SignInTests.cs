using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Account;

public sealed class SignInTests(WebApp app) : IClassFixture<WebApp>
{
    private const string Refusal = "E-mail and password do not belong together";

    [Theory]
    [InlineData("/parts?q=6204", "/parts?q=6204")]
    [InlineData("//elsewhere.example/x", "/")]
    [InlineData("https://elsewhere.example/x", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    public async Task Signing_in_leads_back_to_the_page_but_never_out_of_the_app(string asked, string led)
    {
        var user = await app.UserAsync(Role.Buyer);
        var answer = await app.Visit().SignInAsync(user.Email!, WebApp.Password, returnUrl: asked);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(led, Local(answer));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        var user = await app.UserAsync(Role.Buyer);
        var wrong = await (await app.Visit().SignInAsync(user.Email!, "not the password")).TextAsync();
        var unknown = await (await app.Visit().SignInAsync("nobody@example.test", "not the password")).TextAsync();
        Assert.Contains(Refusal, wrong, StringComparison.Ordinal);
        Assert.Contains(Refusal, unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_the_right_one_too()
    {
        var user = await app.UserAsync(Role.Buyer);
        var visitor = app.Visit();
        for (var i = 0; i < 5; i++)
        {
            await visitor.SignInAsync(user.Email!, $"wrong {i} wrong");
        }

        var answer = await visitor.SignInAsync(user.Email!, WebApp.Password);
        Assert.Contains("rests for ten minutes", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task An_account_that_was_switched_off_cannot_sign_in()
    {
        var user = await app.UserAsync(Role.Buyer);
        var open = await app.SignInAsync(user);
        await using var admin = await AsAdminAsync();
        await admin.ServiceProvider.GetRequiredService<UserService>().DisableAsync(user.Id, TestContext.Current.CancellationToken);
        Assert.Contains(Refusal, await (await app.Visit().SignInAsync(user.Email!, WebApp.Password)).TextAsync(), StringComparison.Ordinal);
        Assert.False(await IsStillSignedInAsync(open));
    }

    [Fact]
    public async Task Keeping_signed_in_lasts_thirty_days_and_twelve_hours_otherwise()
    {
        var user = await app.UserAsync(Role.Buyer);
        var kept = Cookie(await app.Visit().SignInAsync(user.Email!, WebApp.Password, keep: true));
        var usual = Cookie(await app.Visit().SignInAsync(user.Email!, WebApp.Password));
        Assert.Contains("expires=", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("expires=", usual, StringComparison.Ordinal);
        foreach (var cookie in new[] { kept, usual })
        {
            Assert.Contains("secure", cookie, StringComparison.Ordinal);
            Assert.Contains("httponly", cookie, StringComparison.Ordinal);
            Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
        }

        var hours = await app.ScalarAsync<string>(
            "select string_agg(round(extract(epoch from expires_at - created_at) / 3600)::text, ' ' order by expires_at) from app.sessions where user_id = $1", user.Id);
        Assert.Equal("12 720", hours);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_a_copied_cookie_too()
    {
        var user = await app.UserAsync(Role.Buyer);
        var visitor = app.Visit();
        var cookie = Cookie(await visitor.SignInAsync(user.Email!, WebApp.Password)).Split(';')[0];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/sign-out");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        await visitor.SendAsync(request);
        using var replay = new HttpRequestMessage(HttpMethod.Get, "/account/manage");
        replay.Headers.Add("Cookie", cookie);
        var answer = await app.Visit().SendAsync(replay);
        Assert.Equal("/account/sign-in?returnUrl=%2Faccount%2Fmanage", Local(answer));
    }

    [Fact]
    public async Task Another_site_cannot_sign_somebody_out_by_a_link()
    {
        var visitor = await app.SignInAsync(await app.UserAsync(Role.Buyer));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/sign-out");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.OK, (await visitor.SendAsync(request)).StatusCode);
        Assert.True(await visitor.IsSignedInAsync());
        await visitor.PostAsync("/account/sign-out", "sign-out", []);
        Assert.False(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task With_an_authenticator_the_password_alone_does_not_sign_in()
    {
        var user = await app.UserAsync(Role.Buyer);
        var other = await app.SignInAsync(user);
        var visitor = await app.SignInAsync(user);
        var key = Regex.Match(await visitor.PageAsync("/account/manage/authenticator"), "manage-key\">([A-Z2-7 ]+)<").Groups[1].Value;
        var wrong = await visitor.PostAsync("/account/manage/authenticator", "on", [("Form.Code", "000000")]);
        Assert.Contains("does not fit", await wrong.TextAsync(), StringComparison.Ordinal);
        var on = await (await visitor.PostAsync("/account/manage/authenticator", "on", [("Form.Code", Totp.Now(key))])).TextAsync();
        var codes = Regex.Matches(on, "<li><code>([^<]+)</code>").Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(10, codes.Count);
        Assert.True(await visitor.IsSignedInAsync(), "Who turned it on stays signed in.");
        Assert.False(await IsStillSignedInAsync(other));

        var fresh = app.Visit();
        var answer = await fresh.SignInAsync(user.Email!, WebApp.Password, returnUrl: "/orders");
        Assert.StartsWith("/account/code?", Local(answer), StringComparison.Ordinal);
        Assert.False(await fresh.IsSignedInAsync());
        var page = Local(answer);
        Assert.Contains("does not fit", await (await fresh.PostAsync(page, "code", [("Form.Code", "111111")])).TextAsync(), StringComparison.Ordinal);
        Assert.Equal("/orders", Local(await fresh.PostAsync(page, "code", [("Form.Code", Totp.Now(key))])));
        Assert.True(await fresh.IsSignedInAsync());

        foreach (var (attempt, enters) in new[] { (1, true), (2, false) })
        {
            var lost = app.Visit();
            await lost.SignInAsync(user.Email!, WebApp.Password);
            await lost.PostAsync("/account/code?recovery=true", "code", [("Form.Code", codes[0])]);
            Assert.True(enters == await lost.IsSignedInAsync(), $"Recovery code, attempt {attempt}.");
        }
    }

    [Fact]
    public async Task A_changed_password_signs_the_other_devices_out_and_not_this_one()
    {
        var user = await app.UserAsync(Role.Buyer);
        var other = await app.SignInAsync(user);
        var visitor = await app.SignInAsync(user);
        var answer = await visitor.PostAsync("/account/manage/password", "password", [("Form.Present", WebApp.Password), ("Form.Password", "another four words"), ("Form.Again", "another four words")]);
        Assert.Contains("The password is changed", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.True(await visitor.IsSignedInAsync());
        Assert.False(await IsStillSignedInAsync(other));
    }

    [Fact]
    public async Task A_forgotten_password_is_reset_once_by_the_mailed_link()
    {
        var user = await app.UserAsync(Role.Buyer);
        var open = await app.SignInAsync(user);
        var visitor = app.Visit();
        var known = await (await visitor.PostAsync("/account/forgot-password", "forgot", [("Form.Email", user.Email!)])).TextAsync();
        var unknown = await (await visitor.PostAsync("/account/forgot-password", "forgot", [("Form.Email", "nobody@example.test")])).TextAsync();
        Assert.Contains("a mail with a link is on its way", known, StringComparison.Ordinal);
        Assert.Contains("a mail with a link is on its way", unknown, StringComparison.Ordinal);
        Assert.Equal(0L, await app.ScalarAsync<long>("select count(*) from outbox_messages where recipient = 'nobody@example.test'"));

        var link = await app.LinkMailedToAsync(user.Email!);
        (string, string)[] fields = [("Form.Password", "another four words"), ("Form.Again", "another four words")];
        Assert.Contains("The password is changed", await (await visitor.PostAsync(link, "reset", fields)).TextAsync(), StringComparison.Ordinal);
        Assert.Contains("used or has expired", await (await visitor.PostAsync(link, "reset", fields)).TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync(user.Email!, "another four words")).StatusCode);
        Assert.False(await IsStillSignedInAsync(open));
    }

    [Fact]
    public async Task An_invitation_is_taken_once_and_signs_in()
    {
        await using var admin = await AsAdminAsync();
        var form = new InviteForm { Email = "newcomer@example.test", FullName = "New Comer", Roles = [Role.Planner] };
        var id = await admin.ServiceProvider.GetRequiredService<UserService>().InviteAsync(form, Links.AcceptInvitation, TestContext.Current.CancellationToken);
        var link = await app.LinkMailedToAsync("newcomer@example.test");
        var visitor = app.Visit();
        Assert.Contains("newcomer@example.test", await visitor.PageAsync(link), StringComparison.Ordinal);
        (string, string)[] fields = [("Form.Name", "Nina Comer"), ("Form.Password", WebApp.Password), ("Form.Again", WebApp.Password)];
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.PostAsync(link, "accept", fields)).StatusCode);
        Assert.True(await visitor.IsSignedInAsync());
        Assert.Equal("Nina Comer", await app.ScalarAsync<string>("select full_name from users where id = $1", id));
        Assert.Contains("This invitation is over", await app.Visit().PageAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_address_counts_only_after_its_owner_confirmed_it()
    {
        var user = await app.UserAsync(Role.Buyer);
        var visitor = await app.SignInAsync(user);
        var wanted = $"new-{user.Email}";
        await visitor.PostAsync("/account/manage", "address", [("Address.Email", wanted), ("Address.Password", WebApp.Password)]);
        Assert.Equal(HttpStatusCode.OK, (await app.Visit().SignInAsync(wanted, WebApp.Password)).StatusCode);
        await visitor.PostAsync(await app.LinkMailedToAsync(wanted), "confirm-email", []);
        Assert.Equal(HttpStatusCode.Redirect, (await app.Visit().SignInAsync(wanted, WebApp.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Visit().SignInAsync(user.Email!, WebApp.Password)).StatusCode);
    }

    [Fact]
    public async Task The_profile_is_saved_and_the_cookie_knows_it()
    {
        var user = await app.UserAsync(Role.Buyer);
        var visitor = await app.SignInAsync(user);
        await visitor.PostAsync("/account/manage", "profile", [("Form.Name", "Another Name"), ("Form.TimeZone", "Asia/Tokyo"), ("Form.Culture", "de-DE")]);
        Assert.True(await visitor.IsSignedInAsync());
        Assert.Contains("Another Name", await visitor.PageAsync("/account/manage"), StringComparison.Ordinal);
        Assert.Equal("Asia/Tokyo de-DE", await app.ScalarAsync<string>("select time_zone_id || ' ' || culture_name from users where id = $1", user.Id));
    }

    [Fact]
    public async Task A_person_ends_their_other_sessions_one_by_one()
    {
        var user = await app.UserAsync(Role.Buyer);
        var other = await app.SignInAsync(user);
        var visitor = await app.SignInAsync(user);
        var form = Regex.Match(await visitor.PageAsync("/account/manage/sessions"), "value=\"(end-[0-9a-f]+)\"").Groups[1].Value;
        await visitor.PostAsync("/account/manage/sessions", form, []);
        Assert.False(await IsStillSignedInAsync(other));
        Assert.True(await visitor.IsSignedInAsync());
    }

    private async Task<AsyncServiceScope> AsAdminAsync()
    {
        var sessions = app.Services.GetRequiredService<Sessions>();
        var token = await sessions.OpenAsync(app.Admin.Id, app.Admin.FullName, DatabaseAccess.Internal, null, null, TimeSpan.FromHours(1), "test", TestContext.Current.CancellationToken);
        var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(Sessions.IdentityOf(app.Admin, [nameof(Role.Admin)], null, token));
        return scope;
    }

    private static string Local(HttpResponseMessage answer) =>
        answer.Headers.Location is not { } location ? "" : location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString;

    private static string Cookie(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("sourcing=", StringComparison.Ordinal));

    // A proof of a session may be a second old.
    private Task<bool> IsStillSignedInAsync(WebVisitor visitor)
    {
        app.Clock.Advance(Sessions.Freshness);
        return visitor.IsSignedInAsync();
    }
}

/// <summary>What an authenticator app shows (RFC 6238).</summary>
internal static class Totp
{
    public static string Now(string key)
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(key.Replace(" ", "", StringComparison.Ordinal).Select(c => Convert.ToString(letters.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var step = BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30));
#pragma warning disable CA5350 // The standard says SHA-1.
        var hash = System.Security.Cryptography.HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var offset = hash[^1] & 15;
        var number = ((hash[offset] & 127) << 24 | hash[offset + 1] << 16 | hash[offset + 2] << 8 | hash[offset + 3]) % 1_000_000;
        return number.ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }
}
