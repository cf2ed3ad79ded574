using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Demo;

/// <summary>Awards of the demo: the comparison's own proposal, carried out on the day.</summary>
internal static class DemoAward
{
    /// <summary>Decides, with the approver's signature where the buyer's limit does not suffice.</summary>
    public static AwardDecision Decide(DemoStory story, Rfq rfq, List<Quote> quotes, Person buyer, DateTimeOffset at)
    {
        var decision = Propose(story, rfq, quotes, buyer, at);
        if (decision.TotalInBase > buyer.ApprovalLimit)
        {
            decision.Approve(story.Person("ana.pinheda@example.test"), at.AddHours(3));
        }
        else
        {
            decision.Decide();
        }

        return decision;
    }

    /// <summary>What the buyer would award: it waits until somebody decides.</summary>
    public static AwardDecision Propose(DemoStory story, Rfq rfq, List<Quote> quotes, Person buyer, DateTimeOffset at)
    {
        var (lines, inputs, comparison) = Compare(story, rfq, quotes, at);
        var proposal = rfq.Number[^1] % 2 == 0 ? AwardProposal.OneSupplier(lines, inputs, comparison)! : AwardProposal.CheapestPerLine(lines, inputs, comparison);
        var priced = proposal.Choices.Select(c => (Choice: c, Line: lines.Single(l => l.LineId == c.RfqLineId), Offer: comparison.Offer(c.RfqLineId, c.QuoteId))).ToList();
        var decision = new AwardDecision(
            rfq, proposal.Kind, SavingsBaseline.LastPaid, decimal.Round(proposal.Landed, 2), decimal.Round(proposal.Landed, 2),
            AwardProposal.Savings(priced.Select(p => (p.Line.Quantity, p.Offer.UnitPrice!.Value, p.Line.LastPaid))), "Lowest landed cost with all certificates.", buyer.Id, at);
        foreach (var (choice, line, offer) in priced)
        {
            var quote = quotes.Single(q => q.Id == choice.QuoteId);
            var theirs = quote.Lines.Single(l => l.Id == choice.QuoteLineId);
            var price = Comparison.PriceAt(choice.Quantity, theirs.UnitPrice!.Value, theirs.Breaks.Select(b => (b.MinimumQuantity, b.UnitPrice)));
            decision.Give(rfq.Lines.Single(l => l.Id == line.LineId), theirs, line.Quantity, choice.Quantity, price, offer.UnitPrice!.Value, line.LastPaid is { } last ? decimal.Round(last, 4) : null);
        }

        return decision;
    }

    /// <summary>The quotes as the comparison reads them.</summary>
    public static (List<LineInput> Lines, List<QuoteInput> Quotes, Comparison Comparison) Compare(DemoStory story, Rfq rfq, List<Quote> quotes, DateTimeOffset at)
    {
        // By the rate of the day, which new steps of thirty days change; what was proposed lately, by today's, as the page reckons that shows it.
        var ago = (story.Now - at).TotalDays;
        var steps = ago < 3 ? 0 : (int)Math.Ceiling(ago / 30);
        var lines = rfq.Lines.Select(l => new LineInput(l.Id, l.Quantity, l.TargetPrice, l.TargetPrice * 1.03m, l.TargetPrice * 1.02m)).ToList();
        var inputs = quotes.ConvertAll(q => new QuoteInput(
            q.Id, q.SupplierId, 1 / Rate(q.Currency, steps), q.FreightCost + q.OtherCost, false,
            [.. q.Lines.Select(o => new OfferInput(
                o.Id, o.RfqLineId, rfq.Lines.Single(l => l.Id == o.RfqLineId).Quantity, o.UnitPrice, [.. o.Breaks.Select(b => (b.MinimumQuantity, b.UnitPrice))], o.Moq, o.OrderMultiple,
                o.LeadTimeDays, o.Outcome == QuoteLineOutcome.Alternate ? o.Alternate : null, o.NoQuoteReason?.ToString(), null))]));
        return (lines, inputs, Comparison.Of(lines, inputs));
    }

    public static Order OrderOf(DemoStory story, Rfq rfq, Quote quote, AwardDecision decision, Supplier supplier, Person buyer, DateTimeOffset at, string place)
    {
        var lines = decision.Awards.Where(a => quote.Lines.Any(l => l.Id == a.QuoteLineId)).Select(a =>
        {
            var line = rfq.Lines.Single(l => l.Id == a.RfqLineId);
            var part = story.Parts.Single(p => p.Part.Id == line.PartId);
            return new OrderLineDraft(
                null, part.Part.Id, part.Part.Number, "", line.Description, a.OrderQuantity, part.Part.UnitId, part.Kind.Unit, a.UnitPrice, line.NeedBy,
                DemoTrade.Day(at).AddDays(quote.LeadTimeDays ?? 21), line.Id);
        }).ToList();
        return Order.FromAward(
            story.Number("PO", at), supplier.Id, quote.Currency, buyer.Id, rfq.Id, quote.Id, new(quote.PaymentTerms, quote.Incoterm, place, quote.FreightCost + quote.OtherCost), lines,
            decision.ApprovedBy ?? buyer.Id, at);
    }

    private static decimal Rate(string currency, int steps) => DemoCatalog.Rates.FirstOrDefault(r => r.Currency == currency).Rate is var rate and not 0 ? DemoCatalog.Drifted(currency, rate, steps) : 1;
}
