using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Orders;

/// <summary>Records what was paid for orders and what came back, and takes mistaken entries back.</summary>
public sealed class OrderPaymentService(Database database, CurrentUser user)
{
    /// <summary>
    /// Records a payment or a refund, once per form. Refuses a payment above what is owed and a refund above what is paid; of an invoice, a payment of
    /// what is neither matched nor approved, and more than is open of it.
    /// </summary>
    public Task<Guid> RecordAsync(PaymentForm form, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var order = await db.OrderAsync(form.Id, null, token);
                var day = form.PaidOn!.Value;
                if (day > Days.Today(await db.NowAsync(token), user.Identity.TimeZone))
                {
                    throw new RefusedException(nameof(form.PaidOn), "Money cannot have moved in the future. Choose today or a day before.");
                }

                var invoice = await InvoiceAsync(db, order, form.InvoiceId, token);
                var payment = form.Kind == PaymentKind.Refund
                    ? order.Refund(form.Amount, day, form.Method, form.Reference, invoice) : order.Pay(form.Amount, day, form.Method, form.Reference, invoice);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
                return payment.Id;
            },
            ct);
    }

    /// <summary>Takes back a payment or refund that was recorded by mistake; the history keeps both. What is paid follows.</summary>
    public Task TakeBackAsync(Guid orderId, Guid paymentId, CancellationToken ct)
    {
        user.Demand(Permission.OrdersWrite);
        return database.WriteAsync(
            async (db, token) =>
            {
                var order = await db.OrderAsync(orderId, null, token);
                var payment = order.Payments.SingleOrDefault(p => p.Id == paymentId) ?? throw new MissingException("payment");
                order.TakeBack(payment, await InvoiceAsync(db, order, payment.InvoiceId, token));
                db.Remove(payment);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
            },
            ct);
    }

    private static async Task<Invoice?> InvoiceAsync(SourcingDb db, Order order, Guid? id, CancellationToken ct) =>
        id is null ? null : await db.Invoices.SingleOrDefaultAsync(i => i.Id == id && i.OrderId == order.Id, ct) ?? throw new MissingException("invoice of this order");
}
