using Sourcing.Benchmarks;

// At-scale runs with figures for docs/benchmarks.md. Those that need a database start a server of their own that is gone afterwards.
switch (args)
{
    case ["import", var rows]:
        await ImportBenchmark.RunAsync(int.Parse(rows, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["scms", var path]:
        return await ScmsTrial.RunAsync(path);
    case ["desk", var count]:
        return await DeskBenchmark.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
    case ["notes", var customers, var notes]:
        return await NoteBenchmark.RunAsync(int.Parse(customers, System.Globalization.CultureInfo.InvariantCulture), int.Parse(notes, System.Globalization.CultureInfo.InvariantCulture));
    case ["plan-engine", .. var sizes]:
        PlanEngineBenchmark.Run(sizes is [{ } size] ? int.Parse(size, System.Globalization.CultureInfo.InvariantCulture) : 0);
        return 0;
    case ["plan", var count]:
        await PlanBenchmark.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["click", var address, .. var others]:
        return await ClickBenchmark.RunAsync(address, others is [{ } open] ? int.Parse(open, System.Globalization.CultureInfo.InvariantCulture) : 0);
    case ["m3", var path]:
        return await M3Benchmark.RunAsync(path, visible: false);
    case ["m3", var path, "visible"]:
        return await M3Benchmark.RunAsync(path, visible: true);
    case ["award", .. var lines]:
        return AwardBenchmark.Run(lines is [{ } number] ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : 500);
    case ["commissions", var orders]:
        await CommissionBenchmark.RunAsync(int.Parse(orders, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["sold", var orders]:
        return await SoldBenchmark.RunAsync(int.Parse(orders, System.Globalization.CultureInfo.InvariantCulture));
    case ["forecast", var count]:
        return ForecastBenchmark.Run(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
    case ["chapters", "region", .. var sizes]:
        await RegionBenchmark.RunAsync(sizes is [{ } chapters] ? int.Parse(chapters, System.Globalization.CultureInfo.InvariantCulture) : 200);
        return 0;
    case ["chapters", .. var sizes]:
        return ChapterBenchmark.Run(60, 15_000, sizes is [{ } region] ? int.Parse(region, System.Globalization.CultureInfo.InvariantCulture) : 200);
    case ["chapter-import", .. var sizes]:
        return await ChapterImportBenchmark.RunAsync(sizes is [{ } members] ? int.Parse(members, System.Globalization.CultureInfo.InvariantCulture) : 60);
    case ["chapter-services"]:
        await ChapterServiceBenchmark.RunAsync(60, 15_000);
        return 0;
    default:
        Console.WriteLine("""
            Sourcing.Benchmarks import ROWS    a generated file of parts through the importer, against PostgreSQL's own COPY
            Sourcing.Benchmarks desk COUNT     lists, search, comparison, board and the RFQ cycle among COUNT parts and suppliers
            Sourcing.Benchmarks notes CUSTOMERS NOTES  the note form, my day, search and a team's week among so many
            Sourcing.Benchmarks click ADDRESS [N]  clicks on the board of a running demo company, with N other boards open
            Sourcing.Benchmarks plan COUNT     a generated mill of COUNT materials in the database, a whole planning cycle and again, phase by phase
            Sourcing.Benchmarks plan-engine [N] a generated mill of N materials planned in memory, phase by phase; without N five sizes
            Sourcing.Benchmarks scms PATH      the SCMS delivery history through the importer: what came out, again, and undone
            Sourcing.Benchmarks m3 PATH [visible]  the M3 competition's series by automatic selection, beside the published results
            Sourcing.Benchmarks award [LINES]  awards of 12 suppliers by LINES (500) worked out under every kind of rule
            Sourcing.Benchmarks commissions N  a run of commissions over N orders, again, approved and paid
            Sourcing.Benchmarks sold ORDERS    lists, search and dashboard of those who sell among so many orders
            Sourcing.Benchmarks forecast COUNT weekly demand of COUNT SKUs through the forecaster
            Sourcing.Benchmarks chapters [N]   a year of a chapter of 60 reckoned in memory, N (200) chapters compared, reports of 10,000 rows read
            Sourcing.Benchmarks chapter-import [MEMBERS]   slips audits of 10,000 rows through the import, with the database: applied, replaced, taken back
            Sourcing.Benchmarks chapter-services  the same year of a chapter of 60 through its services, with their database
            Sourcing.Benchmarks chapters region [N]  N (200) chapters with a year of slips in the database, compared; a report, a year together and its spreadsheet
            """);
        return 1;
}
