using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>What all invited suppliers are told while they may quote: a correction, an answer that concerns everybody. It stays as it was sent.</summary>
public sealed class RfqAddendum
{
    /// <summary>Characters.</summary>
    public const int LongestText = 4000;

    private RfqAddendum()
    {
    }

    internal RfqAddendum(Guid rfqId, int round, int number, string text, string byName)
    {
        (Id, RfqId, Round, Number, Text, ByName) = (Guid.CreateVersion7(), rfqId, round, number, text.Trim(), byName);
    }

    public Guid Id { get; private set; }

    public Guid RfqId { get; private set; }

    /// <summary>The RFQ's round in which it was sent: who was not chosen for that does not read it.</summary>
    public int Round { get; private set; }

    /// <summary>1, 2, 3… within the RFQ.</summary>
    public int Number { get; private set; }

    /// <summary>1 to 4,000 characters.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Who sent it, as they were called then.</summary>
    public string ByName { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }
}

/// <summary>An addendum as shown.</summary>
public sealed record AddendumView(int Number, string Text, string ByName, DateTimeOffset SentAt);
