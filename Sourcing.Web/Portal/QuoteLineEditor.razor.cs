using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;

namespace Sourcing.Web.Portal;

/// <summary>One line of the quote being typed.</summary>
public sealed partial class QuoteLineEditor
{
    private IReadOnlyList<string> _errors = [];
    private IReadOnlyList<FieldError> _warnings = [];
    private LineTotal? _total;
    private bool _notes;

    [Parameter, EditorRequired]
    public QuoteLineContent Line { get; set; } = null!;

    [Parameter, EditorRequired]
    public AskedLine Asked { get; set; } = null!;

    /// <summary>The line's place in the form.</summary>
    [Parameter, EditorRequired]
    public int Index { get; set; }

    [Parameter]
    public string Currency { get; set; } = "";

    /// <summary>What is wrong with fields of the whole form, by path.</summary>
    [Parameter, EditorRequired]
    public ILookup<string, string> Messages { get; set; } = null!;

    /// <summary>Something was typed.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    /// <summary>A field's path, with the reason when it cannot be read and without when it can.</summary>
    [Parameter]
    public EventCallback<(string Path, string? Why)> Unreadable { get; set; }

    private string Prefix => $"Lines[{Index}].";

    private bool ShowsNotes => _notes || Line.Notes.Length > 0 || Bad(nameof(Line.Notes));

    private bool ShowsMore => ShowsNotes || Line.Outcome == QuoteLineOutcome.Alternate || _errors.Count > 0 || _warnings.Count > 0;

    private bool HasBreakFault => Messages.Any(m => m.Key.StartsWith(Prefix + "Breaks", StringComparison.Ordinal));

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _total = QuoteTotals.Line(Line);
        _errors = [.. Messages.Where(m => m.Key.StartsWith(Prefix, StringComparison.Ordinal)).SelectMany(m => m).Distinct()];
        _warnings = QuoteRules.Warnings(Line, Asked, Prefix);
    }

    private bool Bad(string field) => Messages.Contains(Prefix + field);

    private string Name(string field) => $"{field} of line {Asked.LineNo}";

    private Task Set(string field, Action set)
    {
        set();
        return Changed.InvokeAsync();
    }

    private Task SetLead(decimal? days)
    {
        if (days is { } value && (value != decimal.Truncate(value) || Math.Abs(value) > 1_000_000))
        {
            return Unread(nameof(Line.LeadTimeDays), "Whole days are needed.");
        }

        return Set(nameof(Line.LeadTimeDays), () => Line.LeadTimeDays = (int?)days);
    }

    private Task Unread(string field, string? why) => Unreadable.InvokeAsync((Prefix + field, why is null ? null : $"Line {Asked.LineNo}: {why}"));

    private Task AnswerAsync(ChangeEventArgs change) => Set(nameof(Line.Outcome), () => Line.Outcome = Enum.Parse<QuoteLineOutcome>((string)change.Value!));

    private Task ReasonAsync(ChangeEventArgs change) =>
        Set(nameof(Line.NoQuoteReason), () => Line.NoQuoteReason = Enum.TryParse<NoQuoteReason>((string?)change.Value, out var reason) ? reason : null);
}
