namespace Sourcing.Data.Chapters;

/// <summary>The kinds of slips; visitors have a list of their own.</summary>
public enum SlipKind
{
    Referral,
    OneToOne,
    ClosedBusiness,
    Education,
    Testimonial,
    Visitor,
}

/// <summary>
/// A slip with everything that is written on it but the payer, as far as the asker may read slips: leaders and the committee all of their chapter, members those that
/// they stand on. A view of the database; removed slips are not in it.
/// </summary>
public sealed class ChapterSlip
{
    public Guid Id { get; private set; }

    public Guid ChapterId { get; private set; }

    public Guid MeetingId { get; private set; }

    public DateOnly HeldOn { get; private set; }

    public SlipKind Kind { get; private set; }

    /// <summary>Giver, initiator, attendee, speaker; null for closed business and for somebody outside.</summary>
    public Guid? FromId { get; private set; }

    public Guid? FromExternalId { get; private set; }

    /// <summary>Receiver, partner, whoever is thanked or praised; null for education and for somebody outside.</summary>
    public Guid? ToId { get; private set; }

    public Guid? ToExternalId { get; private set; }

    /// <summary>Empty for closed business.</summary>
    public string FromName { get; private set; } = "";

    /// <summary>Empty for education.</summary>
    public string ToName { get; private set; } = "";

    /// <summary>The other chapter, of whichever side is outside; empty for none.</summary>
    public string OtherChapter { get; private set; } = "";

    public int? Tier { get; private set; }

    public ReferralStatus? Status { get; private set; }

    public decimal? Amount { get; private set; }

    public string Currency { get; private set; } = "";

    public decimal? Credits { get; private set; }

    /// <summary>Of education; false for every other kind.</summary>
    public bool IsTraining { get; private set; }

    public string Note { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }
}

/// <summary>
/// What totals and matrices are made of, for everybody who may read these: leaders, committee and members of the chapter. No payer, no note, no visitor's name.
/// A view of the database, with its own condition on who asks; removed slips are not in it.
/// </summary>
public sealed class SlipFact
{
    public Guid Id { get; private set; }

    public Guid ChapterId { get; private set; }

    public Guid MeetingId { get; private set; }

    public DateOnly HeldOn { get; private set; }

    public MeetingStatus MeetingStatus { get; private set; }

    public SlipKind Kind { get; private set; }

    public Guid? FromId { get; private set; }

    public Guid? FromExternalId { get; private set; }

    public Guid? ToId { get; private set; }

    public Guid? ToExternalId { get; private set; }

    public int? Tier { get; private set; }

    public bool? IsInside { get; private set; }

    public decimal? Amount { get; private set; }

    public string Currency { get; private set; } = "";

    public decimal? Credits { get; private set; }

    /// <summary>Of visitors: as what they came, by its name in the database.</summary>
    public VisitorKind? VisitorKind { get; private set; }
}

/// <summary>How often each code was given at a meeting: for everybody who may read totals. A view of the database.</summary>
public sealed class AttendanceCount
{
    public Guid ChapterId { get; private set; }

    public Guid MeetingId { get; private set; }

    public DateOnly HeldOn { get; private set; }

    public MeetingStatus MeetingStatus { get; private set; }

    public AttendanceCode Code { get; private set; }

    public int Count { get; private set; }
}
