using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

public sealed class RfqBoardTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_card_stands_in_the_lane_of_its_state_with_its_counts_and_its_buyer()
    {
        var made = await Make.OpenRfqAsync(database, suppliers: 3, lines: 2);
        await using var scope = await database.AsAsync(Role.ReadOnly);
        await database.SqlAsync("update rfq_invitations set status = 'declined', decline_reason = 'no_capacity' where rfq_id = $1 and supplier_id = $2", made.Id, made.Suppliers[0]);
        var (lane, card) = await CardAsync(scope, made);
        Assert.Equal(RfqStatus.Open, lane.Status);
        Assert.Equal((3, 0, 1, made.Buyer.Name), (card.Invited, card.Quoted, card.Declined, card.Buyer));
        Assert.Equal((CardFigure.Best, null), (card.Figure, card.Amount));
    }

    [Fact]
    public async Task Where_no_quote_prices_every_line_the_best_among_those_that_price_most_stands_and_says_for_how_many()
    {
        var made = await Make.OpenRfqAsync(database, suppliers: 3, lines: 3);
        // 100, 200 and 300 kg: two price the first two lines, one the first alone for much less.
        static Action<QuoteForm> Without(params int[] lines) => form => lines.ToList().ForEach(i =>
            (form.Lines[i].Outcome, form.Lines[i].UnitPrice, form.Lines[i].NoQuoteReason, form.FreightCost) = (QuoteLineOutcome.NoQuote, null, NoQuoteReason.CapacityFull, 0));
        await Make.SubmittedQuoteAsync(database, made, 0, 4, Without(2));
        await Make.SubmittedQuoteAsync(database, made, 1, 3, Without(2));
        await Make.SubmittedQuoteAsync(database, made, 2, 1, Without(1, 2));
        await using var scope = await database.AsAsync(Role.ReadOnly);
        var (lane, card) = await CardAsync(scope, made);
        Assert.Equal((CardFigure.Best, 900m, 2, 3, false), (card.Figure, card.Amount, card.AmountLines, card.Lines, card.IsWhole));
        Assert.Equal((0m, true), (lane.Sum, lane.SumIsPartial));
    }

    [Fact]
    public async Task A_draft_shows_its_target_when_every_line_has_one()
    {
        var made = await Make.DraftRfqAsync(database, lines: 2);
        await using var scope = await database.AsAsync(Role.ReadOnly);
        var (_, card) = await CardAsync(scope, made);
        Assert.Equal((CardFigure.Target, (100 * 1.5m) + (200 * 2.5m)), (card.Figure, card.Amount));
        await database.SqlAsync("update rfq_lines set target_price = null where id = $1", made.Lines[0]);
        (_, card) = await CardAsync(scope, made);
        Assert.Equal(CardFigure.None, card.Figure);
    }

    [Fact]
    public async Task The_board_costs_the_same_number_of_statements_whatever_it_shows()
    {
        await using var scope = await database.AsAsync(Role.ReadOnly);
        var buyer = await database.UserAsync(null, [Role.Buyer]);
        await Make.OpenRfqAsync(database, buyer: buyer);
        var few = await CountAsync(scope, new(buyer.Id));
        for (var i = 0; i < 5; i++)
        {
            await Make.OpenRfqAsync(database, buyer: buyer);
            await Make.ClosedRfqAsync(database, buyer: buyer);
        }

        Assert.Equal(few, await CountAsync(scope, new(buyer.Id)));
        Assert.InRange(few, 1, 8);
    }

    [Fact]
    public async Task Buyer_category_and_deadline_narrow_the_board()
    {
        var buyer = await database.UserAsync(null, [Role.Buyer]);
        var (soon, later) = (await Make.OpenRfqAsync(database, buyer: buyer, open: TimeSpan.FromHours(5)), await Make.OpenRfqAsync(database, buyer: buyer, open: TimeSpan.FromDays(20)));
        await using var scope = await database.AsAsync(Role.ReadOnly);
        Assert.Equal([soon.Id, later.Id], await IdsAsync(scope, new(buyer.Id)));
        Assert.Equal([soon.Id], await IdsAsync(scope, new(buyer.Id, Deadline: DeadlineFilter.Within48Hours)));
        Assert.Equal([soon.Id, later.Id], await IdsAsync(scope, new(buyer.Id, Deadline: DeadlineFilter.Within30Days)));
        await Make.PassDeadlineAsync(database, soon.Id);
        Assert.Equal([soon.Id], await IdsAsync(scope, new(buyer.Id, Deadline: DeadlineFilter.Passed)));
        Assert.Empty(await IdsAsync(scope, new(buyer.Id, CategoryId: Guid.CreateVersion7())));
    }

    [Theory]
    [InlineData("Örnsköld")]
    [InlineData("ornskold bob")]
    [InlineData("62042rs")]
    [InlineData("6204 2RS")]
    [InlineData("Deep groove")]
    [InlineData("orvane spin")]
    public async Task Words_of_the_title_a_part_and_a_supplier_find_the_RFQ_on_board_and_list(string text)
    {
        var made = await Make.OpenRfqAsync(database, suppliers: 1, lines: 1);
        var unit = await database.ScalarAsync<Guid>("select unit_id from rfq_lines where id = $1", made.Lines[0]);
        var number = $"6204-2RS-{made.Number[^5..]}";
        await using var buyer = database.As(made.Buyer);
        var part = new Part(new(number, "Deep groove ball bearing", PartType.Component, unit));
        await buyer.Get<Database>().WriteAsync(async (db, ct) => { db.Add(part); await db.SaveChangesAsync(ct); }, _ct);
        await database.SqlAsync("update rfq_lines set part_id = $1 where id = $2", part.Id, made.Lines[0]);
        await database.SqlAsync("update rfqs set title = 'Örnsköld bobbins' where id = $1", made.Id);
        await database.SqlAsync("update suppliers set name = 'Orvane Spinning' where id = $1", made.Suppliers[0]);
        await using var scope = await database.AsAsync(Role.ReadOnly);
        Assert.Contains(made.Id, await IdsAsync(scope, new(Text: text)));
        Assert.Contains(made.Id, (await scope.Get<RfqList>().PageAsync(new() { Search = text }, _ct)).Rows.Select(r => r.Id));
    }

    [Theory]
    [InlineData("100%_never'; drop table")]
    [InlineData("& | ! ( ) : *")]
    [InlineData("\\")]
    public async Task Odd_signs_find_nothing_and_break_nothing(string text)
    {
        await Make.OpenRfqAsync(database);
        await using var scope = await database.AsAsync(Role.ReadOnly);
        Assert.Empty(await IdsAsync(scope, new(Text: text)));
    }

    [Fact]
    public async Task The_list_pages_by_deadline_through_those_that_have_none()
    {
        var buyer = await database.UserAsync(null, [Role.Buyer]);
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await Make.DraftRfqAsync(database, suppliers: 0, lines: 1, buyer: buyer)).Id);
        }

        await database.SqlAsync("update rfqs set deadline = null where id = $1", ids[2]);
        await using var scope = await database.AsAsync(Role.ReadOnly);
        var request = new ListRequest { Sort = "deadline", Size = 2 }.With("buyerId", buyer.Id.ToString());
        var seen = new List<Guid>();
        for (string? after = null; ;)
        {
            var page = await scope.Get<RfqList>().PageAsync(request with { After = after }, _ct);
            seen.AddRange(page.Rows.Select(r => r.Id));
            if ((after = page.Next) is null)
            {
                break;
            }
        }

        Assert.Equal(ids[2], seen[0]);
        Assert.Equal(ids.Order(), seen.Order());
    }

    [Theory]
    [InlineData(Role.Supplier)]
    [InlineData(Role.SalesRep)]
    public async Task Nobody_without_the_permission_reads(Role role)
    {
        await using var scope = await database.AsAsync(role == Role.Supplier ? Guid.CreateVersion7() : null, role);
        var queries = scope.Get<RfqQueries>();
        Func<Task>[] reads =
        [
            () => queries.BoardAsync(new(), _ct), () => queries.DetailsAsync(Guid.Empty, _ct), () => queries.LinesAsync(Guid.Empty, _ct), () => queries.InvitationsAsync(Guid.Empty, _ct),
            () => queries.FormAsync(Guid.Empty, _ct), () => queries.BuyersAsync(_ct), () => queries.CurrenciesAsync(_ct), () => scope.Get<RfqList>().PageAsync(new(), _ct),
        ];
        foreach (var read in reads)
        {
            await Assert.ThrowsAsync<DeniedException>(read);
        }
    }

    [Fact]
    public async Task The_page_reads_head_lines_and_suppliers()
    {
        var made = await Make.OpenRfqAsync(database, suppliers: 2, lines: 3);
        await using var scope = await database.AsAsync(Role.Planner);
        var queries = scope.Get<RfqQueries>();
        var head = await queries.DetailsAsync(made.Id, _ct);
        Assert.Equal((made.Number, 3, 2, 0), (head!.Number, head.Lines, head.Invited, head.Quoted));
        Assert.True(head.TakesQuotes);
        Assert.Equal([10, 20, 30], (await queries.LinesAsync(made.Id, _ct)).Select(l => l.LineNo));
        Assert.All(await queries.InvitationsAsync(made.Id, _ct), i => Assert.True(i.LinkWorks));
        Assert.Null(await queries.DetailsAsync(Guid.CreateVersion7(), _ct));
    }

    [Fact]
    public async Task The_editor_opens_a_draft_as_it_was_saved_and_refuses_what_has_gone_out()
    {
        var (draft, open) = (await Make.DraftRfqAsync(database), await Make.OpenRfqAsync(database));
        await using var scope = await database.AsAsync(Role.Buyer);
        var form = await scope.Get<RfqQueries>().FormAsync(draft.Id, _ct);
        Assert.Equal(draft.Lines, form.Lines.Select(l => l.Id!.Value));
        Assert.Equal(draft.Id, await scope.Get<RfqService>().SaveAsync(form, _ct));
        await Assert.ThrowsAsync<RefusedException>(() => scope.Get<RfqQueries>().FormAsync(open.Id, _ct));
    }

    private async Task<(RfqLane Lane, RfqCard Card)> CardAsync(TestScope scope, MadeRfq made)
    {
        var lane = (await scope.Get<RfqQueries>().BoardAsync(new(made.Buyer.Id), _ct)).Lanes.Single(l => l.Cards.Any(c => c.Id == made.Id));
        return (lane, lane.Cards.Single(c => c.Id == made.Id));
    }

    private async Task<List<Guid>> IdsAsync(TestScope scope, BoardFilter filter) =>
        [.. (await scope.Get<RfqQueries>().BoardAsync(filter, _ct)).Lanes.SelectMany(l => l.Cards).Select(c => c.Id)];

    private async Task<int> CountAsync(TestScope scope, BoardFilter filter)
    {
        database.Queries.Reset();
        await scope.Get<RfqQueries>().BoardAsync(filter, _ct);
        return database.Queries.Count;
    }
}
