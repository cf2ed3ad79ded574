using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Chapters.Importing;

/// <summary>Uploads of a chapter's reports.</summary>
internal sealed class ImportingMapping :
    IEntityTypeConfiguration<ImportBatch>, IEntityTypeConfiguration<ImportFile>, IEntityTypeConfiguration<RowIssue>, IEntityTypeConfiguration<ReportedFigures>
{
    public void Configure(EntityTypeBuilder<ImportBatch> batch)
    {
        batch.Property(b => b.Id).ValueGeneratedNever();
        batch.Property(b => b.FileName).HasMaxLength(200);
        batch.Property(b => b.Sha256).HasMaxLength(64);
        batch.Property(b => b.Scope).HasMaxLength(80);
        batch.Property(b => b.Trace).HasColumnType("jsonb");
        batch.Ignore(b => b.Chosen);
        batch.Ignore(b => b.Period);
        batch.HasOne<Chapter>().WithMany().HasForeignKey(b => b.ChapterId);
        batch.HasOne<Meeting>().WithMany().HasForeignKey(b => b.MeetingId);
        batch.HasOne<ImportBatch>().WithMany().HasForeignKey(b => b.ReplacesId);
        batch.HasOne<AppUser>().WithMany().HasForeignKey(b => b.UploadedBy);
        batch.HasOne<AppUser>().WithMany().HasForeignKey(b => b.AppliedBy);
        batch.HasOne<AppUser>().WithMany().HasForeignKey(b => b.EndedBy);
        batch.HasIndex(b => b.ChapterId);
        // One batch at most counts for a scope: so the same file cannot be in twice either.
        batch.HasIndex(b => new { b.ChapterId, b.Scope }).IsUnique().HasFilter("status = 'applied'");
        batch.ToTable(t =>
        {
            t.HasCheckConstraint("ck_chapter_import_batches_sha256", "sha256 ~ '^[0-9a-f]{64}$'");
            t.HasCheckConstraint("ck_chapter_import_batches_period", "(period_first is null) = (period_last is null) and period_last >= period_first is not false");
            t.HasCheckConstraint("ck_chapter_import_batches_chosen", "(chosen_first is null) = (chosen_last is null) and chosen_last >= chosen_first is not false");
            t.HasCheckConstraint("ck_chapter_import_batches_counts", "rows >= 0 and taken >= 0 and left_out >= 0");
            t.HasCheckConstraint("ck_chapter_import_batches_trace", "jsonb_typeof(trace) = 'object'");
        });
        DatabaseFaults.Explain("ix_chapter_import_batches_chapter_id_scope", "Somebody else imported the same report a moment ago. Load the page again and look at what this one changes.");
    }

    public void Configure(EntityTypeBuilder<ImportFile> file)
    {
        file.Property(f => f.Id).ValueGeneratedNever();
        file.HasOne<ImportBatch>().WithOne().HasForeignKey<ImportFile>(f => f.Id);
        file.HasOne<Chapter>().WithMany().HasForeignKey(f => f.ChapterId);
    }

    public void Configure(EntityTypeBuilder<RowIssue> issue)
    {
        issue.Property(i => i.Id).ValueGeneratedNever();
        issue.Property(i => i.Column).HasMaxLength(400);
        issue.Property(i => i.Value).HasMaxLength(400);
        issue.Property(i => i.Answer).HasColumnType("jsonb");
        issue.Ignore(i => i.Effect);
        issue.Ignore(i => i.Key);
        issue.HasOne<ImportBatch>().WithMany().HasForeignKey(i => i.BatchId);
        issue.HasOne<Chapter>().WithMany().HasForeignKey(i => i.ChapterId);
        issue.HasOne<AppUser>().WithMany().HasForeignKey(i => i.AnsweredBy);
    }

    public void Configure(EntityTypeBuilder<ReportedFigures> line)
    {
        line.Property(l => l.Id).ValueGeneratedNever();
        line.Property(l => l.Figures).HasColumnType("jsonb");
        line.HasOne<ImportBatch>().WithMany().HasForeignKey(l => l.BatchId);
        line.HasOne<Chapter>().WithMany().HasForeignKey(l => l.ChapterId);
        line.HasOne<Member>().WithMany().HasForeignKey(l => l.MemberId);
        line.ToTable(t => t.HasCheckConstraint("ck_chapter_reported_lines_figures", "jsonb_typeof(figures) = 'object'"));
    }
}
