using System.Diagnostics;
using System.Globalization;
using System.Security;
using System.Text;
using Sourcing.Data.Chapters.Files;
using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Benchmarks;

/// <summary>The arithmetic of chapters in memory: a year of one chapter, a region of many, and a report of 10,000 rows read in each container.</summary>
internal static class ChapterBenchmark
{
    private const int Rounds = 30;
    private static int _next = 1;

    public static int Run(int members, int slips, int chapters)
    {
        var year = new Period(new(2025, 1, 1), new(2025, 12, 31));
        var ledger = Chapter(1, members, slips);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{members} members, 12 months, {slips:N0} slips\n\n| what | first ms | median ms | slowest ms |\n| --- | ---: | ---: | ---: |"));
        Time("what counts in the year", () => Counted.Of(ledger, year));
        Time("referral matrix", () => ReferralMatrix.Of(Counted.Of(ledger, year)));
        Time("one-to-one matrix", () => OneToOneMatrix.Of(Counted.Of(ledger, year)));
        Time("combination with missing lists and inactive pairs", () =>
        {
            var matrix = CombinationMatrix.Of(Counted.Of(ledger, year));
            _ = matrix.InactivePairs();
            return Enumerable.Range(0, matrix.Roster.Count).Select(matrix.Missing).Sum(m => m.Priority.Count);
        });
        Time("everything of the year", () => PeriodFigures.Of(ledger, year));
        Time("tiers of everybody", () => Tiers.Of(PeriodFigures.Of(ledger, year).Tallies));
        Time("lights of everybody", () => TallyTable.Of(Counted.Of(ledger, Period.Window(new(2025, 12, 5)))).Lines.Select(Schemes.Global2025.Score).Sum(l => l.Points));
        var months = Period.Window(new(2025, 12, 5)).Months.Select(m => TallyTable.Of(Counted.Of(ledger, m))).ToList();
        Time("points to the next band of everybody, a month rolled", () => ledger.People.Select(p => NextBand.Of(Schemes.Global2025, [.. months.Select(m => m.Of(p.Id))], [4])).Count(n => n.Cheapest is not null));
        Time("twelve months put together", () => Aggregation.OfMonths(ledger, year));
        Time("two half-years compared", () => PeriodComparison.Of(PeriodFigures.Of(ledger, new(new(2025, 1, 1), new(2025, 6, 30))), PeriodFigures.Of(ledger, new(new(2025, 7, 1), new(2025, 12, 31)))));
        Time("figures of a closed month", () => ClosedFigures.Of(ledger, Period.Month(2025, 11), Schemes.Global2025, []));
        Time("next best meetings", () => NextBestMeetings.Of(ledger, PeriodFigures.Of(ledger, year), []));
        Region(chapters, slips, year);
        Files(ledger);
        return 0;
    }

    private static void Region(int chapters, int slips, Period year)
    {
        var region = Enumerable.Range(0, chapters).Select(i => (Id: Id(), Name: $"Chapter {i:000}", Ledger: Chapter(i, 20 + (i % 41), slips))).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{chapters} chapters of 20 to 60 members with {slips:N0} slips each\n\n| what | first ms | median ms | slowest ms |\n| --- | ---: | ---: | ---: |"));
        Time("averages of all, ranked in five ways", () =>
        {
            var averages = region.Select(c => ChapterAverages.Of(c.Id, c.Name, c.Ledger, year)).ToList();
            return Enum.GetValues<RankedBy>().Sum(by => ChapterAverages.Rank(averages, by).Count);
        }, 7);
    }

    private static void Files(Ledger ledger)
    {
        var people = ledger.People;
        var context = new ReportContext { Names = new(people.Select(p => new KnownName(p.Id, p.Name))), Chosen = Period.Month(2025, 11) };
        var rows = Enumerable.Range(0, 10_000).Select(i => new[] { people[i % people.Count].Name, people[(i + 1 + (i / 97 % (people.Count - 1))) % people.Count].Name, "Referral", i % 3 == 0 ? "Outside" : "Inside", "", "", "" }).ToList();
        string[] heads = ["From", "To", "Slip Type", "Inside/Outside", "TYFCB Amount", "CEU Credits", "Detail"];
        Console.WriteLine("\nA slips audit of 10,000 rows, read, checked and resolved\n\n| what | first ms | median ms | slowest ms |\n| --- | ---: | ---: | ---: |");
        foreach (var (name, content) in new[] { ("SpreadsheetML", Xml(heads, rows)), ("XLSX", Xlsx(heads, rows)), ("CSV", Csv(heads, rows)) })
        {
            var report = ReportFile.Read(content, "x", context);
            if (report.Slips.Count != rows.Count)
            {
                throw new InvalidOperationException($"{name}: {report.Slips.Count} rows of {rows.Count}. {string.Join(" ", report.Issues.Take(1).Select(i => i.Message))}");
            }

            Time(string.Create(CultureInfo.InvariantCulture, $"{name}, {content.Length / 1024:N0} KB"), () => ReportFile.Read(content, "x", context), 7);
        }

        var read = ReportFile.Read(Xml(heads, rows), "x", context);
        var changed = ReportFile.Read(Xml(heads, rows.Skip(100)), "x", context);
        Time("difference of two such files", () => RowDiff.Of(read.Slips, changed.Slips), 7);
    }

