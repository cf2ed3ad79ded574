using Sourcing.Data.Operations;
using Sourcing.Data.Sales.Commissions;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Web.Tests.Sales.Commissions;

/// <summary>A small world to reckon commissions in: a plan, representatives, orders, and the ledger that runs fill.</summary>
internal sealed class CommissionWorld
{
    public static readonly DateOnly Start = new(2026, 1, 1);

    public Guid Anna { get; } = Guid.CreateVersion7();

    public Guid Ben { get; } = Guid.CreateVersion7();

    public Guid Mona { get; } = Guid.CreateVersion7();

    public Guid PlanId { get; } = Guid.CreateVersion7();

    public List<CommissionTerms> Versions { get; } = [];

    public List<PlanAssignment> Assignments { get; } = [];

    public List<PeriodQuota> Quotas { get; } = [];

    public Dictionary<Guid, Guid?> Managers { get; } = [];

    public List<OrderFacts> Orders { get; } = [];

    public List<LedgerLine> Ledger { get; } = [];

    public List<(string, DateOnly, decimal)> Rates { get; } = [];

    public static RateRule Flat(decimal percent, string? category = null, string? tier = null) => new(category, tier, RateShape.Flat, [new(0, percent)]);

    public static RateRule Tiered(RateShape shape, params (decimal From, decimal Percent)[] tiers) => new(null, null, shape, [.. tiers.Select(t => new RateTier(t.From, t.Percent))]);

    public CommissionTerms Terms(params RateRule[] rules) =>
        new(Guid.CreateVersion7(), PlanId, "Direct sales", Versions.Count + 1, "EUR", ScorePeriod.Month, Start, null, CommissionBase.OrderAmount, EarningEvent.Issued, rules);

    /// <summary>The plan has these terms, and Anna and Ben are paid by it.</summary>
    public CommissionWorld With(CommissionTerms terms)
    {
        Versions.Add(terms);
        if (Assignments.Count == 0)
        {
            Assignments.AddRange([new(Anna, PlanId, Start, null), new(Ben, PlanId, Start, null)]);
        }

        return this;
    }

    public OrderFacts Order(string number, int month, int day, decimal amount, params OrderShare[] shares) => Add(new(
        Guid.CreateVersion7(), number, "Hartwig Pumps", "A", "EUR", new(2026, month, day), null, null, [new("PUMPS", amount, amount * 0.8m)], [], [], [],
        shares.Length == 0 ? [new(Anna, 100)] : shares));

    public OrderFacts Add(OrderFacts order)
    {
        Orders.Add(order);
        return order;
    }

    public OrderFacts Change(OrderFacts order, Func<OrderFacts, OrderFacts> change)
    {
        var changed = change(order);
        Orders[Orders.IndexOf(order)] = changed;
        return changed;
    }

    /// <summary>Reckons and writes to the ledger.</summary>
    public IReadOnlyList<LedgerLine> Run(DateOnly? through = null, DateOnly? since = null)
    {
        var lines = CommissionArithmetic.Reckon(new(
            since ?? Start, through ?? new(2026, 12, 31), Orders, Versions, Assignments, Quotas, Managers, Ledger, new CurrencyConversion(Rates)));
        Ledger.AddRange(lines);
        return lines;
    }

    public decimal Base(Guid rep) => Ledger.Where(l => l.RepId == rep).Sum(l => l.Base);

    public decimal Sum(Guid rep) => Ledger.Where(l => l.RepId == rep).Sum(l => l.Amount);
}
