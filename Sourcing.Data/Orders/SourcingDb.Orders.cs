using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Orders;

namespace Sourcing.Data;

public partial class SourcingDb
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OrderLine> OrderLines => Set<OrderLine>();

    public DbSet<OrderInternal> OrderInternals => Set<OrderInternal>();

    public DbSet<Shipment> Shipments => Set<Shipment>();

    public DbSet<Receipt> Receipts => Set<Receipt>();

    public DbSet<OrderPayment> OrderPayments => Set<OrderPayment>();

    public DbSet<OrderDateChange> OrderDateChanges => Set<OrderDateChange>();
}
