using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Radzen;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Layout;
using Sourcing.Web.Orders;
using Sourcing.Web.Rfqs;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Tests.Support;

/// <summary>A page to render components on, with the shell's services. With a scope it has that person's own services on the real database too.</summary>
/// <remarks>All services have to be given when it is made.</remarks>
public sealed class PageContext : BunitContext
{
    // A busy machine needs longer than the usual second; a condition that holds ends the wait at once.
    static PageContext() => DefaultWaitTimeout = TimeSpan.FromSeconds(20);

    /// <param name="more">Further services, by their own type; or descriptors, by the type that they name.</param>
    public PageContext(TestScope? scope = null, params object[] more)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddRadzenComponents();
        Services.AddSingleton(TimeProvider.System);
        Services.AddScoped<ShellState>();
        Services.AddScoped<ListTrails>();
        Services.AddScoped<Formats>();
        Services.AddScoped<Toasts>();
        Services.AddScoped<Dialogs>();
        if (scope is null)
        {
            var user = new CurrentUser();
            user.Become(UserIdentity.Nobody with { Culture = CultureInfo.GetCultureInfo("en-GB") });
            Services.AddSingleton(user);
        }
        else
        {
            Services.AddSingleton(scope.User);
            Services.AddSingleton(new LiveEvents(scope.Get<DataSources>(), NullLogger<LiveEvents>.Instance));
            Services.AddScoped(page => new RfqSteps(
                scope.Get<RfqService>(), scope.Get<RfqQueries>(), scope.Get<RoundService>(), page.GetRequiredService<Dialogs>(), page.GetRequiredService<Toasts>(), page.GetRequiredService<Formats>(), scope.User));
            Services.AddSingleton(new OrderPrinting(scope.Services, NullLoggerFactory.Instance, scope.Get<OrderQueries>(), scope.Get<OrderFlowService>(), printer: null!)); // Paper is tested where the printer is.
            this.AddAuthorization().SetAuthorized(scope.User.Identity.Name)
                .SetPolicies([.. Enum.GetValues<Permission>().Where(scope.User.May).Select(p => p.ToString())]);
            Services.AddFallbackServiceProvider(scope.Services);
        }

        foreach (var service in more)
        {
            Services.Add(service as ServiceDescriptor ?? new(service.GetType(), service));
        }

        SetRendererInfo(new("Server", true));
    }

    public Toasts Toasts => Services.GetRequiredService<Toasts>();
}
