using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Engine;
using Sourcing.Data.Suppliers;

namespace Sourcing.Web.Tests.Support;

/// <summary>A mill's yarn with all that a plan knows of it: what goes into what, who sells it, and the finished cycle.</summary>
/// <param name="Result">What the engine made of it.</param>
public sealed record MadePlan(Guid CycleId, string Number, PlanResult Result, Guid Yarn, string YarnNumber, Guid Jersey, Guid Shirt, Guid Kesmira, string KesmiraName, Guid Sunmere, Guid OrderId)
{
    /// <summary>Friday of W47.</summary>
    public static readonly DateOnly AsOf = new(2026, 11, 20);

    /// <summary>Noon of that day.</summary>
    public static readonly TimeProvider Clock = new StillClock(new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    private sealed class StillClock(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}

public static partial class Make
{
    // Per week from W47; 1,480 kg of W49 come from shirts by way of jersey, 350 kg of W47 are reserved.
    private static readonly decimal[] YarnNeeds = [1850, 1920, 2480, 2610, 2540, 2300, 1450, 1380, 1760, 1820, 1900, 1880];

    /// <summary>
    /// 8,460 kg of yarn on hand, 4,200 kg safety stock, 3,000 kg on order for W48 and W52, needs of 1,380 to 2,610 kg a week, in twelve weeks from 20 November 2026.
    /// Kesmira sells at 3.49 within 24 days, Sunmere at 3.31 within 46, both in whole tonnes. A shirt takes a kilogram of jersey, jersey a kilogram of yarn.
    /// </summary>
    public static async Task<MadePlan> MaterialPlanAsync(TestDatabase database, Func<PlanInput, PlanInput>? vary = null, Guid? baseCycle = null, MadePlan? same = null)
    {
        var world = same is null ? await OrderWorldAsync(database) : null;
        var order = world is null ? null : await PlacedOrderAsync(database, world);
        await using var scope = database.As(await database.UserAsync(null, [Role.Admin]));
        return await scope.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                var made = same ?? await AddMillAsync(db, world!, order!.Id, ct);
                var line = await db.OrderLines.Where(l => l.OrderId == made.OrderId).OrderBy(l => l.LineNo).Select(l => l.Id).FirstAsync(ct);
                var input = MillInput(made, line);
                return await WriteAsync(db, made, vary?.Invoke(input) ?? input, baseCycle, ct);
            },
            Ct);
    }

    private static async Task<MadePlan> AddMillAsync(SourcingDb db, OrderWorld world, Guid orderId, CancellationToken ct)
    {
        var tag = Guid.CreateVersion7().ToString("N")[^8..];
        var category = new PartCategory($"yarn-{tag}", $"Yarns {tag}");
        db.Add(category);
        Part Add(string number, string name, PartType type, bool critical = false)
        {
            var part = new Part(new PartFacts($"{number}-{tag}", name, type, world.Kilogram) { CategoryId = critical ? category.Id : null, IsCritical = critical });
            db.Add(part);
            return part;
        }

        var (yarn, jersey, shirt) = (
            Add("MAT", "Combed cotton yarn Ne 30/1, raw white", PartType.RawMaterial, critical: true), Add("JRS", "Jersey 160 g, navy", PartType.Component), Add("SKU", "T-shirt crew neck, navy", PartType.FinishedGood));
        var (kesmira, sunmere) = (NewSupplier($"Kesmira {tag}"), NewSupplier($"Sunmere {tag}"));
        var stock = new Inventory(yarn.Id);
        db.AddRange(
            kesmira, sunmere, new SupplierPart(kesmira.Id, yarn.Id, new SupplierPartTerms(3.49m, "EUR") { OrderMultiple = 1000, LeadTimeDays = 24, Preferred = true }),
            new SupplierPart(sunmere.Id, yarn.Id, new SupplierPartTerms(3.31m, "EUR") { OrderMultiple = 1000, LeadTimeDays = 46 }),
            new BomLine(shirt.Id, jersey.Id, new BomLineFacts(1, world.Kilogram, false, 0, BomLine.Always, null)), new BomLine(jersey.Id, yarn.Id, new BomLineFacts(1, world.Kilogram, false, 0, BomLine.Always, null)),
            stock, stock.Move(StockMovementKind.Import, 8460, "Opening stock", await db.NowAsync(ct), null));
        await db.SaveChangesAsync(ct);
        return new(Guid.Empty, "", null!, yarn.Id, yarn.Number, jersey.Id, shirt.Id, kesmira.Id, kesmira.Name, sunmere.Id, orderId);
    }

