using System.Globalization;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common.Files;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>The monthly report as sheets: what the page shows, and nothing that the page does not show to the same person.</summary>
public static class ChapterReportBook
{
    private const int Ends = 5;

    private static readonly string[] Guide =
    [
        "Only completed meetings count, and slips that were told at them.",
        "Referrals: a row gives, a column receives. One-to-ones: the same both ways. The diagonal is empty.",
        "Combination: 0 neither, 1 one-to-one only, 2 referral only, 3 both.",
        "Value per referral: closed business ÷ referrals given, all slips and not different receivers.",
        "Overall: own value ÷ mean of the roster, added up over referrals, one-to-ones and closed business; the mean is 3 where all three exist.",
        Reckon.TieRule,
    ];

    /// <summary>Summary, Referrals, One-to-ones, Combination, Closed business, Lights, Attendance. Lights and attendance hold those whom the reader may see, and say so if that is nobody.</summary>
    public static IReadOnlyList<BookSheet> Sheets(ChapterReport report)
    {
        var period = Titled(Period.Month(report.Month.Year, report.Month.Month));
        return
        [
            new("Summary", $"{report.Rights.Name} – Period {period}", ["", "This month", "Month before"], [.. Summary(report)]),
            Referrals(report.Figures, period), OneToOnes(report.Figures, period), Combination(report.Figures, period), Business(report, period), Lights(report), Attendance(report, period),
        ];
    }

    /// <summary>"03/2025 – 03/2025": both ends, for one month too.</summary>
    internal static string Titled(Period period) => string.Create(CultureInfo.InvariantCulture, $"{period.First:MM/yyyy} – {period.Last:MM/yyyy}");

    private static IEnumerable<object?[]> Summary(ChapterReport report) => [.. Guide.Select(line => (object?[])[line]), [], .. Totals(report), .. Ranking(report.Figures)];

    private static IEnumerable<object?[]> Totals(ChapterReport report)
    {
        var (now, before) = (report.Now, report.Before);
        yield return [Strong("Totals")];
        yield return ["Meetings", report.Meetings, null];
        yield return ["Called off", report.Holidays, null];
        yield return ["Members at the start", report.Roster.Start, null];
        yield return ["Joined", report.Roster.Joins, null];
        yield return ["Left", report.Roster.Leaves, null];
        yield return ["Members at the end", report.Roster.End, null];
        yield return ["Referrals", now.Referrals, before?.Referrals];
        yield return ["Closed business", new MoneyCell(now.ClosedBusiness), new MoneyCell(before?.ClosedBusiness)];
        yield return ["One-to-ones", now.OneToOnes, before?.OneToOnes];
        yield return ["Attendance, %", new DecimalCell(100 * now.Attendance), new DecimalCell(100 * before?.Attendance)];
        yield return ["Visitors", now.Visitors, before?.Visitors];
        yield return ["Pairs who met, %", new DecimalCell(report.Figures.OneToOnes.Coverage), null];
        if (report.OtherCurrency > 0)
        {
            yield return ["Slips in another currency, in no figure", report.OtherCurrency, null];
        }
    }

    private static IEnumerable<object?[]> Ranking(PeriodFigures figures)
    {
        var ranked = Tiers.Of(figures.Tallies);
        var valued = ranked.Where(l => l.Overall is not null).ToList();
        foreach (var (title, lines) in new[] { ("Top 5", valued.Take(Ends)), ("Bottom 5", Enumerable.Reverse(valued).Take(Ends)), ("All members", ranked) })
        {
            yield return [];
            yield return [Strong(title), Strong("Rank"), Strong("Overall"), Strong("Referrals"), Strong("One-to-ones"), Strong("Closed business")];
            foreach (var line in lines)
            {
                yield return [line.Person.Name, line.Rank, new DecimalCell(line.Overall), line.Referrals.Value, line.OneToOnes.Value, new MoneyCell(line.Business.Value)];
            }
        }
    }

    private static BookSheet Referrals(PeriodFigures figures, string period)
    {
        var (matrix, n) = (figures.Referrals, figures.Counted.Size);
        var rows = matrix.Lines.Select((l, i) => (object?[])[l.Person.Name, .. Enumerable.Range(0, n).Select(j => (object?)matrix[i, j]), l.RowTotal, l.RowUnique, l.ToOutside, l.Rgi, l.Rgo]).ToList();
        rows.Add([Strong("Received from members"), .. matrix.Lines.Select(l => Strong(l.ColumnTotal)), Strong(matrix.GrandTotal)]);
        rows.Add(["Different givers", .. matrix.Lines.Select(l => (object?)l.ColumnUnique)]);
        rows.Add(["From outside", .. matrix.Lines.Select(l => (object?)l.FromOutside)]);
        return new("Referrals", $"Referrals – Period {period}", ["Gave to", .. Names(matrix.Roster), "To members", "Different receivers", "To outside", "Given, tier 1", "Given, tier 2"], rows);
    }

