using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Sourcing.Data.Operations;
using Sourcing.Web.Security;

namespace Sourcing.Web.Account;

/// <summary>What account pages post to that is no page. The form attribute makes the antiforgery check.</summary>
internal static class AccountEndpoints
{
    public static void MapAccountEndpoints(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
        {
            app.MapPost(Links.DemoSignIn, DemoAsync).AllowAnonymous();
        }

        app.MapPost(Links.PasskeySignIn, PasskeyAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        app.MapPost(Links.PasskeyRequest, RequestAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        app.MapPost(Links.PasskeyCreation, CreationAsync).RequireAuthorization();
    }

    private static async Task<IResult> DemoAsync(
        [FromForm] string email, [FromForm] string? returnUrl, UserManager<AppUser> users, SignInManager<AppUser> signIn)
    {
        if (DemoAccounts.All.All(a => a.Email != email) || await users.FindByEmailAsync(email) is not { } user)
        {
            return Results.LocalRedirect(Links.SignIn(returnUrl));
        }

        await signIn.SignInAsync(user, isPersistent: true);
        return Results.LocalRedirect(AccountPages.Local(returnUrl));
    }

    private static async Task<IResult> PasskeyAsync([FromForm] string credential, [FromForm] string? returnUrl, SignInManager<AppUser> signIn)
    {
        try
        {
            if ((await signIn.PasskeySignInAsync(credential)).Succeeded)
            {
                return Results.LocalRedirect(AccountPages.Local(returnUrl));
            }
        }
        catch (Exception fault) when (fault is InvalidOperationException or PasskeyException)
        {
            // The browser's answer came too late, or was never asked for.
        }

        return Results.LocalRedirect(Links.PasskeyRefused(AccountPages.Local(returnUrl)));
    }

    private static async Task<IResult> RequestAsync([FromForm] string? returnUrl, SignInManager<AppUser> signIn) =>
        Results.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    private static async Task<IResult> CreationAsync([FromForm] string? name, HttpContext context, UserManager<AppUser> users, SignInManager<AppUser> signIn)
    {
        var user = await users.GetUserAsync(context.User);
        return user is null
            ? Results.Unauthorized()
            : Results.Content(
                await signIn.MakePasskeyCreationOptionsAsync(new() { Id = user.Id.ToString(), Name = user.Email!, DisplayName = user.FullName }), "application/json");
    }
}
