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
        var orders = await OrdersAsync(db, since, ct);
        var plans = await db.CommissionPlans.AsNoTracking().Include(p => p.Versions).OrderBy(p => p.Id).ToListAsync(ct);
        var versions = plans.SelectMany(p => p.Versions.Where(v => v.Status == PlanVersionStatus.Active).Select(p.Terms)).ToList();
        var assignments = await db.CommissionAssignments.AsNoTracking().OrderBy(a => a.Id)
            .Select(a => new PlanAssignment(a.SalesRepId, a.PlanId, a.ValidFrom, a.ValidUntil)).ToListAsync(ct);
        var quotas = await db.Database.SqlQuery<QuotaRow>(
            $"""select sales_rep_id as "SalesRepId", period_start as "PeriodStart", period_end as "PeriodEnd", amount as "Amount", currency as "Currency" from app.commission_quotas({since})""").ToListAsync(ct);
        var people = await db.Database.SqlQuery<PersonRow>($"""select id as "Id", manager_id as "ManagerId" from app.commission_people()""").ToListAsync(ct);
        return new(
            since, through, orders, versions, assignments, [.. quotas.Select(q => new PeriodQuota(q.SalesRepId, q.PeriodStart, q.PeriodEnd, q.Amount, q.Currency))],
            people.ToDictionary(p => p.Id, p => p.ManagerId), withLedger ? await LedgerAsync(db, since, ct) : [], await CurrencyConversion.LoadAsync(db, null, ct));
    }

    private static async Task<List<LedgerLine>> LedgerAsync(SourcingDb db, DateOnly since, CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<LedgerRow>(
            $"""
            select id as "Id", kind as "Kind", sales_rep_id as "SalesRepId", order_id as "OrderId", event_key as "EventKey", plan_id as "PlanId", plan_version_id as "PlanVersionId",
                period_start as "PeriodStart", earned_on as "EarnedOn", base_amount as "BaseAmount", amount as "Amount", currency as "Currency", source_id as "SourceId", bases as "Bases",
                is_rejected as "IsRejected"
            from app.commission_ledger({since})
            """).ToListAsync(ct);
        return [.. rows.Select(r => new LedgerLine(
            r.Id, Kinds[r.Kind], r.SalesRepId, r.OrderId, r.EventKey, r.PlanId, r.PlanVersionId, r.PeriodStart, r.EarnedOn, r.BaseAmount, r.Amount,
            r.Currency, r.SourceId, Commission.ReadBases(r.Bases)) { IsRejected = r.IsRejected })];
    }

    private static async Task<List<OrderFacts>> OrdersAsync(SourcingDb db, DateOnly since, CancellationToken ct)
    {
        var orders = await db.Database.SqlQuery<FactRow>(
            $"""
            select id as "Id", number as "Number", customer as "Customer", tier as "Tier", currency as "Currency", issued_on as "IssuedOn", received_on as "ReceivedOn", paid_on as "PaidOn",
                cancelled_on as "CancelledOn", short_on as "ShortOn", sale as "Sale", cost as "Cost", total as "Total", sales_rep_id as "SalesRepId"
            from app.commission_orders({since})
            """).ToListAsync(ct);
        var wanted = orders.Select(o => o.Id).ToArray();
        var lines = (await db.Database.SqlQuery<FactLine>(
            $"""select id as "Id", order_id as "OrderId", category as "Category", amount as "Amount", quantity as "Quantity", received as "Received" from app.commission_lines({wanted})""").ToListAsync(ct)).ToLookup(l => l.OrderId);
        var receipts = (await db.Database.SqlQuery<FactReceipt>(
            $"""select id as "Id", order_id as "OrderId", line_id as "LineId", day as "Day", quantity as "Quantity" from app.commission_receipts({wanted})""").ToListAsync(ct)).ToLookup(r => r.OrderId);
        var payments = (await db.Database.SqlQuery<FactPayment>(
            $"""select id as "Id", order_id as "OrderId", is_refund as "IsRefund", day as "Day", amount as "Amount" from app.commission_payments({wanted})""").ToListAsync(ct)).ToLookup(p => p.OrderId);
        var shares = (await db.Database.SqlQuery<ShareRow>(
            $"""select order_id as "OrderId", sales_rep_id as "SalesRepId", percent as "Percent" from app.commission_shares({wanted})""").ToListAsync(ct)).ToLookup(s => s.OrderId);
        return [.. orders.Select(o => new OrderReading(o, [.. lines[o.Id]]).Facts([.. receipts[o.Id]], [.. payments[o.Id]], [.. shares[o.Id].Select(s => new OrderShare(s.SalesRepId, s.Percent))]))];
    }
}

/// <summary>Makes facts of an order's rows: divides what the customer pays over lines, receipts and payments, so that cents add up.</summary>
internal sealed class OrderReading(FactRow order, IReadOnlyList<FactLine> lines)
{
    public OrderFacts Facts(IReadOnlyList<FactReceipt> receipts, IReadOnlyList<FactPayment> payments, IReadOnlyList<OrderShare> shares)
    {
        var (sale, cost) = (Cents.Round(order.Sale), Cents.Round(order.Cost));
        // An order without priced lines is one of no category.
        var weights = lines.Select(l => l.Amount).ToArray();
        var priced = weights.Sum() > 0;
        var sales = priced ? Cents.Split(sale, weights) : [];
        var costs = priced ? Cents.Split(cost, weights) : [];
        List<OrderSlice> whole = priced ? [.. lines.Select((l, i) => new OrderSlice(l.Category, sales[i], costs[i]))] : [new("", sale, cost)];
        return new(
            order.Id, order.Number, order.Customer, order.Tier, order.Currency, order.IssuedOn, order.ReceivedOn, order.PaidOn, whole,
            priced ? Received(receipts, sales, costs) : [], Paid(payments, whole), [.. TakeBacks(payments, sales)],
            shares.Count > 0 ? shares : order.SalesRepId is { } rep ? [new(rep, 100)] : []);
    }

