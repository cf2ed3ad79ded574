using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>A template as it is typed. Shape only: <see cref="ScorecardRuleChecks"/> and <see cref="KpiFormula"/> check the rest.</summary>
public sealed class ScorecardTemplateForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>Null for a new template.</summary>
    public Guid? Id { get; set; }

    public uint Version { get; set; }

    [Required(ErrorMessage = "Give the template a name."), StringLength(120, ErrorMessage = "The name is longer than 120 characters.")]
    public string Name { get; set; } = "";

    [StringLength(1000, ErrorMessage = "The description is longer than 1,000 characters.")]
    public string Description { get; set; } = "";

    public ScorePeriod Period { get; set; } = ScorePeriod.Month;

    [Display(Name = "Decay")]
    public decimal Decay { get; set; } = 0.7m;

    [Display(Name = "Small sample, k")]
    public decimal SmallSample { get; set; } = 5;

    public List<CriterionForm> Criteria { get; set; } = [];

    public List<StandingForm> Standings { get; set; } = [];

    /// <summary>A new template to begin with: the KPIs that most ask for, and four standings.</summary>
    public static ScorecardTemplateForm Usual() => new()
    {
        Criteria =
        [
            new() { Name = "On time in full", Weight = 40, Formula = Kpis.OnTimeInFull, ZeroAt = 0.5m, FullAt = 0.98m },
            new() { Name = "Rejected quantity", Weight = 25, Formula = "quality_ppm", ZeroAt = 30_000, FullAt = 0 },
            new() { Name = "Price", Weight = 20, Formula = "price_index", ZeroAt = 0.8m, FullAt = 1 },
            new() { Name = "Answers to RFQs", Weight = 15, Formula = Kpis.ResponseRate, ZeroAt = 0.4m, FullAt = 0.95m },
        ],
        Standings =
        [
            new() { Name = "D", From = 0, Effect = StandingEffect.BlockRfqs }, new() { Name = "C", From = 40, Effect = StandingEffect.Warn },
            new() { Name = "B", From = 60 }, new() { Name = "A", From = 80 },
        ],
    };

    /// <summary>What is typed as rules. Refuses a formula that cannot be read, naming its row.</summary>
    internal ScorecardRules Rules()
    {
        var faults = new List<FieldError>();
        var criteria = new List<CriterionRule>();
        for (var i = 0; i < Criteria.Count; i++)
        {
            try
            {
                criteria.Add(new(Criteria[i].Name, Criteria[i].Weight, KpiFormula.Parse(Criteria[i].Formula ?? ""), Criteria[i].ZeroAt, Criteria[i].FullAt));
            }
            catch (RefusedException refusal)
            {
                faults.Add(new($"Criteria[{i}].Formula", refusal.Message));
            }
        }

        return faults.Count > 0 ? throw new RefusedException(faults) : new(Period, Decay, SmallSample, criteria, [.. Standings.Select(s => new StandingRule(s.Name, s.From, s.Effect))]);
    }
}

/// <inheritdoc cref="CriterionRule"/>
public sealed class CriterionForm
{
    [Required(ErrorMessage = "Give the criterion a name."), StringLength(80, ErrorMessage = "The name is longer than 80 characters.")]
    public string Name { get; set; } = "";

    public decimal Weight { get; set; }

    [Required(ErrorMessage = "Write a KPI or a formula."), StringLength(KpiFormula.Longest, ErrorMessage = "The formula is longer than 300 characters.")]
    public string Formula { get; set; } = "";

    [Display(Name = "Worth 0 at")]
    public decimal ZeroAt { get; set; }

    [Display(Name = "Worth 100 at")]
    public decimal FullAt { get; set; } = 1;
}

/// <inheritdoc cref="StandingRule"/>
public sealed class StandingForm
{
    [Required(ErrorMessage = "Give the standing a name."), StringLength(40, ErrorMessage = "The name is longer than 40 characters.")]
    public string Name { get; set; } = "";

    [Display(Name = "From score")]
    public decimal From { get; set; }

    public StandingEffect Effect { get; set; }
}
