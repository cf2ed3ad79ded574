using System.Data;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Sourcing.Data.Imports.Kinds;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Data.Imports;

/// <summary>How far long work is: set by the work, told to people from beside it.</summary>
internal sealed class WorkState
{
    /// <summary>0 to 1.</summary>
    public volatile float Part;

    /// <summary>"12,000 of 40,000 rows read".</summary>
    public volatile string Message = "";
}

/// <summary>The staged file of one run within one transaction: filled, checked, counted.</summary>
internal sealed class ImportStage(SourcingDb db, ImportRun run, ImportKind kind)
{
    private ImportSql? _sql;

    /// <summary>The statements of this run.</summary>
    public async Task<ImportSql> SqlAsync(CancellationToken ct)
    {
        if (_sql is null)
        {
            var tables = kind.Targets.Select(t => t.Table).Distinct().ToArray();
            var columns = await db.Database.SqlQuery<TableColumn>(
                $"""
                select c.relname as "TableName", a.attname as "Name", a.attcollation <> 0 as "IsText", a.attnotnull and not a.atthasdef and a.attcollation <> 0 as "NeedsText"
                from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relnamespace = 'public'::regnamespace and c.relname = any ({tables}) and a.attnum > 0 and not a.attisdropped
                """).ToListAsync(ct);
            _sql = new(run, kind, columns.Where(c => c.IsText).ToLookup(c => c.TableName, c => c.Name), columns.Where(c => c.NeedsText).ToLookup(c => c.TableName, c => c.Name));
        }

        return _sql;
    }

    /// <summary>Reads the whole file into a fresh stage through one COPY.</summary>
    /// <returns>How often each rule applied, and what was seen of keys and values on the way.</returns>
    public async Task<(IReadOnlyList<RuleCount> Rules, ReadValues Values)> FillAsync(string path, FileProfile profile, WorkState state, CancellationToken ct)
    {
        var names = kind.Fields.Select(f => f.Key).ToArray();
        string[] all = [.. names, .. kind.DerivedColumns.Select(c => c.Name)];
        string[] types = [.. kind.Fields.Select(f => f.SqlType), .. kind.DerivedColumns.Select(c => c.Type)];
        await db.Database.ExecuteSqlAsync($"select app.make_stage({run.Id}, {all}, {types})", ct);
        var words = await WordsAsync(ct);
        var values = new ReadValues((await SqlAsync(ct)).Checks, profile.Rows);
        var parser = new RowParser(run, kind, profile, words, values);
        using var reader = TableFile.Open(path, profile.Shape);
        HeadFinder.Pass(reader, profile.Shape);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var columns = string.Join(", ", names.Select(n => $"\"{n}\""));
        await using (var writer = await connection.BeginTextImportAsync($"copy staging.r_{run.Id:N} (id, row, state, aside, confirmed, cells, own, refers, {columns}) from stdin", ct))
        {
            await CopyAsync(reader, parser, writer, state, ct);
        }

        await db.Database.ExecuteSqlAsync($"select app.seal_stage({run.Id})", ct);
        return ([.. run.Mapping.Rules.Zip(parser.Applied, (rule, cells) => new RuleCount(rule.Describe(key => kind.Field(key).Title), cells))], values);
    }

    /// <summary>Whether the stage holds what was read: it does not after a crash of the server.</summary>
    public async Task<bool> IsWholeAsync(CancellationToken ct) =>
        await ScalarAsync<bool>($"select to_regclass('staging.r_{run.Id:N}') is not null", ct)
        && await ScalarAsync<long>($"select count(*) from staging.r_{run.Id:N}", ct) == run.Rows;

    /// <summary>Pages of the stage's table: rows lie in them in the order of the file, save those that were touched since.</summary>
    public Task<long> PagesAsync(CancellationToken ct) => ScalarAsync<long>($"select pg_relation_size('staging.r_{run.Id:N}') / current_setting('block_size')::int", ct);

