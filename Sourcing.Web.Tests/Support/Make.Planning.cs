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

namespace Sourcing.Web.Tests.Support;

/// <summary>
/// A finished live cycle, the last one, with one part: kept in kg, bought from Orvane (2.50, from 1,000 kg 2.00; minimum 50, multiple 10, 21 days, the
/// recommended one) or from Sunmere (3.00, 7 days, no minimum).
/// </summary>
/// <param name="Today">By the database's clock, in UTC.</param>
/// <param name="NeedBucket">A Monday, four to five weeks ahead.</param>
public sealed record PlanWorld(
    UserIdentity Planner, Guid CycleId, string CycleNumber, DateOnly Today, DateOnly NeedBucket, Guid PartId, string PartNumber, Guid Kilogram, Guid OrvaneId, string Orvane, Guid SunmereId, string Sunmere);

public static partial class Make
{
    /// <summary>The world above, with rows of the plan: week of the need 900 kg out, 400 kg left of 1,000 planned, 300 kg safety stock; then 350 kg each of the next two weeks.</summary>
    public static async Task<PlanWorld> PlanWorldAsync(TestDatabase database, Role role = Role.Planner)
    {
        var order = await OrderWorldAsync(database);
        var planner = await database.UserAsync(null, [role]);
        var (cycleId, number) = await PlanCycleAsync(database);
        await using var scope = database.As(await database.UserAsync(null, [Role.Admin]));
        return await scope.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                var today = DateOnly.FromDateTime((await db.NowAsync(ct)).UtcDateTime);
                var need = today.AddDays(28 + ((8 - (int)today.DayOfWeek) % 7));
                var other = NewSupplier($"Sunmere Mills {order.PartNumber}");
                db.AddRange(other, new SupplierPart(other.Id, order.PartId, new SupplierPartTerms(3m, "EUR") { LeadTimeDays = 7 }));
                db.AddRange(
                    Requirement(cycleId, order.PartId, 5, need, gross: 900, projected: 400, planned: 1000), Requirement(cycleId, order.PartId, 6, need.AddDays(7), gross: 350, projected: 50),
                    Requirement(cycleId, order.PartId, 7, need.AddDays(14), gross: 350, projected: -300));
                await db.SaveChangesAsync(ct);
                return new PlanWorld(planner, cycleId, number, today, need, order.PartId, order.PartNumber, order.Kilogram, order.SupplierId, order.Supplier, other.Id, other.Name);
            },
            Ct);
    }

    /// <summary>A cycle that came to its end just now; a live one is the last.</summary>
    public static async Task<(Guid Id, string Number)> PlanCycleAsync(TestDatabase database, CycleKind kind = CycleKind.Live, string parameters = "{}")
    {
        await using var scope = database.As(await database.UserAsync(null, [Role.Admin]));
        return await scope.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                var now = await db.NowAsync(ct);
                var cycle = new PlanningCycle(await db.NextNumberAsync(kind == CycleKind.Live ? "PC" : "WI", ct), kind, "", DateOnly.FromDateTime(now.UtcDateTime), null, null);
                cycle.Start(now);
                cycle.Saw(new string('0', 64), "1.0", parameters, 26, BucketSize.Week);
                cycle.Finish(new CycleCounts(1, 1, 1, 0, 0, 0, 0, 2000), "{}", withErrors: false, "Done.", now);
                db.Add(cycle);
                await db.SaveChangesAsync(ct);
                return (cycle.Id, cycle.Number);
            },
            Ct);
    }

    /// <summary>A recommendation of the world's part as its cycle made it: 1,000 kg from Orvane at EUR 2.00, needed on the first day of the bucket.</summary>
    /// <param name="supplierId">In place of Orvane; <see cref="Guid.Empty"/> for nobody.</param>
    public static ProcurementRecommendation Recommendation(
        PlanWorld world, decimal quantity = 1000, decimal urgency = 0.91m, Guid? supplierId = null, Guid? partId = null, string[]? risks = null, DateOnly? orderBy = null, RecommendationFacts? facts = null,
        Guid? cycleId = null, string? rejectedBefore = null)
    {
        Guid? supplier = supplierId == Guid.Empty ? null : supplierId ?? world.OrvaneId;
        var made = new ProcurementRecommendation(cycleId ?? world.CycleId, partId ?? world.PartId, supplier, quantity, world.NeedBucket, orderBy ?? world.NeedBucket.AddDays(-21))
        {
            NeedBucket = world.NeedBucket, RiskFlag = risks is null ? RiskLevel.Low : RiskLevel.High, RiskCodes = risks ?? [], UrgencyScore = urgency,
            Reasoning = "Stock falls below safety stock in the week of the need. 1,000 kg cover it.", Facts = facts is null ? "{}" : CycleJson.Write(facts),
            Pegging = CycleJson.Write([new RecommendationPeg(partId ?? world.PartId, world.PartNumber, "firm_order", quantity)]), EarlierRejection = rejectedBefore,
        };
        made.Cost(supplier is null ? null : 2m, supplier is null ? null : 2m * quantity, supplier is null ? null : "EUR", supplier is null ? null : 21);
        return made;
    }

    /// <summary>Facts that name Sunmere as the best that was not chosen: 1.00 dearer, and 14 days faster.</summary>
    public static RecommendationFacts FactsWithRunnerUp(PlanWorld world) => new(
        new PlannedOrderFacts { Supplier = new(0.8m, 2m, 2, 2, 1, "cheapest", new(world.SunmereId, world.Sunmere, 3m, 7, 0.6m)) }, world.NeedBucket, world.NeedBucket.AddDays(-21), 0, null, null, false);

    /// <summary>Puts rows into the database, whatever they are.</summary>
    public static async Task PutAsync(TestDatabase database, params object[] rows)
    {
        await using var scope = database.As(await database.UserAsync(null, [Role.Admin]));
        await scope.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                db.AddRange(rows);
                await db.SaveChangesAsync(ct);
            },
            Ct);
    }

    /// <summary>A recommendation of the world in the database, as somebody sees it.</summary>
    public static async Task<RecommendationRef> RecommendationAsync(TestDatabase database, PlanWorld world, ProcurementRecommendation? made = null)
    {
        made ??= Recommendation(world);
        await PutAsync(database, made);
        return new(made.Id, made.Version);
    }

    /// <summary>An act on these.</summary>
    public static RecommendationsForm On(params RecommendationRef[] rows) => new() { Rows = rows };

    /// <summary>A conversion of these.</summary>
    public static ConvertRecommendationsForm Turning(params RecommendationRef[] rows) => new() { Rows = rows };

    private static PlannedRequirement Requirement(Guid cycle, Guid part, short bucket, DateOnly start, decimal gross, decimal projected, decimal planned = 0) => new()
    {
        CycleId = cycle, PartId = part, Bucket = bucket, BucketStart = start, Gross = gross, Scheduled = 0, ProjectedWithoutPlan = projected - planned, Net = planned, PlannedReceipt = planned,
        PlannedRelease = 0, Projected = projected, SafetyStock = 300,
    };
}
