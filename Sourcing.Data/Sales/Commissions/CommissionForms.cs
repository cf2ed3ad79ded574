using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Data.Sales.Commissions;

/// <summary>Lines to decide on: named one by one, or all of some people earned in some days.</summary>
public sealed class DecideForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>Approved, Payable or Rejected.</summary>
    public CommissionState State { get; set; } = CommissionState.Approved;

    /// <summary>The lines by name; empty to take all that wait for this step.</summary>
    public IReadOnlyCollection<Guid> Lines { get; set; } = [];

    /// <summary>Whose lines, where none is named; null for everybody's but one's own.</summary>
    public Guid? RepId { get; set; }

    /// <summary>Earned from this day on, where no line is named.</summary>
    public DateOnly From { get; set; } = DateOnly.MinValue;

    /// <summary>Earned before this day.</summary>
    public DateOnly Until { get; set; } = DateOnly.MaxValue;

    /// <summary>Why, for a rejection.</summary>
    [StringLength(500, ErrorMessage = "The reason is longer than 500 characters.")]
    public string Reason { get; set; } = "";
}

/// <summary>A payout of everything that is payable and was earned in some days.</summary>
public sealed class PayoutForm : IForm, IValidatableObject
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    [Required(ErrorMessage = "Choose the first day of the period.")]
    public DateOnly? From { get; set; }

    /// <summary>The first day no more.</summary>
    [Required(ErrorMessage = "Choose the day on which the period is over.")]
    public DateOnly? Until { get; set; }

    [Required(ErrorMessage = "Give the reference of the payment, as the bank or payroll knows it."), StringLength(80, ErrorMessage = "The reference is longer than 80 characters.")]
    public string Reference { get; set; } = "";

    [Required(ErrorMessage = "Choose the day of the payment.")]
    public DateOnly? PaidOn { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Until <= From)
        {
            yield return new("The period would be over before it begins. Choose a later day.", [nameof(Until)]);
        }
    }
}

/// <summary>A question about one's own line.</summary>
public sealed class DisputeForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid CommissionId { get; set; }

    [Required(ErrorMessage = "Say what is wrong with the line."), StringLength(2000, ErrorMessage = "The question is longer than 2,000 characters.")]
    public string Question { get; set; } = "";
}

/// <summary>The answer to a question, with a correction or without.</summary>
public sealed class AnswerForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid Id { get; set; }

    public uint Version { get; set; }

    [Required(ErrorMessage = "Answer the question: the representative reads it."), StringLength(2000, ErrorMessage = "The answer is longer than 2,000 characters.")]
    public string Answer { get; set; } = "";

    /// <summary>What is to be added to the line's amount, in its currency; below 0 takes away; null or 0 for no correction.</summary>
    [Display(Name = "Correction")]
    public decimal? Correction { get; set; }
}

/// <summary>How an order is divided between representatives.</summary>
public sealed class SharesForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid OrderId { get; set; }

    /// <summary>Empty to give the order back to who was responsible on the day of issue.</summary>
    public List<ShareForm> Shares { get; set; } = [];
}

/// <summary>A representative's share.</summary>
public sealed class ShareForm
{
    [Required(ErrorMessage = "Choose a representative.")]
    public Guid? RepId { get; set; }

    public decimal Percent { get; set; }
}

