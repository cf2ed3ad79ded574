using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Rfqs;

/// <summary>The editor's form: a whole draft with its lines.</summary>
public sealed class RfqForm : IForm, IValidatableObject
{
    /// <summary>The most lines of one RFQ.</summary>
    public const int MostLines = 1000;

    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; init; }

    public uint Version { get; init; }

    [Required(ErrorMessage = "Give the RFQ a title, such as \"Combed cotton yarns, spring programme\".")]
    [StringLength(200, ErrorMessage = "The title is longer than 200 characters. Shorten it.")]
    public string Title { get; set; } = "";

    [StringLength(8000, ErrorMessage = "The description is longer than 8,000 characters. Attach the rest as a file.")]
    public string Description { get; set; } = "";

    public Guid? CategoryId { get; set; }

    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "Choose a currency by its three letters, such as EUR.")]
    [Required(ErrorMessage = "Choose the currency of target prices and comparison.")]
    public string Currency { get; set; } = "EUR";

    /// <summary>Local time in <see cref="DeadlineTimeZone"/>.</summary>
    public DateTime? Deadline { get; set; }

    [Required(ErrorMessage = "Choose the time zone of the deadline.")]
    public string DeadlineTimeZone { get; set; } = "Europe/Berlin";

    /// <summary>One of Incoterms 2020, or empty.</summary>
    public string? Incoterm { get; set; }

    [StringLength(200, ErrorMessage = "The delivery place is longer than 200 characters. Shorten it.")]
    public string DeliveryPlace { get; set; } = "";

    [StringLength(200, ErrorMessage = "The payment terms are longer than 200 characters. Shorten them.")]
    public string PaymentTerms { get; set; } = "";

    /// <summary>No price can be read before two people open the bids, after the deadline.</summary>
    public bool Sealed { get; set; }

    /// <summary>Rows in which nothing was typed do not count.</summary>
    public List<RfqLineForm> Lines { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(Incoterm) && !SupplierRules.Incoterms.Contains(Incoterm))
        {
            yield return new($"\"{Incoterm}\" is not one of the Incoterms 2020. Choose one from the list.", [nameof(Incoterm)]);
        }

        if (Lines.Count > MostLines)
        {
            yield return new($"An RFQ holds {MostLines:#,##0} lines at most; these are {Lines.Count:#,##0}. Split it into two.", [nameof(Lines)]);
        }

        for (var i = 0; i < Lines.Count; i++)
        {
            foreach (var fault in Lines[i].Faults())
            {
                yield return new($"Line {(i + 1) * 10}: {fault.Message}", [$"Lines[{i}].{fault.Field}"]);
            }
        }
    }
}

/// <summary>A row of the editor.</summary>
public sealed class RfqLineForm
{
    /// <summary>Null for a new line.</summary>
    public Guid? Id { get; set; }

    public Guid? PartId { get; set; }

    /// <summary>Shown beside the part; not saved.</summary>
    public string PartNumber { get; set; } = "";

    public string Description { get; set; } = "";

    /// <summary>Above 0.</summary>
    public decimal? Quantity { get; set; }

    public Guid? UnitId { get; set; }

    /// <summary>Per unit in the RFQ's currency.</summary>
    public decimal? TargetPrice { get; set; }

    public DateOnly? NeedBy { get; set; }

    public string Note { get; set; } = "";

    /// <summary>Files attached to the saved line: shown, never saved from here.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Files { get; set; }

    /// <summary>Nothing was typed.</summary>
    public bool IsBlank => PartId is null && string.IsNullOrWhiteSpace(Description) && Quantity is null && TargetPrice is null
        && NeedBy is null && string.IsNullOrWhiteSpace(Note);

