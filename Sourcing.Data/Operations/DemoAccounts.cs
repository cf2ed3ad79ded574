using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>One invented person to sign in as.</summary>
/// <param name="Title">What the sign-in page calls the part; most often the role.</param>
/// <param name="Work">What there is to see, in a few words.</param>
/// <param name="Limit">Approval limit in the base currency; null for none.</param>
public sealed record DemoAccount(string Email, string Name, Role Role, string Title, string Work, decimal? Limit = null);

/// <summary>The people of the demo company, made at the first start in development.</summary>
public sealed class DemoAccounts(UserManager<AppUser> users, AuthDb db)
{
    /// <summary>The password of all of them, shown on the sign-in page.</summary>
    public const string Password = "walnut-harbour-26";

    /// <summary>In the order of the sign-in page.</summary>
    public static readonly IReadOnlyList<DemoAccount> All =
    [
        new("mira.holsten@example.test", "Mira Holsten", Role.Buyer, "Buyer", "RFQs, comparison, awards, orders", 50_000m),
        new("jonas.reker@example.test", "Jonas Reker", Role.Planner, "Planner", "Plans, forecasts, stock, bills of materials"),
        new("lene.vossen@example.test", "Lene Vossen", Role.SalesRep, "Sales representative", "The parts of the catalog"),
        new("ana.pinheda@example.test", "Ana Pinheda", Role.Buyer, "Approver", "Awards and orders over the limit"),
        new("rui.tavora@example.test", "Rui Tavora", Role.Supplier, "Supplier", "Invitations, own quotes and orders"),
        new("petra.almqvist@example.test", "Petra Almqvist", Role.ChapterLeader, "Chapter leader", "Own account"),
        new("sven.adarsson@example.test", "Sven Adarsson", Role.Admin, "Admin", "Accounts, settings, history"),
        new("tarek.olsson@example.test", "Tarek Olsson", Role.Buyer, "Buyer, limit 10,000", "Awards that need a second person", 10_000m),
        new("ines.morvan@example.test", "Ines Morvan", Role.ReadOnly, "Read-only", "Everything, nothing to change"),
    ];

    /// <summary>Makes those who are not there yet.</summary>
    public async Task SeedAsync(CancellationToken ct)
    {
        var there = await db.Users.Select(u => u.Email).ToListAsync(ct);
        foreach (var account in All.Where(a => !there.Contains(a.Email)))
        {
            var user = new AppUser
            {
                Email = account.Email, UserName = account.Email, FullName = account.Name, ApprovalLimit = account.Limit, EmailConfirmed = true,
            };
            (await users.CreateAsync(user, Password)).Demand();
            (await users.AddToRoleAsync(user, account.Role.ToString())).Demand();
        }
    }
}