    /// <summary>Before many new rows: see 165.loads.sql.</summary>
    /// <returns>Whether indexes were laid aside, to be made again after the commit.</returns>
    public Task<bool> BeginLoadAsync(string table, long rows, CancellationToken ct) => ScalarAsync<bool>($"select app.begin_load('{table}', {rows})", ct);

    /// <summary>After them: proves their foreign keys, makes unique indexes again.</summary>
    public async Task EndLoadAsync(string table, CancellationToken ct)
    {
        await ExecuteAsync($"select app.prove_keys('{table}', app.first_id('{run.Id}'), app.last_id('{run.Id}'))", ct);
        await ExecuteAsync($"select app.end_load('{table}')", ct);
    }

    /// <summary>Runs the checks that look at all rows at once, from the beginning.</summary>
    /// <param name="read">What was seen when the stage was filled just now: checks that can find nothing are left out. Null when it is older.</param>
    public async Task CheckAsync(ReadValues? read, WorkState state, CancellationToken ct)
    {
        var sql = await SqlAsync(ct);
        await ExecuteAsync(read is not null ? "" : $"update {sql.Stage} set found = null, state = case when aside then 'a' when own is not null then 'x' else 'o' end where found is not null or state <> 'o'", ct);
        await PrepareAsync(sql, ct);
        var checks = sql.Checks.ToList();
        for (var i = 0; i < checks.Count; i++)
        {
            state.Message = $"Checking {kind.Field(checks[i].Field).Title.ToLowerInvariant()}";
            state.Part = 0.6f + (0.3f * i / checks.Count);
            if (read is not null && (read.AllDiffer(checks[i]) || (read.Sample(checks[i]) is { } sample && !await ScalarAsync<bool>($"select exists ({sql.Fill(checks[i].Sql, slice: sample)})", ct))))
            {
                continue;
            }

            // A parent that is out takes its children out: such a check is repeated until it finds nothing more.
            for (var round = 0; await ApplyAsync(sql, checks[i], ct) > 0 && kind.Key == "categories" && round < 50; round++)
            {
            }
        }
    }

    /// <summary>How the file was understood, where its kind has something to say.</summary>
    public async Task<IReadOnlyList<RuleCount>> NotesAsync(CancellationToken ct)
    {
        var sql = await SqlAsync(ct);
        var notes = new List<RuleCount>();
        foreach (var note in kind.Notes)
        {
            notes.AddRange(await RowsAsync(sql.Fill(note), r => new RuleCount(r.GetString(0), r.GetInt64(1)), ct));
        }

        return notes;
    }

    /// <summary>What the rows that are ready would do: per target, and per row.</summary>
    public async Task<(IReadOnlyList<ImportCount> Counts, int New, int Changed, int Unchanged)> CompareAsync(CancellationToken ct)
    {
        var sql = await SqlAsync(ct);
        var compared = string.Join(" union all ", sql.Targets.Select(sql.Compare));
        var single = sql.Targets.Count == 1 && sql.Targets[0].Key == "x.row";
        if (single && sql.Targets[0].ByRow && await ScalarAsync<bool>($"select not exists (select from {sql.Targets[0].Table})", ct))
        {
            var all = await ScalarAsync<int>($"select count(*)::int from {sql.Stage} where state = 'o'", ct);
            return ([new(sql.Targets[0].Table, sql.Targets[0].Plural, all, 0, 0)], all, 0, 0);
        }

        if (!single)
        {
            await ExecuteAsync($"drop table if exists import_compared; create temp table import_compared on commit drop as {compared}", ct);
        }

        var ranks = await RowsAsync($"select target, rank, count(*) from {(single ? $"({compared}) c" : "import_compared")} group by 1, 2", r => (Target: r.GetInt32(0), Rank: r.GetInt32(1), Count: r.GetInt64(2)), ct);
        long Of(int target, int rank) => ranks.Where(r => r.Target == target && r.Rank == rank).Sum(r => r.Count);
        var counts = sql.Targets.Select((t, i) => new ImportCount(t.Table, t.Plural, Of(i, 0), Of(i, 1), Of(i, 2))).ToList();
        if (single)
        {
            return (counts, (int)counts[0].New, (int)counts[0].Changed, (int)counts[0].Unchanged);
        }

        // A row does what the most telling of its records does; a row that makes none of its own goes along unchanged.
        var rows = await RowsAsync(
            $"select coalesce(c.rank, 2), count(*) from {sql.Stage} s left join (select row, min(rank) as rank from import_compared group by 1) c on c.row = s.row where s.state = 'o' group by 1",
            r => (Rank: r.GetInt32(0), Count: r.GetInt64(1)), ct);
        int Rows(int rank) => (int)rows.Where(r => r.Rank == rank).Sum(r => r.Count);
        return (counts, Rows(0), Rows(1), Rows(2));
    }

