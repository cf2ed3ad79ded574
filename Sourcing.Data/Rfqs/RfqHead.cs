namespace Sourcing.Data.Rfqs;

/// <summary>What a draft says about itself.</summary>
public sealed record RfqHead(string Title, string Currency, DateTimeOffset? Deadline, string DeadlineTimeZone)
{
    public string Description { get; init; } = "";

    public Guid? CategoryId { get; init; }

    public string? Incoterm { get; init; }

    public string DeliveryPlace { get; init; } = "";

    public string PaymentTerms { get; init; } = "";

    /// <summary>Bids are sealed until two people open them.</summary>
    public bool Sealed { get; init; }
}
