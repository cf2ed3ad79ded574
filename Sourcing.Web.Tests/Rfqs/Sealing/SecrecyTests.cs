using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sourcing.Data;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Operations;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Rfqs.Awarding;
using Sourcing.Data.Rfqs.Sealing;
using Sourcing.Data.Suppliers;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs.Sealing;

/// <summary>Before the opening a price is sought on every path: by every role through every query, and by every login of the database in every table.</summary>
public sealed class SecrecyTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    // Each test seeks its own, since the other one opens its bids in the same database.
    private string _digits = "98765";
    private string _words = "Zimtstern";

    private static readonly JsonSerializerOptions Cycles = new() { ReferenceHandler = ReferenceHandler.IgnoreCycles, MaxDepth = 64 };

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_role_finds_a_sealed_price_by_any_query_and_both_do_once_it_is_open()
    {
        var (rfq, bidder) = await BidAsync();
        foreach (var role in Enum.GetValues<Role>())
        {
            await using var scope = await database.AsAsync(role == Role.Supplier ? rfq.Suppliers[1] : null, role);
            Assert.Empty(await FoundAsync(scope, rfq));
        }

        await using var own = database.As(bidder);
        Assert.Contains("own sheet", await FoundAsync(own, rfq));
        await Make.CloseAsync(database, rfq);
        await Make.ConsentAsync(database, rfq);
        await using var buyer = database.As(rfq.Buyer);
        Assert.Empty(await FoundAsync(buyer, rfq));
        await using (var admin = await database.AsAsync(Role.Admin))
        {
            Assert.Empty(await FoundAsync(admin, rfq));
            await admin.Get<OpeningService>().OpenAsync(new() { Id = rfq.Id, Round = 1 }, _ct);
        }

        // The same paths, so that the search above is known to find what is there.
        Assert.Superset(new HashSet<string> { "comparison", "comparison sheet", "quote sheet", "history" }, (await FoundAsync(buyer, rfq)).ToHashSet());
        await using var competitor = await database.AsAsync(rfq.Suppliers[1], Role.Supplier);
        Assert.Empty(await FoundAsync(competitor, rfq));
    }

    [Fact]
    public async Task No_login_of_the_database_finds_a_sealed_price_in_any_table_not_even_the_one_that_passes_every_policy()
    {
        (_digits, _words) = ("87654", "Kardamom");
        var (rfq, bidder) = await BidAsync();
        await Make.CloseAsync(database, rfq);
        await Make.ConsentAsync(database, rfq);
        Assert.Empty(await TablesAsync(database.Sources.Migrator, null));
        Assert.Empty(await TablesAsync(database.Sources.Reporting, null));
        Assert.Empty(await TablesAsync(database.Sources.Auth, null));
        Assert.Empty(await TablesAsync(database.Sources.Jobs, null));
        foreach (var role in new[] { Role.Admin, Role.Buyer, Role.Planner, Role.ReadOnly })
        {
            Assert.Empty(await TablesAsync(database.Sources.For(DatabaseAccess.Internal), await database.UserAsync(null, [role])));
        }

        Assert.Empty(await TablesAsync(database.Sources.For(DatabaseAccess.Member), await database.UserAsync(null, [Role.Exporter])));
        Assert.Empty(await TablesAsync(database.Sources.For(DatabaseAccess.Chapter), await database.UserAsync(null, [Role.ChapterLeader])));
        Assert.Empty(await TablesAsync(database.Sources.For(DatabaseAccess.Rep), await database.UserAsync(null, [Role.SalesManager])));
        Assert.Empty(await TablesAsync(database.Sources.For(DatabaseAccess.Supplier), await database.UserAsync(rfq.Suppliers[1], [Role.Supplier])));
        Assert.Empty(await TablesAsync(database.Sources.For(DatabaseAccess.Supplier), bidder));
        await using (var second = await database.AsAsync(Role.Admin))
        {
            await second.Get<OpeningService>().OpenAsync(new() { Id = rfq.Id, Round = 1 }, _ct);
        }

        var open = await TablesAsync(database.Sources.For(DatabaseAccess.Internal), rfq.Buyer);
        Assert.Superset(new HashSet<string> { "public.quote_lines", "public.quote_revisions", "public.opened_bids" }, open.ToHashSet());
    }

    private decimal Price => decimal.Parse(_digits, System.Globalization.CultureInfo.InvariantCulture) + 0.4321m;

    private async Task<(MadeRfq Rfq, UserIdentity Bidder)> BidAsync()
    {
        var rfq = await Make.SealedRfqAsync(database, suppliers: 2);
        var made = await Make.SubmittedQuoteAsync(database, rfq, 0, price: Price, change: f => f.Notes = _words);
        await using var scope = database.As(made.Supplier);
        // Unfinished work beside what was submitted.
        await scope.Get<QuoteService>().SaveDraftAsync(Make.Fill(await scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct), Price), _ct);
        return (rfq, made.Supplier);
    }

    private async Task<List<string>> FoundAsync(TestScope scope, MadeRfq rfq)
    {
        var found = new List<string>();
        foreach (var (name, read) in Paths(scope, rfq))
        {
            try
            {
                var text = await read();
                if (text.Contains(_digits, StringComparison.Ordinal) || text.Contains(_words, StringComparison.Ordinal))
                {
                    found.Add(name);
                }
            }
            catch (Exception refusal) when (refusal is RefusedException or MissingException or DeniedException)
            {
                // A closed door is as good as an empty room.
            }
        }

        return found;
    }

    private IEnumerable<(string Name, Func<Task<string>> Read)> Paths(TestScope scope, MadeRfq rfq)
    {
        async Task<string> Text<T>(Task<T> read) => JsonSerializer.Serialize(await read, Cycles);
        yield return ("comparison", async () => JsonSerializer.Serialize((await scope.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct)).QuoteInputs));
        yield return ("comparison sheet", async () => JsonSerializer.Serialize(ComparisonSheet.Rows(await scope.Get<ComparisonQueries>().ForAsync(rfq.Id, _ct)).ToList()));
        yield return ("quote sheet", async () => JsonSerializer.Serialize((QuoteContent)(await scope.Get<QuoteQueries>().OfSupplierAsync(rfq.Id, rfq.Suppliers[0], _ct)).ToForm()));
        yield return ("quote", () => Text(scope.Get<QuoteQueries>().OfSupplierAsync(rfq.Id, rfq.Suppliers[0], _ct)));
        yield return ("own sheet", () => Text(scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct)));
        yield return ("portal", () => Text(scope.Get<QuoteQueries>().PortalAsync(_ct)));
        yield return ("receipt", () => Text(scope.Get<ReceiptQueries>().OwnAsync(rfq.Id, null, null, _ct)));
        yield return ("request", () => Text(scope.Get<QuoteQueries>().RequestAsync(rfq.Id, _ct)));
        yield return ("board", () => Text(scope.Get<RfqQueries>().BoardAsync(new(), _ct)));
        yield return ("head", () => Text(scope.Get<RfqQueries>().DetailsAsync(rfq.Id, _ct)));
        yield return ("invitations", () => Text(scope.Get<RfqQueries>().InvitationsAsync(rfq.Id, _ct)));
        yield return ("seal", () => Text(scope.Get<OpeningQueries>().OfRfqAsync(rfq.Id, _ct)));
        yield return ("rounds", () => Text(scope.Get<RoundService>().ChoicesAsync(rfq.Id, _ct)));
        yield return ("scenarios", async () => JsonSerializer.Serialize((await scope.Get<AwardScenarioQueries>().ForAsync(rfq.Id, _ct)).View.QuoteInputs));
        yield return ("award record", () => Text(scope.Get<AwardRecordQueries>().ForAsync(rfq.Id, _ct)));
        yield return ("proposals", () => Text(scope.Get<SupplierProposalQueries>().ForAsync(rfq.Id, 50, _ct)));
        yield return ("supplier's RFQs", () => Text(scope.Get<SupplierQueries>().RfqsAsync(rfq.Suppliers[0], _ct)));
        yield return ("supplier's quotes", () => Text(scope.Get<SupplierFigureQueries>().QuotesAsync(rfq.Suppliers[0], _ct)));
        yield return ("supplier's figures", () => Text(scope.Get<SupplierFigureQueries>().ReadAsync(rfq.Suppliers[0], _ct)));
        yield return ("history", () => Text(scope.Get<HistoryQueries>().ForAsync(rfq.Id, _ct)));
        yield return ("history of the quote", async () => JsonSerializer.Serialize(await scope.Get<HistoryQueries>().ForAsync(await database.ScalarAsync<Guid>("select id from quotes where rfq_id = $1", rfq.Id), _ct)));
        yield return ("search", () => Text(scope.Get<SearchQueries>().FindAsync(_digits, 50, _ct)));
        yield return ("search by words", () => Text(scope.Get<SearchQueries>().FindAsync(_words[..6], 50, _ct)));
        yield return ("today", () => Text(scope.Get<TodayQueries>().ForAsync(true, _ct)));
        yield return ("approvals", () => Text(scope.Get<ApprovalQueries>().WaitingAsync(_ct)));
        yield return ("notifications", () => Text(scope.Get<NotificationService>().BellAsync(_ct)));
        foreach (var list in scope.Services.GetServices<IListSource>())
        {
            yield return ($"list {list.GetType().Name}", () => ExportAsync(list));
        }
    }

    private async Task<string> ExportAsync(IListSource list)
    {
        var text = new StringBuilder();
        await list.ExportAsync(new(), [], row =>
        {
            text.AppendJoin(';', row);
            return ValueTask.CompletedTask;
        }, _ct);
        return text.ToString();
    }

    // Every table and view with every column that the login may read, as text, where a price could stand as such or as the bytes of its digits.
    private async Task<List<string>> TablesAsync(NpgsqlDataSource source, UserIdentity? person)
    {
        await using var connection = await source.OpenConnectionAsync(_ct);
        await using var transaction = await connection.BeginTransactionAsync(_ct);
        if (person is not null)
        {
            await using var begin = new NpgsqlCommand("select app.begin($1)", connection, transaction) { Parameters = { new() { Value = person.SessionToken } } };
            await begin.ExecuteNonQueryAsync(_ct);
        }

        var tables = new List<(string Table, string Columns)>();
        await using (var list = new NpgsqlCommand(
            """
            select format('%I.%I', n.nspname, c.relname), string_agg(format('%I::text', a.attname), ', ')
            from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where n.nspname in ('public', 'app', 'jobs', 'staging') and c.relkind in ('r', 'p', 'v', 'm') and has_schema_privilege(n.oid, 'usage') and has_column_privilege(c.oid, a.attnum, 'select')
            group by 1 order by 1
            """, connection, transaction))
        {
            await using var reader = await list.ExecuteReaderAsync(_ct);
            while (await reader.ReadAsync(_ct))
            {
                tables.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        var found = new List<string>();
        foreach (var (table, columns) in tables.Where(t => !t.Table.Contains("pg_stat", StringComparison.Ordinal)))
        {
            await using var look = new NpgsqlCommand($"select count(*) from (select concat_ws('|', {columns}) as row from {table}) x where row like any (array['%{_digits}%', '%{_words}%', '%{Hex(_digits)}%', '%{Hex(_words)}%'])", connection, transaction);
            await transaction.SaveAsync("before", _ct);
            try
            {
                if ((long)(await look.ExecuteScalarAsync(_ct))! > 0)
                {
                    found.Add(table);
                }
            }
            catch (PostgresException closed) when (closed.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                // A view that asks who is signed in, by a login that nobody signs in by.
                await transaction.RollbackAsync("before", _ct);
            }
        }

        return found;
    }

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
}
