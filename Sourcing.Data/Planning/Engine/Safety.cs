using System.Buffers.Binary;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Forecasting;

namespace Sourcing.Data.Planning.Engine;

/// <summary>Safety stock and reorder point of a material, from its parameters and what is known of its demand.</summary>
internal static class Safety
{
    /// <summary>Levels that can be solved for.</summary>
    private const double Least = 0.0001, Most = 0.9999;

    public static void Reckon(PlanModel model, PlanMaterial material, MaterialState state, ISupply supply, in LotRule rule)
    {
        state.LeadTime = supply.LeadTime;
        var period = material.Demand?.PeriodDays ?? model.Calendar.DaysPerBucket;
        var perPeriod = (model.Settings.WorkingDayLeadTimes ? 7.0 / 5 : 1) / period;
        var facts = new SafetyStockFacts(material.SafetyMethod ?? SafetyStockMethod.Percent)
        {
            MeanDemand = material.Demand?.Mean is { } known ? (double)known : MeanDemand(state, period),
            BacktestError = material.Demand?.Sigma,
            MeanAbsoluteDeviation = material.Demand?.Mad,
            LeadTime = supply.LeadTime * perPeriod,
            ReviewInterval = (double)material.ReviewDays / period,
            LeadTimeDeviation = supply.LeadTimeSigma * perPeriod,
            Reliability = (double?)supply.Reliability,
            ServiceLevel = Math.Clamp(material.SafetyMethod == SafetyStockMethod.FillRate ? material.FillRate : material.ServiceLevel, Least, Most),
            OrderQuantity = rule.Economic.Found ? rule.Economic.Quantity : rule.Quantity,
            Percent = material.SafetyMethod == SafetyStockMethod.Percent ? (double)material.SafetyPercent : 0,
            MinimumQuantity = material.SafetyMinimum,
            MaximumQuantity = material.SafetyMaximum,
            MinimumCoverDays = material.SafetyMinimumCoverDays,
            MaximumCoverDays = material.SafetyMaximumCoverDays,
            DaysPerPeriod = period,
            ReviewerQuantity = material.SafetyOverride,
        };
        var bootstrap = Bootstrap(material, facts);
        facts = facts with { LeadTimeQuantile = bootstrap?.Quantile ?? 0, LeadTimeMean = bootstrap?.Mean ?? 0 };
        var result = SafetyStock.Of(facts);
        state.Safety = Micro.Of(result.Quantity);
        state.ReorderPoint = result.ReorderPoint;
        state.SafetyFacts = Facts(material, supply, facts, result, bootstrap);
        Tell(material, state, result, bootstrap);
    }

    private static double MeanDemand(MaterialState state, int period) =>
        state.LotFacts is { AnnualDemand: > 0 } lot ? (double)(lot.AnnualDemand * period / 365m) : 0;

    /// <summary>Demand over lead time and review in whole periods, drawn from the history; null where the method does not ask or nothing is known.</summary>
    private static LeadTimeDemand? Bootstrap(PlanMaterial material, in SafetyStockFacts facts)
    {
        if (facts.Method != SafetyStockMethod.Intermittent || material.SafetyOverride is not null || material.Demand is not { History.Count: > 0 } demand)
        {
            return null;
        }

        var history = new double[demand.History.Count];
        for (var t = 0; t < history.Length; t++)
        {
            history[t] = (double)demand.History[t];
        }

        var periods = Math.Max(1, (int)Math.Ceiling(facts.LeadTime + facts.ReviewInterval - 1e-9));
        return IntermittentDemand.LeadTimeQuantile(history, periods, facts.ServiceLevel, Seed(material.Id));
    }

    /// <summary>Of the material's key: the same draws on every run and on any thread, others for another material.</summary>
    private static ulong Seed(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes) ^ BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
    }

    private static PlanSafetyFacts Facts(PlanMaterial material, ISupply supply, in SafetyStockFacts facts, in SafetyStockResult result, LeadTimeDemand? bootstrap)
    {
        var solves = material.SafetyMethod is SafetyStockMethod.ServiceLevel or SafetyStockMethod.FillRate;
        var known = bootstrap is not null || (solves && result.DemandDeviationSource != DemandDeviationSource.Unknown);
        return new()
        {
            Quantity = result.Quantity,
            Method = material.SafetyMethod,
            IsOverride = result.Rule == SafetyStockRule.Reviewer,
            Factor = solves ? result.SafetyFactor : null,
            MeanDemand = Figures.Quantity(facts.MeanDemand),
            SigmaDemand = result.DemandDeviationSource == DemandDeviationSource.Unknown ? null : result.DemandDeviation,
            PeriodDays = (int)facts.DaysPerPeriod,
            LeadTimeDays = supply.LeadTime,
            SigmaLeadTimeDays = result.LeadTimeDeviation * facts.DaysPerPeriod,
            IsHeuristic = result.LeadTimeDeviationSource == LeadTimeDeviationSource.Heuristic,
            ReviewDays = material.ReviewDays,
            SigmaLeadTimeDemand = solves ? result.Deviation : null,
            ClampedBy = Bound(result.Rule),
            Basis = known && result.Rule != SafetyStockRule.Reviewer ? material.Demand?.Basis : null,
            HistoryPeriods = known ? material.Demand?.Periods ?? 0 : 0,
            LeadTimeQuantile = bootstrap is { } drawn ? Figures.Quantity(drawn.Quantile) : null,
            LeadTimeMean = bootstrap is { } mean ? Figures.Quantity(mean.Mean) : null,
            Level = solves || bootstrap is not null ? facts.ServiceLevel : null,
        };
    }

    private static string? Bound(SafetyStockRule rule) => rule switch
    {
        SafetyStockRule.MinimumQuantity => "minimum",
        SafetyStockRule.MinimumCover => "minimum_cover",
        SafetyStockRule.MaximumQuantity => "maximum",
        SafetyStockRule.MaximumCover => "maximum_cover",
        SafetyStockRule.NotNegative => "not_negative",
        _ => null,
    };

    private static void Tell(PlanMaterial material, MaterialState state, in SafetyStockResult result, LeadTimeDemand? bootstrap)
    {
        if (material.SafetyMethod is null or SafetyStockMethod.Percent || result.Rule == SafetyStockRule.Reviewer)
        {
            return;
        }

        var quantile = material.SafetyMethod == SafetyStockMethod.Intermittent;
        if (quantile ? bootstrap is null : result.DemandDeviationSource == DemandDeviationSource.Unknown)
        {
            (state.Issues ??= []).Add(new()
            {
                // What is critical shall not run out because nobody noticed that nothing is known of it.
                Severity = material.IsCritical ? PlanSeverity.Medium : PlanSeverity.Low, Code = PlanIssueCodes.SafetyUnknown, MaterialId = material.Id,
                EntityId = material.Id, Entity = "material", RowRef = material.Number,
                Message = quantile
                    ? $"Neither sales nor what {material.Number} goes into tell of its demand week by week, so its safety stock is only what its bounds ask for."
                    : $"Nothing is known of how the demand of {material.Number} varies, so its safety stock covers the lead time's variation only.",
                Action = "Import the sales history of it or of what it goes into, or enter a safety stock.",
            });
        }
    }
}