    /// <summary>What is wrong with the row; nothing for a blank one.</summary>
    public IEnumerable<FieldError> Faults()
    {
        if (IsBlank)
        {
            yield break;
        }

        if (string.IsNullOrWhiteSpace(Description))
        {
            yield return new(nameof(Description), "Say what is needed, or choose a part.");
        }
        else if (Description.Length > 500)
        {
            yield return new(nameof(Description), "The description is longer than 500 characters. Put the rest into the note or a file.");
        }

        if (Quantity is null)
        {
            yield return new(nameof(Quantity), "Say how many are needed.");
        }
        else if (Quantity <= 0 || Quantity >= 1_000_000_000m || decimal.Round(Quantity.Value, 4) != Quantity)
        {
            yield return new(nameof(Quantity), "The quantity has to be above 0 and below 1,000,000,000, with at most four decimals.");
        }

        if (UnitId is null)
        {
            yield return new(nameof(UnitId), "Choose the unit of the quantity.");
        }

        if (TargetPrice is { } price && (price < 0 || price >= 1_000_000_000m || decimal.Round(price, 4) != price))
        {
            yield return new(nameof(TargetPrice), "The target price has to be 0 or more, with at most four decimals. Leave it empty if there is none.");
        }

        if (Note.Length > 1000)
        {
            yield return new(nameof(Note), "The note is longer than 1,000 characters. Attach the rest as a file.");
        }
    }
}

/// <summary>An act on one RFQ that asks for nothing else.</summary>
public class RfqActForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    public required Guid Id { get; init; }

    /// <summary>What the page showed.</summary>
    public uint Version { get; init; }
}

/// <summary>Ends an RFQ without an award.</summary>
public sealed class CancelRfqForm : RfqActForm
{
    [Required(ErrorMessage = "Say why it is cancelled: the suppliers will read it.")]
    [StringLength(400, ErrorMessage = "The reason is longer than 400 characters. Shorten it.")]
    public string Reason { get; set; } = "";
}

/// <summary>Moves a deadline, or reopens what is closed.</summary>
public sealed class DeadlineForm : RfqActForm
{
    [Required(ErrorMessage = "Choose the new deadline.")]
    public DateTime? Deadline { get; set; }

    [Required(ErrorMessage = "Choose the time zone of the deadline.")]
    public string DeadlineTimeZone { get; set; } = "Europe/Berlin";

    [Required(ErrorMessage = "Say why, in a few words: the suppliers will read it.")]
    [StringLength(400, ErrorMessage = "The reason is longer than 400 characters. Shorten it.")]
    public string Reason { get; set; } = "";
}

/// <summary>Something that all invited suppliers are told.</summary>
public sealed class AddendumForm : RfqActForm
{
    [Required(ErrorMessage = "Write what the suppliers should know.")]
    [MaxLength(RfqAddendum.LongestText, ErrorMessage = "An addendum has at most 4,000 characters. Attach the rest as a file.")]
    public string Text { get; set; } = "";
}

/// <summary>Makes a new draft of an RFQ.</summary>
public sealed class CopyRfqForm : RfqActForm
{
    /// <summary>Chooses the same suppliers, save those that may no longer be invited.</summary>
    public bool WithSuppliers { get; set; } = true;

    /// <summary>Takes the files of the RFQ and of its lines along, shown to suppliers as they were.</summary>
    public bool WithFiles { get; set; } = true;
}

/// <summary>Adds suppliers; to an open RFQ the invitations go out at once.</summary>
public sealed class InviteForm : RfqActForm, IValidatableObject
{
    public IReadOnlyList<Guid> SupplierIds { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SupplierIds.Count is 0 or > 100)
        {
            yield return new("Choose 1 to 100 suppliers.", [nameof(SupplierIds)]);
        }
    }
}

/// <summary>Enters a refusal that came by telephone or mail.</summary>
public sealed class DeclineForm : IForm
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    public required Guid InvitationId { get; init; }

    [Required(ErrorMessage = "Choose why there will be no quote.")]
    public DeclineReason? Reason { get; set; }

    [StringLength(400, ErrorMessage = "The note is longer than 400 characters. Shorten it.")]
    public string Note { get; set; } = "";
}
