namespace Sourcing.Data.Rfqs;

/// <summary>How a later round of an RFQ began; the first has no row. One row a round: a unique index lets one of two starters win.</summary>
public sealed class RfqRound
{
    /// <summary>Characters of the message.</summary>
    public const int LongestMessage = 2000;

    private RfqRound()
    {
    }

    internal RfqRound(Guid rfqId, int round, DateTimeOffset deadline, string message, bool showsRank, Guid byId, string byName, DateTimeOffset now)
    {
        (Id, RfqId, Round, Deadline, Message, ShowsRank) = (Guid.CreateVersion7(), rfqId, round, deadline, message.Trim(), showsRank);
        (StartedBy, ByName, StartedAt) = (byId, byName, now);
    }

    public Guid Id { get; private set; }

    public Guid RfqId { get; private set; }

    /// <summary>2 or more.</summary>
    public int Round { get; private set; }

    /// <summary>As set at its start; it may have been extended since.</summary>
    public DateTimeOffset Deadline { get; private set; }

    /// <summary>To the chosen suppliers; at most 2,000 characters, empty for none.</summary>
    public string Message { get; private set; } = "";

    /// <summary>Each chosen supplier is told its own rank of the round before.</summary>
    public bool ShowsRank { get; private set; }

    public Guid StartedBy { get; private set; }

    /// <summary>Who started it, as they were called then.</summary>
    public string ByName { get; private set; } = "";

    public DateTimeOffset StartedAt { get; private set; }
}

/// <summary>How a supplier's invitation stood when it was asked anew in a next round: kept, so that answers of every round count.</summary>
public sealed class RfqRoundAnswer
{
    private RfqRoundAnswer()
    {
    }

    /// <param name="rank">What the supplier is told; null where it is told nothing.</param>
    internal RfqRoundAnswer(RfqInvitation invitation, (int Rank, int Of)? rank)
    {
        (Id, RfqId, SupplierId, Round) = (Guid.CreateVersion7(), invitation.RfqId, invitation.SupplierId, invitation.Round);
        (Status, InvitedAt, ViewedAt, RespondedAt) = (invitation.Status, invitation.InvitedAt!.Value, invitation.ViewedAt, invitation.RespondedAt);
        (DeclineReason, DeclineNote, ToldRank, ToldOf) = (invitation.DeclineReason, invitation.DeclineNote, rank?.Rank, rank?.Of);
    }

    public Guid Id { get; private set; }

    public Guid RfqId { get; private set; }

    public Guid SupplierId { get; private set; }

    /// <summary>1 or more.</summary>
    public int Round { get; private set; }

    public InvitationStatus Status { get; private set; }

    public DateTimeOffset InvitedAt { get; private set; }

    public DateTimeOffset? ViewedAt { get; private set; }

    public DateTimeOffset? RespondedAt { get; private set; }

    public DeclineReason? DeclineReason { get; private set; }

    public string DeclineNote { get; private set; } = "";

    /// <summary>The supplier's own rank by landed cost, 1 for the lowest, where it was told; null otherwise.</summary>
    public int? ToldRank { get; private set; }

    /// <summary>Among how many that quoted; null where nothing was told.</summary>
    public int? ToldOf { get; private set; }
}

/// <summary>Who came how far in a round.</summary>
public static class RoundRanks
{
    /// <summary>
    /// Ranks by landed cost in the RFQ's currency, of those who offer most lines first: totals over fewer lines are not set against
    /// whole ones. Equal ones share a rank; a quote without a comparable line has none.
    /// </summary>
    /// <returns>By supplier: 1 for the best, and among how many.</returns>
    public static IReadOnlyDictionary<Guid, (int Rank, int Of)> Of(ComparisonView view) => Of([.. view.Quotes.Select(q => (q.SupplierId, view.Comparison.Total(q.QuoteId)))]);

    /// <inheritdoc cref="Of(ComparisonView)"/>
    internal static IReadOnlyDictionary<Guid, (int Rank, int Of)> Of(IReadOnlyList<(Guid SupplierId, ComparedTotal Total)> quotes)
    {
        var ranked = quotes.Where(q => q.Total.Lines > 0).ToList();
        return ranked.ToDictionary(
            q => q.SupplierId,
            q => (1 + ranked.Count(o => o.Total.Lines > q.Total.Lines || (o.Total.Lines == q.Total.Lines && o.Total.Landed < q.Total.Landed)), ranked.Count));
    }
}
