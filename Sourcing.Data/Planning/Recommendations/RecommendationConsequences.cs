using Sourcing.Data.Planning.Arithmetic;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning;

/// <summary>Works out what follows from other figures of a recommendation: the same for what is shown before and for what is saved.</summary>
internal static class RecommendationConsequences
{
    private static readonly OrderStatus[] OpenOrders =
        [OrderStatus.Draft, OrderStatus.Approved, OrderStatus.Issued, OrderStatus.Acknowledged, OrderStatus.InProduction, OrderStatus.Shipped, OrderStatus.PartiallyReceived];

    public static async Task<RecommendationPreview> PreviewAsync(
        SourcingDb db, ProcurementRecommendation row, decimal quantity, DateOnly needBy, Guid? supplierId, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime((await db.NowAsync(ct)).UtcDateTime);
        var currency = row.Currency ?? CurrencyConversion.Base;
        var part = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => p.Id == row.PartId).Select(p => new { p.Number, p.UnitId, Unit = p.Unit.Code }).SingleAsync(ct);
        var asked = new[] { supplierId, row.RecommendedSupplierId }.OfType<Guid>().Distinct().ToDictionary(s => s, _ => currency);
        var offers = await db.OffersAsync(asked, [row.PartId], today, ct);
        var supplier = supplierId is null ? null : await db.Suppliers.Where(s => s.Id == supplierId).SingleOrDefaultAsync(ct);
        var offer = supplierId is { } chosen ? offers.GetValueOrDefault((chosen, row.PartId)) : null;
        var recommended = row.RecommendedSupplierId is { } first ? offers.GetValueOrDefault((first, row.PartId)) : null;
        var cycle = await db.PlanningCycles.Where(c => c.Id == row.CycleId).Select(c => new { c.Parameters, c.Bucket }).SingleAsync(ct);
        var requirements = await db.PlannedRequirements.AsNoTracking().Where(r => r.CycleId == row.CycleId && r.PartId == row.PartId).OrderBy(r => r.Bucket).Take(500).ToListAsync(ct);

        var found = new List<Consequence>();
        SupplierConsequences(found, supplierId, supplier, offer, row);
        var priced = offer?.UnitPrice is not null || offer?.ListCurrency is not null;
        var days = priced ? offer!.LeadTimeDays : supplierId == row.SupplierId ? row.LeadTimeDays : supplier?.DefaultLeadTimeDays;
        var times = LeadTimes.Of(cycle.Parameters);
        var orderBy = days is { } ahead ? times.OrderBy(needBy, ahead) : needBy;
        var arrives = days is { } lead ? times.Arrives(orderBy, today, lead) : (DateOnly?)null;
        var late = arrives is { } arrival ? Math.Max(0, arrival.DayNumber - needBy.DayNumber) : 0;
        DateConsequences(found, row, needBy, today, orderBy, arrives, late);
        if (offer?.QuantityFault(quantity, part.UnitId) is { } fault)
        {
            found.Add(new(ConsequenceKind.NeedsAgreement, nameof(RecommendationForm.Quantity), fault));
        }

        if (offer is not null && await ContractAsync(db, row, supplierId!.Value, supplier?.Name ?? "the supplier", offer, part.Unit, quantity, ct) is { } contract)
        {
            found.Add(contract);
        }

        var stock = StockArithmetic.Of(requirements, cycle.Bucket, row.NeedBucket, row.RecommendedQuantity, quantity, needBy);
        if (stock is not null && needBy > StockArithmetic.End(stock.Bucket, cycle.Bucket))
        {
            found.Add(new(ConsequenceKind.Warning, nameof(RecommendationForm.NeedBy), $"It comes after the {(cycle.Bucket == Arithmetic.BucketSize.Day ? "day" : "week")} whose need it answers ({Day(stock.Bucket)})."));
        }

