using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning;

/// <summary>Turns the pegging tree of orders, which grows from the material, into what a planner asks: which end product needs how much of it, by what it goes into, for which order.</summary>
public static class NeedTree
{
    /// <summary>The end needs behind orders of one material.</summary>
    /// <param name="orders">Their places in the run.</param>
    public static MaterialNeeds Of(PlanResult result, IReadOnlyList<int> orders)
    {
        var roots = orders.Select(o => result.Pegging.DemandTree(o, 400)).ToList();
        var leaves = roots.SelectMany(r => Leaves(r, r.Material.Id, null)).ToList();
        var quantity = roots.Sum(r => r.RootQuantity);
        var knots = leaves.Where(l => IsEnd(l.Node.Target)).GroupBy(l => l.Node.Material.Id)
            .Select(end => End(result, end.First().Node.Material, [.. end]))
            .OrderByDescending(k => k.Quantity).ThenBy(k => k.Text, StringComparer.Ordinal)
            .Concat(leaves.Where(l => !IsEnd(l.Node.Target)).GroupBy(l => l.Node.Target)
                .Select(rest => new NeedKnot("", null, rest.Sum(l => l.Node.RootQuantity), rest.Key, null, null, null, [])).OrderByDescending(k => k.Quantity))
            .ToList();
        return new(quantity, orders.Count == 0 ? null : result.Orders[orders[0]].Bucket, knots, leaves.Sum(l => l.Node.RootQuantity) == quantity);
    }

    private static bool IsEnd(PegTarget? target) => target is PegTarget.FirmOrder or PegTarget.Forecast or PegTarget.Reservation or PegTarget.NegativeStock;

    private static IEnumerable<(PegNode Node, PegNode? Through)> Leaves(PegNode node, Guid root, PegNode? through)
    {
        foreach (var child in node.Children)
        {
            // What the material goes into first is how planners know the way.
            var step = through ?? (child.Material.Id == root ? null : child);
            if (child.Children.Count == 0 && child.Target != PegTarget.Dependent)
            {
                yield return (child, step);
            }
            else
            {
                foreach (var leaf in Leaves(child, root, step))
                {
                    yield return leaf;
                }
            }
        }
    }

    private static NeedKnot End(PlanResult result, PlanMaterial end, IReadOnlyList<(PegNode Node, PegNode? Through)> leaves)
    {
        var ways = leaves.GroupBy(l => l.Through is { } step && step.Material.Id != end.Id ? (Guid?)step.Material.Id : null)
            .SelectMany(way => way.Key is null
                ? Sources(result, way.Select(l => l.Node))
                : way.GroupBy(l => PlanExplanation.BucketOf(result, l.Through!.Date ?? result.Input.AsOf)).OrderBy(b => b.Key)
                    .Select(b => new NeedKnot(
                        b.First().Through!.Material.Name, null, b.Sum(l => l.Node.RootQuantity), PegTarget.Dependent, way.Key, result.Buckets[b.Key].Label, null,
                        [.. Sources(result, b.Select(l => l.Node))])));
        return new(end.Name, null, leaves.Sum(l => l.Node.RootQuantity), null, end.Id, null, null, [.. ways]);
    }

    // An order's parts together; a forecast's over all buckets, or a long horizon would fill the page.
    private static IEnumerable<NeedKnot> Sources(PlanResult result, IEnumerable<PegNode> leaves) =>
        leaves.GroupBy(l => (l.Target, Text: l.Target == PegTarget.Forecast ? null : l.Text, l.Customer))
            .Select(g => new NeedKnot(
                g.Key.Text ?? "", g.Key.Customer, g.Sum(l => l.RootQuantity), g.Key.Target, g.Key.Target == PegTarget.Forecast ? g.First().Material.Id : null, null,
                g.Key.Target == PegTarget.Forecast ? result.RowOf(g.First().Material.Id)?.Confidence : null, []))
            .OrderBy(k => k.Target).ThenByDescending(k => k.Quantity).ThenBy(k => k.Text, StringComparer.Ordinal);
}
