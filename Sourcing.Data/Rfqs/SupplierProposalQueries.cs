using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Suppliers;
using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Data.Rfqs;

/// <summary>One reason for a supplier's rank.</summary>
/// <param name="Text">"delivered 3 of these 5 parts".</param>
/// <param name="Speaks">True for, false against, null neither.</param>
public sealed record ProposalReason(string Text, bool? Speaks);

/// <summary>A supplier that might be invited.</summary>
/// <param name="Score">0 to 100: see <see cref="SupplierScore"/>.</param>
/// <param name="WhyNot">Why it cannot be invited; null when it can.</param>
public sealed record SupplierProposal(Guid SupplierId, string Name, string Country, int Score, IReadOnlyList<ProposalReason> Reasons, string? WhyNot);

/// <summary>What is known of a supplier for the parts of an RFQ. Shares are 0 to 1, null where nothing is known.</summary>
/// <param name="Parts">Parts of the catalog that the RFQ asks for.</param>
/// <param name="Delivered">How many of them it delivered.</param>
/// <param name="Quoted">How many of the others it quoted.</param>
/// <param name="Listed">For how many of the rest it has a price list.</param>
/// <param name="PriceRatio">Mean over parts of its average price of the last two years to the part's median; 1 at the median.</param>
/// <param name="CategoryMatch">Its category is the RFQ's.</param>
public sealed record SupplierEvidence(
    int Parts, int Delivered, int Quoted, int Listed, int Preferred, decimal? PriceRatio, decimal? ResponseRate, decimal? Reliability, bool CategoryMatch, string Category, RiskLevel Risk)
{
    /// <summary>Where its last scorecard puts it; null until it is scored.</summary>
    public StandingMark? Standing { get; init; }
}

/// <summary>
/// The score of a supplier for an RFQ, 0 to 100. Experience 40: the mean over the RFQ's parts of 1 for delivered, 0.7 for quoted,
/// 0.6 for a price list; an RFQ without catalog parts counts the category instead. Price 20: full at 20 % or more below the
/// median, half at it, none at 20 % above. Answers 15 and on-time deliveries 15: in proportion. Category 10. What is not known
/// counts half of answers and deliveries and 8 of price, so that a newcomer is neither first nor last. A standing that warns takes 10.
/// </summary>
public static class SupplierScore
{
    /// <summary>The score, rounded.</summary>
    public static int Of(SupplierEvidence known)
    {
        var experience = known.Parts == 0
            ? known.CategoryMatch ? 1m : 0m
            : (known.Delivered + (0.7m * known.Quoted) + (0.6m * known.Listed)) / known.Parts;
        var price = known.PriceRatio is { } ratio ? 20 * Math.Clamp((1.2m - ratio) / 0.4m, 0, 1) : 8;
        var score = (40 * experience) + price + (15 * (known.ResponseRate ?? 0.5m)) + (15 * (known.Reliability ?? 0.5m)) + (known.CategoryMatch ? 10 : 0) - (known.Standing is { Effect: not StandingEffect.None } ? 10 : 0);
        return (int)Math.Round(Math.Max(score, 0), MidpointRounding.AwayFromZero);
    }

