using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters;

/// <summary>A chapter as it is typed.</summary>
public sealed class ChapterForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    public uint Version { get; set; }

    [Required(ErrorMessage = "Type the chapter's name."), StringLength(80, MinimumLength = 3, ErrorMessage = "A chapter's name has 3 to 80 characters.")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Say where the chapter meets."), StringLength(80, ErrorMessage = "The location is longer than 80 characters.")]
    public string Location { get; set; } = "";

    [StringLength(80, ErrorMessage = "The region is longer than 80 characters.")]
    public string Region { get; set; } = "";

    /// <summary>1 for Monday to 7 for Sunday.</summary>
    [Display(Name = "Meets on"), Range(1, 7, ErrorMessage = "Choose a day of the week.")]
    public int MeetingDay { get; set; } = 4;

    [Display(Name = "At"), Required(ErrorMessage = "Say when meetings begin.")]
    public TimeOnly? MeetingTime { get; set; } = new(7, 0);

    [Display(Name = "Time zone"), Required(ErrorMessage = "Type the time zone, like Europe/Berlin.")]
    public string TimeZone { get; set; } = "Europe/Berlin";

    [Required(ErrorMessage = "Choose the currency.")]
    public string Currency { get; set; } = "EUR";

    [Display(Name = "Members see each other's points")]
    public bool PointsShared { get; set; }

    [Display(Name = "Active")]
    public bool IsActive { get; set; } = true;

    internal ChapterFacts Facts => new(Name, Location)
    {
        Region = Region ?? "", MeetingDay = MeetingDay, MeetingTime = MeetingTime!.Value, TimeZone = TimeZone.Trim(), Currency = Currency, PointsShared = PointsShared, IsActive = IsActive,
    };
}

/// <summary>A seat that is given to an account.</summary>
public sealed class SeatForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid ChapterId { get; set; }

    [Display(Name = "Sign-in address"), Required(ErrorMessage = "Type the e-mail address with which the person signs in.")]
    public string Email { get; set; } = "";

    public ChapterOffice Office { get; set; } = ChapterOffice.Member;
}

/// <summary>A member as it is typed.</summary>
public sealed class MemberForm : IForm, IValidatableObject
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    public Guid ChapterId { get; set; }

    public uint Version { get; set; }

    [Display(Name = "First name"), Required(ErrorMessage = "Type the first name."), StringLength(80, ErrorMessage = "The first name is longer than 80 characters.")]
    public string FirstName { get; set; } = "";

    [Display(Name = "Last name"), StringLength(80, ErrorMessage = "The last name is longer than 80 characters.")]
    public string LastName { get; set; } = "";

    [StringLength(120, ErrorMessage = "The firm's name is longer than 120 characters.")]
    public string Business { get; set; } = "";

    [StringLength(120, ErrorMessage = "The classification is longer than 120 characters.")]
    public string Classification { get; set; } = "";

    [Display(Name = "E-mail"), RegularExpression(MailAddress.Shape, ErrorMessage = "This is not an e-mail address. Write it like name@firm.example."), StringLength(320, ErrorMessage = "The address is longer than 320 characters.")]
    public string Email { get; set; } = "";

    [Display(Name = "Telephone"), StringLength(40, ErrorMessage = "The number is longer than 40 characters.")]
    public string Phone { get; set; } = "";

    [Display(Name = "Sponsor")]
    public Guid? SponsorId { get; set; }

    [Display(Name = "Renewal")]
    public DateOnly? RenewalOn { get; set; }

    /// <summary>The first day; for a new member alone.</summary>
    [Display(Name = "Joined")]
    public DateOnly? JoinedOn { get; set; }

    /// <summary>The account of the member, by the address with which it signs in; empty leaves it as it is.</summary>
    [Display(Name = "Signs in as")]
    public string Account { get; set; } = "";

    /// <summary>Takes the account off the member.</summary>
    [Display(Name = "No account any more")]
    public bool DropAccount { get; set; }

    /// <summary>Whether the member has an account.</summary>
    public bool HasAccount { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Id is null && JoinedOn is null)
        {
            yield return new("Say when the member joined.", [nameof(JoinedOn)]);
        }
    }
}

/// <summary>How a member wants to be reached, typed by themselves.</summary>
public sealed class OwnContactForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid MemberId { get; set; }

    [Display(Name = "E-mail"), RegularExpression(MailAddress.Shape, ErrorMessage = "This is not an e-mail address. Write it like name@firm.example."), StringLength(320, ErrorMessage = "The address is longer than 320 characters.")]
    public string Email { get; set; } = "";

    [Display(Name = "Telephone"), StringLength(40, ErrorMessage = "The number is longer than 40 characters.")]
    public string Phone { get; set; } = "";
}

/// <summary>A day on which a member leaves or comes back.</summary>
public sealed class TermForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid MemberId { get; set; }

    [Display(Name = "Day"), Required(ErrorMessage = "Choose the day.")]
    public DateOnly? On { get; set; }
}

/// <summary>Another spelling of a member's name.</summary>
public sealed class AliasForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid MemberId { get; set; }

    [Display(Name = "Also written"), Required(ErrorMessage = "Type the other spelling."), StringLength(160, ErrorMessage = "The spelling is longer than 160 characters.")]
    public string Alias { get; set; } = "";
}

