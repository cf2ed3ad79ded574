using NpgsqlTypes;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>What is asked of suppliers: lines, a deadline and terms. Its state changes through the methods here and nowhere else.</summary>
public sealed partial class Rfq : ISoftDeleted
{
    private readonly List<RfqLine> _lines = [];
    private readonly List<RfqInvitation> _invitations = [];
    private readonly List<RfqAddendum> _addenda = [];

    private Rfq()
    {
    }

    /// <summary>A new draft.</summary>
    /// <param name="number">From <c>db.NextNumberAsync("RFQ")</c>.</param>
    /// <param name="buyerId">The user who asks.</param>
    public Rfq(string number, Guid buyerId, RfqHead head, RfqSource source = RfqSource.Manual)
    {
        (Id, Number, BuyerId, Source) = (Guid.CreateVersion7(), number, buyerId, source);
        Apply(head);
    }

    public Guid Id { get; private set; }

    /// <summary>As people quote it: RFQ-2026-00042.</summary>
    public string Number { get; private set; } = "";

    /// <summary>1 to 200 characters.</summary>
    public string Title { get; private set; } = "";

    /// <summary>For suppliers; at most 8,000 characters.</summary>
    public string Description { get; private set; } = "";

    public Guid? CategoryId { get; private set; }

    public RfqStatus Status { get; private set; }

    /// <summary>The last moment for quotes; null in a draft that has none yet. The database's clock decides.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>IANA name of the zone that the deadline was said in.</summary>
    public string DeadlineTimeZone { get; private set; } = "";

    /// <summary>ISO 4217: target prices and the comparison are in it.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>No price can be read by anybody before two people open it. Chosen in the draft, and never changed after.</summary>
    public bool Sealed { get; private set; }

    /// <summary>1 for the first round.</summary>
    public int Round { get; private set; } = 1;

    /// <summary>Three letters of Incoterms 2020; null when open.</summary>
    public string? Incoterm { get; private set; }

    public string DeliveryPlace { get; private set; } = "";

    public string PaymentTerms { get; private set; } = "";

    /// <summary>The customer on whose behalf it is asked.</summary>
    public Guid? CustomerId { get; private set; }

    public Guid? SalesRepId { get; private set; }

    /// <summary>The user who asks: see <see cref="Operations.Person"/>.</summary>
    public Guid BuyerId { get; private set; }

    public RfqSource Source { get; private set; }

