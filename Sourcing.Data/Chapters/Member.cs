using System.Text.RegularExpressions;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters;

/// <summary>The facts of a member that people type and that the whole chapter may read.</summary>
/// <param name="FirstName">1 to 80 characters.</param>
/// <param name="LastName">At most 80 characters.</param>
public sealed record MemberFacts(string FirstName, string LastName)
{
    /// <summary>The firm; at most 120 characters.</summary>
    public string Business { get; init; } = "";

    /// <summary>The one line of business that the member holds in the chapter; at most 120 characters. Two active members of one are warned about, not refused.</summary>
    public string Classification { get; init; } = "";

    /// <summary>Who brought the member in; null for nobody or somebody unknown.</summary>
    public Guid? SponsorId { get; init; }

    /// <summary>The account through which the member signs in; null for none.</summary>
    public Guid? UserId { get; init; }
}

/// <summary>Somebody who belongs to a chapter or did. Never deleted for good: slips keep pointing here.</summary>
public sealed class Member : ISoftDeleted
{
    private readonly List<MembershipTerm> _terms = [];

    private Member()
    {
    }

    /// <inheritdoc cref="Change"/>
    public Member(Guid chapterId, MemberFacts facts)
    {
        (Id, ChapterId) = (Guid.CreateVersion7(), chapterId);
        Change(facts);
    }

    public Guid Id { get; private set; }

    public Guid ChapterId { get; private set; }

    public Guid? UserId { get; private set; }

    public string FirstName { get; private set; } = "";

    public string LastName { get; private set; } = "";

    /// <summary>See <see cref="Files.NameKey.Of"/>.</summary>
    public string NameKey { get; private set; } = "";

    public string Business { get; private set; } = "";

    public string Classification { get; private set; } = "";

    public Guid? SponsorId { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    public uint Version { get; private set; }

    /// <summary>When the member joined and left, each time. They do not overlap.</summary>
    public IReadOnlyList<MembershipTerm> Terms => _terms;

    public string FullName => $"{FirstName} {LastName}".Trim();

    /// <summary>Sets the facts. Refuses a member without a first name, texts that are too long, and being one's own sponsor.</summary>
    public void Change(MemberFacts facts)
    {
        var (first, last) = (Files.NameKey.Tidy(facts.FirstName), Files.NameKey.Tidy(facts.LastName));
        if (first.Length is < 1 or > 80)
        {
            throw new RefusedException("FirstName", "A first name has 1 to 80 characters.");
        }

        if (last.Length > 80)
        {
            throw new RefusedException("LastName", "The last name is longer than 80 characters.");
        }

        if (facts.SponsorId == Id)
        {
            throw new RefusedException("SponsorId", "Nobody is their own sponsor. Choose somebody else, or nobody.");
        }

        (FirstName, LastName, NameKey) = (first, last, Files.NameKey.Of($"{first} {last}"));
        (Business, Classification) = (facts.Business.Trim(), Files.NameKey.Tidy(facts.Classification));
        (SponsorId, UserId) = (facts.SponsorId, facts.UserId);
    }

    /// <summary>Says who brought the member in. Refuses the member themself.</summary>
    internal void Sponsored(Guid? sponsor) => SponsorId = sponsor != Id ? sponsor : throw new RefusedException("SponsorId", "Nobody is their own sponsor. Choose somebody else, or nobody.");

    /// <summary>Active on a day: joined on or before it and not yet left. Include the terms first.</summary>
    public bool IsActiveOn(DateOnly day) => _terms.Any(t => t.Covers(day));

    /// <summary>Begins a membership. Refuses a day within another term, and any term while one is open.</summary>
    public MembershipTerm Join(DateOnly on)
    {
        if (_terms.FirstOrDefault(t => t.LeftOn is null) is { } open)
        {
            throw new RefusedException("JoinedOn", $"{FullName} is a member since {open.JoinedOn:d MMM yyyy}. Say first when that ended.");
        }

        if (_terms.FirstOrDefault(t => on < t.LeftOn) is { } other)
        {
            throw new RefusedException("JoinedOn", $"{FullName} was a member from {other.JoinedOn:d MMM yyyy} until {other.LeftOn:d MMM yyyy}. Choose that last day or a later one.");
        }

        var term = new MembershipTerm(Id, ChapterId, on);
        _terms.Add(term);
        return term;
    }

    /// <summary>Ends the open membership; the day is the first on which the member no longer belongs. Refuses without an open one, and a day that is not after joining.</summary>
    public void Leave(DateOnly on)
    {
        var open = _terms.FirstOrDefault(t => t.LeftOn is null) ?? throw new RefusedException("LeftOn", $"{FullName} is no member now, and so cannot leave.");
        open.End(on);
    }

    /// <summary>Undoes the deletion.</summary>
    public void Restore() => (DeletedAt, DeletedBy) = (null, null);
}

/// <summary>One stay in the chapter: from the day of joining until before the day of leaving.</summary>
public sealed class MembershipTerm
{
    private MembershipTerm()
    {
    }

    internal MembershipTerm(Guid memberId, Guid chapterId, DateOnly joinedOn) => (Id, MemberId, ChapterId, JoinedOn) = (Guid.CreateVersion7(), memberId, chapterId, joinedOn);

