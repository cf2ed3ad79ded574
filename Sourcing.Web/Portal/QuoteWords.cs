using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;

namespace Sourcing.Web.Portal;

/// <summary>Sentences about quotes that several pages say.</summary>
internal static class QuoteWords
{
    public static string Channel(QuoteChannel channel) => channel switch
    {
        QuoteChannel.Portal => "portal",
        QuoteChannel.Link => "personal link",
        QuoteChannel.Email => "entered from an e-mail",
        _ => "entered from a telephone call",
    };

    public static string Outcome(QuoteLineOutcome outcome) => QuoteSheetFile.Answer(outcome);

    public static string Reason(NoQuoteReason? reason) => reason is null ? "" : Words.Spaced(reason.Value);

    /// <summary>12 of 14 lines priced, 1 without quote, 1 open.</summary>
    public static string Count(QuoteTotal total)
    {
        var all = total.Priced + total.NoQuotes + total.Unanswered;
        return $"{total.Priced} of {all} {(all == 1 ? "line" : "lines")} priced"
            + (total.NoQuotes > 0 ? $", {total.NoQuotes} without quote" : "") + (total.Unanswered > 0 ? $", {total.Unanswered} open" : "");
    }
}
