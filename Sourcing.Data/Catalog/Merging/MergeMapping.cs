using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog.Merging;

internal sealed class MergeMapping : IEntityTypeConfiguration<Merge>
{
    public void Configure(EntityTypeBuilder<Merge> merge)
    {
        merge.Property(m => m.Id).ValueGeneratedNever();
        merge.Property(m => m.KeptNumber).HasMaxLength(50);
        merge.Property(m => m.KeptName).HasMaxLength(255);
        merge.Property(m => m.GoneNumber).HasMaxLength(50);
        merge.Property(m => m.GoneName).HasMaxLength(255);
        merge.Property(m => m.Moved).HasColumnType("jsonb");
        // A record is given up once.
        merge.HasIndex(m => m.GoneId).IsUnique();
        merge.HasIndex(m => m.KeptId);
        merge.ToTable(t => t.HasCheckConstraint("ck_merges_two", "kept_id <> gone_id"));
        DatabaseFaults.Explain("ix_merges_gone_id", "This was merged already. Reload the page to see into which.");
        DatabaseFaults.Explain("ck_parts_merged_into", "This part was merged into another and cannot come back: everything about it stands there now.");
        DatabaseFaults.Explain("ck_suppliers_merged_into", "This supplier was merged into another and cannot come back: everything about it stands there now.");
    }
}
