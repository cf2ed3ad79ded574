using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Embedded;
using Sourcing.Data.Operations;
using Sourcing.E2E.Support;

[assembly: AssemblyFixture(typeof(App))]

namespace Sourcing.E2E.Support;

/// <summary>The real app on a free port, on a server of its own with the demo company's data, and one real browser.</summary>
public sealed class App : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ];

    private PrivateCluster _cluster = null!;
    private Factory _factory = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    /// <summary>Where the app answers, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The app's own services.</summary>
    public IServiceProvider Services => _factory.Services;

    public async ValueTask InitializeAsync()
    {
        _cluster = await PrivateCluster.StartThrowAwayAsync(CancellationToken.None);
        await _cluster.EnsureDatabaseAsync("sourcing", CancellationToken.None);
        _factory = new Factory(_cluster.ConnectionString("sourcing"));
        _factory.UseKestrel(0);
        _factory.StartServer();
        Address = _factory.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(20_000);
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium(), Headless = true, Args = Flags });
    }

    /// <summary>A new browser window for one person. Disposing it fails the test when the console showed an error.</summary>
    /// <param name="address">Of another app than this one.</param>
    public async Task<Visitor> VisitAsync(int width = 1440, bool dark = false, string? address = null)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address ?? Address,
            ViewportSize = new() { Width = width, Height = width < 768 ? 844 : 900 },
            HasTouch = width < 768,
            Locale = "en-GB",
            ReducedMotion = ReducedMotion.Reduce,
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(30_000); // A busy machine is slow, not wrong.
        if (dark)
        {
            await context.AddCookiesAsync([new() { Name = "scheme", Value = "dark", Url = Address }]);
        }

        return new(await context.NewPageAsync());
    }

    /// <summary>The same, signed in as one of the demo accounts.</summary>
    public async Task<Visitor> SignInAsync(string email, int width = 1440, bool dark = false)
    {
        var visitor = await VisitAsync(width, dark);
        await visitor.SignInAsync(email);
        return visitor;
    }

    /// <summary>The same for an account of a test's own, by its password, on the page that it asked for.</summary>
    public async Task<Visitor> SignInAsync(AppUser user, string path)
    {
        var visitor = await VisitAsync();
        await visitor.Page.GotoAsync(path);
        await visitor.SignInAsync(user.Email!, DemoAccounts.Password);
        return visitor;
    }

    /// <summary>One text out of the database, past every policy: to look behind a page, or for a key to begin with.</summary>
    /// <param name="id">For $1.</param>
    public async Task<string> ScalarAsync(string sql, Guid id)
    {
        await using var command = Command(sql, id);
        return (string?)await command.ExecuteScalarAsync() ?? throw new InvalidOperationException($"Nothing came for: {sql}");
    }

    /// <summary>Changes the database past every policy: what only time or another server would do.</summary>
    public async Task ExecuteAsync(string sql, Guid id)
    {
        await using var command = Command(sql, id);
        await command.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand Command(string sql, Guid id)
    {
        var command = Services.GetRequiredService<DataSources>().Migrator.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        return command;
    }

    /// <summary>A new account of its own, for what would disturb the others; its password is that of the demo accounts.</summary>
    public async Task<AppUser> UserAsync(string name, params Role[] roles)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = new AppUser { FullName = name, EmailConfirmed = true };
        user.Email = user.UserName = $"{user.Id:N}@example.test";
        (await users.CreateAsync(user, DemoAccounts.Password)).Demand();
        (await users.AddToRolesAsync(user, roles.Select(r => r.ToString()))).Demand();
        return user;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _factory.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private static string Chromium() =>
        new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("No Chromium is on this machine. Start with ./test, which installs it.");

    private sealed class Factory(string connection) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
            .UseEnvironment("Development")
            .UseSetting("ConnectionStrings:Sourcing", connection)
            .UseSetting(WebHostDefaults.DetailedErrorsKey, "true") // A console error names its cause.
            .UseSetting("Logging:LogLevel:Default", "Warning")
            .UseSetting("Logging:LogLevel:Microsoft.AspNetCore", "Warning");
    }
}
