using Sourcing.Data.Common;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Engine;

namespace Sourcing.Data.Planning.Cycles;

/// <summary>A planned order as it is stored.</summary>
internal sealed record RecommendationRow(Guid Id, PlannedOrder Order, DateOnly NeedBucket)
{
    // End needs named one by one; the small ones after them are one line.
    private const int MostPegs = 40;

    private static readonly (RiskCodes Code, string Word)[] AllCodes = [.. Enum.GetValues<RiskCodes>().Where(c => c != RiskCodes.None).Select(c => (c, Words.Snake(c.ToString())))];

    /// <summary>Snake case, in the order of the engine's list.</summary>
    public string[] Codes { get; private init; } = [];

    public string Reasoning { get; private init; } = "";

    public string Facts { get; private init; } = "{}";

    public string Pegging { get; private init; } = "[]";

    public static RecommendationRow Of(PlanResult plan, PlannedOrder order)
    {
        var needs = plan.Pegging.EndDemands(order.Index);
        var bucket = BucketKey(plan, order.Bucket);
        return new(Guid.CreateVersion7(), order, bucket)
        {
            Codes = [.. AllCodes.Where(c => order.Risks.HasFlag(c.Code)).Select(c => c.Word)],
            Reasoning = Engine.Reasoning.Render(order, plan.Input.Settings.Currency, needs, plan.Input.Settings.Bucket),
            Facts = CycleJson.Write(new RecommendationFacts(order.Facts, order.ReceiptDate, order.ReleaseDate, order.PastDueDays, order.TierFrom, order.OfferId, order.IsMoqExcess)),
            Pegging = CycleJson.Write(Pegs(order, needs)),
        };
    }

    /// <summary>
    /// First day of a bucket, as a key that does not move from day to day: the current week's Monday, though a need there falls due today.
    /// </summary>
    public static DateOnly BucketKey(PlanResult plan, int bucket)
    {
        var start = plan.Buckets[bucket].Start;
        return bucket == 0 && plan.Input.Settings.Bucket == BucketSize.Week ? start.AddDays(-(((int)start.DayOfWeek + 6) % 7)) : start;
    }

    /// <summary>What comparisons look at of an order: as it is stored, or a price in another currency would differ from itself read back by a fraction of a cent.</summary>
    public static PlanDiffLine Line(PlanResult plan, PlannedOrder order) =>
        new(order.Material.Id, order.SupplierId, BucketKey(plan, order.Bucket), order.Quantity, order.UnitCost is { } cost ? decimal.Round(cost, 4, MidpointRounding.AwayFromZero) : null)
        {
            LeadTimeDays = order.LeadTimeDays, OrderBy = order.OrderBy,
        };

    private static List<RecommendationPeg> Pegs(PlannedOrder order, IReadOnlyList<EndDemand> needs)
    {
        var pegs = needs.Take(MostPegs).Select(n => new RecommendationPeg(n.Material.Id, n.Material.Number, Words.Snake(n.Target.ToString()), n.Quantity)).ToList();
        var rest = order.Quantity - pegs.Sum(p => p.Quantity);
        if (rest != 0)
        {
            pegs.Add(new(null, null, "rest", rest));
        }

        return pegs;
    }
}

/// <summary>What was said no to: the last word on each part, need and supplier.</summary>
internal sealed class Rejections
{
    private readonly Dictionary<(Guid Part, DateOnly Bucket, Guid? Supplier), string> _bySupplier = [];
    private readonly Dictionary<(Guid Part, DateOnly Bucket), string> _any = [];

    /// <summary>Reads all whose need is not past.</summary>
    public static async Task<Rejections> ReadAsync(RunSql sql, DateOnly from, CancellationToken ct)
    {
        var all = new Rejections();
        await sql.ReadAsync(
            """
            select r.part_id, r.need_bucket, r.supplier_id, r.reject_reason, r.decided_at::date, c.number, coalesce(p.full_name, 'somebody')
            from procurement_recommendations r join planning_cycles c on c.id = r.cycle_id left join people p on p.id = r.decided_by
            where r.status = 'rejected' and r.need_bucket >= $1 order by r.decided_at
            """,
            r =>
            {
                // The last one read is the latest.
                var text = Text.Cut($"{r.GetString(6)} rejected this need in {r.GetString(5)} on {Text.Day(r.Day(4))}: {r.GetString(3)}", 1000);
                all._bySupplier[(r.GetGuid(0), r.Day(1), r.GuidOrNull(2))] = text;
                all._any[(r.GetGuid(0), r.Day(1))] = text;
            }, ct, from);
        return all;
    }

    /// <summary>The last no to the same need and supplier, else to the same need; null for none.</summary>
    public string? Of(Guid part, Guid? supplier, DateOnly bucket) => _bySupplier.GetValueOrDefault((part, bucket, supplier)) ?? _any.GetValueOrDefault((part, bucket));
}