        var unitCost = offer?.PriceAt(quantity, part.UnitId);
        var total = unitCost is { } price ? decimal.Round(price * quantity, 4) : (decimal?)null;
        var recommendedTotal = recommended?.PriceAt(row.RecommendedQuantity, part.UnitId) is { } other ? decimal.Round(other * row.RecommendedQuantity, 4) : (decimal?)null;
        return new(quantity, part.Unit, currency, unitCost, total, offer?.ListCurrency, offer?.ListCurrency is null ? null : offer.RateDay, recommendedTotal, days, orderBy, arrives, late, stock, found);
    }

    public static async Task<IReadOnlyList<RecommendationOffer>> OffersAsync(SourcingDb db, ProcurementRecommendation row, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime((await db.NowAsync(ct)).UtcDateTime);
        var currency = row.Currency ?? CurrencyConversion.Base;
        var unitId = await db.Parts.IgnoreQueryFilters([SourcingDb.LiveRows]).Where(p => p.Id == row.PartId).Select(p => p.UnitId).SingleAsync(ct);
        var suppliers = await db.Suppliers.AsNoTracking().Where(s => s.Id == row.SupplierId || db.SupplierParts.Any(p => p.SupplierId == s.Id && p.PartId == row.PartId))
            .OrderBy(s => s.Name).ThenBy(s => s.Id).Take(100).ToListAsync(ct);
        var offers = await db.OffersAsync(suppliers.ToDictionary(s => s.Id, _ => currency), [row.PartId], today, ct);
        return
        [
            .. suppliers.Select(s => (Supplier: s, Offer: offers.GetValueOrDefault((s.Id, row.PartId))))
                .Select(o => new RecommendationOffer(
                    o.Supplier.Id, o.Supplier.Name, o.Offer?.LeadTimeDays ?? 0, o.Offer?.PriceAt(row.Quantity, unitId), currency,
                    WhyNot(o.Supplier) ?? (o.Offer?.UnitPrice is null ? o.Offer?.ListCurrency is { } other ? $"no exchange rate for {other}" : "no price that holds today" : null)))
                .OrderBy(o => o.WhyNot is not null).ThenBy(o => o.UnitCost ?? decimal.MaxValue).ThenBy(o => o.Supplier, StringComparer.Ordinal),
        ];
    }

    private static string? WhyNot(Supplier supplier) =>
        !supplier.IsActive ? "not active" : supplier.BlockedFor == SupplierBlock.Order ? $"blocked for orders: {supplier.BlockReason}" : null;

    private static void SupplierConsequences(List<Consequence> found, Guid? supplierId, Supplier? supplier, PartOffer? offer, ProcurementRecommendation row)
    {
        const string field = nameof(RecommendationForm.SupplierId);
        if (supplierId is null)
        {
            found.Add(new(ConsequenceKind.Warning, field, "Nobody is chosen to supply it. It can be accepted, and put into an RFQ; an order needs a supplier."));
        }
        else if (supplier is null)
        {
            found.Add(new(ConsequenceKind.Refusal, field, "This supplier was deleted. Choose another."));
        }
        else if (WhyNot(supplier) is { } why)
        {
            found.Add(new(ConsequenceKind.Refusal, field, $"{supplier.Name} is {why.TrimEnd('.')}. Choose another supplier."));
        }
        else if (offer?.UnitPrice is null)
        {
            found.Add(new(supplierId == row.SupplierId ? ConsequenceKind.Warning : ConsequenceKind.Refusal, field, offer?.ListCurrency is { } currency
                ? $"There is no exchange rate for {currency}. Add it under Settings, Exchange rates."
                : $"{supplier.Name} has no price for this part that holds today. Enter one on the part's page, or put the need into an RFQ."));
        }
    }

    private static void DateConsequences(List<Consequence> found, ProcurementRecommendation row, DateOnly needBy, DateOnly today, DateOnly orderBy, DateOnly? arrives, int late)
    {
        const string field = nameof(RecommendationForm.NeedBy);
        if (needBy < today && needBy != row.NeedBy)
        {
            found.Add(new(ConsequenceKind.Refusal, field, $"{Day(needBy)} is past. Choose a day from today on."));
        }
        else if (late > 0 && arrives is { } day)
        {
            found.Add(new(ConsequenceKind.Warning, field, $"Ordered today it arrives on {Day(day)}, {late} {(late == 1 ? "day" : "days")} after the need. The last day to order it was {Day(orderBy)}."));
        }
    }

    /// <summary>
    /// Limit less what is on order, what came of orders placed while the terms hold, and what is accepted, as plans reckon it; null where it suffices
    /// or there is none.
    /// </summary>
    private static async Task<Consequence?> ContractAsync(
        SourcingDb db, ProcurementRecommendation row, Guid supplierId, string supplier, PartOffer offer, string unit, decimal quantity, CancellationToken ct)
    {
        var terms = await db.SupplierParts.Where(p => p.SupplierId == supplierId && p.PartId == row.PartId)
            .Select(p => new { Limit = p.ContractQuantityLimit, p.ValidFrom, p.ValidTo }).SingleOrDefaultAsync(ct);
        if (terms?.Limit is not { } limit)
        {
            return null;
        }

        var (since, until) = (Moment(terms.ValidFrom) ?? DateTimeOffset.MinValue, Moment(terms.ValidTo?.AddDays(1)) ?? DateTimeOffset.MaxValue);
        var ordered = await (
            from o in db.Orders
            from l in o.Lines
            where o.SupplierId == supplierId && l.PartId == row.PartId
            let open = OpenOrders.Contains(o.Status) && l.Quantity > l.ReceivedQuantity ? l.Quantity - l.ReceivedQuantity : 0
            let received = o.OrderedAt >= since && o.OrderedAt < until ? l.ReceivedQuantity : 0
            group open + received by l.UnitId into units
            select new { UnitId = units.Key, Given = units.Sum() }).ToListAsync(ct);
        var accepted = await db.ProcurementRecommendations
            .Where(r => r.SupplierId == supplierId && r.PartId == row.PartId && r.Id != row.Id && r.Status == RecommendationStatus.Accepted).SumAsync(r => r.Quantity, ct);
        var left = Math.Max(0, limit - accepted - ordered.Sum(o => o.Given * offer.Factors.GetValueOrDefault(o.UnitId, 0)));
        return quantity <= left ? null : new(
            ConsequenceKind.NeedsAgreement, nameof(RecommendationForm.Quantity),
            $"The contract with {supplier} leaves {Number(left)} {unit}, and this is {Number(quantity - left)} {unit} more. Lower the quantity, take the rest from another supplier, or mark that the supplier agreed.");
    }

    private static DateTimeOffset? Moment(DateOnly? day) => day is { } start ? new(start.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;

    internal static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    internal static string Number(decimal quantity) => decimal.Round(quantity, 4).ToString("#,0.####", CultureInfo.InvariantCulture);
}
