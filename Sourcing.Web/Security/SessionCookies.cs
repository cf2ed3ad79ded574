using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Web.Security;

/// <summary>
/// Joins the cookie to the session table, whichever way somebody signs in: a session is opened when the cookie is made, asked
/// for when it is read, ended when it is dropped.
/// </summary>
internal sealed class SessionCookies(Sessions sessions, CurrentUser current, UserManager<AppUser> users, TimeProvider time, ILogger<SessionCookies> log) : CookieAuthenticationEvents
{
    public override async Task SigningIn(CookieSigningInContext context)
    {
        var ct = context.HttpContext.RequestAborted;
        // A personal link brings a session of its own.
        if (context.Principal!.SessionToken() is null)
        {
            await OpenAsync(context, ct);
        }

        // What this request still writes, it writes as the new one; and nobody leaves a session behind.
        current.Become(context.Principal!.ToIdentity());
        if (context.HttpContext.User.SessionToken() is { } before)
        {
            await sessions.EndAsync(before, ct);
        }
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        try
        {
            if (context.Principal?.SessionToken() is not { } token || !await sessions.IsAliveAsync(token, context.HttpContext.RequestAborted))
            {
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            }
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            // A restart of the database signs nobody out; until it is back no statement runs anyway.
            log.LogWarning(fault, "A session could not be checked.");
        }
    }

    public override async Task SigningOut(CookieSigningOutContext context)
    {
        if (context.HttpContext.User.SessionToken() is { } token)
        {
            await sessions.EndAsync(token, context.HttpContext.RequestAborted);
        }
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        // A page says it in its own words; everything else gets the plain status.
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.Request.Path.StartsWithSegments("/_blazor"))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        return base.RedirectToLogin(context);
    }

    private async Task OpenAsync(CookieSigningInContext context, CancellationToken ct)
    {
        var claims = (ClaimsIdentity)context.Principal!.Identity!;
        var life = context.Properties.IsPersistent ? Sessions.KeptLife : Sessions.UsualLife;
        var user = await users.GetUserAsync(context.Principal) ?? throw new InvalidOperationException("Nobody to sign in.");
        var supplier = await sessions.SupplierOfAsync(user.Id, ct);
        var access = Sessions.IdentityOf(user, claims.FindAll(ClaimTypes.Role).Select(c => c.Value), supplier, "to come").Access;
        var token = await sessions.OpenAsync(user.Id, user.FullName, access, supplier, null, life, Clients.Describe(context.Request.Headers.UserAgent), ct);
        claims.AddClaims(
        [
            new(Principals.Session, token),
            new(Principals.FullName, user.FullName),
            new(Principals.TimeZone, user.TimeZoneId),
            new(Principals.Culture, user.CultureName),
            new(Principals.SingleKeys, user.SingleKeys ? "yes" : "no"),
        ]);
        if (supplier is { } id)
        {
            claims.AddClaim(new(Principals.SupplierId, id.ToString()));
        }

        context.Properties.ExpiresUtc = time.GetUtcNow() + life;
    }
}
