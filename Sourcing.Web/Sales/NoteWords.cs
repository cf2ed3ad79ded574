using System.Globalization;
using Sourcing.Data.Common;
using Sourcing.Data.Sales;

namespace Sourcing.Web.Sales;

/// <summary>How notes are put into words.</summary>
public static class NoteWords
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Call, E-mail, Meeting, Visit, Task.</summary>
    public static string Of(NoteKind kind) => kind == NoteKind.Email ? "E-mail" : Words.Spaced(kind);

    /// <summary>In a sentence: from a call, from an e-mail.</summary>
    public static string Lower(NoteKind kind) => Of(kind).ToLowerInvariant();

    /// <summary>The symbol of a kind.</summary>
    public static string Icon(NoteKind kind) => kind switch
    {
        NoteKind.Call => "call",
        NoteKind.Email => "mail",
        NoteKind.Meeting => "groups",
        NoteKind.Visit => "location_on",
        _ => "task_alt",
    };

    /// <summary>tier A, prospect.</summary>
    public static string Tier(CustomerTier tier) => tier == CustomerTier.Prospect ? "prospect" : $"tier {tier}";

    /// <summary>Tue 17 Nov; with the year where it is another than today's.</summary>
    public static string Day(DateOnly day, DateOnly today) => day.ToString(day.Year == today.Year ? "ddd d MMM" : "ddd d MMM yyyy", English);

    /// <summary>Friday, 20 November.</summary>
    public static string LongDay(DateOnly day) => day.ToString("dddd, d MMMM", English);

    /// <summary>Days to put something on, with their words; each day once, the nearest words first.</summary>
    /// <param name="dayFirst">Tue 24 Nov, tomorrow: for a narrow field.</param>
    public static IReadOnlyList<(DateOnly Day, string Text)> QuickDays(DateOnly today, bool dayFirst = false)
    {
        var monday = MyDayQueries.WeekOf(today).AddDays(7);
        (DateOnly Day, string Words)[] days =
            [(today, "Today"), (today.AddDays(1), "Tomorrow"), (today.AddDays(2), "In two days"), (monday, "Next Monday"), (today.AddDays(7), "In a week"), (today.AddDays(14), "In two weeks"), (today.AddMonths(1), "In a month")];
        return [.. days.DistinctBy(d => d.Day).Select(d => (d.Day, dayFirst ? $"{Day(d.Day, today)}, {char.ToLowerInvariant(d.Words[0])}{d.Words[1..]}" : $"{d.Words}, {Day(d.Day, today)}"))];
    }

    /// <summary>The first line, at most so many characters.</summary>
    public static string Excerpt(string text, int most) => string.Concat(Marked(text.Split('\n')[0].Trim(), "", most).Select(p => p.Text));

    /// <summary>The address that a telephone dials: digits and a leading plus.</summary>
    public static string Dial(string phone) => "tel:" + (phone.TrimStart().StartsWith('+') ? "+" : "") + string.Concat(phone.Where(char.IsAsciiDigit));

    /// <summary>The text in pieces, those marked that begin a word like one that was searched for; whatever the case and the accents.</summary>
    /// <param name="most">Characters that are shown, around the first hit; 0 for all.</param>
    public static IReadOnlyList<(string Text, bool Hit)> Marked(string text, string search, int most = 0)
    {
        var wanted = Pieces(search).ToList();
        var hits = Spans(text).Where(s => wanted.Any(w => English.CompareInfo.IsPrefix(text[s.From..s.To], w, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace))).ToList();
        var (from, to) = Window(text, hits.Count > 0 ? hits[0].From : 0, most);
        var pieces = new List<(string, bool)>();
        void Add(string piece, bool hit)
        {
            if (piece.Length > 0)
            {
                pieces.Add((piece, hit));
            }
        }

        Add(from > 0 ? "…" : "", false);
        var at = from;
        foreach (var hit in hits.Where(h => h.From >= from && h.To <= to))
        {
            Add(text[at..hit.From], false);
            Add(text[hit.From..hit.To], true);
            at = hit.To;
        }

        Add(text[at..to] + (to < text.Length ? "…" : ""), false);
        return pieces;
    }

    // A little before the first hit, and never in the middle of a pair.
    private static (int From, int To) Window(string text, int hit, int most)
    {
        if (most <= 0 || text.Length <= most)
        {
            return (0, text.Length);
        }

        var from = Math.Clamp(hit - (most / 4), 0, text.Length - most);
        var to = from + most;
        from += from > 0 && char.IsLowSurrogate(text[from]) ? 1 : 0;
        to -= to < text.Length && char.IsLowSurrogate(text[to]) ? 1 : 0;
        return (from, to);
    }

    private static IEnumerable<string> Pieces(string text) => Spans(text).Select(s => text[s.From..s.To]);

    private static IEnumerable<(int From, int To)> Spans(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var from = i;
            while (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                i++;
            }

            if (i > from)
            {
                yield return (from, i);
            }
        }
    }
}