    public DateTimeOffset? IssuedAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public DateTimeOffset? AwardedAt { get; private set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    public DateTimeOffset? CancelledAt { get; private set; }

    /// <summary>As told to the suppliers.</summary>
    public string? CancelReason { get; private set; }

    /// <summary>Since when it is held; null while it is not.</summary>
    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>Why it is held, as told to the suppliers; null while it is not.</summary>
    public string? PauseReason { get; private set; }

    /// <summary>Why the deadline was moved last, as told to the suppliers; null where it never was in this round.</summary>
    public string? DeadlineReason { get; private set; }

    public NpgsqlTsVector Search { get; private set; } = null!;

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    public uint Version { get; private set; }

    /// <summary>In the order of their numbers once loaded.</summary>
    public IReadOnlyList<RfqLine> Lines => _lines;

    public IReadOnlyList<RfqInvitation> Invitations => _invitations;

    public IReadOnlyList<RfqAddendum> Addenda => _addenda;

    /// <summary>Suppliers have not seen it, so everything may be changed.</summary>
    public bool IsDraft => Status is RfqStatus.Draft or RfqStatus.Approval;

    /// <summary>Whether a quote may come in at this moment of the database's clock.</summary>
    public bool TakesQuotes(DateTimeOffset now) => Status == RfqStatus.Open && now < Deadline;

    /// <summary>Changes what the draft asks for. Refused once suppliers have been invited.</summary>
    public void Rewrite(RfqHead head)
    {
        DemandDraft();
        Apply(head);
    }

    /// <summary>
    /// Makes the draft's lines those given, in this order, numbered 10, 20, 30… A line with the key of an existing one changes
    /// it; existing lines that are not among them go.
    /// </summary>
    public void SetLines(IReadOnlyList<(Guid? Id, RfqLineContent Content)> lines)
    {
        DemandDraft();
        var kept = new List<RfqLine>(lines.Count);
        foreach (var (id, content) in lines)
        {
            var number = (kept.Count + 1) * 10;
            var line = id is null ? null : _lines.FirstOrDefault(l => l.Id == id);
            if (line is null)
            {
                line = new RfqLine(Id, number, content);
                _lines.Add(line);
            }
            else
            {
                line.Change(number, content);
            }

            kept.Add(line);
        }

        _lines.RemoveAll(l => !kept.Contains(l));
        _lines.Sort((a, b) => a.LineNo.CompareTo(b.LineNo));
    }

    /// <summary>Adds a supplier. In a draft the invitation waits for <see cref="Open"/>; an open RFQ still has to send it. Refuses a second invitation.</summary>
    public RfqInvitation Invite(Guid supplierId, string supplierName, string contactName, string email)
    {
        if (!IsDraft && Status != RfqStatus.Open)
        {
            throw new RefusedException($"Suppliers can be invited to a draft or an open RFQ; this one is {Words.Spaced(Status).ToLowerInvariant()}.");
        }

        if (_invitations.Any(i => i.SupplierId == supplierId))
        {
            throw new RefusedException($"{supplierName} is invited already.");
        }

        var invitation = new RfqInvitation(Id, supplierId, contactName, email, Round);
        _invitations.Add(invitation);
        return invitation;
    }

    /// <summary>Takes back an invitation that has not gone out. Refused after that.</summary>
    public void Uninvite(RfqInvitation invitation)
    {
        if (invitation.InvitedAt is not null)
        {
            throw new RefusedException("The invitation has gone out. Revoke its link instead.");
        }

        _invitations.Remove(invitation);
    }

    /// <summary>Somebody else asks from here on, and hears of the answers. Refused once suppliers have been invited.</summary>
    public void HandTo(Guid buyerId)
    {
        DemandDraft();
        BuyerId = buyerId;
    }

    /// <summary>Draft becomes open: needs a line, a supplier and a deadline to come. The caller sends the invitations.</summary>
    public void Open(DateTimeOffset now)
    {
        RfqMoves.Demand(Status, RfqStatus.Open);
        if (!IsDraft)
        {
            throw new RefusedException("Give a new deadline to reopen this RFQ.");
        }

        var errors = new List<FieldError>();
        if (_lines.Count == 0)
        {
            errors.Add(new("Lines", "There is no line to quote. Add at least one."));
        }

        if (_invitations.Count == 0)
        {
            errors.Add(new("Invitations", "No supplier is chosen. Invite at least one."));
        }

        if (Deadline is null)
        {
            errors.Add(new("Deadline", "There is no deadline. Say until when suppliers may quote."));
        }
        else if (Deadline <= now)
        {
            errors.Add(new("Deadline", "The deadline has passed. Choose a later one."));
        }

        if (errors.Count > 0)
        {
            throw new RefusedException(errors);
        }

        (Status, IssuedAt) = (RfqStatus.Open, now);
    }

    /// <summary>Adds what every invited supplier is to know. Refused while nobody has been asked and when nobody can answer any more. The caller tells them.</summary>
    /// <param name="number">The next of this RFQ.</param>
    /// <param name="byName">Who writes.</param>
    public RfqAddendum Amend(int number, string text, string byName)
    {
        if (Status != RfqStatus.Open)
        {
            throw new RefusedException(IsDraft
                ? "This is a draft: change what is asked in the editor."
                : $"This RFQ is {Words.Spaced(Status).ToLowerInvariant()}, so suppliers cannot answer an addendum. Reopen it with a new deadline first.");
        }

        var addendum = new RfqAddendum(Id, Round, number, text, byName);
        _addenda.Add(addendum);
        return addendum;
    }

    /// <summary>Open or paused becomes closed: no more quotes.</summary>
    public void Close(DateTimeOffset now)
    {
        RfqMoves.Demand(Status, RfqStatus.Closed);
        (Status, ClosedAt, PausedAt, PauseReason) = (RfqStatus.Closed, now, null, null);
    }

    /// <summary>Open becomes paused: suppliers see it and cannot answer. Refused once the deadline has passed.</summary>
    /// <param name="reason">Told to the suppliers; 1 to 400 characters.</param>
    public void Pause(string reason, DateTimeOffset now)
    {
        RfqMoves.Demand(Status, RfqStatus.Paused);
        if (Deadline <= now)
        {
            throw new RefusedException("The deadline has passed, so there is nothing to hold. Extend the deadline, or close the RFQ.");
        }

        (Status, PausedAt, PauseReason) = (RfqStatus.Paused, now, DemandReason(nameof(PauseReason), reason));
    }

    /// <summary>Paused becomes open again. Refuses a deadline that has passed or lies before the one that suppliers were told.</summary>
    public void Resume(DateTimeOffset deadline, string timeZone, DateTimeOffset now)
    {
        if (Status != RfqStatus.Paused)
        {
            throw new RefusedException($"This RFQ is {Words.Spaced(Status).ToLowerInvariant()}: only a paused one can be resumed.");
        }

        DemandFuture(deadline, now);
        if (deadline < Deadline)
        {
            throw new RefusedException(nameof(Deadline), "Suppliers were told a later deadline. Choose that one or one after it.");
        }

        (Status, Deadline, DeadlineTimeZone, PausedAt, PauseReason) = (RfqStatus.Open, deadline, timeZone, null, null);
    }

    /// <summary>Closed or evaluating becomes open again, until a deadline to come.</summary>
    /// <param name="reason">Told to the suppliers; null for none.</param>
    public void Reopen(DateTimeOffset deadline, string timeZone, DateTimeOffset now, string? reason = null)
    {
        if (IsDraft)
        {
            throw new RefusedException("This RFQ was never open. Open it instead.");
        }

        RfqMoves.Demand(Status, RfqStatus.Open);
        DemandUnopened();
        DemandFuture(deadline, now);
        (Status, Deadline, DeadlineTimeZone, ClosedAt, DeadlineReason) = (RfqStatus.Open, deadline, timeZone, null, reason?.Trim());
    }

    /// <summary>Moves the deadline of an open RFQ to a later one, and opens a closed one again. Refuses an earlier one: suppliers plan by what they were told.</summary>
    /// <param name="reason">Told to the suppliers; null for none.</param>
    public void ExtendDeadline(DateTimeOffset deadline, string timeZone, DateTimeOffset now, string? reason = null)
    {
        if (Status is RfqStatus.Closed or RfqStatus.Evaluating)
        {
            Reopen(deadline, timeZone, now, reason);
            return;
        }

        if (Status != RfqStatus.Open)
        {
            throw new RefusedException(IsDraft
                ? "This is a draft: change its deadline in the editor."
                : Status == RfqStatus.Paused
                ? "This RFQ is paused. Resume it, and set its new deadline with that."
                : $"The deadline of an RFQ that is {Words.Spaced(Status).ToLowerInvariant()} does not move.");
        }

        DemandFuture(deadline, now);
        if (deadline <= Deadline)
        {
            throw new RefusedException(nameof(Deadline), "Suppliers were told a later deadline. Choose one after it, or close the RFQ now.");
        }

        (Deadline, DeadlineTimeZone, DeadlineReason) = (deadline, timeZone, reason?.Trim());
    }

    /// <summary>Closed becomes evaluating.</summary>
    public void StartEvaluation()
    {
        RfqMoves.Demand(Status, RfqStatus.Evaluating);
        DemandOpened();
        Status = RfqStatus.Evaluating;
    }

    /// <summary>Closed or evaluating becomes awarded. Called by the award once its winners stand.</summary>
    public void MarkAwarded(DateTimeOffset now)
    {
        RfqMoves.Demand(Status, RfqStatus.Awarded);
        DemandOpened();
        (Status, AwardedAt) = (RfqStatus.Awarded, now);
    }

    /// <summary>Awarded becomes completed.</summary>
    public void Complete(DateTimeOffset now)
    {
        RfqMoves.Demand(Status, RfqStatus.Completed);
        (Status, CompletedAt) = (RfqStatus.Completed, now);
    }

    /// <summary>Ends it without an award.</summary>
    /// <param name="reason">Told to the suppliers; 1 to 400 characters.</param>
    public void Cancel(string reason, DateTimeOffset now)
    {
        RfqMoves.Demand(Status, RfqStatus.Cancelled);
        (Status, CancelledAt, CancelReason) = (RfqStatus.Cancelled, now, DemandReason(nameof(CancelReason), reason));
    }

    /// <summary>Refuses unless everything may still be changed.</summary>
    public void DemandDraft()
    {
        if (!IsDraft)
        {
            throw new RefusedException("The invitations have gone out, so what was asked stands. Copy the RFQ to ask differently.");
        }
    }

    private static string DemandReason(string field, string reason) => string.IsNullOrWhiteSpace(reason) || reason.Length > 400
        ? throw new RefusedException(field, $"Say why it is {(field == nameof(CancelReason) ? "cancelled" : "paused")}, in 1 to 400 characters.")
        : reason.Trim();

    private static void DemandFuture(DateTimeOffset deadline, DateTimeOffset now)
    {
        if (deadline <= now)
        {
            throw new RefusedException(nameof(Deadline), "This deadline has passed. Choose a later one.");
        }
    }

    private void Apply(RfqHead head)
    {
        (Title, Description, CategoryId, Currency) = (head.Title.Trim(), head.Description.Trim(), head.CategoryId, head.Currency);
        (Deadline, DeadlineTimeZone, Sealed) = (head.Deadline, head.DeadlineTimeZone, head.Sealed);
        (Incoterm, DeliveryPlace, PaymentTerms) = (head.Incoterm, head.DeliveryPlace.Trim(), head.PaymentTerms.Trim());
    }
}
