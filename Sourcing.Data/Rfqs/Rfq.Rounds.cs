using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs;

/// <summary>Going on in another round.</summary>
public sealed partial class Rfq
{
    /// <summary>Says on whose behalf it is asked, and who sells. Refuses a representative without a customer, and an RFQ that is over.</summary>
    public void SellTo(Guid? customerId, Guid? salesRepId)
    {
        if (customerId is null && salesRepId is not null)
        {
            throw new RefusedException("CustomerId", "Choose the customer on whose behalf the representative sells.");
        }

        if (Status is RfqStatus.Completed or RfqStatus.Cancelled)
        {
            throw new RefusedException($"{Number} is over. What came of it is changed on its orders.");
        }

        (CustomerId, SalesRepId) = (customerId, salesRepId);
    }

    /// <summary>Closed or evaluating goes into its next round: the chosen suppliers quote anew until the deadline; what was quoted before stays as it is.</summary>
    /// <param name="supplierIds">At least one; each has been invited to an earlier round.</param>
    public void StartNextRound(IReadOnlyCollection<Guid> supplierIds, DateTimeOffset deadline, string timeZone, DateTimeOffset now)
    {
        if (Status is not (RfqStatus.Closed or RfqStatus.Evaluating))
        {
            throw new RefusedException(Status is RfqStatus.Open or RfqStatus.Paused
                ? $"Suppliers may still quote in round {Round}. Close it before starting the next."
                : $"This RFQ is {Words.Spaced(Status).ToLowerInvariant()}: a next round follows a closed one.");
        }

        DemandFuture(deadline, now);
        var chosen = _invitations.Where(i => supplierIds.Contains(i.SupplierId)).ToList();
        if (chosen.Count == 0)
        {
            throw new RefusedException("SupplierIds", "No supplier is chosen. Choose at least one for the next round.");
        }

        if (chosen.Count < supplierIds.Distinct().Count())
        {
            throw new RefusedException("SupplierIds", "One of the chosen suppliers was never invited to this RFQ. Reload the page and choose again.");
        }

        Round++;
        (Status, Deadline, DeadlineTimeZone, ClosedAt, DeadlineReason, BidsOpenedAt) = (RfqStatus.Open, deadline, timeZone, null, null, null);
        chosen.ForEach(i => i.EnterRound(Round));
    }
}
