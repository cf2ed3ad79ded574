using System.Globalization;
using System.Text.RegularExpressions;
using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Files;

/// <summary>
/// Finds the period of a report: chosen by the user, or in its title, or in its parameters; the day in a file's name is that of the export and suggests no more
/// than its month. A date that can be read two ways is taken in the way that falls on the meeting's day of the week; where both ways do or none does, it is asked.
/// </summary>
internal static partial class PeriodFinder
{
    public static PeriodReading Find(ReportHead head, string file, ReportContext context, IssueList issues)
    {
        if (context.Chosen is { } chosen)
        {
            return new(PeriodSource.User, chosen, []);
        }

        if (head.From.Length > 0 && head.To.Length > 0 && Pairs(head.From, head.To) is { Count: > 0 } pairs)
        {
            return Decide(PeriodSource.Parameters, pairs, $"{head.From} – {head.To}", context.MeetingWeekday, issues);
        }

        var dates = Date().Matches(head.Title);
        if (dates.Count == 2 && Pairs(dates[0].Value, dates[1].Value) is { Count: > 0 } range)
        {
            return Decide(PeriodSource.Title, range, $"{dates[0].Value} – {dates[1].Value}", context.MeetingWeekday, issues);
        }

        if (dates.FirstOrDefault() is { } match && Readings(match.Value) is { Count: > 0 } days)
        {
            return Decide(PeriodSource.Title, [.. days.Select(d => new Period(d, d))], match.Value, context.MeetingWeekday, issues);
        }

        var suggestions = FromName(file);
        issues.Add(IssueCode.PeriodMissing, "The report does not say which days it covers.",
            suggestions.Count > 0 ? $"Choose the period. The file's name bears the day of the export, which suggests {suggestions[0].Title}." : "Choose the period.", value: file);
        return new(suggestions.Count > 0 ? PeriodSource.FileName : PeriodSource.None, null, suggestions);
    }

    /// <summary>A single day in a cell; null where it is none or the question stays open.</summary>
    /// <param name="chosen">The period that the user gave, which settles what the day of the week leaves open; null for none.</param>
    /// <param name="isOpen">It can be read two ways, and neither the day of the week nor the period tells which.</param>
    public static DateOnly? Day(string text, DayOfWeek? weekday, Period? chosen, out bool isOpen)
    {
        var days = Date().Match(text) is { Success: true } match ? Readings(match.Value) : [];
        var fitting = days.Where(d => d.DayOfWeek == weekday).ToList();
        fitting = fitting.Count == 1 ? fitting : [.. days.Where(d => chosen?.Covers(d) == true)];
        isOpen = days.Count > 1 && fitting.Count != 1;
        return days.Count == 1 ? days[0] : fitting.Count == 1 ? fitting[0] : null;
    }

    /// <summary>The ways to read a date, day first before month first; one where they agree.</summary>
    public static IReadOnlyList<DateOnly> Readings(string text)
    {
        var parts = text.Split(['/', '-', '.'], StringSplitOptions.TrimEntries);
        if (parts.Length != 3 || !parts.All(p => p.Length is > 0 and <= 4 && p.All(char.IsAsciiDigit)))
        {
            return [];
        }

        var numbers = parts.Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        if (parts[0].Length == 4)
        {
            return Make(numbers[0], numbers[1], numbers[2]) is { } iso ? [iso] : [];
        }

        var year = numbers[2] < 100 ? 2000 + numbers[2] : numbers[2];
        // With points the day comes first everywhere.
        DateOnly?[] ways = text.Contains('.') ? [Make(year, numbers[1], numbers[0])] : [Make(year, numbers[1], numbers[0]), Make(year, numbers[0], numbers[1])];
        return [.. ways.OfType<DateOnly>().Distinct()];
    }

    // Both ends in the same order of day and month.
    private static List<Period> Pairs(string from, string to)
    {
        var (first, last) = (Ways(from), Ways(to));
        return [.. first.Zip(last).Where(w => w.First is not null && w.Second >= w.First).Select(w => new Period(w.First!.Value, w.Second!.Value)).Distinct()];
    }

    private static DateOnly?[] Ways(string text)
    {
        var value = Date().Match(text).Value;
        var readings = Readings(value);
        return readings.Count == 2 ? [readings[0], readings[1]]
            : readings.Count == 0 ? [null, null]
            : value.Split('/', '-', '.') is [{ Length: < 4 } a, var b, _] && !value.Contains('.') && a.TrimStart('0') != b.TrimStart('0')
                ? int.Parse(a, CultureInfo.InvariantCulture) > 12 ? [readings[0], null] : [null, readings[0]]
                : [readings[0], readings[0]];
    }

    private static PeriodReading Decide(PeriodSource source, List<Period> ways, string text, DayOfWeek? weekday, IssueList issues)
    {
        bool Fits(Period p) => p.First.DayOfWeek == weekday && p.Last.DayOfWeek == weekday;
        if (ways.Count == 1)
        {
            // A range of days need not begin on the meeting's day; a single one is the meeting's.
            if (ways[0].First == ways[0].Last && weekday is { } day && !Fits(ways[0]))
            {
                issues.Add(IssueCode.DateWeekday, $"{ways[0].First.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)} is a {ways[0].First.DayOfWeek}; the chapter meets on {day}s.",
                    "Confirm the day, or choose another period.", value: text);
            }

            return new(source, ways[0], []);
        }

        var fitting = ways.Where(Fits).ToList();
        if (fitting.Count == 1)
        {
            return new(source, fitting[0], []);
        }

        issues.Add(IssueCode.PeriodAmbiguous, $"“{text}” can be read as {string.Join(" or ", ways.Select(Words))}, and {(fitting.Count == 0 ? "neither" : "both")} would fall on the chapter's day.", "Choose which one is meant.", value: text);
        return new(source, null, ways);
    }

    private static string Words(Period period)
    {
        static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return period.First == period.Last ? Day(period.First) : $"{Day(period.First)} – {Day(period.Last)}";
    }

    // …_2025-01-28.xls and …_08-25-2025_2-26_PM.xls
    private static List<Period> FromName(string file) =>
        [.. NameDate().Matches(file).SelectMany(m => Readings(m.Value).Reverse()).Select(d => Period.Month(d.Year, d.Month)).Distinct().Take(2)];

    private static DateOnly? Make(int year, int month, int day) =>
        year is >= 1990 and <= 2199 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new(year, month, day) : null;

    [GeneratedRegex(@"(?<!\d)(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2}))(?!\d)", RegexOptions.None, 1000)]
    private static partial Regex Date();

    [GeneratedRegex(@"(?<!\d)(\d{4}-\d{2}-\d{2}|\d{2}-\d{2}-\d{4})(?!\d)", RegexOptions.None, 1000)]
    private static partial Regex NameDate();
}
