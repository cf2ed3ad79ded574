using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Web.Tests.Support;

/// <summary>The real app behind HTTP, as in production, on a migrated database of its own: take it as <c>IClassFixture&lt;WebApp&gt;</c>.</summary>
public sealed class WebApp(Postgres postgres) : IAsyncLifetime
{
    public const string Password = "four words do well";

    private Factory _factory = null!;

    public DataSources Sources { get; private set; } = null!;

    public IServiceProvider Services => _factory.Services;

    /// <summary>The app's own; the database has another.</summary>
    public TestClock Clock { get; } = new();

    /// <summary>The admin who is there from the start, so that the first-run page is not in the way.</summary>
    public AppUser Admin { get; private set; } = null!;

    public ValueTask InitializeAsync() => StartAsync("Production", withAdmin: true);

    /// <summary>Another app than the fixture's: other surroundings or settings.</summary>
    public static async Task<WebApp> StartAsync(Postgres postgres, string environment, bool withAdmin = true, params (string Key, string Value)[] settings)
    {
        var app = new WebApp(postgres);
        await app.StartAsync(environment, withAdmin, settings);
        return app;
    }

    /// <summary>A new account, confirmed, with <see cref="Password"/>.</summary>
    public async Task<AppUser> UserAsync(params Role[] roles)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = new AppUser { FullName = $"{string.Join(' ', roles)} Tester", EmailConfirmed = true };
        user.Email = user.UserName = $"{user.Id:N}@example.test";
        (await users.CreateAsync(user, Password)).Demand();
        (await users.AddToRolesAsync(user, roles.Select(r => r.ToString()))).Demand();
        return user;
    }

    /// <summary>A browser without any cookie.</summary>
    public WebVisitor Visit() => new(_factory.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("https://localhost") }));

    /// <summary>A browser in which the user has signed in.</summary>
    public async Task<WebVisitor> SignInAsync(AppUser user)
    {
        var visitor = Visit();
        var answer = await visitor.SignInAsync(user.Email!, Password);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    /// <summary>One value, past every policy.</summary>
    public async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Sources.Migrator.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The link in the last mail to this address.</summary>
    public Task<string> LinkMailedToAsync(string email) =>
        ScalarAsync<string>("select link from outbox_messages where recipient = $1 and link is not null order by created_at desc limit 1", email);

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        await Sources.DisposeAsync();
    }

    private async ValueTask StartAsync(string environment, bool withAdmin, params (string Key, string Value)[] settings)
    {
        Sources = await postgres.EmptyAsync();
        await Migrator.MigrateAsync(Sources, CancellationToken.None);
        _factory = new(environment, Clock, [("ConnectionStrings:Sourcing", Sources.Server), ("Logging:LogLevel:Default", "Error"), ("RateLimits:SignIn", "1000"), ("RateLimits:Reset", "1000"), .. settings]);
        if (withAdmin)
        {
            Admin = await UserAsync(Role.Admin);
        }
    }

    private sealed class Factory(string environment, TestClock clock, (string Key, string Value)[] settings) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(environment);
            builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }
        }
    }
}

/// <summary>One browser: keeps its cookies, follows no redirect by itself.</summary>
public sealed class WebVisitor(HttpClient client)
{
    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(path);

    public Task<string> PageAsync(string path) => client.GetStringAsync(path);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => client.SendAsync(request);

    /// <summary>Opens the page, fills in one of its forms and posts it, as a browser would.</summary>
    /// <param name="form">Its name, or null for one that posts to <paramref name="action"/>.</param>
    public async Task<HttpResponseMessage> PostAsync(string page, string? form, IEnumerable<(string Name, string Value)> fields, string? action = null)
    {
        var html = await PageAsync(page);
        var token = Regex.Match(html, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        var pairs = fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(new("__RequestVerificationToken", token));
        if (form is not null)
        {
            pairs = pairs.Append(new("_handler", form));
        }

        using var content = new FormUrlEncodedContent(pairs);
        return await client.PostAsync(action ?? page, content);
    }

    public Task<HttpResponseMessage> SignInAsync(string email, string password, bool keep = false, string returnUrl = "/") => PostAsync(
        $"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", "sign-in", [("Form.Email", email), ("Form.Password", password), .. keep ? [("Form.Keep", "true")] : Array.Empty<(string, string)>()]);

    /// <summary>Whether the app still knows who this is.</summary>
    public async Task<bool> IsSignedInAsync() => (await GetAsync("/account/manage/password")).StatusCode == System.Net.HttpStatusCode.OK;
}

internal static class Answers
{
    public static Task<string> TextAsync(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
