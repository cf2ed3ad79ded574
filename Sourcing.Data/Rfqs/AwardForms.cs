using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>An award as chosen on the comparison.</summary>
public sealed record AwardForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    /// <summary>The RFQ.</summary>
    public Guid Id { get; init; }

    /// <summary>The RFQ's version that the comparison was read with.</summary>
    public uint Version { get; init; }

    public AwardScenarioKind Scenario { get; set; }

    /// <summary>The saved scenario that is carried out; its choices have to be those of the form.</summary>
    public Guid? ScenarioId { get; set; }

    [Display(Name = "Savings against")]
    public SavingsBaseline Baseline { get; set; } = SavingsBaseline.LastPaid;

    [Display(Name = "Justification"), StringLength(2000, ErrorMessage = "Keep the justification under 2,000 characters.")]
    public string Justification { get; set; } = "";

    public List<AwardFormLine> Choices { get; init; } = [];
}

/// <summary>One part of one line.</summary>
public sealed record AwardFormLine
{
    public Guid RfqLineId { get; init; }

    public Guid QuoteLineId { get; init; }

    /// <summary>In the RFQ line's unit.</summary>
    public decimal Quantity { get; set; }
}

/// <summary>The second person's answer.</summary>
public sealed record AwardApprovalForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    /// <summary>The decision.</summary>
    public Guid Id { get; init; }

    public uint Version { get; init; }

    [Display(Name = "Reason"), StringLength(500, ErrorMessage = "Keep the reason under 500 characters.")]
    public string Reason { get; set; } = "";
}
