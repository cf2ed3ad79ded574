using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning;

/// <summary>Reads a material's plan and what stands around it.</summary>
public sealed class MaterialPlanQueries(Database database, CurrentUser user, PlanQueries plans)
{
    /// <summary>Lines that a tab shows.</summary>
    public const int MostRows = 200;

    /// <summary>A material in a cycle. Null for a part that is not there.</summary>
    /// <param name="cycleId">A cycle or what-if; null for the last live one.</param>
    public async Task<MaterialPlan?> PlanAsync(Guid partId, Guid? cycleId, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        var plan = await StoredAsync(partId, cycleId, ct);
        // A what-if stores no rows: it is worked out.
        return plan?.Cycle is { Kind: CycleKind.WhatIf } whatIf ? plan with { Buckets = PhasedPlan.Of((await plans.PlanAsync(whatIf.Id, ct)).Result, partId) } : plan;
    }

    private Task<MaterialPlan?> StoredAsync(Guid partId, Guid? cycleId, CancellationToken ct)
    {
        return database.ReadAsync(
            async (db, token) =>
            {
                var part = await db.Parts.Where(p => p.Id == partId)
                    .Select(p => new MaterialPlan
                    {
                        PartId = p.Id, Number = p.Number, Name = p.Name, Unit = p.Unit.Code, Category = p.Category!.Name, IsCritical = p.IsCritical,
                        IsMade = db.BomLines.Any(l => l.ParentPartId == p.Id), OnHand = db.Inventory.Where(i => i.PartId == p.Id).Select(i => (decimal?)i.OnHand).FirstOrDefault(),
                        WhereUsed = db.BomLines.Where(l => l.ComponentPartId == p.Id).Select(l => l.ParentPartId).Distinct().Count(),
                        Suppliers = db.SupplierParts.Count(s => s.PartId == p.Id),
                    })
                    .SingleOrDefaultAsync(token);
                var cycle = part is null ? null : await CycleAsync(db, cycleId, token);
                return part is null || cycle is null ? part : part with
                {
                    Cycle = cycle.Head,
                    Buckets = PhasedPlan.Fill(cycle.Head.AsOf, cycle.Head.Bucket, cycle.Horizon, await RowsAsync(db, cycle.Head.Id, partId, token)),
                    Recommendations = await RecommendationsAsync(db, cycle.Head.Id, partId, token),
                    Messages = await MessagesAsync(db, cycle.Head.Id, partId, token),
                };
            },
            ct);
    }

    /// <summary>The parts made of a material, with what the cycle makes of them.</summary>
    public Task<IReadOnlyList<WhereUsedRow>> WhereUsedAsync(Guid partId, Guid? cycleId, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync<IReadOnlyList<WhereUsedRow>>(
            async (db, token) => await db.BomLines.Where(l => l.ComponentPartId == partId)
                .OrderBy(l => l.ParentPart.Number).ThenBy(l => l.ValidFrom).ThenBy(l => l.Id).Take(MostRows)
                .Select(l => new WhereUsedRow(
                    l.Id, l.ParentPartId, l.ParentPart.Number, l.ParentPart.Name, l.QuantityPer, db.Units.Where(u => u.Id == l.UnitId).Select(u => u.Code).FirstOrDefault(), l.IsShare, l.ScrapRate,
                    l.ValidFrom, l.ValidTo, db.PlannedRequirements.Where(r => r.CycleId == cycleId && r.PartId == l.ParentPartId).Sum(r => r.PlannedReceipt), l.ParentPart.Unit.Code))
                .ToListAsync(token),
            ct);
    }

    /// <summary>Who sells a material.</summary>
    public Task<IReadOnlyList<MaterialSupplierRow>> SuppliersAsync(Guid partId, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync<IReadOnlyList<MaterialSupplierRow>>(
            async (db, token) => await db.SupplierParts.Where(s => s.PartId == partId)
                .OrderByDescending(s => s.Preferred).ThenBy(s => s.UnitCost).ThenBy(s => s.Id).Take(MostRows)
                .Select(s => new MaterialSupplierRow(
                    s.SupplierId, s.Supplier.Code, s.Supplier.Name, s.UnitCost, s.Currency, s.MoqQuantity, s.MoqUnit!.Code ?? s.Part.Unit.Code, s.OrderMultiple, s.LeadTimeDays,
                    s.ReliabilityScore ?? s.Supplier.ReliabilityScore, s.ContractQuantityLimit, s.Preferred, s.Supplier.IsActive, s.Supplier.BlockedFor == SupplierBlock.Order, s.ValidFrom, s.ValidTo))
                .ToListAsync(token),
            ct);
    }

