namespace Sourcing.Data.Rfqs.Sealing;

/// <summary>The lock of one round of a sealed RFQ. Written by the database's own functions alone; the private key lies where no login reads it.</summary>
public sealed class RfqSeal
{
    private RfqSeal()
    {
    }

    public Guid Id { get; private set; }

    public Guid RfqId { get; private set; }

    /// <summary>1 or more.</summary>
    public int Round { get; private set; }

    /// <summary>What bids are sealed with: P-256, as SubjectPublicKeyInfo.</summary>
    public byte[] PublicKey { get; private set; } = [];

    /// <summary>Of the server's key under which the private key is wrapped.</summary>
    public string KeyFingerprint { get; private set; } = "";

    public DateTimeOffset SealedAt { get; private set; }

    /// <summary>When two people opened it; null before.</summary>
    public DateTimeOffset? OpenedAt { get; private set; }

    public Guid? OpenedBy { get; private set; }

    /// <summary>Both people, as they were called then; empty before.</summary>
    public string OpenedByNames { get; private set; } = "";
}

/// <summary>One submission of a quote under seal: a box that nobody can open alone, and the hash of what is in it. Never changed.</summary>
public sealed class SealedBid
{
    private SealedBid()
    {
    }

    /// <param name="box">From <see cref="SealCrypto.SealFor"/>, bound to <see cref="Bound"/>.</param>
    internal SealedBid(Guid id, Guid sealId, Quote quote, string number, string hash, byte[] box, DateTimeOffset now)
    {
        (Id, SealId, RfqId, Round) = (id, sealId, quote.RfqId, quote.Round);
        (QuoteId, SupplierId, Revision, Number, Hash, Content, ReceivedAt) = (quote.Id, quote.SupplierId, quote.Revision, number, hash, box, now);
        (SubmittedByName, Channel) = (quote.SubmittedByName, quote.Channel);
    }

    public Guid Id { get; private set; }

    public Guid SealId { get; private set; }

    public Guid RfqId { get; private set; }

    public int Round { get; private set; }

    public Guid QuoteId { get; private set; }

    public Guid SupplierId { get; private set; }

    /// <summary>Of the quote; 1 or more.</summary>
    public int Revision { get; private set; }

    /// <summary>Of the receipt: random, so that nobody finds others by counting.</summary>
    public string Number { get; private set; } = "";

    /// <summary>See <see cref="BidHash"/>.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>The box. Never loaded with lists.</summary>
    public byte[] Content { get; private set; } = [];

    public DateTimeOffset ReceivedAt { get; private set; }

    public string SubmittedByName { get; private set; } = "";

    public QuoteChannel Channel { get; private set; }

    /// <summary>The entry of the seal's log that says it came; filled in by the database.</summary>
    public int LogSequence { get; private set; }

    /// <summary>Of that entry; filled in by the database.</summary>
    public string LogHash { get; private set; } = null!;

    /// <summary>What the box of a bid is bound to.</summary>
    internal static string Bound(Guid id, string hash) => $"bid {id} {hash}";
}

/// <summary>
/// A supplier's own copy of what it typed under seal, so that it can go on with it and see it: the unfinished draft, and each submission.
/// Locked under the server's key; only the supplier's own sessions get the row.
/// </summary>
public sealed class SealedCopy
{
    /// <summary>In place of a revision: what is being typed.</summary>
    public const int Draft = 0;

    private SealedCopy()
    {
    }

    internal SealedCopy(Guid quoteId, int revision) => (Id, QuoteId, Revision) = (Guid.CreateVersion7(), quoteId, revision);

    public Guid Id { get; private set; }

    public Guid QuoteId { get; private set; }

    /// <summary>Of the quote; <see cref="Draft"/> for what is being typed.</summary>
    public int Revision { get; private set; }

    /// <summary>The box: salt and text.</summary>
    public byte[] Content { get; private set; } = [];

    public string SavedByName { get; private set; } = "";

    public DateTimeOffset SavedAt { get; private set; }

    internal void Keep(byte[] box, string by, DateTimeOffset now) => (Content, SavedByName, SavedAt) = (box, by, now);

    /// <summary>What the box of a copy is bound to.</summary>
    internal static string Bound(Guid quoteId, int revision) => $"copy {quoteId} {revision}";
}

/// <summary>What came out of a sealed bid, or why nothing did. Written by the database, which hashes it itself; never changed.</summary>
public sealed class OpenedBid
{
    private OpenedBid()
    {
    }

    public Guid Id { get; private set; }

    public Guid BidId { get; private set; }

    public Guid RfqId { get; private set; }

    /// <summary>Null where the box could not be opened.</summary>
    public byte[]? Salt { get; private set; }

    /// <summary>The text, letter by letter; null where the box could not be opened.</summary>
    public string? Content { get; private set; }

    /// <summary>The hash of what came out is that of the receipt, so it became the quote.</summary>
    public bool Agrees { get; private set; }

    /// <summary>Why it did not become the quote; empty where it did.</summary>
    public string Fault { get; private set; } = "";

    public DateTimeOffset OpenedAt { get; private set; }
}

/// <summary>What an entry of the seal's log says.</summary>
public enum SealEventKind
{
    /// <summary>The round went out under a lock of its own.</summary>
    Sealed,

    /// <summary>A bid came.</summary>
    Received,

    /// <summary>A supplier took its bid back.</summary>
    Withdrawn,

    /// <summary>Suppliers were given another deadline.</summary>
    Deadline,

    /// <summary>No more bids.</summary>
    Closed,

    /// <summary>Bids may come again; consents given before do not count any more.</summary>
    Reopened,

    /// <summary>It will never be opened.</summary>
    Cancelled,

    /// <summary>Somebody agreed to the opening.</summary>
    Consent,

    /// <summary>Two people opened it.</summary>
    Opened,

    /// <summary>A bid came out as it was submitted.</summary>
    BidOpened,

    /// <summary>What came out of a box is not what was submitted, or nothing did.</summary>
    BidRefused,
}

/// <summary>An entry of the log of a sealed RFQ. Each holds the hash of the one before, so that none can be changed or taken out unseen. Written by the database alone.</summary>
public sealed class SealEvent
{
    private SealEvent()
    {
    }

    public Guid Id { get; private set; }

    public Guid RfqId { get; private set; }

    public int Round { get; private set; }

    /// <summary>1, 2, 3… within the RFQ.</summary>
    public int Sequence { get; private set; }

    public SealEventKind Kind { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Null for work of the database itself.</summary>
    public Guid? ActorId { get; private set; }

    public string ActorName { get; private set; } = "";

    /// <summary>Whose bid it is about; null for none.</summary>
    public Guid? SupplierId { get; private set; }

    /// <summary>The receipt and its hash, a deadline, a key's fingerprint.</summary>
    public string Detail { get; private set; } = "";

    /// <summary>Of the entry before; empty for the first.</summary>
    public string PreviousHash { get; private set; } = "";

    /// <summary>See <see cref="SealChain"/>.</summary>
    public string Hash { get; private set; } = "";
}
