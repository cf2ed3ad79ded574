using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Data.Orders;
using Sourcing.Data.Planning;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Sales;

namespace Sourcing.Data.Operations;

/// <summary>How much of a person's own work stands behind each entry of the navigation; 0 also for what they may not see.</summary>
/// <param name="Approvals">Awards and orders of others that this person's limit reaches.</param>
/// <param name="Rfqs">Their own RFQs under way: waiting for approval, open, closed or being evaluated.</param>
/// <param name="Imports">Their own imports that are not finished.</param>
/// <param name="FailedMails">Mails that could not be sent.</param>
/// <param name="LateLines">Lines of their own orders that are overdue.</param>
/// <param name="Urgent">Recommendations of the last plan that wait for a decision and are most urgent.</param>
/// <param name="ToDo">Their own next actions that are overdue or of today.</param>
public sealed record NavCounts(int Approvals, int Rfqs, int Imports, int FailedMails, int LateLines, int Urgent, int ToDo);

/// <summary>Counts for the navigation.</summary>
public sealed class NavQueries(Database database, CurrentUser user, ApprovalQueries approvals, MyDayQueries days)
{
    private static readonly RfqStatus[] UnderWay = [RfqStatus.Approval, RfqStatus.Open, RfqStatus.Paused, RfqStatus.Closed, RfqStatus.Evaluating];
    private static readonly ImportStatus[] Unfinished = [ImportStatus.Uploaded, ImportStatus.Matching, ImportStatus.Ready, ImportStatus.Failed];

    /// <summary>The counts now.</summary>
    public async Task<NavCounts> CountAsync(CancellationToken ct)
    {
        var waiting = user.May(Permission.OrdersApprove) ? (await approvals.WaitingAsync(ct)).Count(a => a is { IsOwn: false, WithinLimit: true }) : 0;
        var toDo = user.May(Permission.NotesUse) ? await days.CountAsync(ct) : 0;
        return await database.ReadAsync(
            async (db, token) => new NavCounts(
                waiting,
                user.May(Permission.RfqsWrite) ? await db.Rfqs.CountAsync(r => r.BuyerId == user.Id && UnderWay.Contains(r.Status), token) : 0,
                user.May(Permission.ImportsRun) ? await db.ImportRuns.CountAsync(r => r.UploadedBy == user.Id && Unfinished.Contains(r.Status), token) : 0,
                user.May(Permission.OperationsRead) ? await db.OutboxMessages.CountAsync(m => m.Status == OutboxStatus.Failed, token) : 0,
                user.May(Permission.OrdersWrite) ? await OverdueAsync(db, token) : 0,
                user.May(Permission.PlanningAccept) ? await db.ProcurementRecommendations.CountAsync(r => r.Status == RecommendationStatus.Proposed && r.UrgencyScore >= 0.75m, token) : 0,
                toDo),
            ct);
    }

    private async Task<int> OverdueAsync(SourcingDb db, CancellationToken ct)
    {
        var today = Days.Today(await db.NowAsync(ct), user.Identity.TimeZone);
        return await db.Orders.Where(o => o.BuyerId == user.Id && OrderStates.Open.Contains(o.Status) && o.DueDate < today)
            .SelectMany(o => o.Lines).CountAsync(l => l.Quantity > l.ReceivedQuantity && (l.PromisedDate ?? l.NeedBy) < today, ct);
    }
}
