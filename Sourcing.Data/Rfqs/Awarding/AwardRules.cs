using System.ComponentModel.DataAnnotations;

namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>A kind of rule. Each can be dropped by itself, to see what it costs.</summary>
public enum AwardRule
{
    MostSuppliers,
    Incumbents,
    WeightedScore,
    LargestShare,
    SupplierShares,
    Capacities,
    Exclusions,
    FreightAndOther,
    SwitchingCost,
    LateCost,
    SupplierCost,
    BuyUp,
    Splits,
    MinimumQuantities,
    OrderMultiples,
    PriceBreaks,
}

/// <summary>How much each criterion weighs; only their proportion counts. All 0 or more, at least one above.</summary>
public sealed record ScoreWeights
{
    [Range(0, 1000)] public decimal Price { get; set; } = 60;

    [Range(0, 1000)] public decimal LeadTime { get; set; } = 15;

    /// <summary>The supplier's reliability.</summary>
    [Range(0, 1000)] public decimal Standing { get; set; } = 15;

    /// <summary>Accepted share of what was received.</summary>
    [Range(0, 1000)] public decimal Quality { get; set; } = 10;

    /// <summary>Days until payment.</summary>
    [Range(0, 1000)] public decimal Terms { get; set; }

    /// <summary>What the weights add up to.</summary>
    internal decimal Sum => Price + LeadTime + Standing + Quality + Terms;
}

/// <summary>What holds for one supplier.</summary>
public sealed record SupplierLimit
{
    public Guid SupplierId { get; set; }

    /// <summary>Gets nothing.</summary>
    public bool Excluded { get; set; }

    /// <summary>At least this share of the goods awarded, 0..1.</summary>
    [Range(0, 1)] public decimal? LeastShare { get; set; }

    /// <summary>At most this share of the goods awarded, 0..1.</summary>
    [Range(0, 1)] public decimal? LargestShare { get; set; }

    /// <summary>Goods for at most this amount, in the RFQ's currency.</summary>
    [Range(0, 1e11)] public decimal? Capacity { get; set; }
}

/// <summary>
/// By what an award is chosen. Whatever the rules, fewest lines stay open first; among those awards the objective is least: all
/// costs that count, or with <see cref="Score"/> the points lost (see <see cref="OfferScores"/>).
/// </summary>
public sealed record AwardRules
{
    /// <summary>At most so many suppliers; null for any number.</summary>
    [Range(1, AwardProblem.MostSuppliers)] public int? MostSuppliers { get; set; }

    /// <summary>
    /// The incumbent of a line keeps it unless another saves more than this share (0..1) of the incumbent's cost of the line, late
    /// and switching costs included; null without such a rule. A line whose incumbent offers nothing is free.
    /// </summary>
    [Range(0, 1)] public decimal? IncumbentThreshold { get; set; }

    /// <summary>Weighs more than costs; null when costs decide.</summary>
    public ScoreWeights? Score { get; set; }

    /// <summary>No supplier gets more than this share (0..1) of the goods; null without such a rule.</summary>
    [Range(0, 1)] public decimal? LargestShare { get; set; }

    /// <summary>What holds for single suppliers.</summary>
    public List<SupplierLimit> Limits { get; init; } = [];

    /// <summary>Freight and other costs of a quote count once it gets a line.</summary>
    public bool FreightAndOther { get; set; } = true;

    /// <summary>For each line that leaves its incumbent, in the RFQ's currency.</summary>
    [Range(0, 1e9)] public decimal SwitchingCost { get; set; }

    /// <summary>For each line and day of late delivery, in the RFQ's currency.</summary>
    [Range(0, 1e9)] public decimal LateCostPerDay { get; set; }

    /// <summary>For each supplier that gets anything, in the RFQ's currency.</summary>
    [Range(0, 1e9)] public decimal CostPerSupplier { get; set; }

    /// <summary>More than needed may be bought where a price break makes that cheaper.</summary>
    public bool BuyUp { get; set; }

    /// <summary>A line may go to two suppliers, this share (0.5..0.95) to the first; null when lines stay whole. Where an offer is short, it gives what it has and a second one the rest.</summary>
    [Range(0.5, 0.95)] public decimal? SplitShare { get; set; }

    /// <summary>Minimum quantities hold; without, as if they were waived.</summary>
    public bool MinimumQuantities { get; set; } = true;

    /// <summary>Order multiples hold; without, as if they were waived.</summary>
    public bool OrderMultiples { get; set; } = true;

    /// <summary>Price breaks hold; without, the plain price does.</summary>
    public bool PriceBreaks { get; set; } = true;

    /// <summary>The rules that say something, in the order of <see cref="AwardRule"/>.</summary>
    public IReadOnlyList<AwardRule> Said(AwardProblem problem) => [.. Enum.GetValues<AwardRule>().Where(rule => rule switch
    {
        AwardRule.MostSuppliers => MostSuppliers < problem.Suppliers.Count,
        AwardRule.Incumbents => IncumbentThreshold is not null,
        AwardRule.WeightedScore => Score is not null,
        AwardRule.LargestShare => LargestShare < 1,
        AwardRule.SupplierShares => Limits.Any(l => l.LeastShare > 0 || l.LargestShare < 1),
        AwardRule.Capacities => Limits.Any(l => l.Capacity is not null),
        AwardRule.Exclusions => Limits.Any(l => l.Excluded),
        AwardRule.FreightAndOther => FreightAndOther && problem.Suppliers.Any(s => s.Extra > 0),
        AwardRule.SwitchingCost => SwitchingCost > 0,
        AwardRule.LateCost => LateCostPerDay > 0,
        AwardRule.SupplierCost => CostPerSupplier > 0,
        AwardRule.BuyUp => BuyUp,
        AwardRule.Splits => SplitShare is not null,
        AwardRule.MinimumQuantities => MinimumQuantities && problem.Lines.Any(l => l.Offers.Any(o => o.Minimum > o.Needed)),
        AwardRule.OrderMultiples => OrderMultiples && problem.Lines.Any(l => l.Offers.Any(o => o.Multiple is > 0 and var m && o.Needed % m != 0)),
        _ => PriceBreaks && problem.Lines.Any(l => l.Offers.Any(o => o.Breaks.Count > 0)),
    })];

    /// <summary>The same without one.</summary>
    public AwardRules Without(AwardRule rule) => rule switch
    {
        AwardRule.MostSuppliers => this with { MostSuppliers = null },
        AwardRule.Incumbents => this with { IncumbentThreshold = null },
        AwardRule.WeightedScore => this with { Score = null },
        AwardRule.LargestShare => this with { LargestShare = null },
        AwardRule.SupplierShares => this with { Limits = Limits.ConvertAll(l => l with { LeastShare = null, LargestShare = null }) },
        AwardRule.Capacities => this with { Limits = Limits.ConvertAll(l => l with { Capacity = null }) },
        AwardRule.Exclusions => this with { Limits = Limits.ConvertAll(l => l with { Excluded = false }) },
        AwardRule.FreightAndOther => this with { FreightAndOther = false },
        AwardRule.SwitchingCost => this with { SwitchingCost = 0 },
        AwardRule.LateCost => this with { LateCostPerDay = 0 },
        AwardRule.SupplierCost => this with { CostPerSupplier = 0 },
        AwardRule.BuyUp => this with { BuyUp = false },
        AwardRule.Splits => this with { SplitShare = null },
        AwardRule.MinimumQuantities => this with { MinimumQuantities = false },
        AwardRule.OrderMultiples => this with { OrderMultiples = false },
        _ => this with { PriceBreaks = false },
    };
}