    private List<PartEvent> Received(IReadOnlyList<FactReceipt> receipts, decimal[] sales, decimal[] costs)
    {
        var sofar = new decimal[lines.Count];
        var events = new List<PartEvent>();
        foreach (var receipt in receipts)
        {
            var at = 0;
            while (at < lines.Count && lines[at].Id != receipt.LineId)
            {
                at++;
            }

            if (at == lines.Count || lines[at].Quantity <= 0)
            {
                continue;
            }

            // What comes above the ordered quantity is not sold.
            var (before, after) = (Math.Min(sofar[at], lines[at].Quantity) / lines[at].Quantity, Math.Min(sofar[at] + receipt.Quantity, lines[at].Quantity) / lines[at].Quantity);
            sofar[at] += receipt.Quantity;
            if (after > before)
            {
                events.Add(new(receipt.Id.ToString(), receipt.Day, [new(lines[at].Category, Between(sales[at], before, after), Between(costs[at], before, after))]));
            }
        }

        return events;
    }

    private List<PartEvent> Paid(IReadOnlyList<FactPayment> payments, List<OrderSlice> whole)
    {
        var events = new List<PartEvent>();
        var sofar = 0m;
        foreach (var payment in payments.Where(p => !p.IsRefund && order.Total > 0))
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

    private IEnumerable<TakeBack> TakeBacks(IReadOnlyList<FactPayment> payments, decimal[] sales)
    {
        foreach (var refund in payments.Where(p => p.IsRefund && order.Total > 0))
        {
            yield return new($"refund:{refund.Id}", TakeBackReason.Refund, refund.Day, Cents.Round(order.Sale * Math.Min(1, refund.Amount / order.Total)));
        }

        if (order.CancelledOn is { } day)
        {
            yield return new("cancelled", TakeBackReason.Cancellation, day, order.Sale);
        }

        if (order.ShortOn is { } closed && sales.Length > 0)
        {
            var rest = lines.Select((l, i) => l.Quantity > 0 ? Cents.Round(sales[i] * (l.Quantity - l.Received) / l.Quantity) : 0).Sum();
            if (rest > 0)
            {
                yield return new("closed_short", TakeBackReason.ShortClosing, closed, rest);
            }
        }
    }

    // The difference of two rounded parts of the whole, so that all parts together are the whole.
    private static decimal Between(decimal whole, decimal before, decimal after) => Cents.Round(whole * after) - Cents.Round(whole * before);
}

internal sealed class FactRow
{
    public Guid Id { get; set; }

    public string Number { get; set; } = "";

    public string Customer { get; set; } = "";

    public string Tier { get; set; } = "";

    public string Currency { get; set; } = "";

    public DateOnly IssuedOn { get; set; }

    public DateOnly? ReceivedOn { get; set; }

    public DateOnly? PaidOn { get; set; }

    public DateOnly? CancelledOn { get; set; }

    public DateOnly? ShortOn { get; set; }

    public decimal Sale { get; set; }

    public decimal Cost { get; set; }

    public decimal Total { get; set; }

    public Guid? SalesRepId { get; set; }
}

internal sealed class FactLine
{
    public Guid Id { get; set; }

    public Guid OrderId { get; set; }

    public string Category { get; set; } = "";

    public decimal Amount { get; set; }

    public decimal Quantity { get; set; }

    public decimal Received { get; set; }
}

internal sealed class FactReceipt
{
    public Guid Id { get; set; }

    public Guid OrderId { get; set; }

    public Guid LineId { get; set; }

    public DateOnly Day { get; set; }

    public decimal Quantity { get; set; }
}

internal sealed class FactPayment
{
    public Guid Id { get; set; }

    public Guid OrderId { get; set; }

    public bool IsRefund { get; set; }

    public DateOnly Day { get; set; }

    public decimal Amount { get; set; }
}

internal sealed class ShareRow
{
    public Guid OrderId { get; set; }

    public Guid SalesRepId { get; set; }

    public decimal Percent { get; set; }
}

internal sealed class QuotaRow
{
    public Guid SalesRepId { get; set; }

    public DateOnly PeriodStart { get; set; }

    public DateOnly PeriodEnd { get; set; }

    public decimal Amount { get; set; }

    public string Currency { get; set; } = "";
}

internal sealed class PersonRow
{
    public Guid Id { get; set; }

    public Guid? ManagerId { get; set; }
}

internal sealed class LedgerRow
{
    public Guid Id { get; set; }

    public string Kind { get; set; } = "";

    public Guid SalesRepId { get; set; }

    public Guid? OrderId { get; set; }

    public string EventKey { get; set; } = "";

    public Guid PlanId { get; set; }

    public Guid PlanVersionId { get; set; }

    public DateOnly PeriodStart { get; set; }

    public DateOnly EarnedOn { get; set; }

    public decimal BaseAmount { get; set; }

    public decimal Amount { get; set; }

    public string Currency { get; set; } = "";

    public Guid? SourceId { get; set; }

    public string Bases { get; set; } = "{}";

    public bool IsRejected { get; set; }
}
