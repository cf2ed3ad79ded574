using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Tests.Catalog;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Common;

public sealed class HistoryTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly Day = new(2026, 5, 4);
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Saving_through_the_model_is_written_down_with_its_actor_and_only_what_changed()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var rate = await AddAsync(admin, "USD");
        await admin.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                (await db.ExchangeRates.SingleAsync(r => r.Id == rate, ct)).Correct(1.5m);
                await db.SaveChangesAsync(ct);
            },
            _ct);
        Assert.Equal(
            [("insert", admin.User.Id, null, """{"id": "*", "day": "2026-05-04", "rate": 1.25000000, "currency": "USD"}""".Replace("*", rate.ToString(), StringComparison.Ordinal)),
             ("update", admin.User.Id, """{"rate": 1.25000000}""", """{"rate": 1.50000000}""")],
            await EntriesAsync(rate));
    }

    [Fact]
    public async Task An_update_in_bulk_is_written_down()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var rate = await AddAsync(admin, "GBP");
        await admin.Get<Database>().WriteAsync((db, ct) => db.ExchangeRates.Where(r => r.Id == rate).ExecuteUpdateAsync(set => set.SetProperty(r => r.Rate, 0.9m), ct), _ct);
        Assert.Equal(("update", admin.User.Id, """{"rate": 1.25000000}""", """{"rate": 0.90000000}"""), (await EntriesAsync(rate))[1]);
    }

    [Fact]
    public async Task Hand_written_sql_is_written_down_and_a_change_that_changes_nothing_is_not()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var rate = await AddAsync(admin, "CHF");
        await admin.Get<Database>().WriteAsync((db, ct) => db.Database.ExecuteSqlAsync($"update exchange_rates set rate = rate * 2 where id = {rate}", ct), _ct);
        await admin.Get<Database>().WriteAsync((db, ct) => db.Database.ExecuteSqlAsync($"update exchange_rates set rate = rate where id = {rate}", ct), _ct);
        Assert.Equal(2, (await EntriesAsync(rate)).Count);
    }

    [Fact]
    public async Task Copied_rows_are_written_down()
    {
        var identity = await database.UserAsync(null, [Role.Admin]);
        var id = Guid.CreateVersion7();
        await using var connection = await database.Sources.Migrator.OpenConnectionAsync(_ct);
        await using var transaction = await connection.BeginTransactionAsync(_ct);
        await using (var begin = new NpgsqlCommand("select app.begin($1)", connection) { Parameters = { new() { Value = identity.SessionToken } } })
        {
            await begin.ExecuteNonQueryAsync(_ct);
        }

        await using (var copy = await connection.BeginBinaryImportAsync("copy exchange_rates (id, currency, day, rate) from stdin (format binary)", _ct))
        {
            await copy.StartRowAsync(_ct);
            await copy.WriteAsync(id, NpgsqlDbType.Uuid, _ct);
            await copy.WriteAsync("SEK", NpgsqlDbType.Text, _ct);
            await copy.WriteAsync(Day, NpgsqlDbType.Date, _ct);
            await copy.WriteAsync(11m, NpgsqlDbType.Numeric, _ct);
            await copy.CompleteAsync(_ct);
        }

        await transaction.CommitAsync(_ct);
        var entry = Assert.Single(await EntriesAsync(id));
        Assert.Equal(("insert", identity.Id), (entry.Action, entry.Actor));
    }

    [Theory]
    [InlineData("internal")]
    [InlineData("supplier")]
    [InlineData("member")]
    [InlineData("rep")]
    [InlineData("chapter")]
    [InlineData("auth")]
    [InlineData("reporting")]
    [InlineData("jobs")]
    [InlineData("migrator")]
    public async Task No_login_changes_history(string login)
    {
        await using var admin = await database.AsAsync(Role.Admin);
        await AddAsync(admin, $"N{login[1]}{login[^1]}".ToUpperInvariant());
        var source = login switch
        {
            "internal" => database.Sources.For(DatabaseAccess.Internal),
            "supplier" => database.Sources.For(DatabaseAccess.Supplier),
            "member" => database.Sources.For(DatabaseAccess.Member),
            "rep" => database.Sources.For(DatabaseAccess.Rep),
            "chapter" => database.Sources.For(DatabaseAccess.Chapter),
            "auth" => database.Sources.Auth,
            "reporting" => database.Sources.Reporting,
            "jobs" => database.Sources.Jobs,
            _ => database.Sources.Migrator,
        };
        var before = await database.ScalarAsync<long>("select count(*) from audit_entries");
        var partition = await database.ScalarAsync<string>("select tableoid::regclass::text from audit_entries limit 1");
        foreach (var sql in (string[])["update public.audit_entries set actor_name = 'Nobody'", "delete from public.audit_entries", "truncate public.audit_entries", $"delete from public.{partition}"])
        {
            await using var command = source.CreateCommand(sql);
            var fault = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(_ct));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, fault.SqlState);
        }

        Assert.Equal(before, await database.ScalarAsync<long>("select count(*) from audit_entries"));
    }

    [Fact]
    public async Task Without_an_actor_nothing_is_written()
    {
        await using var command = database.Sources.For(DatabaseAccess.Internal).CreateCommand(
            "insert into exchange_rates (id, currency, day, rate) values (gen_random_uuid(), 'NOK', '2026-01-01', 11)");
        var fault = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(_ct));
        Assert.Equal(("42501", "no valid session"), (fault.SqlState, fault.MessageText));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from exchange_rates where currency = 'NOK'"));
    }

    [Fact]
    public async Task Nobody_writes_past_history_under_the_key_of_an_import_that_does_not_run()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var rate = await AddAsync(admin, "HUF");
        foreach (var key in (string[])[Guid.CreateVersion7().ToString(), "no key"])
        {
            await Assert.ThrowsAnyAsync<Exception>(() => admin.Get<Database>().WriteAsync(
                async (db, ct) =>
                {
                    await db.Database.ExecuteSqlAsync($"select set_config('app.import_run', {key}, true)", ct);
                    await db.Database.ExecuteSqlAsync($"update exchange_rates set rate = 400 where id = {rate}", ct);
                },
                _ct));
        }

        Assert.Equal(1.25m, await database.ScalarAsync<decimal>("select rate from exchange_rates where id = $1", rate));
        Assert.Single(await EntriesAsync(rate));
    }

    [Fact]
    public async Task History_is_told_in_words_act_by_act_with_names_in_place_of_keys()
    {
        var made = await Make.OpenRfqAsync(database, suppliers: 2, lines: 2);
        await using var buyer = database.As(made.Buyer);
        await buyer.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                var rfq = await db.Rfqs.Include(r => r.Invitations).SingleAsync(r => r.Id == made.Id, ct);
                rfq.Close(await db.NowAsync(ct));
                await db.SaveChangesAsync(ct);
            },
            _ct);
        database.Queries.Reset();
        var acts = await buyer.Get<HistoryQueries>().ForAsync(made.Id, _ct);
        Assert.True(database.Queries.Count <= 8, $"{database.Queries.Count} statements");
        Assert.Equal(2, acts.Count);
        Assert.All(acts, act => Assert.Equal(made.Buyer.Name, act.Actor));
        var closed = Assert.Single(acts[0].Changes, c => c.Table == "rfqs");
        Assert.Equal("changed", closed.Deed);
        Assert.Contains(new FieldChange("Status", "Open", "Closed"), closed.Fields);
        var added = Assert.Single(acts[1].Changes, c => c.Table == "rfqs");
        Assert.Equal(("added", $"RFQ {made.Number}"), (added.Deed, added.What));
        Assert.Contains(added.Fields, f => f is { Field: "Buyer", Before: null } && f.After == made.Buyer.Name);
        Assert.Equal(2, acts[1].Changes.Count(c => c.Table == "rfq_lines"));
        Assert.Contains(acts[1].Changes.Where(c => c.Table == "rfq_invitations").SelectMany(c => c.Fields), f => f.Field == "Supplier" && f.After!.StartsWith("Supplier 1", StringComparison.Ordinal));
        Assert.DoesNotContain(acts.SelectMany(a => a.Changes).SelectMany(c => c.Fields), f => Guid.TryParse(f.After, out _));
    }

    [Fact]
    public async Task The_history_of_a_part_is_told_in_the_words_of_its_form()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        var unit = await buyer.UnitAsync(CatalogMaker.Code("u"));
        var part = await buyer.Get<PartService>().SaveAsync(
            new()
            {
                Number = CatalogMaker.Code("P"), Name = "Ring", UnitId = unit,
                Specifications = [new() { Name = "Bore", Kind = SpecificationKind.Number, Value = "20", Unit = "mm" }, new() { Name = "Certified", Kind = SpecificationKind.YesNo, Value = "yes" }],
            },
            _ct);
        var form = await buyer.Get<PartQueries>().FormAsync(part, _ct);
        (form.IsCritical, form.HsCode, form.Specifications[0].Value) = (true, "8482.10", "1250.5");
        form.Specifications.RemoveAt(1);
        await buyer.Get<PartService>().SaveAsync(form, _ct);

        var acts = await buyer.Get<HistoryQueries>().ForAsync(part, _ct);
        Assert.Equal(
            [new("Bore", "20 mm", "1,250.5 mm"), new("Certified", "Yes", null), new("Critical", "No", "Yes"), new("HS code", null, "8482.10")],
            acts[0].Changes.Single(c => c.Table == "parts").Fields.OrderBy(f => f.Field, StringComparer.Ordinal));
        var told = acts.SelectMany(a => a.Changes).SelectMany(c => c.Fields).ToList();
        Assert.DoesNotContain(told, f => f.Field is "Features" or "Popularity" or "Order count" or "Specifications" || (f.Before + f.After).AsSpan().ContainsAny('{', '['));
    }

    [Theory]
    [InlineData("orders", """{"status":"draft","ordered_at":null}""", """{"status":"partially_received","ordered_at":"2026-11-14T16:05:00+00:00"}""", "Status: Draft → Partially received; Ordered: – → 14 Nov 2026, 16:05")]
    [InlineData("parts", """{"is_critical":false,"popularity":1}""", """{"is_critical":true,"popularity":2}""", "Critical: No → Yes")]
    [InlineData("suppliers", """{"materials":["yarn"]}""", """{"materials":["yarn","thread"]}""", "Materials: yarn → yarn, thread")]
    [InlineData("parts", """{"specifications":[]}""", """{"specifications":[{"name":"Bore","kind":"number","value":"20","unit":"mm"}]}""", "Specifications: – → Bore 20 mm")]
    [InlineData("parts", """{"popularity":1}""", """{"popularity":2}""", "–")]
    public void A_change_in_the_list_of_all_history_is_one_line_of_words(string table, string before, string after, string line)
    {
        var reader = UserIdentity.Nobody with { Culture = System.Globalization.CultureInfo.GetCultureInfo("en-GB"), TimeZone = TimeZoneInfo.Utc };
        Assert.Equal(line, HistoryBrief.Of(before, after, "update", reader));
        Assert.NotEmpty(HistoryBrief.Kind(table));
    }

    [Fact]
    public async Task Only_who_may_read_history_and_the_record_sees_its_history()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var form = await admin.Get<CompanyService>().OpenAsync(_ct);
        form.Name = "Nordhaus Mills";
        await admin.Get<CompanyService>().SaveAsync(form, _ct);
        Assert.Contains(
            (await admin.Get<HistoryQueries>().ForAsync(CompanySettings.TheOne, _ct)).SelectMany(a => a.Changes).SelectMany(c => c.Fields),
            f => f == new FieldChange("Name", "Your company", "Nordhaus Mills"));
        await using var buyer = await database.AsAsync(Role.Buyer);
        Assert.Empty(await buyer.Get<HistoryQueries>().ForAsync(CompanySettings.TheOne, _ct));
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await Assert.ThrowsAsync<DeniedException>(() => reader.Get<HistoryQueries>().ForAsync(CompanySettings.TheOne, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<HistoryList>().PageAsync(new(), _ct));
    }

    [Fact]
    public async Task All_history_is_searched_by_number_person_table_and_day()
    {
        var made = await Make.DraftRfqAsync(database, suppliers: 1, lines: 1);
        await using var admin = await database.AsAsync(Role.Admin);
        var list = admin.Get<HistoryList>();
        var byNumber = await list.PageAsync(new() { Search = made.Number.ToLowerInvariant() }, _ct);
        Assert.Contains(byNumber.Rows, r => r.RecordId == made.Id);
        Assert.All(byNumber.Rows, r => Assert.Equal(made.Id, r.RecordId));
        Assert.Contains((await list.PageAsync(new() { Search = made.Buyer.Name }, _ct)).Rows, r => r.RecordId == made.Lines[0]);
        Assert.All((await list.PageAsync(new ListRequestOf("tableName", "rfqs").Request, _ct)).Rows, r => Assert.Equal("rfqs", r.TableName));
        Assert.Empty((await list.PageAsync(new ListRequestOf("at", "..2020-01-01").Request, _ct)).Rows);
        Assert.StartsWith("Number", HistoryBrief.Of("", """{"number":"RFQ-1"}""", "insert", admin.User.Identity), StringComparison.Ordinal);

        // Paging by key crosses equal moments without losing or repeating an entry.
        var seen = new HashSet<Guid>();
        var page = await list.PageAsync(new() { Size = 3 }, _ct);
        while (true)
        {
            Assert.All(page.Rows, r => Assert.True(seen.Add(r.Id)));
            if (page.Next is null)
            {
                break;
            }

            page = await list.PageAsync(new() { Size = 3, After = page.Next }, _ct);
        }

        Assert.Equal(await database.ScalarAsync<long>("select count(*) from audit_entries"), seen.Count);
    }

    private sealed record ListRequestOf(string Key, string Value)
    {
        public Sourcing.Data.Common.Lists.ListRequest Request => new Sourcing.Data.Common.Lists.ListRequest().With(Key, Value);
    }

    private Task<Guid> AddAsync(TestScope scope, string currency) => scope.Get<Database>().WriteAsync(
        async (db, ct) =>
        {
            var rate = new ExchangeRate(currency, Day, 1.25m);
            db.Add(rate);
            await db.SaveChangesAsync(ct);
            return rate.Id;
        },
        _ct);

    private async Task<List<(string Action, Guid? Actor, string? Old, string? New)>> EntriesAsync(Guid record)
    {
        await using var command = database.Sources.Migrator.CreateCommand("select action, actor_id, old_values::text, new_values::text from audit_entries where record_id = $1 order by id");
        command.Parameters.Add(new() { Value = record });
        await using var reader = await command.ExecuteReaderAsync(_ct);
        var entries = new List<(string, Guid?, string?, string?)>();
        while (await reader.ReadAsync(_ct))
        {
            entries.Add((reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3)));
        }

        return entries;
    }
}
