using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning;

/// <summary>
/// What forecasts and plans come to. Their many rows have no foreign keys: they are written once, by COPY, in the transaction of their
/// cycle, and checking two keys for each of millions of rows would take longer than the plan (decision 0010).
/// </summary>
internal sealed class CycleMapping :
    IEntityTypeConfiguration<ForecastCycle>, IEntityTypeConfiguration<SkuForecast>, IEntityTypeConfiguration<SkuForecastPoint>, IEntityTypeConfiguration<PlanningCycle>,
    IEntityTypeConfiguration<CycleSnapshot>, IEntityTypeConfiguration<PlannedRequirement>, IEntityTypeConfiguration<PlanningMessage>, IEntityTypeConfiguration<PlanningIssue>,
    IEntityTypeConfiguration<ProcurementRecommendation>
{
    public void Configure(EntityTypeBuilder<ForecastCycle> cycle)
    {
        cycle.Property(c => c.Id).ValueGeneratedNever();
        cycle.Property(c => c.Number).HasMaxLength(40);
        cycle.HasIndex(c => c.Number).IsUnique();
        cycle.HasIndex(c => c.FinishedAt).IsDescending();
    }

    public void Configure(EntityTypeBuilder<SkuForecast> forecast)
    {
        forecast.Property(f => f.Id).ValueGeneratedNever();
        forecast.Property(f => f.Method).HasMaxLength(40);
        forecast.Property(f => f.DemandClass).HasMaxLength(40);
        forecast.Property(f => f.Confidence).HasPrecision(5, 4);
        foreach (var json in new[] { nameof(SkuForecast.Parameters), nameof(SkuForecast.Candidates), nameof(SkuForecast.Outliers) })
        {
            forecast.Property(json).HasColumnType("jsonb");
        }

        forecast.HasIndex(f => new { f.ForecastCycleId, f.PartId }).IsUnique();
        forecast.HasIndex(f => f.PartId);
        forecast.ToTable(t => t.HasCheckConstraint("ck_sku_forecasts_confidence", "confidence between 0 and 1"));
    }

    public void Configure(EntityTypeBuilder<SkuForecastPoint> point)
    {
        point.HasKey(p => new { p.SkuForecastId, p.Date });
        point.Property(p => p.Mean).HasPrecision(18, 6);
        PlanningMapping.Quantities(point.Property(p => p.P10), point.Property(p => p.P50), point.Property(p => p.P90));
        point.ToTable(t => t.HasCheckConstraint("ck_sku_forecast_points_order", "p10 >= 0 and p10 <= p50 and p50 <= p90"));
    }

    public void Configure(EntityTypeBuilder<PlanningCycle> cycle)
    {
        cycle.Property(c => c.Id).ValueGeneratedNever();
        cycle.Property(c => c.Number).HasMaxLength(40);
        cycle.Property(c => c.Name).HasMaxLength(200);
        cycle.Property(c => c.InputHash).HasMaxLength(64);
        cycle.Property(c => c.EngineVersion).HasMaxLength(20);
        cycle.Property(c => c.Message).HasMaxLength(1000);
        foreach (var json in new[] { nameof(PlanningCycle.Parameters), nameof(PlanningCycle.Overrides), nameof(PlanningCycle.Timings), "CountsJson" })
        {
            cycle.Property(json).HasColumnType("jsonb");
        }

        cycle.Property<string?>("CountsJson").HasColumnName("counts");
        cycle.Ignore(c => c.Counts);
        cycle.Ignore(c => c.IsFinished);
        cycle.HasOne<PlanningCycle>().WithMany().HasForeignKey(c => c.BaseCycleId);
        cycle.HasOne<PlanningCycle>().WithMany().HasForeignKey(c => c.PromotedFromId);
        cycle.HasIndex(c => c.BaseCycleId);
        cycle.HasIndex(c => c.PromotedFromId);
        cycle.HasIndex(c => c.Number).IsUnique();
        cycle.HasIndex(c => new { c.Kind, c.CreatedAt }).IsDescending(false, true);
        cycle.ToTable(t => t.HasCheckConstraint("ck_planning_cycles_finished", "status in ('waiting', 'running') or finished_at is not null"));
    }

    public void Configure(EntityTypeBuilder<CycleSnapshot> snapshot)
    {
        snapshot.ToTable("planning_snapshots");
        snapshot.HasKey(s => s.CycleId);
        snapshot.HasOne<PlanningCycle>().WithOne().HasForeignKey<CycleSnapshot>(s => s.CycleId);
    }

    public void Configure(EntityTypeBuilder<PlannedRequirement> row)
    {
        row.HasKey(r => new { r.CycleId, r.PartId, r.Bucket });
        PlanningMapping.Quantities(
            row.Property(r => r.Gross), row.Property(r => r.Scheduled), row.Property(r => r.ProjectedWithoutPlan), row.Property(r => r.Net),
            row.Property(r => r.PlannedReceipt), row.Property(r => r.PlannedRelease), row.Property(r => r.Projected), row.Property(r => r.SafetyStock));
    }

    public void Configure(EntityTypeBuilder<PlanningMessage> message)
    {
        message.Property(m => m.Id).ValueGeneratedNever();
        message.Property(m => m.Kind).HasMaxLength(40);
        message.Property(m => m.Quantity).HasPrecision(18, 6);
        message.Property(m => m.Text).HasMaxLength(1000);
        message.HasIndex(m => new { m.CycleId, m.PartId });
        message.HasIndex(m => new { m.CycleId, m.Kind });
    }

    public void Configure(EntityTypeBuilder<PlanningIssue> issue)
    {
        issue.Property(i => i.Id).ValueGeneratedNever();
        issue.Property(i => i.Code).HasMaxLength(40);
        issue.Property(i => i.Entity).HasMaxLength(40);
        issue.Property(i => i.Text).HasMaxLength(1000);
        issue.Property(i => i.Action).HasMaxLength(500);
        issue.HasIndex(i => new { i.CycleId, i.PartId });
        issue.HasIndex(i => new { i.CycleId, i.Severity });
    }

    public void Configure(EntityTypeBuilder<ProcurementRecommendation> recommendation)
    {
        recommendation.Property(r => r.Id).ValueGeneratedNever();
        PlanningMapping.Quantities(recommendation.Property(r => r.Quantity), recommendation.Property(r => r.RecommendedQuantity));
        recommendation.Property(r => r.TotalCost).HasPrecision(18, 4);
        recommendation.Property(r => r.Currency).HasMaxLength(3);
        recommendation.Property(r => r.UrgencyScore).HasPrecision(3, 2);
        recommendation.Property(r => r.RejectReason).HasMaxLength(500);
        recommendation.Property(r => r.EarlierRejection).HasMaxLength(1000);
        recommendation.Property(r => r.Facts).HasColumnType("jsonb");
        recommendation.Property(r => r.Pegging).HasColumnType("jsonb");
        recommendation.HasOne<PlanningCycle>().WithMany().HasForeignKey(r => r.CycleId);
        recommendation.HasOne<Part>().WithMany().HasForeignKey(r => r.PartId);
        recommendation.HasOne<Supplier>().WithMany().HasForeignKey(r => r.SupplierId);
        recommendation.HasOne<Supplier>().WithMany().HasForeignKey(r => r.RecommendedSupplierId);
        recommendation.HasOne<Rfq>().WithMany().HasForeignKey(r => r.RfqId);
        recommendation.HasOne<Order>().WithMany().HasForeignKey(r => r.OrderId);
        recommendation.HasIndex(r => r.CycleId);
        recommendation.HasIndex(r => r.PartId);
        recommendation.HasIndex(r => r.SupplierId);
        recommendation.HasIndex(r => r.RecommendedSupplierId);
        recommendation.HasIndex(r => r.RfqId).HasFilter("rfq_id is not null");
        recommendation.HasIndex(r => r.OrderId).HasFilter("order_id is not null");
        // One line each, whatever is clicked twice.
        recommendation.HasIndex(r => r.RfqLineId).IsUnique().HasFilter("rfq_line_id is not null");
        recommendation.HasIndex(r => r.OrderLineId).IsUnique().HasFilter("order_line_id is not null");
        // The planner's list, most urgent first, and what counts as a firm receipt.
        recommendation.HasIndex(r => new { r.Status, r.UrgencyScore, r.Id }).IsDescending(false, true, false);
        recommendation.ToTable(t =>
        {
            t.HasCheckConstraint("ck_procurement_recommendations_quantity", "quantity > 0 and recommended_quantity > 0");
            t.HasCheckConstraint("ck_procurement_recommendations_figures", "unit_cost >= 0 and total_cost >= 0 and lead_time_days >= 0 and urgency_score between 0 and 1");
            t.HasCheckConstraint("ck_procurement_recommendations_reason", "status <> 'rejected' or reject_reason <> ''");
            t.HasCheckConstraint("ck_procurement_recommendations_decided", "status in ('proposed', 'superseded') or (decided_by is not null and decided_at is not null)");
        });
    }
}
