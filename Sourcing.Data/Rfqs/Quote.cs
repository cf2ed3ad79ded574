using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>Where an answer stands.</summary>
public enum QuoteStatus
{
    /// <summary>Begun, never submitted.</summary>
    Draft,

    /// <summary>Submitted under seal: nobody can read it before the opening.</summary>
    Sealed,
    Submitted,
    Withdrawn,
    Awarded,
    PartiallyAwarded,
    Rejected,

    /// <summary>Its validity ended before an award.</summary>
    Expired,
}

/// <summary>The way by which an answer came.</summary>
public enum QuoteChannel
{
    Portal,

    /// <summary>The personal link of an invitation.</summary>
    Link,

    /// <summary>Entered by a buyer from an e-mail.</summary>
    Email,

    /// <summary>Entered by a buyer from a telephone call.</summary>
    Telephone,
}

/// <summary>Who submits, and how.</summary>
/// <param name="AfterDeadline">A buyer entered it when the deadline had passed.</param>
public sealed record QuoteSubmission(Guid UserId, string UserName, QuoteChannel Channel, bool AfterDeadline);

/// <summary>
/// A supplier's one answer in one round of an RFQ. Its own columns and lines always hold what was submitted last; what is being
/// typed lies beside it in a <see cref="QuoteDraft"/>, so that a half-made revision never stands for an offer.
/// </summary>
public sealed class Quote
{
    private readonly List<QuoteLine> _lines = [];

    private Quote()
    {
    }

    /// <param name="number">Q-2026-00042.</param>
    /// <param name="currency">ISO 4217: what the RFQ asks for, until the supplier says otherwise.</param>
    public Quote(Guid rfqId, Guid supplierId, int round, string number, string currency)
    {
        (Id, RfqId, SupplierId, Round, Number, Currency) = (Guid.CreateVersion7(), rfqId, supplierId, round, number, currency);
    }

    public Guid Id { get; private set; }

    public Guid RfqId { get; private set; }

    public Guid SupplierId { get; private set; }

    /// <summary>The RFQ's round that it answers; 1 or more.</summary>
    public int Round { get; private set; }

    public string Number { get; private set; } = "";

    public QuoteStatus Status { get; private set; }

