using System.Net;
using System.Text.RegularExpressions;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Account;

public sealed class HttpGuardTests(WebApp app, Postgres postgres) : IClassFixture<WebApp>
{
    [Fact]
    public async Task Every_page_comes_with_headers_that_forbid_scripts_in_it()
    {
        var answer = await app.Visit().GetAsync("/account/sign-in");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'self'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self' wss://localhost;", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        var html = await answer.TextAsync();
        Assert.All(Regex.Matches(html, "<script[^>]*>"), tag => Assert.Contains("src=", tag.Value, StringComparison.Ordinal));
        Assert.DoesNotMatch("\\son[a-z]+=\"", html);
    }

    [Fact]
    public async Task Nothing_but_sign_in_and_static_files_is_open_to_strangers()
    {
        var visitor = app.Visit();
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/account/manage")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/css/account.css")).StatusCode);
        using var negotiate = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.SendAsync(negotiate)).StatusCode);
        var signedIn = await app.SignInAsync(await app.UserAsync(Role.Buyer));
        using var again = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        Assert.Equal(HttpStatusCode.OK, (await signedIn.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/sign-in")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "sign-in", ["Form.Email"] = app.Admin.Email!, ["Form.Password"] = WebApp.Password }),
        };
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Visit().SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Too_many_attempts_get_a_plain_429()
    {
        await using var strict = await WebApp.StartAsync(postgres, "Production", settings: [("RateLimits:SignIn", "3"), ("RateLimits:Links", "2")]);
        var visitor = strict.Visit();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await visitor.SignInAsync("nobody@example.test", "not the password")).StatusCode);
        }

        var refused = await visitor.SignInAsync("nobody@example.test", "not the password");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("text/plain", refused.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Wait a minute", await refused.TextAsync(), StringComparison.Ordinal);

        Assert.Contains("opens nothing", await visitor.PageAsync("/q/guess1"), StringComparison.Ordinal);
        Assert.Contains("opens nothing", await visitor.PageAsync("/q/guess2"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.GetAsync("/q/guess3")).StatusCode);
    }

    [Fact]
    public async Task Demo_accounts_sign_in_by_one_click_in_development_alone()
    {
        Assert.DoesNotContain("Demo accounts", await app.Visit().PageAsync("/account/sign-in"), StringComparison.Ordinal);
        (string, string)[] fields = [("email", DemoAccounts.All[0].Email), ("returnUrl", "/orders")];
        var refused = await app.Visit().PostAsync("/account/sign-in", null, fields, "/account/demo");
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
        Assert.DoesNotContain("sourcing=", string.Join(' ', refused.Headers.TryGetValues("Set-Cookie", out var set) ? set : []), StringComparison.Ordinal);

        await using var development = await WebApp.StartAsync(postgres, "Development", withAdmin: false);
        var visitor = development.Visit();
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.PostAsync("/account/sign-in", null, fields, "/account/demo")).StatusCode);
        Assert.True(await visitor.IsSignedInAsync());
        foreach (var account in DemoAccounts.All)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await development.Visit().SignInAsync(account.Email, DemoAccounts.Password)).StatusCode);
        }
    }

    [Fact]
    public async Task Outside_development_the_first_page_makes_the_first_admin_and_only_one()
    {
        await using var empty = await WebApp.StartAsync(postgres, "Production", withAdmin: false);
        var visitor = empty.Visit();
        Assert.Equal("/first-run", (await visitor.GetAsync("/account/sign-in")).Headers.Location!.OriginalString);
        (string, string)[] Fields(string email) => [("Form.Name", "First Admin"), ("Form.Email", email), ("Form.Password", WebApp.Password), ("Form.Again", WebApp.Password)];
        var other = empty.Visit();
        var both = await Task.WhenAll(
            visitor.PostAsync("/first-run", "first", Fields("one@example.test")), other.PostAsync("/first-run", "first", Fields("two@example.test")));
        Assert.Single(new[] { await visitor.IsSignedInAsync(), await other.IsSignedInAsync() }, signedIn => signedIn);
        Assert.Equal(2, both.Length);
        Assert.Equal(1L, await empty.ScalarAsync<long>("select count(*) from user_roles ur join roles r on r.id = ur.role_id where r.name = 'Admin'"));
        Assert.Equal(HttpStatusCode.OK, (await empty.Visit().GetAsync("/account/sign-in")).StatusCode);
        Assert.EndsWith("localhost/", (await empty.Visit().GetAsync("/first-run")).Headers.Location!.OriginalString, StringComparison.Ordinal);
    }
}
