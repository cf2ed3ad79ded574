using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sourcing.Data.Rfqs;

/// <summary>What a supplier says about one line.</summary>
public enum QuoteLineOutcome
{
    /// <summary>A price for what was asked.</summary>
    Priced,

    /// <summary>No offer, with a reason.</summary>
    NoQuote,

    /// <summary>A price for something else, which is described.</summary>
    Alternate,
}

/// <summary>Why a supplier offers nothing for a line.</summary>
public enum NoQuoteReason
{
    NotInRange,
    CapacityFull,
    BelowMinimum,
    DateNotPossible,
    SpecificationNotPossible,
    NoCertificate,
    Discontinued,
    Other,
}

/// <summary>
/// All that a supplier answers, as typed: the fields of the form, the kept draft and the kept revision are the same thing, so
/// that nothing can be lost between them. Everything may be missing until it is submitted.
/// </summary>
[NotMapped]
public class QuoteContent
{
    /// <summary>ISO 4217.</summary>
    [MaxLength(3, ErrorMessage = "A currency has three letters, such as EUR.")]
    public string Currency { get; set; } = "";

    /// <summary>The last day on which the offer binds.</summary>
    public DateOnly? ValidUntil { get; set; }

    /// <summary>Days from order to delivery, for lines that say nothing else; 0 to 3,650.</summary>
    public int? LeadTimeDays { get; set; }

    [MaxLength(200, ErrorMessage = "Payment terms have at most 200 characters.")]
    public string PaymentTerms { get; set; } = "";

    [MaxLength(80, ErrorMessage = "Delivery terms have at most 80 characters.")]
    public string Incoterm { get; set; } = "";

    /// <summary>For the whole quote, in its currency; 0 or more, empty for none.</summary>
    public decimal? FreightCost { get; set; }

    /// <summary>Tooling, packing, tests: for the whole quote, in its currency; 0 or more, empty for none.</summary>
    public decimal? OtherCost { get; set; }

    [MaxLength(4000, ErrorMessage = "The notes have at most 4,000 characters.")]
    public string Notes { get; set; } = "";

    /// <summary>One for each line of the RFQ, in its order.</summary>
    public List<QuoteLineContent> Lines { get; set; } = [];
}

/// <summary>The answer to one line, as typed.</summary>
[NotMapped]
public class QuoteLineContent
{
    public Guid RfqLineId { get; set; }

    public QuoteLineOutcome Outcome { get; set; }

    /// <summary>For one unit of <see cref="Unit"/>, below the first price break; above 0, at most 4 decimals.</summary>
    public decimal? UnitPrice { get; set; }

    /// <summary>What is offered, in <see cref="Unit"/>; above 0.</summary>
    public decimal? Quantity { get; set; }

    /// <summary>Code of the unit of price, quantity, minimum, multiple and breaks.</summary>
    [MaxLength(20, ErrorMessage = "A unit has at most 20 characters.")]
    public string Unit { get; set; } = "";

    /// <summary>The least that can be ordered; above 0.</summary>
    public decimal? Moq { get; set; }

    /// <summary>Orders are whole multiples of this; above 0.</summary>
    public decimal? OrderMultiple { get; set; }

    /// <summary>Days from order to delivery; empty for the quote's own.</summary>
    public int? LeadTimeDays { get; set; }

    public NoQuoteReason? NoQuoteReason { get; set; }

    /// <summary>What is offered instead.</summary>
    [MaxLength(500, ErrorMessage = "The alternate has at most 500 characters.")]
    public string Alternate { get; set; } = "";

    [MaxLength(1000, ErrorMessage = "The line's notes have at most 1,000 characters.")]
    public string Notes { get; set; } = "";

    /// <summary>Cheaper from some quantity on; ascending.</summary>
    public List<QuoteBreakContent> Breaks { get; set; } = [];

    /// <summary>Whether there is a price to read.</summary>
    [JsonIgnore]
    public bool HasOffer => Outcome is not QuoteLineOutcome.NoQuote;
}

/// <summary>A price from a quantity on, as typed.</summary>
[NotMapped]
public class QuoteBreakContent
{
    /// <summary>In the line's unit; above 0.</summary>
    public decimal? MinimumQuantity { get; set; }

    /// <summary>Above 0, at most 4 decimals.</summary>
    public decimal? UnitPrice { get; set; }
}

/// <summary>How an answer is written into a column and read back.</summary>
internal static class QuoteJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string Write(QuoteContent content) => JsonSerializer.Serialize(content, Options);

    public static QuoteContent Read(string json) => JsonSerializer.Deserialize<QuoteContent>(json, Options)!;
}