    private static void Time<T>(string what, Func<T> act, int rounds = Rounds)
    {
        var times = new List<double>();
        for (var i = 0; i <= rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            GC.KeepAlive(act());
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        var later = times.Skip(1).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {times[0]:0.0} | {later[later.Count / 2]:0.0} | {later[^1]:0.0} |"));
    }

    private static Ledger Chapter(int seed, int members, int slips)
    {
        var random = new Random(seed);
        var people = Enumerable.Range(0, members).Select(i => new Person(Id(), $"Member{(char)('A' + (i % 26))} Number{(char)('A' + (i / 26))}", [new(new(2020 + (i % 5), 1, 1), i % 10 == 9 ? new DateOnly(2025, 9, 1) : null)])).ToList();
        var meetings = Enumerable.Range(0, 52).Select(i => new MeetingDay(Id(), new DateOnly(2025, 1, 1).AddDays(7 * i), MeetingState.Completed)).ToList();
        Guid Somebody() => people[random.Next(members)].Id;
        Guid At() => meetings[random.Next(meetings.Count)].Id;
        Guid? Other(Guid not) => random.Next(8) == 0 ? null : Somebody() is var id && id != not ? id : null;
        var (referrals, oneToOnes, business, credits, visits) = (new List<ReferralSlip>(), new List<OneToOneSlip>(), new List<BusinessSlip>(), new List<CreditSlip>(), new List<VisitSlip>());
        for (var i = 0; i < slips; i++)
        {
            var who = Somebody();
            switch (random.Next(10))
            {
                case < 5: referrals.Add(new(Id(), At(), who, Other(who), 1 + random.Next(2))); break;
                case < 7: oneToOnes.Add(new(Id(), At(), who, Other(who))); break;
                case 7: business.Add(new(Id(), At(), who, random.Next(2) == 0, random.Next(1, 500_000) / 100m)); break;
                case 8: credits.Add(new(Id(), At(), who, random.Next(1, 3))); break;
                default: visits.Add(new(Id(), At(), who, true, random.Next(5) == 0)); break;
            }
        }

        return new()
        {
            People = people, Meetings = meetings, Referrals = referrals, OneToOnes = oneToOnes, Business = business, Credits = credits, Visits = visits,
            Attendance = [.. meetings.SelectMany(m => people.Where(p => p.IsActiveOn(m.Date)).Select(p => new AttendanceMark(m.Id, p.Id, (Mark)(random.Next(12) is var r and < 5 ? r : 0))))],
        };
    }

    private static Guid Id() => new(_next++, 0, 0, new byte[8]);

    private static byte[] Xml(string[] heads, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?>\r<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\r<Worksheet ss:Name=\"Report\">\r<Table>\r");
        foreach (var row in rows.Prepend(heads))
        {
            text.Append("<Row>\r");
            foreach (var cell in row)
            {
                text.Append("<Cell><Data ss:Type=\"String\">").Append(SecurityElement.Escape(cell)).Append("</Data></Cell>\r");
            }

            text.Append("</Row>\r");
        }

        return Encoding.UTF8.GetBytes(text.Append("</Table></Worksheet></Workbook>").ToString());
    }

    private static byte[] Xlsx(string[] heads, IEnumerable<string[]> rows)
    {
        using var file = new MemoryStream();
        using (var sheet = Data.Common.Files.SheetWriter.Xlsx(file, "Report", TimeZoneInfo.Utc))
        {
            sheet.Head(heads);
            foreach (var row in rows)
            {
                sheet.Row(row);
            }
        }

        return file.ToArray();
    }

    private static byte[] Csv(string[] heads, IEnumerable<string[]> rows) => Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend(heads).Select(r => string.Join(',', r))));
}
