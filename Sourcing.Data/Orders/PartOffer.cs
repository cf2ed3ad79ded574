using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Orders;

/// <summary>What a supplier asks for a part, as a line of an order needs it: in the order's currency, for every unit that the part can be ordered in.</summary>
/// <param name="UnitId">The part's own unit, in which the figures below are.</param>
/// <param name="UnitPrice">Without a break; null when the supplier has no valid price.</param>
/// <param name="Minimum">The least that is sold.</param>
/// <param name="Multiple">Only multiples of it are sold.</param>
/// <param name="ListCurrency">The currency of the price list, where it is another; the prices here are converted.</param>
/// <param name="RateDay">The day of the rate that was used.</param>
/// <param name="Factors">Of the part's unit in one of the key's unit.</param>
public sealed record PartOffer(
    Guid PartId, string PartNumber, string Name, string SupplierPartNumber, Guid UnitId, string Unit, decimal? UnitPrice, IReadOnlyList<BreakTerms> Breaks,
    decimal? Minimum, decimal? Multiple, int LeadTimeDays, string? ListCurrency, DateOnly? RateDay, IReadOnlyDictionary<Guid, decimal> Factors)
{
    /// <summary>The price of one of this unit when so many are ordered, to 4 decimals; null without a price or a conversion.</summary>
    public decimal? PriceAt(decimal quantity, Guid unitId)
    {
        if (UnitPrice is null || !Factors.TryGetValue(unitId, out var factor))
        {
            return null;
        }

        var own = Breaks.Where(b => b.MinimumQuantity <= quantity * factor).MaxBy(b => b.MinimumQuantity)?.UnitCost ?? UnitPrice.Value;
        return Math.Round(own * factor, 4);
    }

    /// <summary>Why the supplier would not take this quantity, and what to order instead; null when it would.</summary>
    public string? QuantityFault(decimal quantity, Guid unitId)
    {
        if (!Factors.TryGetValue(unitId, out var factor))
        {
            return $"{PartNumber} is kept in {Unit} and has no conversion from the unit chosen. Order it in {Unit}, or add the conversion to the part.";
        }

        var own = quantity * factor;
        if (own < Minimum)
        {
            return $"The supplier sells at least {Text(Minimum.Value)} {Unit} of {PartNumber}. Order {Text(Up(Minimum.Value) / factor)}, or mark that the supplier agreed.";
        }

        // A hair's breadth off comes from the conversion, not from the buyer.
        if (Multiple is { } multiple && Math.Abs(own - (Math.Round(own / multiple) * multiple)) > multiple / 10_000)
        {
            return $"The supplier sells {PartNumber} in multiples of {Text(multiple)} {Unit}. Order {Text(Up(own) / factor)}, or mark that the supplier agreed.";
        }

        return null;
    }

    private decimal Up(decimal own) => Multiple is { } multiple ? Math.Ceiling(own / multiple) * multiple : own;

    private static string Text(decimal quantity) => Math.Round(quantity, 4).ToString("#,0.####", CultureInfo.InvariantCulture);
}

/// <summary>Loads offers: a few queries for any number of parts.</summary>
internal static class PartOffers
{
    public static async Task<IReadOnlyDictionary<Guid, PartOffer>> OffersAsync(
        this SourcingDb db, Guid supplierId, IReadOnlyCollection<Guid> partIds, string currency, DateOnly day, CancellationToken ct) =>
        (await db.OffersAsync(new Dictionary<Guid, string> { [supplierId] = currency }, partIds, day, ct)).ToDictionary(o => o.Key.PartId, o => o.Value);

    /// <summary>Of several suppliers at once, each in its own currency.</summary>
    /// <param name="currencies">By supplier.</param>
    public static async Task<IReadOnlyDictionary<(Guid SupplierId, Guid PartId), PartOffer>> OffersAsync(
        this SourcingDb db, IReadOnlyDictionary<Guid, string> currencies, IReadOnlyCollection<Guid> partIds, DateOnly day, CancellationToken ct)
    {
        if (partIds.Count == 0 || currencies.Count == 0)
        {
            return new Dictionary<(Guid, Guid), PartOffer>();
        }

        var parts = await db.Parts.Where(p => partIds.Contains(p.Id)).Select(p => new { p.Id, p.Number, p.Name }).ToListAsync(ct);
        var suppliers = currencies.Keys.ToList();
        var prices = await db.SupplierParts.Include(p => p.Breaks).AsNoTracking().Where(p => suppliers.Contains(p.SupplierId) && partIds.Contains(p.PartId)).ToListAsync(ct);
        var units = await db.UnitConversionAsync(ct);
        var measures = await db.PartUnitsAsync(partIds, ct);
        var codes = await db.Units.Select(u => u.Id).ToListAsync(ct);
        var rates = await CurrencyConversion.LoadAsync(db, prices.Select(p => p.Currency).Concat(currencies.Values), ct);
        var valid = prices.Where(p => p.HoldsOn(day)).ToDictionary(p => (p.SupplierId, p.PartId));
        return (
            from supplier in suppliers
            from part in parts
            select (Key: (supplier, part.Id), Offer: Offer(part.Id, part.Number, part.Name, valid.GetValueOrDefault((supplier, part.Id)), measures[part.Id], units, codes, rates, currencies[supplier], day)))
            .ToDictionary(o => o.Key, o => o.Offer);
    }

    private static PartOffer Offer(
        Guid id, string number, string name, SupplierPart? price, PartUnits measure, UnitConversion units, IReadOnlyList<Guid> allUnits, CurrencyConversion rates, string currency, DateOnly day)
    {
        var factors = allUnits.Select(u => (u, Factor: units.FactorOrNull(u, measure.UnitId, measure))).Where(f => f.Factor is not null).ToDictionary(f => f.u, f => f.Factor!.Value);
        var rate = price is null ? null : rates.TryConvert(1, price.Currency, currency, day);
        var minimum = price?.MoqQuantity * (price?.MoqUnitId is { } unit ? factors.GetValueOrDefault(unit, 1) : 1);
        return new(
            id, number, name, price?.SupplierPartNumber ?? "", measure.UnitId, units[measure.UnitId].Code, price?.UnitCost * rate?.Amount,
            rate is null || price is null ? [] : [.. price.Breaks.Select(b => new BreakTerms(b.MinimumQuantity, b.UnitCost * rate.Amount)).OrderBy(b => b.MinimumQuantity)],
            minimum, price?.OrderMultiple, price?.LeadTimeDays ?? 0, price is null || price.Currency == currency ? null : price.Currency, rate?.Day, factors);
    }
}
