using System.Globalization;
using Sourcing.Data.Chapters.Reckoning;
using Sourcing.Data.Common.Files;

namespace Sourcing.Data.Chapters.Reports;

/// <summary>A report as sheets, of one month or of several together: what the page shows, and nothing that the page does not show to the same person.</summary>
public static class ChapterReportBook
{
    private const int Ends = 5;

    private static readonly string[] Guide =
    [
        "Only completed meetings count, and slips that were told at them. Several months are the sum of each.",
        "Referrals: a row gives, a column receives. One-to-ones: the same both ways. The diagonal is empty.",
        "Combination: 0 neither, 1 one-to-one only, 2 referral only, 3 both. The four counts of a row sum to the other members.",
        "Value per referral: closed business ÷ referrals given, all slips and not different receivers.",
        "Overall: own value ÷ mean of the roster, added up over referrals, one-to-ones and closed business; the mean is 3 where all three exist.",
        "Tier beside the mean: green from 1.75, orange from 0.75, red below 0.5 of it.",
        "Lights: points by the scheme named there, of the six completed months up to the report. Inactive: who left, and pairs without anything in either direction.",
        "Comparison: members of both periods alone; a rise in \"neither\" is red.",
        Reckon.TieRule,
    ];

    /// <summary>
    /// Summary, Referrals, One-to-ones, Combination, Closed business, Lights, PALMS, Inactive, Comparison, Charts. Lights and attendance hold those whom the reader may see, and say so if
    /// that is nobody.
    /// </summary>
    public static IReadOnlyList<BookSheet> Sheets(ReportContent report)
    {
        var foot = $"{report.Rights.Name}, {Titled(report.Period)}. Points by {report.Lights.Scheme.Name} v{report.Lights.Scheme.Version}";
        IReadOnlyList<BookSheet> sheets =
        [
            Summary(report), ReportMatrixSheets.Referrals(report), ReportMatrixSheets.OneToOnes(report), ReportMatrixSheets.Combination(report), Business(report), Lights(report),
            ReportParitySheet.Of(report), ReportPeopleSheets.Inactive(report), ReportPeopleSheets.Comparison(report), ReportChartSheet.Of(report),
        ];
        return [.. sheets.Select(s => s with { Foot = foot })];
    }

    /// <summary>"03/2025 – 03/2025": both ends, for one month too.</summary>
    internal static string Titled(Period period) => string.Create(CultureInfo.InvariantCulture, $"{period.First:MM/yyyy} – {period.Last:MM/yyyy}");

    internal static StrongCell Strong(object? value) => new(value);

    internal static string Points(decimal points) => points.ToString("0.##", CultureInfo.InvariantCulture);

    internal static Tint TintOf(Band band) => band switch { Band.Green => Tint.Green, Band.Yellow => Tint.Amber, Band.Red => Tint.Red, _ => Tint.Grey };

    private static BookSheet Summary(ReportContent report)
    {
        IReadOnlyList<string> heads = report.IsMonth ? ["", "This month", "Month before"] : ["", "This period", "As many months before"];
        return new("Summary", $"{report.Rights.Name} – Period {Titled(report.Period)}", heads, [.. Totals(report), .. Ranking(report.Figures), [], [Strong("How to read this")], .. Guide.Select(line => (object?[])[line])]);
    }

    private static IEnumerable<object?[]> Totals(ReportContent report)
    {
        var (now, before) = (report.Now, report.Before);
        yield return [Strong("Totals")];
        yield return ["Meetings", report.Figures.Meetings, null];
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
        yield return ["Pairs who met, %", new DecimalCell(report.Figures.Coverage), null];
        if (report.OtherCurrency > 0)
        {
            yield return ["Slips in another currency, in no figure", report.OtherCurrency, null];
        }

        if (report.Waiting > 0)
        {
            yield return ["Slips at meetings not completed, in no figure", report.Waiting, null];
        }
    }

