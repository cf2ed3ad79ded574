using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Orders;

internal sealed class OrdersMapping :
    IEntityTypeConfiguration<Order>, IEntityTypeConfiguration<OrderLine>, IEntityTypeConfiguration<OrderInternal>, IEntityTypeConfiguration<Shipment>,
    IEntityTypeConfiguration<Receipt>, IEntityTypeConfiguration<OrderPayment>, IEntityTypeConfiguration<OrderDateChange>
{
    public void Configure(EntityTypeBuilder<Order> order)
    {
        // Keys are made by the entity: without this a new line found in a collection would be taken for an old one.
        order.Property(x => x.Id).ValueGeneratedNever();
        order.Property(o => o.Number).HasMaxLength(40);
        order.Property(o => o.ExternalNumber).HasMaxLength(80);
        order.Property(o => o.Currency).HasMaxLength(3);
        order.Property(o => o.PaymentTerms).HasMaxLength(120);
        order.Property(o => o.Incoterm).HasMaxLength(80);
        order.Property(o => o.ShipTo).HasMaxLength(500);
        order.Property(o => o.Note).HasMaxLength(2000);
        order.Property(o => o.ContactName).HasMaxLength(120);
        order.Property(o => o.ContactEmail).HasMaxLength(256);
        order.Property(o => o.SupplierEmail).HasMaxLength(320);
        order.Property(o => o.OrderedAt).HasComputedColumnSql("coalesce(issued_at, created_at)", stored: true);
        order.Property(o => o.CancelReason).HasMaxLength(500);
        order.Property(o => o.CloseReason).HasMaxLength(500);
        order.Property(o => o.ReopenReason).HasMaxLength(500);
        order.Ignore(o => o.Paid);
        order.Ignore(o => o.Payable);
        order.Property(o => o.Subtotal).HasPrecision(18, 2);
        order.Property(o => o.Freight).HasPrecision(18, 2);
        order.Property(o => o.Tax).HasPrecision(18, 2);
        order.Property(o => o.Total).HasPrecision(18, 2);
        order.Property(o => o.InvoicedTotal).HasPrecision(18, 2);
        order.Property(o => o.ApprovedTotal).HasPrecision(18, 2);
        order.Property(o => o.TaxRate).HasPrecision(7, 4);
        order.Property(o => o.ReceivedShare).HasPrecision(5, 4);

        order.HasIndex(o => o.Number).IsUnique().HasFilter("deleted_at is null");
        order.HasIndex(o => new { o.SupplierId, o.ExternalNumber });
        order.HasIndex(o => o.RfqId);
        order.HasIndex(o => o.QuoteId);
        order.HasIndex(o => new { o.BuyerId, o.Status });
        // The list in its usual order, and filtered by state; late orders; a supplier's orders in the portal.
        order.HasIndex(o => new { o.OrderedAt, o.Id }).IsDescending();
        order.HasIndex(o => new { o.Status, o.OrderedAt }).IsDescending(false, true);
        order.HasIndex(o => new { o.SupplierId, o.OrderedAt }).IsDescending(false, true);
        order.HasIndex(o => o.DueDate).HasFilter("due_date is not null");
        order.HasIndex(o => o.ImportRunId).HasFilter("import_run_id is not null");

        order.HasOne<Supplier>().WithMany().HasForeignKey(o => o.SupplierId);
        order.HasOne<Rfq>().WithMany().HasForeignKey(o => o.RfqId);
        order.HasOne<Quote>().WithMany().HasForeignKey(o => o.QuoteId);
        order.HasOne<OrderInternal>("_internal").WithOne().HasForeignKey<OrderInternal>(i => i.Id);
        order.Navigation("_internal").IsRequired(false);
        order.Ignore(o => o.Internal);
        order.HasMany(o => o.Lines).WithOne().HasForeignKey(l => l.OrderId).OnDelete(DeleteBehavior.Cascade);
        order.HasMany(o => o.Shipments).WithOne().HasForeignKey(s => s.OrderId);
        order.HasMany(o => o.Payments).WithOne().HasForeignKey(p => p.OrderId);

        order.ToTable(t =>
        {
            t.HasCheckConstraint("ck_orders_amounts", "subtotal >= 0 and freight >= 0 and tax >= 0 and total = subtotal + freight + tax");
            t.HasCheckConstraint("ck_orders_invoiced", "revision >= 0 and invoiced_total >= 0 and approved_total between 0 and invoiced_total");
            t.HasCheckConstraint("ck_orders_tax_rate", "tax_rate between 0 and 100");
            t.HasCheckConstraint("ck_orders_received_share", "received_share between 0 and 1");
            t.HasCheckConstraint("ck_orders_reasons", "status <> 'cancelled' or cancel_reason <> ''");
            t.HasCheckConstraint("ck_orders_issued", "status in ('draft', 'approved', 'cancelled') or issued_at is not null");
        });
        DatabaseFaults.Explain("ix_orders_number", "There is an order with this number already. Reload the page and try again.");
    }

    public void Configure(EntityTypeBuilder<OrderLine> line)
    {
        line.Property(x => x.Id).ValueGeneratedNever();
        line.Property(l => l.PartNumber).HasMaxLength(50);
        line.Property(l => l.SupplierPartNumber).HasMaxLength(80);
        line.Property(l => l.Description).HasMaxLength(500);
        line.Property(l => l.Unit).HasMaxLength(20);
        line.Property(l => l.Amount).HasPrecision(18, 2);
        line.HasIndex(l => new { l.OrderId, l.LineNo }).IsUnique();
        // What was paid for a part, and when: price history.
        line.HasIndex(l => l.PartId);
        // What is still to come: a few of all lines that ever were.
        line.HasIndex(l => l.OrderId, "ix_order_lines_open").HasFilter("quantity > received_quantity");
        line.HasIndex(l => l.RfqLineId);
        line.HasIndex(l => l.ImportRunId).HasFilter("import_run_id is not null");
        line.HasOne<Part>().WithMany().HasForeignKey(l => l.PartId);
        line.HasOne<Unit>().WithMany().HasForeignKey(l => l.UnitId);
        // What an agreement has been called off by.
        line.HasIndex(l => l.AgreementLineId);
        line.HasOne<AgreementLine>().WithMany().HasForeignKey(l => l.AgreementLineId);
        line.Ignore(l => l.IsCancelled);
        line.HasOne<RfqLine>().WithMany().HasForeignKey(l => l.RfqLineId);
        line.HasIndex(l => l.UnitId);
        line.HasMany(l => l.Receipts).WithOne().HasForeignKey(r => r.OrderLineId);
        line.HasMany(l => l.DateChanges).WithOne().HasForeignKey(c => c.OrderLineId);
        line.ToTable(t =>
        {
            // 0 once a change order has cancelled the line: whatever sums or compares quantities then finds nothing of it.
            t.HasCheckConstraint("ck_order_lines_quantity", "quantity >= 0");
            t.HasCheckConstraint("ck_order_lines_invoiced", "invoiced_quantity >= 0");
            t.HasCheckConstraint("ck_order_lines_unit_price", "unit_price >= 0 and amount >= 0");
            t.HasCheckConstraint("ck_order_lines_received", "received_quantity >= 0 and rejected_quantity >= 0");
        });
    }

    public void Configure(EntityTypeBuilder<OrderInternal> kept)
    {
        kept.Property(x => x.Id).ValueGeneratedNever();
        kept.Property(i => i.Note).HasMaxLength(4000);
        kept.Property(i => i.DeclineReason).HasMaxLength(500);
        kept.HasIndex(i => i.ApprovalRequestedAt).HasFilter("approval_requested_at is not null");
    }

    public void Configure(EntityTypeBuilder<Shipment> shipment)
    {
        shipment.Property(x => x.Id).ValueGeneratedNever();
        shipment.Property(s => s.Carrier).HasMaxLength(120);
        shipment.Property(s => s.TrackingNumber).HasMaxLength(120);
        shipment.Property(s => s.FreightCost).HasPrecision(18, 2);
        shipment.HasIndex(s => s.OrderId);
        shipment.HasIndex(s => s.ImportRunId).HasFilter("import_run_id is not null");
        shipment.ToTable(t => t.HasCheckConstraint("ck_shipments_amounts", "weight_kg > 0 and freight_cost >= 0"));
    }

    public void Configure(EntityTypeBuilder<Receipt> receipt)
    {
        receipt.Property(x => x.Id).ValueGeneratedNever();
        receipt.Property(r => r.Note).HasMaxLength(500);
        receipt.HasIndex(r => r.OrderLineId);
        receipt.HasIndex(r => r.OrderId);
        receipt.HasIndex(r => r.ReceivedAt).IsDescending();
        receipt.HasIndex(r => r.ImportRunId).HasFilter("import_run_id is not null");
        receipt.HasOne<Order>().WithMany().HasForeignKey(r => r.OrderId);
        receipt.ToTable(t => t.HasCheckConstraint("ck_receipts_quantity", "quantity >= 0 and rejected_quantity >= 0 and quantity + rejected_quantity > 0"));
    }

    public void Configure(EntityTypeBuilder<OrderPayment> payment)
    {
        payment.Property(x => x.Id).ValueGeneratedNever();
        payment.Property(p => p.Amount).HasPrecision(18, 2);
        payment.Property(p => p.Method).HasMaxLength(60);
        payment.Property(p => p.Reference).HasMaxLength(120);
        payment.Ignore(p => p.Signed);
        payment.HasIndex(p => p.OrderId);
        payment.HasIndex(p => p.InvoiceId);
        payment.HasOne<Invoice>().WithMany().HasForeignKey(p => p.InvoiceId);
        payment.ToTable(t => t.HasCheckConstraint("ck_order_payments_amount", "amount > 0"));
    }

    public void Configure(EntityTypeBuilder<OrderDateChange> change)
    {
        change.Property(x => x.Id).ValueGeneratedNever();
        change.Property(c => c.Reason).HasMaxLength(500);
        change.Property(c => c.DecisionNote).HasMaxLength(500);
        change.HasIndex(c => c.OrderId);
        change.HasIndex(c => c.OrderLineId, "ix_order_date_changes_order_line_id");
        change.HasIndex(c => c.OrderLineId, "ix_order_date_changes_open").IsUnique().HasFilter("status = 'proposed'");
        change.HasOne<Order>().WithMany().HasForeignKey(c => c.OrderId);
        DatabaseFaults.Explain("ix_order_date_changes_open", "Another date was proposed for this line a moment ago. Reload the page to see it.");
    }
}
