using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning;

/// <summary>A material's pegging: whose needs its orders cover, or what covers its needs.</summary>
/// <param name="Cycle">The plan that it is of.</param>
/// <param name="Buckets">Those in which the material has orders (up) or needs (down).</param>
/// <param name="Roots">Orders or needs; each tree's parts come to exactly its root.</param>
/// <param name="More">Roots beyond the limit.</param>
/// <param name="Orders">Order of an open order line.</param>
public sealed record PeggingView(
    CycleRow Cycle, bool IsLatest, PlanMaterial Material, IReadOnlyList<PlanBucket> Buckets, IReadOnlyList<PegNode> Roots, int More, IReadOnlyDictionary<Guid, Guid> Orders);

/// <summary>Reads pegging as trees.</summary>
public sealed class PeggingQueries(Database database, CurrentUser user, PlanQueries plans)
{
    /// <summary>Trees on one page, and knots of each.</summary>
    public const int MostRoots = 20, MostKnots = 300;

    /// <summary>A material's trees. Refuses a cycle that cannot be looked into; null where it does not have the material.</summary>
    /// <param name="cycleId">Null for the last live one.</param>
    /// <param name="up">From its orders to those who need them; else from its needs to what meets them.</param>
    /// <param name="bucket">Null for all.</param>
    public async Task<PeggingView?> TreeAsync(Guid partId, Guid? cycleId, bool up, int? bucket, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        var latest = await plans.LatestAsync(ct);
        var plan = cycleId is { } asked && asked != latest?.Cycle.Id ? await plans.PlanAsync(asked, ct) : latest;
        if (plan?.Result.RowOf(partId) is not { IsSkipped: false } row)
        {
            return null;
        }

        var result = plan.Result;
        var (places, buckets) = up
            ? Split(PlanExplanation.OrdersOf(result, row).Where(o => o.Kind != PlannedOrderKind.PassThrough).Select(o => (o.Index, o.Bucket)), bucket)
            : Split(result.Pegging.DemandsOf(partId).Select(d => (d.Index, PlanExplanation.BucketOf(result, d.Date))), bucket);
        List<PegNode> roots = [.. places.Take(MostRoots).Select(p => up ? result.Pegging.DemandTree(p, MostKnots) : result.Pegging.SupplyTree(partId, p, MostKnots))];
        return new(
            plan.Cycle, plan.Cycle.Id == latest?.Cycle.Id, row.Material, [.. buckets.Select(b => result.Buckets[b])], roots, Math.Max(0, places.Count - MostRoots),
            await OrdersAsync([.. roots.SelectMany(References).Distinct()], ct));
    }

    private static (List<int> Places, List<int> Buckets) Split(IEnumerable<(int Place, int Bucket)> all, int? bucket)
    {
        var known = all.ToList();
        return ([.. known.Where(k => bucket is null || k.Bucket == bucket).Select(k => k.Place)], [.. known.Select(k => k.Bucket).Distinct().Order()]);
    }

    private static IEnumerable<Guid> References(PegNode node) =>
        node.Children.SelectMany(References).Concat(node is { Source: PegSource.Receipt, Reference: { } line } ? [line] : []);

    private Task<Dictionary<Guid, Guid>> OrdersAsync(Guid[] lines, CancellationToken ct) => database.ReadAsync(
        (db, token) => db.OrderLines.Where(l => lines.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.OrderId, token), ct);
}
