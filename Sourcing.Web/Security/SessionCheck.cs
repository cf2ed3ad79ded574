using Microsoft.AspNetCore.SignalR;
using Npgsql;
using Sourcing.Data.Operations;

namespace Sourcing.Web.Security;

/// <summary>
/// Asks before every event of an open page whether its session still holds. It asks here, where the messages of one page wait for each
/// other, and not in the circuit: an event that waits there is overtaken by later ones and by the browser's word that it has drawn the
/// page anew, after which its handler is gone and what was typed or pressed is lost.
/// </summary>
internal sealed class SessionCheck(Sessions sessions, ILogger<SessionCheck> log) : IHubFilter
{
    private static readonly AsyncLocal<bool> Over = new();

    /// <summary>Whether the event that is being handled came with a session that has ended.</summary>
    public static bool IsOver => Over.Value;

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        // That the page was drawn is no event of a person, and answers come at every letter.
        if (invocationContext.HubMethodName != "OnRenderCompleted" && invocationContext.Context.User?.SessionToken() is { } token)
        {
            // Not until the line drops: what somebody did before that is done all the same.
            Over.Value = !await IsAliveAsync(token, CancellationToken.None);
        }

        return await next(invocationContext);
    }

    /// <summary>Whether the session may still be used. A database that does not answer is no reason to sign anybody out: no statement runs on it either.</summary>
    public async Task<bool> IsAliveAsync(string token, CancellationToken ct)
    {
        try
        {
            return await sessions.IsAliveAsync(token, ct);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            log.LogWarning(fault, "A session could not be checked.");
            return true;
        }
    }
}
