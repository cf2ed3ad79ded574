namespace Sourcing.Data.Orders;

/// <summary>Where an order stands. Up to Issued it is ours alone; from Issued on the supplier sees it.</summary>
public enum OrderStatus
{
    Draft,
    Approved,
    Issued,
    Acknowledged,
    InProduction,
    Shipped,
    PartiallyReceived,
    Received,
    Closed,
    Cancelled,
}

/// <summary>How much of an order is paid: derived from its payments.</summary>
public enum PaymentStatus
{
    Unpaid,
    PartiallyPaid,
    Paid,
    Refunded,
}

/// <summary>Which way money went.</summary>
public enum PaymentKind
{
    Payment,
    Refund,
}

/// <summary>Where an order came from.</summary>
public enum OrderSource
{
    Manual,
    Award,
    Import,
}

/// <summary>Why goods were not taken in.</summary>
public enum RejectReason
{
    Damaged,
    WrongItem,
    OutOfSpecification,
    Expired,
    PapersMissing,
    Other,
}

/// <summary>How goods travel.</summary>
public enum ShipmentMode
{
    Truck,
    Rail,
    Ocean,
    Air,
    AirCharter,
    Courier,
}

/// <summary>What became of another date that the supplier proposed.</summary>
public enum DateChangeStatus
{
    Proposed,
    Accepted,
    Declined,

    /// <summary>Replaced by a later proposal for the same line.</summary>
    Superseded,
}

/// <summary>What an order and its lines allow in each state.</summary>
public static class OrderStates
{
    /// <summary>With the supplier and not done: goods may still come.</summary>
    public static readonly IReadOnlyList<OrderStatus> Open =
        [OrderStatus.Issued, OrderStatus.Acknowledged, OrderStatus.InProduction, OrderStatus.Shipped, OrderStatus.PartiallyReceived];

    /// <summary>With the supplier and not done.</summary>
    public static bool IsOpen(this OrderStatus status) => Open.Contains(status);

    /// <summary>The supplier has it, or had it.</summary>
    public static bool IsIssued(this OrderStatus status) => status is not (OrderStatus.Draft or OrderStatus.Approved or OrderStatus.Cancelled);
}
