using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Common;

namespace Sourcing.Data.Suppliers.Scorecards;

internal sealed class ScorecardsMapping :
    IEntityTypeConfiguration<ScorecardTemplate>, IEntityTypeConfiguration<ScorecardCriterion>, IEntityTypeConfiguration<ScorecardStanding>,
    IEntityTypeConfiguration<SupplierScorecard>, IEntityTypeConfiguration<SupplierKpi>
{
    public void Configure(EntityTypeBuilder<ScorecardTemplate> template)
    {
        template.Property(t => t.Id).ValueGeneratedNever();
        template.Property(t => t.Name).HasMaxLength(120);
        template.Property(t => t.Description).HasMaxLength(1000);
        template.Property(t => t.Decay).HasPrecision(5, 4);
        template.Property(t => t.SmallSample).HasPrecision(9, 2);
        template.HasIndex(t => t.Name).IsUnique().HasFilter("deleted_at is null");
        template.HasIndex(t => t.Status, "ix_scorecard_templates_active").IsUnique().HasFilter("status = 'active'");
        template.HasMany(t => t.Criteria).WithOne().HasForeignKey(c => c.TemplateId).OnDelete(DeleteBehavior.Cascade);
        template.HasMany(t => t.Standings).WithOne().HasForeignKey(s => s.TemplateId).OnDelete(DeleteBehavior.Cascade);
        template.ToTable("scorecard_templates", t =>
        {
            t.HasCheckConstraint("ck_scorecard_templates_decay", "decay between 0 and 1");
            t.HasCheckConstraint("ck_scorecard_templates_small_sample", "small_sample between 0 and 10000");
            t.HasCheckConstraint("ck_scorecard_templates_activated", "status = 'draft' or (activated_at is not null and back_tested_at is not null)");
        });
        DatabaseFaults.Explain("ix_scorecard_templates_name", "Another template has this name. Choose another.");
        DatabaseFaults.Explain("ix_scorecard_templates_active", "Somebody activated another template a moment ago. Reload the page to see it.");
    }

    public void Configure(EntityTypeBuilder<ScorecardCriterion> criterion)
    {
        criterion.Property(c => c.Id).ValueGeneratedNever();
        criterion.Property(c => c.Name).HasMaxLength(80);
        criterion.Property(c => c.Weight).HasPrecision(5, 2);
        criterion.Property(c => c.Formula).HasMaxLength(KpiFormula.Longest);
        criterion.HasIndex(c => new { c.TemplateId, c.Position }).IsUnique();
        criterion.ToTable("scorecard_criteria", t => t.HasCheckConstraint("ck_scorecard_criteria_weight", "weight > 0 and weight <= 100 and zero_at <> full_at"));
    }

    public void Configure(EntityTypeBuilder<ScorecardStanding> standing)
    {
        standing.Property(s => s.Id).ValueGeneratedNever();
        standing.Property(s => s.Name).HasMaxLength(40);
        standing.Property(s => s.FromScore).HasPrecision(5, 2);
        standing.HasIndex(s => new { s.TemplateId, s.Position }).IsUnique();
        standing.ToTable("scorecard_standings", t => t.HasCheckConstraint("ck_scorecard_standings_from_score", "from_score between 0 and 100"));
    }

    public void Configure(EntityTypeBuilder<SupplierScorecard> scorecard)
    {
        scorecard.Property(s => s.Id).ValueGeneratedNever();
        scorecard.Property(s => s.OwnScore).HasPrecision(5, 2);
        scorecard.Property(s => s.Score).HasPrecision(5, 2);
        scorecard.Property(s => s.Standing).HasMaxLength(40);
        scorecard.Property(s => s.Criteria).HasColumnType("jsonb");
        scorecard.HasIndex(s => new { s.SupplierId, s.TemplateId, s.PeriodStart }).IsUnique();
        scorecard.HasIndex(s => new { s.TemplateId, s.PeriodStart });
        // Derived: with a supplier that an undone import takes out again, its figures go.
        scorecard.HasOne<Supplier>().WithMany().HasForeignKey(s => s.SupplierId).OnDelete(DeleteBehavior.Cascade);
        scorecard.HasOne<ScorecardTemplate>().WithMany().HasForeignKey(s => s.TemplateId);
        scorecard.ToTable("supplier_scorecards", t =>
        {
            t.HasCheckConstraint("ck_supplier_scorecards_score", "score between 0 and 100 and own_score between 0 and 100");
            t.HasCheckConstraint("ck_supplier_scorecards_period", "period_end > period_start");
        });
    }

    public void Configure(EntityTypeBuilder<SupplierKpi> kpi)
    {
        kpi.Property(k => k.Id).ValueGeneratedNever();
        kpi.Property(k => k.Kpi).HasMaxLength(40);
        kpi.Property(k => k.Top).HasPrecision(24, 6);
        kpi.Property(k => k.Bottom).HasPrecision(24, 6);
        kpi.Property(k => k.Value).HasPrecision(24, 6);
        // A quarter and its first month begin on the same day, so the length is a part of the key.
        kpi.HasIndex(k => new { k.SupplierId, k.Kpi, k.Period, k.PeriodStart }).IsUnique();
        kpi.HasIndex(k => new { k.Period, k.PeriodStart, k.Kpi });
        kpi.HasOne<Supplier>().WithMany().HasForeignKey(k => k.SupplierId).OnDelete(DeleteBehavior.Cascade);
        kpi.ToTable("supplier_kpis", t => t.HasCheckConstraint("ck_supplier_kpis_events", "events > 0"));
    }
}
