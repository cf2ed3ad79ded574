using Sourcing.Data.Common;
using Sourcing.Data.Rfqs.Sealing;

namespace Sourcing.Web.Rfqs;

/// <summary>Which sealing key this server has.</summary>
internal static class SealingStart
{
    /// <summary>
    /// The configured file; in development one beside the private database, made at the first start. Elsewhere a server without the setting
    /// runs without sealed RFQs, and says so when somebody wants to send one.
    /// </summary>
    /// <exception cref="RefusedException">The configured file cannot be used.</exception>
    public static void AddSealing(this WebApplicationBuilder builder)
    {
        var key = builder.Configuration["Sealing:KeyFile"] is { Length: > 0 } path ? SealingKey.Read(path)
            : builder.Environment.IsDevelopment() ? SealingKey.ReadOrMake(Path.Combine(builder.Environment.ContentRootPath, "..", ".sealing.key"))
            : SealingKey.None();
        builder.Services.AddSingleton(key);
    }
}
