using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Radzen;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Layout;
using Sourcing.Web.Rfqs;
using Sourcing.Web.Shared;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

/// <summary>Renders pages of RFQs as one signed-in person, with that person's own services on the real database.</summary>
public sealed class RfqsContext : BunitContext
{
    // A busy machine is slow, not wrong.
    static RfqsContext() => DefaultWaitTimeout = TimeSpan.FromSeconds(15);

    public RfqsContext(TestScope scope)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddRadzenComponents();
        Services.AddSingleton(TimeProvider.System);
        Services.AddScoped<ShellState>();
        Services.AddScoped<ListTrails>();
        Services.AddScoped<Formats>();
        Services.AddScoped<Toasts>();
        Services.AddScoped<Dialogs>();
        Services.AddScoped(provider => new RfqSteps(
            scope.Get<RfqService>(), scope.Get<RfqQueries>(), provider.GetRequiredService<Dialogs>(), provider.GetRequiredService<Toasts>(), provider.GetRequiredService<Formats>(), scope.User));
        Services.AddSingleton(scope.User);
        Services.AddSingleton(new LiveEvents(scope.Get<DataSources>(), NullLogger<LiveEvents>.Instance));
        Services.AddFallbackServiceProvider(scope.Services);
        this.AddAuthorization().SetAuthorized(scope.User.Identity.Name).SetPolicies([.. Enum.GetValues<Permission>().Where(scope.User.May).Select(p => p.ToString())]);
        SetRendererInfo(new("Server", true));
    }

    public Toasts Toasts => Services.GetRequiredService<Toasts>();
}
