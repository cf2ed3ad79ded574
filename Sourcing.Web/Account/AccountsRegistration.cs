using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Security;

namespace Sourcing.Web.Account;

/// <summary>Who somebody is and what follows from it: sign-in, policies, circuits, headers, limits.</summary>
internal static class AccountsRegistration
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        // Plain http exists on the developer's machine alone.
        var secure = builder.Environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        services.AddHttpContextAccessor();
        new IdentityBuilder(typeof(AppUser), typeof(IdentityRole<Guid>), services).AddSignInManager<AccountSignIn>();
        services.AddScoped<AccountPages>();
        services.AddScoped<SessionCookies>();
        services.AddSingleton<FirstRun>();
        services.AddHostedService<AccountsStart>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies =>
        {
            cookies.ApplicationCookie!.Configure(options =>
            {
                Harden(options.Cookie, "sourcing", secure);
                options.LoginPath = Links.SignIn();
                options.ReturnUrlParameter = "returnUrl";
                options.ExpireTimeSpan = Sessions.UsualLife;
                options.SlidingExpiration = false;
                options.EventsType = typeof(SessionCookies);
            });
            cookies.TwoFactorUserIdCookie!.Configure(options => Harden(options.Cookie, "sourcing-code", secure));
            cookies.TwoFactorRememberMeCookie!.Configure(options => Harden(options.Cookie, "sourcing-device", secure));
            cookies.ExternalCookie!.Configure(options => Harden(options.Cookie, "sourcing-passkey", secure));
        });
        services.AddAntiforgery(options => Harden(options.Cookie, "sourcing-form", CookieSecurePolicy.SameAsRequest));
        services.AddAuthorization(Policies.Add);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, DeniedPages>();
        services.AddSingleton<OpenPages>();
        services.AddSingleton<SessionCheck>();
        services.AddScoped<CircuitHandler, CircuitSession>();
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        services.AddRateLimits(builder.Configuration, builder.Environment);
    }

    /// <summary>Comes after routing and before antiforgery and whatever serves pages.</summary>
    public static void UseAccounts(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.UseSecurityHeaders();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.Use((context, next) =>
        {
            var identity = context.User.ToIdentity();
            context.RequestServices.GetRequiredService<CurrentUser>().Become(identity);
            System.Globalization.CultureInfo.CurrentCulture = identity.Culture;
            return next(context);
        });
        app.UseFirstRun();
        app.UseAuthorization();
    }

    public static void MapAccounts(this WebApplication app) => app.MapAccountEndpoints();

    private static void Harden(CookieBuilder cookie, string name, CookieSecurePolicy secure) =>
        (cookie.Name, cookie.HttpOnly, cookie.SameSite, cookie.SecurePolicy) = (name, true, SameSiteMode.Lax, secure);
}
