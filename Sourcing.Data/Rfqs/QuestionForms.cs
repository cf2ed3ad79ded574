using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>A supplier asks.</summary>
public sealed class QuestionForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid RfqId { get; set; }

    [Required(ErrorMessage = "Write your question.")]
    [MaxLength(RfqQuestion.LongestText, ErrorMessage = "A question has at most 2,000 characters. Ask the rest in a second one.")]
    public string Text { get; set; } = "";
}

/// <summary>The buyer answers.</summary>
public sealed class AnswerForm : IForm, IValidatableObject
{
    public Guid FormKey { get; init; } = Guid.CreateVersion7();

    /// <summary>The question.</summary>
    public required Guid Id { get; init; }

    public uint Version { get; init; }

    [Required(ErrorMessage = "Write the answer.")]
    [MaxLength(RfqQuestion.LongestAnswer, ErrorMessage = "An answer has at most 4,000 characters. Attach the rest to the RFQ as a file.")]
    public string Answer { get; set; } = "";

    public AnswerScope Scope { get; set; } = AnswerScope.Everybody;

    /// <summary>The question as everybody reads it.</summary>
    [MaxLength(RfqQuestion.LongestText, ErrorMessage = "A question has at most 2,000 characters. Shorten it.")]
    public string PublicText { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Scope == AnswerScope.Everybody && string.IsNullOrWhiteSpace(PublicText))
        {
            yield return new("Write the question as all suppliers are to read it.", [nameof(PublicText)]);
        }
    }
}
