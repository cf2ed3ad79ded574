using Sourcing.Data.Common;
using Sourcing.Data.Imports;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Imports.Planning;

/// <summary>A planner with the files that planners bring, in a mill of a few yarns and styles.</summary>
internal sealed class PlanDesk : IAsyncDisposable
{
    private readonly TestScope _scope;
    private readonly TestDatabase _database;

    private PlanDesk(TestScope scope, TestDatabase database) => (_scope, _database, Desk) = (scope, database, new(scope));

    public ImportDesk Desk { get; }

    public TestScope Scope => _scope;

    public static async Task<PlanDesk> OpenAsync(TestDatabase database)
    {
        if (await database.ScalarAsync<long>("select count(*) from units where code = 'lb'") == 0)
        {
            await using var admin = await database.AsAsync(Role.Admin);
            var desk = new ImportDesk(admin);
            await desk.ImportAsync("units", "Code,Name,Dimension,Factor\nlb,Pound,mass,0.45359237\nkg,Kilogram,mass,1\nyd,Yard,length,0.9144\npcs,Pieces,count,1\nroll,Roll,package,\n");
            await desk.ImportAsync("suppliers", "Code,Name,Currency,Lead time (days)\nKES,Kesmira,USD,30\nORW,Orwell,USD,\n");
            await desk.ImportAsync("parts", "Part number,Name,Type,Unit\n" + string.Concat(
                new[] { "19020,lb", "19021,lb", "19022,lb", "19023,pcs", "BX-1,pcs", "ST-100,lb", "ST-200,lb", "ST-300,lb", "ST-400,yd", "ST-500,lb", "ST-600,lb", "ST-700,lb", "GM-1,pcs", "GM-2,yd" }
                    .Select(p => $"{p.Split(',')[0]},Part {p.Split(',')[0]},component,{p.Split(',')[1]}\n")));
        }

        // What the tests of a class write is theirs alone, whichever of them comes first.
        await database.SqlAsync("truncate name_aliases, bills_of_materials, bom_lines, inventory, stock_movements, reservations, forecasts, sales_order_lines, orders, supplier_parts cascade");
        return new(await database.AsAsync(Role.Planner), database);
    }

    /// <summary>One of the planners' files, as it lies among the tests.</summary>
    public static TestFile File(string name) => TestFile.Bytes(System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Imports", "Files", "planning", name)), name);

    /// <summary>Uploads and checks a file with the mapping that the importer finds by itself.</summary>
    public async Task<ImportDetails> CheckAsync(string kind, string file, Func<MappingDefinition, MappingDefinition>? change = null)
    {
        using var content = File(file);
        var id = await Desk.UploadAsync(kind, content);
        if (change is not null)
        {
            await Desk.MatchAsync(id, change);
        }

        return await Desk.CheckAsync(id);
    }

    /// <summary>Checks, confirms whatever looks unusual, and writes what is ready.</summary>
    public async Task<ImportDetails> ImportAsync(string kind, string file, Func<MappingDefinition, MappingDefinition>? change = null)
    {
        var run = await CheckAsync(kind, file, change);
        await Desk.Service.ConfirmAllAsync(run.Id, TestContext.Current.CancellationToken);
        return await Desk.CommitAsync(run.Id);
    }

    /// <summary>What is wrong, a line for each row: "3: message".</summary>
    public async Task<string> WrongAsync(Guid id) =>
        string.Join("\n", (await Desk.RowsAsync(id)).Select(r => $"{r.Row}: {string.Join(" | ", r.Problems.Select(p => p.Message))}"));

    /// <summary>The rows of a statement that gives one text each, in its order.</summary>
    public async Task<string> ReadAsync(string sql) => await _database.ScalarAsync<string>($"select coalesce(string_agg(x.line, E'\\n'), '') from ({sql}) x (line)");

    public ValueTask DisposeAsync() => _scope.DisposeAsync();
}
