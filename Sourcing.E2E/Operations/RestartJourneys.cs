using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using Npgsql;
using Sourcing.Data.Embedded;
using Sourcing.E2E.Support;
using Sourcing.Web.Tests.Support;

namespace Sourcing.E2E.Operations;

/// <summary>The app as a process on a database of its own, both of which are really stopped and started under open pages.</summary>
public sealed class RestartJourneys(App browser) : IAsyncLifetime
{
    private const string Admin = "sven.adarsson@example.test";
    private static readonly CancellationToken Ct = CancellationToken.None;
    private readonly DirectoryInfo _home = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"sourcing-restart-{Guid.CreateVersion7():N}"));
    private PrivateCluster _cluster = null!;
    private AppProcess _app = null!;
    private string _address = "";

    public async ValueTask InitializeAsync()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            _address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        await StartDatabaseAsync();
        await _cluster.EnsureDatabaseAsync("sourcing", Ct);
        await StartAppAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _cluster.DisposeAsync();
        _home.Delete(recursive: true);
    }

    [Fact]
    public async Task A_restart_of_the_app_under_an_open_form_keeps_the_person_signed_in_and_what_was_typed()
    {
        await using var visitor = await SignInAsync();
        await visitor.OpenAsync("/suppliers/new");
        await FillAsync(visitor, "Code", "RST-1");
        await FillAsync(visitor, "Name", "Restarted");
        await visitor.Page.Locator("[data-field=Address] textarea").FillAsync("Typed while it was away");
        await _app.DisposeAsync();
        var dialog = visitor.Page.Locator("#components-reconnect-modal");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Heading, new() { Name = "Connecting again" })).ToBeVisibleAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("What you typed stays here; nothing has to be done.");

        await StartAppAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Heading, new() { Name = "The page has to be loaded again" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Load again" }).ClickAsync();
        await visitor.ReadyAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Bring it back" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("[data-field=Name] input")).ToHaveValueAsync("Restarted");
        await Assertions.Expect(visitor.Page.Locator("[data-field=Address] textarea")).ToHaveValueAsync("Typed while it was away");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save supplier" }).ClickAsync();
        await visitor.Page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("/suppliers/[0-9a-f-]{36}$"));
        Assert.Equal(1L, await CountAsync("RST-1"));
    }

    [Fact]
    public async Task A_restart_of_the_database_shows_a_banner_signs_nobody_out_and_works_again_within_five_seconds()
    {
        await using var typing = await SignInAsync();
        await using var reading = await SignInAsync();
        await typing.OpenAsync("/suppliers/new");
        await FillAsync(typing, "Code", "RST-2");
        await FillAsync(typing, "Name", "Away and back");
        await reading.OpenAsync("/suppliers");

        await _cluster.DisposeAsync();
        foreach (var visitor in new[] { typing, reading })
        {
            await Assertions.Expect(visitor.Page.Locator(".banner")).ToContainTextAsync("The database does not answer just now. Nothing you typed is lost");
        }

        await typing.Page.GetByRole(AriaRole.Button, new() { Name = "Save supplier" }).ClickAsync();
        await Assertions.Expect(typing.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("The database does not answer just now, so nothing was saved.");
        await reading.OpenAsync("/parts");
        await Assertions.Expect(reading.Page.GetByText("The database does not answer just now, so").First).ToBeVisibleAsync();

        await StartDatabaseAsync();
        var back = Stopwatch.GetTimestamp();
        await Assertions.Expect(reading.Page.Locator(".banner .notice")).ToHaveCountAsync(0);
        await Assertions.Expect(reading.Page.Locator("h1")).ToHaveTextAsync("Parts");
        await Assertions.Expect(reading.Page.GetByText("The database does not answer just now")).ToHaveCountAsync(0);
        await typing.Page.GetByRole(AriaRole.Button, new() { Name = "Save supplier" }).ClickAsync();
        await typing.Page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("/suppliers/[0-9a-f-]{36}$"));
        Assert.InRange(Stopwatch.GetElapsedTime(back).TotalSeconds, 0, 5);
        Assert.Equal(1L, await CountAsync("RST-2"));
        await reading.OpenAsync("/suppliers?q=Away");
        await Assertions.Expect(reading.Page.GetByRole(AriaRole.Link, new() { Name = "RST-2" }).First).ToBeVisibleAsync();
    }

    private async Task StartDatabaseAsync() => _cluster = await PrivateCluster.StartKeptAsync(Path.Combine(_home.FullName, "data"), Ct);

    private async Task StartAppAsync()
    {
        _app = AppProcess.Start(
            ["--contentRoot", AppContext.BaseDirectory, $"--urls={_address}"],
            ("ASPNETCORE_ENVIRONMENT", "Development"), ("ConnectionStrings__Sourcing", _cluster.ConnectionString("sourcing")), ("Demo__Fill", "false"), ("Logging__LogLevel__Default", "Warning"),
            ("Logging__LogLevel__Microsoft.Hosting.Lifetime", "Information"));
        await _app.ReadyAsync(Ct);
    }

    private async Task<Visitor> SignInAsync()
    {
        var visitor = await browser.VisitAsync(address: _address);
        // The browser's own words about the line that is cut on purpose.
        visitor.ExpectedFaults.AddRange(["WebSocket", "ERR_CONNECTION", "Failed to", "Connection disconnected", "Circuit not initialized"]);
        await visitor.SignInAsync(Admin);
        return visitor;
    }

    private async Task<long> CountAsync(string code)
    {
        await using var source = NpgsqlDataSource.Create(_cluster.ConnectionString("sourcing"));
        await using var command = source.CreateCommand("select count(*) from suppliers where code = $1");
        command.Parameters.Add(new() { Value = code });
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    private static async Task FillAsync(Visitor visitor, string field, string text)
    {
        await visitor.Page.Locator($"[data-field={field}] input").FillAsync(text);
        await visitor.Page.Locator($"[data-field={field}] input").PressAsync("Tab");
    }
}
