using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Sales.Commissions;

namespace Sourcing.Data.Sales;

/// <summary>How a quarter goes for somebody.</summary>
/// <param name="Quota">Quotas of the quarter in the base currency: a month's and quarter's whole, of a year's a quarter; null for none.</param>
/// <param name="Sold">Orders issued in the quarter, in the base currency.</param>
/// <param name="Forecast">What the quarter comes to when it goes on as the last 90 days: <see cref="SalesArithmetic.Forecast"/>.</param>
public sealed record RepFigures(Guid Id, string Name, string Team, decimal? Quota, decimal Sold, decimal Forecast, int Customers, int OpenRfqs)
{
    /// <summary>Sold over the quota; null without one.</summary>
    public decimal? Attainment => Quota is > 0 ? Sold / Quota : null;
}

/// <summary>RFQs for customers in one state.</summary>
public sealed record PipelineState(RfqStatus Status, int Count);

/// <summary>What a dashboard of sales shows.</summary>
/// <param name="QuarterStart">First day of the quarter that is looked at.</param>
/// <param name="Months">Sold in the twelve months up to today, in the base currency.</param>
/// <param name="Reps">Each person in the picture, the best first.</param>
public sealed record SalesFigures(
    DateOnly QuarterStart, DateOnly Today, IReadOnlyList<MonthValue> Months, IReadOnlyList<PipelineState> Pipeline, IReadOnlyList<RepFigures> Reps,
    IReadOnlyList<CustomerValue> TopCustomers, int WaitingRequests)
{
    /// <summary>Commissions earned in the year up to today, by where they stand and currency.</summary>
    public IReadOnlyList<CommissionSum> Commissions { get; init; } = [];

    /// <summary>Notes of the quarter by kind, the most first, by whoever is in the picture.</summary>
    public IReadOnlyList<ActivityKind> Activity { get; init; } = [];

    public decimal Sold => Reps.Sum(r => r.Sold);

    public decimal? Quota => Reps.Any(r => r.Quota is not null) ? Reps.Sum(r => r.Quota ?? 0) : null;

    public decimal Forecast => Reps.Sum(r => r.Forecast);

    public decimal? Attainment => Quota is > 0 ? Sold / Quota : null;
}

/// <summary>Commissions in one state and currency.</summary>
public sealed record CommissionSum(CommissionState State, string Currency, decimal Amount, int Lines);

/// <summary>Notes of one kind.</summary>
public sealed record ActivityKind(NoteKind Kind, int Count);

/// <summary>What a customer ordered in twelve months, in the base currency.</summary>
public sealed record CustomerValue(Guid Id, string Name, CustomerTier Tier, decimal Value);

/// <summary>Arithmetic of the dashboards.</summary>
public static class SalesArithmetic
{
    /// <summary>A quarter's forecast: what is sold, and for each day to come the average day of the last 90. Straight-line extrapolation; no season is assumed.</summary>
    /// <param name="sold">So far in the quarter.</param>
    /// <param name="lastNinetyDays">Sold in the 90 days up to today.</param>
    /// <param name="end">The day after the quarter's last.</param>
    public static decimal Forecast(decimal sold, decimal lastNinetyDays, DateOnly today, DateOnly end) =>
        sold + (decimal.Round(lastNinetyDays / 90, 6) * Math.Max(0, end.DayNumber - today.DayNumber - 1));

    /// <summary>First day of the quarter of a day.</summary>
    public static DateOnly QuarterOf(DateOnly day) => new(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1);

    /// <summary>What of a quota falls into a quarter: all of one that lies within, and of a longer one the share by days.</summary>
    public static decimal QuotaIn(decimal amount, DateOnly start, DateOnly end, DateOnly quarter)
    {
        var until = quarter.AddMonths(3);
        var (from, to) = (start > quarter ? start : quarter, end < until ? end : until);
        var days = to.DayNumber - from.DayNumber;
        return days <= 0 ? 0 : decimal.Round(amount * days / (end.DayNumber - start.DayNumber), 2);
    }
}

