using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters;

/// <summary>One of the two sides of a slip: a member of the chapter or somebody outside it, never both.</summary>
public readonly record struct Party(Guid? MemberId, Guid? ExternalId)
{
    /// <summary>A member of the chapter.</summary>
    public static Party Home(Guid memberId) => new(memberId, null);

    /// <summary>An <see cref="ExternalParty"/>.</summary>
    public static Party Outside(Guid externalId) => new(null, externalId);

    /// <summary>Exactly one of the two is said.</summary>
    public bool IsSaid => MemberId is null != ExternalId is null;
}

/// <summary>What every slip has: the meeting under which it counts (its month is the meeting's month), a note, and the reason if it was removed.</summary>
public abstract class Slip : ISoftDeleted
{
    /// <summary>Characters of a note or a reason, at most.</summary>
    public const int LongestText = 400;

    private protected Slip()
    {
    }

    private protected Slip(Guid chapterId, Guid meetingId, string note)
    {
        (Id, ChapterId) = (Guid.CreateVersion7(), chapterId);
        Tell(meetingId, note);
    }

    public Guid Id { get; private set; }

    public Guid ChapterId { get; private set; }

    public Guid MeetingId { get; private set; }

    public string Note { get; private set; } = "";

    /// <summary>Why it was taken out; empty while it counts.</summary>
    public string RemovedBecause { get; private set; } = "";

    /// <summary>The import that brought it; null for one that was entered.</summary>
    public Guid? ImportBatchId { get; private set; }

    /// <summary>Its row in that import's file.</summary>
    public int? ImportRow { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Says why the slip is taken out; the removal itself follows. Refuses without a reason.</summary>
    public void Remove(string reason) =>
        RemovedBecause = reason.Trim() is { Length: > 0 and <= LongestText } why ? why : throw new RefusedException("Reason", "Say why the slip is removed, in 1 to 400 characters.");

    /// <summary>Says which import brought it, and from which row.</summary>
    internal void ComeFrom(Guid batch, int row) => (ImportBatchId, ImportRow) = (batch, row);

    /// <summary>Brings the slip back.</summary>
    public void Restore() => (DeletedAt, DeletedBy, RemovedBecause) = (null, null, "");

    private protected void Tell(Guid meetingId, string note)
    {
        MeetingId = meetingId;
        Note = note.Trim() is { Length: <= LongestText } plain ? plain : throw new RefusedException("Note", "The note is longer than 400 characters.");
    }

    private protected static void DemandSides(Party one, Party other)
    {
        if (!one.IsSaid || !other.IsSaid)
        {
            throw new RefusedException("To", "Say both people of the slip.");
        }

        if (one.MemberId is null && other.MemberId is null)
        {
            throw new RefusedException("To", "Both people are outside the chapter. One of them has to be a member.");
        }

        if (one == other)
        {
            throw new RefusedException("To", "A slip goes from one person to another. Choose somebody else.");
        }
    }
}

/// <summary>How a referral went on.</summary>
public enum ReferralStatus
{
    New,
    Pending,
    Closed,
    NoSale,
}

/// <summary>Business passed from one to the other.</summary>
public sealed class Referral : Slip
{
    private Referral()
    {
    }

    /// <inheritdoc cref="Change"/>
    public Referral(Guid chapterId, Guid meetingId, Party giver, Party receiver, int tier, string note) : base(chapterId, meetingId, note) => Change(meetingId, giver, receiver, tier, note);

    /// <summary>Writes it anew; how it went on stays. Refuses two people outside, somebody with themselves, and a tier other than 1 and 2.</summary>
    /// <param name="tier">1: the giver is the customer; 2: a third person is.</param>
    public void Change(Guid meetingId, Party giver, Party receiver, int tier, string note)
    {
        Tell(meetingId, note);
        DemandSides(giver, receiver);
        (GiverId, GiverExternalId, ReceiverId, ReceiverExternalId) = (giver.MemberId, giver.ExternalId, receiver.MemberId, receiver.ExternalId);
        Tier = tier is 1 or 2 ? tier : throw new RefusedException("Tier", "A referral is of tier 1 (the giver is the customer) or 2 (a third person is).");
    }

    public Guid? GiverId { get; private set; }

    public Guid? GiverExternalId { get; private set; }

    public Guid? ReceiverId { get; private set; }

    public Guid? ReceiverExternalId { get; private set; }

    public int Tier { get; private set; }

    public ReferralStatus Status { get; private set; }

