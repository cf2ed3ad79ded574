using System.ComponentModel.DataAnnotations;

namespace Sourcing.Data.Rfqs;

/// <summary>Holds an open RFQ.</summary>
public sealed class PauseForm : RfqActForm
{
    [Required(ErrorMessage = "Say why it is paused: the suppliers will read it.")]
    [StringLength(400, ErrorMessage = "The reason is longer than 400 characters. Shorten it.")]
    public string Reason { get; set; } = "";
}

/// <summary>Lets a paused RFQ go on, until the same deadline or a later one.</summary>
public sealed class ResumeForm : RfqActForm
{
    [Required(ErrorMessage = "Choose until when suppliers may quote.")]
    public DateTime? Deadline { get; set; }

    [Required(ErrorMessage = "Choose the time zone of the deadline.")]
    public string DeadlineTimeZone { get; set; } = "Europe/Berlin";
}

/// <summary>Starts the next round.</summary>
public sealed class NextRoundForm : RfqActForm, IValidatableObject
{
    /// <summary>The round that the page showed: the next follows it.</summary>
    public int Round { get; init; }

    [Required(ErrorMessage = "Choose until when suppliers may quote.")]
    public DateTime? Deadline { get; set; }

    [Required(ErrorMessage = "Choose the time zone of the deadline.")]
    public string DeadlineTimeZone { get; set; } = "Europe/Berlin";

    [StringLength(RfqRound.LongestMessage, ErrorMessage = "The message is longer than 2,000 characters. Attach the rest as a file.")]
    public string Message { get; set; } = "";

    /// <summary>Each chosen supplier that quoted reads its own rank and how many quoted.</summary>
    public bool ShowRank { get; set; }

    public HashSet<Guid> SupplierIds { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SupplierIds.Count == 0)
        {
            yield return new("No supplier is chosen. Choose at least one for the next round.", [nameof(SupplierIds)]);
        }
    }
}

/// <summary>A supplier who may be asked again.</summary>
/// <param name="Round">The last round that it was asked in.</param>
/// <param name="Total">Landed cost in the RFQ's currency; null without a comparable offer.</param>
/// <param name="Lines">How many lines are in it.</param>
/// <param name="WhyNot">Why it cannot be invited; null when it can.</param>
public sealed record RoundCandidate(Guid SupplierId, string Supplier, int Round, InvitationStatus Status, decimal? Total, int Lines, int? Rank, string? WhyNot)
{
    /// <summary>Quoted in the round that ends.</summary>
    public bool Quoted => Status == InvitationStatus.Quoted;
}

/// <summary>What the next round is chosen from.</summary>
public sealed record RoundChoices(int Round, int Lines, string Currency, IReadOnlyList<RoundCandidate> Candidates);

/// <summary>A round as shown.</summary>
public sealed record RoundView(int Round, DateTimeOffset StartedAt, string ByName, DateTimeOffset Deadline, string Message, bool ShowsRank, int Chosen);
