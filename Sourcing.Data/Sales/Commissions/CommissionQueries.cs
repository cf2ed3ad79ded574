using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>Reads the ledger: one's own lines and those of everybody below.</summary>
public sealed class CommissionQueries(Database database, CurrentUser user, TimeProvider time)
{
    /// <summary>Lines of a statement or of a person's review.</summary>
    public const int MostLines = 2_000;

    /// <summary>A line; null when there is none or it is not theirs to see.</summary>
    public Task<CommissionDetails?> LineAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsRead);
        return database.ReadAsync<CommissionDetails?>(
            async (db, token) =>
            {
                if (await CommissionList.Lines(db).SingleOrDefaultAsync(l => l.Id == id, token) is not { } line)
                {
                    return null;
                }

                var kept = await db.Commissions.AsNoTracking().SingleAsync(c => c.Id == id, token);
                var arithmetic = LineArithmetic.Read(kept.Arithmetic);
                var other = arithmetic.Override?.RepId;
                var name = other is null ? "" : await db.People.Where(p => p.Id == other).Select(p => p.FullName).SingleOrDefaultAsync(token) ?? "a colleague";
                var steps = await db.CommissionEvents.Where(e => e.CommissionId == id).OrderBy(e => e.Step)
                    .Select(e => new CommissionStep(e.State, db.People.Where(p => p.Id == e.DoneBy).Select(p => p.FullName).FirstOrDefault() ?? "", e.CreatedAt, e.Reason,
                        db.CommissionPayouts.Where(p => p.Id == e.PayoutId).Select(p => p.Reference).FirstOrDefault() ?? "")).Take(20).ToListAsync(token);
                var related = await CommissionList.Lines(db)
                    .Where(l => l.OrderId == kept.OrderId && (l.Id == kept.SourceId || db.Commissions.Any(c => c.Id == l.Id && c.SourceId == id))).OrderBy(l => l.EarnedOn).ThenBy(l => l.Id).Take(100).ToListAsync(token);
                var run = await db.CommissionRuns.Where(r => r.Id == kept.RunId).Select(r => r.Number).FirstOrDefaultAsync(token) ?? "";
                var disputes = await DisputesAsync(db.CommissionDisputes.Where(d => d.CommissionId == id), db, token);
                return new(line, ArithmeticWords.Say(arithmetic, kept.Amount, _ => name), steps, related, disputes, run);
            }, ct);
    }

    /// <summary>What everybody of one's tree has in lines earned from a day until before another, by currency and state.</summary>
    public Task<IReadOnlyList<RepTotals>> TotalsAsync(DateOnly from, DateOnly until, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsRead);
        return database.ReadAsync<IReadOnlyList<RepTotals>>(
            async (db, token) => await TotalsAsync(db, from, until, null, DateTimeOffset.MaxValue, token), ct);
    }

    /// <summary>
    /// What the ledger said about a representative at the end of a day: lines written later are left out, and states are those of that day. Because
    /// nothing is ever altered, it says the same whenever it is asked.
    /// </summary>
    public Task<CommissionStatement> StatementAsync(Guid repId, DateOnly from, DateOnly asOf, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsRead);
        return database.ReadMomentAsync(
            async (db, token) =>
            {
                var name = await db.SalesReps.Where(r => r.Id == repId).Join(db.People, r => r.Id, p => p.Id, (r, p) => p.FullName).SingleOrDefaultAsync(token)
                    ?? throw new MissingException("representative");
                var moment = EndOf(asOf);
                var totals = await TotalsAsync(db, from, DateOnly.MaxValue, repId, moment, token);
                var lines = await CommissionList.Lines(db).Where(l => l.SalesRepId == repId && l.EarnedOn >= from && l.WrittenAt < moment)
                    .OrderBy(l => l.EarnedOn).ThenBy(l => l.Id).Take(MostLines).ToListAsync(token);
                var ids = lines.Select(l => l.Id).ToArray();
                var states = (await db.CommissionEvents.Where(e => ids.Contains(e.CommissionId) && e.CreatedAt < moment).Select(e => new { e.CommissionId, e.Step, e.State }).ToListAsync(token))
                    .GroupBy(e => e.CommissionId).ToDictionary(g => g.Key, g => g.MaxBy(e => e.Step)!.State);
                return new CommissionStatement(
                    repId, name, from, asOf, totals, [.. lines.Select(l => l with { State = states.GetValueOrDefault(l.Id, CommissionState.Pending), IsDisputed = false })],
                    Math.Max(0, totals.Sum(t => t.Lines) - lines.Count));
            }, ct);
    }

    /// <summary>Those whose commissions one may see, by name; at most 1,000.</summary>
    public Task<IReadOnlyList<RepChoice>> RepsAsync(CancellationToken ct)
    {
        user.Demand(Permission.CommissionsRead);
        return database.ReadAsync<IReadOnlyList<RepChoice>>(
            async (db, token) => await db.SalesReps.Join(db.People, r => r.Id, p => p.Id, (r, p) => p).OrderBy(p => p.FullName).ThenBy(p => p.Id).Take(1000)
                .Select(p => new RepChoice(p.Id, p.FullName)).ToListAsync(token), ct);
    }

    /// <summary>The last runs, the latest first.</summary>
    public Task<IReadOnlyList<RunRow>> RunsAsync(CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        return database.ReadAsync<IReadOnlyList<RunRow>>(
            async (db, token) => await db.CommissionRuns.OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id).Take(10)
                .Select(r => new RunRow(r.Id, r.Number, r.Through, r.Orders, r.Lines, db.People.Where(p => p.Id == r.RunBy).Select(p => p.FullName).FirstOrDefault() ?? "", r.CreatedAt)).ToListAsync(token), ct);
    }

    /// <summary>Payouts, the latest first; at most 100.</summary>
    public Task<IReadOnlyList<PayoutRow>> PayoutsAsync(CancellationToken ct)
    {
        user.Demand(Permission.CommissionsRead);
        return database.ReadAsync<IReadOnlyList<PayoutRow>>(
            async (db, token) => await db.CommissionPayouts.OrderByDescending(p => p.PaidOn).ThenByDescending(p => p.Id).Take(100)
                .Select(p => new PayoutRow(
                    p.Id, p.Number, p.Reference, p.PeriodStart, p.PeriodEnd, p.PaidOn, p.Lines, db.People.Where(x => x.Id == p.PaidBy).Select(x => x.FullName).FirstOrDefault() ?? "")).ToListAsync(token), ct);
    }

    /// <summary>Open questions of one's tree, the oldest first; at most 200.</summary>
    public Task<IReadOnlyList<DisputeView>> OpenDisputesAsync(CancellationToken ct)
    {
        user.Demand(Permission.CommissionsRead);
        return database.ReadAsync<IReadOnlyList<DisputeView>>(
            async (db, token) => await DisputesAsync(db.CommissionDisputes.Where(d => d.Status == DisputeStatus.Open), db, token), ct);
    }

    /// <summary>How an order is divided; empty when it belongs to who was responsible.</summary>
    public Task<SharesForm> SharesAsync(Guid orderId, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsManage);
        return database.ReadAsync(
            async (db, token) => new SharesForm
            {
                OrderId = orderId,
                Shares = await db.OrderShares.Where(s => s.OrderId == orderId).OrderByDescending(s => s.Percent).ThenBy(s => s.Id).Select(s => new ShareForm { RepId = s.SalesRepId, Percent = s.Percent }).ToListAsync(token),
            }, ct);
    }

    /// <summary>Hands every line earned in the period and payable or paid to <paramref name="write"/>, by person and currency, each followed by its total.</summary>
    public Task ExportAsync(DateOnly from, DateOnly until, Action<IReadOnlyList<object?>> write, CancellationToken ct)
    {
        user.Demand(Permission.CommissionsRead);
        return database.ReadMomentAsync(
            async (db, token) =>
            {
                var rows = await CommissionList.Lines(db).Where(l => l.EarnedOn >= from && l.EarnedOn < until && (l.State == CommissionState.Payable || l.State == CommissionState.Paid))
                    .OrderBy(l => l.Rep).ThenBy(l => l.SalesRepId).ThenBy(l => l.Currency).ThenBy(l => l.EarnedOn).ThenBy(l => l.Id).Take(200_000).ToListAsync(token);
                foreach (var person in rows.GroupBy(r => (r.SalesRepId, r.Rep, r.Currency)))
                {
                    foreach (var r in person)
                    {
                        write([r.Rep, r.EarnedOn, r.Order, r.Kind, r.State, r.Base, r.Rate, r.Amount, r.Currency, $"{r.Plan}, version {r.PlanVersion}"]);
                    }

                    write([person.Key.Rep, null, "Total", null, null, null, null, person.Sum(r => r.Amount), person.Key.Currency, null]);
                }

                return true;
            }, ct);
    }

    /// <summary>Heads of <see cref="ExportAsync"/>.</summary>
    public static IReadOnlyList<string> ExportHeads { get; } = ["Representative", "Earned", "Order", "Kind", "State", "Base", "Rate, %", "Amount", "Currency", "Plan"];

    private DateTimeOffset EndOf(DateOnly day)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        var end = new DateTimeOffset(midnight, user.Identity.TimeZone.GetUtcOffset(midnight)).ToUniversalTime();
        // A day that is not over yet says what is there now.
        return end > time.GetUtcNow() ? DateTimeOffset.MaxValue : end;
    }

    private static async Task<IReadOnlyList<RepTotals>> TotalsAsync(SourcingDb db, DateOnly from, DateOnly until, Guid? repId, DateTimeOffset before, CancellationToken ct)
    {
        var moment = before == DateTimeOffset.MaxValue ? (DateTimeOffset?)null : before;
        var rows = await db.Database.SqlQuery<TotalRow>(
            $"""
            select c.sales_rep_id as "RepId", coalesce(max(p.full_name), '') as "Rep", c.currency as "Currency", count(*)::int as "Lines",
                coalesce(sum(c.amount) filter (where e.state is null), 0) as "Pending", coalesce(sum(c.amount) filter (where e.state = 'approved'), 0) as "Approved",
                coalesce(sum(c.amount) filter (where e.state = 'payable'), 0) as "Payable", coalesce(sum(c.amount) filter (where e.state = 'paid'), 0) as "Paid",
                coalesce(sum(c.amount) filter (where e.state = 'rejected'), 0) as "Rejected"
            from commissions c
            left join lateral (
                select x.state from commission_events x where x.commission_id = c.id and ({moment}::timestamptz is null or x.created_at < {moment}) order by x.step desc limit 1) e on true
            left join people p on p.id = c.sales_rep_id
            where c.earned_on >= {from} and c.earned_on < {until} and ({repId}::uuid is null or c.sales_rep_id = {repId}) and ({moment}::timestamptz is null or c.created_at < {moment})
            group by c.sales_rep_id, c.currency
            order by 2, 1, 3
            limit 2000
            """).ToListAsync(ct);
        return [.. rows.Select(r => new RepTotals(r.RepId, r.Rep, r.Currency, r.Lines, r.Pending, r.Approved, r.Payable, r.Paid, r.Rejected))];
    }

    private static async Task<IReadOnlyList<DisputeView>> DisputesAsync(IQueryable<CommissionDispute> disputes, SourcingDb db, CancellationToken ct) =>
        await (from d in disputes
        join c in db.Commissions on d.CommissionId equals c.Id
        orderby d.CreatedAt, d.Id
        select new DisputeView(
            d.Id, d.CommissionId, db.People.Where(p => p.Id == d.SalesRepId).Select(p => p.FullName).FirstOrDefault() ?? "", d.Question, d.CreatedAt, d.Status, d.Answer,
            db.People.Where(p => p.Id == d.AnsweredBy).Select(p => p.FullName).FirstOrDefault() ?? "", d.AnsweredAt, d.CorrectionId, d.Version, c.Amount, c.Currency,
            db.Orders.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }).Where(o => o.Id == c.OrderId).Select(o => o.Number).FirstOrDefault() ?? SourcingDb.OrderTold(c.Arithmetic) ?? "")).Take(200).ToListAsync(ct);
}

internal sealed class TotalRow
{
    public Guid RepId { get; set; }

    public string Rep { get; set; } = "";

    public string Currency { get; set; } = "";

    public int Lines { get; set; }

    public decimal Pending { get; set; }

    public decimal Approved { get; set; }

    public decimal Payable { get; set; }

    public decimal Paid { get; set; }

    public decimal Rejected { get; set; }
}
