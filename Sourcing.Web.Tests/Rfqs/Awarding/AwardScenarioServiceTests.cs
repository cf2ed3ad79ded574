using Sourcing.Data.Common;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Rfqs.Awarding;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs.Awarding;

public sealed class AwardScenarioServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scenario_is_worked_out_saved_and_awarded_as_it_stands()
    {
        var rfq = await QuotedAsync();
        await using var buyer = await database.AsAsync(Role.Buyer);
        var id = await buyer.Get<AwardScenarioService>().SaveAsync(Form(rfq, new() { MostSuppliers = 1 }) with { Name = " One for all " }, _ct);
        var board = await buyer.Get<AwardScenarioQueries>().ForAsync(rfq.Id, _ct);
        var saved = Assert.Single(board.Scenarios);
        // 100 and 200 kg at 3.10 and 50 of freight.
        Assert.Equal(("One for all", 980m, false, true), (saved.Name, saved.Result.Solution.Landed, saved.Stale, saved.Result.Solution.Proven));
        var decision = await buyer.Get<AwardService>().AwardAsync(AwardForm(board.View, saved, SavingsBaseline.FirstRound), _ct);
        Assert.Equal(id, await database.ScalarAsync<Guid>("select scenario_id from award_decisions where id = $1 and scenario = 'saved' and total = 980", decision));
        Assert.True(Assert.Single((await buyer.Get<AwardScenarioQueries>().ForAsync(rfq.Id, _ct)).Scenarios).Awarded);
        // What an award was made by stays, and nothing new is worked out.
        var kept = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AwardScenarioService>().DeleteAsync(new() { Id = id, Version = saved.Version }, _ct));
        Assert.Contains("stays with the award's record", kept.Message, StringComparison.Ordinal);
        var late = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AwardScenarioService>().SaveAsync(Form(rfq, new()), _ct));
        Assert.Contains("awarded", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choices_that_are_not_the_scenarios_are_refused()
    {
        var rfq = await QuotedAsync();
        await using var buyer = await database.AsAsync(Role.Buyer);
        await buyer.Get<AwardScenarioService>().SaveAsync(Form(rfq, new()), _ct);
        var board = await buyer.Get<AwardScenarioQueries>().ForAsync(rfq.Id, _ct);
        var form = AwardForm(board.View, board.Scenarios[0], SavingsBaseline.Target);
        form.Choices.RemoveAt(0);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AwardService>().AwardAsync(form, _ct));
        Assert.Contains("Quotes or choices changed since the scenario", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quote_that_goes_makes_the_scenario_stale_until_it_is_worked_out_again()
    {
        var rfq = await QuotedAsync();
        await using var buyer = await database.AsAsync(Role.Buyer);
        var id = await buyer.Get<AwardScenarioService>().SaveAsync(Form(rfq, new()), _ct);
        await database.SqlAsync("update quotes set status = 'withdrawn', withdrawn_at = now() where rfq_id = $1 and supplier_id = $2", rfq.Id, rfq.Suppliers[1]);
        var board = await buyer.Get<AwardScenarioQueries>().ForAsync(rfq.Id, _ct);
        Assert.True(board.Scenarios[0].Stale);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AwardService>().AwardAsync(AwardForm(board.View, board.Scenarios[0], SavingsBaseline.Target), _ct));
        Assert.Contains("Work it out again", refusal.Message, StringComparison.Ordinal);
        await buyer.Get<AwardScenarioService>().WorkOutAgainAsync(new() { Id = id, Version = board.Scenarios[0].Version }, _ct);
        board = await buyer.Get<AwardScenarioQueries>().ForAsync(rfq.Id, _ct);
        Assert.False(board.Scenarios[0].Stale);
        // Without the second: 100 kg at 2.90, 200 at 3.50 and twice the freight are 1,090; all at 3.50 with one freight 1,100.
        Assert.Equal(1090m, board.Scenarios[0].Result.Solution.Landed);
    }

    [Fact]
    public async Task Flip_prices_say_what_a_losing_offer_would_have_to_ask()
    {
        var rfq = await QuotedAsync();
        await using var buyer = await database.AsAsync(Role.Buyer);
        var id = await buyer.Get<AwardScenarioService>().SaveAsync(Form(rfq, new() { FreightAndOther = false }), _ct);
        var flips = await buyer.Get<AwardScenarioQueries>().FlipsAsync(id, null, _ct);
        // The second line is won at 3.10 for 200 kg: a cent less than 620 is 3.0999 a kg.
        var first = flips.Single(f => f.LineId == rfq.Lines[1]);
        Assert.Equal((3.50m, 3.0999m), (first.Present, first.Price!.Value));
    }

    [Fact]
    public async Task Names_are_unique_in_a_round_and_an_own_name_is_needed()
    {
        var rfq = await QuotedAsync();
        await using var buyer = await database.AsAsync(Role.Buyer);
        await buyer.Get<AwardScenarioService>().SaveAsync(Form(rfq, new()), _ct);
        var twice = await Assert.ThrowsAnyAsync<RefusedException>(() => buyer.Get<AwardScenarioService>().SaveAsync(Form(rfq, new()), _ct));
        Assert.Contains("a scenario of this name already", twice.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AwardScenarioService>().SaveAsync(Form(rfq, new()) with { Name = " " }, _ct));
        var crossed = Form(rfq, new()) with { Name = "Crossed" };
        crossed.Limits.Add(new() { SupplierId = rfq.Suppliers[0], LeastPercent = 60, LargestPercent = 40 });
        var limits = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AwardScenarioService>().SaveAsync(crossed, _ct));
        Assert.Contains("above the largest", limits.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_record_tells_who_was_asked_what_came_what_was_compared_and_what_was_decided()
    {
        var rfq = await QuotedAsync();
        await using var buyer = await database.AsAsync(Role.Buyer);
        await buyer.Get<AwardScenarioService>().SaveAsync(Form(rfq, new()), _ct);
        var board = await buyer.Get<AwardScenarioQueries>().ForAsync(rfq.Id, _ct);
        await buyer.Get<AwardService>().AwardAsync(AwardForm(board.View, board.Scenarios[0], SavingsBaseline.FirstRound) with { Justification = "Lowest in all." }, _ct);
        var record = await buyer.Get<AwardRecordQueries>().ForAsync(rfq.Id, _ct);
        Assert.Equal((3, 3, 1, 1), (record.Asked.Count, record.Received.Count, record.Scenarios.Count, record.Orders.Count));
        var decision = Assert.Single(record.Decisions);
        Assert.Equal(("Usual", "Lowest in all.", buyer.User.Identity.Name), (decision.ScenarioName, decision.Justification, decision.DecidedBy));
        // First round: 2.90 and 3.10 are the lowest. Everything at 3.10: 100 kg 0.20 above, the rest equal.
        Assert.Equal(-20m, decision.Savings);
        Assert.Equal([(10, 3.10m, 2.90m), (20, 3.10m, 3.10m)], decision.Lines.Select(l => (l.LineNo, l.ComparedPrice, l.BaselinePrice!.Value)));
    }

    [Theory]
    [InlineData("30 days net", 30)]
    [InlineData("2/10 net 30", 30)]
    [InlineData("30 % in advance, 70 % after 45 days", 45)]
    [InlineData("Payment in advance", 0)]
    [InlineData("as agreed", null)]
    public void Days_until_payment_are_read_from_terms(string terms, int? expected) => Assert.Equal(expected, AwardProblems.PaymentDays(terms));

    [Theory]
    [InlineData(Role.Planner)]
    [InlineData(Role.ReadOnly)]
    [InlineData(Role.SalesRep)]
    [InlineData(Role.Supplier)]
    public async Task Only_those_who_may_award_save_and_only_those_who_may_read_look(Role role)
    {
        await using var scope = await database.AsAsync(role == Role.Supplier ? Guid.CreateVersion7() : null, role);
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<AwardScenarioService>().SaveAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<AwardScenarioService>().WorkOutAgainAsync(new(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<AwardScenarioService>().DeleteAsync(new(), _ct));
        if (role is Role.SalesRep or Role.Supplier)
        {
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<AwardScenarioQueries>().ForAsync(Guid.CreateVersion7(), _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<AwardScenarioQueries>().FlipsAsync(Guid.CreateVersion7(), null, _ct));
            await Assert.ThrowsAsync<DeniedException>(() => scope.Get<AwardRecordQueries>().ForAsync(Guid.CreateVersion7(), _ct));
        }
    }

    internal static ScenarioForm Form(MadeRfq rfq, AwardRules rules) => ScenarioForm.Of(rfq.Id, rules) with { Name = "Usual" };

    private static AwardForm AwardForm(ComparisonView view, ScenarioView scenario, SavingsBaseline baseline) => new()
    {
        Id = view.RfqId, Version = view.Version, Scenario = AwardScenarioKind.Saved, ScenarioId = scenario.Id, Baseline = baseline,
        Choices = [.. scenario.Chosen(view).Select(c => new AwardFormLine { RfqLineId = c.Key.Line, QuoteLineId = c.Key.QuoteLine, Quantity = c.Value })],
    };

    // Two lines, 100 and 200 kg: at 3.50 and 3.10 whole, and the first line alone at 2.90; each with 50 of freight.
    private Task<MadeRfq> QuotedAsync() => QuotedAsync(database);

    internal static async Task<MadeRfq> QuotedAsync(TestDatabase database)
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 3, lines: 2);
        await Make.SubmittedQuoteAsync(database, rfq, 0, 3.50m);
        await Make.SubmittedQuoteAsync(database, rfq, 1, 3.10m);
        await Make.SubmittedQuoteAsync(database, rfq, 2, 2.90m, form => (form.Lines[1].Outcome, form.Lines[1].UnitPrice, form.Lines[1].NoQuoteReason) = (QuoteLineOutcome.NoQuote, null, NoQuoteReason.CapacityFull));
        await database.SqlAsync("update rfqs set status = 'evaluating', closed_at = now() where id = $1", rfq.Id);
        return rfq;
    }
}
