using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sourcing.Data.Imports;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Benchmarks;

/// <summary>
/// A generated file of parts through the importer, against PostgreSQL's own COPY of the same file, in one run on one server. Two
/// tables take the COPY: one with the file's columns and nothing else, and one made like parts, with its generated columns and indexes.
/// </summary>
internal static class ImportBenchmark
{
    private const string Columns = "number text, name text, description text, type text, category text, unit text, hs_code text, standard_cost numeric, shelf_life_days int, is_critical boolean, maker text, drawing text";

    public static async Task RunAsync(int rows)
    {
        var path = Path.Combine(Path.GetTempPath(), $"parts-{rows}-{Environment.ProcessId}.csv");
        try
        {
            Generate(path, rows);
            Console.WriteLine($"{rows:N0} parts of 12 columns, {new FileInfo(path).Length / 1e6:N0} MB\n");
            await using var sandbox = await Sandbox.StartAsync();
            await PrepareAsync(sandbox);

            var plain = await CopyAsync(sandbox, path, "plain_parts");
            Print("COPY into a plain table of the file's columns", rows, plain);
            var steps = await ImportAsync(sandbox, path);
            Print("Import, upload to commit", rows, steps.Total);
            foreach (var (what, time) in steps.Parts)
            {
                Console.WriteLine($"    {what,-42}{time.TotalSeconds,8:N2} s");
            }

            await sandbox.SqlAsync("truncate plain_parts");
            var same = await CopyIntoLikenessAsync(sandbox, path);
            Print("COPY of the same rows into a table like parts", rows, same);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nSpeed of the import against COPY: {plain / steps.Total:0.00} of the plain table's, {same / steps.Total:0.00} of the table's like parts."));
            Console.WriteLine($"Memory: {steps.Peak >> 20:N0} MB at most while it ran, {steps.Allocated >> 20:N0} MB allocated altogether.");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task PrepareAsync(Sandbox sandbox)
    {
        await sandbox.SqlAsync($"create unlogged table plain_parts ({Columns})");
        await sandbox.SqlAsync("insert into units (id, code, name, dimension, factor) values (gen_random_uuid(), 'pcs', 'Pieces', 'count', 1), (gen_random_uuid(), 'kg', 'Kilogram', 'mass', 1) on conflict do nothing");
        await sandbox.SqlAsync("insert into part_categories (id, code, name) select gen_random_uuid(), 'C' || n, 'Category ' || n from generate_series(0, 19) n");
    }

    private static async Task<(TimeSpan Total, List<(string, TimeSpan)> Parts, long Peak, long Allocated)> ImportAsync(Sandbox sandbox, string path)
    {
        var parts = new List<(string, TimeSpan)>();
        var peak = 0L;
        using var stop = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                peak = Math.Max(peak, Process.GetCurrentProcess().WorkingSet64);
                await Task.Delay(50);
            }
        });
        var allocated = GC.GetTotalAllocatedBytes();
        var clock = Stopwatch.StartNew();
        async Task<T> Timed<T>(string what, Task<T> step)
        {
            var from = clock.Elapsed;
            var result = await step;
            parts.Add((what, clock.Elapsed - from));
            return result;
        }

        await using var scope = sandbox.Scope();
        var service = scope.ServiceProvider.GetRequiredService<ImportService>();
        await using var content = File.OpenRead(path);
        var id = await Timed("upload: store, hash, read once", service.UploadAsync(Guid.CreateVersion7(), "parts", "parts.csv", content, CancellationToken.None));
        await service.CheckAsync(id, CancellationToken.None);
        Console.WriteLine("  " + await Timed("check: parse, stage by COPY, compare", Jobs.WorkAsync(scope, id)));
        await service.CommitAsync(id, CancellationToken.None);
        Console.WriteLine("  " + await Timed("commit: write parts and their indexes", Jobs.WorkAsync(scope, id)));
        var total = clock.Elapsed;
        await stop.CancelAsync();
        await watching;
        return (total, parts, peak, GC.GetTotalAllocatedBytes() - allocated);
    }

    private static async Task<TimeSpan> CopyAsync(Sandbox sandbox, string path, string table)
    {
        var clock = Stopwatch.StartNew();
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

        return clock.Elapsed;
    }

    // What COPY would take if the file had the table's own columns: keys instead of codes, put there before the clock starts.
    private static async Task<TimeSpan> CopyIntoLikenessAsync(Sandbox sandbox, string path)
    {
        await CopyAsync(sandbox, path, "plain_parts");
        await sandbox.SqlAsync("create table like_parts (like parts including all)");
        var file = Path.Combine(Path.GetTempPath(), $"parts-keyed-{Environment.ProcessId}.csv");
        const string Names = "id, number, name, description, type, category_id, unit_id, hs_code, standard_cost, shelf_life_days, is_critical, popularity, quote_count, order_count";
        await using var connection = await sandbox.Sources.Migrator.OpenConnectionAsync();
        try
        {
            await using (var reader = File.Create(file))
            await using (var copy = await connection.BeginRawBinaryCopyAsync(
                $"copy (select gen_random_uuid(), x.number, x.name, coalesce(x.description, ''), x.type, c.id, u.id, x.hs_code, x.standard_cost::numeric(18,4), x.shelf_life_days, x.is_critical, 0::numeric(18,4), 0, 0 from plain_parts x join units u on u.code = x.unit left join part_categories c on c.code = x.category) to stdout (format binary)"))
            {
                await copy.CopyToAsync(reader);
            }

            var clock = Stopwatch.StartNew();
            await using (var writer = await connection.BeginRawBinaryCopyAsync($"copy like_parts ({Names}) from stdin (format binary)"))
            {
                await using var content = File.OpenRead(file);
                await content.CopyToAsync(writer);
            }

            return clock.Elapsed;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Print(string what, int rows, TimeSpan time) => Console.WriteLine($"{what,-48}{time.TotalSeconds,8:N2} s{rows / time.TotalSeconds,14:N0} rows/s");

    private static void Generate(string path, int rows)
    {
        string[] types = ["raw_material", "component", "finished_good", "packaging"];
        string[] things = ["Bearing", "Shaft seal", "Hex bolt", "Gear wheel", "Cable gland", "Cotton yarn", "Zip fastener", "Carton"];
        using var text = new StreamWriter(path);
        text.Write("Part number,Name,Description,Type,Category,Unit,HS code,Standard cost,Shelf life (days),Critical,Maker,Drawing\n");
        for (var i = 0; i < rows; i++)
        {
            var thing = things[i % things.Length];
            text.Write(string.Create(CultureInfo.InvariantCulture, $"G{i:0000000}-{i * 7919 % 97:00},\"{thing}, size {i % 480}\",{thing} of series {i % 1000} with finish {i % 13},{types[i % 4]},C{i % 20},{(i % 3 == 0 ? "kg" : "pcs")},8482.10,{i % 100_000 / 100.0:0.00},{(i % 5 == 0 ? "365" : "")},{(i % 50 == 0 ? "yes" : "no")},Maker {i % 200},D-{i % 30_000}\n"));
        }
    }
}
