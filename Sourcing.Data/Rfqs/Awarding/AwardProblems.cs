using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;

namespace Sourcing.Data.Rfqs.Awarding;

/// <summary>Makes the optimizer's problem of what the comparison shows: comparable offers of suppliers from whom something may be ordered.</summary>
internal static partial class AwardProblems
{
    private const int IncumbentMonths = 60;
    private const int QualityMonths = 12;

    /// <summary>Reads what the comparison does not know: who delivers the parts now, and how good the suppliers are.</summary>
    public static async Task<AwardProblem> LoadAsync(SourcingDb db, ComparisonView view, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime((await db.NowAsync(ct)).UtcDateTime);
        var quotes = view.Quotes.Where(q => q.Blocked is null && view.Lines.Any(l => view.Comparison.Offer(l.Id, q.QuoteId).Standing == OfferStanding.Comparable)).ToList();
        var ids = quotes.ConvertAll(q => q.SupplierId).ToArray();
        var standing = await db.Suppliers.IgnoreQueryFilters().Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, s.ReliabilityScore }).ToDictionaryAsync(s => s.Id, s => s.ReliabilityScore, ct);
        var quality = await QualityAsync(db, ids, today, ct);
        var incumbents = await IncumbentsAsync(db, [.. view.Lines.Select(l => l.PartId).OfType<Guid>()], today, ct);
        var places = ids.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i);
        return new(
            [.. view.Lines.Select(l => Line(view, l, quotes, today, l.PartId is { } part && incumbents.TryGetValue(part, out var who) && places.TryGetValue(who, out var place) ? place : null))],
            [.. quotes.Select(q => new AwardSupplier(
                q.QuoteId, q.SupplierId, q.Supplier, view.Comparison.Total(q.QuoteId).Extra, standing.GetValueOrDefault(q.SupplierId),
                quality.TryGetValue(q.SupplierId, out var accepted) ? accepted : null, PaymentDays(q.PaymentTerms)))]);
    }

    /// <summary>Days until payment: the most that terms such as "30 days net" or "2/10 net 30" name; 0 for payment in advance; null where they name none.</summary>
    public static int? PaymentDays(string terms)
    {
        var days = Days().Matches(terms).Select(m => int.Parse(m.Groups[1].Length > 0 ? m.Groups[1].Value : m.Groups[2].Value, CultureInfo.InvariantCulture)).ToList();
        return days.Count > 0 ? days.Max() : Advance().IsMatch(terms) ? 0 : null;
    }

    private static AwardLine Line(ComparisonView view, ComparisonLine line, List<ComparisonQuote> quotes, DateOnly today, int? incumbent)
    {
        var offers = new List<AwardOffer>();
        for (var place = 0; place < quotes.Count; place++)
        {
            var cell = view.Comparison.Offer(line.Id, quotes[place].QuoteId);
            if (cell.Standing != OfferStanding.Comparable)
            {
                continue;
            }

            var (quote, offer) = view.OfferOf(line.Id, quotes[place].QuoteId);
            offers.Add(new(offer.QuoteLineId, place, offer.Quantity, offer.UnitPrice!.Value, quote.Rate)
            {
                Breaks = offer.Breaks, Minimum = offer.MinimumQuantity, Multiple = offer.OrderMultiple, LeadTimeDays = offer.LeadTimeDays,
                DaysLate = line.NeedBy is { } need && offer.LeadTimeDays is { } days ? Math.Max(0, today.AddDays(days).DayNumber - need.DayNumber) : 0,
            });
        }

        return new(line.Id, offers, incumbent);
    }

    // Who got the latest order of a part.
    private static async Task<Dictionary<Guid, Guid>> IncumbentsAsync(SourcingDb db, Guid[] parts, DateOnly today, CancellationToken ct)
    {
        var since = today.AddMonths(-IncumbentMonths);
        var orders = await db.PartPrices.Where(p => parts.Contains(p.PartId) && p.Source == PriceSource.Order && p.Day >= since)
            .OrderBy(p => p.Day).ThenBy(p => p.SourceId).Select(p => new { p.PartId, p.SupplierId }).ToListAsync(ct);
        return orders.GroupBy(o => o.PartId).ToDictionary(g => g.Key, g => g.Last().SupplierId);
    }

    private static async Task<Dictionary<Guid, decimal>> QualityAsync(SourcingDb db, Guid[] suppliers, DateOnly today, CancellationToken ct)
    {
        var since = new DateTimeOffset(today.AddMonths(-QualityMonths), TimeOnly.MinValue, TimeSpan.Zero);
        var received = await (
            from receipt in db.Receipts
            join order in db.Orders on receipt.OrderId equals order.Id
            where suppliers.Contains(order.SupplierId) && receipt.ReceivedAt >= since
            group receipt by order.SupplierId into g
            select new { g.Key, Quantity = g.Sum(r => r.Quantity), Rejected = g.Sum(r => r.RejectedQuantity) }).ToListAsync(ct);
        return received.Where(r => r.Quantity > 0).ToDictionary(r => r.Key, r => Math.Clamp(1 - (r.Rejected / r.Quantity), 0, 1));
    }

    [GeneratedRegex(@"\bnet\s*(\d{1,3})\b|\b(\d{1,3})\s*(?:d|days?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Days();

    [GeneratedRegex("advance|pre-?pay|cash with order", RegexOptions.IgnoreCase)]
    private static partial Regex Advance();
}
