namespace Sourcing.Data.Planning;

/// <summary>What one of a part costs when it is bought.</summary>
/// <param name="Cost">In the base currency.</param>
/// <param name="Supplier">Null for the standard cost.</param>
internal sealed record BoughtPrice(decimal Cost, string? Supplier);

/// <summary>
/// Takes a part apart through all levels. Totals are summed over lines in the order of low-level codes, so that a part with a million ways to the
/// top is reckoned once; the tree, which shows each way, ends at <see cref="BomQueries.MostNodes"/> places.
/// </summary>
internal sealed class BomExplosion
{
    private readonly Guid _root;
    private readonly IReadOnlyDictionary<Guid, BomPart> _parts;
    private readonly BomArithmetic _arithmetic;
    private readonly ILookup<Guid, BomLink> _below;
    private readonly List<Guid> _order = [];
    private readonly Dictionary<Guid, int> _levels = [];

    public BomExplosion(Guid root, IReadOnlyList<BomLink> links, IReadOnlyDictionary<Guid, BomPart> parts, BomArithmetic arithmetic)
    {
        (_root, _parts, _arithmetic) = (root, parts, arithmetic);
        _below = links.OrderBy(l => l.Position).ThenBy(l => parts[l.ComponentId].Number, StringComparer.Ordinal).ThenBy(l => l.LineId).ToLookup(l => l.ParentId);
        Rank(links);
    }

    /// <summary>Parts without components on the day, of those that are no part of a cycle.</summary>
    public IEnumerable<Guid> Bought => _order.Where(id => id != _root && !_below[id].Any());

    /// <summary>What is needed of each part for so many of the top one, unrounded; null where a unit does not convert.</summary>
    public Dictionary<Guid, decimal?> Needs(decimal quantity)
    {
        var needs = new Dictionary<Guid, decimal?> { [_root] = quantity };
        foreach (var parent in _order)
        {
            foreach (var link in _below[parent].Where(l => _levels.ContainsKey(l.ComponentId)))
            {
                var need = needs[parent] * Per(link);
                needs[link.ComponentId] = needs.TryGetValue(link.ComponentId, out var so) ? so + need : need;
            }
        }

        return needs;
    }

    /// <summary>What one of each part costs: bought at its price, made of what its components cost. Null where anything is missing.</summary>
    public Dictionary<Guid, decimal?> UnitCosts(IReadOnlyDictionary<Guid, BoughtPrice> prices)
    {
        var costs = new Dictionary<Guid, decimal?>();
        foreach (var id in Enumerable.Reverse(_order))
        {
            costs[id] = !_below[id].Any() && id != _root
                ? prices.GetValueOrDefault(id)?.Cost
                : _below[id].Aggregate((decimal?)0, (sum, link) => sum + (costs.GetValueOrDefault(link.ComponentId) * Per(link)));
        }

        return costs;
    }

    /// <summary>Each part once, by low-level code and number.</summary>
    public IReadOnlyList<BomTotal> Totals(IReadOnlyDictionary<Guid, decimal?> needs, IReadOnlyDictionary<Guid, decimal?> costs, IReadOnlyDictionary<Guid, BoughtPrice> prices) =>
        [.. _order.Where(id => id != _root).OrderBy(id => _levels[id]).ThenBy(id => _parts[id].Number, StringComparer.Ordinal).Select(id => new BomTotal(
            id, _parts[id].Number, _parts[id].Name, _parts[id].Unit, _levels[id], Kept(needs[id]), !_below[id].Any(), costs[id], prices.GetValueOrDefault(id)?.Supplier))];

