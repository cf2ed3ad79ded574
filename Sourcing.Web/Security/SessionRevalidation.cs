using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Sourcing.Data.Operations;
using Npgsql;

namespace Sourcing.Web.Security;

/// <summary>The same question for pages on which nothing happens: asked twice a minute.</summary>
internal sealed class SessionRevalidation(ILoggerFactory logs, Sessions sessions, IServiceProvider services) : RevalidatingServerAuthenticationStateProvider(logs)
{
    private readonly ILogger _log = logs.CreateLogger<SessionRevalidation>();

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            if (authenticationState.User.SessionToken() is { } token && await sessions.IsAliveAsync(token, cancellationToken))
            {
                return true;
            }
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            // Any error that leaves here signs the person out: a restart of the database must not.
            _log.LogWarning(fault, "A session could not be checked.");
            return true;
        }

        // Asked for late: the circuit's own handler takes this provider.
        await services.GetServices<CircuitHandler>().OfType<CircuitSession>().Single().EndAsync();
        return false;
    }
}
