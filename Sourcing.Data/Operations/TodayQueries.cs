using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Operations;

/// <summary>Gathers what needs a buyer today.</summary>
public sealed class TodayQueries(Database database, CurrentUser user, ApprovalQueries approvals)
{
    /// <summary>Rows of each list.</summary>
    public const int Most = 6;

    /// <summary>Deadlines within so many days are near.</summary>
    public const int NearDays = 7;

    private static readonly LateReason[] Late = [LateReason.Overdue, LateReason.PromisedLate, LateReason.PlanNeedsEarlier];

    /// <summary>What waits now.</summary>
    /// <param name="everybody">Of all buyers; otherwise only what this person buys. Approvals are always what this person may give.</param>
    public async Task<TodayView> ForAsync(bool everybody, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        user.Demand(Permission.OrdersRead);
        var waiting = user.May(Permission.OrdersApprove) ? (await approvals.WaitingAsync(ct)).Where(a => a is { IsOwn: false, WithinLimit: true }).ToList() : [];
        return await database.ReadAsync(
            async (db, token) =>
            {
                var now = await db.NowAsync(token);
                var rfqs = db.Rfqs.Where(r => everybody || r.BuyerId == user.Id);
                var orders = db.Orders.Where(o => everybody || o.BuyerId == user.Id);
                var closing = rfqs.Where(r => r.Status == RfqStatus.Open && r.Deadline <= now.AddDays(NearDays));
                var closed = rfqs.Where(r => r.Status == RfqStatus.Closed || r.Status == RfqStatus.Evaluating);
                var questions =
                    from q in db.RfqQuestions.Where(q => q.AnsweredAt == null)
                    join r in rfqs.Where(r => r.Status == RfqStatus.Open || r.Status == RfqStatus.Paused || r.Status == RfqStatus.Closed || r.Status == RfqStatus.Evaluating) on q.RfqId equals r.Id
                    join s in db.Suppliers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on q.SupplierId equals s.Id
                    orderby q.CreatedAt, q.Id
                    select new TodayQuestion(r.Id, r.Number, s.Name, q.Text, q.CreatedAt);
                var toIssue = orders.Where(o => o.Status == OrderStatus.Approved);
                var late = LateLineList.All(db, Orders.Days.Today(now, user.Identity.TimeZone)).Where(l => Late.Contains(l.Reason) && (everybody || l.BuyerId == user.Id));
                var (spend, leftOut) = await SpendAsync(db, orders, now, token);
                return new TodayView(
                    new(await closing.CountAsync(token), await Shown(db, closing.OrderBy(r => r.Deadline).ThenBy(r => r.Id)).ToListAsync(token)),
                    new(await closed.CountAsync(token), await Shown(db, closed.OrderBy(r => r.ClosedAt).ThenBy(r => r.Id)).ToListAsync(token)),
                    new(await questions.CountAsync(token), await questions.Take(Most).ToListAsync(token)),
                    new(waiting.Count, [.. waiting.Take(Most)]),
                    new(await toIssue.CountAsync(token), await (
                        from o in toIssue.OrderBy(o => o.OrderedAt).ThenBy(o => o.Id).Take(Most)
                        join s in db.Suppliers.IgnoreQueryFilters(new[] { SourcingDb.LiveRows }) on o.SupplierId equals s.Id
                        orderby o.OrderedAt, o.Id
                        select new TodayOrder(o.Id, o.Number, s.Name, o.Total, o.Currency, o.OrderedAt)).ToListAsync(token)),
                    new(await late.CountAsync(token), await late.OrderByDescending(l => l.DaysLate).ThenBy(l => l.Id).Take(Most).ToListAsync(token)),
                    spend, leftOut);
            },
            ct);
    }

    private static IQueryable<TodayRfq> Shown(SourcingDb db, IQueryable<Rfq> rfqs) => rfqs.Take(Most).Select(r => new TodayRfq(
        r.Id, r.Number, r.Title, r.Status, r.Deadline,
        db.RfqInvitations.Count(i => i.RfqId == r.Id && i.Round == r.Round && i.InvitedAt != null),
        db.RfqInvitations.Count(i => i.RfqId == r.Id && i.Round == r.Round && i.InvitedAt != null && i.RespondedAt != null)));

    private static async Task<(IReadOnlyList<MonthSpend> Spend, int LeftOut)> SpendAsync(SourcingDb db, IQueryable<Order> orders, DateTimeOffset now, CancellationToken ct)
    {
        var (utc, months) = (now.UtcDateTime, 12);
        var first = new DateTimeOffset(utc.Year, utc.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1 - months);
        var sums = await orders.Where(o => o.OrderedAt >= first && o.Status != OrderStatus.Draft && o.Status != OrderStatus.Cancelled)
            .GroupBy(o => new { o.OrderedAt.Year, o.OrderedAt.Month, o.Currency })
            .Select(g => new { g.Key.Year, g.Key.Month, g.Key.Currency, Total = g.Sum(o => o.Total), Count = g.Count() }).ToListAsync(ct);
        var rates = await CurrencyConversion.LoadAsync(db, sums.Select(s => s.Currency), ct);
        var leftOut = 0;
        var spend = new List<MonthSpend>();
        for (var month = DateOnly.FromDateTime(first.UtcDateTime); spend.Count < months; month = month.AddMonths(1))
        {
            var (total, count) = (0m, 0);
            foreach (var sum in sums.Where(s => s.Year == month.Year && s.Month == month.Month))
            {
                var converted = rates.TryConvert(sum.Total, sum.Currency, CurrencyConversion.Base, month.AddMonths(1).AddDays(-1));
                (total, count, leftOut) = converted is { } known ? (total + known.Amount, count + sum.Count, leftOut) : (total, count, leftOut + sum.Count);
            }

            spend.Add(new(month, Order.Cents(total), count));
        }

        return (spend, leftOut);
    }
}
