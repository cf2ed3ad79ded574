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
        new("lene.vossen@example.test", "Lene Vossen", Role.SalesRep, "Sales representative", "Own customers, notes, requests, commissions"),
        new("katja.brandt@example.test", "Katja Brandt", Role.SalesManager, "Sales manager", "Both teams: figures, quotas, commissions"),
        new("ana.pinheda@example.test", "Ana Pinheda", Role.Buyer, "Approver", "Awards and orders over the limit"),
        new("rui.tavora@example.test", "Rui Tavora", Role.Supplier, "Supplier", "Invitations, own quotes and orders"),
        new("petra.almqvist@example.test", "Petra Almqvist", Role.ChapterLeader, "Chapter leader", "Members, meetings and slips of Harbour"),
        new("ada.lindqvist@example.test", "Ada Lindqvist", Role.ChapterMember, "Chapter member", "Own slips, the chapter’s totals"),
        new("sven.adarsson@example.test", "Sven Adarsson", Role.Admin, "Admin", "Accounts, settings, history"),
        new("tarek.olsson@example.test", "Tarek Olsson", Role.Buyer, "Buyer, limit 10,000", "Awards that need a second person", 10_000m),
        new("ines.morvan@example.test", "Ines Morvan", Role.ReadOnly, "Read-only", "Everything, nothing to change"),
    ];

    /// <summary>Who sells: the name before the at sign, who leads, the team, and whether they have customers of their own. Leaders stand before those whom they lead.</summary>
    public static readonly IReadOnlyList<(string Name, string? Manager, string Team, bool Carries)> Sellers =
    [
        ("katja.brandt", null, "North", false), ("lene.vossen", "katja.brandt", "North", true), ("nils.oberg", "katja.brandt", "North", true), ("marta.kowal", "katja.brandt", "North", true),
        ("davide.renn", "katja.brandt", "South", false), ("ilka.sommer", "davide.renn", "South", true), ("joao.prates", "davide.renn", "South", true), ("tomas.vele", "davide.renn", "South", true),
    ];

    // Colleagues of those on the sign-in page.
    private static readonly DemoAccount[] Others =
    [
        new("nils.oberg@example.test", "Nils Oberg", Role.SalesRep, "", ""), new("marta.kowal@example.test", "Marta Kowal", Role.SalesRep, "", ""),
        new("davide.renn@example.test", "Davide Renn", Role.SalesManager, "", ""), new("ilka.sommer@example.test", "Ilka Sommer", Role.SalesRep, "", ""),
        new("joao.prates@example.test", "Joao Prates", Role.SalesRep, "", ""), new("tomas.vele@example.test", "Tomas Vele", Role.SalesRep, "", ""),
        new("bruno.castell@example.test", "Bruno Castell", Role.ChapterMember, "", ""), new("carla.weyn@example.test", "Carla Weyn", Role.ChapterMember, "", ""),
        new("dario.menk@example.test", "Dario Menk", Role.ChapterMember, "", ""), new("finn.okoye@example.test", "Finn Okoye", Role.ChapterLeader, "", ""),
    ];

    /// <summary>Those on the sign-in page and their colleagues.</summary>
    public static IEnumerable<DemoAccount> Everybody => All.Concat(Others);

    /// <summary>Makes those who are not there yet.</summary>
    public async Task SeedAsync(CancellationToken ct)
    {
        var there = await db.Users.Select(u => u.Email).ToListAsync(ct);
        foreach (var account in Everybody.Where(a => !there.Contains(a.Email)))
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
