using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;

namespace Sourcing.Web.Shared;

/// <summary>The one table of which state has which colour. Each room adds its own.</summary>
public static class StateHues
{
    private static readonly Dictionary<Enum, Hue> Table = [];

    static StateHues()
    {
        Add(Hue.Grey, RfqStatus.Draft, RfqStatus.Paused, RfqStatus.Cancelled);
        Add(Hue.Blue, RfqStatus.Open);
        Add(Hue.Violet, RfqStatus.Evaluating);
        Add(Hue.Amber, RfqStatus.Approval, RfqStatus.Closed);
        Add(Hue.Teal, RfqStatus.Completed);
        Add(Hue.Green, RfqStatus.Awarded);

        Add(Hue.Grey, InvitationStatus.Invited);
        Add(Hue.Blue, InvitationStatus.Viewed, InvitationStatus.Quoting);
        Add(Hue.Green, InvitationStatus.Quoted);
        Add(Hue.Red, InvitationStatus.Declined);

        Add(Hue.Grey, QuoteStatus.Draft, QuoteStatus.Rejected, QuoteStatus.Withdrawn);
        Add(Hue.Blue, QuoteStatus.Submitted);
        Add(Hue.Amber, QuoteStatus.Expired);
        Add(Hue.Teal, QuoteStatus.PartiallyAwarded);
        Add(Hue.Green, QuoteStatus.Awarded);

        Add(Hue.Amber, AwardStatus.Waiting);
        Add(Hue.Green, AwardStatus.Decided);
        Add(Hue.Red, AwardStatus.Declined);

        Add(Hue.Grey, OrderStatus.Draft, OrderStatus.Approved, OrderStatus.Cancelled);
        Add(Hue.Blue, OrderStatus.Issued, OrderStatus.Acknowledged);
        Add(Hue.Violet, OrderStatus.InProduction, OrderStatus.Shipped);
        Add(Hue.Teal, OrderStatus.PartiallyReceived, OrderStatus.Closed);
        Add(Hue.Green, OrderStatus.Received);

        Add(Hue.Grey, PaymentStatus.Unpaid);
        Add(Hue.Amber, PaymentStatus.PartiallyPaid);
        Add(Hue.Green, PaymentStatus.Paid);
        Add(Hue.Teal, PaymentStatus.Refunded);

        Add(Hue.Green, RiskLevel.Low);
        Add(Hue.Amber, RiskLevel.Medium);
        Add(Hue.Red, RiskLevel.High);

        Add(Hue.Grey, SupplierBlock.None);
        Add(Hue.Amber, SupplierBlock.Rfq);
        Add(Hue.Red, SupplierBlock.Order);

        Add(Hue.Amber, DateChangeStatus.Proposed);
        Add(Hue.Green, DateChangeStatus.Accepted);
        Add(Hue.Red, DateChangeStatus.Declined);
        Add(Hue.Grey, DateChangeStatus.Superseded);

        Add(Hue.Grey, ImportStatus.Uploaded, ImportStatus.Matching, ImportStatus.Cancelled, ImportStatus.Undone);
        Add(Hue.Blue, ImportStatus.Checking, ImportStatus.Committing, ImportStatus.Undoing);
        Add(Hue.Amber, ImportStatus.Ready);
        Add(Hue.Green, ImportStatus.Done);
        Add(Hue.Red, ImportStatus.Failed);

        Add(Hue.Grey, JobStatus.Waiting, JobStatus.Cancelled);
        Add(Hue.Blue, JobStatus.Running);
        Add(Hue.Green, JobStatus.Done);
        Add(Hue.Red, JobStatus.Failed);

        Add(Hue.Blue, AccountStatus.Invited);
        Add(Hue.Green, AccountStatus.Active);
        Add(Hue.Amber, AccountStatus.Locked);
        Add(Hue.Grey, AccountStatus.Disabled);

        Add(Hue.Blue, OutboxStatus.Waiting);
        Add(Hue.Green, OutboxStatus.Sent);
        Add(Hue.Red, OutboxStatus.Failed);
    }

    /// <summary>The enums that have colours.</summary>
    public static IEnumerable<Type> Types => Table.Keys.Select(v => v.GetType()).Distinct();

    /// <summary>Whether this value has a colour of its own.</summary>
    public static bool Has(Enum value) => Table.ContainsKey(value);

    /// <summary>The colour of a state; grey for one that nobody gave a colour.</summary>
    public static Hue Of(Enum value) => Table.GetValueOrDefault(value, Hue.Grey);

    /// <summary>The words of a state.</summary>
    public static string TextOf(Enum value) => value is ImportStatus.Committing ? "Importing" : Words.Spaced(value.ToString());

    private static void Add(Hue hue, params Enum[] values)
    {
        foreach (var value in values)
        {
            Table[value] = hue;
        }
    }
}