    public Guid Id { get; private set; }

    public Guid MemberId { get; private set; }

    public Guid ChapterId { get; private set; }

    /// <summary>The first day.</summary>
    public DateOnly JoinedOn { get; private set; }

    /// <summary>The first day on which the member no longer belongs; null while they do.</summary>
    public DateOnly? LeftOn { get; private set; }

    public uint Version { get; private set; }

    /// <summary>joined ≤ day &lt; left.</summary>
    public bool Covers(DateOnly day) => JoinedOn <= day && (LeftOn is not { } left || day < left);

    /// <summary>Refuses a day that is not after joining.</summary>
    internal void End(DateOnly on) =>
        LeftOn = on > JoinedOn ? on : throw new RefusedException("LeftOn", $"The member joined on {JoinedOn:d MMM yyyy}. Choose a later day for leaving.");
}

/// <summary>How a member is reached and until when they paid: for the member, the leaders and the committee alone. Its key is the member's.</summary>
public sealed partial class MemberContact : ISoftDeleted
{
    private MemberContact()
    {
    }

    public MemberContact(Guid memberId, Guid chapterId) => (Id, ChapterId) = (memberId, chapterId);

    /// <summary>The member.</summary>
    public Guid Id { get; private set; }

    public Guid ChapterId { get; private set; }

    /// <summary>Empty for none; unique in the chapter among those not deleted, whatever the case.</summary>
    public string Email { get; private set; } = "";

    public string Phone { get; private set; } = "";

    /// <summary>Until when the membership is paid; null where nobody wrote it down.</summary>
    public DateOnly? RenewalOn { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    /// <summary>Refuses an address without an at sign between two parts, and texts that are too long.</summary>
    public void Set(string email, string phone, DateOnly? renewalOn)
    {
        email = email.Trim();
        if (email.Length > 320 || (email.Length > 0 && !Address().IsMatch(email)))
        {
            throw new RefusedException("Email", "This is not an e-mail address. Write it like name@firm.example.");
        }

        if (phone.Trim().Length > 40)
        {
            throw new RefusedException("Phone", "The number is longer than 40 characters.");
        }

        (Email, Phone, RenewalOn) = (email, phone.Trim(), renewalOn);
    }

    /// <summary>Undoes the deletion.</summary>
    public void Restore() => (DeletedAt, DeletedBy) = (null, null);

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+$")]
    private static partial Regex Address();
}

/// <summary>Another spelling of a member's name, as files write it.</summary>
public sealed class MemberAlias
{
    private MemberAlias()
    {
    }

    /// <summary>Refuses an empty spelling and one of more than 160 characters.</summary>
    public MemberAlias(Guid chapterId, Guid memberId, string alias)
    {
        (Id, ChapterId, MemberId) = (Guid.CreateVersion7(), chapterId, memberId);
        Alias = Files.NameKey.Tidy(alias) is { Length: > 0 and <= 160 } tidy ? tidy : throw new RefusedException("Alias", "Another spelling has 1 to 160 characters.");
        AliasKey = Files.NameKey.Of(Alias);
    }

    public Guid Id { get; private set; }

    public Guid ChapterId { get; private set; }

    public Guid MemberId { get; private set; }

    public string Alias { get; private set; } = "";

    /// <summary>See <see cref="Files.NameKey.Of"/>; unique in the chapter.</summary>
    public string AliasKey { get; private set; } = "";
}

/// <summary>Somebody outside the chapter to whom or from whom a slip goes.</summary>
public sealed class ExternalParty
{
    private ExternalParty()
    {
    }

    /// <summary>Refuses an empty name and texts of more than 160 characters.</summary>
    /// <param name="chapterName">The other chapter; empty for somebody of none.</param>
    public ExternalParty(Guid chapterId, string name, string chapterName)
    {
        (Id, ChapterId) = (Guid.CreateVersion7(), chapterId);
        Rename(name, chapterName);
    }

    /// <summary>Gives another name or chapter. Refuses an empty name and texts of more than 160 characters.</summary>
    public void Rename(string name, string chapterName)
    {
        Name = Files.NameKey.Tidy(name) is { Length: > 0 and <= 160 } tidy ? tidy : throw new RefusedException("ExternalName", "Type the person's name, in 1 to 160 characters.");
        ChapterName = Files.NameKey.Tidy(chapterName) is { Length: <= 160 } other ? other : throw new RefusedException("ExternalChapter", "The chapter's name is longer than 160 characters.");
    }

    public Guid Id { get; private set; }

    /// <summary>The chapter that knows this person; not theirs.</summary>
    public Guid ChapterId { get; private set; }

    /// <summary>Unique with <see cref="ChapterName"/>, whatever the case.</summary>
    public string Name { get; private set; } = "";

    public string ChapterName { get; private set; } = "";
}

/// <summary>A name that slips show: of members present, past and deleted, for everybody with a part in the chapter but viewers.</summary>
public sealed class MemberName
{
    public Guid Id { get; private set; }

    public Guid ChapterId { get; private set; }

    public string FullName { get; private set; } = "";

    public bool IsDeleted { get; private set; }

    /// <summary>Belongs to the chapter today.</summary>
    public bool IsActive { get; private set; }
}
