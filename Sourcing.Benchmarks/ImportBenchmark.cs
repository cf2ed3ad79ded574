using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Imports;
using Sourcing.Data.Operations;

namespace Sourcing.Benchmarks;

/// <summary>
/// A generated file of parts through the importer, against PostgreSQL's own COPY of the same file, in one run on one server. What takes
/// the COPY: an ordinary table of the file's columns without any key, read before and after the import; and a table like parts, with its
/// keys, foreign keys and indexes.
/// </summary>
internal static class ImportBenchmark
{
    private const string Columns = "number text, name text, description text, type text, category text, unit text, hs_code text, standard_cost numeric, shelf_life_days int, is_critical boolean, maker text, drawing text";

    public static async Task RunAsync(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("parts-");
        var path = Path.Combine(folder.FullName, "parts.csv");
        try
        {
            Generate(path, rows, "G");
            Console.WriteLine($"{rows:N0} parts of 12 columns, {new FileInfo(path).Length / 1e6:N0} MB; {Environment.ProcessorCount} cores\n");
            await using var sandbox = await Sandbox.StartAsync();
            await PrepareAsync(sandbox);
            // Once around with a small file, so that no figure holds the start of the program.
            var small = Path.Combine(folder.FullName, "small.csv");
            Generate(small, 2000, "S");
            await ImportAsync(sandbox, small);
            await CopyAsync(sandbox, small, "plain_parts");
            await sandbox.SqlAsync("truncate plain_parts; truncate parts cascade");
            var before = await CopyAsync(sandbox, path, "plain_parts");
            var first = await ImportAsync(sandbox, path);
            var indexes = await IndexAsync(sandbox);
            await sandbox.SqlAsync("truncate plain_parts");
            var after = await CopyAsync(sandbox, path, "plain_parts");
            var copy = before + after;
            Print("COPY into a table of the file's columns, before", rows, before);
            Print("COPY into a table of the file's columns, after", rows, after);
            Print("Import into an empty catalog", rows, first);
            Print("    after the commit: indexes by a job", rows, indexes);
            var again = await ImportAsync(sandbox, path, commit: false);
            Print("The same file again, up to its preview", rows, again);
            var part = Math.Max(1, rows / 5);
            Generate(path, part, "H");
            var more = await ImportAsync(sandbox, path);
            Print($"Import of {part:N0} more, all indexes kept", part, more);
            var likeness = await CopyIntoLikenessAsync(sandbox, rows);
            Print("COPY of the rows into a table like parts", rows, likeness);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

                Speed of the import, from upload to commit, against COPY:
                  {"time",8}{"cores",8}
                  {Ratio(copy, first.Total, 2)} of COPY into the table without keys (mean of the two)
                  {Ratio(copy, first.Parts[^1].Cost, 2)} of the same, the commit alone
                  {Ratio(copy, first.Total + indexes, 2)} of the same, with the indexes made afterwards
                  {Ratio(likeness, first.Total + indexes)} of COPY into the table like parts, with the indexes made afterwards
                Memory of the process: {first.Peak >> 20:N0} MB at most during the import, {first.Before >> 20:N0} MB before it
                """));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task PrepareAsync(Sandbox sandbox)
    {
        await sandbox.SqlAsync($"create table plain_parts ({Columns})");
        await sandbox.SqlAsync("insert into units (id, code, name, dimension, factor) values (gen_random_uuid(), 'pcs', 'Pieces', 'count', 1), (gen_random_uuid(), 'kg', 'Kilogram', 'mass', 1) on conflict do nothing");
        await sandbox.SqlAsync("insert into part_categories (id, code, name) select gen_random_uuid(), 'C' || n, 'Category ' || n from generate_series(0, 19) n");
    }

    private sealed record Outcome(Cost Total, List<(string What, Cost Cost)> Parts, long Peak, long Before, List<string> Sentences);

    private static async Task<Outcome> ImportAsync(Sandbox sandbox, string path, bool commit = true)
    {
        GC.Collect();
        var (parts, sentences, before, peak) = (new List<(string What, Cost Cost)>(), new List<string>(), Process.GetCurrentProcess().WorkingSet64, 0L);
        using var stop = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                peak = Math.Max(peak, Process.GetCurrentProcess().WorkingSet64);
                await Task.Delay(50);
            }
        });
        async Task<T> Timed<T>(string what, Func<Task<T>> step)
        {
            var meter = await Meter.StartAsync(sandbox);
            var result = await step();
            parts.Add((what, meter.Read()));
            return result;
        }

        await using var scope = sandbox.Scope();
        var service = scope.ServiceProvider.GetRequiredService<ImportService>();
        await using var content = File.OpenRead(path);
        var id = await Timed("upload: store, hash, read once", () => service.UploadAsync(Guid.CreateVersion7(), "parts", "parts.csv", content, CancellationToken.None));
        await service.CheckAsync(id, CancellationToken.None);
        sentences.Add(await Timed("check: every row, preview", () => Jobs.WorkAsync(scope, id)));
        if (commit)
        {
            await service.CommitAsync(id, CancellationToken.None);
            sentences.Add(await Timed("commit: one transaction", () => Jobs.WorkAsync(scope, id)));
        }

        await stop.CancelAsync();
        await watching;
        return new(parts.Aggregate(default(Cost), (sum, part) => sum + part.Cost), parts, peak, before, sentences);
    }

    // What the job queue of a server would do right after the commit.
    private static async Task<Cost> IndexAsync(Sandbox sandbox)
    {
        var meter = await Meter.StartAsync(sandbox);
        await using var scope = sandbox.Scope();
        await scope.ServiceProvider.GetServices<IRegularWork>().OfType<IndexWork>().Single().RunAsync(CancellationToken.None);
        return meter.Read();
    }

    private static async Task<Cost> CopyAsync(Sandbox sandbox, string path, string table)
    {
        var meter = await Meter.StartAsync(sandbox);
        await using var connection = await sandbox.Sources.Migrator.OpenConnectionAsync();
        await using (var writer = await connection.BeginTextImportAsync($"copy {table} from stdin with (format csv, header)"))
        {
            using var reader = new StreamReader(path, System.Text.Encoding.UTF8, false, 1 << 16);
            var buffer = new char[1 << 16];
            for (int read; (read = await reader.ReadAsync(buffer)) > 0;)
            {
                await writer.WriteAsync(buffer.AsMemory(0, read));
            }
        }

        return meter.Read();
    }

    // What COPY would take if the file had the table's own columns: keys instead of codes, put there before the clock starts.
    private static async Task<Cost> CopyIntoLikenessAsync(Sandbox sandbox, int rows)
    {
        await sandbox.SqlAsync(
            """
            create table like_parts (like parts including all);
            alter table like_parts add foreign key (unit_id) references units (id), add foreign key (category_id) references part_categories (id);
            """);
        var file = Path.Combine(Path.GetTempPath(), $"parts-keyed-{Environment.ProcessId}");
        const string Names = "id, number, name, description, type, category_id, unit_id, hs_code, standard_cost, shelf_life_days, is_critical, popularity, quote_count, order_count";
        await using var connection = await sandbox.Sources.Migrator.OpenConnectionAsync();
        try
        {
            await using (var reader = File.Create(file))
            await using (var copy = await connection.BeginRawBinaryCopyAsync($"copy (select {Names} from parts where number like 'G%' order by id limit {rows}) to stdout (format binary)"))
            {
                await copy.CopyToAsync(reader);
            }

            var meter = await Meter.StartAsync(sandbox);
            await using (var writer = await connection.BeginRawBinaryCopyAsync($"copy like_parts ({Names}) from stdin (format binary)"))
            {
                await using var content = File.OpenRead(file);
                await content.CopyToAsync(writer);
            }

            return meter.Read();
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Print(string what, int rows, Outcome outcome)
    {
        Print(what, rows, outcome.Total);
        foreach (var (step, time) in outcome.Parts)
        {
            Print("    " + step, rows, time);
        }

        outcome.Sentences.ForEach(s => Console.WriteLine("    " + s));
    }

    private static void Print(string what, int rows, Cost cost) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what,-50}{cost.Time.TotalSeconds,8:N2} s{rows / cost.Time.TotalSeconds,12:N0} rows/s{cost.Here.TotalSeconds,8:N2} s here{cost.Server.TotalSeconds,8:N2} s in the server"));

    private static string Ratio(Cost copy, Cost import, int copies = 1) =>
        string.Create(CultureInfo.InvariantCulture, $"{copy.Time / import.Time / copies,8:0.00}{copy.Cores / import.Cores / copies,8:0.00}");

    private static void Generate(string path, int rows, string letter)
    {
        string[] types = ["raw_material", "component", "finished_good", "packaging"];
        string[] things = ["Bearing", "Shaft seal", "Hex bolt", "Gear wheel", "Cable gland", "Cotton yarn", "Zip fastener", "Carton"];
        using var text = new StreamWriter(path);
        text.Write("Part number,Name,Description,Type,Category,Unit,HS code,Standard cost,Shelf life (days),Critical,Maker,Drawing\n");
        for (var i = 0; i < rows; i++)
        {
            var thing = things[i % things.Length];
            text.Write(string.Create(CultureInfo.InvariantCulture, $"{letter}{i:0000000}-{i * 7919 % 97:00},\"{thing}, size {i % 480}\",{thing} of series {i % 1000} with finish {i % 13},{types[i % 4]},C{i % 20},{(i % 3 == 0 ? "kg" : "pcs")},8482.10,{i % 100_000 / 100.0:0.00},{(i % 5 == 0 ? "365" : "")},{(i % 50 == 0 ? "yes" : "no")},Maker {i % 200},D-{i % 30_000}\n"));
        }
    }
}