/// <summary>Reads the figures of sales: of oneself and everybody below.</summary>
public sealed class SalesFigureQueries(Database database, CurrentUser user)
{
    /// <summary>The figures of today's quarter.</summary>
    /// <param name="only">One person alone; null for all that one may see.</param>
    public Task<SalesFigures> ReadAsync(Guid? only, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var today = Days.Today(await db.NowAsync(token), user.Identity.TimeZone);
                var quarter = SalesArithmetic.QuarterOf(today);
                var people = await db.SalesReps.Where(r => only == null || r.Id == only).Join(db.People, r => r.Id, p => p.Id, (r, p) => new { Rep = r, p.FullName }).OrderBy(x => x.FullName).ThenBy(x => x.Rep.Id)
                    .Take(TeamQueries.Most)
                    .Select(x => new
                    {
                        x.Rep.Id, x.FullName, Team = db.SalesTeams.Where(t => t.Id == x.Rep.TeamId).Select(t => t.Name).FirstOrDefault() ?? "",
                        Customers = db.Customers.Count(c => c.SalesRepId == x.Rep.Id && c.IsActive), Rfqs = db.Rfqs.Count(r => r.SalesRepId == x.Rep.Id && OpenRfqs.Contains(r.Status)),
                    }).ToListAsync(token);
                var ids = people.Select(p => p.Id).ToArray();
                var sold = await SoldAsync(db, ids, today, quarter, token);
                var quotas = await db.SalesQuotas.AsNoTracking().Where(q => ids.Contains(q.SalesRepId) && q.PeriodStart < quarter.AddMonths(3) && q.PeriodEnd > quarter).ToListAsync(token);
                var rates = await CurrencyConversion.LoadAsync(db, quotas.Select(q => q.Currency), token);
                var reps = people.Select(p =>
                {
                    var own = quotas.Where(q => q.SalesRepId == p.Id).ToList();
                    decimal? quota = own.Count == 0 ? null : own.Sum(q => rates.TryConvert(SalesArithmetic.QuotaIn(q.Amount, q.PeriodStart, q.PeriodEnd, quarter), q.Currency, CurrencyConversion.Base, today)?.Amount ?? 0);
                    var (inQuarter, ninety) = sold.Reps.GetValueOrDefault(p.Id);
                    return new RepFigures(p.Id, p.FullName, p.Team, quota, inQuarter, SalesArithmetic.Forecast(inQuarter, ninety, today, quarter.AddMonths(3)), p.Customers, p.Rfqs);
                });
                var pipeline = await db.Rfqs.Where(r => r.CustomerId != null && r.SalesRepId != null && ids.Contains(r.SalesRepId.Value) && OpenRfqs.Contains(r.Status))
                    .GroupBy(r => r.Status).Select(g => new PipelineState(g.Key, g.Count())).ToListAsync(token);
                return new SalesFigures(
                    quarter, today, sold.Months, [.. pipeline.OrderBy(p => p.Status)],
                    [.. reps.Where(r => r.Quota is not null || r.Sold > 0 || r.Customers > 0 || only is not null).OrderByDescending(r => r.Sold).ThenBy(r => r.Name)],
                    await NamedAsync(db, sold.Customers, token), await db.RfqRequests.CountAsync(r => ids.Contains(r.SalesRepId) && r.Status == RfqRequestStatus.Asked, token))
                { Commissions = await CommissionsAsync(db, ids, today, token), Activity = await ActivityAsync(db, ids, MyDayQueries.Start(quarter, user.Identity.TimeZone), token) };
            }, ct);
    }

    /// <summary>States of an RFQ that is under way.</summary>
    public static readonly RfqStatus[] OpenRfqs = [RfqStatus.Draft, RfqStatus.Approval, RfqStatus.Open, RfqStatus.Paused, RfqStatus.Closed, RfqStatus.Evaluating, RfqStatus.Awarded];

    // Everything that a year's orders say, in one pass over them: the twelve months begin after the day a year ago.
    private static async Task<Sales> SoldAsync(SourcingDb db, Guid[] ids, DateOnly today, DateOnly quarter, CancellationToken ct)
    {
        var (first, year) = (new DateOnly(today.Year, today.Month, 1).AddMonths(-11), today.AddYears(-1));
        var sums = await db.Database.SqlQuery<Sum>(
            $"""
            with sold as materialized (
                select sales_rep_id, customer_id, day, sold_base from customer_sales where sales_rep_id = any ({ids}) and day > {year})
            select sales_rep_id as "Id", null::date as "Month", false as "IsCustomer", coalesce(sum(sold_base) filter (where day >= {quarter}), 0) as "Value",
                coalesce(sum(sold_base) filter (where day > {today.AddDays(-90)}), 0) as "Ninety" from sold group by 1
            union all select null, date_trunc('month', day)::date, false, coalesce(sum(sold_base), 0), 0 from sold where day >= {first} group by 2
            union all (select customer_id, null, true, coalesce(sum(sold_base), 0), 0 from sold where day > {year} group by 1 order by 4 desc, 1 limit 8)
            """).ToListAsync(ct);
        var months = sums.Where(s => s.Month is not null).ToDictionary(s => s.Month!.Value, s => s.Value);
        return new(
            sums.Where(s => s is { Month: null, IsCustomer: false }).ToDictionary(s => s.Id!.Value, s => (s.Value, s.Ninety)),
            [.. Enumerable.Range(0, 12).Select(first.AddMonths).Select(m => new MonthValue(m, months.GetValueOrDefault(m)))], [.. sums.Where(s => s.IsCustomer)]);
    }

    private static async Task<IReadOnlyList<CommissionSum>> CommissionsAsync(SourcingDb db, Guid[] ids, DateOnly today, CancellationToken ct)
    {
        var since = today.AddYears(-1);
        var sums = await db.Commissions.Where(c => ids.Contains(c.SalesRepId) && c.EarnedOn > since).Join(db.CommissionStandings, c => c.Id, s => s.CommissionId, (c, s) => new { c.Amount, c.Currency, s.State })
            .GroupBy(x => new { x.State, x.Currency }).Select(g => new CommissionSum(g.Key.State, g.Key.Currency, g.Sum(x => x.Amount), g.Count())).ToListAsync(ct);
        return [.. sums.OrderBy(s => s.State).ThenBy(s => s.Currency)];
    }

    private static async Task<IReadOnlyList<ActivityKind>> ActivityAsync(SourcingDb db, Guid[] ids, DateTimeOffset since, CancellationToken ct) =>
        [.. (await db.SalesNotes.Where(n => ids.Contains(n.SalesRepId) && n.OccurredAt >= since).GroupBy(n => n.Kind).Select(g => new ActivityKind(g.Key, g.Count())).ToListAsync(ct))
            .OrderByDescending(a => a.Count).ThenBy(a => a.Kind)];

    private static async Task<IReadOnlyList<CustomerValue>> NamedAsync(SourcingDb db, IReadOnlyList<Sum> sums, CancellationToken ct)
    {
        var wanted = sums.Select(s => s.Id!.Value).ToList();
        var names = await db.Customers.Where(c => wanted.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => (c.Name, c.Tier), ct);
        // A customer that went to somebody else is theirs now, and stands in their picture.
        return [.. sums.OrderByDescending(s => s.Value).ThenBy(s => s.Id).Where(s => names.ContainsKey(s.Id!.Value)).Select(s => new CustomerValue(s.Id!.Value, names[s.Id.Value].Name, names[s.Id.Value].Tier, s.Value))];
    }

    private sealed record Sales(IReadOnlyDictionary<Guid, (decimal Quarter, decimal Ninety)> Reps, IReadOnlyList<MonthValue> Months, IReadOnlyList<Sum> Customers);

    /// <summary>Of a representative, a month or a customer.</summary>
    private sealed class Sum
    {
        public Guid? Id { get; set; }

        public DateOnly? Month { get; set; }

        public bool IsCustomer { get; set; }

        public decimal Value { get; set; }

        public decimal Ninety { get; set; }
    }
}
