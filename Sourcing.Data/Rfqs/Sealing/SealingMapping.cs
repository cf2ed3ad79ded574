using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Common;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Rfqs.Sealing;

internal sealed class SealingMapping :
    IEntityTypeConfiguration<RfqSeal>, IEntityTypeConfiguration<SealedBid>, IEntityTypeConfiguration<SealedCopy>, IEntityTypeConfiguration<OpenedBid>, IEntityTypeConfiguration<SealEvent>
{
    private const string HashRule = "hash ~ '^[0-9a-f]{64}$'";

    public void Configure(EntityTypeBuilder<RfqSeal> seal)
    {
        seal.HasOne<Rfq>().WithMany().HasForeignKey(s => s.RfqId);
        seal.Property(s => s.KeyFingerprint).HasMaxLength(16);
        seal.Property(s => s.OpenedByNames).HasMaxLength(500);
        seal.HasIndex(s => new { s.RfqId, s.Round }).IsUnique();
        seal.ToTable(t => t.HasCheckConstraint("ck_rfq_seals_opened", "round >= 1 and (opened_at is null) = (opened_by is null)"));
    }

    public void Configure(EntityTypeBuilder<SealedBid> bid)
    {
        bid.HasOne<RfqSeal>().WithMany().HasForeignKey(b => b.SealId);
        bid.HasOne<Rfq>().WithMany().HasForeignKey(b => b.RfqId);
        bid.HasOne<Quote>().WithMany().HasForeignKey(b => b.QuoteId);
        bid.HasOne<Supplier>().WithMany().HasForeignKey(b => b.SupplierId);
        bid.Property(b => b.Number).HasMaxLength(24);
        bid.Property(b => b.Hash).HasMaxLength(64);
        bid.Property(b => b.SubmittedByName).HasMaxLength(200);
        bid.Property(b => b.LogSequence).ValueGeneratedOnAdd();
        bid.Property(b => b.LogHash).HasMaxLength(64).ValueGeneratedOnAdd();
        bid.HasIndex(b => b.Number).IsUnique();
        bid.HasIndex(b => b.Hash).IsUnique();
        bid.HasIndex(b => new { b.QuoteId, b.Revision }).IsUnique();
        bid.HasIndex(b => b.SealId);
        bid.HasIndex(b => b.RfqId);
        bid.HasIndex(b => b.SupplierId);
        bid.ToTable(t => t.HasCheckConstraint("ck_sealed_bids_hash", HashRule + " and revision >= 1"));
        DatabaseFaults.Explain("ix_sealed_bids_quote_id_revision", "Somebody else submitted this quote a moment ago. Reload the page to see it.");
    }

    public void Configure(EntityTypeBuilder<SealedCopy> copy)
    {
        copy.HasOne<Quote>().WithMany().HasForeignKey(c => c.QuoteId);
        copy.Property(c => c.SavedByName).HasMaxLength(200);
        copy.HasIndex(c => new { c.QuoteId, c.Revision }).IsUnique();
        DatabaseFaults.Explain("ix_sealed_copies_quote_id_revision", "Somebody else saved this quote a moment ago. Reload the page to go on with it.");
    }

    public void Configure(EntityTypeBuilder<OpenedBid> opened)
    {
        opened.HasOne<SealedBid>().WithMany().HasForeignKey(o => o.BidId);
        opened.HasOne<Rfq>().WithMany().HasForeignKey(o => o.RfqId);
        opened.Property(o => o.Fault).HasMaxLength(400);
        opened.HasIndex(o => o.BidId).IsUnique();
        opened.HasIndex(o => o.RfqId);
        opened.ToTable(t => t.HasCheckConstraint("ck_opened_bids_agrees", "not agrees or (salt is not null and content is not null and fault = '')"));
    }

    public void Configure(EntityTypeBuilder<SealEvent> entry)
    {
        entry.HasOne<Rfq>().WithMany().HasForeignKey(e => e.RfqId);
        entry.Property(e => e.ActorName).HasMaxLength(200);
        entry.Property(e => e.Detail).HasMaxLength(1000);
        entry.Property(e => e.PreviousHash).HasMaxLength(64);
        entry.Property(e => e.Hash).HasMaxLength(64);
        entry.HasIndex(e => new { e.RfqId, e.Sequence }).IsUnique();
        entry.ToTable(t => t.HasCheckConstraint("ck_seal_events_hash", HashRule + " and sequence >= 1 and round >= 1"));
    }
}
