using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Sales;

/// <summary>A note as it is typed. Shape only: <see cref="SalesNote"/> and <see cref="NoteService"/> check the rest.</summary>
public sealed class NoteForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>Null for a new note.</summary>
    public Guid? Id { get; set; }

    public uint Version { get; set; }

    [Display(Name = "Customer"), Required(ErrorMessage = "Choose the customer.")]
    public Guid? CustomerId { get; set; }

    public NoteKind Kind { get; set; }

    [Display(Name = "What was said"), Required(ErrorMessage = "Say what it is about."), StringLength(4000, ErrorMessage = "A note has 4,000 characters at most.")]
    public string Body { get; set; } = "";

    public NoteOutcome? Outcome { get; set; }

    [Display(Name = "Who called")]
    public CallDirection? CallDirection { get; set; }

    /// <summary>Length of a call, meeting or visit.</summary>
    [Display(Name = "Length, minutes"), Range(0, 1440, ErrorMessage = "The length has to be 0 to 1,440 minutes.")]
    public int? Minutes { get; set; }

    /// <summary>When it was; null for the moment of saving.</summary>
    [Display(Name = "When")]
    public DateTimeOffset? OccurredAt { get; set; }

    [Display(Name = "Next action"), StringLength(200, ErrorMessage = "A next action has 200 characters at most. The text of the note takes more.")]
    public string NextAction { get; set; } = "";

    [Display(Name = "On")]
    public DateOnly? NextActionOn { get; set; }

    [Display(Name = "At")]
    public TimeOnly? NextActionTime { get; set; }

    [Display(Name = "With")]
    public Guid? ContactId { get; set; }

    [Display(Name = "RFQ")]
    public Guid? RfqId { get; set; }

    [Display(Name = "Order")]
    public Guid? OrderId { get; set; }

    /// <summary>What the entity takes.</summary>
    /// <param name="now">Stands in where nobody said when it was.</param>
    public NoteFacts Facts(DateTimeOffset now) => new(CustomerId ?? Guid.Empty, Kind, Body ?? "", OccurredAt ?? now)
    {
        Outcome = Outcome, CallDirection = CallDirection, DurationSeconds = Minutes * 60, NextAction = NextAction ?? "", NextActionOn = NextActionOn,
        NextActionTime = NextActionTime, ContactId = ContactId, RfqId = RfqId, OrderId = OrderId,
    };
}
