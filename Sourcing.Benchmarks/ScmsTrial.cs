using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Imports;
using Sourcing.Data.Imports.Reading;

namespace Sourcing.Benchmarks;

/// <summary>
/// The SCMS delivery history through the importer as a user has it, by the mapping that comes with the app, and what came out held
/// against the file's own figures, which are counted here by other means: a reader of a dozen lines and nothing of the importer.
/// </summary>
internal static class ScmsTrial
{
    private static readonly string[] Tables = ["units", "part_categories", "suppliers", "parts", "rfqs", "orders", "shipments", "order_lines", "receipts"];

    public static async Task<int> RunAsync(string path)
    {
        var rows = Rows(await File.ReadAllTextAsync(path, Encoding.UTF8));
        await using var sandbox = await Sandbox.StartAsync();
        var before = await CountsAsync(sandbox);
        var first = await ImportAsync(sandbox, path);
        Print("Import", first);
        var agrees = await CompareAsync(sandbox, rows, before);

        var again = await ImportAsync(sandbox, path);
        Print("The same file again", again);
        agrees &= again.Counts.All(c => c.New == 0 && c.Changed == 0);

        // Before the undo: figures that follow from the import must not stand in its way.
        agrees &= await ScmsScorecards.CompareAsync(sandbox);

        var undone = await UndoAsync(sandbox, first.Id);
        var after = await CountsAsync(sandbox);
        Console.WriteLine($"\nUndo: {undone.Status}{(undone.Refusal.Length > 0 ? ": " + undone.Refusal : "")}. Left: " + string.Join(", ", Tables.Select(t => $"{after[t] - before[t]} {t}")));
        agrees &= Tables.All(t => after[t] == before[t]);
        Console.WriteLine(agrees ? "\nEverything agrees." : "\nSomething does not agree.");
        return agrees ? 0 : 1;
    }

    private static async Task<ImportDetails> ImportAsync(Sandbox sandbox, string path)
    {
        await using var scope = sandbox.Scope();
        var (service, queries) = (scope.ServiceProvider.GetRequiredService<ImportService>(), scope.ServiceProvider.GetRequiredService<ImportQueries>());
        await using var file = File.OpenRead(path);
        var id = await service.UploadAsync(Guid.CreateVersion7(), "order_history", Path.GetFileName(path), file, CancellationToken.None);
        await service.CheckAsync(id, CancellationToken.None);
        Console.WriteLine("  " + await Jobs.WorkAsync(scope, id));
        var ready = await queries.DetailsAsync(id, CancellationToken.None);
        Console.WriteLine($"  to mend {ready.RowsToMend}, to confirm {ready.UnusualRows}, set aside {ready.SetAsideRows}; new {ready.NewRows}, changed {ready.ChangedRows}, unchanged {ready.UnchangedRows}");
        foreach (var problem in (await queries.RowsAsync(id, RowFilter.Attention, 0, CancellationToken.None)).Rows.Take(5))
        {
            Console.WriteLine($"    row {problem.Row}: {string.Join("; ", problem.Problems.Select(p => p.Message))}");
        }

        if (ready.UnusualRows > 0)
        {
            await service.ConfirmAllAsync(id, CancellationToken.None);
        }

        await service.CommitAsync(id, CancellationToken.None);
        Console.WriteLine("  " + await Jobs.WorkAsync(scope, id));
        return await queries.DetailsAsync(id, CancellationToken.None);
    }

    private static async Task<ImportDetails> UndoAsync(Sandbox sandbox, Guid id)
    {
        await using var scope = sandbox.Scope();
        await scope.ServiceProvider.GetRequiredService<ImportService>().UndoAsync(id, CancellationToken.None);
        Console.WriteLine("  " + await Jobs.WorkAsync(scope, id));
        return await scope.ServiceProvider.GetRequiredService<ImportQueries>().DetailsAsync(id, CancellationToken.None);
    }

