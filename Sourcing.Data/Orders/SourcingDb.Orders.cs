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

    public DbSet<OrderChange> OrderChanges => Set<OrderChange>();

    public DbSet<OrderChangeLine> OrderChangeLines => Set<OrderChangeLine>();

    public DbSet<Invoice> Invoices => Set<Invoice>();

    public DbSet<InvoiceLine> InvoiceLines => Set<InvoiceLine>();

    public DbSet<Agreement> Agreements => Set<Agreement>();

    public DbSet<AgreementLine> AgreementLines => Set<AgreementLine>();

    public DbSet<AgreementBreak> AgreementBreaks => Set<AgreementBreak>();

    /// <summary>What is called off, by line of an agreement.</summary>
    public DbSet<AgreementTally> AgreementTallies => Set<AgreementTally>();

    public DbSet<OrderSettings> OrderSettings => Set<OrderSettings>();
}
