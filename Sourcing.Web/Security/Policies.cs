using Microsoft.AspNetCore.Authorization;
using Sourcing.Data.Common;

namespace Sourcing.Web.Security;

/// <summary>One policy for each permission, by its name, read from the one table.</summary>
internal static class Policies
{
    public static void Add(AuthorizationOptions options)
    {
        // Also what has no page of its own: the circuit's socket, downloads, whatever is added without a thought.
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        foreach (var permission in Enum.GetValues<Permission>())
        {
            options.AddPolicy(permission.ToString(), policy => policy.RequireAuthenticatedUser()
                .RequireAssertion(context => Permissions.Allow(context.User.ToIdentity().Roles, permission)));
        }
    }
}
