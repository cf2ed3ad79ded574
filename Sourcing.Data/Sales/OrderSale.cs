using Sourcing.Data.Common;

namespace Sourcing.Data.Sales;

/// <summary>The customer's side of an order: on whose behalf it was placed, who sold it, and for how much. A table of its own, so that a supplier's login cannot reach it at all.</summary>
public sealed class OrderSale
{
    private OrderSale()
    {
    }

    public OrderSale(Guid orderId, Guid customerId, Guid? salesRepId, decimal? saleTotal)
    {
        Id = orderId;
        Change(customerId, salesRepId, saleTotal);
    }

    /// <summary>The order's own key.</summary>
    public Guid Id { get; private set; }

    public Guid CustomerId { get; private set; }

    /// <summary>Who sold it; null for nobody.</summary>
    public Guid? SalesRepId { get; private set; }

    /// <summary>What the customer pays for the whole order, in the order's currency, without tax; null where it pays what the order costs.</summary>
    public decimal? SaleTotal { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Refuses an amount below 0.</summary>
    public void Change(Guid customerId, Guid? salesRepId, decimal? saleTotal)
    {
        if (saleTotal < 0)
        {
            throw new RefusedException("SaleTotal", "What the customer pays cannot be less than 0.");
        }

        (CustomerId, SalesRepId, SaleTotal) = (customerId, salesRepId, saleTotal);
    }

    internal void MoveTo(Guid customerId) => CustomerId = customerId;
}
