using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs.Awarding;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Rfqs;

/// <summary>
/// Awards an RFQ: by hand or as proposed, within the buyer's limit at once, above it after a second person's approval. An award
/// that stands makes one order per supplier, closes the losing offers and tells everybody.
/// </summary>
public sealed class AwardService(Database database, CurrentUser user, OrderService orders)
{
    /// <summary>Awards, or asks for approval when the total is above the person's limit. Gives the decision's key.</summary>
    public Task<Guid> AwardAsync(AwardForm form, CancellationToken ct)
    {
        user.Demand(Permission.RfqsAward);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var rfq = await RfqAsync(db, form.Id, token);
                var view = await ComparisonQueries.LoadAsync(db, rfq.Id, token);
                DemandOpen(view);
                db.Entry(rfq).Property(r => r.Version).OriginalValue = form.Version;
                var now = await db.NowAsync(token);
                if (rfq.Status == RfqStatus.Closed)
                {
                    rfq.StartEvaluation();
                }

                var decision = await DecideAsync(db, rfq, view, form, now, token);
                db.Add(decision);
                var limit = await db.People.Where(p => p.Id == user.Id).Select(p => p.ApprovalLimit).SingleAsync(token);
                if (limit is null || decision.TotalInBase <= limit)
                {
                    decision.Decide();
                    await CarryOutAsync(db, rfq, decision, view, user.Id, now, token);
                }
                else
                {
                    await AskApproversAsync(db, rfq, decision, token);
                    // The RFQ's version moves with the request, so that a second award of the same comparison is a conflict.
                    db.Entry(rfq).Property(r => r.Status).IsModified = true;
                }

                await db.AnnounceAsync("rfqs", rfq.Id, token);
                await db.SaveChangesAsync(token);
                return decision.Id;
            },
            ct);
    }

    /// <summary>The second person agrees: the award stands and its orders are made. Refuses the decider and limits below the total.</summary>
    public Task<Guid> ApproveAsync(AwardApprovalForm form, CancellationToken ct) => SecondAsync(
        form,
        async (db, decision, rfq, now, token) =>
        {
            decision.Approve(user.Id, now);
            var limit = await db.People.Where(p => p.Id == user.Id).Select(p => p.ApprovalLimit).SingleAsync(token);
            if (limit < decision.TotalInBase)
            {
                throw new RefusedException($"The award is worth {CurrencyConversion.Base} {decision.TotalInBase:N2} and your limit is {limit:N2}. Somebody with a higher limit has to approve it.");
            }

            var view = await ComparisonQueries.LoadAsync(db, rfq.Id, token);
            await DemandStillOfferedAsync(db, decision, view, token);
            await CarryOutAsync(db, rfq, decision, view, user.Id, now, token);
            await db.NotifyAsync([decision.DecidedBy], $"{user.Identity.Name} approved your award of {rfq.Number}.", $"/rfqs/{rfq.Id}/comparison", "approval", token);
        },
        ct);

    /// <summary>The second person says no, with a reason; the RFQ can be awarded anew.</summary>
    public Task<Guid> DeclineAsync(AwardApprovalForm form, CancellationToken ct) => SecondAsync(
        form,
        async (db, decision, rfq, now, token) =>
        {
            decision.Decline(user.Id, form.Reason, now);
            await db.NotifyAsync([decision.DecidedBy], $"{user.Identity.Name} declined your award of {rfq.Number}: {form.Reason.Trim()}", $"/rfqs/{rfq.Id}/comparison", "approval", token);
        },
        ct);

    private Task<Guid> SecondAsync(AwardApprovalForm form, Func<SourcingDb, AwardDecision, Rfq, DateTimeOffset, CancellationToken, Task> act, CancellationToken ct)
    {
        user.Demand(Permission.RfqsApprove);
        FormShape.Demand(form);
        return database.WriteOnceAsync(
            form.FormKey,
            async (db, token) =>
            {
                var decision = await db.AwardDecisions.Include(d => d.Awards).SingleOrDefaultAsync(d => d.Id == form.Id, token) ?? throw new MissingException("award");
                db.Entry(decision).Property(d => d.Version).OriginalValue = form.Version;
                var rfq = await RfqAsync(db, decision.RfqId, token);
                await act(db, decision, rfq, await db.NowAsync(token), token);
                await db.AnnounceAsync("rfqs", rfq.Id, token);
                await db.SaveChangesAsync(token);
                return decision.Id;
            },
            ct);
    }

    // The row is the lock: of two who award at once the second waits here, and then reads who did it.
    private static async Task<Rfq> RfqAsync(SourcingDb db, Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from rfqs where id = {id} for update", ct);
        return await db.Rfqs.Include(r => r.Lines).Include(r => r.Invitations).SingleOrDefaultAsync(r => r.Id == id, ct) ?? throw new MissingException("RFQ");
    }

    private static void DemandOpen(ComparisonView view)
    {
        switch (view.Award)
        {
            case { Status: AwardStatus.Decided } done:
                throw new RefusedException($"{done.DecidedByName} awarded {view.Number} already. Reload the page to see how.");
            case { Status: AwardStatus.Waiting } waiting:
                throw new RefusedException($"{waiting.DecidedByName}'s award of {view.Number} waits for approval. Have it declined first to award differently.");
            case null or { Status: AwardStatus.Declined } when RfqMoves.WhyNot(view.Status, RfqStatus.Awarded) is { } why:
                throw new RefusedException(why);
        }
    }

    /// <summary>Checks every choice against what the comparison says, and prices it.</summary>
    private async Task<AwardDecision> DecideAsync(SourcingDb db, Rfq rfq, ComparisonView view, AwardForm form, DateTimeOffset now, CancellationToken ct)
    {
        if (form.Choices.Count == 0)
        {
            throw new RefusedException(nameof(form.Choices), "Nothing is chosen. Choose an offer for at least one line.");
        }

        var offers = await db.Quotes.Include(q => q.Lines).ThenInclude(l => l.Breaks).Where(q => q.RfqId == rfq.Id && q.Round == rfq.Round).ToListAsync(ct);
        var lines = rfq.Lines.ToDictionary(l => l.Id);
        var scenario = await ScenarioAsync(db, view, form, ct);
        var errors = new List<FieldError>();
        var priced = new List<(RfqLine Line, QuoteLine Offer, Quote Quote, decimal Quantity, PricedOffer Price, decimal? Baseline)>();
        for (var i = 0; i < form.Choices.Count; i++)
        {
            var choice = form.Choices[i];
            var line = lines.GetValueOrDefault(choice.RfqLineId);
            var quote = offers.Find(q => q.Lines.Any(l => l.Id == choice.QuoteLineId));
            var offer = quote?.Lines.Single(l => l.Id == choice.QuoteLineId);
            if (line is null || quote is null || offer is null || offer.RfqLineId != line.Id)
            {
                throw new RefusedException("An offer was revised after you opened the comparison. Reload the page and choose again.");
            }

            if (WhyNot(view, line, quote, choice) is { } why)
            {
                errors.Add(new($"Choices[{i}].Quantity", why));
                continue;
            }

            var input = view.LineInputs.Single(l => l.LineId == line.Id);
            var price = view.PriceOf(line.Id, quote.Id, choice.Quantity, scenario?.Rules.BuyUp == true);
            priced.Add((line, offer, quote, choice.Quantity, price, AwardProposal.BaselinePrice(input, form.Baseline)));
        }

        foreach (var split in form.Choices.GroupBy(c => c.RfqLineId).Where(g => lines.TryGetValue(g.Key, out var line) && g.Sum(c => c.Quantity) > line.Quantity))
        {
            errors.Add(new("Choices", $"Line {lines[split.Key].LineNo} asks for {lines[split.Key].Quantity:0.####}, and {split.Sum(c => c.Quantity):0.####} are given. Lower the quantities."));
        }

        if (errors.Count > 0)
        {
            throw new RefusedException(errors);
        }

        var total = priced.Sum(p => p.Price.Cost) + priced.Select(p => p.Quote.Id).Distinct().Sum(q => view.Comparison.Total(q).Extra);
        var rates = await CurrencyConversion.LoadAsync(db, [rfq.Currency], ct);
        var inBase = decimal.Round(rates.Convert(total, rfq.Currency, CurrencyConversion.Base, DateOnly.FromDateTime(now.UtcDateTime)).Amount, 2);
        var savings = AwardProposal.Savings(priced.Select(p => (p.Quantity, p.Price.ComparedPrice, p.Baseline)));
        var decision = new AwardDecision(rfq, form.Scenario, form.Baseline, total, inBase, savings, form.Justification, user.Id, now, scenario?.Id);
        foreach (var (line, offer, _, quantity, price, baseline) in priced)
        {
            decision.Give(line, offer, quantity, price.OrderQuantity, price.UnitPrice, price.ComparedPrice, baseline);
        }

        return decision;
    }

    /// <summary>The scenario that is carried out; refused where the choices are not its own or quotes have changed since.</summary>
    private static async Task<ScenarioView?> ScenarioAsync(SourcingDb db, ComparisonView view, AwardForm form, CancellationToken ct)
    {
        if (form.ScenarioId is not { } id)
        {
            return form.Scenario == AwardScenarioKind.Saved ? throw new RefusedException("Say which scenario is to be carried out.") : null;
        }

        var scenario = (await AwardScenarioQueries.LoadAsync(db, view, ct)).FirstOrDefault(s => s.Id == id) ?? throw new MissingException("scenario");
        var same = form.Choices.Count == scenario.Result.Solution.Parts.Count
            && scenario.Chosen(view).All(c => form.Choices.Any(f => (f.RfqLineId, f.QuoteLineId) == c.Key && f.Quantity == c.Value));
        return scenario.Stale || !same
            ? throw new RefusedException($"Quotes or choices changed since the scenario {scenario.Name} was worked out. Work it out again, or award by hand.")
            : scenario;
    }

    private static string? WhyNot(ComparisonView view, RfqLine line, Quote quote, AwardFormLine choice)
    {
        var head = view.Quotes.FirstOrDefault(q => q.QuoteId == quote.Id);
        var cell = head is null ? null : view.Comparison.Offer(line.Id, quote.Id);
        return (head, cell) switch
        {
            (null, _) => $"Quote {quote.Number} was withdrawn. Choose another offer for line {line.LineNo}.",
            ({ Blocked: { } reason }, _) => $"{head.Supplier} is blocked for orders: {reason} Choose another offer for line {line.LineNo}.",
            ({ Expired: true }, _) => $"The quote of {head.Supplier} was valid until {head.ValidUntil:d MMM yyyy}. Ask for a new validity, or choose another offer for line {line.LineNo}.",
            (_, { Standing: OfferStanding.NoQuote or OfferStanding.Missing }) => $"{head!.Supplier} offers nothing for line {line.LineNo}.",
            (_, { Standing: OfferStanding.NotComparable }) => $"Line {line.LineNo}, {head!.Supplier}: {cell.Note}",
            _ when choice.Quantity <= 0 => $"The quantity of line {line.LineNo} has to be above 0.",
            _ => null,
        };
    }

    /// <summary>Between request and approval an offer may have been revised, withdrawn or have run out.</summary>
    private static async Task DemandStillOfferedAsync(SourcingDb db, AwardDecision decision, ComparisonView view, CancellationToken ct)
    {
        var ids = decision.Awards.Select(a => a.QuoteLineId).ToArray();
        var offers = await db.Quotes.Include(q => q.Lines).Where(q => q.Lines.Any(l => ids.Contains(l.Id))).ToListAsync(ct);
        foreach (var award in decision.Awards)
        {
            var quote = offers.Find(q => q.Lines.Any(l => l.Id == award.QuoteLineId));
            var head = quote is null ? null : view.Quotes.FirstOrDefault(q => q.QuoteId == quote.Id);
            var price = head is null || view.Comparison.Offer(award.RfqLineId, head.QuoteId).UnitPrice is null ? (decimal?)null : view.PriceAt(award.RfqLineId, head.QuoteId, award.OrderQuantity);
            if (head is null || head.Expired || head.Blocked is not null || price != award.UnitPrice)
            {
                throw new RefusedException($"An offer in this award {(head is null ? "was withdrawn" : head.Expired ? "has expired" : head.Blocked is not null ? "is from a supplier who is blocked now" : "was revised")} since the award was made. Decline it, so that the buyer awards anew.");
            }
        }
    }

    private async Task CarryOutAsync(SourcingDb db, Rfq rfq, AwardDecision decision, ComparisonView view, Guid approvedBy, DateTimeOffset now, CancellationToken ct)
    {
        var quotes = await db.Quotes.Include(q => q.Lines).Where(q => q.RfqId == rfq.Id && q.Round == rfq.Round).ToListAsync(ct);
        var units = await db.Units.IgnoreQueryFilters().Select(u => new { u.Id, u.Code }).ToDictionaryAsync(u => u.Id, u => u.Code, ct);
        var parts = await (
            from sp in db.SupplierParts
            where rfq.Lines.Select(l => l.PartId).Contains(sp.PartId) && quotes.Select(q => q.SupplierId).Contains(sp.SupplierId)
            select new { sp.PartId, sp.SupplierId, sp.SupplierPartNumber }).ToListAsync(ct);
        var awarded = decision.Awards.ToLookup(a => quotes.Single(q => q.Lines.Any(l => l.Id == a.QuoteLineId)));
        rfq.MarkAwarded(now);
        foreach (var winner in awarded)
        {
            var quote = winner.Key;
            var given = rfq.Lines.Where(l => quote.Lines.Any(o => o.RfqLineId == l.Id && o.UnitPrice is not null)).All(l =>
                winner.Where(a => a.RfqLineId == l.Id).Sum(a => a.Quantity) == l.Quantity);
            quote.Decide(given ? QuoteStatus.Awarded : QuoteStatus.PartiallyAwarded);
            var lines = (
                from award in winner
                join line in rfq.Lines on award.RfqLineId equals line.Id
                join offer in quote.Lines on award.QuoteLineId equals offer.Id
                orderby line.LineNo
                let number = view.Lines.Single(l => l.Id == line.Id).PartNumber ?? ""
                let theirs = parts.Find(p => p.PartId == line.PartId && p.SupplierId == quote.SupplierId)?.SupplierPartNumber ?? ""
                let days = offer.LeadTimeDays ?? quote.LeadTimeDays
                select new OrderLineDraft(
                    null, line.PartId, number, theirs, offer.Alternate.Length > 0 ? $"{offer.Alternate} (instead of {line.Description})" : line.Description,
                    award.OrderQuantity, offer.UnitId, units[offer.UnitId], award.UnitPrice, line.NeedBy, days is null ? null : DateOnly.FromDateTime(now.UtcDateTime).AddDays(days.Value), line.Id)).ToList();
            var terms = new OrderTerms(
                quote.PaymentTerms.Length > 0 ? quote.PaymentTerms : rfq.PaymentTerms, quote.Incoterm.Length > 0 ? quote.Incoterm : rfq.Incoterm ?? "", rfq.DeliveryPlace,
                quote.FreightCost + quote.OtherCost);
            await orders.AddFromAward(db, new(rfq.Id, quote.Id, quote.SupplierId, rfq.BuyerId, approvedBy, quote.Currency, terms, lines), ct);
        }

        foreach (var loser in quotes.Where(q => !awarded.Contains(q) && q.Status == QuoteStatus.Submitted))
        {
            loser.Decide(QuoteStatus.Rejected);
        }

        await TellSuppliersAsync(db, rfq, quotes, ct);
    }

    private static async Task TellSuppliersAsync(SourcingDb db, Rfq rfq, List<Quote> quotes, CancellationToken ct)
    {
        var buyer = await db.People.Where(p => p.Id == rfq.BuyerId).Select(p => p.FullName).SingleOrDefaultAsync(ct) ?? "";
        foreach (var quote in quotes.Where(q => q.Status is QuoteStatus.Awarded or QuoteStatus.PartiallyAwarded or QuoteStatus.Rejected))
        {
            var to = rfq.Invitations.FirstOrDefault(i => i.SupplierId == quote.SupplierId)?.Email;
            if (string.IsNullOrWhiteSpace(to))
            {
                continue;
            }

            var text = quote.Status == QuoteStatus.Rejected
                ? $"Thank you for your quote {quote.Number} for {rfq.Number}, {rfq.Title}. We have decided for other offers this time and hope to ask you again soon."
                : $"We have decided for your quote {quote.Number} for {rfq.Number}, {rfq.Title}{(quote.Status == QuoteStatus.PartiallyAwarded ? ", in part" : "")}. The purchase order follows.";
            db.Add(new OutboxMessage(to, $"{rfq.Number}: {(quote.Status == QuoteStatus.Rejected ? "our decision" : "your quote is awarded")}", $"{text}\n\n{buyer}", "rfqs", rfq.Id, supplierId: quote.SupplierId));
        }
    }

    private async Task AskApproversAsync(SourcingDb db, Rfq rfq, AwardDecision decision, CancellationToken ct)
    {
        var people = await db.People.Where(p => p.IsActive && p.Id != user.Id && (p.ApprovalLimit == null || p.ApprovalLimit >= decision.TotalInBase)).ToListAsync(ct);
        var approvers = people.Where(p => Permissions.Allow(p.Roles.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>), Permission.RfqsApprove)).Select(p => p.Id).ToList();
        if (approvers.Count == 0)
        {
            throw new RefusedException($"The award is worth {CurrencyConversion.Base} {decision.TotalInBase:N2}, above your limit, and nobody has a limit that reaches it. Ask an admin to name an approver.");
        }

        await db.NotifyAsync(approvers, $"{user.Identity.Name} asks you to approve the award of {rfq.Number}, {rfq.Currency} {decision.Total:N2}.", $"/rfqs/{rfq.Id}/comparison", "approval", ct);
    }
}
