using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs.Awarding;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Rfqs;

/// <summary>Reads the comparison of an RFQ's quotes in a fixed number of statements, whatever the number of lines and suppliers.</summary>
public sealed class ComparisonQueries(Database database, CurrentUser user)
{
    /// <summary>The median is of this many months, the last paid price of <see cref="LastPaidMonths"/>.</summary>
    private const int MedianMonths = 24;

    private const int LastPaidMonths = 60;

    /// <summary>The comparison of the current round.</summary>
    /// <exception cref="MissingException">There is no such RFQ.</exception>
    public Task<ComparisonView> ForAsync(Guid rfqId, CancellationToken ct)
    {
        user.Demand(Permission.RfqsRead);
        return database.ReadAsync(async (db, token) =>
        {
            var view = await LoadAsync(db, rfqId, token);
            view = view with { Scenarios = await AwardScenarioQueries.LoadAsync(db, view, token) };
            var limit = user.May(Permission.RfqsAward) ? await db.People.Where(p => p.Id == user.Id).Select(p => p.ApprovalLimit).SingleOrDefaultAsync(token) : null;
            if (limit is null)
            {
                return view;
            }

            var rates = await CurrencyConversion.LoadAsync(db, [view.Currency], token);
            return view with { OwnLimit = rates.TryConvert(limit.Value, CurrencyConversion.Base, view.Currency, DateOnly.FromDateTime((await db.NowAsync(token)).UtcDateTime))?.Amount };
        }, ct);
    }

    /// <summary>The same within another act's transaction: an award decides on exactly what the page shows.</summary>
    /// <param name="asOf">The day whose rates, validities and known prices count; null for today.</param>
    internal static async Task<ComparisonView> LoadAsync(SourcingDb db, Guid rfqId, CancellationToken ct, DateOnly? asOf = null)
    {
        var rfq = await db.Rfqs.AsNoTracking().Where(r => r.Id == rfqId)
            .Select(r => new { r.Id, r.Number, r.Title, r.Status, r.Currency, r.Version, r.Round, Locked = r.Sealed && r.BidsOpenedAt == null }).SingleOrDefaultAsync(ct) ?? throw new MissingException("RFQ");
        var today = asOf ?? DateOnly.FromDateTime((await db.NowAsync(ct)).UtcDateTime);
        var asked = await (
            from l in db.RfqLines
            join u in db.Units.IgnoreQueryFilters() on l.UnitId equals u.Id
            join p in db.Parts.IgnoreQueryFilters() on l.PartId equals p.Id into parts
            from p in parts.DefaultIfEmpty()
            where l.RfqId == rfqId
            orderby l.LineNo
            select new { l.Id, l.LineNo, l.PartId, PartNumber = (string?)p.Number, l.Description, l.Quantity, l.UnitId, Unit = u.Code, l.TargetPrice, l.NeedBy }).ToListAsync(ct);
        var both = await (
            from q in db.Quotes.AsNoTracking().Include(q => q.Lines).ThenInclude(l => l.Breaks)
            where q.RfqId == rfqId && (q.Round == rfq.Round || q.Round == rfq.Round - 1) && q.Revision > 0 && q.Status != QuoteStatus.Withdrawn && q.Status != QuoteStatus.Sealed
            orderby q.SubmittedAt, q.Id
            select q).ToListAsync(ct);
        var quotes = both.FindAll(q => q.Round == rfq.Round);
        var suppliers = await db.Suppliers.IgnoreQueryFilters().AsNoTracking().Where(s => quotes.Select(q => q.SupplierId).Contains(s.Id))
            .Select(s => new { s.Id, s.Name, s.Country, s.BlockedFor, s.BlockReason, s.DeletedAt, s.Standing, s.StandingScore, s.StandingEffect }).ToDictionaryAsync(s => s.Id, ct);
        var partIds = asked.Select(l => l.PartId).OfType<Guid>().Distinct().ToArray();
        var units = new LineUnits(await db.UnitConversionAsync(ct), await db.PartUnitsAsync(partIds, ct));
        var paid = await PaidAsync(db, partIds, today, ct);
        var rates = await CurrencyConversion.LoadAsync(db, null, ct);
        var first = await FirstRoundAsync(db, rfqId, ct);

        var lines = asked.ConvertAll(l =>
        {
            var prices = l.PartId is { } part ? Converted(paid[part], rfq.Currency, units.OfPart(part, l.UnitId), rates) : [];
            var recent = PriceStatistics.Of([.. prices.Where(p => p.Day >= today.AddMonths(-MedianMonths))]);
            return new ComparisonLine(
                l.Id, l.LineNo, l.PartId, l.PartNumber, l.Description, l.Quantity, l.Unit, l.TargetPrice, Rounded(PriceStatistics.Of(prices)?.Last), Rounded(recent?.Median), l.NeedBy,
                Rounded(Lowest(first[l.Id], l.Quantity, l.PartId, l.UnitId, rfq.Currency, units, rates, today)));
        });
        var heads = quotes.ConvertAll(q =>
        {
            var supplier = suppliers[q.SupplierId];
            var rate = rates.TryConvert(1, q.Currency, rfq.Currency, today);
            var fixedRate = q.ExchangeRate is { } own ? 1 / own : (decimal?)null;
            return new ComparisonQuote(
                q.Id, q.Number, q.SupplierId, supplier.Name, supplier.Country, q.Currency, fixedRate ?? rate?.Rate, fixedRate is null ? rate?.Day : null, q.Revision,
                q.SubmittedAt, q.ValidUntil, q.Status == QuoteStatus.Expired || q.ValidUntil < today, q.LeadTimeDays, q.PaymentTerms, q.Incoterm,
                q.FreightCost, q.OtherCost, q.Notes, supplier.DeletedAt is not null ? "It was deleted from the suppliers." : supplier.BlockedFor == SupplierBlock.Order ? supplier.BlockReason : null)
            {
                Standing = supplier is { Standing: { } standing, StandingScore: { } score } ? new(standing, score, supplier.StandingEffect) : null,
            };
        });
        var lineInputs = lines.ConvertAll(l => new LineInput(l.Id, l.Quantity, l.Target, l.LastPaid, l.Median, l.FirstRound));
        QuoteInput Input(Quote q, decimal? rate, bool expired) => new(
            q.Id, q.SupplierId, rate ?? 0, q.FreightCost + q.OtherCost, expired,
            [.. from offer in q.Lines join line in asked on offer.RfqLineId equals line.Id select Offer(offer, line.PartId, line.Quantity, line.UnitId, rate, q.Currency, q.LeadTimeDays, units)]);
        var quoteInputs = quotes.Zip(heads, (q, head) => Input(q, head.Rate, head.Expired)).ToList();
        // What a former round said is no offer any more, so whether it has run out does not matter.
        List<QuoteInput> former = [.. both.Where(q => q.Round < rfq.Round).Select(q => Input(q, q.ExchangeRate is { } own ? 1 / own : rates.TryConvert(1, q.Currency, rfq.Currency, today)?.Rate, expired: false))];
        var comparison = Comparison.Of(lineInputs, quoteInputs);
        return new(
            rfq.Id, rfq.Number, rfq.Title, rfq.Status, rfq.Currency, rfq.Version, lines, heads, comparison,
            AwardProposal.CheapestPerLine(lineInputs, [.. Orderable(quoteInputs, heads)], comparison), AwardProposal.OneSupplier(lineInputs, [.. Orderable(quoteInputs, heads)], comparison),
            await AwardAsync(db, rfqId, rfq.Round, ct)) { LineInputs = lineInputs, QuoteInputs = quoteInputs, Round = rfq.Round, IsSealed = rfq.Locked, Former = former.Count == 0 ? null : FormerRound.Of(rfq.Round - 1, lineInputs, former) };
    }

