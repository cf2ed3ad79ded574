using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Orders;

/// <summary>Tables of what surrounds an order: change orders, invoices, blanket agreements, settings.</summary>
internal sealed class ContractsMapping :
    IEntityTypeConfiguration<OrderChange>, IEntityTypeConfiguration<OrderChangeLine>, IEntityTypeConfiguration<Invoice>, IEntityTypeConfiguration<InvoiceLine>,
    IEntityTypeConfiguration<Agreement>, IEntityTypeConfiguration<AgreementLine>, IEntityTypeConfiguration<AgreementBreak>, IEntityTypeConfiguration<AgreementTally>,
    IEntityTypeConfiguration<OrderSettings>
{
    public void Configure(EntityTypeBuilder<OrderChange> change)
    {
        change.Property(x => x.Id).ValueGeneratedNever();
        change.Property(c => c.Reason).HasMaxLength(500);
        change.Property(c => c.DeclineReason).HasMaxLength(500);
        change.Property(c => c.DecisionNote).HasMaxLength(500);
        change.Property(c => c.OldTotal).HasPrecision(18, 2);
        change.Property(c => c.NewTotal).HasPrecision(18, 2);
        change.Ignore(c => c.IsOpen);
        change.HasIndex(c => new { c.OrderId, c.Number }).IsUnique();
        change.HasIndex(c => c.OrderId, "ix_order_changes_open").IsUnique().HasFilter("status in ('waits_for_approval', 'sent')");
        // What waits for a second person.
        change.HasIndex(c => c.ProposedAt).HasFilter("status = 'waits_for_approval'");
        change.HasOne<Order>().WithMany().HasForeignKey(c => c.OrderId);
        change.HasMany(c => c.Lines).WithOne().HasForeignKey(l => l.ChangeId);
        DatabaseFaults.Explain("ix_order_changes_open", "Another change of this order is under way. Wait until it is decided, or withdraw it first.");
        DatabaseFaults.Explain("ix_order_changes_order_id_number", "Somebody else wrote a change of this order a moment ago. Reload the page to see it.");
    }

    public void Configure(EntityTypeBuilder<OrderChangeLine> line)
    {
        line.Property(x => x.Id).ValueGeneratedNever();
        line.Property(l => l.PartNumber).HasMaxLength(50);
        line.Property(l => l.SupplierPartNumber).HasMaxLength(80);
        line.Property(l => l.Description).HasMaxLength(500);
        line.Property(l => l.Unit).HasMaxLength(20);
        line.HasIndex(l => new { l.ChangeId, l.LineNo }).IsUnique();
        line.HasIndex(l => l.OrderLineId);
        line.HasIndex(l => l.PartId);
        line.HasIndex(l => l.UnitId);
        line.HasOne<OrderLine>().WithMany().HasForeignKey(l => l.OrderLineId);
        line.HasOne<Part>().WithMany().HasForeignKey(l => l.PartId);
        line.HasOne<Unit>().WithMany().HasForeignKey(l => l.UnitId);
        line.ToTable(t => t.HasCheckConstraint("ck_order_change_lines_figures", "new_quantity >= 0 and new_unit_price >= 0 and (kind = 'cancelled') = (new_quantity = 0)"));
    }

    public void Configure(EntityTypeBuilder<Invoice> invoice)
    {
        invoice.Property(x => x.Id).ValueGeneratedNever();
        invoice.Property(i => i.Number).HasMaxLength(60);
        invoice.Property(i => i.NumberKey).HasMaxLength(60);
        invoice.Property(i => i.Currency).HasMaxLength(3);
        invoice.Property(i => i.Findings).HasMaxLength(20_000);
        invoice.Property(i => i.Note).HasMaxLength(500);
        invoice.Property(i => i.ApprovalReason).HasMaxLength(500);
        invoice.Property(i => i.RefuseReason).HasMaxLength(500);
        invoice.Property(i => i.Subtotal).HasPrecision(18, 2);
        invoice.Property(i => i.Freight).HasPrecision(18, 2);
        invoice.Property(i => i.Tax).HasPrecision(18, 2);
        invoice.Property(i => i.Total).HasPrecision(18, 2);
        invoice.Property(i => i.Paid).HasPrecision(18, 2);
        invoice.Ignore(i => i.Open);
        invoice.Ignore(i => i.IsPayable);
        invoice.HasIndex(i => new { i.SupplierId, i.NumberKey }, "ix_invoices_number").IsUnique().HasFilter("deleted_at is null and status <> 'refused'");
        invoice.HasIndex(i => i.SupplierId);
        invoice.HasIndex(i => i.OrderId);
        // The list in its usual order, and what waits or is to be paid.
        invoice.HasIndex(i => new { i.EnteredAt, i.Id }).IsDescending();
        invoice.HasIndex(i => new { i.Status, i.DueOn });
        invoice.HasOne<Order>().WithMany().HasForeignKey(i => i.OrderId);
        invoice.HasOne<Supplier>().WithMany().HasForeignKey(i => i.SupplierId);
        invoice.HasMany(i => i.Lines).WithOne().HasForeignKey(l => l.InvoiceId);
        invoice.ToTable(t => t.HasCheckConstraint("ck_invoices_amounts", "subtotal >= 0 and freight >= 0 and tax >= 0 and total = subtotal + freight + tax and paid between 0 and total"));
        DatabaseFaults.Explain("ix_invoices_number", "This supplier's invoice with that number is entered already. Look for it in the list of invoices; if it was wrong, refuse or remove it first.");
    }

    public void Configure(EntityTypeBuilder<InvoiceLine> line)
    {
        line.Property(x => x.Id).ValueGeneratedNever();
        line.Property(l => l.Amount).HasPrecision(18, 2);
        line.Property(l => l.Finding).HasMaxLength(500);
        line.HasIndex(l => new { l.InvoiceId, l.OrderLineId }).IsUnique();
        line.HasIndex(l => l.OrderLineId);
        line.HasOne<OrderLine>().WithMany().HasForeignKey(l => l.OrderLineId);
        line.ToTable(t => t.HasCheckConstraint("ck_invoice_lines_figures", "quantity > 0 and unit_price >= 0 and amount >= 0"));
    }

    public void Configure(EntityTypeBuilder<Agreement> agreement)
    {
        agreement.Property(x => x.Id).ValueGeneratedNever();
        agreement.Property(a => a.Number).HasMaxLength(40);
        agreement.Property(a => a.Title).HasMaxLength(120);
        agreement.Property(a => a.Currency).HasMaxLength(3);
        agreement.Property(a => a.MostValue).HasPrecision(18, 2);
        agreement.Property(a => a.PaymentTerms).HasMaxLength(120);
        agreement.Property(a => a.Incoterm).HasMaxLength(80);
        agreement.Property(a => a.Note).HasMaxLength(2000);
        agreement.Property(a => a.EndReason).HasMaxLength(500);
        agreement.HasIndex(a => a.Number).IsUnique().HasFilter("deleted_at is null");
        agreement.HasIndex(a => a.SupplierId);
        agreement.HasIndex(a => new { a.ValidTo, a.Id });
        agreement.HasOne<Supplier>().WithMany().HasForeignKey(a => a.SupplierId);
        agreement.HasMany(a => a.Lines).WithOne().HasForeignKey(l => l.AgreementId).OnDelete(DeleteBehavior.Cascade);
        agreement.ToTable(t =>
        {
            t.HasCheckConstraint("ck_agreements_valid", "valid_to >= valid_from");
            t.HasCheckConstraint("ck_agreements_value", "most_value > 0");
        });
    }

    public void Configure(EntityTypeBuilder<AgreementLine> line)
    {
        line.Property(x => x.Id).ValueGeneratedNever();
        line.Property(l => l.PartNumber).HasMaxLength(50);
        line.Property(l => l.SupplierPartNumber).HasMaxLength(80);
        line.Property(l => l.Description).HasMaxLength(500);
        line.Property(l => l.Unit).HasMaxLength(20);
        line.HasIndex(l => new { l.AgreementId, l.LineNo }).IsUnique();
        line.HasIndex(l => l.PartId);
        line.HasIndex(l => l.UnitId);
        line.HasOne<Part>().WithMany().HasForeignKey(l => l.PartId);
        line.HasOne<Unit>().WithMany().HasForeignKey(l => l.UnitId);
        line.HasMany(l => l.Breaks).WithOne().HasForeignKey(b => b.AgreementLineId).OnDelete(DeleteBehavior.Cascade);
        line.ToTable(t => t.HasCheckConstraint("ck_agreement_lines_figures", "unit_price >= 0 and most_quantity > 0"));
    }

    public void Configure(EntityTypeBuilder<AgreementBreak> step)
    {
        step.Property(x => x.Id).ValueGeneratedNever();
        step.HasIndex(b => new { b.AgreementLineId, b.MinimumQuantity }).IsUnique();
        step.ToTable(t => t.HasCheckConstraint("ck_agreement_breaks_figures", "minimum_quantity > 0 and unit_price >= 0"));
    }

    public void Configure(EntityTypeBuilder<AgreementTally> tally) => tally.ToView("agreement_use").HasNoKey();

    public void Configure(EntityTypeBuilder<OrderSettings> settings)
    {
        settings.Property(x => x.Id).ValueGeneratedNever();
        settings.Property(s => s.PriceTolerancePercent).HasPrecision(7, 4);
        settings.Property(s => s.QuantityTolerancePercent).HasPrecision(7, 4);
        settings.Property(s => s.PriceToleranceAmount).HasPrecision(18, 2);
        settings.Ignore(s => s.Tolerances);
        settings.ToTable(t => t.HasCheckConstraint(
            "ck_order_settings_figures",
            "acknowledge_within_days between 1 and 60 and warn_days between 1 and 60 and price_tolerance_percent between 0 and 100 and quantity_tolerance_percent between 0 and 100 and price_tolerance_amount >= 0 and quantity_tolerance >= 0"));
    }
}
