using Sourcing.Data.Planning.Arithmetic;

namespace Sourcing.Data.Planning.Engine;

/// <summary>Lot rules on the run's arrays.</summary>
internal static class Lots
{
    /// <summary>Works the material's rule out once. D is what is needed over the horizon, brought to a year; never the net need.</summary>
    public static void Choose(PlanModel model, PlanMaterial material, MaterialState state, ISupply supply, Workspace room, out LotRule rule)
    {
        var demand = AnnualDemand(model, state);
        if (material.LotMethod is LotMethod.PeriodicOrderQuantity && material.PeriodsOfSupply is { } periods and > 0)
        {
            rule = new(LotMethod.PeriodicOrderQuantity, default, 0, periods, supply.OrderingCost, supply.UnitCost, 0);
        }
        else
        {
            rule = LotSizing.Rule(new(material.LotMethod)
            {
                AnnualDemand = demand, OrderingCost = supply.OrderingCost, UnitCost = supply.UnitCost, HoldingRate = supply.HoldingRate,
                BucketsPerYear = model.Calendar.BucketsPerYear, FixedQuantity = material.FixedLot ?? 0, BackorderCost = material.BackorderCost ?? 0,
            }, supply.Tiers, model.Settings.BucketCount);
        }

        state.Method = rule.Method;
        state.LotFacts = new(demand, supply.OrderingCost, supply.UnitCost, supply.HoldingRate, rule.Economic.Found ? rule.Economic.Quantity : null);
        if (rule.Method == LotMethod.LotForLot && material.LotMethod is not (LotMethod.LotForLot or LotMethod.Automatic) && demand > 0)
        {
            (state.Issues ??= []).Add(new()
            {
                Severity = PlanSeverity.Low, Code = PlanIssueCodes.LotFallback, MaterialId = material.Id, EntityId = material.Id, Entity = "material",
                RowRef = material.Number,
                Message = $"The lot rule of {material.Number} had nothing to weigh, because a price, holding rate or lot is missing; it was planned lot for lot.",
                Action = "Enter a price and a holding rate above 0 (or the fixed lot), or choose lot for lot.",
            });
        }
    }

    /// <summary>Looks ahead once where the rule plans all buckets together.</summary>
    /// <param name="fence">The first bucket in which anything new may arrive.</param>
    public static void Prepare(PlanModel model, in LotRule rule, int fence, Workspace room)
    {
        if (rule.Method != LotMethod.WagnerWhitin)
        {
            return;
        }

        FillNet(room, fence, 0);
        var count = model.Buckets - fence;
        WagnerWhitin.Plan(room.Net.AsSpan(0, count), rule.OrderingCost, 0, rule.Holding, room.Lots);
        for (var (b, end) = (count - 1, model.Buckets - 1); b >= 0; b--)
        {
            room.LotEnd[b + fence] = end;
            end = room.Lots[b] > 0 ? b + fence - 1 : end;
        }
    }

    /// <summary>The lot for a bucket that lacks something; never below the need.</summary>
    /// <param name="through">The last bucket it looks ahead to; the bucket itself where it does not.</param>
    public static long Size(in LotRule rule, Workspace room, int bucket, long need, long planned, out int through)
    {
        through = bucket;
        switch (rule.Method)
        {
            case LotMethod.LotForLot:
                return need;
            case LotMethod.WagnerWhitin:
                through = room.LotEnd[bucket];
                break;
            case LotMethod.PeriodicOrderQuantity:
                through = Math.Min(bucket + rule.Buckets, room.Lacking.Length) - 1;
                break;
            case LotMethod.SilverMeal:
                FillNet(room, bucket, planned);
                through = bucket + LotSizing.SilverMeal(room.Net.AsSpan(0, room.Lacking.Length - bucket), rule.OrderingCost, rule.Holding) - 1;
                break;
            case LotMethod.Fixed:
                return Math.Max(need, Micro.Up(need, Micro.Of(rule.Quantity)));
            default:
                return Math.Max(need, Micro.Of(rule.Quantity));
        }

        var most = need;
        for (var b = bucket + 1; b <= through; b++)
        {
            most = Math.Max(most, room.Lacking[b] - planned);
        }

        return most;
    }

    /// <summary>D, units a year, from the dated buckets.</summary>
    public static decimal AnnualDemand(PlanModel model, MaterialState state)
    {
        var total = 0L;
        for (var b = 0; b < model.Calendar.Later; b++)
        {
            total += state.Gross(b);
        }

        return total == 0 ? 0 : decimal.Round(Micro.Quantity(total) / model.Settings.BucketCount * model.Calendar.BucketsPerYear, 6);
    }

    /// <summary>What each bucket lacks beyond the buckets before it, from a bucket on.</summary>
    private static void FillNet(Workspace room, int from, long planned)
    {
        var covered = planned;
        for (var b = from; b < room.Lacking.Length; b++)
        {
            var more = room.Lacking[b] - covered;
            room.Net[b - from] = more > 0 ? Micro.Quantity(more) : 0;
            covered += Math.Max(0, more);
        }
    }
}