/// <summary>A plan with the version that is being written.</summary>
public sealed class PlanForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>Null for a new plan.</summary>
    public Guid? Id { get; set; }

    /// <summary>The draft; null for a new plan's first.</summary>
    public Guid? VersionId { get; set; }

    public uint Version { get; set; }

    [Required(ErrorMessage = "Give the plan a name."), StringLength(120, ErrorMessage = "The name is longer than 120 characters.")]
    public string Name { get; set; } = "";

    public string Currency { get; set; } = "EUR";

    public ScorePeriod Period { get; set; } = ScorePeriod.Quarter;

    [Required(ErrorMessage = "Choose the first day of the version."), Display(Name = "Valid from")]
    public DateOnly? ValidFrom { get; set; }

    [Display(Name = "Until")]
    public DateOnly? ValidUntil { get; set; }

    public CommissionBase Base { get; set; }

    [Display(Name = "Earned when")]
    public EarningEvent Event { get; set; } = EarningEvent.Paid;

    public List<RuleForm> Rules { get; set; } = [];

    public decimal? Cap { get; set; }

    public decimal? Floor { get; set; }

    public decimal? Accelerator { get; set; }

    public List<BonusForm> Bonuses { get; set; } = [];

    [Display(Name = "Override, %")]
    public decimal? OverridePercent { get; set; }

    [Display(Name = "Override of")]
    public OverrideOf OverrideOf { get; set; } = OverrideOf.Commission;

    [Display(Name = "Override on")]
    public OverrideReach OverrideReach { get; set; }

    [Display(Name = "Clawback window")]
    public int? ClawbackDays { get; set; } = 90;

    /// <summary>A new plan to begin with.</summary>
    public static PlanForm Usual(DateOnly from) => new() { ValidFrom = from, Rules = [new() { Tiers = [new() { Percent = 5 }] }] };

    internal CommissionTerms Terms(Guid planId, Guid versionId, int number) => new(
        versionId, planId, Name.Trim(), number, Currency, Period, ValidFrom!.Value, ValidUntil, Base, Event,
        [.. Rules.Select(r => new RateRule(Blank(r.Category), Blank(r.CustomerTier), r.Shape, [.. r.Tiers.Select(t => new RateTier(t.From, t.Percent))]))],
        Cap, Floor, Accelerator, [.. Bonuses.Select(b => new AttainmentBonus(b.AttainmentPercent, b.Amount))],
        OverridePercent is { } percent ? new(percent, OverrideOf, OverrideReach) : null, ClawbackDays);

    internal static PlanForm Of(CommissionPlan plan, CommissionPlanVersion version)
    {
        var t = plan.Terms(version);
        return new()
        {
            Id = plan.Id, VersionId = version.Id, Version = plan.Version, Name = plan.Name, Currency = plan.Currency, Period = plan.Period, ValidFrom = t.ValidFrom, ValidUntil = t.ValidUntil,
            Base = t.Base, Event = t.Event, Cap = t.Cap, Floor = t.Floor, Accelerator = t.Accelerator, ClawbackDays = t.ClawbackDays, OverridePercent = t.Override?.Percent,
            OverrideOf = t.Override?.Of ?? OverrideOf.Commission, OverrideReach = t.Override?.Reach ?? OverrideReach.DirectReports,
            Rules = [.. t.Rules.Select(r => new RuleForm { Category = r.Category, CustomerTier = r.CustomerTier, Shape = r.Shape, Tiers = [.. r.Tiers.Select(x => new TierForm { From = x.From, Percent = x.Percent })] })],
            Bonuses = [.. (t.Bonuses ?? []).Select(b => new BonusForm { AttainmentPercent = b.AttainmentPercent, Amount = b.Amount })],
        };
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <inheritdoc cref="RateRule"/>
public sealed class RuleForm
{
    [StringLength(50, ErrorMessage = "The category's code is longer than 50 characters.")]
    public string? Category { get; set; }

    [StringLength(20)]
    public string? CustomerTier { get; set; }

    public RateShape Shape { get; set; }

    public List<TierForm> Tiers { get; set; } = [];
}

/// <inheritdoc cref="RateTier"/>
public sealed class TierForm
{
    public decimal From { get; set; }

    public decimal Percent { get; set; }
}

/// <inheritdoc cref="AttainmentBonus"/>
public sealed class BonusForm
{
    public decimal AttainmentPercent { get; set; } = 100;

    public decimal Amount { get; set; }
}

/// <summary>Puts a representative on a plan.</summary>
public sealed class AssignForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid PlanId { get; set; }

    [Required(ErrorMessage = "Choose a representative.")]
    public Guid? RepId { get; set; }

    [Required(ErrorMessage = "Choose the first day."), Display(Name = "From")]
    public DateOnly? From { get; set; }

    [Display(Name = "Until")]
    public DateOnly? Until { get; set; }
}