    // What was first submitted in the first round, line by line (of a sealed one, what was opened); an offer that was taken back is none.
    private static async Task<ILookup<Guid, (QuoteLineContent Line, string Currency, decimal? Rate)>> FirstRoundAsync(SourcingDb db, Guid rfqId, CancellationToken ct)
    {
        var submitted = await (
            from q in db.Quotes
            join r in db.QuoteRevisions on q.Id equals r.QuoteId
            where q.RfqId == rfqId && q.Round == 1 && r.Revision == db.QuoteRevisions.Where(f => f.QuoteId == q.Id).Min(f => f.Revision) && q.Status != QuoteStatus.Withdrawn
            select new { r.Content, q.ExchangeRate }).AsNoTracking().ToListAsync(ct);
        return submitted.SelectMany(s => s.Content.Lines.Where(l => l is { Outcome: QuoteLineOutcome.Priced, UnitPrice: > 0 })
                .Select(l => (l.RfqLineId, First: (l, s.Content.Currency, s.ExchangeRate))))
            .ToLookup(l => l.RfqLineId, l => l.First);
    }

    // At the quantity to be bought, as the comparison prices today's offers: else a price break would count as a saving.
    private static decimal? Lowest(
        IEnumerable<(QuoteLineContent Line, string Currency, decimal? Rate)> first, decimal quantity, Guid? part, Guid unit, string currency, LineUnits units, CurrencyConversion rates, DateOnly today) =>
        first.Select(f =>
        {
            var factor = units.Factor(part, unit, f.Line.Unit);
            var rate = f.Rate is { } own ? 1 / own : rates.TryConvert(1, f.Currency, currency, today)?.Rate;
            return factor is null ? null : QuoteTotals.PriceAt(
                QuoteTotals.Orderable(quantity * factor.Value, f.Line.Moq, f.Line.OrderMultiple), f.Line.UnitPrice!.Value,
                f.Line.Breaks.Select(b => (b.MinimumQuantity ?? 0, b.UnitPrice ?? 0))) * rate * factor;
        }).Min();

