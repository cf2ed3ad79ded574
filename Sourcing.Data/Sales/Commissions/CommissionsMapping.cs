using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;

namespace Sourcing.Data.Sales.Commissions;

internal sealed class CommissionsMapping :
    IEntityTypeConfiguration<CommissionPlan>, IEntityTypeConfiguration<CommissionPlanVersion>, IEntityTypeConfiguration<CommissionAssignment>, IEntityTypeConfiguration<SharedOrder>,
    IEntityTypeConfiguration<CommissionRun>, IEntityTypeConfiguration<Commission>, IEntityTypeConfiguration<CommissionEvent>, IEntityTypeConfiguration<CommissionPayout>,
    IEntityTypeConfiguration<CommissionDispute>, IEntityTypeConfiguration<CommissionStanding>
{
    public void Configure(EntityTypeBuilder<CommissionStanding> standing) => standing.HasNoKey().ToView("commission_standings");

    public void Configure(EntityTypeBuilder<CommissionPlan> plan)
    {
        plan.Property(p => p.Id).ValueGeneratedNever();
        plan.Property(p => p.Name).HasMaxLength(120);
        plan.Property(p => p.Currency).HasMaxLength(3);
        plan.HasIndex(p => p.Name).IsUnique();
        plan.HasMany(p => p.Versions).WithOne().HasForeignKey(v => v.PlanId);
        DatabaseFaults.Explain("ix_commission_plans_name", "Another plan has this name. Choose another.");
    }

    public void Configure(EntityTypeBuilder<CommissionPlanVersion> version)
    {
        version.Property(v => v.Id).ValueGeneratedNever();
        version.Property(v => v.Rules).HasColumnType("jsonb");
        version.Property(v => v.Cap).HasPrecision(18, 2);
        version.Property(v => v.Floor).HasPrecision(18, 2);
        version.Property(v => v.Accelerator).HasPrecision(9, 4);
        version.Property(v => v.OverridePercent).HasPrecision(9, 4);
        version.HasIndex(v => new { v.PlanId, v.Number }).IsUnique();
        version.HasIndex(v => v.PlanId, "ix_commission_plan_versions_draft").IsUnique().HasFilter("status = 'draft'");
        version.ToTable("commission_plan_versions", t =>
        {
            t.HasCheckConstraint("ck_commission_plan_versions_valid", "valid_until > valid_from");
            t.HasCheckConstraint("ck_commission_plan_versions_amounts", "cap > 0 and floor > 0 and accelerator > 1 and override_percent > 0 and override_percent <= 100 and clawback_days > 0");
            t.HasCheckConstraint("ck_commission_plan_versions_activated", "status = 'draft' or activated_at is not null");
        });
        DatabaseFaults.Explain("ix_commission_plan_versions_draft", "Somebody else has begun a draft of this plan. Reload the page to see it.");
    }

    public void Configure(EntityTypeBuilder<CommissionAssignment> assignment)
    {
        assignment.Property(a => a.Id).ValueGeneratedNever();
        assignment.HasOne<CommissionPlan>().WithMany().HasForeignKey(a => a.PlanId);
        assignment.HasOne<SalesRep>().WithMany().HasForeignKey(a => a.SalesRepId);
        assignment.HasIndex(a => new { a.SalesRepId, a.ValidFrom }).IsUnique();
        assignment.HasIndex(a => a.PlanId);
        assignment.ToTable("commission_assignments", t => t.HasCheckConstraint("ck_commission_assignments_valid", "valid_until > valid_from"));
        DatabaseFaults.Explain("ix_commission_assignments_sales_rep_id_valid_from", "Another plan of this representative begins on that day. Reload the page to see it.");
    }

    public void Configure(EntityTypeBuilder<SharedOrder> share)
    {
        share.Property(s => s.Id).ValueGeneratedNever();
        share.Property(s => s.Percent).HasPrecision(7, 4);
        share.HasOne<Order>().WithMany().HasForeignKey(s => s.OrderId);
        share.HasOne<SalesRep>().WithMany().HasForeignKey(s => s.SalesRepId);
        share.HasIndex(s => new { s.OrderId, s.SalesRepId }).IsUnique();
        share.HasIndex(s => s.SalesRepId);
        share.ToTable("order_shares", t => t.HasCheckConstraint("ck_order_shares_percent", "percent > 0 and percent <= 100"));
        DatabaseFaults.Explain("ix_order_shares_order_id_sales_rep_id", "Somebody else divided this order a moment ago. Reload the page to see it.");
    }

    public void Configure(EntityTypeBuilder<CommissionRun> run)
    {
        run.Property(r => r.Id).ValueGeneratedNever();
        run.Property(r => r.Number).HasMaxLength(30);
        run.HasIndex(r => r.Number).IsUnique();
        run.ToTable("commission_runs");
    }

    public void Configure(EntityTypeBuilder<Commission> line)
    {
        line.Property(c => c.Id).ValueGeneratedNever();
        line.Property(c => c.EventKey).HasMaxLength(80);
        line.Property(c => c.BaseAmount).HasPrecision(18, 2);
        line.Property(c => c.Amount).HasPrecision(18, 2);
        line.Property(c => c.Rate).HasPrecision(12, 4);
        line.Property(c => c.Currency).HasMaxLength(3);
        line.Property(c => c.Tier).HasMaxLength(80);
        line.Property(c => c.Bases).HasColumnType("jsonb");
        line.Property(c => c.Arithmetic).HasColumnType("jsonb");
        // No foreign keys: what a line points at is looked up once for all lines of a statement, and never goes (docs/decisions/0032).
        line.HasIndex(c => new { c.SalesRepId, c.EarnedOn, c.Id });
        line.HasIndex(c => new { c.EarnedOn, c.Id });
        line.HasIndex(c => c.OrderId).HasFilter("order_id is not null");
        // What rests on a line is of its order; only lines without one are looked up by what they rest on.
        line.HasIndex(c => c.SourceId).HasFilter("source_id is not null and order_id is null");
        line.ToTable("commissions", t => t.HasCheckConstraint("ck_commissions_source_id", "(kind in ('override', 'clawback')) <= (source_id is not null)"));
    }

    public void Configure(EntityTypeBuilder<CommissionEvent> step)
    {
        step.Property(e => e.Id).ValueGeneratedNever();
        step.Property(e => e.Reason).HasMaxLength(500);
        step.HasOne<Commission>().WithMany().HasForeignKey(e => e.CommissionId);
        step.HasOne<CommissionPayout>().WithMany().HasForeignKey(e => e.PayoutId);
        step.HasIndex(e => new { e.CommissionId, e.Step }).IsUnique();
        step.HasIndex(e => e.CommissionId, "ix_commission_events_paid").IsUnique().HasFilter("state = 'paid'");
        step.HasIndex(e => e.PayoutId).HasFilter("payout_id is not null");
        step.ToTable("commission_events", t =>
        {
            t.HasCheckConstraint("ck_commission_events_reason", "(state = 'rejected') = (reason <> '')");
            t.HasCheckConstraint("ck_commission_events_payout_id", "(state = 'paid') = (payout_id is not null)");
        });
        DatabaseFaults.Explain("ix_commission_events_commission_id_step", "Somebody else decided on one of these lines a moment ago, so nothing was done. Reload the page to see where they stand.");
        DatabaseFaults.Explain("ix_commission_events_paid", "One of these lines is paid already, so nothing was paid. Reload the page to see which.");
    }

    public void Configure(EntityTypeBuilder<CommissionPayout> payout)
    {
        payout.Property(p => p.Id).ValueGeneratedNever();
        payout.Property(p => p.Number).HasMaxLength(30);
        payout.Property(p => p.Reference).HasMaxLength(80);
        payout.HasIndex(p => p.Number).IsUnique();
        payout.HasIndex(p => new { p.PeriodStart, p.Reference }).IsUnique();
        payout.ToTable("commission_payouts", t => t.HasCheckConstraint("ck_commission_payouts_period_end", "period_end > period_start and reference <> '' and lines > 0"));
        DatabaseFaults.Explain("ix_commission_payouts_period_start_reference", "A payout of this period has this reference, so nothing was paid. Look at it first; a second payout needs a reference of its own.");
    }

    public void Configure(EntityTypeBuilder<CommissionDispute> dispute)
    {
        dispute.Property(d => d.Id).ValueGeneratedNever();
        dispute.Property(d => d.Question).HasMaxLength(2000);
        dispute.Property(d => d.Answer).HasMaxLength(2000);
        dispute.HasOne<Commission>().WithMany().HasForeignKey(d => d.CommissionId);
        dispute.HasOne<SalesRep>().WithMany().HasForeignKey(d => d.SalesRepId);
        dispute.HasOne<Commission>().WithMany().HasForeignKey(d => d.CorrectionId);
        dispute.HasIndex(d => d.CommissionId, "ix_commission_disputes_open").IsUnique().HasFilter("status = 'open'");
        dispute.HasIndex(d => d.CommissionId);
        dispute.HasIndex(d => d.SalesRepId);
        dispute.HasIndex(d => d.CorrectionId).HasFilter("correction_id is not null");
        dispute.ToTable("commission_disputes");
        DatabaseFaults.Explain("ix_commission_disputes_open", "This line is questioned already. Wait for the answer.");
    }
}
