using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.SignalR;
using Radzen;
using Sourcing.Web.Security;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Layout;

/// <summary>The shell's services and addresses.</summary>
internal static class ShellSetup
{
    public static void AddShell(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DisconnectedCircuitMaxRetained = 200;
            circuits.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(20);
        }).AddHubOptions(hub => hub.AddFilter<SessionCheck>());
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddRadzenComponents();
        builder.Services.AddScoped<ShellState>();
        builder.Services.AddScoped<ListTrails>();
        builder.Services.AddScoped<Formats>();
        builder.Services.AddScoped<Toasts>();
        builder.Services.AddScoped<Dialogs>();
    }

    /// <summary>Comes first: a page that is not there goes through everything again, with its own identity.</summary>
    public static void UseShell(this WebApplication app)
    {
        // An address that no page has gets the shell with a sentence; a file or an export that is not there stays a bare 404.
        app.UseStatusCodePagesWithReExecute(Links.NotFound, createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            var page = HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
            if (!page && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                pages.Enabled = false;
            }

            return next(context);
        });
    }

    public static void MapShell(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        app.MapExport();
    }
}