    /// <summary>Gives a field another text in some rows of the stage.</summary>
    /// <param name="where">Which rows, of <c>s</c>, with <c>$4</c> for <paramref name="wanted"/>.</param>
    public async Task MendAsync(ImportField field, string text, string where, object wanted, CancellationToken ct)
    {
        text = text.Replace("\0", "", StringComparison.Ordinal);
        var value = new CopyText();
        var problems = new List<Problem>();
        if (field.Type == FieldType.Periods)
        {
            var profile = await db.ImportFiles.Where(f => f.RunId == run.Id).Select(f => f.Profile).SingleAsync(ct);
            new PeriodParser(field, run.Mapping, profile, DateOnly.FromDateTime(run.CreatedAt.UtcDateTime)).Read(text, value, problems);
        }
        else if (new CellParser(field, run.Mapping, null, 0).Read(text, isNumber: false, value) is { } problem)
        {
            problems.Add(problem);
        }

        var typed = problems.Count == 0 && value.Memory.Span is not "\\N" ? CopyText.Unescape(value.Memory.Span) : null;
        var own = JsonSerializer.Serialize(problems, ImportsMapping.Json);
        var cell = JsonSerializer.Serialize(new Dictionary<string, string> { [field.Key] = text }, ImportsMapping.Json);
        await RunAsync(
            $"""
            update {(await SqlAsync(ct)).Stage} s set "{field.Key}" = $1::{field.SqlType}, confirmed = false, cells = coalesce(s.cells, jsonb_build_object()) || $2::jsonb,
                own = nullif(coalesce((select jsonb_agg(p) from jsonb_array_elements(s.own) p where p ->> 'field' <> '{field.Key}'), '[]'::jsonb) || $3::jsonb, '[]'::jsonb),
                found = '[]'
            where {where}
            """, ct, typed, cell, own, wanted);
    }

    /// <summary>A cell as it stands in the stage; null where it is empty.</summary>
    public async Task<string?> TextAsync(string field, int row, CancellationToken ct) =>
        (await RowsAsync($"select coalesce(s.cells ->> '{kind.Field(field).Key}', s.\"{kind.Field(field).Key}\"::text) from staging.r_{run.Id:N} s where s.row = {row}", r => r.IsDBNull(0) ? null : r.GetString(0), ct)).FirstOrDefault();

    /// <summary>Confirms rows that look unusual.</summary>
    public Task ConfirmAsync(IReadOnlyList<int> rows, CancellationToken ct) => RunAsync($"update staging.r_{run.Id:N} set confirmed = true where row = any ($1)", ct, rows.ToArray());

    /// <summary>Takes rows out, or puts them back.</summary>
    public Task SetAsideAsync(IReadOnlyList<int> rows, bool aside, CancellationToken ct) =>
        RunAsync($"update staging.r_{run.Id:N} set aside = $1, found = '[]' where row = any ($2)", ct, aside, rows.ToArray());

