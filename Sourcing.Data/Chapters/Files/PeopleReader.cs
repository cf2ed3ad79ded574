using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Files;

/// <summary>Reads lists of people: a region's summary, sponsors, registrations of visitors.</summary>
internal sealed class PeopleReader(Sheet sheet, ReportShape shape, NameBook names, IssueList issues)
{
    private readonly SheetLine _head = sheet.Rows[shape.HeadAt];

    public List<SkippedRow> Skipped { get; } = [];

    public List<ReportPerson> ReadRegion()
    {
        var rows = new List<ReportPerson>();
        foreach (var row in Rows(Heading.FirstName, Heading.Chapter))
        {
            if (row.IsName(row.Text(Heading.FirstName).Length == 0 ? Heading.LastName : Heading.FirstName, "member"))
            {
                rows.Add(new(row.Row, row.Text(Heading.Chapter), row.Text(Heading.FirstName), row.Text(Heading.LastName)));
            }
        }

        return rows;
    }

    public List<ReportSponsor> ReadSponsors()
    {
        var rows = new List<ReportSponsor>();
        foreach (var row in Rows(Heading.SponsorFirst))
        {
            if (!(row.IsName(Heading.SponsorLast, "sponsor") & row.IsName(Heading.SponsoredLast, "new member")))
            {
                continue;
            }

            var text = row.Text(Heading.ApplicationDate);
            var applied = PeriodFinder.Day(text, null, null, out _);
            if (text.Length > 0 && applied is null)
            {
                row.Add(IssueCode.DateHeader, Heading.ApplicationDate, $"“{text}” is no date that can be read in one way alone; it is left out.", "Write it as 2026-01-31.");
            }

            var sponsor = names.Find($"{row.Text(Heading.SponsorFirst)} {row.Text(Heading.SponsorLast)}");
            row.Ask(sponsor, Heading.SponsorLast);
            rows.Add(new(row.Row, sponsor, $"{row.Text(Heading.SponsoredFirst)} {row.Text(Heading.SponsoredLast)}".Trim(), row.Text(Heading.SponsoredRegion), row.Text(Heading.SponsoredChapter), applied));
        }

        return rows;
    }

    public List<ReportVisitor> ReadVisitors(DayOfWeek? weekday, Period? chosen)
    {
        var rows = new List<ReportVisitor>();
        foreach (var row in Rows(Heading.FirstName))
        {
            if (!row.IsName(row.Text(Heading.FirstName).Length == 0 ? Heading.LastName : Heading.FirstName, "visitor"))
            {
                continue;
            }

            var text = row.Text(Heading.VisitDate);
            if (PeriodFinder.Day(text, weekday, chosen, out var isOpen) is not { } day)
            {
                row.Add(isOpen ? IssueCode.PeriodAmbiguous : IssueCode.PeriodMissing, Heading.VisitDate, isOpen ? $"“{text}” can be read two ways, and the chapter's day does not tell which." : text.Length == 0 ? "The day of the visit is missing." : $"“{text}” is no date.",
                    isOpen ? "Choose the period that the visits lie in, or write the day as 2026-01-31." : "Write the day as 2026-01-31, and upload the file again.");
                continue;
            }

            if (weekday is { } meets && day.DayOfWeek != meets)
            {
                row.Add(IssueCode.DateWeekday, Heading.VisitDate, $"{day:yyyy-MM-dd} is a {day.DayOfWeek}; the chapter meets on {meets}s.", "Confirm that the visit was on this day.");
            }

            var inviter = names.Find(row.Text(Heading.InvitedBy));
            row.Ask(inviter, Heading.InvitedBy);
            var kind = row.Text(Heading.VisitKind);
            rows.Add(new(row.Row, row.Text(Heading.FirstName), row.Text(Heading.LastName), row.Text(Heading.Company), row.Text(Heading.Profession), inviter, day, ReportWords.Visit(kind), kind));
        }

        return rows;
    }

    private IEnumerable<RowReading> Rows(params Heading[] pseudo)
    {
        foreach (var source in sheet.Rows.Skip(shape.HeadAt + 1))
        {
            var row = new RowReading(source, _head, shape, issues);
            if (source.Cells.Count <= 2 && pseudo.Select(row.Text).FirstOrDefault(ReportWords.IsPseudo) is { } name)
            {
                Skipped.Add(SkippedRows.Of(source, _head, name));
                continue;
            }

            yield return row;
        }
    }
}
