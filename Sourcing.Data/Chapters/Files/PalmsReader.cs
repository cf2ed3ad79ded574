using System.Globalization;
using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Files;

/// <summary>Reads attendance: the summary with one line a member, and the sheet with one column a meeting.</summary>
internal sealed class PalmsReader(Sheet sheet, ReportShape shape, NameBook names, IssueList issues)
{
    private static readonly Heading[] Counted =
    [
        Heading.Present, Heading.Absent, Heading.Late, Heading.Medical, Heading.Substitute, Heading.ReferralsGivenInside, Heading.ReferralsGivenOutside, Heading.ReferralsReceivedInside,
        Heading.ReferralsReceivedOutside, Heading.Visitors, Heading.Testimonials, Heading.OneToOnes,
    ];

    private readonly SheetLine _head = sheet.Rows[shape.HeadAt];

    public List<SkippedRow> Skipped { get; } = [];

    public List<ReportSummary> ReadSummary()
    {
        var rows = new List<ReportSummary>();
        foreach (var (reading, first, last, member) in Members())
        {
            var counts = new Dictionary<Heading, int>();
            var isGood = true;
            foreach (var heading in Counted.Where(shape.Columns.ContainsKey))
            {
                Count(reading, heading, counts);
            }

            var business = Amount(reading, Heading.ClosedBusiness, IssueCode.Amount, ref isGood);
            var credits = Amount(reading, Heading.Education, IssueCode.Credits, ref isGood);
            if (isGood)
            {
                reading.Ask(member, Heading.LastName);
                rows.Add(new(reading.Row, first, last, member) { Counts = counts, ClosedBusiness = business, Credits = credits, Custom = reading.Text(Heading.Custom) });
            }
        }

        return rows;
    }

    public List<ReportMark> ReadMarks(Period period, DayOfWeek? weekday)
    {
        var (marks, days) = (new List<ReportMark>(), Days(period, weekday));
        foreach (var (reading, _, _, member) in Members())
        {
            reading.Ask(member, Heading.LastName);
            foreach (var (column, day) in days)
            {
                var cell = reading.Source[column];
                var letter = cell.Text.ToUpperInvariant();
                if (letter.Length == 0 || letter is "-" or "–")
                {
                    continue;
                }

                if (letter is "P" or "A" or "L" or "M" or "S")
                {
                    marks.Add(new(reading.Row, member, day, letter[0]));
                }
                else
                {
                    issues.Add(IssueCode.CodeUnknown, $"“{cell.Text}” is none of P, A, L, M and S; it is skipped.", "Write one of the five letters, or leave the cell blank.", reading.Row, _head[column].Text, cell.Text);
                }
            }
        }

        return marks;
    }

    private List<(int Column, DateOnly Day)> Days(Period period, DayOfWeek? weekday)
    {
        var days = new List<(int Column, DateOnly Day)>();
        foreach (var cell in shape.Dates)
        {
            if (MeetingHead.Read(cell.Text)?.In(period.First, period.Last) is not { } day || days.Any(d => d.Day == day))
            {
                issues.Add(IssueCode.DateHeader, $"“{cell.Text}” is no day of the period that no other column has; the column is skipped.", "Heads of meetings are written like Jan 07 and lie in the report's period.", _head.Number, cell.Text, cell.Text);
                continue;
            }

            if (weekday is { } meets && day.DayOfWeek != meets)
            {
                issues.Add(IssueCode.DateWeekday, $"{day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)} is a {day.DayOfWeek}; the chapter meets on {meets}s.", "Confirm that the chapter met on this day.", _head.Number, cell.Text, cell.Text);
            }

            days.Add((cell.Column, day));
        }

        return days;
    }

    private IEnumerable<(RowReading Reading, string First, string Last, PartyReading Member)> Members()
    {
        for (var at = shape.HeadAt + 1; at < sheet.Rows.Count; at++)
        {
            var row = new RowReading(sheet.Rows[at], _head, shape, issues);
            var (first, last) = (row.Text(Heading.FirstName), row.Text(Heading.LastName));
            var name = $"{first} {last}".Trim();
            if (name.Length > 0 && (first.Length == 0 || ReportWords.IsPseudo(first)) && (last.Length == 0 || ReportWords.IsPseudo(last)))
            {
                Skipped.Add(SkippedRows.Of(sheet.Rows[at], _head, name));
            }
            else if (row.IsName(first.Length == 0 ? Heading.LastName : Heading.FirstName, "member"))
            {
                yield return (row, first, last, names.Find(name));
            }
        }
    }

    private static void Count(RowReading row, Heading heading, Dictionary<Heading, int> counts)
    {
        var text = row.Text(heading);
        if (text.Length > 0 && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value == decimal.Truncate(value) && value <= 1_000_000)
        {
            counts[heading] = (int)value;
        }
        else if (text.Length > 0)
        {
            row.Add(IssueCode.CodeUnknown, heading, $"“{text}” is not a whole number; it is skipped.", "Write how many it were, 0 or more.");
        }
    }

    private static decimal? Amount(RowReading row, Heading heading, IssueCode code, ref bool isGood)
    {
        var cell = row[heading];
        if (string.IsNullOrEmpty(cell.Text))
        {
            return null;
        }

        var value = Figure.Read(cell.Text, cell.IsNumber, out var problem);
        if (value is < 0)
        {
            (value, problem) = (null, "is below 0");
        }

        if (value is null)
        {
            row.Add(code, heading, $"“{cell.Text}” {problem}.", "Write a number of 0 or more with at most 2 decimals.");
            isGood = false;
        }

        return value;
    }
}