    private static BookSheet OneToOnes(PeriodFigures figures, string period)
    {
        var (matrix, n) = (figures.OneToOnes, figures.Counted.Size);
        return new("One-to-ones", $"One-to-ones – Period {period}", ["Met", .. Names(matrix.Roster), "With members", "Different members", "With outside", "Together"],
            [.. matrix.Lines.Select((l, i) => (object?[])[l.Person.Name, .. Enumerable.Range(0, n).Select(j => (object?)matrix[i, j]), l.RowTotal, l.Unique, l.External, l.Total])]);
    }

    private static BookSheet Combination(PeriodFigures figures, string period)
    {
        var (matrix, n) = (figures.Combination, figures.Counted.Size);
        return new("Combination", $"Combination – Period {period}", ["Referral and one-to-one", .. Names(matrix.Roster), "Neither", "One-to-one only", "Referral only", "Both"],
            [.. matrix.Counts.Select((c, i) => (object?[])[matrix.Roster[i].Name, .. Enumerable.Range(0, n).Select(j => (object?)(int?)matrix[i, j]), c.Neither, c.OneToOneOnly, c.ReferralOnly, c.Both])]);
    }

    private static BookSheet Business(ChapterReport report, string period)
    {
        var table = report.Figures.Business;
        static object?[] Line(string name, BusinessLine l) => [name, new MoneyCell(l.Inside), new MoneyCell(l.Outside), new MoneyCell(l.Total), l.Slips, l.Referrals, new MoneyCell(l.Average), new MoneyCell(l.PerReferral)];
        var rows = table.Lines.Select(l => Line(l.Person!.Name, l)).ToList();
        if (table.NonMembers > 0)
        {
            rows.Add(["Nobody on the roster", null, null, new MoneyCell(table.NonMembers)]);
        }

        rows.Add(Line("Chapter", table.Chapter));
        return new("Closed business", $"Closed business, {report.Rights.Currency} – Period {period}", ["Thanked", "Inside", "Outside", "Total", "Slips", "Referrals", "Average", "Value per referral"], rows);
    }

    private static BookSheet Lights(ChapterReport report)
    {
        var (lights, rules) = (report.Lights, report.Lights.Scheme.Rules);
        var rows = lights.Members.Select(m => (object?[])
        [
            m.Person.Name, m.Light.Points, m.Light.Band.ToString(), .. m.Light.Lines.SelectMany(l => new object?[] { new DecimalCell(l.Value), l.Step is { } step ? $"{step.Words} gives {Points(step.Points)}" : "no step" }),
        ]).ToList();
        if (rows.Count == 0)
        {
            rows.Add(["Points are for each member, for leaders and the committee, and for members where the chapter shares them."]);
        }

        rows.Add([]);
        rows.Add([$"{lights.Scheme.Name} v{lights.Scheme.Version}. Green from {Points(lights.Scheme.Bands.Green)}, yellow from {Points(lights.Scheme.Bands.Yellow)}, red from {Points(lights.Scheme.Bands.Red)} points, below that grey."]);
        return new("Lights", $"Lights – Period {Titled(lights.Window)}", ["Member", "Points", "Band", .. rules.SelectMany(r => new[] { SchemeCheck.Words(r.Measure), $"Rule used: {SchemeCheck.Words(r.Measure).ToLowerInvariant()}" })], rows);
    }

    private static BookSheet Attendance(ChapterReport report, string period)
    {
        var rows = report.Attendance.Select(l => (object?[])[l.Person.Name, l.Present, l.Late, l.Substitute, l.Medical, l.Absent, new DecimalCell(100 * l.Share)]).ToList();
        if (rows.Count == 0)
        {
            rows.Add(["How somebody attended is for each member, for leaders and the committee, and for members where the chapter shares points."]);
        }

        return new("Attendance", $"Attendance – Period {period}", ["Member", "Present", "Late", "Substitute", "Medical", "Absent", "Attendance, %"], rows);
    }

    private static StrongCell Strong(object value) => new(value);

    private static IEnumerable<string> Names(IEnumerable<Person> people) => people.Select(p => p.Name);

    private static string Points(decimal points) => points.ToString("0.##", CultureInfo.InvariantCulture);
}
