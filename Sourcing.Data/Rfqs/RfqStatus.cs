namespace Sourcing.Data.Rfqs;

/// <summary>Where an RFQ stands. <see cref="RfqMoves"/> says which step follows which.</summary>
public enum RfqStatus
{
    /// <summary>Being written; suppliers see nothing.</summary>
    Draft,

    /// <summary>Waits for a second person before it goes out.</summary>
    Approval,

    /// <summary>Suppliers quote until the deadline.</summary>
    Open,

    /// <summary>Held: suppliers see it and cannot quote.</summary>
    Paused,

    /// <summary>The deadline has passed, or the buyer ended it.</summary>
    Closed,

    /// <summary>Quotes are being compared.</summary>
    Evaluating,

    /// <summary>The winners are chosen and have their orders.</summary>
    Awarded,

    /// <summary>Nothing is left to do.</summary>
    Completed,

    /// <summary>Ended without an award, for a reason that the suppliers were told.</summary>
    Cancelled,
}

/// <summary>What an RFQ came from.</summary>
public enum RfqSource
{
    Manual,
    Planning,
    Customer,
    Import,
}

/// <summary>How far an invited supplier has come.</summary>
public enum InvitationStatus
{
    /// <summary>Chosen; the invitation goes out when the RFQ opens.</summary>
    Invited,

    /// <summary>The supplier has opened it.</summary>
    Viewed,

    /// <summary>The supplier intends to bid, or has begun a quote.</summary>
    Quoting,

    /// <summary>A quote is in.</summary>
    Quoted,

    /// <summary>The supplier will not quote, for a coded reason.</summary>
    Declined,
}

/// <summary>Why a supplier does not quote.</summary>
public enum DeclineReason
{
    NoCapacity,
    NotInRange,
    DeadlineTooShort,
    QuantityTooSmall,
    QuantityTooLarge,
    TermsNotAcceptable,
    MissingCertificate,
    Other,
}
