using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Sourcing.Data.Operations;

namespace Sourcing.Web.Account;

/// <summary>What the static account pages share: the request, safe redirects.</summary>
internal sealed class AccountPages(IHttpContextAccessor contexts, NavigationManager navigation, UserManager<AppUser> users)
{
    /// <summary>The request that this page answers.</summary>
    public HttpContext Context => contexts.HttpContext ?? throw new InvalidOperationException("Account pages are static.");

    /// <summary>The account of whoever is signed in.</summary>
    public async Task<AppUser> UserAsync() => await users.GetUserAsync(Context.User) ?? throw new InvalidOperationException("The account is gone.");

    /// <summary>The account that a mailed link names; null for none, and for what is no key at all.</summary>
    public async Task<AppUser?> FindAsync(string? id) => Guid.TryParse(id, out var key) ? await users.FindByIdAsync(key.ToString()) : null;

    /// <summary>Goes on within the app, whatever the address says: a link that leads elsewhere after sign-in is somebody's trap.</summary>
    public void GoOn(string? returnUrl) => navigation.NavigateTo(Local(returnUrl));

    /// <summary>The address if it lies within the app, else the start.</summary>
    public static string Local(string? returnUrl) =>
        returnUrl is ['/'] or ['/', not ('/' or '\\'), ..] && !returnUrl.Any(char.IsControl) ? returnUrl : Links.Home;
}
