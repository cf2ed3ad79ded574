using Sourcing.Benchmarks;

// At-scale runs with figures for docs/benchmarks.md. Each starts a server of its own that is gone afterwards.
switch (args)
{
    case ["import", var rows]:
        await ImportBenchmark.RunAsync(int.Parse(rows, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["scms", var path]:
        return await ScmsTrial.RunAsync(path);
    case ["desk", var count]:
        return await DeskBenchmark.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
    case ["click", var address, .. var others]:
        return await ClickBenchmark.RunAsync(address, others is [{ } open] ? int.Parse(open, System.Globalization.CultureInfo.InvariantCulture) : 0);
    default:
        Console.WriteLine("""
            Sourcing.Benchmarks import ROWS    a generated file of parts through the importer, against PostgreSQL's own COPY
            Sourcing.Benchmarks desk COUNT     lists, search, comparison, board and the RFQ cycle among COUNT parts and suppliers
            Sourcing.Benchmarks click ADDRESS [N]  clicks on the board of a running demo company, with N other boards open
            Sourcing.Benchmarks scms PATH      the SCMS delivery history through the importer: what came out, again, and undone
            """);
        return 1;
}