    /// <summary>Says how it went on.</summary>
    public void Move(ReferralStatus status) => Status = status;
}

/// <summary>Two people met to know each other's business better.</summary>
public sealed class OneToOne : Slip
{
    private OneToOne()
    {
    }

    /// <inheritdoc cref="Change"/>
    public OneToOne(Guid chapterId, Guid meetingId, Party initiator, Party partner, string place, string topics) : base(chapterId, meetingId, topics) => Change(meetingId, initiator, partner, place, topics);

    /// <summary>Writes it anew. Refuses two people outside, somebody with themselves, and a place of more than 160 characters.</summary>
    public void Change(Guid meetingId, Party initiator, Party partner, string place, string topics)
    {
        Tell(meetingId, topics);
        DemandSides(initiator, partner);
        (InitiatorId, InitiatorExternalId, PartnerId, PartnerExternalId) = (initiator.MemberId, initiator.ExternalId, partner.MemberId, partner.ExternalId);
        Place = place.Trim() is { Length: <= 160 } plain ? plain : throw new RefusedException("Place", "The place is longer than 160 characters.");
    }

    public Guid? InitiatorId { get; private set; }

    public Guid? InitiatorExternalId { get; private set; }

    public Guid? PartnerId { get; private set; }

    public Guid? PartnerExternalId { get; private set; }

    public string Place { get; private set; } = "";
}

/// <summary>Thanks for business that came about; counts for whoever is thanked. Who paid stands in <see cref="ClosedBusinessPayer"/>, for their own eyes.</summary>
public sealed class ClosedBusiness : Slip
{
    private ClosedBusiness()
    {
    }

    /// <inheritdoc cref="Change"/>
    public ClosedBusiness(Guid chapterId, Guid meetingId, Party thanked, decimal amount, string currency, int tier, bool inside, string note) : base(chapterId, meetingId, note) =>
        Change(meetingId, thanked, amount, currency, tier, inside, note);

    /// <summary>Writes it anew; who paid stays. Refuses nobody to thank, an amount that is not above 0 or has more than two decimals, an unknown currency, and a tier outside 1 to 3.</summary>
    /// <param name="amount">Above 0, at most 999,999,999,999.99.</param>
    /// <param name="tier">1: the payer is the customer; 2: somebody whom they know; 3: anything beyond.</param>
    /// <param name="inside">Whoever is thanked is of no other chapter.</param>
    public void Change(Guid meetingId, Party thanked, decimal amount, string currency, int tier, bool inside, string note)
    {
        Tell(meetingId, note);
        if (!thanked.IsSaid)
        {
            throw new RefusedException("To", "Say who is thanked.");
        }

        if (amount <= 0 || amount >= 1_000_000_000_000m || decimal.Round(amount, 2) != amount)
        {
            throw new RefusedException("Amount", "An amount is above 0 and has two decimals at most.");
        }

        if (!Currencies.IsKnown(currency))
        {
            throw new RefusedException("Currency", $"\"{currency}\" is not a currency. Use its three letters, like EUR.");
        }

        (ThankedId, ThankedExternalId, Amount, Currency, IsInside) = (thanked.MemberId, thanked.ExternalId, amount, currency, inside);
        Tier = tier is >= 1 and <= 3 ? tier : throw new RefusedException("Tier", "Closed business is of tier 1, 2 or 3.");
    }

    public Guid? ThankedId { get; private set; }

    public Guid? ThankedExternalId { get; private set; }

    public decimal Amount { get; private set; }

    public string Currency { get; private set; } = "";

    public int Tier { get; private set; }

    public bool IsInside { get; private set; }
}

/// <summary>
/// Who paid. Readable by the payer alone, under every login of the app and for admins too; written once, by the payer, when they enter the slip.
/// Its key is the slip's.
/// </summary>
public sealed class ClosedBusinessPayer
{
    private ClosedBusinessPayer()
    {
    }

    public ClosedBusinessPayer(Guid closedBusinessId, Guid payerId) => (Id, PayerId) = (closedBusinessId, payerId);

    /// <summary>The slip.</summary>
    public Guid Id { get; private set; }

    public Guid PayerId { get; private set; }
}

/// <summary>Something learnt: a training, a book, an hour with a mentor.</summary>
public sealed class EducationUnit : Slip
{
    private EducationUnit()
    {
    }

    /// <inheritdoc cref="Change"/>
    public EducationUnit(Guid chapterId, Guid meetingId, Guid memberId, decimal credits, string note, bool isTraining = false) : base(chapterId, meetingId, note) => Change(meetingId, memberId, credits, isTraining, note);

