using Sourcing.Data.Operations;

namespace Sourcing.Data.Rfqs;

/// <summary>Who writes about what: taken once and used for every letter of an act.</summary>
/// <param name="Deadline">Null only when there is none to speak of.</param>
public sealed record RfqLetter(Guid RfqId, string Number, string Title, int Lines, DateTimeOffset? Deadline, string DeadlineTimeZone, string BuyerName, string BuyerEmail)
{
    /// <summary>Bids are sealed until two people open them.</summary>
    public bool Sealed { get; init; }

    internal string DeadlineWords => Deadline is { } at ? DeadlineMoment.Words(at, DeadlineTimeZone) : "";
}

/// <summary>The words of what goes to suppliers. Each is a row of the outbox, saved with its cause.</summary>
public static class RfqMails
{
    /// <summary>Where a personal link leads, within the app.</summary>
    public static string LinkPath(string token) => $"/q/{token}";

    /// <summary>The invitation, with the personal link.</summary>
    public static OutboxMessage Invitation(RfqLetter rfq, RfqInvitation to, string email, string token) => Letter(
        rfq, to, email, $"Request for quotation {rfq.Number}: {rfq.Title}",
        $"""
        we ask you to quote for "{rfq.Title}" ({rfq.Number}, {Count(rfq.Lines)}).

        Please answer until {rfq.DeadlineWords}. Your personal link opens the request without an account; it is for you alone. You can save a draft, revise your quote until the deadline, or decline with a reason.{(rfq.Sealed ? "\n\nThis request is sealed: nobody can read your prices before two of us open all bids together, after the deadline. You get a receipt by which you can check that what we opened is what you submitted." : "")}
        """, LinkPath(token), "See the request and quote", secret: true);

    /// <summary>Sealed bids were opened: whoever bid can hold its receipt against it.</summary>
    public static OutboxMessage BidsOpened(RfqLetter rfq, RfqInvitation to, string email) => Letter(
        rfq, to, email, $"{rfq.Number}: the bids are open",
        $"""
        the sealed bids for "{rfq.Title}" ({rfq.Number}) have been opened by two of us together.

        With the number or the hash of your receipt you can check that what we opened is what you submitted. We write again when we have decided.
        """, QuoteReceipt.CheckPath, "Check a receipt");

    /// <summary>A reminder before the deadline, with a new link: of the earlier one nothing but a hash is kept.</summary>
    public static OutboxMessage Reminder(RfqLetter rfq, RfqInvitation to, string email, string token) => Letter(
        rfq, to, email, $"Reminder: {rfq.Number} closes {rfq.DeadlineWords}",
        $"""
        your answer to "{rfq.Title}" ({rfq.Number}) has not reached us yet. The request closes {rfq.DeadlineWords}.

        If you do not want to quote, please decline with a reason: that helps us as well. This link replaces the one in our earlier mail.
        """, LinkPath(token), "See the request and quote", secret: true);

    /// <summary>A later deadline, and why.</summary>
    public static OutboxMessage NewDeadline(RfqLetter rfq, RfqInvitation to, string email, string reason) => Letter(
        rfq, to, email, $"{rfq.Number}: new deadline {rfq.DeadlineWords}",
        $"""
        the deadline of "{rfq.Title}" ({rfq.Number}) has been moved to {rfq.DeadlineWords}: {reason}

        Until then you can quote, revise your quote or withdraw it, by the personal link in our earlier mail or in the portal.
        """);

    /// <summary>Something that all suppliers are to know.</summary>
    public static OutboxMessage Addendum(RfqLetter rfq, RfqInvitation to, string email, int number, string text) => Letter(
        rfq, to, email, $"{rfq.Number}: addendum {number}",
        $"""
        please note for "{rfq.Title}" ({rfq.Number}):

        {text}

        You can quote or revise your quote until {rfq.DeadlineWords}, by the personal link in our earlier mail or in the portal.
        """);

