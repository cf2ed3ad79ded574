using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Web.Security;

/// <summary>Between the encrypted cookie's claims and the identity that the domain knows.</summary>
public static class Principals
{
    public const string Session = "session";
    public const string FullName = "full_name";
    public const string SupplierId = "supplier_id";
    public const string RfqId = "rfq_id";
    public const string TimeZone = "time_zone";
    public const string Culture = "culture";
    public const string SingleKeys = "single_keys";

    /// <summary>Who this is; nobody when not signed in, or without a session.</summary>
    public static UserIdentity ToIdentity(this ClaimsPrincipal principal)
    {
        if (principal.Identity?.IsAuthenticated != true
            || !Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            || principal.FindFirstValue(Session) is not { Length: > 0 } token)
        {
            return UserIdentity.Nobody;
        }

        var roles = principal.FindAll(ClaimTypes.Role).Select(c => Enum.TryParse<Role>(c.Value, out var role) ? role : (Role?)null).OfType<Role>().ToHashSet();
        return new(
            id,
            principal.FindFirstValue(FullName) ?? "",
            roles,
            Guid.TryParse(principal.FindFirstValue(SupplierId), out var supplier) ? supplier : null,
            token,
            Sessions.ZoneOf(principal.FindFirstValue(TimeZone) ?? ""),
            Sessions.CultureOf(principal.FindFirstValue(Culture) ?? ""));
    }

    /// <summary>The session's token; null when not signed in.</summary>
    public static string? SessionToken(this ClaimsPrincipal principal) => principal.FindFirstValue(Session);

    /// <summary>The claims of a personal quote link: a supplier's, for one RFQ, whose deadline is read in the zone in which it was said.</summary>
    public static ClaimsPrincipal OfLink(Guid invitationId, string name, Guid supplierId, Guid rfqId, string timeZone, string token) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, invitationId.ToString()),
            new(ClaimTypes.Name, name),
            new(FullName, name),
            new(ClaimTypes.Role, nameof(Role.Supplier)),
            new(SupplierId, supplierId.ToString()),
            new(RfqId, rfqId.ToString()),
            new(TimeZone, timeZone),
            new(Culture, "en-GB"),
            new(Session, token),
        ],
        IdentityConstants.ApplicationScheme));
}
