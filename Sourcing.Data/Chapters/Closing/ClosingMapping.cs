using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Chapters.Closing;

/// <summary>Months that were closed. What may not be changed any more, and who reads what, stands in the room's script.</summary>
internal sealed class ClosingMapping : IEntityTypeConfiguration<MonthlyReport>, IEntityTypeConfiguration<ReportRevision>, IEntityTypeConfiguration<ClosedMonth>
{
    public void Configure(EntityTypeBuilder<MonthlyReport> report)
    {
        report.Property(r => r.Id).ValueGeneratedNever();
        report.Property(r => r.TotalBusiness).HasColumnName("total_tyfcb").HasPrecision(18, 2);
        report.Property(r => r.AttendanceRate).HasPrecision(5, 2);
        report.Property(r => r.Metadata).HasColumnType("jsonb");
        report.Property(r => r.ReopenReason).HasMaxLength(Slip.LongestText);
        report.HasOne<Chapter>().WithMany().HasForeignKey(r => r.ChapterId);
        report.HasOne<AppUser>().WithMany().HasForeignKey(r => r.ClosedById);
        report.HasOne<AppUser>().WithMany().HasForeignKey(r => r.ReopenedById);
        report.HasIndex(r => new { r.ChapterId, r.Period }).IsUnique();
        report.ToTable(t =>
        {
            t.HasCheckConstraint("ck_monthly_reports_period", "extract(day from period) = 1");
            t.HasCheckConstraint("ck_monthly_reports_revision", "revision >= 1");
            t.HasCheckConstraint("ck_monthly_reports_totals", "total_referrals >= 0 and total_tyfcb >= 0");
            t.HasCheckConstraint("ck_monthly_reports_attendance_rate", "attendance_rate between 0 and 100");
            t.HasCheckConstraint("ck_monthly_reports_metadata", "jsonb_typeof(metadata) = 'object'");
            t.HasCheckConstraint("ck_monthly_reports_reopened", "(status = 'open') = (reopened_at is not null and reopened_by_id is not null and reopen_reason <> '')");
        });
        DatabaseFaults.Explain("ix_monthly_reports_chapter_id_period", "Somebody else closed this month a moment ago. Load the page again.");
    }

    public void Configure(EntityTypeBuilder<ClosedMonth> month) => month.HasNoKey().ToView("closed_months");

    public void Configure(EntityTypeBuilder<ReportRevision> revision)
    {
        revision.Property(r => r.Id).ValueGeneratedNever();
        revision.Property(r => r.Reason).HasMaxLength(Slip.LongestText);
        revision.Property(r => r.Figures).HasColumnType("jsonb");
        revision.Property(r => r.Differences).HasColumnType("jsonb");
        revision.Property(r => r.Facts).HasColumnType("jsonb");
        revision.Property(r => r.Marks).HasColumnType("jsonb");
        revision.HasOne<MonthlyReport>().WithMany().HasForeignKey(r => r.ReportId);
        revision.HasOne<Chapter>().WithMany().HasForeignKey(r => r.ChapterId);
        revision.HasOne<AppUser>().WithMany().HasForeignKey(r => r.ActorId);
        revision.HasIndex(r => new { r.ReportId, r.Revision, r.Act }).IsUnique();
        revision.ToTable(t =>
        {
            t.HasCheckConstraint("ck_report_revisions_revision", "revision >= 1");
            t.HasCheckConstraint("ck_report_revisions_snapshot", "(act = 'closed') = (figures is not null and facts is not null and marks is not null)");
            t.HasCheckConstraint("ck_report_revisions_reason", "(act = 'reopened') = (reason <> '')");
        });
        DatabaseFaults.Explain("ix_report_revisions_report_id_revision_act", "Somebody else closed or opened this month a moment ago. Load the page again.");
    }
}
