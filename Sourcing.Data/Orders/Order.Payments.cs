using System.Globalization;
using Sourcing.Data.Common;

namespace Sourcing.Data.Orders;

public sealed partial class Order
{
    /// <summary>Payments less refunds, in the order's currency, 0 or more.</summary>
    public decimal Paid => _payments.Sum(p => p.Signed);

    /// <summary>
    /// What the supplier may ask: the total, or once the order is closed short, what was accepted with freight and tax; nothing of a cancelled one.
    /// An approved invoice above that may be asked as well; once everything that came is invoiced, what the invoices say.
    /// </summary>
    public decimal Payable => Status switch
    {
        OrderStatus.Cancelled => 0,
        OrderStatus.Received or OrderStatus.Closed when InvoicedTotal > 0 && _lines.TrueForAll(l => l.InvoicedQuantity >= l.ReceivedQuantity) => InvoicedTotal,
        OrderStatus.Closed when CloseReason.Length > 0 => Math.Max(ApprovedTotal, Accepted(_lines.Sum(l => Cents(Math.Min(l.ReceivedQuantity, l.Quantity) * l.UnitPrice)))),
        _ => Math.Max(ApprovedTotal, Total),
    };

    /// <summary>
    /// Records a payment in the order's currency. Refuses more than is still owed. Without invoices it is an advance; once invoices are entered a
    /// payment names one that is matched or approved, never for more than is open of it, nor more over all than is approved.
    /// </summary>
    public OrderPayment Pay(decimal amount, DateOnly paidOn, string method, string reference, Invoice? invoice = null)
    {
        Demand("be paid", [.. OrderStates.Open, OrderStatus.Received, OrderStatus.Closed]);
        if (invoice is null && InvoicedTotal > 0)
        {
            throw new RefusedException("InvoiceId", "Invoices of this order are entered. Choose the one that is paid.");
        }

        if (invoice is not null)
        {
            DemandPayable(amount, invoice);
            return Record(new(Id, PaymentKind.Payment, Cents(amount), paidOn, method, reference, invoice.Id));
        }

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
    public OrderPayment Refund(decimal amount, DateOnly paidOn, string method, string reference, Invoice? invoice = null)
    {
        Demand("be refunded", [.. OrderStates.Open, OrderStatus.Received, OrderStatus.Closed, OrderStatus.Cancelled]);
        var paid = Paid;
        if (amount <= 0 || Cents(amount) > paid)
        {
            throw new RefusedException("Amount", paid == 0
                ? "Nothing is paid of this order, so nothing can come back."
                : string.Create(CultureInfo.InvariantCulture, $"Enter an amount above 0 and at most {Currency} {paid:#,0.00}, which is paid."));
        }

        invoice?.Pay(-Cents(amount));
        return Record(new(Id, PaymentKind.Refund, Cents(amount), paidOn, method, reference, invoice?.Id));
    }

    /// <summary>Takes back a payment or refund that was recorded by mistake; money that really moved is recorded as such. The caller removes the row.</summary>
    /// <param name="invoice">The invoice that it names; null for an advance.</param>
    public void TakeBack(OrderPayment payment, Invoice? invoice = null)
    {
        Demand("have a payment taken back", [.. OrderStates.Open, OrderStatus.Received, OrderStatus.Closed, OrderStatus.Cancelled]);
        if (Paid - payment.Signed < 0)
        {
            throw new RefusedException("More came back as refunds than would then be paid. Take back the refund first.");
        }

        if (payment.Kind == PaymentKind.Refund && Paid - payment.Signed > Math.Max(Total, ApprovedTotal))
        {
            throw new RefusedException("Without this refund more would be paid than the order comes to. Take back a payment first.");
        }

        invoice?.Pay(-payment.Signed);
        _payments.Remove(payment);
        Settle();
    }

    /// <summary>What invoices ask for, and what of it may be paid: sums of those that count. Lines know what is invoiced of them.</summary>
    /// <param name="invoices">All of the order, the refused among them.</param>
    internal void TakeInvoices(IReadOnlyCollection<Invoice> invoices)
    {
        var counting = invoices.Where(i => i.Status != InvoiceStatus.Refused).ToList();
        InvoicedTotal = counting.Sum(i => i.Total);
        ApprovedTotal = counting.Where(i => i.IsPayable).Sum(i => i.Total);
        foreach (var line in _lines)
        {
            line.Invoice(counting.SelectMany(i => i.Lines).Where(l => l.OrderLineId == line.Id).Sum(l => l.Quantity));
        }

        Settle();
    }

    /// <summary>Refuses an invoice for an order that the supplier does not have.</summary>
    internal void DemandInvoiceable() => Demand("be invoiced", [.. OrderStates.Open, OrderStatus.Received, OrderStatus.Closed]);

    private void DemandPayable(decimal amount, Invoice invoice)
    {
        if (amount <= 0)
        {
            throw new RefusedException("Amount", "Enter an amount above 0.");
        }

        var left = ApprovedTotal - Paid;
        if (invoice.IsPayable && Cents(amount) > left && Cents(amount) <= invoice.Open)
        {
            var advance = _payments.Where(p => p.InvoiceId is null).Sum(p => p.Signed);
            throw new RefusedException("Amount", left <= 0
                ? "Everything that is approved of this order is paid already, advances among it."
                : string.Create(CultureInfo.InvariantCulture, $"Enter at most {Currency} {left:#,0.00}: that is approved and not paid yet. {Currency} {advance:#,0.00} was paid in advance and counts first."));
        }

        invoice.Pay(Cents(amount));
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
