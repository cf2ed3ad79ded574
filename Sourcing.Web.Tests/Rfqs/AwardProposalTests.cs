using Sourcing.Data.Rfqs;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class AwardProposalTests
{
    private readonly LineInput[] _lines = [.. Enumerable.Range(0, 3).Select(_ => new LineInput(Guid.CreateVersion7(), 100, 5m, 4.5m, null))];

    [Fact]
    public void Cheapest_per_line_takes_each_line_where_it_costs_least_and_names_lines_that_nobody_offers()
    {
        var first = Quote(50, 4m, 6m, null);
        var second = Quote(20, 5m, 5.5m, null);
        var proposal = AwardProposal.CheapestPerLine(_lines, [first, second], Comparison.Of(_lines, [first, second]));
        Assert.Equal([(_lines[0].LineId, first.QuoteId), (_lines[1].LineId, second.QuoteId)], proposal.Choices.Select(c => (c.RfqLineId, c.QuoteId)));
        Assert.Equal((950m, 70m, 1020m), (proposal.Goods, proposal.Extra, proposal.Landed));
        Assert.Equal([_lines[2].LineId], proposal.OpenLines);
    }

    [Fact]
    public void One_supplier_is_whoever_offers_most_and_then_costs_least_with_freight()
    {
        var cheapButShort = Quote(0, 1m, null, null);
        var freight = Quote(500, 4m, 4m, 4m);
        var plain = Quote(0, 5m, 5m, 5m);
        QuoteInput[] quotes = [cheapButShort, freight, plain];
        var proposal = AwardProposal.OneSupplier(_lines, quotes, Comparison.Of(_lines, quotes))!;
        Assert.Equal([plain.QuoteId], proposal.Quotes);
        Assert.Equal(1500m, proposal.Landed);
        Assert.Empty(proposal.OpenLines);
    }

    [Fact]
    public void Nothing_offered_is_no_proposal()
    {
        var silent = Quote(0, null, null, null);
        var comparison = Comparison.Of(_lines, [silent]);
        Assert.Null(AwardProposal.OneSupplier(_lines, [silent], comparison));
        Assert.Empty(AwardProposal.CheapestPerLine(_lines, [silent], comparison).Choices);
    }

    [Theory]
    [InlineData(0, AwardScenarioKind.CheapestPerLine)] // 1200 against 1250
    [InlineData(60, AwardScenarioKind.OneSupplier)] // 1260 against 1250: a second freight outweighs the lower price
    public void The_choice_begins_with_what_costs_least_landed(decimal freight, AwardScenarioKind expected)
    {
        QuoteInput[] quotes = [Quote(0, 4m, 4m, 4.5m), Quote(freight, 4.5m, 4.5m, 4m)];
        var comparison = Comparison.Of(_lines, quotes);
        Assert.Equal(expected, AwardProposal.Best(AwardProposal.CheapestPerLine(_lines, quotes, comparison), AwardProposal.OneSupplier(_lines, quotes, comparison)).Kind);
    }

    [Fact]
    public void One_supplier_that_leaves_a_line_open_is_not_begun_with()
    {
        QuoteInput[] quotes = [Quote(0, 4m, 4m, null), Quote(500, null, null, 4m)];
        var comparison = Comparison.Of(_lines, quotes);
        Assert.Equal(AwardScenarioKind.CheapestPerLine, AwardProposal.Best(AwardProposal.CheapestPerLine(_lines, quotes, comparison), AwardProposal.OneSupplier(_lines, quotes, comparison)).Kind);
    }

    [Fact]
    public void Savings_count_only_lines_with_a_baseline_and_may_be_negative()
    {
        Assert.Equal(40m, AwardProposal.Savings([(100, 4.6m, 5m), (10, 7m, null)]));
        Assert.Equal(-50m, AwardProposal.Savings([(100, 5.5m, 5m)]));
        Assert.Null(AwardProposal.Savings([(100, 5.5m, null)]));
        Assert.Equal(4.5m, AwardProposal.BaselinePrice(_lines[0], SavingsBaseline.LastPaid));
    }

    private QuoteInput Quote(decimal extra, params decimal?[] prices) => new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), 1, extra, false,
        [.. prices.Select((p, i) => new OfferInput(Guid.CreateVersion7(), _lines[i].LineId, 100, p, [], null, null, 10, null, p is null ? "not in range" : null, null))]);
}