    /// <summary>Rows with their cells and problems, in the order of the file.</summary>
    public async Task<List<StagedRow>> PageAsync(RowFilter filter, int after, int size, CancellationToken ct)
    {
        var states = filter switch { RowFilter.ToMend => "'x'", RowFilter.ToConfirm => "'w'", RowFilter.SetAside => "'a'", RowFilter.Attention => "'x', 'w'", _ => "" };
        var where = states.Length == 0 ? "true" : $"s.state <> 'o' and s.state in ({states})";
        return await RowsAsync(
            $"""
            select s.row, s.state::text, (jsonb_strip_nulls(to_jsonb(s) - array['id', 'row', 'state', 'aside', 'confirmed', 'cells', 'own', 'refers', 'found'{string.Concat(kind.DerivedColumns.Select(c => $", '{c.Name}'"))}]) || coalesce(s.cells, jsonb_build_object()))::text,
                (coalesce(s.own, '[]') || coalesce(s.found, '[]'))::text
            from staging.r_{run.Id:N} s where {where} and s.row > {after} order by s.row limit {size}
            """,
            r => new StagedRow(r.GetInt32(0), r.GetString(1)[0], Shown(Texts(r.GetString(2))), JsonSerializer.Deserialize<List<Problem>>(r.GetString(3), ImportsMapping.Json)!), ct);
    }

    /// <summary>How many rows that stay out have the same text in the same field, for the cells at fault of a page.</summary>
    public async Task<IReadOnlyDictionary<(string Field, string Text), int>> AlikeAsync(IReadOnlyList<StagedRow> page, CancellationToken ct)
    {
        var alike = new Dictionary<(string, string), int>();
        var cells = page.SelectMany(r => r.Problems.Where(p => p.Use is not null && r.Cells.ContainsKey(p.Field)).Select(p => (p.Field, Text: r.Cells[p.Field]))).Distinct().ToLookup(c => c.Field, c => c.Text);
        foreach (var field in cells)
        {
            var value = $"coalesce(s.cells ->> '{field.Key}', s.\"{field.Key}\"::text)";
            var counts = await RowsAsync(
                $"select {value}, count(*)::int from staging.r_{run.Id:N} s where s.state <> 'o' and s.state in ('x', 'w') and {value} = any ($1) group by 1",
                r => (Text: r.GetString(0), Count: r.GetInt32(1)), ct, [.. field]);
            foreach (var (text, count) in counts)
            {
                alike[(field.Key, text)] = count;
            }
        }

        return alike;
    }

    /// <summary>Some of the rows that stay out, in the order of the file: what was mended in them and what is wrong.</summary>
    public Task<List<RejectedRow>> RejectedAsync(int after, int size, CancellationToken ct) => RowsAsync(
        $"""
        select s.row, coalesce(m.mended, jsonb_build_object())::text,
            (select string_agg(p ->> 'message' || '. ' || (p ->> 'hint'), ' ') from jsonb_array_elements(coalesce(s.own, '[]') || coalesce(s.found, '[]')) p)
        from staging.r_{run.Id:N} s left join import_rows m on m.run_id = '{run.Id}' and m.row = s.row where s.state <> 'o' and s.state in ('x', 'w') and s.row > {after} order by s.row limit {size}
        """,
        r => new RejectedRow(r.GetInt32(0), Texts(r.GetString(1)), r.IsDBNull(2) ? "" : r.GetString(2)), ct);

    /// <summary>Rows by state: o ready, x to mend, w to confirm, a set aside.</summary>
    public async Task<IReadOnlyDictionary<char, int>> StatesAsync(CancellationToken ct) =>
        (await RowsAsync($"select state::text, count(*)::int from {(await SqlAsync(ct)).Stage} group by 1", r => (State: r.GetString(0)[0], Count: r.GetInt32(1)), ct)).ToDictionary(r => r.State, r => r.Count);

    /// <summary>Runs a statement of our own making.</summary>
    /// <returns>Rows touched.</returns>
    public async Task<int> ExecuteAsync(string sql, CancellationToken ct)
    {
        if (sql.Length == 0)
        {
            return 0;
        }

        await using var command = Command(sql);
        return await command.ExecuteNonQueryAsync(ct);
    }

