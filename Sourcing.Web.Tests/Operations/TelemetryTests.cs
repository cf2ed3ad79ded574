using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sourcing.Data.Common;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Operations;

public sealed class TelemetryTests(Postgres postgres)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("Telemetry:Endpoint")]
    public async Task A_collector_that_is_named_gets_traces_and_metrics_without_anybodys_name(string setting)
    {
        await using var collector = await Collector.StartAsync();
        string email;
        await using (var app = await WebApp.StartAsync(postgres, "Production", settings: (setting, collector.Address)))
        {
            var user = await app.UserAsync(Role.Buyer);
            email = user.Email!;
            var visitor = await app.SignInAsync(user);
            Assert.True(await visitor.IsSignedInAsync());
            // An answer comes before its span ends: by the next one it has.
            Assert.True(await visitor.IsSignedInAsync());
        }

        var traces = collector.Text("/v1/traces");
        Assert.Contains("sourcing", traces, StringComparison.Ordinal);
        Assert.Contains("GET /account/manage/password", traces, StringComparison.Ordinal);
        Assert.Contains("select", traces, StringComparison.OrdinalIgnoreCase);
        var metrics = collector.Text("/v1/metrics");
        Assert.Contains("http.server.request.duration", metrics, StringComparison.Ordinal);
        Assert.Contains("db.client", metrics, StringComparison.Ordinal);
        Assert.All(["/v1/traces", "/v1/metrics"], path => Assert.Equal("application/x-protobuf", collector.TypeOf(path)));
        Assert.DoesNotContain(email, traces + metrics, StringComparison.Ordinal);
        Assert.DoesNotContain(WebApp.Password, traces + metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_away_does_not_hold_the_app_up()
    {
        await using var app = await WebApp.StartAsync(postgres, "Production", settings: ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"));
        Assert.Equal(System.Net.HttpStatusCode.OK, (await app.Visit().GetAsync("/account/sign-in")).StatusCode);
    }

    /// <summary>A collector of a few lines on a free port: keeps what it is sent.</summary>
    private sealed class Collector(WebApplication app, ConcurrentQueue<(string Path, string? Type, byte[] Body)> received) : IAsyncDisposable
    {
        public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            builder.Services.AddRoutingCore();
            var received = new ConcurrentQueue<(string, string?, byte[])>();
            var app = builder.Build();
            app.Run(async http =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                received.Enqueue((http.Request.Path, http.Request.ContentType, body.ToArray()));
            });
            await app.StartAsync();
            return new(app, received);
        }

        // Names and words stand in a protobuf message as they are.
        public string Text(string path) => string.Concat(received.Where(r => r.Path == path).Select(r => Encoding.Latin1.GetString(r.Body)));

        public string? TypeOf(string path) => received.First(r => r.Path == path).Type;

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