    private static void Print(string what, ImportDetails run)
    {
        Console.WriteLine($"\n{what}: {run.Number}, {run.Rows:N0} rows, {run.Status}");
        foreach (var count in run.Counts)
        {
            Console.WriteLine($"  {count.Plural,-14} new {count.New,7:N0}  changed {count.Changed,5:N0}  unchanged {count.Unchanged,7:N0}");
        }

        foreach (var rule in run.RuleCounts)
        {
            Console.WriteLine($"  {rule.Cells,6:N0} cells: {rule.Rule}");
        }
    }

    private static async Task<bool> CompareAsync(Sandbox sandbox, List<Dictionary<string, string>> rows, Dictionary<string, long> before)
    {
        var now = await CountsAsync(sandbox);
        long Made(string table) => now[table] - before[table];
        long Distinct(string column, params string[] words) => rows.Select(r => r[column]).Where(v => !words.Contains(v)).Distinct().LongCount();
        var numeric = rows.Where(r => decimal.TryParse(r["Freight Cost (USD)"], NumberStyles.Float, CultureInfo.InvariantCulture, out _)).Sum(r => decimal.Parse(r["Freight Cost (USD)"], CultureInfo.InvariantCulture));
        (string What, decimal File, decimal Here)[] figures =
        [
            ("rows / order lines", rows.Count, Made("order_lines")),
            ("rows delivered / receipts", rows.Count(r => r["Delivered to Client Date"].Length > 0), Made("receipts")),
            ("vendors / suppliers", Distinct("Vendor"), Made("suppliers")),
            ("items / parts", Distinct("Item Description"), Made("parts")),
            ("order numbers / orders", Distinct("PO / SO #"), Made("orders")),
            ("PQ numbers less “Pre-PQ Process” / RFQs", Distinct("PQ #", "Pre-PQ Process"), Made("rfqs")),
            ("sum of line values / of lines", rows.Sum(r => decimal.Parse(r["Line Item Value"], CultureInfo.InvariantCulture)), await sandbox.ScalarAsync<decimal>("select sum(amount) from order_lines")),
            ("sum of line values / of order subtotals", rows.Sum(r => decimal.Parse(r["Line Item Value"], CultureInfo.InvariantCulture)), await sandbox.ScalarAsync<decimal>("select sum(subtotal) from orders")),
            ("sum of quantities / of lines", rows.Sum(r => decimal.Parse(r["Line Item Quantity"], CultureInfo.InvariantCulture)), await sandbox.ScalarAsync<decimal>("select sum(quantity) from order_lines")),
            ("sum of freight figures / of orders", numeric, await sandbox.ScalarAsync<decimal>("select sum(freight) from orders")),
        ];
        Console.WriteLine($"\n  PQ numbers with the words: {Distinct("PQ #"):N0}");
        Console.WriteLine($"  {"",-44}{"in the file",20}{"in the tables",20}");
        foreach (var (what, inFile, here) in figures)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-44}{inFile,20:#,0.##}{here,20:#,0.##}{(inFile == here ? "" : "   differs")}"));
        }

        return figures.All(f => f.File == f.Here);
    }

    private static async Task<Dictionary<string, long>> CountsAsync(Sandbox sandbox)
    {
        var counts = new Dictionary<string, long>();
        foreach (var table in Tables)
        {
            counts[table] = await sandbox.ScalarAsync<long>($"select count(*) from {table}");
        }

        return counts;
    }

    // On purpose not the importer's reader: the figures it is held against have to be found another way.
    private static List<Dictionary<string, string>> Rows(string text)
    {
        var table = new List<List<string>> { new() };
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var c in text.TrimEnd())
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is ',' or '\r')
            {
                table[^1].Add(cell.ToString());
                cell.Clear();
                if (c == '\r')
                {
                    table.Add([]);
                }
            }
            else
            {
                cell.Append(c);
            }
        }

        table[^1].Add(cell.ToString());
        return [.. table.Skip(1).Where(r => r.Count > 1).Select(r => table[0].Zip(r).ToDictionary(p => p.First, p => p.Second))];
    }
}
