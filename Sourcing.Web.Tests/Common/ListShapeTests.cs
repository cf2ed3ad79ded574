using Sourcing.Data;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Common;

public sealed class ListShapeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ListShape<Row> Shape = new ListShape<Row>("messages", "Messages", r => r.Id)
        .Add(r => r.Recipient, "To", FieldKind.Text)
        .Add(r => r.Status, "Status", FieldKind.Choice)
        .Add(r => r.SentAt, "Sent", FieldKind.Moment)
        .Add(r => r.Attempts, "Attempts", FieldKind.Number)
        .OrderedBy("recipient");

    public sealed record Row
    {
        public Guid Id { get; init; }
        public string Recipient { get; init; } = "";
        public OutboxStatus Status { get; init; }
        public DateTimeOffset? SentAt { get; init; }
        public int Attempts { get; init; }
    }

    private static IQueryable<Row> Rows(SourcingDb db) => db.OutboxMessages
        .Select(m => new Row { Id = m.Id, Recipient = m.Recipient, Status = m.Status, SentAt = m.SentAt, Attempts = m.Attempts });

    [Theory]
    [InlineData("recipient", false)]
    [InlineData("recipient", true)]
    [InlineData("status", false)]
    [InlineData("status", true)]
    [InlineData("sentAt", false)]
    [InlineData("sentAt", true)]
    [InlineData("attempts", false)]
    public async Task Paging_forward_and_back_shows_every_row_once_in_order(string sort, bool descending)
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await FillAsync(scope);
        var request = new ListRequest { Sort = sort, Descending = descending, Size = 7 };
        var whole = await PageAsync(scope, request with { Size = 200 });
        var seen = new List<Guid>();
        Page<Row> page;
        Page<Row>? last = null;
        do
        {
            page = await PageAsync(scope, request);
            seen.AddRange(page.Rows.Select(r => r.Id));
            last = page;
            request = request with { After = page.Next };
        }
        while (page.Next is not null);

        Assert.Equal(whole.Rows.Select(r => r.Id), seen);
        Assert.Equal(whole.Count, seen.Count);

        var back = new List<Guid>(last.Rows.Select(r => r.Id));
        while (last.Previous is not null)
        {
            last = await PageAsync(scope, request with { After = null, Before = last.Previous });
            back.InsertRange(0, last.Rows.Select(r => r.Id));
        }

        Assert.Equal(seen, back);
    }

    [Fact]
    public async Task Filters_narrow_and_a_wrong_one_is_refused_by_name()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await FillAsync(scope);
        var failed = await PageAsync(scope, new ListRequest().With("status", "failed").With("attempts", "2.."));
        Assert.NotEmpty(failed.Rows);
        Assert.All(failed.Rows, r => Assert.True(r is { Status: OutboxStatus.Failed, Attempts: >= 2 }));
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => PageAsync(scope, new ListRequest().With("status", "lost")));
        Assert.Contains("Status has no value \"lost\"", refusal.Message, StringComparison.Ordinal);
        refusal = await Assert.ThrowsAsync<RefusedException>(() => PageAsync(scope, new ListRequest().With("sentAt", "2026-02-30..")));
        Assert.Contains("is not a date", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => PageAsync(scope, new ListRequest { After = "garbage!" }));
    }

    [Fact]
    public async Task A_page_of_any_number_costs_the_same_few_statements()
    {
        await using var scope = await database.AsAsync(Role.Buyer);
        await FillAsync(scope);
        var first = await PageAsync(scope, new ListRequest { Size = 5 });
        database.Queries.Reset();
        await PageAsync(scope, new ListRequest { Size = 5, After = first.Next });
        Assert.Equal(2, database.Queries.Count);
    }

    private static Task<Page<Row>> PageAsync(TestScope scope, ListRequest request) =>
        scope.Get<Database>().ReadAsync((db, ct) => Shape.PageAsync(Rows(db), request, ct), TestContext.Current.CancellationToken);

    private async Task FillAsync(TestScope scope)
    {
        if (await database.ScalarAsync<long>("select count(*) from outbox_messages") > 0)
        {
            return;
        }

        await scope.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                for (var i = 0; i < 40; i++)
                {
                    db.Add(new OutboxMessage($"person{i % 13}@example.test", "Subject", "Text"));
                }

                await db.SaveChangesAsync(ct);
            },
            TestContext.Current.CancellationToken);
        await database.SqlAsync("update outbox_messages set attempts = ('x' || substr(md5(id::text), 1, 4))::bit(16)::int % 4");
        await database.SqlAsync("update outbox_messages set status = 'failed' where attempts > 1");
        await database.SqlAsync("update outbox_messages set sent_at = now() - attempts * interval '1 hour', status = 'sent' where attempts = 1");
    }
}
