using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sourcing.Data.Common;

namespace Sourcing.Data.Planning;

/// <summary>A recommendation as somebody saw it.</summary>
/// <param name="Version">Of the row that was looked at.</param>
public sealed record RecommendationRef(Guid Id, uint Version);

/// <summary>Other figures than recommended, and whether they are accepted in the same act.</summary>
public sealed class RecommendationForm : IForm, IValidatableObject
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    public Guid Id { get; init; }

    public uint Version { get; set; }

    /// <summary>In the part's unit; above 0.</summary>
    [Required(ErrorMessage = "Enter the quantity to order.")]
    public decimal? Quantity { get; set; }

    [Display(Name = "Needed by"), Required(ErrorMessage = "Choose the day on which it has to be there.")]
    public DateOnly? NeedBy { get; set; }

    /// <summary>One of those who sell the part.</summary>
    [Display(Name = "Supplier")]
    public Guid? SupplierId { get; set; }

    /// <summary>It takes this quantity though its minimum, multiple or contract says otherwise.</summary>
    [Display(Name = "The supplier agreed to this quantity")]
    public bool SupplierAgreed { get; set; }

    /// <summary>Accept the changed recommendation at once.</summary>
    [JsonIgnore]
    public bool Accept { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Quantity is { } quantity && (quantity <= 0 || quantity > 1_000_000_000m || decimal.Round(quantity, 4) != quantity))
        {
            yield return new("Enter a quantity above 0 and at most 1,000,000,000, with at most four decimals. Reject the recommendation if nothing is to be ordered.", [nameof(Quantity)]);
        }

        if (NeedBy is { Year: < 2000 or > 2999 })
        {
            yield return new("Choose a day from 2000 to 2999.", [nameof(NeedBy)]);
        }
    }
}

/// <summary>An act on one recommendation or on many: all of them, or none.</summary>
public class RecommendationsForm : IForm, IValidatableObject
{
    /// <summary>The most at once.</summary>
    public const int Most = 500;

    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    public IReadOnlyList<RecommendationRef> Rows { get; init; } = [];

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Rows.Count is 0 or > Most)
        {
            yield return new($"Choose 1 to {Most} recommendations; these are {Rows.Count}.", [nameof(Rows)]);
        }
    }
}

/// <summary>Not these, and why.</summary>
public sealed class RejectRecommendationsForm : RecommendationsForm
{
    /// <summary>1 to 500 characters: the next plan shows it.</summary>
    public string Reason { get; set; } = "";

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var fault in base.Validate(validationContext))
        {
            yield return fault;
        }

        if (string.IsNullOrWhiteSpace(Reason) || Reason.Length > 500)
        {
            yield return new("Say in 1 to 500 characters why it is not ordered: the next plan shows it.", [nameof(Reason)]);
        }
    }
}

/// <summary>Accepted, or accepted hereby, and turned into a draft of an RFQ or drafts of orders.</summary>
public sealed class ConvertRecommendationsForm : RecommendationsForm
{
    /// <summary>For orders: the suppliers take these quantities though a minimum or multiple says otherwise.</summary>
    public bool SupplierAgreed { get; set; }
}
