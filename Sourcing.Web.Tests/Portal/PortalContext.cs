using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Radzen;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Layout;
using Sourcing.Web.Shared;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Portal;

/// <summary>Renders pages as one signed-in person, with that person's own services on the real database.</summary>
public sealed class PortalContext : BunitContext
{
    public PortalContext(TestScope scope)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddRadzenComponents();
        Services.AddSingleton(TimeProvider.System);
        Services.AddScoped<ShellState>();
        Services.AddScoped<ListTrails>();
        Services.AddScoped<Formats>();
        Services.AddScoped<Toasts>();
        Services.AddScoped<Dialogs>();
        Services.AddSingleton(scope.User);
        Services.AddSingleton(new LiveEvents(scope.Get<DataSources>(), NullLogger<LiveEvents>.Instance));
        Services.AddFallbackServiceProvider(scope.Services);
        this.AddAuthorization().SetAuthorized(scope.User.Identity.Name).SetPolicies([.. Enum.GetValues<Permission>().Where(scope.User.May).Select(p => p.ToString())]);
        SetRendererInfo(new("Server", true));
    }
}
