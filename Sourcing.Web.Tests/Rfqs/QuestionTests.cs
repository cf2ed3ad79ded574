using Bunit;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Portal;
using Sourcing.Web.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

/// <summary>What suppliers ask while they may quote, who reads the answer, and that nobody else learns who asked.</summary>
public sealed class QuestionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_reaches_the_buyer_and_its_answer_to_all_says_nowhere_who_asked()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 3);
        var asker = await database.UserAsync(rfq.Suppliers[0], [Role.Supplier]);
        await AskAsync(asker, rfq, "We at the mill in Ghent: cones or cheeses?");
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from notifications where user_id = $1 and text like '%asks about%' and link = $2", rfq.Buyer.Id, $"/rfqs/{rfq.Id}/questions"));
        await using var buyer = database.As(rfq.Buyer);
        var row = Assert.Single(await buyer.Get<QuestionService>().OfRfqAsync(rfq.Id, _ct));
        Assert.True(row.IsOpen);
        Assert.Equal(1, (await buyer.Get<RfqQueries>().DetailsAsync(rfq.Id, _ct))!.OpenQuestions);
        await database.SqlAsync("update rfq_invitations set status = 'declined', decline_reason = 'no_capacity' where rfq_id = $1 and supplier_id = $2", rfq.Id, rfq.Suppliers[2]);
        await buyer.Get<QuestionService>().AnswerAsync(new() { Id = row.Id, Version = row.Version, Answer = "Cones.", PublicText = "Cones or cheeses?" }, _ct);
        Assert.Equal(0, (await buyer.Get<RfqQueries>().DetailsAsync(rfq.Id, _ct))!.OpenQuestions);

        // All that another supplier gets, by page, table and mail.
        await using var other = await database.AsAsync(rfq.Suppliers[1], Role.Supplier);
        var read = await other.Get<QuestionService>().OwnAsync(rfq.Id, _ct);
        Assert.Empty(read.Own);
        Assert.Equal(("Cones or cheeses?", "Cones."), Assert.Single(read.Public) is var one ? (one.Question, one.Answer) : default);
        await other.Get<Database>().ReadAsync(async (db, ct) =>
        {
            Assert.Empty(await db.RfqQuestions.ToListAsync(ct));
            return true;
        }, _ct);
        var mails = await database.ScalarAsync<string>("select string_agg(body, '|') from outbox_messages where entity_id = $1 and supplier_id = $2 and subject like '%question and its answer'", rfq.Id, rfq.Suppliers[1]);
        Assert.DoesNotContain("Ghent", mails, StringComparison.Ordinal);
        Assert.DoesNotContain($"Supplier 1 of {rfq.Number}", mails, StringComparison.Ordinal);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from outbox_messages where entity_id = $1 and supplier_id = $2 and subject like '%question%'", rfq.Id, rfq.Suppliers[2]));

        await using var own = database.As(asker);
        var mine = await own.Get<QuestionService>().OwnAsync(rfq.Id, _ct);
        Assert.Equal((AnswerScope.Everybody, "Cones."), Assert.Single(mine.Own) is var question ? (question.Scope!.Value, question.Answer) : default);
        Assert.Empty(mine.Public);
    }

    [Fact]
    public async Task A_private_answer_is_read_by_whoever_asked_alone_and_an_answer_is_given_once()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2);
        var asker = await database.UserAsync(rfq.Suppliers[0], [Role.Supplier]);
        await AskAsync(asker, rfq, "May we deliver in two lots?");
        await using var buyer = database.As(rfq.Buyer);
        var service = buyer.Get<QuestionService>();
        var row = Assert.Single(await service.OfRfqAsync(rfq.Id, _ct));
        await service.AnswerAsync(new() { Id = row.Id, Version = row.Version, Answer = "Yes.", Scope = AnswerScope.Private }, _ct);
        await using var other = await database.AsAsync(rfq.Suppliers[1], Role.Supplier);
        Assert.Empty((await other.Get<QuestionService>().OwnAsync(rfq.Id, _ct)).Public);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from outbox_messages where entity_id = $1 and supplier_id = $2", rfq.Id, rfq.Suppliers[1]));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from outbox_messages where entity_id = $1 and supplier_id = $2 and body like '%May we deliver in two lots?%'", rfq.Id, rfq.Suppliers[0]));
        var again = await Assert.ThrowsAsync<RefusedException>(() => service.AnswerAsync(new() { Id = row.Id, Version = row.Version, Answer = "No.", Scope = AnswerScope.Private }, _ct));
        Assert.Contains("has answered this question already", again.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PostgresException>(() => database.SqlAsync("update rfq_questions set answer = 'No.' where id = $1", row.Id));
    }

    [Fact]
    public async Task After_the_deadline_and_while_it_is_held_nothing_is_asked_and_the_database_says_so_too()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var asker = await database.UserAsync(rfq.Suppliers[0], [Role.Supplier]);
        await database.SqlAsync("update rfqs set status = 'paused', paused_at = now(), pause_reason = 'Drawing' where id = $1", rfq.Id);
        Assert.Contains("is paused", (await Assert.ThrowsAsync<RefusedException>(() => AskAsync(asker, rfq, "Now?"))).Message, StringComparison.Ordinal);
        await database.SqlAsync("update rfqs set status = 'open', paused_at = null, pause_reason = null where id = $1", rfq.Id);
        await Make.PassDeadlineAsync(database, rfq.Id);
        Assert.Contains("until its deadline", (await Assert.ThrowsAsync<RefusedException>(() => AskAsync(asker, rfq, "Still?"))).Message, StringComparison.Ordinal);
        await using var scope = database.As(asker);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scope.Get<Database>().WriteAsync(async (db, ct) =>
        {
            db.Add(new RfqQuestion(rfq.Id, rfq.Suppliers[0], 1, "By hand", "x"));
            await db.SaveChangesAsync(ct);
        }, _ct));
        Assert.Contains("could be asked until its deadline", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from rfq_questions where rfq_id = $1", rfq.Id));
    }

    [Fact]
    public async Task A_supplier_asks_in_no_other_name_answers_nothing_and_reads_nothing_of_RFQs_without_it()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2);
        var stranger = await database.UserAsync((await Make.OpenRfqAsync(database, suppliers: 1)).Suppliers[0], [Role.Supplier]);
        await Assert.ThrowsAsync<MissingException>(() => AskAsync(stranger, rfq, "What do you buy?"));
        await using var scope = database.As(stranger);
        await Assert.ThrowsAsync<MissingException>(() => scope.Get<QuestionService>().OwnAsync(rfq.Id, _ct));
        var asker = await database.UserAsync(rfq.Suppliers[0], [Role.Supplier]);
        await AskAsync(asker, rfq, "Pallets?");
        await using var own = database.As(asker);
        foreach (var sql in new[]
        {
            "update rfq_questions set answer = 'Yes'", "delete from rfq_questions",
            $"insert into rfq_questions (id, rfq_id, supplier_id, round, text, by_name, answered_by_name) values (gen_random_uuid(), '{rfq.Id}', '{rfq.Suppliers[1]}', 1, 'In their name', '', '')",
            $"insert into rfq_questions (id, rfq_id, supplier_id, round, text, by_name, answered_by_name, answer, answered_at, scope) values (gen_random_uuid(), '{rfq.Id}', '{rfq.Suppliers[0]}', 1, 'x', '', '', 'Own answer', now(), 'private')",
        })
        {
            var fault = await Assert.ThrowsAnyAsync<Exception>(() => own.Get<Database>().WriteAsync((db, ct) => db.Database.ExecuteSqlRawAsync(sql, ct), _ct));
            Assert.Contains("42501", fault.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Role.Planner)]
    [InlineData(Role.ReadOnly)]
    [InlineData(Role.SalesRep)]
    [InlineData(Role.Supplier)]
    public async Task Only_a_buyer_answers_and_only_a_supplier_asks(Role role)
    {
        await using var scope = await database.AsAsync(role == Role.Supplier ? Guid.CreateVersion7() : null, role);
        var service = scope.Get<QuestionService>();
        await Assert.ThrowsAsync<DeniedException>(() => service.AnswerAsync(new() { Id = Guid.CreateVersion7(), Answer = "Yes" }, _ct));
        if (role != Role.Supplier)
        {
            await Assert.ThrowsAsync<DeniedException>(() => service.AskAsync(new() { Text = "Why?" }, _ct));
            await Assert.ThrowsAsync<DeniedException>(() => service.OwnAsync(Guid.CreateVersion7(), _ct));
        }
        else
        {
            await Assert.ThrowsAsync<DeniedException>(() => service.OfRfqAsync(Guid.CreateVersion7(), _ct));
        }
    }

    [Fact]
    public async Task A_double_click_asks_once_and_a_supplier_has_fifty_questions()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await using var scope = await database.AsAsync(rfq.Suppliers[0], Role.Supplier);
        var form = new QuestionForm { RfqId = rfq.Id, Text = "Once?" };
        await Task.WhenAll(scope.Get<QuestionService>().AskAsync(form, _ct), scope.Get<QuestionService>().AskAsync(form, _ct));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from rfq_questions where rfq_id = $1", rfq.Id));
        await database.SqlAsync(
            "insert into rfq_questions (id, rfq_id, supplier_id, round, text, by_name, answered_by_name) select gen_random_uuid(), $1, $2, 1, 'Q' || n, '', '' from generate_series(2, 50) n", rfq.Id, rfq.Suppliers[0]);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => scope.Get<QuestionService>().AskAsync(new() { RfqId = rfq.Id, Text = "One more?" }, _ct));
        Assert.Contains("which is the most", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_pages_a_supplier_asks_and_the_buyer_finds_the_open_question_first()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await using (var supplier = await database.AsAsync(rfq.Suppliers[0], Role.Supplier))
        {
            await using var page = new PageContext(supplier);
            var cut = page.Render<PortalRfqPage>(p => p.Add(r => r.Id, rfq.Id));
            cut.WaitForAssertion(() => Assert.Contains("Ask a question", cut.Markup, StringComparison.Ordinal));
            await cut.PressAsync("Ask a question");
            await cut.InvokeAsync(() => cut.Find("form").SubmitAsync());
            Assert.Contains("Write your question.", cut.Markup, StringComparison.Ordinal);
            await cut.TypeAsync("textarea", "Is the yarn waxed?");
            await cut.InvokeAsync(() => cut.Find("form").SubmitAsync());
            cut.WaitForAssertion(() => Assert.Contains("Waits for an answer.", cut.Markup, StringComparison.Ordinal));
        }

        await using var buyer = database.As(rfq.Buyer);
        await using var inside = new PageContext(buyer);
        var tab = inside.Render<RfqPage>(p => p.Add(r => r.Id, rfq.Id).Add(r => r.Tab, "questions"));
        tab.WaitForAssertion(() => Assert.Contains("Is the yarn waxed?", tab.Markup, StringComparison.Ordinal));
        Assert.Contains("1 open", tab.Markup, StringComparison.Ordinal);
    }

    private async Task AskAsync(UserIdentity who, MadeRfq rfq, string text)
    {
        await using var scope = database.As(who);
        await scope.Get<QuestionService>().AskAsync(new() { RfqId = rfq.Id, Text = text }, _ct);
    }
}
