using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.JSInterop;
using Sourcing.Data.Common;

namespace Sourcing.Web.Security;

/// <summary>How many pages each person has open with a live connection.</summary>
internal sealed class OpenPages
{
    /// <summary>More than anybody works with at once, and few enough that one person cannot exhaust the server.</summary>
    public const int Most = 8;

    private readonly ConcurrentDictionary<(Guid User, string Circuit), byte> _pages = new();

    public bool TryAdd(Guid user, string circuit)
    {
        _pages[(user, circuit)] = 0;
        return _pages.Keys.Count(k => k.User == user) <= Most;
    }

    public void Remove(Guid user, string circuit) => _pages.TryRemove((user, circuit), out _);
}

/// <summary>
/// Tells the circuit whom it acts for, and hears before every event from <see cref="SessionCheck"/> whether that still holds. The page of
/// somebody whose session has ended does nothing more and goes to sign-in, which leads back to it.
/// </summary>
internal sealed class CircuitSession(
    AuthenticationStateProvider states, CurrentUser user, SessionCheck check, OpenPages pages, NavigationManager navigation, IJSRuntime js, ILogger<CircuitSession> log)
    : CircuitHandler
{
    private bool _ended;

    // Before every other handler: they may want to know who it is.
    public override int Order => int.MinValue;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        user.Become((await states.GetAuthenticationStateAsync()).User.ToIdentity());
        CultureInfo.CurrentCulture = user.Identity.Culture;
    }

    public override async Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (user.Id != Guid.Empty && !pages.TryAdd(user.Id, circuit.Id))
        {
            log.LogWarning("User {User} has more than {Most} pages open.", user.Id, OpenPages.Most);
            await LeaveAsync(Links.TooManyPages);
        }
        else if (user.Id != Guid.Empty && !await check.IsAliveAsync(user.Identity.SessionToken, cancellationToken))
        {
            // A page that comes back may do so with the cookie of a later sign-in.
            await EndAsync();
        }
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        pages.Remove(user.Id, circuit.Id);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => OnConnectionDownAsync(circuit, cancellationToken);

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        if (_ended)
        {
            return;
        }

        // Nothing is waited for before an event that runs: it would come out of its order.
        if (SessionCheck.IsOver)
        {
            await EndAsync();
            return;
        }

        CultureInfo.CurrentCulture = user.Identity.Culture;
        await next(context);
    };

    /// <summary>Stops the page and sends the browser to sign-in, once.</summary>
    public Task EndAsync()
    {
        if (_ended)
        {
            return Task.CompletedTask;
        }

        log.LogInformation("The page of {User} was ended with its session.", user.Id);
        return LeaveAsync(Links.SignIn("/" + navigation.ToBaseRelativePath(navigation.Uri)));
    }

    private async Task LeaveAsync(string address)
    {
        _ended = true;
        try
        {
            // The answer never comes when the page is gone, and nobody waits for it.
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await js.InvokeVoidAsync("sourcing.leave", patience.Token, address);
        }
        catch (JSException)
        {
            // The page's own script is not there yet: there is nothing typed to keep, and the framework's can leave too.
            navigation.NavigateTo(address, forceLoad: true);
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            log.LogDebug(gone, "The page had left already.");
        }
    }
}