/// <summary>Meetings of a stretch of time.</summary>
public sealed class PlanMeetingsForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid ChapterId { get; set; }

    [Required(ErrorMessage = "Choose the first day.")]
    public DateOnly? From { get; set; }

    /// <summary>At most a year after <see cref="From"/>.</summary>
    [Display(Name = "Until"), Required(ErrorMessage = "Choose the last day.")]
    public DateOnly? Until { get; set; }

    /// <summary>1 for Monday to 7 for Sunday.</summary>
    [Display(Name = "Every"), Range(1, 7, ErrorMessage = "Choose a day of the week.")]
    public int Weekday { get; set; } = 4;
}

/// <summary>What was entered for one member at a meeting.</summary>
/// <param name="Code">Null takes the code away.</param>
public sealed record AttendanceEntry(Guid MemberId, AttendanceCode? Code, string Substitute = "", bool LeftEarly = false);

/// <summary>A slip as it is typed.</summary>
public sealed class SlipForm : IForm, IValidatableObject
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    public uint Version { get; set; }

    public Guid ChapterId { get; set; }

    public SlipKind Kind { get; set; }

    /// <summary>Null for the meeting that is nearest: the last one up to today, else the next.</summary>
    [Display(Name = "Meeting")]
    public Guid? MeetingId { get; set; }

    /// <summary>For whom a leader enters; null for oneself.</summary>
    [Display(Name = "From")]
    public Guid? FromId { get; set; }

    /// <summary>The member at the other side.</summary>
    [Display(Name = "To")]
    public Guid? ToId { get; set; }

    /// <summary>Somebody outside who is known already.</summary>
    [Display(Name = "Person outside")]
    public Guid? ToExternalId { get; set; }

    /// <summary>Somebody outside by name, where nobody else is chosen.</summary>
    [Display(Name = "Person outside"), StringLength(160, ErrorMessage = "The name is longer than 160 characters.")]
    public string ExternalName { get; set; } = "";

    [Display(Name = "Their chapter"), StringLength(160, ErrorMessage = "The chapter's name is longer than 160 characters.")]
    public string ExternalChapter { get; set; } = "";

    /// <summary>The person outside is the giver, and whoever is said at the other side receives. For referrals and one-to-ones that a leader enters.</summary>
    [Display(Name = "From the person outside")]
    public bool FromOutside { get; set; }

    [Range(1, 3, ErrorMessage = "Choose the tier.")]
    public int Tier { get; set; } = 1;

    public decimal? Amount { get; set; }

    public decimal? Credits { get; set; }

    /// <summary>Of education: a whole training of the network.</summary>
    [Display(Name = "A whole training of the network")]
    public bool IsTraining { get; set; }

    [StringLength(160, ErrorMessage = "The place is longer than 160 characters.")]
    public string Place { get; set; } = "";

    [StringLength(Slip.LongestText, ErrorMessage = "The note is longer than 400 characters.")]
    public string Note { get; set; } = "";

    /// <summary>Somebody is said at the other side.</summary>
    internal bool SaysOther => Kind != SlipKind.Education && (ToId is not null || ToExternalId is not null || (ExternalName ?? "").Trim().Length > 0);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // A testimonial may be about nobody in particular.
        if (Kind is not (SlipKind.Education or SlipKind.Testimonial) && !SaysOther)
        {
            yield return new("Choose the person.", [nameof(ToId)]);
        }

        if (Kind == SlipKind.Testimonial && FromOutside)
        {
            yield return new("A testimonial is spoken by a member of the chapter.", [nameof(FromOutside)]);
        }

        if (Kind == SlipKind.ClosedBusiness && Amount is null)
        {
            yield return new("Type the amount.", [nameof(Amount)]);
        }

        if (Kind == SlipKind.Education && Credits is null)
        {
            yield return new("Type the credits.", [nameof(Credits)]);
        }
    }
}

/// <summary>A slip that is taken out, with the reason.</summary>
public sealed class RemoveSlipForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public SlipKind Kind { get; set; }

    public Guid Id { get; set; }

    [Required(ErrorMessage = "Say why it is removed: \"entered twice\"."), StringLength(Slip.LongestText, ErrorMessage = "The reason is longer than 400 characters.")]
    public string Reason { get; set; } = "";
}

/// <summary>A visit as it is typed.</summary>
public sealed class VisitorForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    public Guid ChapterId { get; set; }

    public uint Version { get; set; }

    [Display(Name = "Meeting"), Required(ErrorMessage = "Choose the meeting.")]
    public Guid? MeetingId { get; set; }

    [Required(ErrorMessage = "Type the visitor's name."), StringLength(160, ErrorMessage = "The name is longer than 160 characters.")]
    public string Name { get; set; } = "";

    [StringLength(160, ErrorMessage = "The company is longer than 160 characters.")]
    public string Company { get; set; } = "";

    [StringLength(160, ErrorMessage = "The profession is longer than 160 characters.")]
    public string Profession { get; set; } = "";

    [Display(Name = "Invited by")]
    public Guid? InviterId { get; set; }

    [Display(Name = "Came as")]
    public VisitorKind Kind { get; set; }

    public VisitorOutcome Outcome { get; set; }
}