    private static PlanInput MillInput(MadePlan made, Guid orderLine)
    {
        PlanMaterial Material(Guid id, string number, string name, bool isMade) => new() { Id = id, Number = number, Name = name, Unit = "kg", IsMade = isMade, Class = "yarns" };
        PlanOffer Offer(Guid supplier, string name, decimal price, int days, decimal reliability) => new()
        {
            MaterialId = made.Yarn, SupplierId = supplier, SupplierName = name, Tiers = [new(0, price)], OrderMultiple = 1000, LeadTimeDays = days, Reliability = reliability,
            LeadTimeSigma = 5,
        };
        var monday = new DateOnly(2026, 11, 16);
        return new()
        {
            AsOf = MadePlan.AsOf,
            Settings = new() { BucketCount = 12, ReleaseWindowDays = 56 },
            Materials =
            [
                Material(made.Yarn, made.YarnNumber, "Combed cotton yarn Ne 30/1, raw white", false) with { OnHand = 8460, SafetyOverride = 4200, IsCritical = true },
                Material(made.Jersey, "JRS", "Jersey 160 g, navy", true), Material(made.Shirt, "SKU", "T-shirt crew neck, navy", true),
            ],
            BomLines = [new() { ParentId = made.Shirt, ComponentId = made.Jersey, QuantityPer = 1 }, new() { ParentId = made.Jersey, ComponentId = made.Yarn, QuantityPer = 1 }],
            Offers = [Offer(made.Kesmira, made.KesmiraName, 3.49m, 24, 0.96m), Offer(made.Sunmere, "Sunmere", 3.31m, 46, 0.9m)],
            Receipts =
            [
                new() { Id = orderLine, MaterialId = made.Yarn, Quantity = 3000, Date = new(2026, 11, 25), RefText = "PO-2026-00317 line 10", SupplierName = made.KesmiraName },
                new() { Id = new("00000000-0000-0000-0000-0000000000aa"), MaterialId = made.Yarn, Quantity = 3000, Date = new(2026, 12, 22), Kind = PlanReceiptKind.Accepted, RefText = "Recommendation of 3 Nov" },
            ],
            Reservations = [new() { Id = new("00000000-0000-0000-0000-0000000000bb"), MaterialId = made.Yarn, Quantity = 350, RefText = "Sample run" }],
            FirmOrders = [new() { Id = new("00000000-0000-0000-0000-0000000000cc"), MaterialId = made.Shirt, Quantity = 1000, DueDate = new(2026, 12, 2), RefText = "SO-2026-3381", Customer = "Brinwell" }],
            Forecasts =
            [
                new() { MaterialId = made.Shirt, PeriodStart = new(2026, 11, 30), Quantity = 1480, Source = "manual", Confidence = 0.8m },
                .. YarnNeeds.Select((need, week) => new PlanForecast
                {
                    MaterialId = made.Yarn, PeriodStart = monday.AddDays(7 * week), Quantity = need - (week == 2 ? 1480 : week == 0 ? 350 : 0), Source = "projection", Confidence = 0.7m,
                }),
            ],
        };
    }

    private static async Task<MadePlan> WriteAsync(SourcingDb db, MadePlan made, PlanInput input, Guid? baseCycle, CancellationToken ct)
    {
        var (now, result) = (await db.NowAsync(ct), PlanEngine.Run(input, null, ct));
        var cycle = new PlanningCycle(await db.NextNumberAsync("PC", ct), CycleKind.Live, "", input.AsOf, baseCycle, null);
        cycle.Start(now);
        cycle.Saw(result.InputHash, PlanResult.EngineVersion, "{}", input.Settings.BucketCount, input.Settings.Bucket);
        cycle.Finish(new(result.Counts.Materials, result.Counts.Orders, result.Counts.Recommendations, result.Counts.Messages, 0, 0, 0, 0), """{"total":120}""", false, "Done.", now);
        db.AddRange(cycle, new CycleSnapshot(cycle.Id, PlanSnapshot.Write(input)));
        foreach (var row in result.Rows.Where(r => !r.IsSkipped))
        {
            var s = row.Series();
            db.AddRange(result.Buckets.Where(b => b.Index == 0 || s.Gross[b.Index] + s.Receipts[b.Index] + s.PlannedReceipts[b.Index] + s.PlannedReleases[b.Index] > 0).Select(b => new PlannedRequirement
            {
                CycleId = cycle.Id, PartId = row.Material.Id, Bucket = (short)b.Index, BucketStart = b.Start, Gross = s.Gross[b.Index], Scheduled = s.Receipts[b.Index],
                ProjectedWithoutPlan = s.WithoutPlan[b.Index], Net = s.Net[b.Index], PlannedReceipt = s.PlannedReceipts[b.Index], PlannedRelease = s.PlannedReleases[b.Index],
                Projected = s.WithPlan[b.Index], SafetyStock = row.Safety.Quantity,
            }));
        }

        foreach (var order in result.Recommendations)
        {
            var proposed = new ProcurementRecommendation(cycle.Id, order.Material.Id, order.SupplierId, order.Quantity, order.NeedDate, order.OrderBy)
            {
                NeedBucket = result.Buckets[order.Bucket].Start, RiskFlag = order.Risk, RiskCodes = order.OrderBy < input.AsOf ? ["late"] : [], UrgencyScore = order.Urgency,
                Reasoning = Reasoning.Render(order, "EUR", result.Pegging.EndDemands(order.Index)), Facts = JsonSerializer.Serialize(order.Facts), Pegging = "[]",
            };
            proposed.Cost(order.UnitCost, order.TotalCost, "EUR", order.LeadTimeDays);
            db.Add(proposed);
        }

        await db.SaveChangesAsync(ct);
        return made with { CycleId = cycle.Id, Number = cycle.Number, Result = result };
    }
}
