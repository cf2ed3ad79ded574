using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Rfqs.Sealing;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Rfqs;

/// <summary>What a seal is called, the same on board, page and portal.</summary>
internal static class SealWords
{
    /// <summary>Colour and words of the pill of a sealed RFQ.</summary>
    /// <param name="deadline">In words; null where there is none or it does not matter here.</param>
    public static (Hue Hue, string Text) Pill(RfqStatus status, DateTimeOffset? openedAt, int consents, string? deadline, string? opened = null) => (status, openedAt) switch
    {
        (_, not null) => (Hue.Green, opened is null ? "Bids opened" : $"Bids opened {opened}"),
        (RfqStatus.Draft or RfqStatus.Approval, _) => (Hue.Grey, "Will be sealed"),
        (RfqStatus.Cancelled, _) => (Hue.Grey, "Sealed for ever"),
        (RfqStatus.Closed, _) => (Hue.Amber, consents == 0 ? "Sealed, waits to be opened" : $"Sealed, {consents} of 2 agreed to open"),
        _ => (Hue.Violet, deadline is null ? "Sealed" : $"Sealed until {deadline}"),
    };

    /// <summary>What an entry of the log says.</summary>
    public static string Event(SealEventKind kind) => kind switch
    {
        SealEventKind.Sealed => "Round sealed",
        SealEventKind.Received => "Bid received",
        SealEventKind.Withdrawn => "Bid withdrawn",
        SealEventKind.Deadline => "Deadline moved",
        SealEventKind.Closed => "Closed for bids",
        SealEventKind.Reopened => "Reopened for bids",
        SealEventKind.Cancelled => "Cancelled, never to be opened",
        SealEventKind.Consent => "Agreed to open",
        SealEventKind.Opened => "Opened by two people",
        SealEventKind.BidOpened => "Bid opened as submitted",
        _ => "Bid could not be opened",
    };

    /// <summary>The colour of an entry.</summary>
    public static Hue Colour(SealEventKind kind) => kind switch
    {
        SealEventKind.Received or SealEventKind.BidOpened or SealEventKind.Opened => Hue.Green,
        SealEventKind.Consent or SealEventKind.Closed => Hue.Amber,
        SealEventKind.BidRefused => Hue.Red,
        SealEventKind.Withdrawn or SealEventKind.Cancelled => Hue.Grey,
        _ => Hue.Violet,
    };

    /// <summary>What became of a bid.</summary>
    public static (Hue Hue, string Text) Bid(SealedBidRow bid) => bid switch
    {
        { Agrees: true } => (Hue.Green, "Opened as submitted"),
        { Agrees: false } => (Hue.Red, "Could not be opened"),
        { Last: false } => (Hue.Grey, "Replaced by a revision"),
        { Status: QuoteStatus.Withdrawn } => (Hue.Grey, "Withdrawn"),
        _ => (Hue.Violet, "Sealed"),
    };
}
