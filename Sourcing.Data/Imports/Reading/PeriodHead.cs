using System.Globalization;
using System.Text.RegularExpressions;
using Sourcing.Data.Common;

namespace Sourcing.Data.Imports.Reading;

/// <summary>What the head of a column of a week grid names.</summary>
public enum PeriodWord
{
    /// <summary>9/12/2025</summary>
    Day,

    /// <summary>Week 37</summary>
    Week,

    /// <summary>This Week</summary>
    ThisWeek,

    /// <summary>Next Week</summary>
    NextWeek,

    /// <summary>Later: after the last of the others.</summary>
    Later,

    /// <summary>Unscheduled, past due, or both: no day.</summary>
    PastDue,
}

/// <summary>Columns of one meaning whose heads are weeks or days: "Demand This Week", "Demand Week 37" and so on are one group.</summary>
/// <param name="Name">As people choose it and mappings keep it, whatever the weeks are: see <see cref="PeriodHead.GroupName"/>.</param>
/// <param name="Prefix">The words before the week or day; empty where there are none.</param>
/// <param name="Columns">The columns, by their place in the file.</param>
[System.ComponentModel.DataAnnotations.Schema.NotMapped]
public sealed record PeriodGroup(string Name, string Prefix, IReadOnlyList<int> Columns);

/// <summary>The head of one column of a week grid.</summary>
/// <param name="Prefix">The words before it.</param>
/// <param name="Text">The week or day as written.</param>
/// <param name="Number">The week's number.</param>
/// <param name="Year">The week's year where it is written.</param>
public sealed partial record PeriodHead(string Prefix, PeriodWord Word, string Text, int Number = 0, int? Year = null)
{
    /// <summary>How a group of columns is called.</summary>
    public static string GroupName(string prefix) => prefix.Length == 0 ? "Weeks or days" : $"{prefix}, by week or day";

    /// <summary>Reads a head; null where it names neither week nor day.</summary>
    public static PeriodHead? Read(string head)
    {
        head = head.Trim();
        if (Dated.Split(head, out _))
        {
            return new("", PeriodWord.Day, head);
        }

        if (Words().Match(head) is { Success: true } found)
        {
            var prefix = found.Groups["prefix"].Value.Trim(' ', '-', ':', '_');
            var text = found.Groups["period"].Value;
            var word = found.Groups["this"].Success ? PeriodWord.ThisWeek : found.Groups["next"].Success ? PeriodWord.NextWeek
                : found.Groups["later"].Success ? PeriodWord.Later : found.Groups["past"].Success ? PeriodWord.PastDue : PeriodWord.Week;
            return word != PeriodWord.Week ? new(prefix, word, text)
                : Figure(found, "week") is var week and >= 1 and <= 53 ? new(prefix, word, text, week, Figure(found, "year") is var year and > 0 ? year : null) : null;
        }

        var cut = head.LastIndexOf(' ');
        return cut > 0 && Dated.Split(head.AsSpan(cut + 1), out _) ? new(head[..cut].Trim(' ', '-', ':'), PeriodWord.Day, head[(cut + 1)..]) : null;
    }

    /// <summary>The groups among the heads of a file: two columns at least, one of which says a week or day.</summary>
    public static IReadOnlyList<PeriodGroup> Groups(IReadOnlyList<string> heads) =>
        [.. heads.Select((h, i) => (Head: Read(h), Index: i)).Where(h => h.Head is not null).GroupBy(h => h.Head!.Prefix, StringComparer.OrdinalIgnoreCase)
            .Where(g => g.Count() > 1 && g.Any(h => h.Head!.Word is PeriodWord.Day or PeriodWord.Week or PeriodWord.ThisWeek))
            .Select(g => new PeriodGroup(GroupName(g.First().Head!.Prefix), g.First().Head!.Prefix, [.. g.Select(h => h.Index)]))];

    private static int Figure(Match found, string group) => int.TryParse(found.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var figure) ? figure : 0;

