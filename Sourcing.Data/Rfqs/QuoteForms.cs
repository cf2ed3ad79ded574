using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>An answer being typed, by a supplier or, with a channel, by a buyer on its behalf.</summary>
public sealed class QuoteForm : QuoteContent, IForm, IValidatableObject
{
    /// <summary>More lines than any RFQ has.</summary>
    public const int MostLines = 2000;

    /// <summary>More breaks than any price list has.</summary>
    public const int MostBreaks = 20;

    /// <summary>Of the submission.</summary>
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>Of saving it as a draft: another act than submitting, so with a key of its own.</summary>
    public Guid DraftKey { get; set; } = Guid.CreateVersion7();

    /// <summary>Of the quote that was opened; 0 when there was none.</summary>
    public uint Version { get; set; }

    public Guid RfqId { get; set; }

    /// <summary>For whom a buyer enters it; a supplier's own is taken from its session.</summary>
    public Guid SupplierId { get; set; }

    /// <summary>How it reached the buyer: e-mail or telephone.</summary>
    public QuoteChannel Channel { get; set; } = QuoteChannel.Email;

    /// <summary>Lengths and numbers of things, which hold for drafts as well. What makes an offer complete is in <see cref="QuoteRules"/>.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Lines.Count > MostLines)
        {
            yield return new($"A quote has at most {MostLines:N0} lines.", [nameof(Lines)]);
            yield break;
        }

        for (var i = 0; i < Lines.Count; i++)
        {
            var found = new List<ValidationResult>();
            Validator.TryValidateObject(Lines[i], new(Lines[i]), found, validateAllProperties: true);
            foreach (var result in found)
            {
                yield return new(result.ErrorMessage, [$"Lines[{i}].{result.MemberNames.FirstOrDefault()}"]);
            }

            if (Lines[i].Breaks.Count > MostBreaks)
            {
                yield return new($"A line has at most {MostBreaks} price breaks.", [$"Lines[{i}].Breaks"]);
            }
        }
    }

    /// <summary>The same answer by itself, apart from this form: what is kept.</summary>
    public QuoteContent Content() => QuoteJson.Read(QuoteJson.Write(this));

    /// <summary>Takes over an answer that was kept.</summary>
    public void Fill(QuoteContent content)
    {
        var own = QuoteJson.Read(QuoteJson.Write(content));
        (Currency, ValidUntil, LeadTimeDays, PaymentTerms, Incoterm) = (own.Currency, own.ValidUntil, own.LeadTimeDays, own.PaymentTerms, own.Incoterm);
        (FreightCost, OtherCost, Notes, Lines) = (own.FreightCost, own.OtherCost, own.Notes, own.Lines);
    }
}

/// <summary>Taking an offer back.</summary>
public sealed class QuoteWithdrawForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public uint Version { get; set; }

    public Guid RfqId { get; set; }

    [Required(ErrorMessage = "Say why the quote is withdrawn, in a few words.")]
    [MaxLength(500, ErrorMessage = "The reason has at most 500 characters.")]
    public string Reason { get; set; } = "";
}

/// <summary>Saying that there will be no quote.</summary>
public sealed class QuoteDeclineForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    public Guid RfqId { get; set; }

    [Required(ErrorMessage = "Choose why there will be no quote.")]
    public DeclineReason? Reason { get; set; }

    [MaxLength(400, ErrorMessage = "The note has at most 400 characters.")]
    public string Note { get; set; } = "";
}
