using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Rfqs;

internal sealed class RfqsMapping :
    IEntityTypeConfiguration<Rfq>, IEntityTypeConfiguration<RfqLine>, IEntityTypeConfiguration<RfqInvitation>, IEntityTypeConfiguration<RfqAddendum>, IEntityTypeConfiguration<RfqContact>
{
    public void Configure(EntityTypeBuilder<Rfq> rfq)
    {
        rfq.Property(r => r.Number).HasMaxLength(20);
        rfq.Property(r => r.Title).HasMaxLength(200);
        rfq.Property(r => r.Description).HasMaxLength(8000);
        rfq.Property(r => r.DeadlineTimeZone).HasMaxLength(60);
        rfq.Property(r => r.Currency).HasMaxLength(3);
        rfq.Property(r => r.Incoterm).HasMaxLength(3);
        rfq.Property(r => r.DeliveryPlace).HasMaxLength(200);
        rfq.Property(r => r.PaymentTerms).HasMaxLength(200);
        rfq.Property(r => r.CancelReason).HasMaxLength(400);
        rfq.Property(r => r.PauseReason).HasMaxLength(400);
        rfq.Property(r => r.DeadlineReason).HasMaxLength(400);
        rfq.Property(r => r.Search)
            .HasComputedColumnSql("to_tsvector('simple', app.words(number || ' ' || title || ' ' || description))", stored: true);
        rfq.HasOne<PartCategory>().WithMany().HasForeignKey(r => r.CategoryId);
        // A line or an unsent invitation that leaves its draft is deleted; the database itself cascades nothing.
        rfq.HasMany(r => r.Lines).WithOne().HasForeignKey(l => l.RfqId).OnDelete(DeleteBehavior.ClientCascade);
        rfq.HasMany(r => r.Invitations).WithOne().HasForeignKey(i => i.RfqId).OnDelete(DeleteBehavior.ClientCascade);

        rfq.HasMany(r => r.Addenda).WithOne().HasForeignKey(a => a.RfqId);

        rfq.HasIndex(r => r.Number).IsUnique();
        rfq.HasIndex(r => r.Search).HasMethod("gin");
        rfq.HasIndex(r => r.Number, "ix_rfqs_number_trigram").HasMethod("gin").HasOperators("gin_trgm_ops");
        rfq.HasIndex(r => r.Title, "ix_rfqs_title_trigram").HasMethod("gin").HasOperators("gin_trgm_ops");

        // The list's orders; the deadline's own index is in 130.rfqs.sql, because drafts may have none.
        rfq.HasIndex(r => new { r.CreatedAt, r.Id }).HasFilter("deleted_at is null");

        // A lane of the board: the next deadlines of one state, for all or for one buyer or category. Also what the deadline job reads.
        rfq.HasIndex(r => new { r.Status, r.Deadline }).HasFilter("deleted_at is null");
        rfq.HasIndex(r => new { r.BuyerId, r.Status, r.Deadline }).HasFilter("deleted_at is null");
        rfq.HasIndex(r => new { r.CategoryId, r.Status, r.Deadline }).HasFilter("deleted_at is null");
        rfq.ToTable(t =>
        {
            t.HasCheckConstraint("ck_rfqs_round", "round >= 1");
            t.HasCheckConstraint("ck_rfqs_title", "title <> ''");
            t.HasCheckConstraint("ck_rfqs_open_deadline", "status in ('draft', 'approval', 'cancelled') or deadline is not null");
        });
    }

    public void Configure(EntityTypeBuilder<RfqLine> line)
    {
        // Made by the entity, so that one added to a known RFQ counts as new.
        line.Property(l => l.Id).ValueGeneratedNever();
        line.Property(l => l.Description).HasMaxLength(500);
        line.Property(l => l.Note).HasMaxLength(1000);
        line.Property(l => l.Specifications).HasColumnType("jsonb");

        line.HasOne<Part>().WithMany().HasForeignKey(l => l.PartId);
        line.HasOne<Unit>().WithMany().HasForeignKey(l => l.UnitId);

        // Uniqueness of (rfq, line_no) is a deferred constraint in 130.rfqs.sql: renumbering swaps numbers within one act.
        line.HasIndex(l => new { l.RfqId, l.LineNo });
        line.HasIndex(l => l.PartId);
        line.HasIndex(l => l.UnitId);
        line.ToTable(t =>
        {
            t.HasCheckConstraint("ck_rfq_lines_quantity", "quantity > 0");
            t.HasCheckConstraint("ck_rfq_lines_target_price", "target_price >= 0");
        });
        DatabaseFaults.Explain("ck_rfq_lines_quantity", "A quantity has to be above 0.");
        DatabaseFaults.Explain("ck_rfq_lines_target_price", "A target price has to be 0 or more.");
    }

    public void Configure(EntityTypeBuilder<RfqInvitation> invitation)
    {
        invitation.Property(i => i.Id).ValueGeneratedNever();
        invitation.Property(i => i.Round).HasDefaultValue(1);
        invitation.ToTable(t => t.HasCheckConstraint("ck_rfq_invitations_round", "round >= 1"));
        invitation.Property(i => i.ContactName).HasMaxLength(120);
        invitation.Property(i => i.Email).HasMaxLength(320);
        invitation.Property(i => i.DeclineNote).HasMaxLength(400);
        invitation.Property(i => i.AccessTokenHash).HasMaxLength(64);
        invitation.HasOne<Supplier>().WithMany().HasForeignKey(i => i.SupplierId);
        invitation.HasIndex(i => new { i.RfqId, i.SupplierId }).IsUnique().HasDatabaseName("ux_rfq_invitations_supplier");
        invitation.HasIndex(i => new { i.SupplierId, i.InvitedAt }).IsDescending(false, true);
        invitation.HasIndex(i => i.AccessTokenHash).IsUnique();
        DatabaseFaults.Explain("ux_rfq_invitations_supplier", "This supplier is invited already. Reload the page to see it.");
    }

    public void Configure(EntityTypeBuilder<RfqAddendum> addendum)
    {
        addendum.Property(a => a.Id).ValueGeneratedNever();
        addendum.Property(a => a.Text).HasMaxLength(RfqAddendum.LongestText);
        addendum.Property(a => a.ByName).HasMaxLength(120);
        addendum.Property(a => a.Round).HasDefaultValue(1);
        addendum.HasIndex(a => new { a.RfqId, a.Number }).IsUnique();
        addendum.ToTable(t => t.HasCheckConstraint("ck_rfq_addenda_text", "text <> '' and number >= 1"));
        DatabaseFaults.Explain("ix_rfq_addenda_rfq_id_number", "Somebody else sent an addendum a moment ago. Read it, and send yours again if it is still needed.");
    }

    public void Configure(EntityTypeBuilder<RfqContact> contact) => contact.ToView("rfq_contacts").HasKey(c => c.RfqId);
}
