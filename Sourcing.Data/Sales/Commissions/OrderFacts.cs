namespace Sourcing.Data.Sales.Commissions;

/// <summary>A part of an order's amount: of one line, or of one receipt or payment of it.</summary>
/// <param name="Category">Code of the part's category; empty for free text.</param>
/// <param name="Amount">What the customer pays, without tax, in the order's currency, in whole cents.</param>
/// <param name="Cost">What the supplier is paid for the same.</param>
public sealed record OrderSlice(string Category, decimal Amount, decimal Cost);

/// <summary>A receipt or a payment.</summary>
/// <param name="Key">Names it within the order for good.</param>
public sealed record PartEvent(string Key, DateOnly Day, IReadOnlyList<OrderSlice> Slices);

/// <summary>Why an order, or a part of it, counts no more.</summary>
public enum TakeBackReason
{
    /// <summary>Money went back.</summary>
    Refund,

    /// <summary>The order was cancelled.</summary>
    Cancellation,

    /// <summary>It was closed before everything had come.</summary>
    ShortClosing,
}

/// <summary>A refund, a cancellation, or the rest of an order that is not wanted any more.</summary>
/// <param name="Amount">Above 0: the part of the order's amount, without tax, in its currency.</param>
public sealed record TakeBack(string Key, TakeBackReason Reason, DateOnly Day, decimal Amount);

/// <summary>A representative's part in an order.</summary>
/// <param name="Percent">Above 0; all of an order sum to 100.</param>
public sealed record OrderShare(Guid RepId, decimal Percent);

/// <summary>What happened to an issued order, as far as commissions look at it.</summary>
/// <param name="CustomerTier">A, B, C or prospect.</param>
/// <param name="IssuedOn">The day that decides who is responsible.</param>
/// <param name="ReceivedOn">The day of the last receipt once everything came.</param>
/// <param name="PaidOn">The day of the last payment once everything is paid.</param>
/// <param name="Lines">All of the order.</param>
/// <param name="Shares">Who it belongs to; none when nobody was responsible.</param>
public sealed record OrderFacts(
    Guid OrderId, string Number, string Customer, string CustomerTier, string Currency, DateOnly IssuedOn, DateOnly? ReceivedOn, DateOnly? PaidOn,
    IReadOnlyList<OrderSlice> Lines, IReadOnlyList<PartEvent> Receipts, IReadOnlyList<PartEvent> Payments, IReadOnlyList<TakeBack> TakeBacks, IReadOnlyList<OrderShare> Shares)
{
    /// <summary>What the customer pays for all of it.</summary>
    public decimal Amount => Lines.Sum(l => l.Amount);

    /// <summary>The events that earn by a base and an event, as they are named in the ledger.</summary>
    internal IEnumerable<PartEvent> Earning(CommissionBase of, EarningEvent when) => (of, when) switch
    {
        (CommissionBase.ReceivedAmount, _) => Receipts.Select(r => r with { Key = $"receipt:{r.Key}" }),
        (CommissionBase.PaidAmount, _) => Payments.Select(p => p with { Key = $"payment:{p.Key}" }),
        (_, EarningEvent.Issued) => [new("issued", IssuedOn, Lines)],
        (_, EarningEvent.Received) => ReceivedOn is { } day ? [new("received", day, Lines)] : [],
        _ => PaidOn is { } day ? [new("paid", day, Lines)] : [],
    };

    /// <summary>What part of a line's event a taking back undoes, 0 to 1: of all that was issued, received or paid by then, whichever earned the line.</summary>
    internal decimal ShareTaken(TakeBack back, string eventKey)
    {
        if (back.Reason != TakeBackReason.Refund && eventKey != "issued")
        {
            // What was neither received nor paid has earned nothing by receipts or payments.
            return 0;
        }

        var earned = eventKey switch
        {
            _ when eventKey.StartsWith("receipt:", StringComparison.Ordinal) => Until(Receipts, back.Day),
            _ when eventKey.StartsWith("payment:", StringComparison.Ordinal) => Until(Payments, back.Day),
            _ => Amount,
        };
        return earned <= 0 ? 0 : Math.Min(1, back.Amount / earned);
    }

    private static decimal Until(IEnumerable<PartEvent> events, DateOnly day) => events.Where(e => e.Day <= day).SelectMany(e => e.Slices).Sum(s => s.Amount);
}

/// <summary>Who was responsible for a customer from one day until another.</summary>
/// <param name="Until">The first day no more; null up to now.</param>
public sealed record Responsibility(Guid RepId, DateOnly From, DateOnly? Until)
{
    /// <summary>Who was responsible on a day; null for nobody.</summary>
    public static Guid? At(IEnumerable<Responsibility> history, DateOnly day) =>
        history.Where(r => r.From <= day && (r.Until is null || day < r.Until)).OrderByDescending(r => r.From).FirstOrDefault()?.RepId;
}
