using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Planning;

namespace Sourcing.Data;

public partial class SourcingDb
{
    public DbSet<Inventory> Inventory => Set<Inventory>();

    public DbSet<StockMovement> StockMovements => Set<StockMovement>();

    public DbSet<Reservation> Reservations => Set<Reservation>();

    public DbSet<BillOfMaterials> BillsOfMaterials => Set<BillOfMaterials>();

    public DbSet<BomLine> BomLines => Set<BomLine>();

    /// <summary>Levels below a part by the lines that hold on a day; null where it is made of itself.</summary>
    [DbFunction("bom_levels", "app")]
    public static int? BomLevels(Guid partId, DateOnly day) => throw new NotSupportedException("Runs in the database only.");

    public DbSet<PlanningParameters> PlanningParameters => Set<PlanningParameters>();

    public DbSet<Forecast> Forecasts => Set<Forecast>();

    public DbSet<SalesOrderLine> SalesOrderLines => Set<SalesOrderLine>();

    public DbSet<SalesRecord> SalesHistory => Set<SalesRecord>();

    public DbSet<DemandRecord> DemandHistory => Set<DemandRecord>();

    public DbSet<ForecastCycle> ForecastCycles => Set<ForecastCycle>();

    public DbSet<SkuForecast> SkuForecasts => Set<SkuForecast>();

    public DbSet<SkuForecastPoint> SkuForecastPoints => Set<SkuForecastPoint>();

    public DbSet<PlanningCycle> PlanningCycles => Set<PlanningCycle>();

    public DbSet<CycleSnapshot> PlanningSnapshots => Set<CycleSnapshot>();

    public DbSet<PlannedRequirement> PlannedRequirements => Set<PlannedRequirement>();

    public DbSet<PlanningMessage> PlanningMessages => Set<PlanningMessage>();

    public DbSet<PlanningIssue> PlanningIssues => Set<PlanningIssue>();

    public DbSet<ProcurementRecommendation> ProcurementRecommendations => Set<ProcurementRecommendation>();

    /// <summary>A part's sales in the closed weeks before a Monday, oldest first: a JSON array of numbers.</summary>
    [DbFunction("recent_sales", "app")]
    public static string RecentSalesOf(Guid partId, DateOnly before, int weeks) => throw new NotSupportedException("Runs in the database only.");
}
