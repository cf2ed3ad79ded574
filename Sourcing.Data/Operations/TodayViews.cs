using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Operations;

/// <summary>An RFQ that somebody has to do something about.</summary>
/// <param name="Deadline">Of its round; null where none is set.</param>
/// <param name="Answered">Suppliers of the round who quoted or declined.</param>
public sealed record TodayRfq(Guid Id, string Number, string Title, RfqStatus Status, DateTimeOffset? Deadline, int Invited, int Answered);

/// <summary>A supplier's question that has no answer yet.</summary>
public sealed record TodayQuestion(Guid RfqId, string Rfq, string Supplier, string Text, DateTimeOffset AskedAt);

/// <summary>An approved order that its supplier has not got yet.</summary>
public sealed record TodayOrder(Guid Id, string Number, string Supplier, decimal Total, string Currency, DateTimeOffset OrderedAt);

/// <summary>What was ordered in a month, in the base currency, by the last rate known in it.</summary>
/// <param name="Month">Its first day.</param>
public sealed record MonthSpend(DateOnly Month, decimal Spend, int Orders);

/// <summary>A short list, and how many there are in all.</summary>
public sealed record TodayList<T>(int Count, IReadOnlyList<T> Rows);

/// <summary>What waits for a buyer, or for all buyers, just now.</summary>
/// <param name="Closing">Open RFQs whose deadline comes within <see cref="TodayQueries.NearDays"/> days, the next first.</param>
/// <param name="ToDecide">Closed and evaluated ones that are not awarded, the longest waiting first.</param>
/// <param name="Approvals">What the person may approve; empty for who may not.</param>
/// <param name="ToIssue">Approved orders that were not issued.</param>
/// <param name="Late">Lines that are overdue or promised after the need, the latest first.</param>
/// <param name="Spend">Twelve months, this one last.</param>
/// <param name="LeftOut">Orders of these months without an exchange rate: not in the spend.</param>
public sealed record TodayView(
    TodayList<TodayRfq> Closing, TodayList<TodayRfq> ToDecide, TodayList<TodayQuestion> Questions, TodayList<ApprovalRow> Approvals, TodayList<TodayOrder> ToIssue,
    TodayList<LateLineRow> Late, IReadOnlyList<MonthSpend> Spend, int LeftOut)
{
    /// <summary>Everything that waits.</summary>
    public int Waiting => Closing.Count + ToDecide.Count + Questions.Count + Approvals.Count + ToIssue.Count + Late.Count;
}
