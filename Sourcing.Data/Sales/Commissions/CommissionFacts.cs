using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>Reads everything that a run looks at, of everybody, through the functions of 172.commissions.sql.</summary>
internal static class CommissionFacts
{
    private static readonly Dictionary<string, CommissionKind> Kinds = Enum.GetValues<CommissionKind>().ToDictionary(k => Words.Snake(k.ToString()));

    /// <summary>What to reckon with.</summary>
    /// <param name="withLedger">False for a trial from nothing.</param>
    public static async Task<CommissionInput> ReadAsync(SourcingDb db, DateOnly since, DateOnly through, bool withLedger, CancellationToken ct)
    {
        var sql = new RunSql(db);
        var orders = await OrdersAsync(sql, since, ct);
        var plans = await db.CommissionPlans.AsNoTracking().Include(p => p.Versions).OrderBy(p => p.Id).ToListAsync(ct);
        var versions = plans.SelectMany(p => p.Versions.Where(v => v.Status == PlanVersionStatus.Active).Select(p.Terms)).ToList();
        var assignments = await db.CommissionAssignments.AsNoTracking().OrderBy(a => a.Id)
            .Select(a => new PlanAssignment(a.SalesRepId, a.PlanId, a.ValidFrom, a.ValidUntil)).ToListAsync(ct);
        var quotas = new List<PeriodQuota>();
        await sql.ReadAsync("select sales_rep_id, period_start, period_end, amount, currency from app.commission_quotas($1)",
            r => quotas.Add(new(r.GetGuid(0), r.Day(1), r.Day(2), r.GetDecimal(3), r.GetString(4))), ct, since);
        var managers = new Dictionary<Guid, Guid?>();
        await sql.ReadAsync("select id, manager_id from app.commission_people()", r => managers.Add(r.GetGuid(0), r.GuidOrNull(1)), ct);
        return new(since, through, orders, versions, assignments, quotas, managers, withLedger ? await LedgerAsync(sql, since, ct) : [], await CurrencyConversion.LoadAsync(db, null, ct));
    }

    private static async Task<List<LedgerLine>> LedgerAsync(RunSql sql, DateOnly since, CancellationToken ct)
    {
        var lines = new List<LedgerLine>();
        await sql.ReadAsync(
            """
            select id, kind, sales_rep_id, order_id, event_key, plan_id, plan_version_id, period_start, earned_on, base_amount, amount, currency, source_id, bases, is_rejected
            from app.commission_ledger($1)
            """,
            r => lines.Add(new(
                r.GetGuid(0), Kinds[r.GetString(1)], r.GetGuid(2), r.GuidOrNull(3), r.GetString(4), r.GetGuid(5), r.GetGuid(6), r.Day(7), r.Day(8), r.GetDecimal(9), r.GetDecimal(10), r.GetString(11),
                r.GuidOrNull(12), Commission.ReadBases(r.GetString(13))) { IsRejected = r.GetBoolean(14) }), ct, since);
        return lines;
    }

    private static async Task<List<OrderFacts>> OrdersAsync(RunSql sql, DateOnly since, CancellationToken ct)
    {
        var orders = new Dictionary<Guid, OrderReading>();
        await sql.ReadAsync(
            "select id, number, customer, tier, currency, issued_on, received_on, paid_on, cancelled_on, short_on, sale, cost, total, sales_rep_id from app.commission_orders($1)",
            r => orders.Add(r.GetGuid(0), new(new(
                r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.Day(5), r.DayOrNull(6), r.DayOrNull(7), r.DayOrNull(8), r.DayOrNull(9), r.GetDecimal(10),
                r.GetDecimal(11), r.GetDecimal(12), r.GuidOrNull(13)))), ct, since);
        var wanted = orders.Keys.ToArray();
        await sql.ReadAsync("select order_id, id, category, amount, quantity, received from app.commission_lines($1)",
            r => orders[r.GetGuid(0)].Lines.Add(new(r.GetGuid(1), r.GetString(2), r.GetDecimal(3), r.GetDecimal(4), r.GetDecimal(5))), ct, wanted);
        await sql.ReadAsync("select order_id, id, line_id, day, quantity from app.commission_receipts($1)",
            r => orders[r.GetGuid(0)].Receipts.Add(new(r.GetGuid(1), r.GetGuid(2), r.Day(3), r.GetDecimal(4))), ct, wanted);
        await sql.ReadAsync("select order_id, id, is_refund, day, amount from app.commission_payments($1)",
            r => orders[r.GetGuid(0)].Payments.Add(new(r.GetGuid(1), r.GetBoolean(2), r.Day(3), r.GetDecimal(4))), ct, wanted);
        await sql.ReadAsync("select order_id, sales_rep_id, percent from app.commission_shares($1)",
            r => orders[r.GetGuid(0)].Shares.Add(new(r.GetGuid(1), r.GetDecimal(2))), ct, wanted);
        return [.. orders.Values.Select(o => o.Facts())];
    }
}