    /// <summary>Every place of every part, from the top; and whether it had to end early.</summary>
    public (IReadOnlyList<BomNode> Nodes, bool IsCut) Tree(decimal quantity, IReadOnlyDictionary<Guid, decimal?> costs)
    {
        var nodes = new List<BomNode>();
        var way = new HashSet<Guid> { _root };
        var cut = false;
        void Descend(Guid parent, int? above, int level, decimal? need)
        {
            foreach (var link in _below[parent])
            {
                if (nodes.Count == BomQueries.MostNodes)
                {
                    cut = true;
                    return;
                }

                var part = _parts[link.ComponentId];
                var here = need * Per(link);
                var cycle = way.Contains(part.Id);
                nodes.Add(new(
                    nodes.Count, above, level, part.Id, part.Number, part.Name, part.Unit, link.QuantityPer, link.IsShare ? null : _arithmetic.Code(link.UnitId!.Value), link.ScrapRate, part.Yield,
                    part.IsPhantom, Kept(here), _arithmetic.Fault(_parts[parent], part, link.UnitId, link.IsShare), cycle, _below[part.Id].Count(), costs.GetValueOrDefault(part.Id)));
                if (!cycle)
                {
                    way.Add(part.Id);
                    Descend(part.Id, nodes.Count - 1, level + 1, here);
                    way.Remove(part.Id);
                }
            }
        }

        Descend(_root, null, 1, quantity);
        return (nodes, cut);
    }

    /// <summary>The cycles: for each knot of parts that are made of each other one way round, the shortest.</summary>
    public IReadOnlyList<IReadOnlyList<Guid>> Cycles() => BomCycles.Find(_below.SelectMany(g => g.Select(l => (l.ParentId, l.ComponentId))), 20);

    /// <summary>To the six decimals that quantities have.</summary>
    public static decimal? Kept(decimal? quantity) => quantity is { } q ? decimal.Round(q, 6, MidpointRounding.AwayFromZero) : null;

    private decimal? Per(BomLink link) => _arithmetic.PerParent(_parts[link.ParentId], _parts[link.ComponentId], link);

    // Kahn's order: a part comes when all its parents have; what never comes lies in a cycle or below one.
    private void Rank(IReadOnlyList<BomLink> links)
    {
        var waiting = links.GroupBy(l => l.ComponentId).ToDictionary(g => g.Key, g => g.Count());
        if (waiting.ContainsKey(_root))
        {
            return;
        }

        var ready = new Queue<Guid>([_root]);
        _levels[_root] = 0;
        var levels = new Dictionary<Guid, int> { [_root] = 0 };
        while (ready.TryDequeue(out var part))
        {
            _order.Add(part);
            _levels[part] = levels[part];
            foreach (var link in _below[part])
            {
                levels[link.ComponentId] = Math.Max(levels.GetValueOrDefault(link.ComponentId), levels[part] + 1);
                if (--waiting[link.ComponentId] == 0)
                {
                    ready.Enqueue(link.ComponentId);
                }
            }
        }
    }
}

/// <summary>Finds cycles among parts and their components.</summary>
internal static class BomCycles
{
    /// <summary>For each knot of parts that are made of each other one way round, the shortest from its smallest key, at most <paramref name="most"/>.</summary>
    public static IReadOnlyList<IReadOnlyList<Guid>> Find(IEnumerable<(Guid Parent, Guid Component)> edges, int most)
    {
        var tree = Peeled(edges.Distinct().ToList()).ToLookup(e => e.Parent, e => e.Component);
        var cycles = new List<IReadOnlyList<Guid>>();
        var told = new HashSet<Guid>();
        foreach (var part in tree.Select(g => g.Key).Order())
        {
            if (cycles.Count < most && !told.Contains(part) && BomGraphReading.Way(tree, part, part) is { } way)
            {
                cycles.Add(way);
                told.UnionWith(way);
            }
        }

        return cycles;
    }

    // Without tops and without ends, again and again, until only cycles and the ways between them are left.
    private static List<(Guid Parent, Guid Component)> Peeled(List<(Guid Parent, Guid Component)> edges)
    {
        while (true)
        {
            var (parents, components) = (edges.Select(e => e.Parent).ToHashSet(), edges.Select(e => e.Component).ToHashSet());
            var left = edges.Where(e => components.Contains(e.Parent) && parents.Contains(e.Component)).ToList();
            if (left.Count == edges.Count)
            {
                return left;
            }

            edges = left;
        }
    }
}
