using System.Collections.Frozen;

namespace Sourcing.Data.Planning.Engine;

/// <summary>Applies the suppositions of a what-if to an input; the input itself stays as it is.</summary>
public static class PlanOverrides
{
    /// <summary>Applies them in order. Refuses (ArgumentException) a value outside its range and a scope without its target.</summary>
    public static PlanInput Apply(PlanInput input, IReadOnlyList<PlanOverride> overrides)
    {
        foreach (var change in overrides)
        {
            Demand(change);
            input = Apply(input, change);
        }

        return input;
    }

    private static PlanInput Apply(PlanInput input, PlanOverride change)
    {
        var aim = new Aim(change, change.Scope != PlanOverrideScope.Class ? [] : input.Materials.Where(m => m.Class == change.Class).Select(m => m.Id).ToFrozenSet());
        PlanInput Offers(Func<PlanOffer, PlanOffer> with) => input with { Offers = Each(input.Offers, aim.Hits, with) };
        PlanInput Materials(Func<PlanMaterial, PlanMaterial> with) => input with { Materials = Each(input.Materials, m => aim.Hits(m.Id), with) };
        return change.Kind switch
        {
            PlanOverrideKind.Demand => Materials(m => m.Demand is null ? m : m with { Demand = Scaled(m.Demand, change.Value) }) with
            {
                Forecasts = Each(input.Forecasts, f => aim.Hits(f.MaterialId), f => f with { Quantity = decimal.Round(f.Quantity * change.Value, 6) }),
            },
            PlanOverrideKind.LeadTime => Materials(m => m.IsMade ? m with { MadeLeadTimeDays = (int)Math.Ceiling(New(m.MadeLeadTimeDays, change)) } : m) with
            {
                Offers = Each(input.Offers, aim.Hits, o => o with { LeadTimeDays = (int)Math.Ceiling(New(o.LeadTimeDays, change)) }),
            },
            PlanOverrideKind.Price => Offers(o => o with { Tiers = [.. o.Tiers.Select(t => t with { UnitPrice = decimal.Round(New(t.UnitPrice, change), 6) })] }),
            PlanOverrideKind.SupplierOff => Offers(o => o with { IsActive = false }),
            PlanOverrideKind.Moq => Offers(o => o with { Moq = decimal.Round(New(o.Moq, change), 6) }),
            PlanOverrideKind.ServiceLevel => Materials(m => m with { ServiceLevel = (double)change.Value, FillRate = (double)change.Value }),
            PlanOverrideKind.Stock => Materials(m => m with { OnHand = decimal.Round(New(m.OnHand, change), 6) }),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change.Kind, null),
        };
    }

    /// <summary>What a supposition speaks of.</summary>
    private readonly record struct Aim(PlanOverride Change, FrozenSet<Guid> OfClass)
    {
        public bool Hits(Guid material) => Change.Scope switch
        {
            PlanOverrideScope.All => true,
            PlanOverrideScope.Class => OfClass.Contains(material),
            PlanOverrideScope.Material => material == Change.TargetId,
            _ => false,
        };

        public bool Hits(PlanOffer offer) => Change.Scope == PlanOverrideScope.Supplier ? offer.SupplierId == Change.TargetId : Hits(offer.MaterialId);
    }

    private static T[] Each<T>(IReadOnlyList<T> rows, Func<T, bool> hit, Func<T, T> change) => [.. rows.Select(r => hit(r) ? change(r) : r)];

    /// <summary>Deviations grow with demand, and so does the history that is bootstrapped.</summary>
    private static PlanDemandStats Scaled(PlanDemandStats stats, decimal factor) => stats with
    {
        Mean = stats.Mean * factor, Sigma = stats.Sigma * (double)factor, Mad = stats.Mad * (double)factor,
        History = [.. stats.History.Select(q => decimal.Round(q * factor, 6))],
    };

    private static decimal New(decimal value, PlanOverride change) => change.IsFactor ? value * change.Value : change.Value;

    private static void Demand(PlanOverride change)
    {
        var fits = change.Kind == PlanOverrideKind.ServiceLevel ? change.Value is > 0 and < 1 : change.Value >= 0;
        if (!fits)
        {
            throw new ArgumentException(change.Kind == PlanOverrideKind.ServiceLevel
                ? $"A service level lies between 0 and 1, not at {change.Value}." : $"A supposition is 0 or more, not {change.Value}.");
        }

        var aimed = change.Scope switch
        {
            PlanOverrideScope.Class => change.Class is { Length: > 0 },
            PlanOverrideScope.Material or PlanOverrideScope.Supplier => change.TargetId is not null,
            _ => true,
        };
        var applies = change.Scope != PlanOverrideScope.Supplier
            || change.Kind is PlanOverrideKind.LeadTime or PlanOverrideKind.Price or PlanOverrideKind.SupplierOff or PlanOverrideKind.Moq;
        if (!aimed || !applies)
        {
            throw new ArgumentException(aimed ? $"{change.Kind} cannot be supposed of a supplier." : $"Say which {change.Scope} the supposition is about.");
        }
    }
}
