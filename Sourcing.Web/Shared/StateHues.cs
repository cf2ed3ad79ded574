using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Closing;
using Sourcing.Data.Chapters.Importing;
using Sourcing.Data.Chapters.Scoring;
using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Engine;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Sales;
using Sourcing.Data.Sales.Commissions;
using Sourcing.Data.Suppliers;
using Sourcing.Data.Suppliers.Scorecards;

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
        Add(Hue.Violet, QuoteStatus.Sealed);
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

        Add(Hue.Red, LateReason.Overdue);
        Add(Hue.Amber, LateReason.PromisedLate, LateReason.PlanNeedsEarlier, LateReason.NotAcknowledged);
        Add(Hue.Blue, LateReason.DueSoon);
        Add(Hue.Grey, LateReason.NoDate);

        Add(Hue.Amber, OrderChangeStatus.WaitsForApproval);
        Add(Hue.Blue, OrderChangeStatus.Sent);
        Add(Hue.Green, OrderChangeStatus.Acknowledged);
        Add(Hue.Red, OrderChangeStatus.Refused, OrderChangeStatus.Declined);
        Add(Hue.Grey, OrderChangeStatus.Withdrawn);

        Add(Hue.Grey, OrderChangeKind.Changed);
        Add(Hue.Green, OrderChangeKind.Added);
        Add(Hue.Red, OrderChangeKind.Cancelled);

        Add(Hue.Green, InvoiceMatch.Matched);
        Add(Hue.Blue, InvoiceMatch.NotReceived);
        Add(Hue.Amber, InvoiceMatch.QuantityVariance);
        Add(Hue.Red, InvoiceMatch.PriceVariance);

        Add(Hue.Amber, InvoiceStatus.Waiting, InvoiceStatus.PartiallyPaid);
        Add(Hue.Blue, InvoiceStatus.ToPay);
        Add(Hue.Green, InvoiceStatus.Paid);
        Add(Hue.Grey, InvoiceStatus.Refused);

        Add(Hue.Blue, AgreementState.Upcoming);
        Add(Hue.Green, AgreementState.Valid);
        Add(Hue.Grey, AgreementState.Expired, AgreementState.Ended);

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

        Add(Hue.Grey, ScorecardTemplateStatus.Draft, ScorecardTemplateStatus.Retired);
        Add(Hue.Green, ScorecardTemplateStatus.Active);

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

        Add(Hue.Grey, RecommendationStatus.Proposed, RecommendationStatus.Superseded);
        Add(Hue.Green, RecommendationStatus.Accepted);
        Add(Hue.Red, RecommendationStatus.Rejected);
        Add(Hue.Teal, RecommendationStatus.Converted);

        Add(Hue.Grey, CycleStatus.Waiting, CycleStatus.Cancelled);
        Add(Hue.Blue, CycleStatus.Running);
        Add(Hue.Green, CycleStatus.Completed);
        Add(Hue.Amber, CycleStatus.CompletedWithErrors);
        Add(Hue.Red, CycleStatus.Failed);

        Add(Hue.Green, CustomerTier.A);
        Add(Hue.Teal, CustomerTier.B);
        Add(Hue.Grey, CustomerTier.C);
        Add(Hue.Blue, CustomerTier.Prospect);

        Add(Hue.Amber, RfqRequestStatus.Asked);
        Add(Hue.Green, RfqRequestStatus.Taken);
        Add(Hue.Red, RfqRequestStatus.Declined);
        Add(Hue.Grey, RfqRequestStatus.Withdrawn);

        Add(Hue.Green, NoteOutcome.Agreed);
        Add(Hue.Blue, NoteOutcome.Interested);
        Add(Hue.Amber, NoteOutcome.Undecided);
        Add(Hue.Grey, NoteOutcome.NotReached);
        Add(Hue.Red, NoteOutcome.Declined);
        Add(Hue.Grey, CommissionState.Pending);
        Add(Hue.Blue, CommissionState.Approved);
        Add(Hue.Violet, CommissionState.Payable);
        Add(Hue.Green, CommissionState.Paid);
        Add(Hue.Red, CommissionState.Rejected);
        Add(Hue.Grey, PlanVersionStatus.Draft);
        Add(Hue.Green, PlanVersionStatus.Active);

        Add(Hue.Grey, NoteActionState.None);
        Add(Hue.Blue, NoteActionState.Open);
        Add(Hue.Red, NoteActionState.Overdue);
        Add(Hue.Green, NoteActionState.Done);
        Add(Hue.Amber, NoteActionState.DoneLate);

        Add(Hue.Amber, SchemeStatus.Draft);
        Add(Hue.Green, SchemeStatus.Active);
        Add(Hue.Grey, SchemeStatus.Retired);

        Add(Hue.Grey, MeetingStatus.Holiday, MeetingStatus.Discarded);
        Add(Hue.Blue, MeetingStatus.Planned);
        Add(Hue.Amber, MeetingStatus.Draft);
        Add(Hue.Green, MeetingStatus.Completed);

        Add(Hue.Blue, MonthState.Running);
        Add(Hue.Amber, MonthState.Open, MonthState.Reopened);
        Add(Hue.Green, MonthState.Closed);
        Add(Hue.Amber, BatchStatus.Staged);
        Add(Hue.Green, BatchStatus.Applied);
        Add(Hue.Grey, BatchStatus.Replaced, BatchStatus.Undone, BatchStatus.Discarded);

        Add(Hue.Green, PreviewChange.New);
        Add(Hue.Red, PreviewChange.Gone);
        Add(Hue.Grey, PreviewChange.Same);
        Add(Hue.Blue, PreviewChange.There);
        Add(Hue.Amber, PreviewChange.Differs);

        Add(Hue.Green, AttendanceCode.Present);
        Add(Hue.Red, AttendanceCode.Absent);
        Add(Hue.Amber, AttendanceCode.Late);
        Add(Hue.Grey, AttendanceCode.Medical);
        Add(Hue.Blue, AttendanceCode.Substitute);

        Add(Hue.Blue, ReferralStatus.New);
        Add(Hue.Amber, ReferralStatus.Pending);
        Add(Hue.Green, ReferralStatus.Closed);
        Add(Hue.Grey, ReferralStatus.NoSale);

        Add(Hue.Blue, VisitorOutcome.Open);
        Add(Hue.Amber, VisitorOutcome.Applied);
        Add(Hue.Green, VisitorOutcome.Joined);
        Add(Hue.Grey, VisitorOutcome.Declined);

        Add(Hue.Grey, PlanSeverity.Info, PlanSeverity.Low);
        Add(Hue.Amber, PlanSeverity.Medium);
        Add(Hue.Red, PlanSeverity.High, PlanSeverity.Blocking);
    }

    /// <summary>The enums that have colours.</summary>
    public static IEnumerable<Type> Types => Table.Keys.Select(v => v.GetType()).Distinct();

    /// <summary>Whether this value has a colour of its own.</summary>
    public static bool Has(Enum value) => Table.ContainsKey(value);

    /// <summary>The colour of a state; grey for one that nobody gave a colour.</summary>
    public static Hue Of(Enum value) => Table.GetValueOrDefault(value, Hue.Grey);

    /// <summary>The words of a state.</summary>
    public static string TextOf(Enum value) => value is ImportStatus.Committing ? "Importing" : value is NoteKind.Email ? "E-mail" : Words.Spaced(value.ToString());

    private static void Add(Hue hue, params Enum[] values)
    {
        foreach (var value in values)
        {
            Table[value] = hue;
        }
    }
}
