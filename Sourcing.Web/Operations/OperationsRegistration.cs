using Microsoft.Extensions.DependencyInjection.Extensions;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Web.Operations;

/// <summary>Puts mail, live updates, jobs, files, health and telemetry into the app.</summary>
public static class OperationsRegistration
{
    /// <summary>Adds the services. Needs Sourcing.Data's own to be added as well.</summary>
    /// <exception cref="RefusedException">The configuration of mail is incomplete.</exception>
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
        {
            builder.Logging.ClearProviders().AddJsonConsole(o => o.UseUtcTimestamp = true);
        }

        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Warning);
        builder.Logging.AddFilter("Quartz", LogLevel.Warning);
        builder.Services.AddHostedService(provider => provider.GetRequiredService<LiveEvents>());
        AddMail(builder);
        builder.AddJobs();
        builder.Services.AddSingleton<Readiness>();
        if (Telemetry.Endpoint(builder.Configuration) is not null)
        {
            builder.Services.AddHostedService<Telemetry>();
        }
    }

    /// <summary>Maps downloads and health.</summary>
    public static void MapOperations(this WebApplication app)
    {
        if (Telemetry.Endpoint(app.Configuration) is not null)
        {
            app.Use(next => http => Telemetry.NameSpanAsync(http, next));
        }

        app.MapAttachments();
        app.MapHealth();
    }

    private static void AddMail(WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Mail").Get<MailSettings>() ?? new();
        settings = settings with { PublicAddress = builder.Configuration["PublicAddress"] ?? "" };
        if (settings.Gap() is { } gap)
        {
            throw new RefusedException(gap);
        }

        builder.Services.AddSingleton(settings);
        builder.Services.Replace(ServiceDescriptor.Singleton<IEmailTransport>(settings.Host.Length > 0 ? new SmtpTransport(settings) : new InAppTransport()));
    }
}
