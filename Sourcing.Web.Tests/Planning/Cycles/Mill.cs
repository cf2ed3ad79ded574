using Microsoft.EntityFrameworkCore;
using Sourcing.Data;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Arithmetic;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Engine;
using Sourcing.Data.Suppliers;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Planning.Cycles;

/// <summary>
/// A mill with one towel of half a kilogram of yarn. A thousand towels are forecast for the week six Mondays ahead; towels take 7 days to make, so
/// yarn is needed five Mondays ahead: 500 kg, of which 120 kg are there. Missing are 380 kg at 2.50 EUR, minimum 50, multiples of 10, 21 days.
/// Lots are what is needed, and no safety stock is kept.
/// </summary>
internal sealed class Mill
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Mill(TestDatabase database, UserIdentity planner) => (Database, Planner) = (database, planner);

    public TestDatabase Database { get; }
    public UserIdentity Planner { get; }
    public DateOnly Today { get; private set; }
    public Guid Kilogram { get; private set; }
    public Guid Piece { get; private set; }
    public Guid Roll { get; private set; }
    public Part Towel { get; private set; } = null!;
    public Part Yarn { get; private set; } = null!;
    public Supplier Spinner { get; private set; } = null!;

    /// <summary>The Monday so many weeks after this week's.</summary>
    public DateOnly Monday(int weeks) => Today.AddDays(-(((int)Today.DayOfWeek + 6) % 7) + (7 * weeks));

    /// <summary>Builds it where nothing else is.</summary>
    public static async Task<Mill> BuildAsync(TestDatabase database)
    {
        await database.SqlAsync(
            "truncate parts, suppliers, orders, planning_cycles, planning_parameters, planned_requirements, planning_messages, planning_issues, forecast_cycles, sku_forecasts, sku_forecast_points, job_runs, exchange_rates cascade");
        var mill = new Mill(database, await database.UserAsync(null, [Role.Planner]));
        await mill.WriteAsync(async db =>
        {
            mill.Today = DateOnly.FromDateTime((await db.NowAsync(Ct)).UtcDateTime);
            (mill.Kilogram, mill.Piece, mill.Roll) = (await Make.UnitAsync(db, "kg", Ct), await Make.UnitAsync(db, "pcs", Ct), await RollAsync(db));
            mill.Towel = new(new PartFacts("TOWEL-70140", "Bath towel", PartType.FinishedGood, mill.Piece));
            mill.Yarn = new(new PartFacts("CY-24", "Combed yarn Ne 24/1", PartType.RawMaterial, mill.Kilogram));
            mill.Spinner = new(new SupplierFacts("SPIN", "Orvane Spinners", "EUR"));
            db.AddRange(mill.Towel, mill.Yarn, mill.Spinner);
            db.Add(new SupplierPart(mill.Spinner.Id, mill.Yarn.Id, new(2.5m, "EUR") { MoqQuantity = 50, OrderMultiple = 10, LeadTimeDays = 21, ReliabilityScore = 0.95m }));
            db.Add(new BillOfMaterials(mill.Towel.Id));
            db.Add(new BomLine(mill.Towel.Id, mill.Yarn.Id, new(0.5m, mill.Kilogram, false, 0, BomLine.Always, null)));
            db.Add(new Forecast(mill.Towel.Id, ForecastSource.Manual, mill.Monday(6), ForecastPeriod.Week, 1000));
            db.Add(new PlanningParameters(ParameterScope.Plan, null) { LotRule = LotMethod.LotForLot, SafetyMethod = SafetyMethod.None, MadeLeadTimeDays = 7, ReviewDays = 0, OrderingCost = 100, HoldingCostRate = 0.25m, Bucket = BucketSize.Week });
            Stock(db, mill.Yarn.Id, 120);
            return true;
        });
        return mill;
    }

    public static void Stock(SourcingDb db, Guid partId, decimal quantity)
    {
        var stock = new Inventory(partId);
        db.Add(stock);
        db.Add(stock.Move(StockMovementKind.Adjustment, quantity, "Opening stock", DateTimeOffset.UnixEpoch, null));
    }

    /// <summary>Writes as the planner.</summary>
    public async Task<T> WriteAsync<T>(Func<SourcingDb, Task<T>> write)
    {
        await using var scope = Database.As(Planner);
        return await scope.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                var result = await write(db);
                await db.SaveChangesAsync(ct);
                return result;
            }, Ct);
    }

    public async Task<T> ReadAsync<T>(Func<SourcingDb, Task<T>> read)
    {
        await using var scope = Database.As(Planner);
        return await scope.Get<Database>().ReadAsync((db, _) => read(db), Ct);
    }

    /// <summary>Starts a live cycle and does its job.</summary>
    public async Task<CycleDetails> PlanAsync()
    {
        await using var scope = Database.As(Planner);
        var id = await scope.Get<PlanningService>().StartAsync(new(), Ct);
        await WorkAsync(scope, id);
        return await scope.Get<CycleQueries>().DetailsAsync(id, Ct);
    }

    /// <summary>Does the job of a cycle as a server would.</summary>
    public static async Task<string> WorkAsync(TestScope scope, Guid cycleId)
    {
        var jobs = scope.Get<JobRunService>();
        var run = await jobs.LatestForAsync(cycleId, Ct);
        return await scope.Get<PlanningWork>().RunAsync(run!, new JobProgress(jobs, run!.Id), Ct);
    }

    public Task<List<ProcurementRecommendation>> RecommendationsAsync(Guid cycleId) =>
        ReadAsync(db => db.ProcurementRecommendations.AsNoTracking().Where(r => r.CycleId == cycleId).OrderBy(r => r.NeedBucket).ToListAsync(Ct));

    public Task<List<PlanningIssue>> IssuesAsync(Guid cycleId) =>
        ReadAsync(db => db.PlanningIssues.AsNoTracking().Where(i => i.CycleId == cycleId).ToListAsync(Ct));

    public Task AcceptAllAsync() => WriteAsync(async db =>
    {
        foreach (var recommendation in await db.ProcurementRecommendations.Where(r => r.Status == RecommendationStatus.Proposed).ToListAsync(Ct))
        {
            recommendation.Accept(Planner.Id, await db.NowAsync(Ct));
        }

        return true;
    });

    private static async Task<Guid> RollAsync(SourcingDb db)
    {
        if (await db.Units.SingleOrDefaultAsync(u => u.Code == "roll", Ct) is { } roll)
        {
            return roll.Id;
        }

        var made = new Unit("roll", "Roll", Dimension.Package, 1);
        db.Add(made);
        return made.Id;
    }
}
