using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters.Importing;

/// <summary>An answer to the question who a name means.</summary>
public sealed class NameAnswerForm : IForm, IValidatableObject
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid BatchId { get; set; }

    /// <summary>As written in the file.</summary>
    public string Name { get; set; } = "";

    [Display(Name = "Who is meant")]
    public AnswerKind Kind { get; set; } = AnswerKind.Member;

    [Display(Name = "Member")]
    public Guid? MemberId { get; set; }

    [Display(Name = "Remember this spelling")]
    public bool Remember { get; set; } = true;

    [Display(Name = "First name"), StringLength(80, ErrorMessage = "A first name has 1 to 80 characters.")]
    public string First { get; set; } = "";

    [Display(Name = "Last name"), StringLength(80, ErrorMessage = "The last name is longer than 80 characters.")]
    public string? Last { get; set; } = "";

    [Display(Name = "Joined on")]
    public DateOnly? JoinedOn { get; set; }

    [Display(Name = "Their chapter"), StringLength(160, ErrorMessage = "The chapter's name is longer than 160 characters.")]
    public string? Chapter { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Kind == AnswerKind.Member && MemberId is null)
        {
            yield return new("Choose the member who is meant.", [nameof(MemberId)]);
        }

        if (Kind == AnswerKind.NewMember && string.IsNullOrWhiteSpace(First))
        {
            yield return new("Type the first name of the new member.", [nameof(First)]);
        }

        if (Kind == AnswerKind.NewMember && JoinedOn is null)
        {
            yield return new("Say since when this person belongs to the chapter.", [nameof(JoinedOn)]);
        }

        if (Kind == AnswerKind.Yes)
        {
            yield return new("Say who is meant: a member, a new one, or somebody outside.", [nameof(Kind)]);
        }
    }
}

/// <summary>A yes to an import as it was shown.</summary>
public sealed class ApplyForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid BatchId { get; set; }

    /// <summary>The state that was shown: another one is refused.</summary>
    public uint Version { get; set; }

    /// <summary>The batch whose place it takes, as shown; null for none.</summary>
    public Guid? Replaces { get; set; }

    /// <summary>Rows with errors stay out.</summary>
    public bool LeaveErrorsOut { get; set; }

    /// <summary>Of a region's summary: since when the new members belong to the chapter.</summary>
    [Display(Name = "New members joined on")]
    public DateOnly? JoinedOn { get; set; }
}
