using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Operations;

/// <summary>What waits for one buyer, and what for all.</summary>
public sealed class TodayTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_buyer_sees_what_waits_for_them_and_everybody_s_on_a_click()
    {
        var world = await Make.OrderWorldAsync(database);
        var near = await Make.OpenRfqAsync(database, suppliers: 2, lines: 1, buyer: world.Buyer, open: TimeSpan.FromDays(3));
        await Make.OpenRfqAsync(database, suppliers: 1, lines: 1, buyer: world.Buyer, open: TimeSpan.FromDays(30));
        await Make.SubmittedQuoteAsync(database, near, 0);
        var closed = await Make.ClosedRfqAsync(database, suppliers: 1, lines: 1, buyer: world.Buyer);
        await using (var supplier = await database.AsAsync(near.Suppliers[1], Role.Supplier))
        {
            await supplier.Get<QuestionService>().AskAsync(new() { RfqId = near.Id, Text = "Which cone?" }, _ct);
        }

        var late = await Make.PlacedOrderAsync(database, world);
        await database.SqlAsync("update order_lines set need_by = current_date - 4, promised_date = current_date - 4 where order_id = $1 and line_no = 10", late.Id);
        await database.SqlAsync("update order_lines set need_by = current_date + 90, promised_date = null where order_id = $1 and line_no > 10", late.Id);
        var approved = await Make.PlacedOrderAsync(database, world, OrderStatus.Approved);
        var other = await Make.ClosedRfqAsync(database, suppliers: 1, lines: 1);

        await using var buyer = database.As(world.Buyer);
        var own = await buyer.Get<TodayQueries>().ForAsync(everybody: false, _ct);
        Assert.Equal((near.Number, 2, 1), Assert.Single(own.Closing.Rows) is var rfq ? (rfq.Number, rfq.Invited, rfq.Answered) : default);
        Assert.Equal([closed.Number], own.ToDecide.Rows.Select(r => r.Number));
        Assert.Equal((near.Number, "Which cone?"), Assert.Single(own.Questions.Rows) is var question ? (question.Rfq, question.Text) : default);
        Assert.Equal([approved.Number], own.ToIssue.Rows.Select(o => o.Number));
        Assert.Equal((late.Number, 4), Assert.Single(own.Late.Rows) is var line ? (line.Order, line.DaysLate) : default);
        Assert.Equal((1, 1, 1, 1, 1), (own.Closing.Count, own.ToDecide.Count, own.Questions.Count, own.ToIssue.Count, own.Late.Count));
        // Both orders are of this month.
        Assert.Equal((12, 2, late.Total + approved.Total), (own.Spend.Count, own.Spend[^1].Orders, own.Spend[^1].Spend));

        var all = await buyer.Get<TodayQueries>().ForAsync(everybody: true, _ct);
        Assert.True(all.ToDecide.Count >= 2);
        await database.SqlAsync("update rfqs set closed_at = '2020-01-01' where id = $1", other.Id);
        Assert.Equal(other.Number, (await buyer.Get<TodayQueries>().ForAsync(everybody: true, _ct)).ToDecide.Rows[0].Number);

        await buyer.Get<QuestionService>().AnswerAsync(new() { Id = (await buyer.Get<QuestionService>().OfRfqAsync(near.Id, _ct))[0].Id, Answer = "Paper.", Scope = AnswerScope.Private, Version = (await buyer.Get<QuestionService>().OfRfqAsync(near.Id, _ct))[0].Version }, _ct);
        Assert.Empty((await buyer.Get<TodayQueries>().ForAsync(everybody: false, _ct)).Questions.Rows);
    }

    [Theory]
    [InlineData(Role.Supplier)]
    [InlineData(Role.SalesRep)]
    [InlineData(Role.ChapterLeader)]
    public async Task Who_may_not_read_RFQs_and_orders_is_refused(Role role)
    {
        await using var scope = await database.AsAsync(role == Role.Supplier ? Guid.CreateVersion7() : null, role);
        await Assert.ThrowsAsync<DeniedException>(() => scope.Get<TodayQueries>().ForAsync(everybody: true, _ct));
    }
}
