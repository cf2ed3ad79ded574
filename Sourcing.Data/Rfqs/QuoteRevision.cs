namespace Sourcing.Data.Rfqs;

/// <summary>A quote exactly as it was submitted once: kept for ever, never changed, so that revisions can be compared.</summary>
public sealed class QuoteRevision
{
    private QuoteRevision()
    {
    }

    internal QuoteRevision(Quote quote, QuoteContent content, DateTimeOffset now)
    {
        (Id, QuoteId, Revision, Content, SubmittedAt) = (Guid.CreateVersion7(), quote.Id, quote.Revision, content, now);
        (Currency, Total, Channel, AfterDeadline) = (quote.Currency, quote.Total, quote.Channel, quote.AfterDeadline);
        (SubmittedBy, SubmittedByName) = (quote.SubmittedBy!.Value, quote.SubmittedByName);
    }

    public Guid Id { get; private set; }

    public Guid QuoteId { get; private set; }

    /// <summary>1 for the first.</summary>
    public int Revision { get; private set; }

    public QuoteContent Content { get; private set; } = new();

    public string Currency { get; private set; } = "";

    public decimal Total { get; private set; }

    public DateTimeOffset SubmittedAt { get; private set; }

    public Guid SubmittedBy { get; private set; }

    public string SubmittedByName { get; private set; } = "";

    public QuoteChannel Channel { get; private set; }

    public bool AfterDeadline { get; private set; }
}

/// <summary>Unfinished work on a quote. The supplier's and the buyer's lie apart: the database shows a buyer no draft of a supplier.</summary>
public sealed class QuoteDraft
{
    private QuoteDraft()
    {
    }

    internal QuoteDraft(Guid quoteId, bool byBuyer) => (Id, QuoteId, ByBuyer) = (Guid.CreateVersion7(), quoteId, byBuyer);

    public Guid Id { get; private set; }

    public Guid QuoteId { get; private set; }

    /// <summary>Typed by a buyer on the supplier's behalf.</summary>
    public bool ByBuyer { get; private set; }

    public QuoteContent Content { get; private set; } = new();

    public string SavedByName { get; private set; } = "";

    public DateTimeOffset SavedAt { get; private set; }

    internal void Keep(QuoteContent content, string by, DateTimeOffset now) => (Content, SavedByName, SavedAt) = (content, by, now);
}
