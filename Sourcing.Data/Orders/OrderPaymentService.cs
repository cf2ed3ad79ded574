using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Orders;

/// <summary>Records what was paid for orders and what came back, and takes mistaken entries back.</summary>
public sealed class OrderPaymentService(Database database, CurrentUser user)
{
    /// <summary>Records a payment or a refund, once per form. Refuses a payment above what is owed and a refund above what is paid.</summary>
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

                var payment = form.Kind == PaymentKind.Refund ? order.Refund(form.Amount, day, form.Method, form.Reference) : order.Pay(form.Amount, day, form.Method, form.Reference);
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
                order.TakeBack(payment);
                db.Remove(payment);
                await db.SaveChangesAsync(token);
                await db.AnnounceAsync("orders", order.Id, token);
            },
            ct);
    }
}
