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
    default:
        Console.WriteLine("""
            Sourcing.Benchmarks import ROWS    a generated file of parts through the importer, against PostgreSQL's own COPY
            Sourcing.Benchmarks desk COUNT     lists, search, comparison, board and the RFQ cycle among COUNT parts and suppliers
            Sourcing.Benchmarks scms PATH      the SCMS delivery history through the importer: what came out, again, and undone
            """);
        return 1;
}