    /// <summary>It is held for a while.</summary>
    public static OutboxMessage Paused(RfqLetter rfq, RfqInvitation to, string email, string reason) => Letter(
        rfq, to, email, $"{rfq.Number} is paused: {rfq.Title}",
        $"""
        our request "{rfq.Title}" ({rfq.Number}) is paused: {reason}

        Until it goes on, quotes can neither be given nor changed. What you saved or submitted stays as it is, and we write to you when it goes on.
        """);

    /// <summary>It goes on.</summary>
    public static OutboxMessage Resumed(RfqLetter rfq, RfqInvitation to, string email) => Letter(
        rfq, to, email, $"{rfq.Number} goes on, until {rfq.DeadlineWords}",
        $"""
        our request "{rfq.Title}" ({rfq.Number}) goes on. You can quote, revise your quote or withdraw it until {rfq.DeadlineWords}, by the personal link in our earlier mail or in the portal.
        """);

    /// <summary>The answer to a question: to whoever asked, or to all without saying who that was.</summary>
    public static OutboxMessage Answer(RfqLetter rfq, RfqInvitation to, string email, string question, string answer, bool toAll) => Letter(
        rfq, to, email, $"{rfq.Number}: {(toAll ? "a question and its answer" : "the answer to your question")}",
        $"""
        {(toAll ? "a supplier asked" : "you asked")} about "{rfq.Title}" ({rfq.Number}):

        {question}

        Our answer{(toAll ? " to all who are invited" : "")}:

        {answer}
        """);

    /// <summary>A next round, with a new personal link.</summary>
    /// <param name="rank">The supplier's own in a former round, and among how many; null where it is not told.</param>
    public static OutboxMessage NextRound(RfqLetter rfq, RfqInvitation to, string email, string token, int round, string message, (int Round, int Rank, int Of)? rank) => Letter(
        rfq, to, email, $"{rfq.Number}: round {round}, until {rfq.DeadlineWords}",
        $"""
        "{rfq.Title}" ({rfq.Number}) goes into round {round}, and we ask you to quote again until {rfq.DeadlineWords}.{(message.Length > 0 ? $"\n\n{message}" : "")}{(rank is { } own ? $"\n\nIn round {own.Round} your offer was in place {own.Rank} of {own.Of} by landed cost." : "")}

        Your earlier quote is filled in where you begin; what you submit counts for this round. This link replaces the one in our earlier mail.
        """, LinkPath(token), "See the request and quote", secret: true);

    /// <summary>It goes on with others.</summary>
    public static OutboxMessage NotInNextRound(RfqLetter rfq, RfqInvitation to, string email, int round) => Letter(
        rfq, to, email, $"{rfq.Number}: our decision after round {round}",
        $"""
        thank you for your part in "{rfq.Title}" ({rfq.Number}). After round {round} we go on with other suppliers, so nothing more is needed from you for this request.

        We hope to ask you again soon.
        """);

    /// <summary>The end without an award.</summary>
    public static OutboxMessage Cancelled(RfqLetter rfq, RfqInvitation to, string email, string reason) => Letter(
        rfq, to, email, $"{rfq.Number} is cancelled: {rfq.Title}",
        $"""
        our request "{rfq.Title}" ({rfq.Number}) is cancelled: {reason}

        Nothing more is needed from you. We thank you for your time.
        """);

    private static OutboxMessage Letter(
        RfqLetter rfq, RfqInvitation to, string email, string subject, string body, string? link = null, string linkText = "Open in Sourcing", bool secret = false)
    {
        var greeting = to.ContactName.Length > 0 ? $"Dear {to.ContactName}," : "Good day,";
        var text = $"{greeting}\n\n{body}\n\nKind regards\n{rfq.BuyerName}\n{rfq.BuyerEmail}";
        return new(email, subject, text, "rfqs", rfq.RfqId, supplierId: to.SupplierId, link: link, linkText: linkText, secret: secret);
    }

    private static string Count(int lines) => lines == 1 ? "1 line" : $"{lines} lines";
}