    /// <summary>Why: the strongest first.</summary>
    public static IReadOnlyList<ProposalReason> Reasons(SupplierEvidence known)
    {
        var reasons = new List<ProposalReason>();
        void Add(bool said, string text, bool? speaks = true)
        {
            if (said)
            {
                reasons.Add(new(text, speaks));
            }
        }

        // "of these 5 parts" is said once.
        string Some(int count) => known.Parts == 1 ? reasons.Count == 0 ? "this part" : "it"
            : reasons.Count == 0 ? $"{count} of these {known.Parts} parts" : count.ToString(CultureInfo.InvariantCulture);
        Add(known.Delivered > 0, $"delivered {Some(known.Delivered)}");
        Add(known.Quoted > 0, $"quoted {Some(known.Quoted)}");
        Add(known.Listed > 0, $"lists {Some(known.Listed)}");
        Add(known.Preferred > 0, $"preferred for {(known.Parts == 1 ? "it" : known.Preferred.ToString(CultureInfo.InvariantCulture))}");
        if (known.PriceRatio is { } ratio && Percent(Math.Abs(ratio - 1)) is var away)
        {
            Add(true, away == "0\u202f%" ? "price at the median" : $"price {away} {(ratio < 1 ? "below" : "above")} the median", away == "0\u202f%" ? null : ratio < 1);
        }

        Add(known.ResponseRate is not null, $"answers {Percent(known.ResponseRate ?? 0)}", known.ResponseRate >= 0.5m);
        Add(known.Reliability is not null, $"on time {Percent(known.Reliability ?? 0)}", known.Reliability >= 0.8m);
        if (known.Standing is { } standing)
        {
            Add(true, $"standing {standing.Name}, {Math.Round(standing.Score, MidpointRounding.AwayFromZero).ToString("0", CultureInfo.InvariantCulture)} of 100", standing.Effect == StandingEffect.None);
        }

        Add(known.CategoryMatch, $"category {known.Category}");
        Add(known.Risk == RiskLevel.High, "high risk", false);
        return reasons;
    }

    private static string Percent(decimal share) => Math.Round(share * 100, MidpointRounding.AwayFromZero).ToString("0", CultureInfo.InvariantCulture) + "\u202f%";
}

/// <summary>Proposes suppliers for an RFQ, each with its reasons.</summary>
public sealed class SupplierProposalQueries(Database database, CurrentUser user)
{
    private const int MostCandidates = 300;

    /// <summary>
    /// Suppliers that delivered, quoted or list the RFQ's parts, or are of its category, best first; those already chosen are left
    /// out, blocked ones stand last with the reason why they cannot be invited.
    /// </summary>
    /// <param name="most">1 to 50.</param>
    public Task<IReadOnlyList<SupplierProposal>> ForAsync(Guid rfqId, int most, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        user.Demand(Permission.SuppliersRead);
        return database.ReadAsync(async (db, token) =>
        {
            var category = await db.Rfqs.Where(r => r.Id == rfqId)
                .Select(r => db.PartCategories.Where(c => c.Id == r.CategoryId).Select(c => c.Name).FirstOrDefault() ?? "").SingleOrDefaultAsync(token)
                ?? throw new MissingException("RFQ");
            var parts = await db.RfqLines.Where(l => l.RfqId == rfqId && l.PartId != null).Select(l => l.PartId!.Value).Distinct().ToListAsync(token);
            var facts = await FactsAsync(db, parts, token);
            var known = facts.Keys.Take(MostCandidates).ToList();
            var suppliers = await db.Suppliers
                .Where(s => s.IsActive && !db.RfqInvitations.Any(i => i.RfqId == rfqId && i.SupplierId == s.Id) && (known.Contains(s.Id) || (category != "" && s.Category == category)))
                .OrderByDescending(s => known.Contains(s.Id)).ThenBy(s => s.Name).ThenBy(s => s.Id).Take(MostCandidates)
                .Select(s => new { s.Id, s.Name, s.Country, s.Category, s.RiskLevel, s.ResponseRate, s.ReliabilityScore, s.BlockedFor, s.BlockReason, s.BlockedAt, s.Standing, s.StandingScore, s.StandingEffect })
                .ToListAsync(token);
            var proposals = suppliers.Select(s =>
            {
                var fact = facts.GetValueOrDefault(s.Id) ?? new();
                var evidence = new SupplierEvidence(
                    parts.Count, fact.Delivered.Count, fact.Quoted.Except(fact.Delivered).Count(), fact.Listed.Except(fact.Delivered).Except(fact.Quoted).Count(), fact.Preferred,
                    fact.Ratios.Count == 0 ? null : fact.Ratios.Average(), s.ResponseRate, s.ReliabilityScore,
                    category.Length > 0 && string.Equals(s.Category, category, StringComparison.OrdinalIgnoreCase), s.Category, s.RiskLevel)
                {
                    Standing = s is { Standing: { } standing, StandingScore: { } score } ? new(standing, score, s.StandingEffect) : null,
                };
                return new SupplierProposal(
                    s.Id, s.Name, s.Country, SupplierScore.Of(evidence), SupplierScore.Reasons(evidence),
                    s.BlockedFor == SupplierBlock.None ? null : $"Blocked since {s.BlockedAt?.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}: {s.BlockReason}");
            });
            return (IReadOnlyList<SupplierProposal>)[.. proposals.OrderBy(p => p.WhyNot is not null).ThenByDescending(p => p.Score).ThenBy(p => p.Name, StringComparer.CurrentCulture).Take(Math.Clamp(most, 1, 50))];
        }, ct);
    }

