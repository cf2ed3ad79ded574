using System.Globalization;
using Sourcing.Data.Common;

namespace Sourcing.Data.Orders;

public sealed partial class Order
{
    /// <summary>Payments less refunds, in the order's currency, 0 or more.</summary>
    public decimal Paid => _payments.Sum(p => p.Signed);

    /// <summary>What the supplier may ask: the total, or once the order is closed short, what was accepted with freight and tax; nothing of a cancelled one.</summary>
    public decimal Payable => Status switch
    {
        OrderStatus.Cancelled => 0,
        OrderStatus.Closed when CloseReason.Length > 0 => Accepted(_lines.Sum(l => Cents(Math.Min(l.ReceivedQuantity, l.Quantity) * l.UnitPrice))),
        _ => Total,
    };

    /// <summary>Records a payment in the order's currency. Refuses more than is still owed.</summary>
    public OrderPayment Pay(decimal amount, DateOnly paidOn, string method, string reference)
    {
        Demand("be paid", [.. OrderStates.Open, OrderStatus.Received, OrderStatus.Closed]);
        var owed = Payable - Paid;
        if (amount <= 0 || Cents(amount) > owed)
        {
            throw new RefusedException("Amount", owed <= 0
                ? "The order is paid in full."
                : string.Create(CultureInfo.InvariantCulture, $"Enter an amount above 0 and at most {Currency} {owed:#,0.00}, which is still owed."));
        }

        return Record(new(Id, PaymentKind.Payment, Cents(amount), paidOn, method, reference));
    }

    /// <summary>Records money that the supplier gave back: of goods returned, of a cancelled order, or of a payment made twice. Refuses more than was paid.</summary>
    public OrderPayment Refund(decimal amount, DateOnly paidOn, string method, string reference)
    {
        Demand("be refunded", [.. OrderStates.Open, OrderStatus.Received, OrderStatus.Closed, OrderStatus.Cancelled]);
        var paid = Paid;
        if (amount <= 0 || Cents(amount) > paid)
        {
            throw new RefusedException("Amount", paid == 0
                ? "Nothing is paid of this order, so nothing can come back."
                : string.Create(CultureInfo.InvariantCulture, $"Enter an amount above 0 and at most {Currency} {paid:#,0.00}, which is paid."));
        }

        return Record(new(Id, PaymentKind.Refund, Cents(amount), paidOn, method, reference));
    }

    /// <summary>Takes back a payment or refund that was recorded by mistake; money that really moved is recorded as such. The caller removes the row.</summary>
    public void TakeBack(OrderPayment payment)
    {
        Demand("have a payment taken back", [.. OrderStates.Open, OrderStatus.Received, OrderStatus.Closed, OrderStatus.Cancelled]);
        if (Paid - payment.Signed < 0)
        {
            throw new RefusedException("More came back as refunds than would then be paid. Take back the refund first.");
        }

        if (payment.Kind == PaymentKind.Refund && Paid - payment.Signed > Total)
        {
            throw new RefusedException("Without this refund more would be paid than the order comes to. Take back a payment first.");
        }

        _payments.Remove(payment);
        Settle();
    }

    private decimal Accepted(decimal goods) => goods + Freight + Cents((goods + Freight) * TaxRate / 100);

    private OrderPayment Record(OrderPayment payment)
    {
        _payments.Add(payment);
        Settle();
        return payment;
    }

    private void Settle() => PaymentStatus = Paid switch
    {
        0 => _payments.Exists(p => p.Kind == PaymentKind.Refund) ? PaymentStatus.Refunded : PaymentStatus.Unpaid,
        var paid => paid < Payable ? PaymentStatus.PartiallyPaid : PaymentStatus.Paid,
    };
}
