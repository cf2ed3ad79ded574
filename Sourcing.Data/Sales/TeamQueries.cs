using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Sales;

/// <summary>A representative as a choice.</summary>
/// <param name="Team">Empty for none.</param>
public sealed record RepChoice(Guid Id, string Name, string Team, bool IsActive);

/// <summary>A representative in the tree.</summary>
/// <param name="Level">0 for whoever is led by nobody whom the asker sees.</param>
/// <param name="Customers">Active ones that they are responsible for.</param>
/// <param name="Quota">Of today, in its currency; null for none.</param>
public sealed record RepRow(
    Guid Id, string Name, Guid? ManagerId, string Manager, string Team, bool IsActive, int Level, int Customers, decimal? Quota, string QuotaCurrency, uint Version);

/// <summary>A quota of a representative.</summary>
/// <param name="Sold">Orders issued in the period, in the quota's currency.</param>
/// <param name="Attainment">Sold over the quota.</param>
public sealed record QuotaRow(Guid Id, QuotaPeriod Period, DateOnly Start, DateOnly End, decimal Amount, string Currency, decimal Sold, decimal Attainment, uint Version);

/// <summary>Reads representatives: one's own tree for those who sell, all for those inside. Quotas are seen by those above and by admins.</summary>
public sealed class TeamQueries(Database database, CurrentUser user)
{
    /// <summary>Representatives of a company, at most, that are read at once.</summary>
    public const int Most = 1000;

    /// <summary>The representatives that one may choose, by name.</summary>
    public Task<IReadOnlyList<RepChoice>> ChoicesAsync(CancellationToken ct)
    {
        user.Demand(Permission.CustomersRead);
        return database.ReadAsync<IReadOnlyList<RepChoice>>(
            async (db, token) => await db.SalesReps.Join(db.People, r => r.Id, p => p.Id, (r, p) => new { Rep = r, p.FullName })
                .OrderByDescending(x => x.Rep.IsActive).ThenBy(x => x.FullName).ThenBy(x => x.Rep.Id).Take(Most)
                .Select(x => new RepChoice(x.Rep.Id, x.FullName, db.SalesTeams.Where(t => t.Id == x.Rep.TeamId).Select(t => t.Name).FirstOrDefault() ?? "", x.Rep.IsActive))
                .ToListAsync(token), ct);
    }

    /// <summary>The tree that one may see: everybody below whoever leads them.</summary>
    public Task<IReadOnlyList<RepRow>> TreeAsync(CancellationToken ct)
    {
        user.Demand(Permission.SalesManage);
        return database.ReadAsync<IReadOnlyList<RepRow>>(
            async (db, token) =>
            {
                var today = Days.Today(await db.NowAsync(token), user.Identity.TimeZone);
                var rows = await db.SalesReps.Join(db.People, r => r.Id, p => p.Id, (r, p) => new { Rep = r, p.FullName }).OrderBy(x => x.FullName).ThenBy(x => x.Rep.Id).Take(Most)
                    .Select(x => new
                    {
                        x.Rep.Id, x.FullName, x.Rep.ManagerId, x.Rep.IsActive, x.Rep.Version,
                        Manager = db.People.Where(p => p.Id == x.Rep.ManagerId).Select(p => p.FullName).FirstOrDefault() ?? "",
                        Team = db.SalesTeams.Where(t => t.Id == x.Rep.TeamId).Select(t => t.Name).FirstOrDefault() ?? "",
                        Customers = db.Customers.Count(c => c.SalesRepId == x.Rep.Id && c.IsActive),
                        Quota = db.SalesQuotas.Where(q => q.SalesRepId == x.Rep.Id && q.PeriodStart <= today && q.PeriodEnd > today).Select(q => new { q.Amount, q.Currency }).FirstOrDefault(),
                    }).ToListAsync(token);
                var seen = rows.Select(r => r.Id).ToHashSet();
                var below = rows.ToLookup(r => r.ManagerId is { } m && seen.Contains(m) ? m : Guid.Empty);
                var tree = new List<RepRow>();
                void Add(Guid manager, int level)
                {
                    foreach (var r in below[manager])
                    {
                        tree.Add(new(r.Id, r.FullName, r.ManagerId, r.Manager, r.Team, r.IsActive, level, r.Customers, r.Quota?.Amount, r.Quota?.Currency ?? "", r.Version));
                        Add(r.Id, level + 1);
                    }
                }

                Add(Guid.Empty, 0);
                return tree;
            }, ct);
    }

    /// <summary>Names of the teams, in order.</summary>
    public Task<IReadOnlyList<string>> TeamsAsync(CancellationToken ct)
    {
        user.Demand(Permission.CustomersRead);
        return database.ReadAsync<IReadOnlyList<string>>(async (db, token) => await db.SalesTeams.OrderBy(t => t.Name).Select(t => t.Name).Take(200).ToListAsync(token), ct);
    }

    /// <summary>Quotas of a representative with what was sold in each, the last first; at most 40.</summary>
    public Task<IReadOnlyList<QuotaRow>> QuotasAsync(Guid salesRepId, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsRead);
        return database.ReadAsync<IReadOnlyList<QuotaRow>>(
            async (db, token) =>
            {
                var today = Days.Today(await db.NowAsync(token), user.Identity.TimeZone);
                var quotas = await db.SalesQuotas.AsNoTracking().Where(q => q.SalesRepId == salesRepId).OrderByDescending(q => q.PeriodStart).Take(40).ToListAsync(token);
                var sold = await db.Database.SqlQuery<SoldRow>(
                    $"""
                    select q.id as "Id", coalesce(sum(v.sold_base), 0) as "Sold" from sales_quotas q
                    left join customer_sales v on v.sales_rep_id = q.sales_rep_id and v.day >= q.period_start and v.day < q.period_end
                    where q.sales_rep_id = {salesRepId} group by q.id
                    """).ToDictionaryAsync(r => r.Id, r => r.Sold, token);
                var rates = await CurrencyConversion.LoadAsync(db, quotas.Select(q => q.Currency), token);
                return [.. quotas.Select(q =>
                {
                    var day = q.PeriodEnd <= today ? q.PeriodEnd.AddDays(-1) : today;
                    var own = rates.TryConvert(sold.GetValueOrDefault(q.Id), CurrencyConversion.Base, q.Currency, day)?.Amount ?? 0;
                    return new QuotaRow(q.Id, q.Period, q.PeriodStart, q.PeriodEnd, q.Amount, q.Currency, decimal.Round(own, 2), decimal.Round(own / q.Amount, 4), q.Version);
                })];
            }, ct);
    }

    private sealed class SoldRow
    {
        public Guid Id { get; set; }

        public decimal Sold { get; set; }
    }
}
