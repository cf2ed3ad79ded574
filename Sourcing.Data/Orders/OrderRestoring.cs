using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Orders;

/// <summary>A draft comes back as far as the agreements that it calls off have room for it.</summary>
internal sealed class OrderRestoring(OrderService orders) : IRestoresRecords
{
    /// <inheritdoc/>
    public string Table => "orders";

    /// <inheritdoc/>
    public Task RestoreAsync(Guid id, CancellationToken ct) => orders.RestoreAsync(id, ct);
}

/// <summary>An invoice comes back compared anew, unless its number was entered again meanwhile.</summary>
internal sealed class InvoiceRestoring(InvoiceService invoices) : IRestoresRecords
{
    /// <inheritdoc/>
    public string Table => "invoices";

    /// <inheritdoc/>
    public Task RestoreAsync(Guid id, CancellationToken ct) => invoices.RestoreAsync(id, ct);
}

/// <summary>Money that was taken back as a mistake does not come back behind its order's and its invoice's back.</summary>
internal sealed class PaymentRestoring : IRestoresRecords
{
    /// <inheritdoc/>
    public string Table => "order_payments";

    /// <inheritdoc/>
    public Task RestoreAsync(Guid id, CancellationToken ct) =>
        throw new RefusedException("A payment that was taken back is recorded anew on its order, so that it is held against what is owed now.");
}