    private static async Task<ILookup<Guid, (DateOnly Day, decimal Price, string Currency)>> PaidAsync(SourcingDb db, Guid[] partIds, DateOnly today, CancellationToken ct)
    {
        var since = today.AddMonths(-LastPaidMonths);
        var prices = await db.PartPrices.Where(p => partIds.Contains(p.PartId) && p.Source == PriceSource.Order && p.UnitPrice != null && p.Day >= since && p.Day <= today)
            .OrderBy(p => p.Day).Select(p => new { p.PartId, p.Day, p.UnitPrice, p.Currency }).ToListAsync(ct);
        return prices.ToLookup(p => p.PartId, p => (p.Day, p.UnitPrice!.Value, p.Currency));
    }

    /// <summary>Prices for the part's unit as prices for the line's, in the RFQ's currency by each day's rate; what cannot be converted is left out.</summary>
    private static List<(DateOnly Day, decimal Price)> Converted(
        IEnumerable<(DateOnly Day, decimal Price, string Currency)> paid, string currency, decimal? perLineUnit, CurrencyConversion rates) =>
        perLineUnit is not { } factor
            ? []
            : [.. paid.Select(p => (p.Day, Amount: rates.TryConvert(p.Price, p.Currency, currency, p.Day)?.Amount * factor)).Where(p => p.Amount is not null).Select(p => (p.Day, p.Amount!.Value))];

    private static decimal? Rounded(decimal? price) => price is { } known ? decimal.Round(known, 4) : null;

    /// <summary>Proposals leave out suppliers from whom nothing may be ordered.</summary>
    private static IEnumerable<QuoteInput> Orderable(IEnumerable<QuoteInput> quotes, IReadOnlyList<ComparisonQuote> heads) =>
        quotes.Where(q => heads.First(h => h.QuoteId == q.QuoteId).Blocked is null);

    private static OfferInput Offer(QuoteLine offer, Guid? partId, decimal quantity, Guid unitId, decimal? rate, string currency, int? leadTime, LineUnits units)
    {
        // How many of the offer's unit one of the RFQ's unit is.
        var factor = units.Factor(partId, unitId, offer.UnitId);
        var problem = rate is null
            ? $"There is no exchange rate for {currency}. Add it under Settings, Exchange rates."
            : factor is null ? $"No conversion from {units.Code(offer.UnitId)} to {units.Code(unitId)}{(partId is null ? "" : " for this part. Say how many on the part's page")}." : null;
        return new(
            offer.Id, offer.RfqLineId, quantity * (factor ?? 1), offer.UnitPrice, [.. offer.Breaks.Select(b => (b.MinimumQuantity, b.UnitPrice))], offer.Moq, offer.OrderMultiple,
            offer.LeadTimeDays ?? leadTime, offer.Outcome == QuoteLineOutcome.Alternate ? offer.Alternate : null,
            offer.NoQuoteReason is { } reason ? Words.Spaced(reason).ToLowerInvariant() : null, problem);
    }

    private static async Task<AwardView?> AwardAsync(SourcingDb db, Guid rfqId, int round, CancellationToken ct)
    {
        var decision = await db.AwardDecisions.AsNoTracking().Include(d => d.Awards)
            .Where(d => d.RfqId == rfqId && d.Round == round).OrderByDescending(d => d.DecidedAt).FirstOrDefaultAsync(ct);
        if (decision is null)
        {
            return null;
        }

        var names = await db.People.Where(p => p.Id == decision.DecidedBy || p.Id == decision.ApprovedBy).ToDictionaryAsync(p => p.Id, p => p.FullName, ct);
        return new(
            decision.Id, decision.Version, decision.Status, decision.Scenario, decision.Baseline, decision.Total, decision.Savings, decision.DecidedBy,
            names.GetValueOrDefault(decision.DecidedBy, ""), decision.DecidedAt, decision.ApprovedBy is { } second ? names.GetValueOrDefault(second, "") : null, decision.ApprovedAt,
            decision.Justification, decision.DeclineReason, decision.ScenarioId,
            [.. decision.Awards.Select(a => new AwardedLine(a.RfqLineId, a.QuoteLineId, a.Quantity, a.OrderQuantity, a.ComparedPrice, a.BaselinePrice))]);
    }

    /// <summary>Conversions of the lines' parts.</summary>
    private sealed class LineUnits(UnitConversion conversion, IReadOnlyDictionary<Guid, PartUnits> parts)
    {
        /// <summary>How many <paramref name="to"/> one <paramref name="from"/> is; null where there is no conversion.</summary>
        public decimal? Factor(Guid? part, Guid from, Guid to) => conversion.FactorOrNull(from, to, part is { } id ? parts.GetValueOrDefault(id) : null);

        /// <summary>How many of the part's own unit one <paramref name="unit"/> is.</summary>
        public decimal? OfPart(Guid part, Guid unit) => parts.TryGetValue(part, out var own) ? conversion.FactorOrNull(unit, own.UnitId, own) : null;

        /// <inheritdoc cref="Factor(Guid?, Guid, Guid)"/>
        public decimal? Factor(Guid? part, Guid from, string to) => conversion.All.FirstOrDefault(u => u.Code == to) is { } unit ? Factor(part, from, unit.Id) : null;

        public string Code(Guid unit) => conversion[unit].Code;
    }
}
