using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Sourcing.Web.Operations;

/// <summary>Traces and metrics to a collector, when one is configured. Holds neither statement values nor names of people.</summary>
internal sealed class Telemetry(IConfiguration configuration) : IHostedService, IDisposable
{
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    /// <summary>Where to, or null: Telemetry:Endpoint, or the variable that all OpenTelemetry programs know.</summary>
    public static Uri? Endpoint(IConfiguration configuration) =>
        Uri.TryCreate(configuration["Telemetry:Endpoint"] ?? configuration["OTEL_EXPORTER_OTLP_ENDPOINT"], UriKind.Absolute, out var endpoint) ? endpoint : null;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var endpoint = Endpoint(configuration)!;
        var resource = ResourceBuilder.CreateDefault().AddService("sourcing", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString());
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", "Microsoft.AspNetCore.*", "Npgsql", "System.Net.Http", "Quartz", "Quartz.*", "Sourcing")
            .AddOtlpExporter(o => Send(o, endpoint, "v1/traces")).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter("Microsoft.AspNetCore.*", "Npgsql", "Microsoft.EntityFrameworkCore", "System.Runtime", "System.Net.*", "Quartz", "Quartz.*", "Sourcing")
            .AddOtlpExporter(o => Send(o, endpoint, "v1/metrics")).Build();
        return Task.CompletedTask;
    }

    // A collector that does not answer must not hold up the end of the app for long.
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => _traces?.ForceFlush(5_000), cancellationToken), Task.Run(() => _metrics?.ForceFlush(5_000), cancellationToken));

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    /// <summary>The span that the server makes for a request knows neither method nor route: they are added here.</summary>
    public static Task NameSpanAsync(HttpContext http, RequestDelegate next)
    {
        if (Activity.Current is { } span)
        {
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
            span.DisplayName = $"{http.Request.Method} {route ?? "other"}";
            span.SetTag("http.request.method", http.Request.Method);
            span.SetTag("http.route", route);
        }

        return next(http);
    }

    private static void Send(OtlpExporterOptions options, Uri endpoint, string path)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new(new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/"), path);
    }
}