    /// <summary>Writes it anew. Refuses credits that are not above 0 or above 999.99, or have more than two decimals.</summary>
    public void Change(Guid meetingId, Guid memberId, decimal credits, bool isTraining, string note)
    {
        Tell(meetingId, note);
        (MemberId, IsTraining) = (memberId, isTraining);
        Credits = credits is > 0 and < 1000 && decimal.Round(credits, 2) == credits ? credits : throw new RefusedException("Credits", "Credits are above 0, below 1,000, and have two decimals at most.");
    }

    public Guid MemberId { get; private set; }

    public decimal Credits { get; private set; }

    /// <summary>A whole training of the network: some schemes count trainings, not credits.</summary>
    public bool IsTraining { get; private set; }
}

/// <summary>Words of praise that a member spoke in a meeting; counts for the speaker.</summary>
public sealed class Testimonial : Slip
{
    private Testimonial()
    {
    }

    /// <inheritdoc cref="Change"/>
    public Testimonial(Guid chapterId, Guid meetingId, Guid speakerId, Party about, string note) : base(chapterId, meetingId, note) => Change(meetingId, speakerId, about, note);

    /// <summary>Writes it anew. Refuses somebody about themselves, and two people at once.</summary>
    /// <param name="about">A member, somebody outside, or nobody in particular.</param>
    public void Change(Guid meetingId, Guid speakerId, Party about, string note)
    {
        Tell(meetingId, note);
        if (about.MemberId is not null && about.ExternalId is not null)
        {
            throw new RefusedException("To", "A testimonial is about one person.");
        }

        if (about.MemberId == speakerId)
        {
            throw new RefusedException("To", "Nobody praises themselves. Choose whom the testimonial is about.");
        }

        (SpeakerId, AboutId, AboutExternalId) = (speakerId, about.MemberId, about.ExternalId);
    }

    public Guid SpeakerId { get; private set; }

    public Guid? AboutId { get; private set; }

    public Guid? AboutExternalId { get; private set; }
}

/// <summary>As what somebody came.</summary>
public enum VisitorKind
{
    Visitor,

    /// <summary>In a member's place.</summary>
    Substitute,

    /// <summary>A member of another chapter.</summary>
    OtherChapter,
}

/// <summary>What came of a visit.</summary>
public enum VisitorOutcome
{
    Open,
    Applied,
    Joined,
    Declined,
}

/// <summary>The facts of a visit that people type.</summary>
/// <param name="Name">1 to 160 characters.</param>
public sealed record VisitorFacts(string Name)
{
    public string Company { get; init; } = "";

    public string Profession { get; init; } = "";

    /// <summary>The member who invited; null for nobody.</summary>
    public Guid? InviterId { get; init; }

    public VisitorKind Kind { get; init; }

    public VisitorOutcome Outcome { get; init; }
}

/// <summary>Somebody who came to a meeting without being a member. A third visit is warned about.</summary>
public sealed class Visitor : Slip
{
    /// <summary>Visits of one person that nobody wonders about.</summary>
    public const int UsualVisits = 2;

    private Visitor()
    {
    }

    /// <inheritdoc cref="Change"/>
    public Visitor(Guid chapterId, Guid meetingId, VisitorFacts facts, string note) : base(chapterId, meetingId, note) => Change(facts);

    public Guid? InviterId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>See <see cref="Files.NameKey.Of"/>: visits of one person have the same.</summary>
    public string NameKey { get; private set; } = "";

    public string Company { get; private set; } = "";

    public string Profession { get; private set; } = "";

    public VisitorKind Kind { get; private set; }

    public VisitorOutcome Outcome { get; private set; }

    /// <summary>Sets the facts. Refuses an empty name and texts of more than 160 characters.</summary>
    public void Change(VisitorFacts facts)
    {
        Name = Files.NameKey.Tidy(facts.Name) is { Length: > 0 and <= 160 } tidy ? tidy : throw new RefusedException("Name", "Type the visitor's name, in 1 to 160 characters.");
        if (facts.Company.Trim().Length > 160 || facts.Profession.Trim().Length > 160)
        {
            throw new RefusedException("Company", "Company and profession have 160 characters at most.");
        }

        (NameKey, Company, Profession) = (Files.NameKey.Of(Name), facts.Company.Trim(), facts.Profession.Trim());
        (InviterId, Kind, Outcome) = (facts.InviterId, facts.Kind, facts.Outcome);
    }
}
