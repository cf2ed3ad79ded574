using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Sourcing.Data.Common;

namespace Sourcing.Web.Security;

/// <summary>How often one address, or one person, may try. Counts are per minute, from the configuration's section of the same name.</summary>
public static class RateLimits
{
    /// <summary>Signing in: 20 attempts an address.</summary>
    public const string SignIn = "SignIn";

    /// <summary>Asking for a mail with a link: 5 an address.</summary>
    public const string Reset = "Reset";

    /// <summary>Opening a personal link: 30 an address.</summary>
    public const string Links = "Links";

    /// <summary>Checking a receipt: 20 an address.</summary>
    public const string Check = "Check";

    /// <summary>Sending files: 60 a person, counted by <see cref="UploadLimit"/> because they come over open connections.</summary>
    private const string Uploads = "Uploads";

    private static readonly Dictionary<string, int> Usual = new() { [SignIn] = 20, [Reset] = 5, [Links] = 30, [Check] = 20 };

    internal static void AddRateLimits(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddSingleton(_ => new UploadLimit(configuration.GetValue($"RateLimits:{Uploads}", UploadLimit.Usual)));
        services.AddRateLimiter(options => Add(options, configuration, environment));
    }

    private static void Add(RateLimiterOptions options, IConfiguration configuration, IHostEnvironment environment)
    {
        foreach (var (name, usual) in Usual)
        {
            // In development everybody, browser tests too, comes from one address.
            var permits = configuration.GetValue($"RateLimits:{name}", environment.IsDevelopment() ? usual * 50 : usual);
            options.AddPolicy(name, context => Counts(name, context.Request.Method)
                ? RateLimitPartition.GetFixedWindowLimiter(
                    $"{name} {context.Connection.RemoteIpAddress?.ToString() ?? "unknown"}",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter("look"));
        }

        options.OnRejected = async (rejected, ct) =>
        {
            var response = rejected.HttpContext.Response;
            response.StatusCode = StatusCodes.Status429TooManyRequests;
            response.ContentType = "text/plain; charset=utf-8";
            if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
            {
                response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            await response.WriteAsync("Too many attempts from your network. Wait a minute, then try again.", ct);
        };
    }

    // Showing a form costs nothing; a link is opened by looking.
    private static bool Counts(string name, string method) => name == Links || !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method));
}