    [GeneratedRegex(
        @"^(?<prefix>.*?)(?:^|[\s\-:_])(?<period>(?<this>this\s+w(?:ee)?k)|(?<next>next\s+w(?:ee)?k)|(?:week|wk|kw|cw)\s*\.?\s*(?<week>\d{1,2})(?:\s*[/\-,]?\s*(?<year>20\d\d))?|(?<year>20\d\d)[\s\-]*(?:w|wk|week|kw|cw)\s*(?<week>\d{1,2})|(?<later>later|beyond|thereafter)|(?<past>(?:unscheduled\s*(?:or|and|/|&)\s*)?(?:past[\s\-]?due|overdue)|unscheduled))$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}

/// <summary>The days that the columns of a week grid stand for. Weeks begin on Monday and are numbered by ISO 8601.</summary>
public static class PeriodCalendar
{
    /// <summary>
    /// The first day of each column's span, in the order of the columns; null for what is past due. Numbered weeks lie in the year that
    /// brings the first of them nearest to the list's day, and go on over the year's end. "This Week" is the one before the first numbered
    /// or dated one, else the week of the list's day; "Later" begins after the last.
    /// </summary>
    /// <param name="order">Of days and months; where <see cref="DateOrder.Auto"/>, as the heads themselves show.</param>
    /// <param name="listDay">The day of the list, where somebody said it.</param>
    /// <param name="uploaded">The day on which the file came: decides the year of week numbers alone.</param>
    /// <exception cref="RefusedException">The heads do not say which days they are.</exception>
    public static IReadOnlyList<DateOnly?> Days(IReadOnlyList<PeriodHead> heads, DateOrder order, DateOnly? listDay, DateOnly uploaded)
    {
        var evidence = new DateEvidence();
        foreach (var head in heads.Where(h => h.Word == PeriodWord.Day))
        {
            evidence.Add(head.Text);
        }

        order = order == DateOrder.Auto ? evidence.Order : order;
        var days = new DateOnly?[heads.Count];
        DateOnly? last = null;
        for (var i = 0; i < heads.Count; i++)
        {
            days[i] = heads[i].Word switch { PeriodWord.Day => Day(heads[i], order), PeriodWord.Week => Week(heads[i], last, listDay ?? uploaded), _ => null };
            last = days[i] ?? last;
        }

        var first = Array.FindIndex(days, d => d is not null);
        for (var i = 0; i < heads.Count; i++)
        {
            days[i] ??= heads[i].Word switch
            {
                PeriodWord.ThisWeek => first >= 0 ? days[first]!.Value.AddDays(heads.Skip(i).Take(first - i).Any(h => h.Word == PeriodWord.NextWeek) ? -14 : -7) : Monday(listDay),
                PeriodWord.NextWeek => first >= 0 ? days[first]!.Value.AddDays(-7) : Monday(listDay).AddDays(7),
                PeriodWord.Later => days.Max() is { } latest ? latest.AddDays(7) : Monday(listDay).AddDays(7),
                _ => null,
            };
        }

        return days;
    }

    private static DateOnly Day(PeriodHead head, DateOrder order)
    {
        var day = Dated.Parse(head.Text, order, out var why);
        return why is null ? day : throw new RefusedException("dates", $"The column “{head.Text}”: {why}. Choose whether days or months come first in this file.");
    }

    private static DateOnly Week(PeriodHead head, DateOnly? last, DateOnly near)
    {
        if (head.Year is { } year)
        {
            return Start(head, year);
        }

        if (last is { } before)
        {
            // The next week of this number: 52 is followed by 1 of the year after.
            var lastYear = ISOWeek.GetYear(before.ToDateTime(default));
            return Start(head, lastYear) > before ? Start(head, lastYear) : Start(head, lastYear + 1);
        }

        return Enumerable.Range(near.Year - 1, 3).Where(y => head.Number <= ISOWeek.GetWeeksInYear(y)).Select(y => Start(head, y)).MinBy(d => Math.Abs(d.DayNumber - near.DayNumber));
    }

    private static DateOnly Start(PeriodHead head, int year) => head.Number > ISOWeek.GetWeeksInYear(year)
        ? throw new RefusedException("dates", $"The column “{head.Text}”: {year} has {ISOWeek.GetWeeksInYear(year)} weeks. Say the day of the list, or correct the head.")
        : DateOnly.FromDateTime(ISOWeek.ToDateTime(year, head.Number, DayOfWeek.Monday));

    private static DateOnly Monday(DateOnly? listDay) => listDay is { } day
        ? day.AddDays(-(((int)day.DayOfWeek + 6) % 7))
        : throw new RefusedException("listDay", "No column says a week number or date, so “This Week” can be any. Say the day of the list.");
}
