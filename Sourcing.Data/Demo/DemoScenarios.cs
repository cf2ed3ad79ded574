using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Rfqs.Awarding;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Demo;

/// <summary>What-ifs of the demo's awards: each RFQ that was looked into has a handful, and one of them couples its lines by a share.</summary>
internal static class DemoScenarios
{
    public static void Add(SourcingDb db, DemoStory story, Rfq rfq, List<Quote> quotes, List<Supplier> suppliers, Person buyer, DateTimeOffset at)
    {
        if (quotes.Count < 2)
        {
            return;
        }

        var problem = Problem(story, rfq, quotes, suppliers, at);
        foreach (var (name, rules) in Usual())
        {
            var scenario = new AwardScenario(rfq.Id, rfq.Round);
            scenario.Take(name, rules, AwardScenarioService.Of(problem, rules), buyer.Id, at);
            db.Add(scenario);
        }
    }

    private static IEnumerable<(string Name, AwardRules Rules)> Usual() =>
    [
        ("Lowest landed cost", new() { BuyUp = true }),
        ("At most two suppliers", new() { MostSuppliers = 2, CostPerSupplier = 120 }),
        ("Incumbents stay", new() { IncumbentThreshold = 0.05m, SwitchingCost = 50, LateCostPerDay = 10 }),
        ("Nobody above 60 %", new() { LargestShare = 0.6m }),
        ("Weighted score", new() { Score = new() }),
    ];

    private static AwardProblem Problem(DemoStory story, Rfq rfq, List<Quote> quotes, List<Supplier> suppliers, DateTimeOffset day)
    {
        var (lines, inputs, comparison) = DemoAward.Compare(story, rfq, quotes, day);
        var today = DemoTrade.Day(quotes.Max(q => q.SubmittedAt)!.Value);
        return new(
            [.. lines.Select((line, at) => new AwardLine(
                line.LineId,
                [.. inputs.SelectMany((quote, place) => quote.Offers.Where(o => o.RfqLineId == line.LineId && comparison.Offer(line.LineId, quote.QuoteId).Standing == OfferStanding.Comparable)
                    .Select(o => new AwardOffer(o.QuoteLineId, place, o.Quantity, o.UnitPrice!.Value, quote.Rate)
                    {
                        Breaks = o.Breaks, Minimum = o.MinimumQuantity, Multiple = o.OrderMultiple, LeadTimeDays = o.LeadTimeDays,
                        DaysLate = rfq.Lines[at].NeedBy is { } need && o.LeadTimeDays is { } days ? Math.Max(0, today.AddDays(days).DayNumber - need.DayNumber) : 0,
                    }))],
                at % quotes.Count))],
            [.. quotes.Select(q => new AwardSupplier(
                q.Id, q.SupplierId, suppliers.Single(s => s.Id == q.SupplierId).Name, comparison.Total(q.Id).Extra, suppliers.Single(s => s.Id == q.SupplierId).ReliabilityScore, null,
                AwardProblems.PaymentDays(q.PaymentTerms)))]);
    }
}