/// <summary>Makes facts of an order's rows: divides what the customer pays over lines, receipts and payments, so that cents add up.</summary>
internal sealed class OrderReading(FactRow order)
{
    public List<FactLine> Lines { get; } = [];

    public List<FactReceipt> Receipts { get; } = [];

    public List<FactPayment> Payments { get; } = [];

    public List<OrderShare> Shares { get; } = [];

    public OrderFacts Facts()
    {
        var (sale, cost) = (Cents.Round(order.Sale), Cents.Round(order.Cost));
        // An order without priced Lines is one of no category.
        var weights = Lines.Select(l => l.Amount).ToArray();
        var priced = weights.Sum() > 0;
        var sales = priced ? Cents.Split(sale, weights) : [];
        var costs = priced ? Cents.Split(cost, weights) : [];
        List<OrderSlice> whole = priced ? [.. Lines.Select((l, i) => new OrderSlice(l.Category, sales[i], costs[i]))] : [new("", sale, cost)];
        return new(
            order.Id, order.Number, order.Customer, order.Tier, order.Currency, order.IssuedOn, order.ReceivedOn, order.PaidOn, whole,
            priced ? Received(sales, costs) : [], Paid(whole), [.. TakeBacks(sales)],
            Shares.Count > 0 ? Shares : order.SalesRepId is { } rep ? [new(rep, 100)] : []);
    }

    private List<PartEvent> Received(decimal[] sales, decimal[] costs)
    {
        var sofar = new decimal[Lines.Count];
        var events = new List<PartEvent>();
        foreach (var receipt in Receipts)
        {
            var at = 0;
            while (at < Lines.Count && Lines[at].Id != receipt.LineId)
            {
                at++;
            }

            if (at == Lines.Count || Lines[at].Quantity <= 0)
            {
                continue;
            }

            // What comes above the ordered quantity is not sold.
            var (before, after) = (Math.Min(sofar[at], Lines[at].Quantity) / Lines[at].Quantity, Math.Min(sofar[at] + receipt.Quantity, Lines[at].Quantity) / Lines[at].Quantity);
            sofar[at] += receipt.Quantity;
            if (after > before)
            {
                events.Add(new(receipt.Id.ToString(), receipt.Day, [new(Lines[at].Category, Between(sales[at], before, after), Between(costs[at], before, after))]));
            }
        }

        return events;
    }

    private List<PartEvent> Paid(List<OrderSlice> whole)
    {
        var events = new List<PartEvent>();
        var sofar = 0m;
        foreach (var payment in Payments.Where(p => !p.IsRefund && order.Total > 0))
        {
            var (before, after) = (Math.Min(1, sofar / order.Total), Math.Min(1, (sofar + payment.Amount) / order.Total));
            sofar += payment.Amount;
            if (after > before)
            {
                events.Add(new(payment.Id.ToString(), payment.Day, [.. whole.Select(s => new OrderSlice(s.Category, Between(s.Amount, before, after), Between(s.Cost, before, after)))]));
            }
        }

        return events;
    }

    private IEnumerable<TakeBack> TakeBacks(decimal[] sales)
    {
        foreach (var refund in Payments.Where(p => p.IsRefund && order.Total > 0))
        {
            yield return new($"refund:{refund.Id}", TakeBackReason.Refund, refund.Day, Cents.Round(order.Sale * Math.Min(1, refund.Amount / order.Total)));
        }

        if (order.CancelledOn is { } day)
        {
            yield return new("cancelled", TakeBackReason.Cancellation, day, order.Sale);
        }

        if (order.ShortOn is { } closed && sales.Length > 0)
        {
            var rest = Lines.Select((l, i) => l.Quantity > 0 ? Cents.Round(sales[i] * (l.Quantity - l.Received) / l.Quantity) : 0).Sum();
            if (rest > 0)
            {
                yield return new("closed_short", TakeBackReason.ShortClosing, closed, rest);
            }
        }
    }

    // The difference of two rounded parts of the whole, so that all parts together are the whole.
    private static decimal Between(decimal whole, decimal before, decimal after) => Cents.Round(whole * after) - Cents.Round(whole * before);
}

/// <param name="Total">With tax: what payments are compared with.</param>
internal sealed record FactRow(
    Guid Id, string Number, string Customer, string Tier, string Currency, DateOnly IssuedOn, DateOnly? ReceivedOn, DateOnly? PaidOn, DateOnly? CancelledOn, DateOnly? ShortOn, decimal Sale,
    decimal Cost, decimal Total, Guid? SalesRepId);

internal sealed record FactLine(Guid Id, string Category, decimal Amount, decimal Quantity, decimal Received);

internal sealed record FactReceipt(Guid Id, Guid LineId, DateOnly Day, decimal Quantity);

internal sealed record FactPayment(Guid Id, bool IsRefund, DateOnly Day, decimal Amount);