    private static async Task<Dictionary<Guid, Facts>> FactsAsync(SourcingDb db, List<Guid> parts, CancellationToken ct)
    {
        var facts = new Dictionary<Guid, Facts>();
        if (parts.Count == 0)
        {
            return facts;
        }

        Facts Of(Guid supplier) => facts.TryGetValue(supplier, out var known) ? known : facts[supplier] = new();
        var today = DateOnly.FromDateTime((await db.NowAsync(ct)).UtcDateTime);
        var since = today.AddYears(-2);
        OrderStatus[] delivered = [OrderStatus.PartiallyReceived, OrderStatus.Received, OrderStatus.Closed];
        foreach (var row in await db.OrderLines.Where(l => l.PartId != null && parts.Contains(l.PartId.Value))
            .Join(db.Orders.Where(o => delivered.Contains(o.Status)), l => l.OrderId, o => o.Id, (l, o) => new { o.SupplierId, Part = l.PartId!.Value }).Distinct().ToListAsync(ct))
        {
            Of(row.SupplierId).Delivered.Add(row.Part);
        }

        foreach (var row in await db.RfqLines.Where(l => l.PartId != null && parts.Contains(l.PartId.Value))
            .Join(db.QuoteLines.Where(q => q.UnitPrice != null), l => l.Id, q => q.RfqLineId, (l, q) => new { Part = l.PartId!.Value, q.QuoteId })
            .Join(db.Quotes, l => l.QuoteId, q => q.Id, (l, q) => new { q.SupplierId, l.Part }).Distinct().ToListAsync(ct))
        {
            Of(row.SupplierId).Quoted.Add(row.Part);
        }

        foreach (var row in await db.SupplierParts.Where(p => parts.Contains(p.PartId) && (p.ValidTo == null || p.ValidTo >= today))
            .Select(p => new { p.SupplierId, p.PartId, p.Preferred }).ToListAsync(ct))
        {
            Of(row.SupplierId).Listed.Add(row.PartId);
            Of(row.SupplierId).Preferred += row.Preferred ? 1 : 0;
        }

        var medians = await db.Parts.Where(p => parts.Contains(p.Id)).Select(p => new { p.Id, Median = SourcingDb.MedianPrice(p.Id) }).ToDictionaryAsync(p => p.Id, p => p.Median, ct);
        foreach (var row in await db.PartPrices.Where(v => parts.Contains(v.PartId) && v.BasePrice != null && v.Day >= since)
            .GroupBy(v => new { v.SupplierId, v.PartId }).Select(g => new { g.Key.SupplierId, g.Key.PartId, Price = g.Average(v => v.BasePrice!.Value) }).ToListAsync(ct))
        {
            if (medians.GetValueOrDefault(row.PartId) is { } median && median > 0)
            {
                Of(row.SupplierId).Ratios.Add(row.Price / median);
            }
        }

        return facts;
    }

    private sealed class Facts
    {
        public HashSet<Guid> Delivered { get; } = [];

        public HashSet<Guid> Quoted { get; } = [];

        public HashSet<Guid> Listed { get; } = [];

        public int Preferred { get; set; }

        public List<decimal> Ratios { get; } = [];
    }
}
