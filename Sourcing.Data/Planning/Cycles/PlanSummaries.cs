using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>What a plan comes to.</summary>
internal static class PlanSummaries
{
    private sealed class Sums(int buckets)
    {
        public readonly PlanFlow Flow = new(buckets);
        public decimal Cost, Stock, Needs, Open;
        public int Orders, Late;
    }

    /// <summary>Adds up rows and orders, material by material on all cores; sums are exact, so their order has no bearing.</summary>
    public static PlanSummary Of(PlanResult plan)
    {
        var total = new Sums(0);
        Parallel.ForEach(plan.Rows, () => new Sums(plan.Buckets.Count), (row, _, own) =>
        {
            Add(plan, row, own);
            return own;
        },
        own =>
        {
            lock (total)
            {
                (total.Cost, total.Stock, total.Needs, total.Open) = (total.Cost + own.Cost, total.Stock + own.Stock, total.Needs + own.Needs, total.Open + own.Open);
                (total.Orders, total.Late) = (total.Orders + own.Orders, total.Late + own.Late);
            }
        });
        return new(
            decimal.Round(total.Cost, 2), total.Orders, total.Late, decimal.Round(total.Stock / Math.Max(1, plan.Buckets.Count - 1), 2),
            total.Needs == 0 ? null : decimal.Round(Math.Max(0, 1 - (total.Open / total.Needs)), 4), plan.Counts.Messages, plan.Counts.Recommendations, plan.Counts.BlockingIssues);
    }

    private static void Add(PlanResult plan, PlanRow row, Sums sums)
    {
        if (row.IsSkipped)
        {
            return;
        }

        var (flow, cost) = (sums.Flow, row.Lot.UnitCost > 0 ? row.Lot.UnitCost : row.Material.StandardCost ?? 0);
        plan.Fill(row, flow);
        var (stock, needs) = (0m, 0m);
        for (var b = 0; b < plan.Buckets.Count; b++)
        {
            stock += b < plan.Buckets.Count - 1 ? Math.Max(0, flow.WithPlan[b]) : 0;
            needs += flow.Gross[b];
        }

        sums.Stock += stock / Micro.One * cost;
        sums.Needs += needs / Micro.One * cost;
        var open = new Dictionary<int, (decimal Late, decimal Need)>();
        foreach (var order in plan.FiguresOf(row))
        {
            if (order.Kind == PlannedOrderKind.Purchase)
            {
                sums.Orders++;
                sums.Cost += order.TotalCost ?? 0;
            }

            if (order.IsLate)
            {
                sums.Late++;
                open[order.Bucket] = (open.GetValueOrDefault(order.Bucket).Late + order.Quantity, order.NetNeed);
            }
        }

        // Of what comes late only the need counts, and of that only what is wanted rather than kept as safety stock.
        foreach (var (bucket, (quantity, need)) in open)
        {
            sums.Open += Math.Min(Math.Min(quantity, need), Micro.Quantity(flow.Gross[bucket])) * cost;
        }
    }
}
