using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Sourcing.Web.Security;

/// <summary>The same question for pages on which nothing happens: asked twice a minute.</summary>
internal sealed class SessionRevalidation(ILoggerFactory logs, SessionCheck check, IServiceProvider services) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (authenticationState.User.SessionToken() is { } token && await check.IsAliveAsync(token, cancellationToken))
        {
            return true;
        }

        // Asked for late: the circuit's own handler takes this provider.
        await services.GetServices<CircuitHandler>().OfType<CircuitSession>().Single().EndAsync();
        return false;
    }
}