    /// <summary>How often it was submitted; 0 for a draft.</summary>
    public int Revision { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>Units of the quote's currency for one of the RFQ's, where one was fixed for this quote; else the day's rate holds.</summary>
    public decimal? ExchangeRate { get; private set; }

    /// <summary>The last day on which it binds.</summary>
    public DateOnly? ValidUntil { get; private set; }

    /// <summary>Days from order to delivery, for lines that say nothing else.</summary>
    public int? LeadTimeDays { get; private set; }

    public string PaymentTerms { get; private set; } = "";

    public string Incoterm { get; private set; } = "";

    /// <summary>For the whole, in its currency.</summary>
    public decimal FreightCost { get; private set; }

    /// <summary>For the whole, in its currency.</summary>
    public decimal OtherCost { get; private set; }

    public string Notes { get; private set; } = "";

    /// <summary>Goods, freight and other costs, as <see cref="QuoteTotals"/> counts them.</summary>
    public decimal Total { get; private set; }

    public DateTimeOffset? SubmittedAt { get; private set; }

    /// <summary>A user; for a personal link the invitation.</summary>
    public Guid? SubmittedBy { get; private set; }

    public string SubmittedByName { get; private set; } = "";

    public QuoteChannel Channel { get; private set; }

    /// <summary>A buyer entered it when the deadline had passed.</summary>
    public bool AfterDeadline { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    public string WithdrawReason { get; private set; } = "";

    /// <summary>The last time that somebody saved unfinished work on it.</summary>
    public DateTimeOffset? DraftSavedAt { get; private set; }

    /// <summary>What was submitted last; empty before.</summary>
    public IReadOnlyList<QuoteLine> Lines => _lines;

    public DateTimeOffset CreatedAt { get; private set; }

    public uint Version { get; private set; }

    /// <summary>A buyer entered it for the supplier.</summary>
    public bool OnBehalf => Channel is QuoteChannel.Email or QuoteChannel.Telephone;

    /// <summary>Whether it can still be typed at: what has been decided stays as it is.</summary>
    public bool IsOpen => Status is QuoteStatus.Draft or QuoteStatus.Sealed or QuoteStatus.Submitted or QuoteStatus.Withdrawn;

    /// <summary>Notes that unfinished work was saved beside it.</summary>
    public void NoteDraft(DateTimeOffset now)
    {
        DemandOpen();
        DraftSavedAt = now;
    }

    /// <summary>Takes over the answer as its next revision, and returns what is kept of it. Refuses when the RFQ has been decided.</summary>
    /// <param name="content">Already checked by <see cref="QuoteRules"/>.</param>
    /// <param name="unitIds">The units' keys by code.</param>
    public QuoteRevision Submit(QuoteContent content, IReadOnlyDictionary<string, Guid> unitIds, QuoteSubmission by, DateTimeOffset now)
    {
        DemandOpen();
        Take(content, unitIds);
        (Status, Revision, DraftSavedAt) = (QuoteStatus.Submitted, Revision + 1, null);
        Sign(by, now);
        return new(this, content, now);
    }

    /// <summary>Notes that the answer, or its next revision, came under seal: of what is in it, nothing. Refuses when the RFQ has been decided.</summary>
    public void Seal(QuoteSubmission by, DateTimeOffset now)
    {
        DemandOpen();
        if (Status == QuoteStatus.Submitted)
        {
            throw new RefusedException($"Quote {Number} has been opened and can no longer be sealed.");
        }

        (Status, Revision, DraftSavedAt) = (QuoteStatus.Sealed, Revision + 1, null);
        Sign(by, now);
    }

    /// <summary>Takes over what came out of the sealed bid, as it was submitted then, and returns what is kept of it. Refuses what is not sealed.</summary>
    /// <param name="unitIds">The units' keys by code.</param>
    public QuoteRevision Unseal(QuoteContent content, IReadOnlyDictionary<string, Guid> unitIds)
    {
        if (Status != QuoteStatus.Sealed)
        {
            throw new RefusedException($"Quote {Number} is {Words.Spaced(Status).ToLowerInvariant()}: only a sealed one can be opened.");
        }

        Take(content, unitIds);
        Status = QuoteStatus.Submitted;
        return new(this, content, SubmittedAt!.Value);
    }

    private void Sign(QuoteSubmission by, DateTimeOffset now)
    {
        (SubmittedAt, SubmittedBy, SubmittedByName, Channel, AfterDeadline) = (now, by.UserId, by.UserName, by.Channel, by.AfterDeadline);
        (WithdrawnAt, WithdrawReason) = (null, "");
    }

    private void Take(QuoteContent content, IReadOnlyDictionary<string, Guid> unitIds)
    {
        (Currency, ValidUntil, LeadTimeDays) = (content.Currency, content.ValidUntil, content.LeadTimeDays);
        (PaymentTerms, Incoterm, Notes) = (content.PaymentTerms.Trim(), content.Incoterm.Trim(), content.Notes.Trim());
        (FreightCost, OtherCost) = (content.FreightCost ?? 0, content.OtherCost ?? 0);
        _lines.RemoveAll(line => content.Lines.All(c => c.RfqLineId != line.RfqLineId));
        foreach (var answer in content.Lines)
        {
            var line = _lines.FirstOrDefault(l => l.RfqLineId == answer.RfqLineId);
            if (line is null)
            {
                _lines.Add(line = new(Id, answer.RfqLineId));
            }

            line.Say(answer, unitIds[answer.Unit]);
        }

        Total = QuoteTotals.Of(content).Total;
    }

    /// <summary>Takes the offer back. Refuses what was never submitted, and what has been decided.</summary>
    /// <param name="reason">1 to 500 characters.</param>
    public void Withdraw(string reason, DateTimeOffset now)
    {
        if (Status is not (QuoteStatus.Submitted or QuoteStatus.Sealed))
        {
            throw new RefusedException($"Quote {Number} is {Words.Spaced(Status).ToLowerInvariant()}: only a submitted quote can be withdrawn.");
        }

        (Status, WithdrawReason, WithdrawnAt) = (QuoteStatus.Withdrawn, reason.Trim(), now);
    }

    /// <summary>Takes note of what the award made of it. Refuses what is not submitted.</summary>
    public void Decide(QuoteStatus outcome)
    {
        if (Status != QuoteStatus.Submitted)
        {
            throw new RefusedException($"Quote {Number} is {Words.Spaced(Status).ToLowerInvariant()}: only a submitted quote can be decided on.");
        }

        Status = outcome;
    }

    private void DemandOpen()
    {
        if (!IsOpen)
        {
            throw new RefusedException($"Quote {Number} is {Words.Spaced(Status).ToLowerInvariant()} and can no longer be changed.");
        }
    }
}
