namespace Sourcing.Data.Orders;

/// <summary>
/// What another room does when goods of an order come in, in the same transaction: all of it happens or none. Orders know nothing of who
/// follows. Receipts of an imported history are not told of: what they brought was used long ago.
/// </summary>
public interface IFollowsReceipts
{
    /// <summary>Sentences about lines of which something will not follow, by line: the receiver reads them before receiving.</summary>
    /// <param name="lines">Lines that are still to come.</param>
    Task<IReadOnlyDictionary<Guid, string>> ForeseeAsync(SourcingDb db, IReadOnlyList<OrderLine> lines, CancellationToken ct);

    /// <summary>Goods came in. The receipts are tracked and not saved yet; the caller saves.</summary>
    Task ReceivedAsync(SourcingDb db, Order order, IReadOnlyList<Receipt> receipts, CancellationToken ct);

    /// <summary>A receipt was entered by mistake and is taken back. The caller saves.</summary>
    Task TakenBackAsync(SourcingDb db, Order order, Receipt receipt, CancellationToken ct);
}