    /// <summary>What customers and forecasts ask of the material itself from a day on.</summary>
    public Task<MaterialDemand> DemandAsync(Guid partId, DateOnly from, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        var past = from.AddDays(-31);
        return database.ReadAsync(
            async (db, token) => new MaterialDemand(
                await db.Forecasts.Where(f => f.PartId == partId && f.Date >= past).OrderBy(f => f.Date).ThenBy(f => f.Source).ThenBy(f => f.Id).Take(MostRows)
                    .Select(f => new MaterialForecastRow(f.Id, f.Source, f.Date, f.Period, f.Quantity, f.Confidence, f.Reason)).ToListAsync(token),
                await db.SalesOrderLines
                    .Where(l => l.PartId == partId && (l.Status == SalesOrderStatus.Open || l.Status == SalesOrderStatus.OnHold) && l.Quantity > l.ShippedQuantity)
                    .OrderBy(l => l.ShipOn).ThenBy(l => l.Number).ThenBy(l => l.LineNo).Take(MostRows)
                    .Select(l => new MaterialSalesRow(l.Id, l.Number, l.LineNo, l.Customer, l.Quantity - l.ShippedQuantity, l.ShipOn, l.Status)).ToListAsync(token)),
            ct);
    }

    /// <summary>The cycle asked for, or the last live one that finished; null where there is none.</summary>
    internal static async Task<CycleShape?> CycleAsync(SourcingDb db, Guid? cycleId, CancellationToken ct)
    {
        var finished = db.PlanningCycles.Where(c => c.Status == CycleStatus.Completed || c.Status == CycleStatus.CompletedWithErrors);
        var latest = await finished.Where(c => c.Kind == CycleKind.Live).OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(ct);
        var wanted = cycleId ?? latest;
        return wanted is null ? null : await finished.Where(c => c.Id == wanted)
            .Select(c => new CycleShape(new(c.Id, c.Number, c.Kind, c.Name, c.Status, c.AsOf, c.Bucket, c.FinishedAt, c.Id == latest), c.Horizon))
            .SingleOrDefaultAsync(ct);
    }

    internal static Task<List<PlannedRequirement>> RowsAsync(SourcingDb db, Guid cycleId, Guid partId, CancellationToken ct) =>
        db.PlannedRequirements.AsNoTracking().Where(r => r.CycleId == cycleId && r.PartId == partId).OrderBy(r => r.Bucket).ToListAsync(ct);

    private static async Task<IReadOnlyList<MaterialProposal>> RecommendationsAsync(SourcingDb db, Guid cycleId, Guid partId, CancellationToken ct) =>
        await db.ProcurementRecommendations.Where(r => r.CycleId == cycleId && r.PartId == partId)
            .OrderBy(r => r.NeedBucket).ThenBy(r => r.OrderBy).ThenBy(r => r.Id).Take(MostRows)
            .Select(r => new MaterialProposal
            {
                Id = r.Id, Status = r.Status, SupplierId = r.SupplierId, RecommendedSupplierId = r.RecommendedSupplierId, Supplier = db.Suppliers.IgnoreQueryFilters().Where(s => s.Id == r.SupplierId).Select(s => s.Name).FirstOrDefault(),
                Quantity = r.Quantity, RecommendedQuantity = r.RecommendedQuantity, OrderBy = r.OrderBy, NeedBy = r.NeedBy, NeedBucket = r.NeedBucket, UnitCost = r.UnitCost,
                TotalCost = r.TotalCost, Currency = r.Currency, LeadTimeDays = r.LeadTimeDays, UrgencyScore = r.UrgencyScore, RiskCodes = r.RiskCodes, Reasoning = r.Reasoning,
                RejectReason = r.RejectReason, EarlierRejection = r.EarlierRejection, DecidedBy = db.People.Where(p => p.Id == r.DecidedBy).Select(p => p.FullName).FirstOrDefault(),
                DecidedAt = r.DecidedAt, RfqId = r.RfqId, OrderId = r.OrderId, Version = r.Version,
            })
            .ToListAsync(ct);

    private static async Task<IReadOnlyList<MaterialMessage>> MessagesAsync(SourcingDb db, Guid cycleId, Guid partId, CancellationToken ct) =>
        await db.PlanningMessages.Where(m => m.CycleId == cycleId && m.PartId == partId).OrderByDescending(m => m.Days).ThenBy(m => m.Kind).ThenBy(m => m.Id).Take(20)
            .Select(m => new MaterialMessage(m.Id, m.Kind, m.Text, m.Days, m.OrderLineId, db.OrderLines.Where(l => l.Id == m.OrderLineId).Select(l => (Guid?)l.OrderId).FirstOrDefault()))
            .ToListAsync(ct);
}

/// <summary>A cycle with the length of its table.</summary>
internal sealed record CycleShape(CycleHead Head, int Horizon);
