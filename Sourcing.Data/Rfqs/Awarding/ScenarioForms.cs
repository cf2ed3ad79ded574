using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>The rules of a scenario as people type them: shares in percent, money in the RFQ's currency.</summary>
public sealed record ScenarioForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    /// <summary>The RFQ.</summary>
    public Guid RfqId { get; init; }

    /// <summary>The scenario to change; null for a new one.</summary>
    public Guid? Id { get; init; }

    public uint Version { get; init; }

    [Display(Name = "Name"), Required(ErrorMessage = "Give the scenario a name."), StringLength(80, ErrorMessage = "Keep the name under 80 characters.")]
    public string Name { get; set; } = "";

    [Display(Name = "At most so many suppliers"), Range(1, AwardProblem.MostSuppliers, ErrorMessage = "Between 1 and 16 suppliers.")]
    public int? MostSuppliers { get; set; }

    [Display(Name = "Incumbents stay unless saved"), Range(0, 100, ErrorMessage = "Between 0 and 100 %.")]
    public decimal? IncumbentPercent { get; set; }

    [Display(Name = "Largest share of a supplier"), Range(1, 100, ErrorMessage = "Between 1 and 100 %.")]
    public decimal? LargestSharePercent { get; set; }

    [Display(Name = "Count freight and other costs")]
    public bool FreightAndOther { get; set; } = true;

    [Display(Name = "Switching, a line"), Range(0, 1e9, ErrorMessage = "0 or more.")]
    public decimal SwitchingCost { get; set; }

    [Display(Name = "Late, a line and day"), Range(0, 1e9, ErrorMessage = "0 or more.")]
    public decimal LateCostPerDay { get; set; }

    [Display(Name = "Each supplier"), Range(0, 1e9, ErrorMessage = "0 or more.")]
    public decimal CostPerSupplier { get; set; }

    [Display(Name = "Buy more where a break makes it cheaper")]
    public bool BuyUp { get; set; }

    [Display(Name = "Split lines, to the first"), Range(50, 95, ErrorMessage = "Between 50 and 95 %.")]
    public decimal? SplitPercent { get; set; }

    [Display(Name = "As if minimum quantities were waived")]
    public bool MinimumsWaived { get; set; }

    [Display(Name = "As if order multiples were waived")]
    public bool MultiplesWaived { get; set; }

    [Display(Name = "A score decides instead of costs")]
    public bool ByScore { get; set; }

    public ScoreWeights Weights { get; set; } = new();

    public List<ScenarioLimit> Limits { get; init; } = [];

    /// <summary>The form of rules that are there.</summary>
    public static ScenarioForm Of(Guid rfqId, AwardRules rules) => new()
    {
        RfqId = rfqId, MostSuppliers = rules.MostSuppliers, IncumbentPercent = rules.IncumbentThreshold * 100, LargestSharePercent = rules.LargestShare * 100,
        FreightAndOther = rules.FreightAndOther, SwitchingCost = rules.SwitchingCost, LateCostPerDay = rules.LateCostPerDay, CostPerSupplier = rules.CostPerSupplier,
        BuyUp = rules.BuyUp, SplitPercent = rules.SplitShare * 100, MinimumsWaived = !rules.MinimumQuantities, MultiplesWaived = !rules.OrderMultiples,
        ByScore = rules.Score is not null, Weights = rules.Score is { } score ? score with { } : new(),
        Limits = rules.Limits.ConvertAll(l => new ScenarioLimit
        {
            SupplierId = l.SupplierId, Excluded = l.Excluded, LeastPercent = l.LeastShare * 100, LargestPercent = l.LargestShare * 100, Capacity = l.Capacity,
        }),
    };

    /// <summary>The rules; limits that say nothing are left out.</summary>
    public AwardRules Rules() => new()
    {
        MostSuppliers = MostSuppliers, IncumbentThreshold = IncumbentPercent / 100, LargestShare = LargestSharePercent / 100, FreightAndOther = FreightAndOther,
        SwitchingCost = SwitchingCost, LateCostPerDay = LateCostPerDay, CostPerSupplier = CostPerSupplier, BuyUp = BuyUp, SplitShare = SplitPercent / 100,
        MinimumQuantities = !MinimumsWaived, OrderMultiples = !MultiplesWaived, Score = ByScore ? Weights with { } : null,
        Limits = [.. Limits.Where(l => l.SaysSomething).Select(l => new SupplierLimit
        {
            SupplierId = l.SupplierId, Excluded = l.Excluded, LeastShare = l.LeastPercent / 100, LargestShare = l.LargestPercent / 100, Capacity = l.Capacity,
        })],
    };
}

/// <summary>What holds for one supplier.</summary>
public sealed record ScenarioLimit : IValidatableObject
{
    public Guid SupplierId { get; init; }

    public bool Excluded { get; set; }

    [Display(Name = "At least"), Range(0, 100, ErrorMessage = "Between 0 and 100 %.")]
    public decimal? LeastPercent { get; set; }

    [Display(Name = "At most"), Range(0, 100, ErrorMessage = "Between 0 and 100 %.")]
    public decimal? LargestPercent { get; set; }

    [Display(Name = "Capacity"), Range(0, 1e11, ErrorMessage = "0 or more.")]
    public decimal? Capacity { get; set; }

    internal bool SaysSomething => Excluded || LeastPercent > 0 || LargestPercent is not null || Capacity is not null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LeastPercent > LargestPercent)
        {
            yield return new("The least share lies above the largest.", [nameof(LeastPercent)]);
        }

        if (Excluded && LeastPercent > 0)
        {
            yield return new("Who gets nothing cannot have a least share.", [nameof(LeastPercent)]);
        }
    }
}

/// <summary>Throws a scenario away, or works it out again.</summary>
public sealed record ScenarioKeyForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    public Guid Id { get; init; }

    public uint Version { get; init; }
}
