using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Orders;
using Sourcing.Data.Planning.Cycles;
using Sourcing.Data.Planning.Engine;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning;

/// <summary>Reads recommendations, and what would follow from deciding otherwise.</summary>
public sealed class RecommendationQueries(Database database, CurrentUser user)
{
    private const int MostPegs = 12;

    /// <summary>The cycle that counts; null before the first came to its end.</summary>
    public Task<LastCycle?> LastCycleAsync(CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            (db, token) => LastFinished(db).Select(c => new LastCycle(c.Id, c.Number, c.AsOf, c.FinishedAt!.Value, c.Status == CycleStatus.CompletedWithErrors)).FirstOrDefaultAsync(token), ct);
    }

    /// <summary>One recommendation of any cycle.</summary>
    public Task<RecommendationDetails> DetailsAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var row = await db.ProcurementRecommendations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, token) ?? throw new MissingException("recommendation");
                return await DetailsAsync(db, row, token);
            },
            ct);
    }

    /// <summary>The part's recommendations that wait for something, most urgent first, at most 20: proposed by the last cycle, or accepted.</summary>
    public Task<IReadOnlyList<Guid>> OfPartAsync(Guid partId, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync<IReadOnlyList<Guid>>(
            async (db, token) =>
            {
                var last = LastFinished(db).Select(c => c.Id).Take(1);
                return await db.ProcurementRecommendations
                    .Where(r => r.PartId == partId && (r.Status == RecommendationStatus.Accepted || (r.Status == RecommendationStatus.Proposed && last.Contains(r.CycleId))))
                    .OrderByDescending(r => r.UrgencyScore).ThenBy(r => r.Id).Select(r => r.Id).Take(20).ToListAsync(token);
            },
            ct);
    }

    /// <summary>What several come to, as they stand now; keys that do not exist are left out.</summary>
    /// <param name="ids">At most <see cref="RecommendationsForm.Most"/>.</param>
    public Task<RecommendationSelection> SelectionAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        var wanted = ids.Take(RecommendationsForm.Most).ToArray();
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = await db.ProcurementRecommendations.Where(r => wanted.Contains(r.Id)).OrderByDescending(r => r.UrgencyScore).ThenBy(r => r.Id)
                    .Select(r => new { r.Id, r.Version, r.Status, r.SupplierId, r.TotalCost, r.Currency }).ToListAsync(token);
                var open = rows.Where(r => r.Status is RecommendationStatus.Proposed or RecommendationStatus.Accepted).ToList();
                var priced = open.Where(r => r is { TotalCost: not null, Currency: not null }).ToList();
                return new RecommendationSelection(
                    [.. open.Where(r => r.Status == RecommendationStatus.Proposed).Select(r => new RecommendationRef(r.Id, r.Version))], [.. open.Select(r => new RecommendationRef(r.Id, r.Version))],
                    rows.Count - open.Count, open.Select(r => r.SupplierId).OfType<Guid>().Distinct().Count(), open.Count - priced.Count,
                    [.. priced.GroupBy(r => r.Currency!).Select(g => (Currency: g.Key, Total: g.Sum(r => r.TotalCost!.Value))).OrderByDescending(t => t.Total)]);
            },
            ct);
    }

    /// <summary>Suppliers and categories of what waits for something, for the list's filters: at most 200 each.</summary>
    public Task<(IReadOnlyList<Choice> Suppliers, IReadOnlyList<Choice> Categories)> ChoicesAsync(CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync<(IReadOnlyList<Choice>, IReadOnlyList<Choice>)>(
            async (db, token) =>
            {
                RecommendationStatus[] open = [RecommendationStatus.Proposed, RecommendationStatus.Accepted];
                var waiting = db.ProcurementRecommendations.Where(r => open.Contains(r.Status));
                var suppliers = await db.Suppliers.Where(s => waiting.Any(r => r.SupplierId == s.Id)).OrderBy(s => s.Name).ThenBy(s => s.Id).Take(200)
                    .Select(s => new { s.Id, s.Name }).ToListAsync(token);
                var categories = await db.PartCategories.Where(c => db.Parts.Any(p => p.CategoryId == c.Id && waiting.Any(r => r.PartId == p.Id))).OrderBy(c => c.Name).ThenBy(c => c.Id).Take(200)
                    .Select(c => new { c.Id, c.Name }).ToListAsync(token);
                return ([.. suppliers.Select(s => new Choice(s.Id.ToString(), s.Name))], [.. categories.Select(c => new Choice(c.Id.ToString(), c.Name))]);
            },
            ct);
    }

    /// <summary>Who sells the part of a recommendation, the cheapest at its quantity first; those that may not be ordered from last, with the reason.</summary>
    public Task<IReadOnlyList<RecommendationOffer>> OffersAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var row = await db.ProcurementRecommendations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, token) ?? throw new MissingException("recommendation");
                return await RecommendationConsequences.OffersAsync(db, row, token);
            },
            ct);
    }

    /// <summary>What would follow from these figures. Refuses nothing that can be said in a consequence.</summary>
    public Task<RecommendationPreview> PreviewAsync(RecommendationForm form, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        FormShape.Demand(form);
        return database.ReadAsync(
            async (db, token) =>
            {
                var row = await db.ProcurementRecommendations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == form.Id, token) ?? throw new MissingException("recommendation");
                return await RecommendationConsequences.PreviewAsync(db, row, form.Quantity!.Value, form.NeedBy!.Value, form.SupplierId, token);
            },
            ct);
    }

    /// <summary>What was made of these recommendations, RFQs and orders by number.</summary>
    public Task<ConversionOutcome> OutcomeAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        user.Demand(Permission.PlanningRead);
        return database.ReadAsync(
            async (db, token) =>
            {
                var made = await db.ProcurementRecommendations.Where(r => ids.Contains(r.Id)).Select(r => new { r.RfqId, r.OrderId }).ToListAsync(token);
                var (rfqIds, orderIds) = (made.Select(m => m.RfqId).OfType<Guid>().Distinct().ToList(), made.Select(m => m.OrderId).OfType<Guid>().Distinct().ToList());
                var rfqs = rfqIds.Count == 0 ? [] : await db.Rfqs.Where(r => rfqIds.Contains(r.Id)).OrderBy(r => r.Number).Select(r => new RecommendationRfq(r.Id, r.Number, r.Status, false)).ToListAsync(token);
                var orders = orderIds.Count == 0 ? [] : await db.Orders.Where(o => orderIds.Contains(o.Id)).OrderBy(o => o.Number)
                    .Select(o => new RecommendationOrder(o.Id, o.Number, o.Status, 0, "", null, false)).ToListAsync(token);
                return new ConversionOutcome(rfqs, orders);
            },
            ct);
    }

    /// <summary>Live cycles that came to their end, the last first.</summary>
    internal static IQueryable<PlanningCycle> LastFinished(SourcingDb db) => db.PlanningCycles
        .Where(c => c.Kind == CycleKind.Live && (c.Status == CycleStatus.Completed || c.Status == CycleStatus.CompletedWithErrors))
        .OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id);

    private static async Task<RecommendationDetails> DetailsAsync(SourcingDb db, ProcurementRecommendation row, CancellationToken ct)
    {
        var part = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => p.Id == row.PartId)
            .Select(p => new { p.Number, p.Name, p.IsCritical, p.UnitId, Unit = p.Unit.Code, Successor = db.Parts.Where(n => n.Id == SourcingDb.SuccessorOf(p.Id)).Select(n => new PartRef(n.Id, n.Number, n.Name)).FirstOrDefault() }).SingleAsync(ct);
        var suppliers = await db.Suppliers.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(s => s.Id == row.SupplierId || s.Id == row.RecommendedSupplierId)
            .ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        string? Name(Guid? id) => id is { } key ? suppliers.GetValueOrDefault(key) : null;
        var cycle = await db.PlanningCycles.Where(c => c.Id == row.CycleId).Select(c => new { c.Number, c.Parameters }).SingleAsync(ct);
        var decider = row.DecidedBy is null ? null : await db.People.Where(p => p.Id == row.DecidedBy).Select(p => p.FullName).SingleOrDefaultAsync(ct);
        var today = DateOnly.FromDateTime((await db.NowAsync(ct)).UtcDateTime);
        var pegs = CycleJson.ReadPegs(row.Pegging).OrderByDescending(p => p.Quantity).ToList();
        var (rfq, orders) = await RecommendationOutcomes.OfAsync(db, row, ct);
        return new()
        {
            Id = row.Id, Version = row.Version, CycleId = row.CycleId, CycleNumber = cycle.Number, PartId = row.PartId, PartNumber = part.Number, PartName = part.Name, IsCritical = part.IsCritical, Successor = part.Successor,
            UnitId = part.UnitId, Unit = part.Unit, SupplierId = row.SupplierId, Supplier = Name(row.SupplierId), Quantity = row.Quantity, NeedBy = row.NeedBy, OrderBy = row.OrderBy,
            RecommendedSupplierId = row.RecommendedSupplierId, RecommendedSupplier = Name(row.RecommendedSupplierId), RecommendedQuantity = row.RecommendedQuantity,
            RecommendedNeedBy = row.RecommendedNeedBy, NeedBucket = row.NeedBucket, UnitCost = row.UnitCost, TotalCost = row.TotalCost, Currency = row.Currency, LeadTimeDays = row.LeadTimeDays,
            Arrives = row.LeadTimeDays is { } days ? LeadTimes.Of(cycle.Parameters).Arrives(row.OrderBy, today, days) : null,
            RiskFlag = row.RiskFlag, RiskCodes = row.RiskCodes, UrgencyScore = row.UrgencyScore, Reasoning = row.Reasoning, Facts = CycleJson.ReadFacts(row.Facts),
            Pegs = [.. pegs.Take(MostPegs)], MorePegs = Math.Max(0, pegs.Count - MostPegs), Status = row.Status, DecidedBy = decider, DecidedAt = row.DecidedAt,
            RejectReason = row.RejectReason, EarlierRejection = row.EarlierRejection, Rfq = rfq, Orders = orders,
            CameToNothing = row.Status == RecommendationStatus.Converted && !(await RecommendationOutcomes.StandingAsync(db, [row.Id], ct)).Contains(row.Id),
        };
    }
}
