using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data.Operations;

/// <summary>How much of a person's own work stands behind each entry of the navigation; 0 also for what they may not see.</summary>
/// <param name="Approvals">Awards and orders of others that this person's limit reaches.</param>
/// <param name="Rfqs">Their own RFQs under way: waiting for approval, open, closed or being evaluated.</param>
/// <param name="Imports">Their own imports that are not finished.</param>
/// <param name="FailedMails">Mails that could not be sent.</param>
public sealed record NavCounts(int Approvals, int Rfqs, int Imports, int FailedMails);

/// <summary>Counts for the navigation.</summary>
public sealed class NavQueries(Database database, CurrentUser user, ApprovalQueries approvals)
{
    private static readonly RfqStatus[] UnderWay = [RfqStatus.Approval, RfqStatus.Open, RfqStatus.Closed, RfqStatus.Evaluating];
    private static readonly ImportStatus[] Unfinished = [ImportStatus.Uploaded, ImportStatus.Matching, ImportStatus.Ready, ImportStatus.Failed];

    /// <summary>The counts now.</summary>
    public async Task<NavCounts> CountAsync(CancellationToken ct)
    {
        var waiting = user.May(Permission.OrdersApprove) ? (await approvals.WaitingAsync(ct)).Count(a => a is { IsOwn: false, WithinLimit: true }) : 0;
        return await database.ReadAsync(
            async (db, token) => new NavCounts(
                waiting,
                user.May(Permission.RfqsWrite) ? await db.Rfqs.CountAsync(r => r.BuyerId == user.Id && UnderWay.Contains(r.Status), token) : 0,
                user.May(Permission.ImportsRun) ? await db.ImportRuns.CountAsync(r => r.UploadedBy == user.Id && Unfinished.Contains(r.Status), token) : 0,
                user.May(Permission.OperationsRead) ? await db.OutboxMessages.CountAsync(m => m.Status == OutboxStatus.Failed, token) : 0),
            ct);
    }
}