    private IReadOnlyDictionary<string, string> Shown(IReadOnlyDictionary<string, string> cells) => kind.Fields.All(f => f.Type != FieldType.Periods) ? cells
        : cells.ToDictionary(c => c.Key, c => kind.Fields.Any(f => f.Key == c.Key && f.Type == FieldType.Periods) ? PeriodParser.Show(c.Value) : c.Value);

    // Who and what the names are, and what else follows from the cells: anew each time, because the catalog and the cells change.
    private async Task PrepareAsync(ImportSql sql, CancellationToken ct)
    {
        foreach (var field in kind.Fields.Where(f => f.Names is not null && run.Mapping.Has(f.Key)))
        {
            await ExecuteAsync(sql.Fill(field.Found ? KindSql.FindNamed(field) : KindSql.TakeKnownName(field)), ct);
        }

        foreach (var statement in kind.Prepare)
        {
            await ExecuteAsync(sql.Fill(statement), ct);
        }
    }

    // One buffer is filled while the other is on its way: reading and the server's writing go on side by side.
    private async Task CopyAsync(TableReader reader, RowParser parser, TextWriter writer, WorkState state, CancellationToken ct)
    {
        var (filling, leaving) = (new CopyText(), new CopyText());
        var sent = Task.CompletedTask;
        for (var (rows, more) = (0, true); more;)
        {
            try
            {
                for (filling.Length = 0; filling.Length < 256 * 1024 && (more = reader.Read()); rows++)
                {
                    parser.Parse(reader, filling);
                }
            }
            finally
            {
                await sent;
            }

            (filling, leaving) = (leaving, filling);
            var full = leaving.Memory;
            sent = Task.Run(() => writer.WriteAsync(full, ct), ct);
            (state.Message, state.Part) = ($"{rows:N0} of {run.Rows:N0} rows read", 0.6f * rows / Math.Max(1, run.Rows));
        }

        await sent;
    }

    private async Task<int> ApplyAsync(ImportSql sql, RowCheck check, CancellationToken ct)
    {
        var state = check.Unusual ? "case when s.state = 'o' then 'w' else s.state end" : "'x'";
        var unusual = check.Unusual ? ", 'unusual', true" : "";
        return await ExecuteAsync(
            $"""
            update {sql.Stage} s set state = {state}, found = coalesce(s.found, '[]') || jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('field', '{check.Field}', 'message', p.message, 'hint', p.hint, 'use', p.use{unusual})))
            from (select distinct on (c.row) * from ({sql.Fill(check.Sql)}) c order by c.row) p
            where s.row = p.row and not coalesce(s.found @> jsonb_build_array(jsonb_build_object('field', '{check.Field}', 'message', p.message)), false)
            """, ct);
    }

    private async Task<Dictionary<int, RowWord>> WordsAsync(CancellationToken ct)
    {
        var rows = await db.ImportRows.AsNoTracking().Where(r => r.RunId == run.Id).ToListAsync(ct);
        return rows.ToDictionary(r => r.Row, r => new RowWord(JsonSerializer.Deserialize<Dictionary<string, string>>(r.Mended) ?? [], r.Confirmed, r.TakenOut));
    }

    private async Task RunAsync(string sql, CancellationToken ct, params object?[] values)
    {
        await using var command = Command(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value is null ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text } : new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(ct);
    }

    private NpgsqlCommand Command(string sql) => new(
        sql, (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(db.Database.CurrentTransaction!))
    {
        CommandTimeout = db.Database.GetCommandTimeout() ?? 30,
    };

    private async Task<T> ScalarAsync<T>(string sql, CancellationToken ct) => (await RowsAsync(sql, r => (T)r.GetValue(0), ct))[0];

    private async Task<List<T>> RowsAsync<T>(string sql, Func<IDataRecord, T> read, CancellationToken ct, string[]? texts = null)
    {
        await using var command = Command(sql);
        if (texts is not null)
        {
            command.Parameters.Add(new() { Value = texts });
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static IReadOnlyDictionary<string, string> Texts(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText());
    }

    private sealed record TableColumn(string TableName, string Name, bool IsText, bool NeedsText);
}
