using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning;

/// <summary>Says what the figures of a cycle are made of. A cycle that nobody looked at lately is reckoned again from what it saw.</summary>
public sealed class PlanExplanationQueries(Database database, CurrentUser user, PlanQueries plans)
{
    /// <summary>What the run knows of a material beside its table; null where it does not have it.</summary>
    public async Task<MaterialExplained?> MaterialAsync(Guid cycleId, Guid partId, CancellationToken ct) =>
        PlanExplanation.Material(await ResultAsync(cycleId, ct), partId);

    /// <summary>What a figure of the table is made of; null where the cycle does not have it.</summary>
    public async Task<FigureParts?> FigureAsync(Guid cycleId, Guid partId, PlanFigure figure, int bucket, CancellationToken ct)
    {
        var parts = PlanExplanation.Of(await ResultAsync(cycleId, ct), partId, figure, bucket);
        return parts is null || parts.Lines.All(l => l.OrderId is null) ? parts : parts with { Lines = await WithOrdersAsync(parts.Lines, ct) };
    }

    /// <summary>Who needs what the plan orders of a material in the end.</summary>
    /// <param name="needBucket">First day of the bucket of a recommendation; null for all orders of the material.</param>
    /// <param name="supplierId">Of the recommendation.</param>
    public async Task<MaterialNeeds?> NeedsAsync(Guid cycleId, Guid partId, DateOnly? needBucket, Guid? supplierId, CancellationToken ct)
    {
        var result = await ResultAsync(cycleId, ct);
        if (result.RowOf(partId) is not { IsSkipped: false } row)
        {
            return null;
        }

        var orders = PlanExplanation.OrdersOf(result, row).ToList();
        if (needBucket is { } day && PlanExplanation.BucketOf(result, day) is var bucket
            && orders.Where(o => o.Bucket == bucket && o.SupplierId == supplierId).ToList() is { Count: > 0 } meant)
        {
            orders = meant;
        }

        return orders.Count == 0 ? null : NeedTree.Of(result, [.. orders.Select(o => o.Index)]);
    }

    /// <summary>A material's stock in two plans; null where neither has it.</summary>
    public async Task<StockBothWays?> BothWaysAsync(Guid cycleId, Guid baseId, Guid partId, CancellationToken ct)
    {
        var (result, before) = (await ResultAsync(cycleId, ct), await ResultAsync(baseId, ct));
        var material = (result.RowOf(partId) ?? before.RowOf(partId))?.Material;
        var buckets = PhasedPlan.Of(result, partId);
        return material is null || buckets.Count == 0 ? null : new(partId, material.Number, material.Name, material.Unit, buckets, PhasedPlan.Of(before, partId));
    }

    private async Task<PlanResult> ResultAsync(Guid cycleId, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return (await plans.PlanAsync(cycleId, ct)).Result;
    }

    // The run knows the lines of orders; people open the order.
    private async Task<IReadOnlyList<FigureLine>> WithOrdersAsync(IReadOnlyList<FigureLine> lines, CancellationToken ct)
    {
        var ids = lines.Select(l => l.OrderId).OfType<Guid>().Distinct().ToArray();
        var orders = await database.ReadAsync((db, token) => db.OrderLines.Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.OrderId, token), ct);
        return [.. lines.Select(l => l.OrderId is { } line ? l with { OrderId = orders.TryGetValue(line, out var order) ? order : null } : l)];
    }
}
