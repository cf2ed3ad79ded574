using Sourcing.Data.Common;

namespace Sourcing.Web.Security;

/// <summary>Whether the first admin is still to be made: outside development, where no demo accounts are.</summary>
internal sealed class FirstRun(DataSources sources, IHostEnvironment environment)
{
    private bool _over = environment.IsDevelopment();

    public async Task<bool> IsNeededAsync(CancellationToken ct)
    {
        if (_over)
        {
            return false;
        }

        await using var command = sources.Auth.CreateCommand("select exists (select from user_roles ur join roles r on r.id = ur.role_id where r.name = 'Admin')");
        return !(_over = (bool)(await command.ExecuteScalarAsync(ct))!);
    }
}

internal static class FirstRunRedirect
{
    /// <summary>Leads every page to the one that makes the first admin, until there is one.</summary>
    public static void UseFirstRun(this WebApplication app) => app.Use(async (context, next) =>
    {
        var page = HttpMethods.IsGet(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null;
        if (page && !context.Request.Path.Equals(Links.FirstRun) && await context.RequestServices.GetRequiredService<FirstRun>().IsNeededAsync(context.RequestAborted))
        {
            context.Response.Redirect(Links.FirstRun);
            return;
        }

        await next(context);
    });
}
