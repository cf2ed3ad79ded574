using System.Diagnostics;
using System.Globalization;
using System.Security;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Chapters;
using Sourcing.Data.Chapters.Importing;

namespace Sourcing.Benchmarks;

/// <summary>A slips audit of 10,000 rows through the service, with its database: uploaded, looked at, applied, replaced by a newer one, taken back.</summary>
internal static class ChapterImportBenchmark
{
    private const int Rows = 10_000;
    private const int Rounds = 3;

    public static async Task<int> RunAsync(int members)
    {
        await using var sandbox = await Sandbox.StartAsync();
        await using var scope = sandbox.Scope();
        var (services, ct) = (scope.ServiceProvider, CancellationToken.None);
        await sandbox.SqlAsync("insert into user_roles (user_id, role_id) select $1, id from roles where name = 'Admin'", sandbox.User.Id);
        // Another role ends the sessions that somebody has.
        await sandbox.SqlAsync("update app.sessions set revoked_at = null");
        var chapter = await services.GetRequiredService<ChapterService>().SaveAsync(new() { Name = "Harbour", Location = "Norrholm", TimeZone = "UTC" }, ct);
        var names = Enumerable.Range(0, members).Select(i => $"Member{(char)('A' + (i % 26))} Number{(char)('A' + (i / 26))}").ToList();
        foreach (var name in names)
        {
            await services.GetRequiredService<MemberService>().SaveAsync(new() { ChapterId = chapter, FirstName = name.Split(' ')[0], LastName = name.Split(' ')[1], JoinedOn = new(2020, 1, 1) }, ct);
        }

        var (imports, queries) = (services.GetRequiredService<ChapterImportService>(), services.GetRequiredService<ChapterImportQueries>());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Rows:N0} rows of slips of {members} members, {Rounds} times, with the database\n\n| what | fastest s | median s | slowest s |\n| --- | ---: | ---: | ---: |"));
        var times = new Dictionary<string, List<double>>();
        for (var round = 0; round < Rounds; round++)
        {
            var (first, second) = (Xml(names, 0, round), Xml(names, 100, round));
            Guid batch = default, newer = default;
            await TimeAsync("uploaded and read", async () => batch = await imports.UploadAsync(Guid.CreateVersion7(), chapter, null, "a.xls", new MemoryStream(first), ct));
            await TimeAsync("preview shown", () => queries.DetailsAsync(batch, ct));
            await TimeAsync("applied", () => ApplyAsync(batch));
            await TimeAsync("a newer one of the same period uploaded", async () => newer = await imports.UploadAsync(Guid.CreateVersion7(), chapter, null, "b.xls", new MemoryStream(second), ct));
            await TimeAsync("its difference shown", () => queries.DetailsAsync(newer, ct));
            await TimeAsync("applied in the place of the first", () => ApplyAsync(newer));
            await TimeAsync("taken back: the first counts again", () => imports.UndoAsync(newer, ct));
            await TimeAsync("the first taken back", () => imports.UndoAsync(batch, ct));
        }

        foreach (var (what, taken) in times)
        {
            var sorted = taken.Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {sorted[0]:0.00} | {sorted[sorted.Count / 2]:0.00} | {sorted[^1]:0.00} |"));
        }

        return 0;

        async Task ApplyAsync(Guid batch)
        {
            var shown = (await queries.DetailsAsync(batch, ct))!;
            await imports.ApplyAsync(new() { BatchId = batch, Version = shown.Version, Replaces = shown.Replaces?.Id }, ct);
        }

        async Task TimeAsync(string what, Func<Task> act)
        {
            var watch = Stopwatch.StartNew();
            await act();
            (times.TryGetValue(what, out var list) ? list : times[what] = []).Add(watch.Elapsed.TotalSeconds);
        }
    }

    // Half referrals, a fifth one-to-ones, the rest closed business, education and visitors; one in eight goes outside.
    private static byte[] Xml(List<string> names, int shift, int round)
    {
        var (random, text) = (new Random(7 + round), new StringBuilder("<?xml version=\"1.0\"?>\r<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\r<Styles><Style ss:ID=\"b\"><Font ss:Bold=\"1\"/></Style></Styles>\r<Worksheet ss:Name=\"Report\">\r<Table>\r"));
        Row("Slips Audit Report");
        Row("From:", "2025-03-01", "To:", "2025-03-31");
        Row("From", "To", "Slip Type", "Inside/Outside", "TYFCB Amount", "CEU Credits", "Detail");
        for (var i = 0; i < Rows + shift; i++)
        {
            var from = random.Next(names.Count);
            var to = (from + 1 + random.Next(names.Count - 1)) % names.Count;
            var (isOutside, tier, kind, amount) = (random.Next(8) == 0, random.Next(2) == 0 ? "Inside" : "Outside", random.Next(10), random.Next(1, 500_000));
            if (i < shift)
            {
                continue;
            }

            switch (kind)
            {
                case < 5: Row(names[from], isOutside ? "*Ines Faro" : names[to], "Referral", tier, "", "", isOutside ? "Hillside" : ""); break;
                case < 7: Row(names[from], isOutside ? "*Oskar Brask" : names[to], "One-to-One", "", "", "", isOutside ? "Hillside" : ""); break;
                case 7: Row("", names[to], "TYFCB", tier, FormattableString.Invariant($"{amount / 100m:0.00}"), "", ""); break;
                case 8: Row(names[from], "", "CEU", "", "", "1", "Training"); break;
                default: Row(names[from], $"Visitor {i}", "Visitor"); break;
            }
        }

        return Encoding.UTF8.GetBytes(text.Append("</Table></Worksheet></Workbook>").ToString());

        void Row(params string[] cells)
        {
            text.Append("<Row>");
            foreach (var cell in cells)
            {
                text.Append(cell.StartsWith('*') ? "<Cell ss:StyleID=\"b\">" : "<Cell>").Append("<Data ss:Type=\"String\">").Append(SecurityElement.Escape(cell.TrimStart('*'))).Append("</Data></Cell>");
            }

            text.Append("</Row>\r");
        }
    }
}
