using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Sourcing.Web.Security;

/// <summary>
/// Somebody whose roles do not open a page gets the status 403 and the shell, in which the router says so in words. The page
/// itself does not run: the router asks the same policy before it renders.
/// </summary>
internal sealed class DeniedPages : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Forbidden && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return next(context);
        }

        return _usual.HandleAsync(next, context, policy, authorizeResult);
    }
}
