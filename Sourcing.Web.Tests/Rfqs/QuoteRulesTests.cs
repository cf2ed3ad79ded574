using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class QuoteRulesTests
{
    private static readonly DateOnly Deadline = new(2026, 12, 4);
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly AskedLine[] Asked =
    [
        new(Guid.CreateVersion7(), 10, "Y-10", "Yarn 10", 100, "kg", ["kg", "t"], null, [], ""),
        new(Guid.CreateVersion7(), 20, "Y-20", "Yarn 20", 200, "kg", ["kg", "t"], null, [], ""),
    ];

    [Fact]
    public void A_complete_offer_is_accepted() => Assert.Empty(Check(Complete()));

    [Theory]
    [InlineData("")]
    [InlineData("EURO")]
    [InlineData("eur")]
    [InlineData("XXX")]
    public void A_currency_has_to_be_one_of_ISO_4217(string currency) => Refused(c => c.Currency = currency, "Currency");

    [Fact]
    public void An_offer_is_valid_at_least_until_the_deadline()
    {
        Refused(c => c.ValidUntil = null, "ValidUntil");
        Refused(c => c.ValidUntil = Deadline.AddDays(-1), "ValidUntil");
        Accepted(c => c.ValidUntil = Deadline);
    }

    [Fact]
    public void A_price_is_above_zero_with_four_decimals_at_most()
    {
        Refused(c => c.Lines[1].UnitPrice = null, "Lines[1].UnitPrice");
        Refused(c => c.Lines[1].UnitPrice = 0, "Lines[1].UnitPrice");
        Refused(c => c.Lines[1].UnitPrice = -1, "Lines[1].UnitPrice");
        Refused(c => c.Lines[1].UnitPrice = 1.00001m, "Lines[1].UnitPrice");
        Refused(c => c.Lines[1].UnitPrice = 10_000_001, "Lines[1].UnitPrice");
        Accepted(c => c.Lines[1].UnitPrice = 1.2345m);
    }

    [Fact]
    public void A_line_is_named_by_its_number_and_says_how_to_mend_it()
    {
        var content = Complete();
        content.Lines[1].UnitPrice = null;
        Assert.Equal("Line 20: the price is missing. Type it, or choose no quote.", Assert.Single(Check(content)).Message);
    }

    [Fact]
    public void No_quote_needs_a_reason_and_another_reason_needs_words()
    {
        Refused(c => c.Lines[0].Outcome = QuoteLineOutcome.NoQuote, "Lines[0].NoQuoteReason");
        Refused(c => (c.Lines[0].Outcome, c.Lines[0].NoQuoteReason) = (QuoteLineOutcome.NoQuote, NoQuoteReason.Other), "Lines[0].Notes");
        Accepted(c => (c.Lines[0].Outcome, c.Lines[0].NoQuoteReason) = (QuoteLineOutcome.NoQuote, NoQuoteReason.CapacityFull));
    }

    [Fact]
    public void An_alternate_says_what_it_is() => Refused(c => c.Lines[0].Outcome = QuoteLineOutcome.Alternate, "Lines[0].Alternate");

    [Fact]
    public void Nothing_but_no_quotes_is_a_decline() => Refused(
        c => c.Lines.ForEach(l => (l.Outcome, l.NoQuoteReason) = (QuoteLineOutcome.NoQuote, NoQuoteReason.CapacityFull)), "Lines");

    [Fact]
    public void A_unit_has_to_convert_to_the_one_asked_for()
    {
        Refused(c => c.Lines[0].Unit = "m", "Lines[0].Unit");
        Accepted(c => (c.Lines[0].Unit, c.Lines[0].Quantity) = ("t", 0.1m));
    }

    [Fact]
    public void A_lead_time_stands_at_the_line_or_above()
    {
        Refused(c => c.LeadTimeDays = null, "LeadTimeDays");
        Refused(c => (c.LeadTimeDays, c.Lines[0].LeadTimeDays) = (null, 5), "Lines[1].LeadTimeDays");
        Accepted(c => (c.LeadTimeDays, c.Lines[0].LeadTimeDays, c.Lines[1].Outcome, c.Lines[1].NoQuoteReason) = (null, 5, QuoteLineOutcome.NoQuote, NoQuoteReason.CapacityFull));
        Refused(c => c.Lines[1].LeadTimeDays = -1, "Lines[1].LeadTimeDays");
        Refused(c => c.LeadTimeDays = 3651, "LeadTimeDays");
        Accepted(c =>
        {
            c.LeadTimeDays = null;
            c.Lines.ForEach(l => l.LeadTimeDays = 0);
        });
    }

    [Fact]
    public void Price_breaks_go_strictly_up()
    {
        Refused(c => c.Lines[0].Breaks = [Break(500, 3), Break(500, 2)], "Lines[0].Breaks[1].MinimumQuantity");
        Refused(c => c.Lines[0].Breaks = [Break(500, 3), Break(400, 2)], "Lines[0].Breaks[1].MinimumQuantity");
        Refused(c => c.Lines[0].Breaks = [Break(null, 3), Break(400, null)], "Lines[0].Breaks[0].MinimumQuantity", "Lines[0].Breaks[1].UnitPrice");
        Accepted(c => c.Lines[0].Breaks = [Break(500, 3), Break(600, 2)]);
    }

    [Fact]
    public void A_break_that_costs_more_is_allowed_and_warned_of()
    {
        var content = Complete();
        content.Lines[0].Breaks = [Break(500, 2), Break(600, 2.5m)];
        Assert.Empty(Check(content));
        Assert.Equal("Lines[0].Breaks[1].UnitPrice", Assert.Single(QuoteRules.Warnings(content.Lines[0], Asked[0], "Lines[0].")).Field);
    }

    [Fact]
    public void A_minimum_above_what_is_asked_is_warned_of()
    {
        var content = Complete();
        content.Lines[0].Moq = 250;
        Assert.Empty(Check(content));
        Assert.Equal("250 kg would have to be ordered: 150 more than offered for.", Assert.Single(QuoteRules.Warnings(content.Lines[0], Asked[0], "")).Message);
    }

    [Fact]
    public void Minimum_multiple_freight_and_other_costs_are_in_range()
    {
        Refused(c => c.Lines[0].Moq = 0, "Lines[0].Moq");
        Refused(c => c.Lines[0].OrderMultiple = -5, "Lines[0].OrderMultiple");
        Refused(c => c.FreightCost = -0.01m, "FreightCost");
        Refused(c => c.OtherCost = 1.005m, "OtherCost");
        Refused(c => c.Lines[0].Quantity = 2_000_000_000, "Lines[0].Quantity");
    }

    [Fact]
    public void Every_line_of_the_RFQ_is_answered_once()
    {
        Refused(c => c.Lines.RemoveAt(1), "Lines");
        Refused(c => c.Lines.Add(c.Lines[0]), "Lines");
        Refused(c => c.Lines[0].RfqLineId = Guid.CreateVersion7(), "Lines[0]", "Lines");
    }

    [Fact]
    public void A_total_beyond_reason_is_refused() => Refused(c => (c.Lines[0].UnitPrice, c.Lines[0].Quantity) = (10_000_000, 1_000_000_000), "Lines");

    [Fact]
    public void Differences_name_line_and_field_and_can_be_taken_over_one_by_one()
    {
        var (mine, theirs) = (Complete(), Complete());
        mine.Lines[1].UnitPrice = 9;
        theirs.Notes = "Packed on cones";
        theirs.Lines[0].Breaks = [Break(500, 3)];
        var differences = QuoteDifferences.Of(mine, theirs);
        Assert.Equal(["Notes", "Breaks", "UnitPrice"], differences.Select(d => d.Field));
        QuoteDifferences.Take(mine, theirs, differences[1]);
        Assert.Equal(3, Assert.Single(mine.Lines[0].Breaks).UnitPrice);
        Assert.NotSame(theirs.Lines[0].Breaks[0], mine.Lines[0].Breaks[0]);
        Assert.Equal(["Notes", "UnitPrice"], QuoteDifferences.Of(mine, theirs).Select(d => d.Field));
    }

    private static QuoteContent Complete() => new()
    {
        Currency = "EUR", ValidUntil = Deadline.AddDays(30), LeadTimeDays = 21,
        Lines = [.. Asked.Select(a => new QuoteLineContent { RfqLineId = a.Id, UnitPrice = 3.5m, Quantity = a.Quantity, Unit = a.Unit })],
    };

    private static QuoteBreakContent Break(decimal? quantity, decimal? price) => new() { MinimumQuantity = quantity, UnitPrice = price };

    private static IReadOnlyList<FieldError> Check(QuoteContent content) => QuoteRules.Check(content, Asked, Deadline, Today);

    private static void Accepted(Action<QuoteContent> change)
    {
        var content = Complete();
        change(content);
        Assert.Empty(Check(content));
    }

    private static void Refused(Action<QuoteContent> change, params string[] fields)
    {
        var content = Complete();
        change(content);
        Assert.Equal(fields, Check(content).Select(e => e.Field));
    }
}