    private static IEnumerable<object?[]> Ranking(SummedFigures figures)
    {
        var ranked = Tiers.Of(figures.Tallies);
        var valued = ranked.Where(l => l.Overall is not null).ToList();
        foreach (var (title, lines) in new[] { ("Top 5", valued.Take(Ends)), ("Bottom 5", Enumerable.Reverse(valued).Take(Ends)), ("All members", ranked) })
        {
            yield return [];
            yield return [Strong(title), Strong("Rank"), Strong("Overall"), Strong("Referrals"), Strong("Tier"), Strong("One-to-ones"), Strong("Tier"), Strong("Closed business"), Strong("Tier")];
            foreach (var line in lines)
            {
                yield return
                [
                    line.Person.Name, line.Rank, new DecimalCell(line.Overall), line.Referrals.Value, Tiered(line.Referrals.Tier), line.OneToOnes.Value, Tiered(line.OneToOnes.Tier), new MoneyCell(line.Business.Value), Tiered(line.Business.Tier),
                ];
            }
        }
    }

    private static object? Tiered(Tier tier) => tier switch
    {
        Tier.Green => new TintCell("green", Tint.Green),
        Tier.Orange => new TintCell("orange", Tint.Amber),
        Tier.Red => new TintCell("red", Tint.Red),
        Tier.Neutral => new TintCell("between", Tint.Zero),
        _ => null,
    };

    private static BookSheet Business(ReportContent report)
    {
        static object?[] Line(object name, BusinessLine l, Func<object?, object?> look) =>
            [name, .. new object?[] { new MoneyCell(l.Inside), new MoneyCell(l.Outside), new MoneyCell(l.Total), l.Slips, l.Referrals, new MoneyCell(l.Average), new MoneyCell(l.PerReferral) }.Select(look), l.IsUneven ? "outside is more than twice inside" : null];
        var rows = report.Figures.Business.Select(l => Line(l.Person!.Name, l, v => v)).ToList();
        if (report.Figures.NonMembers > 0)
        {
            rows.Add(["Nobody on the roster", null, null, new MoneyCell(report.Figures.NonMembers)]);
        }

        rows.Add(Line(Strong("Chapter"), report.Figures.Chapter, Strong));
        return new("Closed business", $"Closed business, {report.Rights.Currency} – Period {Titled(report.Period)}", ["Thanked", "Inside", "Outside", "Total", "Slips", "Referrals", "Average", "Value per referral", "Worth a look"], rows);
    }

    private static BookSheet Lights(ReportContent report)
    {
        var (lights, rules) = (report.Lights, report.Lights.Scheme.Rules);
        var rows = lights.Members.Select(m => (object?[])
        [
            m.Person.Name, m.Light.Points, new TintCell(m.Light.Band.ToString(), TintOf(m.Light.Band)),
            .. m.Light.Lines.SelectMany(l => new object?[] { new DecimalCell(l.Value), l.Step is { } step ? $"{step.Words} gives {Points(step.Points)}" : "no step" }),
        ]).ToList();
        if (rows.Count == 0)
        {
            rows.Add(["Points are for each member, for leaders and the committee, and for members where the chapter shares them."]);
        }

        rows.Add([]);
        rows.Add([$"{lights.Scheme.Name} v{lights.Scheme.Version}. Green from {Points(lights.Scheme.Bands.Green)}, yellow from {Points(lights.Scheme.Bands.Yellow)}, red from {Points(lights.Scheme.Bands.Red)} points, below that grey."]);
        rows.AddRange(rules.Select(r => (object?[])[$"{SchemeCheck.Words(r.Measure)}: {string.Join(", ", r.Steps.Select(s => $"{s.Words} gives {Points(s.Points)}"))}"]));
        return new("Lights", $"Lights – Period {Titled(lights.Window)}", ["Member", "Points", "Band", .. rules.SelectMany(r => new[] { SchemeCheck.Words(r.Measure), $"Rule used: {SchemeCheck.Words(r.Measure).ToLowerInvariant()}" })], rows);
    }
}
